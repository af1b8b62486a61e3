import { EventEmitter } from 'node:events';
import { readdir } from 'node:fs/promises';
import { lazily } from '../async/lazily.ts';
import type { Disk } from './disk.ts';
import { neverSent, type Entry, type EntryContent, type EntryState, type NewEntry, type UnreadableEntry } from './entry.ts';
import type { OutboxFiles, OutboxFilesOptions } from './outboxFiles.ts';

export type { Entry, EntryState, NewEntry } from './entry.ts';

export interface OutboxOptions {
  readonly disk?: Disk;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic?: () => number;
  /** What this process is, where not what the system says: its machine, as the outbox names it, and its number. */
  readonly process?: OutboxFilesOptions['process'];
}

/**
 * What people meant to send and could not: each a file of its own, so that it survives whatever happens to the window.
 * A window acts on an entry by claiming it, which the disk lets only one of them do. Nothing of VS Code is needed for it.
 * `OutboxFiles` does the work; it is loaded when there is something in the folder, or something is put in.
 */
export class Outbox {
  readonly #folder: string;
  readonly #options: OutboxOptions;
  readonly #events = new EventEmitter<{ change: [] }>();
  readonly #files = lazily(() => this.#load());
  #entries: readonly Entry[] = [];
  #unreadable: readonly UnreadableEntry[] = [];
  #loads = 0;
  #shown = 0;
  #isDisposed = false;
  /** Between signs of life of a window that is at an entry. Milliseconds. */
  renewEvery = 15_000;

  /** @param folder  where entries are kept; made when first needed, with one beside it of the same name and `-ledger` */
  constructor(folder: string, options: OutboxOptions = {}) {
    this.#folder = folder;
    this.#options = options;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** Gives no more signs of life: what this window is at is free for others once they miss them. */
  dispose(): void {
    this.#isDisposed = true;
    if (this.#files.hasBegun()) void this.#files().then(({ lease }) => lease.dispose());
  }

  /** As last read, in the order in which they were put in. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Files that say nothing to this version of the extension: left alone, and told. */
  get unreadable(): readonly UnreadableEntry[] {
    return this.#unreadable;
  }

  /** What of a draft is on its way, as last read. */
  ofDraft(draftId: string): readonly Entry[] {
    return this.#entries.filter((entry) => entry.draftId === draftId);
  }

  /** Reads what is there, also what other windows put in. */
  async load(): Promise<readonly Entry[]> {
    const mine = ++this.#loads;
    const isEmpty = !this.#files.hasBegun() && !this.#options.disk && !(await readdir(this.#folder).catch(() => [])).length;
    const { entries, unreadable } = isEmpty ? { entries: [], unreadable: [] } : await (await this.files()).load();
    // One that was asked for later is newer.
    if (mine < this.#shown) return entries;
    this.#shown = mine;
    const isSame = JSON.stringify([entries, unreadable]) === JSON.stringify([this.#entries, this.#unreadable]);
    this.#entries = entries;
    this.#unreadable = unreadable;
    if (!isSame) this.#events.emit('change');
    return entries;
  }

  /** Puts something in; on the disk once this ends. @throws what `node:fs` throws */
  async add(entry: NewEntry): Promise<Entry> {
    return this.#then(async (files) => files.add(entry));
  }

  /** Takes an entry to do something with it; undefined where another window was faster, or it is gone. */
  async claim(entry: Entry, change?: Partial<EntryContent>): Promise<Entry | undefined> {
    return (await this.files()).claim(entry, change);
  }

  /**
   * Notes something in an entry that this window has claimed.
   * @throws LostClaim when it is no longer this window's: it was away for so long that another one took over
   */
  async note(entry: Entry, change: Partial<EntryContent>): Promise<Entry> {
    return (await this.files()).note(entry, change);
  }

  /** Gives a claimed entry back, in another state. @throws LostClaim */
  async release(entry: Entry, state: Exclude<EntryState, 'sending'>, change?: Partial<EntryContent>): Promise<Entry> {
    return this.#then((files) => files.release(entry, state, change));
  }

  /** Changes what waits, or waits for the person; undefined where a window is at it, or it is over. */
  async amend(entry: Entry, change: Partial<EntryContent>, state = entry.state): Promise<Entry | undefined> {
    return this.#then(async (files) => {
      const claimed = await files.claimChosen(entry);
      return claimed && files.release(claimed, state as Exclude<EntryState, 'sending'>, change);
    });
  }

  /**
   * Puts back in the row what waits for the person; false where it does not.
   * @param isSure  also what may have arrived: the person takes it that it did not
   */
  async retry(entry: Entry, isSure = false): Promise<boolean> {
    const mayGo = entry.state === 'failed' || (isSure && isInDoubt(entry));
    return mayGo && this.#sendAgain(entry, []);
  }

  /**
   * The person says which profiles of an entry have it: to the others it is sent again. False where it is not theirs to
   * say any more.
   */
  async settle(entry: Entry, arrived: readonly string[]): Promise<boolean> {
    return isInDoubt(entry) && this.#sendAgain(entry, arrived);
  }

  /** @param arrived  the profiles that it is not sent to again, beside those that a look found while the person was asked */
  async #sendAgain(entry: Entry, arrived: readonly string[]): Promise<boolean> {
    return this.#then(async (files) => {
      const claimed = await files.claimChosen(entry);
      if (!claimed) return false;
      const profiles = claimed.profiles.filter(({ id }) => !arrived.includes(id));
      if (profiles.length) {
        await files.release(claimed, 'waiting', { ...neverSent, profiles, reason: undefined });
        await files.forgetDeletions(claimed);
      } else await files.done(claimed);
      return true;
    });
  }

  /**
   * Takes an entry out, in one step: even a window that dies then sends nothing of it. It can be put back for a week.
   * False where a window is just sending it, or it is gone.
   */
  async drop(entry: Entry): Promise<boolean> {
    return this.#then((files) => files.drop(entry));
  }

  /** Puts a dropped entry back as it was, in its old place. False where that was too long ago. */
  async putBack(entry: Entry): Promise<boolean> {
    return this.#then((files) => files.putBack(entry));
  }

  /** Takes an entry out for good; false as with `drop`. */
  async remove(entry: Entry): Promise<boolean> {
    return this.#then((files) => files.remove(entry));
  }

  /** Takes a claimed entry out for good. @see OutboxFiles.done */
  async done(entry: Entry, isOver?: boolean): Promise<void> {
    return this.#then((files) => files.done(entry, isOver));
  }

  /** What keeps it on the disk. */
  files(): Promise<OutboxFiles> {
    return this.#files();
  }

  async #load(): Promise<OutboxFiles> {
    const { OutboxFiles } = await import('./outboxFiles.ts');
    const files = new OutboxFiles({
      ...this.#options,
      folder: this.#folder,
      monotonic: this.#options.monotonic ?? (() => performance.now()),
      renewEvery: () => this.renewEvery,
    });
    if (this.#isDisposed) files.lease.dispose();
    return files;
  }

  async #then<Answer>(work: (files: OutboxFiles) => Promise<Answer>): Promise<Answer> {
    try {
      return await work(await this.files());
    } finally {
      // What was done is done, whether or not it can be read again.
      await this.load().catch(() => undefined);
    }
  }
}

/** Whether nobody knows if it arrived. */
function isInDoubt({ state }: Entry): boolean {
  return state === 'undecided' || state === 'unclear';
}
