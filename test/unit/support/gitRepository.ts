import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository with a bare one that it pushes to, as a person and a runner have it. */
export class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** A bare one, and a clone of it with a first commit on `main`. */
  static async make(root: string): Promise<{ readonly bare: string; readonly clone: Repository }> {
    const bare = join(root, 'bare.git');
    await run('git', ['init', '-q', '--bare', '-b', 'main', bare]);
    const clone = await Repository.clone(bare, join(root, 'clone'));
    await clone.commit({ 'README.md': 'A repository\n' });
    await clone.git('push', '-q', 'origin', 'HEAD:main');
    return { bare, clone };
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
