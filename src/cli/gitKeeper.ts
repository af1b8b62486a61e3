import { changedRecord, isStillSo, type RecordChange, type RecordKeeper } from '../core/postFiles/keeper.ts';
import { mayBeRunning } from '../core/postFiles/plan.ts';
import { entryKey, formatRecord, parseRecord, type RecordEntry, recordPath, united } from '../core/postFiles/record.ts';
import { ownBranch } from '../core/postFiles/recordsAt.ts';
import type { Git, Pushed } from '../core/git/git.ts';

/** The branch went on since it was checked out: whoever runs for what is there now sends what is wanted. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** The record can be kept nowhere, and so nothing is sent. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
}

export interface GitKeeperOptions {
  readonly remote?: string;
  /** The branch that the posts are on. */
  readonly branch: string;
  /** Keeps it on a branch of its own, without asking the other. */
  readonly isApart?: boolean;
  /** Whether a file has to do with posts; any where left out. */
  readonly isAbout?: (path: string) => boolean;
}

const message = 'Note what was queued at Buffer\n\n[skip ci]';
const mostTries = 20;

/**
 * The record as commits at a remote. A push that does not follow from what is there is refused, and that is the lock: of
 * two runs one is first, and the other one plans anew. Where the branch of the posts is protected, a branch of its own
 * keeps it, and from then on that one alone: whoever announced at the other place as that began takes it back. Neither the
 * work tree nor the index is touched.
 */
export class GitKeeper implements RecordKeeper {
  readonly #git: Git;
  readonly #remote: string;
  readonly #branch: string;
  readonly #isAbout: (path: string) => boolean;
  #isApart: boolean;
  #heads = new Map<string, string>();
  /** As it is at the remote. */
  #record: RecordEntry[] = [];
  /** What was noted and is not there yet. */
  #changes: RecordChange[] = [];

  constructor(git: Git, { remote = 'origin', branch, isApart = false, isAbout = () => true }: GitKeeperOptions) {
    this.#git = git;
    this.#remote = remote;
    this.#branch = branch;
    this.#isApart = isApart;
    this.#isAbout = isAbout;
  }

  /** @throws Outdated where posts changed on the branch since it was checked out */
  async load(): Promise<RecordEntry[]> {
    await this.#read();
    const head = this.#heads.get(this.#branch);
    if (head !== undefined && !(await this.#isCurrent(head)))
      throw new Outdated(`There are newer commits on ${this.#branch}: what they want is sent by the run for them.`);
    return this.#now();
  }

  async announce(change: RecordChange): Promise<boolean> {
    const before = this.#record;
    const isSettled = this.#heads.has(ownBranch);
    this.#changes.push(change);
    if (!(await this.#push())) {
      this.#changes.pop();
      return false;
    }
    // While nobody knows yet which of the two branches keeps it, each of two runs may have pushed to another one. Whoever
    // pushes looks at the other branch after that, so that at least one of them sees the other.
    if (isSettled || !(await this.#isElsewhere(change, before))) return true;
    await this.#withdraw(change, before);
    return false;
  }

  note(change: RecordChange): Promise<void> {
    this.#changes.push(change);
    return Promise.resolve();
  }

  async publish(): Promise<void> {
    for (let tries = 0; this.#changes.length > 0; tries++) {
      if (await this.#push()) return;
      if (tries >= mostTries) throw new RecordRefused('Others keep changing the record: what came of this run could not be noted.');
      await this.#read();
    }
  }

  isRunning(entry: RecordEntry, now: Date): boolean {
    return mayBeRunning(entry, now);
  }

  #now(): RecordEntry[] {
    return this.#changes.reduce<RecordEntry[]>(changedRecord, this.#record);
  }

  async #read(): Promise<void> {
    this.#heads = await this.#git.heads(this.#remote, [this.#branch, ownBranch]);
    await this.#git.fetch(this.#remote, [...this.#heads.keys()]);
    if (this.#heads.has(ownBranch)) this.#isApart = true;
    this.#record = united((await Promise.all([...this.#heads.values()].map((commit) => this.#recordOf(commit)))).flat());
  }

  /** Whether somebody pushed to the other branch, by which they may have announced the same. */
  async #isElsewhere({ put = [] }: RecordChange, before: readonly RecordEntry[]): Promise<boolean> {
    const heads = await this.#git.heads(this.#remote, [this.#branch, ownBranch]);
    if (!this.#isApart) return heads.has(ownBranch);
    const head = heads.get(this.#branch);
    if (head === undefined || head === this.#heads.get(this.#branch)) return false;
    await this.#git.fetch(this.#remote, [this.#branch]);
    return !isStillSo({ put }, before, united([...before, ...(await this.#recordOf(head))]));
  }

  /** Takes back what was just announced. @throws RecordRefused */
  async #withdraw({ put = [], remove = [] }: RecordChange, before: readonly RecordEntry[]): Promise<void> {
    const target = this.#isApart ? ownBranch : this.#branch;
    const removed = new Set(remove.map(entryKey));
    const back = { remove: put, put: before.filter((each) => removed.has(entryKey(each))) };
    for (let tries = 0; tries < mostTries; tries++) {
      const heads = await this.#git.heads(this.#remote, [target]);
      await this.#git.fetch(this.#remote, [...heads.keys()]);
      const head = heads.get(target);
      const record = changedRecord(head === undefined ? [] : await this.#recordOf(head), back);
      const commit = await this.#git.commitFile(head, recordPath, formatRecord(record), message);
      if (commit === undefined || (await this.#git.push(this.#remote, commit, target)).kind === 'pushed') return;
    }
    throw new RecordRefused('Others keep changing the record: what this run was about to queue could not be taken back. Nothing was sent.');
  }

  async #recordOf(commit: string): Promise<RecordEntry[]> {
    const text = await this.#git.show(commit, recordPath);
    return text === undefined ? [] : parseRecord(text);
  }

  /** Whether what is checked out is what the branch has, but for the record. */
  async #isCurrent(head: string): Promise<boolean> {
    const base = await this.#git.ask('rev-parse', 'HEAD');
    if (base === undefined || base === head) return true;
    // What is ahead of the branch is somebody's who knows what they do.
    if ((await this.#git.ask('rev-list', '-n', '1', head, `^${base}`)) === undefined) return true;
    const changed = await this.#git.run(['diff', '--name-only', '-z', base, head, '--']);
    return changed.split('\0').every((path) => path === '' || path === recordPath || !this.#isAbout(path));
  }

  /** @returns whether nobody else pushed meanwhile. @throws RecordRefused */
  async #push(): Promise<boolean> {
    for (;;) {
      const target = this.#isApart ? ownBranch : this.#branch;
      const record = this.#now();
      const head = this.#heads.get(target);
      const commit = await this.#git.commitFile(head, recordPath, formatRecord(record), message);
      const pushed: Pushed = commit === undefined ? { kind: 'pushed' } : await this.#git.push(this.#remote, commit, target);
      if (pushed.kind === 'overtaken') return false;
      if (pushed.kind === 'pushed') {
        if (commit !== undefined) this.#heads.set(target, commit);
        this.#record = record;
        this.#changes = [];
        return true;
      }
      if (this.#isApart)
        throw new RecordRefused(`The record cannot be kept: neither ${this.#branch} nor ${ownBranch} takes it. ${pushed.why}`);
      this.#isApart = true;
    }
  }
}
