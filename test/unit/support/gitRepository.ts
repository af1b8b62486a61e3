import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository with a bare one that it pushes to, as a person and a runner have it. */
export class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** A bare one, and a clone of it with a first commit on `main`. Both are copies: eight processes of Git take longer. */
  static async make(root: string): Promise<{ readonly bare: string; readonly clone: Repository }> {
    prepared ??= prepare();
    for (const { path, content } of await prepared) {
      const target = join(root, path);
      await (content === undefined ? mkdir(target) : writeFile(target, content));
    }
    return { bare: join(root, inBare), clone: new Repository(join(root, inClone)) };
  }

  static async clone(bare: string, folder: string, ...options: string[]): Promise<Repository> {
    await run('git', ['clone', '-q', ...options, options.length ? `file://${bare}` : bare, folder], {});
    const clone = new Repository(folder);
    await clone.git('config', 'user.name', 'Writer');
    await clone.git('config', 'user.email', 'writer@example.com');
    await clone.git('checkout', '-q', '-B', 'main');
    return clone;
  }

  async git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', args, { cwd: this.folder, env: { ...process.env, LC_ALL: 'C' } });
    return stdout.trim();
  }

  /** Writes files, or removes those that are undefined, and commits them. */
  async commit(files: Readonly<Record<string, string | Uint8Array | undefined>>, message = 'Change'): Promise<void> {
    await this.write(files);
    await this.git('add', '-A');
    await this.git('commit', '-q', '--allow-empty', '-m', message);
  }

  async write(files: Readonly<Record<string, string | Uint8Array | undefined>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      if (text === undefined) await rm(file, { force: true });
      else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    }
  }
}

/** Lets a bare repository take nothing on some branches, as a protection rule does. */
export async function protect(bare: string, ...branches: string[]): Promise<void> {
  const cases = branches.map((each) => `refs/heads/${each}) echo "protected branch hook declined"; exit 1 ;;`).join('\n');
  const hook = join(bare, 'hooks', 'update');
  await writeFile(hook, `#!/bin/sh\ncase "$1" in\n${cases}\nesac\nexit 0\n`);
  await chmod(hook, 0o755);
}

const inBare = 'bare.git';
const inClone = 'clone';

/** A folder, which has no content, before what is in it. */
type Prepared = readonly { readonly path: string; readonly content: Buffer | undefined }[];
let prepared: Promise<Prepared> | undefined;

/** What `Repository.make` gives out, made once. */
async function prepare(): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), 'buffer-git-'));
  try {
    const bare = join(folder, inBare);
    await run('git', ['init', '-q', '--bare', '-b', 'main', bare]);
    await mkdir(join(bare, 'hooks'), { recursive: true });
    const clone = await Repository.clone(bare, join(folder, inClone));
    await clone.commit({ 'README.md': 'A repository\n' });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    // It finds the bare one wherever both are.
    await clone.git('config', 'remote.origin.url', `../${inBare}`);
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = await Promise.all(
      all.map(async (each) => {
        const path = join(each.parentPath, each.name);
        return { path: relative(folder, path), content: each.isDirectory() ? undefined : await readFile(path) };
      }),
    );
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
