import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomically } from '../files/writeFileAtomically.ts';
import { draft } from './draftSchema.ts';
import { type Draft, isEmptyDraft } from './draft.ts';

const storedDraft = v.object({ draft, savedAt: v.number() });

/** A draft as the list shows it. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly savedAt: Date;
}

/**
 * What people are writing, each draft a file of its own, written at every change: it survives a closed tab, a reloaded
 * window, an extension host that dies, and signing out. Two windows that change the same draft end with two drafts.
 * Files are written by Node and not through VS Code, whose way to the disk goes by the window that may be closing.
 */
export class DraftStore {
  readonly #folder: string;
  readonly #events = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  readonly #kept = new Map<string, KeptDraft>();
  /** The revision of each file as this window last read or wrote it. */
  readonly #seen = new Map<string, number>();
  /** The latest of each draft that waits to be written. */
  readonly #waiting = new Map<string, Draft>();
  /** Writes take turns, in the order they were asked for. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param folder  where drafts are kept; made when first needed. Whoever watches it calls `load` when it changes */
  constructor(folder: string) {
    this.#folder = folder;
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

  /** Reads all drafts from disk. A file that cannot be read is left alone. */
  async load(): Promise<void> {
    const files = await readdir(this.#folder).catch((): string[] => []);
    const found = await Promise.all(
      files.filter((name) => name.endsWith('.json')).map((name) => this.#read(name.slice(0, -'.json'.length))),
    );
    const before = JSON.stringify([...this.#kept.keys()].map((id) => [id, this.#kept.get(id)?.draft.revision]));
    this.#kept.clear();
    for (const each of found) if (each) this.#kept.set(each.draft.id, each);
    if (JSON.stringify([...this.#kept.keys()].map((id) => [id, this.#kept.get(id)?.draft.revision])) !== before)
      this.#events.emit('change');
  }

  /** A draft as it is on disk now. */
  async open(id: string): Promise<Draft | undefined> {
    const kept = await this.#read(id);
    if (kept) this.#seen.set(id, kept.draft.revision);
    return kept?.draft;
  }

  /**
   * Writes a draft; one with nothing in it is removed.
   * @returns the draft as kept: under another id where another window had changed it meanwhile
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
    const onDisk = (await this.#read(changed.id))?.draft;
    const isOthers = onDisk !== undefined && this.#isOthers(onDisk);
    if (isEmptyDraft(changed) && !changed.editing) {
      if (onDisk && !isOthers) await this.#delete(changed.id);
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
      const kept = (await this.#read(id))?.draft;
      if (!kept || !hasText(kept, text)) return;
      const left = kept.profileIds.filter((each) => !profileIds.includes(each));
      if (left.length === 0) return this.#delete(id);
      if (left.length < kept.profileIds.length)
        await this.#write({ draft: { ...kept, profileIds: left, revision: kept.revision + 1 }, savedAt: new Date() });
    });
  }

  /** Removes a draft that was sent, unless another window wrote on in it. */
  removeSent(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const onDisk = (await this.#read(id))?.draft;
      if (onDisk && !this.#isOthers(onDisk)) await this.#delete(id);
    });
  }

  /** Whether a draft that this window knew is no longer there: sent, or deleted, in another one. */
  isGone(id: string): Promise<boolean> {
    return this.#inTurn(async () => this.#seen.has(id) && (await this.#read(id)) === undefined);
  }

  remove(id: string): Promise<void> {
    this.#waiting.delete(id);
    return this.#inTurn(() => this.#delete(id));
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

  async #read(id: string): Promise<KeptDraft | undefined> {
    try {
      const json = await readFile(this.#file(id), 'utf8');
      const { draft: read, savedAt } = v.parse(v.pipe(v.string(), v.parseJson(), storedDraft), json);
      return read.id === id ? { draft: read, savedAt: new Date(savedAt) } : undefined;
    } catch {
      return undefined;
    }
  }

  async #write(kept: KeptDraft): Promise<void> {
    const { id, revision } = kept.draft;
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomically(this.#file(id), JSON.stringify({ draft: kept.draft, savedAt: kept.savedAt.getTime() }));
    this.#seen.set(id, revision);
    this.#kept.set(id, kept);
    this.#events.emit('change');
  }

  async #delete(id: string): Promise<void> {
    this.#seen.delete(id);
    await rm(this.#file(id), { force: true });
    if (this.#kept.delete(id)) this.#events.emit('change');
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

/** Whether this is the text that all networks get of a draft, or one of them. */
export function hasText({ text, variants }: Draft, wanted: string): boolean {
  return [text, ...Object.values(variants)].includes(wanted);
}
