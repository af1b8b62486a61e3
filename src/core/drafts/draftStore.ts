import { createHash, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { remove } from '../files/rename.ts';
import type { FolderOpener } from '../files/syncFolder.ts';
import { writeFileAtomically } from '../files/writeFileAtomically.ts';
import { type Draft, isEmptyDraft, type KeptDraft } from './draft.ts';

export type { KeptDraft } from './draft.ts';

/** How long it is known what became of a draft that was sent, for pages that were not open since. Milliseconds. */
const spentFor = 90 * 86_400_000;

/**
 * What people are writing, each draft a file of its own, written at every change: it survives a closed tab, a reloaded
 * window, an extension host that dies, and signing out. Two windows that change the same draft end with two drafts.
 * Files are written by Node and not through VS Code, whose way to the disk goes by the window that may be closing.
 */
export class DraftStore {
  readonly #folder: string;
  readonly #files: FolderOpener | undefined;
  readonly #events = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  readonly #kept = new Map<string, KeptDraft>();
  #discarded: readonly KeptDraft[] = [];
  /** The revision of each file as this window last read or wrote it. */
  readonly #seen = new Map<string, number>();
  /** The latest of each draft that waits to be written. */
  readonly #waiting = new Map<string, Draft>();
  /** Files that say nothing to this version. */
  #unreadable: readonly string[] = [];
  /** Writes take turns, in the order they were asked for. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param folder  where drafts are kept; made when first needed. Whoever watches it calls `load` when it changes
   * @param files   opens folders, to have their names on the disk
   */
  constructor(folder: string, files?: FolderOpener) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Calls back when drafts came, went or changed, in this window or another. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** The drafts as last read, latest first. */
  get drafts(): readonly KeptDraft[] {
    return [...this.#kept.values()].sort((a, b) => b.savedAt.getTime() - a.savedAt.getTime());
  }

  /** Drafts that were thrown away and can be brought back, the latest first. */
  get discarded(): readonly KeptDraft[] {
    return this.#discarded;
  }

  /** Files of a newer version, or damaged ones, by name: they are left alone, and told. */
  get unreadable(): readonly string[] {
    return this.#unreadable;
  }

  /** Reads all drafts from disk. A file that cannot be read is left alone. */
  async load(): Promise<void> {
    const files = await readdir(this.#folder).catch((): string[] => []);
    const names = files.filter((name) => name.endsWith('.json'));
    const found = await Promise.all(names.map((name) => this.#read(name.slice(0, -'.json'.length))));
    const discarded = await this.#readDiscarded();
    const standing = () =>
      JSON.stringify([[...this.#kept.values(), ...this.#discarded].map(({ draft: { id, revision } }) => [id, revision]), this.#unreadable]);
    const before = standing();
    this.#discarded = discarded;
    this.#kept.clear();
    for (const each of found) if (each && each !== 'unreadable') this.#kept.set(each.draft.id, each);
    this.#unreadable = names.filter((_, index) => found[index] === 'unreadable');
    if (standing() !== before) this.#events.emit('change');
  }

  /** A draft as it is on disk now. */
  async open(id: string): Promise<Draft | undefined> {
    const kept = await this.#read(id);
    if (!kept || kept === 'unreadable') return undefined;
    this.#seen.set(id, kept.draft.revision);
    return kept.draft;
  }

  /** Whether there is a draft of this id that says nothing to this version. */
  async isUnreadable(id: string): Promise<boolean> {
    return (await this.#read(id)) === 'unreadable';
  }

  /**
   * What became of a draft that is not there: `same` where just this was sent or thrown away, in whichever window;
   * `other` where something else was, under its id.
   */
  async spentAs(draft: Draft): Promise<'same' | 'other' | undefined> {
    const mark = await readFile(this.#spentFile(draft.id), 'utf8').catch(() => undefined);
    return mark === undefined ? undefined : mark === contentMark(draft) ? 'same' : 'other';
  }

  /**
   * Writes a draft; one with nothing in it is removed.
   * @returns the draft as kept: under another id where another window had changed it meanwhile, or what is there is of
   *   a newer version, or cannot be read
   * @throws what `node:fs` throws
   */
  save(changed: Draft): Promise<Draft> {
    this.#waiting.set(changed.id, changed);
    return this.#inTurn(async () => {
      // One write serves all that were asked for meanwhile.
      const newest = this.#waiting.get(changed.id);
      if (!newest) return changed;
      this.#waiting.delete(changed.id);
      return this.#keep(newest);
    });
  }

  async #keep(changed: Draft): Promise<Draft> {
    const read = await this.#read(changed.id);
    const onDisk = read === 'unreadable' ? undefined : read?.draft;
    const isOthers = read === 'unreadable' || (onDisk !== undefined && this.#isOthers(onDisk));
    if (isEmptyDraft(changed) && !changed.editing) {
      if (onDisk && !isOthers) await this.#delete(onDisk);
      return changed;
    }
    const kept = isOthers ? { ...changed, id: randomUUID() } : changed;
    await this.#write({ draft: kept, savedAt: new Date() });
    return kept;
  }

  /**
   * Takes profiles out of a draft, as they have this text of it; the draft goes with the last of them. One that says
   * something else by now stays.
   */
  leave(id: string, profileIds: readonly string[], text: string): Promise<void> {
    return this.#inTurn(async () => {
      const kept = await this.#draftOnDisk(id);
      if (!kept || !hasText(kept, text)) return;
      const left = kept.profileIds.filter((each) => !profileIds.includes(each));
      if (left.length === 0) return this.#spend(kept);
      if (left.length < kept.profileIds.length)
        await this.#write({ draft: { ...kept, profileIds: left, revision: kept.revision + 1 }, savedAt: new Date() });
    });
  }

  /** Removes a draft that was sent, unless another window wrote on in it. */
  removeSent(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const onDisk = await this.#draftOnDisk(id);
      if (onDisk && !this.#isOthers(onDisk)) await this.#spend(onDisk);
    });
  }

  /** Whether a draft that this window knew is no longer there: sent, or deleted, in another one. */
  isGone(id: string): Promise<boolean> {
    return this.#inTurn(async () => this.#seen.has(id) && (await this.#read(id)) === undefined);
  }

  remove(id: string): Promise<void> {
    this.#waiting.delete(id);
    return this.#inTurn(async () => {
      const onDisk = await this.#draftOnDisk(id);
      if (onDisk) await this.#spend(onDisk);
    });
  }

  /**
   * Throws a draft away. A copy is kept for a week, on disk before the draft leaves it, and `restore` brings it back.
   * @throws what `node:fs` throws; the draft is there then as before
   */
  discard(discarded: Draft): Promise<void> {
    this.#waiting.delete(discarded.id);
    return this.#inTurn(async () => {
      const { writeDiscarded } = await import('./discardedDrafts.ts');
      await this.#sync(this.#discardedFolder, await writeDiscarded(this.#discardedFolder, discarded));
      const onDisk = await this.#draftOnDisk(discarded.id);
      if (onDisk) await this.#spend(onDisk);
      this.#discarded = await this.#readDiscarded();
      this.#events.emit('change');
    });
  }

  /**
   * Brings back a draft that was thrown away.
   * @returns it under a new id, as a page that still has it knows that the old one is gone; undefined where there is no copy
   */
  restore(id: string): Promise<Draft | undefined> {
    return this.#inTurn(async () => {
      const kept = await this.#read(id, this.#discardedFolder);
      if (!kept || kept === 'unreadable') return undefined;
      const restored = { ...kept.draft, id: randomUUID() };
      await this.#write({ draft: restored, savedAt: new Date() });
      await this.#forget(id);
      return restored;
    });
  }

  /** Deletes the copy of a draft that was thrown away: it cannot be brought back any more. */
  forget(id: string): Promise<void> {
    return this.#inTurn(() => this.#forget(id));
  }

  async #forget(id: string): Promise<void> {
    await remove(join(this.#discardedFolder, `${id}.json`));
    this.#discarded = await this.#readDiscarded();
    this.#events.emit('change');
  }

  get #discardedFolder(): string {
    return `${this.#folder}-discarded`;
  }

  /** What was thrown away of late. */
  async #readDiscarded(): Promise<readonly KeptDraft[]> {
    const folder = this.#discardedFolder;
    const names = await readdir(folder).catch((): string[] => []);
    if (names.length === 0) return [];
    return (await import('./discardedDrafts.ts')).readDiscarded(folder, names, (id) => this.#read(id, folder));
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Another window changed it since this one read or wrote it. */
  #isOthers({ id, revision }: Draft): boolean {
    return this.#seen.has(id) && revision !== this.#seen.get(id);
  }

  async #draftOnDisk(id: string): Promise<Draft | undefined> {
    const read = await this.#read(id);
    return read === 'unreadable' ? undefined : read?.draft;
  }

  async #read(id: string, folder = this.#folder): Promise<KeptDraft | 'unreadable' | undefined> {
    try {
      const json = await readFile(join(folder, `${id}.json`), 'utf8');
      const { draft: read, savedAt } = (await import('./storedDraft.ts')).readStoredDraft(json);
      return read.id === id ? { draft: read, savedAt: new Date(savedAt) } : 'unreadable';
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : 'unreadable';
    }
  }

  async #write(kept: KeptDraft): Promise<void> {
    const { id, revision } = kept.draft;
    const made = await mkdir(this.#folder, { recursive: true });
    await writeFileAtomically(this.#file(id), JSON.stringify({ version: 1, draft: kept.draft, savedAt: kept.savedAt.getTime() }));
    await this.#sync(this.#folder, made);
    this.#seen.set(id, revision);
    this.#kept.set(id, kept);
    this.#events.emit('change');
  }

  /** Removes a draft that is over, and keeps a mark of what it said: a page that is restored later must not bring it back. */
  async #spend(spent: Draft): Promise<void> {
    await this.#mark(spent).catch(() => undefined);
    await this.#delete(spent);
  }

  async #mark(spent: Draft): Promise<void> {
    const folder = `${this.#folder}-spent`;
    const made = await mkdir(folder, { recursive: true });
    await writeFileAtomically(this.#spentFile(spent.id), contentMark(spent));
    await this.#sync(folder, made);
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      if (Date.now() - (await stat(file)).mtimeMs > spentFor) await remove(file);
    }
  }

  /** Names are on the disk once their folder is. */
  async #sync(folder: string, made?: string): Promise<void> {
    await (await import('../files/syncFolder.ts')).syncFolder(folder, made, this.#files);
  }

  async #delete({ id }: Draft): Promise<void> {
    this.#seen.delete(id);
    await remove(this.#file(id));
    // One that was sent would be back after a power cut, to be sent once more.
    await this.#sync(this.#folder);
    if (this.#kept.delete(id)) this.#events.emit('change');
  }

  #spentFile(id: string): string {
    return join(`${this.#folder}-spent`, id);
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

/** Stands for what a draft says, wherever it was to go; there is no way back to the words. */
function contentMark({ text, variants, media }: Draft): string {
  const sorted = Object.entries(variants).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([text, sorted, media]))
    .digest('hex');
}

/** Whether this is the text that all networks get of a draft, or one of them. */
export function hasText({ text, variants }: Draft, wanted: string): boolean {
  return [text, ...Object.values(variants)].includes(wanted);
}
