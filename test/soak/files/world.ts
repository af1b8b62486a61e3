import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { protect, Repository } from '../../unit/support/gitRepository.ts';
import { bundleProgram } from '../bundleProgram.ts';

/** What a run of the command line came to. */
export interface Ran {
  readonly exit: number | null;
  readonly output: string;
}

/** A repository on a server, the person who writes in it, and runners that have nothing but what they clone. */
export class World {
  readonly sandbox: Sandbox;
  readonly root: string;
  readonly bare: string;
  readonly writer: Repository;
  readonly #child: string;
  readonly #running = new Set<ChildProcess>();
  #runners = 0;

  private constructor(sandbox: Sandbox, root: string, bare: string, writer: Repository, child: string) {
    this.sandbox = sandbox;
    this.root = root;
    this.bare = bare;
    this.writer = writer;
    this.#child = child;
  }

  static async begin(sandbox: Sandbox, root: string): Promise<World> {
    await mkdir(root, { recursive: true });
    const { bare, clone } = await Repository.make(root);
    return new World(sandbox, root, bare, clone, await bundleProgram(join(import.meta.dirname, 'child.ts'), root));
  }

  /** Ends what still runs. */
  end(): void {
    for (const each of this.#running) each.kill('SIGKILL');
  }

  /** A clone as a workflow has it, of the branch as it is now. */
  async runner(isShallow: boolean): Promise<string> {
    const folder = join(this.root, `runner-${this.#runners++}`);
    await Repository.clone(this.bare, folder, ...(isShallow ? ['--depth=1'] : []));
    return folder;
  }

  async leave(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * Runs `apply`.
   * @param record     in a workflow's way, or in the folder's own file
   * @param killAfter  milliseconds
   */
  async apply(
    folder: string,
    record: 'push' | 'file',
    { killAfter, flags = [] }: { killAfter?: number; flags?: readonly string[] } = {},
  ): Promise<Ran> {
    const { sandbox } = this;
    const options = {
      args: ['apply', '--organization', 'Larkspur', '--record', record, '--wait', '20', ...flags],
      folder,
      env: {
        BUFFER_API_KEY: sandbox.graphqlToken,
        QUEUE_FOR_BUFFER_ADDRESS: sandbox.graphqlUrl,
        GITHUB_REF_TYPE: 'branch',
        GITHUB_REF_NAME: 'main',
      },
      settleAfter: 1_500,
    };
    const child = spawn(process.execPath, [this.#child, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#running.add(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    const [exit] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    this.#running.delete(child);
    return { exit, output };
  }

  /** Lets the branch take no pushes of runners, or take them again. The person's are taken, as merges are. */
  async protectMain(isProtected: boolean): Promise<void> {
    await protect(this.bare, ...(isProtected ? ['main'] : []));
  }

  /** What the person pushes is a merge that was reviewed: no rule is against it. */
  async push(): Promise<void> {
    const { writer } = this;
    for (let tries = 0; tries < 5; tries++) {
      await writer.git('fetch', '-q', 'origin');
      await mergeInto(writer, 'origin/main');
      await rm(join(this.bare, 'hooks', 'update.off'), { force: true });
      const pushed = await writer.git('push', '-q', 'origin', 'HEAD:main').then(
        () => true,
        () => false,
      );
      if (pushed) return;
    }
    throw new Error('The person cannot push.');
  }
}

/** Merges, and takes what Git cannot merge with its marks: the record is read with them. Of posts, ours is taken. */
export async function mergeInto(repository: Repository, other: string): Promise<void> {
  const isMerged = await repository.git('merge', '-q', '--no-edit', '-m', 'Merge', other).then(
    () => true,
    () => false,
  );
  if (isMerged) return;
  const open = (await repository.git('diff', '--name-only', '--diff-filter=U', '-z')).split('\0').filter(Boolean);
  for (const path of open) {
    if (path.startsWith('.buffer/')) continue;
    await repository.git('checkout', '-q', '--ours', '--', path).catch(() => repository.git('rm', '-q', '--force', '--', path));
  }
  await repository.git('add', '-A');
  await repository.git('commit', '-q', '-m', 'Merge');
}
