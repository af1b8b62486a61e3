import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { remove } from '../files/rename.ts';

/** Git did not do what it was asked. Its message is what Git said. */
export class GitError extends Error {
  override readonly name = 'GitError';
  /** What it had written before. */
  readonly output: string;

  constructor(command: string, said: string, output: string) {
    super(`git ${command}: ${said.trim().split('\n').slice(-5).join(' ')}`);
    this.output = output;
  }
}

export interface GitOptions {
  /** What it reads. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** In milliseconds; as long as it takes where left out. */
  readonly timeout?: number;
}

/** What a push came to: `overtaken` where somebody else pushed meanwhile, `refused` where this branch takes none. */
export type Pushed = { readonly kind: 'pushed' } | { readonly kind: 'overtaken' } | { readonly kind: 'refused'; readonly why: string };

/** How long a remote may take that only tells. Milliseconds. */
const remoteTimeout = 60_000;

/** Commits that are looked through for what was renamed. */
const mostHistory = 1_000;

/** A repository, by the `git` program: no shell, no questions at a terminal, and never Buffer's key. */
export class Git {
  readonly folder: string;
  readonly #program: string;
  #isDeep: Promise<void> | undefined;

  /**
   * @param folder   in a repository's work tree
   * @param program  where Git is, else it is found by its name
   */
  constructor(folder: string, program = 'git') {
    this.folder = folder;
    this.#program = program;
  }

  /** What Git wrote. @throws GitError */
  run(args: readonly string[], { input, env, timeout }: GitOptions = {}): Promise<string> {
    const { BUFFER_API_KEY: _, ...inherited } = process.env;
    const options = {
      cwd: this.folder,
      maxBuffer: 256 * 1024 * 1024,
      timeout,
      env: { ...inherited, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...env },
    };
    return new Promise((resolve, reject) => {
      const child = execFile(this.#program, [...args], options, (error, stdout, stderr) => {
        if (error) reject(new GitError(args.find((each) => !each.startsWith('-')) ?? '', stderr || error.message, stdout));
        else resolve(stdout);
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input ?? '');
    });
  }

  /** The same in one line; undefined where Git has none. */
  async ask(...args: string[]): Promise<string | undefined> {
    const said = await this.run(args).catch(() => '');
    return said.trim() || undefined;
  }

  /** What a file holds at a commit; undefined where there is none. */
  show(commit: string, path: string): Promise<string | undefined> {
    return this.run(['cat-file', 'blob', `${commit}:${path}`]).catch(() => undefined);
  }

  /** The commits at the heads of these branches of a remote, by branch. @throws GitError */
  async heads(remote: string, branches: readonly string[]): Promise<Map<string, string>> {
    const said = await this.run(['ls-remote', remote, ...branches.map((each) => `refs/heads/${each}`)], { timeout: remoteTimeout });
    const lines = said.split('\n').flatMap((line) => {
      const [commit, ref] = line.split('\t');
      return commit && ref ? [[ref.replace('refs/heads/', ''), commit] as const] : [];
    });
    return new Map(lines);
  }

  /** The branch that a remote says is its usual one; undefined where it says none, or cannot be reached. */
  async usualBranch(remote: string): Promise<string | undefined> {
    const said = await this.run(['ls-remote', '--symref', remote, 'HEAD'], { timeout: remoteTimeout }).catch(() => '');
    return /^ref: refs\/heads\/(?<branch>\S+)\tHEAD$/mu.exec(said)?.groups?.['branch'];
  }

  /** Makes sure that commits of a remote's branches are here. */
  async fetch(remote: string, branches: readonly string[]): Promise<void> {
    const specs = branches.map((each) => `+refs/heads/${each}:refs/queue-for-buffer/${each}`);
    await this.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote, ...specs], { timeout: remoteTimeout });
  }

  /**
   * A commit that differs from another in one file. Neither the work tree nor the index is touched.
   * @param parent  none where left out: the first of a branch, with that file alone
   * @returns undefined where the file is the same there already
   */
  async commitFile(parent: string | undefined, path: string, text: string, message: string): Promise<string | undefined> {
    if (parent !== undefined && (await this.show(parent, path)) === text) return undefined;
    const blob = (await this.run(['hash-object', '-w', '--stdin'], { input: text })).trim();
    const index = join(tmpdir(), `queue-for-buffer-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    try {
      await this.run(parent === undefined ? ['read-tree', '--empty'] : ['read-tree', parent], { env });
      await this.run(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env });
      const tree = (await this.run(['write-tree'], { env })).trim();
      const parents = parent === undefined ? [] : ['-p', parent];
      return (await this.run(['commit-tree', tree, ...parents, '-m', message], { env: await this.#author() })).trim();
    } finally {
      await remove(index);
    }
  }

  /**
   * Puts a commit at the head of a remote's branch, where it follows from what is there.
   * @throws GitError where the remote cannot be reached
   */
  async push(remote: string, commit: string, branch: string): Promise<Pushed> {
    try {
      await this.run(['push', '--porcelain', '--no-verify', remote, `${commit}:refs/heads/${branch}`]);
      return { kind: 'pushed' };
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const why = /^!\t.*\t(.*)$/mu.exec(error.output)?.[1];
      const said = why ?? error.message;
      if (/^\[rejected\]|cannot lock ref|failed to update ref|incorrect old value|reference already exists|shallow update/iu.test(said))
        return { kind: 'overtaken' };
      if (why !== undefined || /denied|forbidden|403|not permitted|read-only|protected/iu.test(said)) return { kind: 'refused', why: said };
      throw error;
    }
  }

  /** A workflow's clone may hold the last commit alone: what came before is fetched, once, where it can be. */
  async #history(): Promise<void> {
    this.#isDeep ??= (async () => {
      if ((await this.ask('rev-parse', '--is-shallow-repository')) !== 'true') return;
      await this.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', `--deepen=${mostHistory}`]).catch(() => undefined);
    })();
    await this.#isDeep;
  }

  /** New path by old path of files that were renamed lately, over several renames. */
  async renames(most = mostHistory): Promise<Map<string, string>> {
    await this.#history();
    const args = ['log', '-n', String(most), '-M40%', '--diff-filter=R', '--name-status', '-z', '--format=', 'HEAD'];
    const words = (await this.run(args).catch(() => '')).split('\0').map((each) => each.replace(/^\n+/u, ''));
    const found = new Map<string, string>();
    for (let at = 0; at < words.length; at++) {
      if (!/^R\d+$/u.test(words[at]!)) continue;
      const [from, to] = [words[at + 1]!, words[at + 2]!];
      // The newest come first.
      if (!found.has(from)) found.set(from, found.get(to) ?? to);
      at += 2;
    }
    return found;
  }

  /** What a file said in the commits that changed it before the last one, also under other names; the latest first. */
  async versions(path: string, most = 20): Promise<string[]> {
    await this.#history();
    const args = ['log', '--follow', '-M40%', '-n', String(most), '--name-only', '-z', '--format=%x01%H', 'HEAD', '--', path];
    const said = await this.run(args).catch(() => '');
    const commits = said.split('\u0001').flatMap((each) => {
      const [commit, ...names] = each.split(/[\0\n]+/u).filter(Boolean);
      return commit && names[0] !== undefined ? [{ commit, name: names[0] }] : [];
    });
    const texts = await Promise.all(commits.map(({ commit, name }) => this.show(commit, name)));
    return texts.filter((text) => text !== undefined);
  }

  /** Whoever Git knows here; in a workflow nobody is, and then it is this program. */
  async #author(): Promise<Record<string, string>> {
    const [name, email] = [await this.ask('config', 'user.name'), await this.ask('config', 'user.email')];
    const whose = { name: name ?? 'queue-for-buffer', email: email ?? 'queue-for-buffer@localhost' };
    return { GIT_AUTHOR_NAME: whose.name, GIT_AUTHOR_EMAIL: whose.email, GIT_COMMITTER_NAME: whose.name, GIT_COMMITTER_EMAIL: whose.email };
  }
}
