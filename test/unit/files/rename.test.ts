import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type PatienceOptions, remove, rename } from '../../../src/core/files/rename.ts';
import { repositoryDir } from '../../harness/paths.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** A file system in which a file is held for the first so many tries. */
function held(code: string, times: number): NonNullable<PatienceOptions['files']> & { tries: number } {
  const files = {
    tries: 0,
    rename: (...args: Parameters<typeof fs.rename>) => refuse() ?? fs.rename(...args),
    rm: (...args: Parameters<typeof fs.rm>) => refuse() ?? fs.rm(...args),
  };
  const refuse = () => (files.tries++ < times ? Promise.reject(Object.assign(new Error(`${code}: held`), { code })) : undefined);
  return files;
}

async function files(): Promise<{ from: string; to: string }> {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await fs.writeFile(from, 'new');
  await fs.writeFile(to, 'old');
  return { from, to };
}

describe.each(['EPERM', 'EACCES', 'EBUSY'])('a file that Windows says is held (%s)', (code) => {
  test('is renamed as soon as it is let go', async () => {
    const { from, to } = await files();
    await rename(from, to, { platform: 'win32', files: held(code, 4) });
    expect(await fs.readFile(to, 'utf8')).toBe('new');
  });

  test('is removed as soon as it is let go', async () => {
    const { from } = await files();
    await remove(from, { platform: 'win32', files: held(code, 4) });
    await expect(fs.stat(from)).rejects.toThrow('ENOENT');
  });

  test('is given up after a while, and nothing is lost', async () => {
    const { from, to } = await files();
    const always = held(code, Number.POSITIVE_INFINITY);
    await expect(rename(from, to, { platform: 'win32', files: always, patience: 60 })).rejects.toMatchObject({ code });
    expect(always.tries).toBeGreaterThan(2);
    expect([await fs.readFile(from, 'utf8'), await fs.readFile(to, 'utf8')]).toEqual(['new', 'old']);
  });

  test('is what it says elsewhere, at once', async () => {
    const { from, to } = await files();
    const once = held(code, 1);
    await expect(rename(from, to, { platform: 'linux', files: once })).rejects.toMatchObject({ code });
    expect(once.tries).toBe(1);
  });
});

test('what is not there is not waited for', async () => {
  const { to } = await files();
  const none = held('ENOENT', 1);
  await expect(rename('nowhere', to, { platform: 'win32', files: none })).rejects.toMatchObject({ code: 'ENOENT' });
  expect(none.tries).toBe(1);
  await remove(join(to, '..', 'nothing'));
});

test('nothing else renames or removes by itself', () => {
  const files = globSync('src/**/*.ts', { cwd: repositoryDir }).map((file) => file.replaceAll('\\', '/'));
  const elsewhere = files.filter((file) => {
    const imported = /import \{([^}]*)\} from 'node:fs(?:\/promises)?'/.exec(readFileSync(join(repositoryDir, file), 'utf8'))?.[1] ?? '';
    return /\b(rename|rm|rmdir|unlink)(Sync)?\b/.test(imported);
  });
  expect(elsewhere).toEqual([]);
});
