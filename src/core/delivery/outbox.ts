import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { detailsWith, media, text } from '../files/storedModel.ts';
import { writeFileAtomically } from '../files/writeFileAtomically.ts';

/**
 * - `waiting`  goes out when it can
 * - `sending`  a window is at it, for the first time where its generation is 0
 * - `unclear`  it was sent and no answer came: looked for before anything else
 * - `failed`   the service does not want it; the person decides
 */
export type EntryState = (typeof states)[number];
const states = ['waiting', 'sending', 'unclear', 'failed'] as const;

const date = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((time) => new Date(time)),
);

const content = v.object({
  version: v.literal(1),
  /** Whose it is: it goes out for nobody else. */
  owner: v.object({ key: v.string(), label: v.string() }),
  text: v.string(),
  profiles: v.pipe(v.array(v.object({ id: v.string(), name: v.string(), service: v.string(), serviceType: text })), v.minLength(1)),
  when: v.union([v.picklist(['queue', 'next', 'now']), v.object({ at: date })]),
  media: v.optional(media),
  details: v.optional(v.record(v.string(), detailsWith(date))),
  /** When it was first sent; absent while it never was. */
  since: v.optional(date),
  knownIds: v.optional(v.array(v.string()), []),
  /** Why it waits or failed, in a sentence. */
  reason: text,
  /** The draft it was sent from, which keeps a profile until the entry let go of it. */
  draftId: text,
});

/** What waits to be sent. */
export type EntryContent = v.InferOutput<typeof content>;

export interface Entry extends EntryContent {
  readonly id: string;
  readonly state: EntryState;
  /** Grows with each change of state, so that nobody acts on one that is over. */
  readonly generation: number;
  /** When a window last did something with it. */
  readonly touchedAt: Date;
}

export type NewEntry = Omit<EntryContent, 'version' | 'knownIds'> & {
  readonly knownIds?: readonly string[];
  readonly state?: Exclude<EntryState, 'failed'>;
};

/** No entry's name ends so. */
const droppedEnding = '.dropped';
/** Milliseconds. */
const droppedFor = 7 * 86_400_000;

/**
 * What people meant to send and could not: each a file of its own, so that it survives whatever happens to the window.
 * The state is part of a file's name, with a number that grows: a window acts on an entry by renaming it from exactly
 * what it knows, which the file system lets only one of them do. Nothing of VS Code is needed for it.
 */
export class Outbox {
  readonly #folder: string;
  readonly #events = new EventEmitter<{ change: [] }>();
  #entries: readonly Entry[] = [];
  #last = 0;

  /** @param folder  where entries are kept; made when first needed */
  constructor(folder: string) {
    this.#folder = folder;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** As last read, in the order in which they were put in. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Reads what is there, also what other windows put in. A file that cannot be read is left alone. */
  async load(): Promise<readonly Entry[]> {
    const names = (await readdir(this.#folder).catch((): string[] => [])).filter((name) => parseName(name)).sort();
    const entries = (await Promise.all(names.map((name) => this.#read(name)))).filter((each) => each !== undefined);
    const isSame = JSON.stringify(entries) === JSON.stringify(this.#entries);
    this.#entries = entries;
    if (!isSame) this.#events.emit('change');
    return entries;
  }

  async add({ state = 'waiting', knownIds = [], ...rest }: NewEntry): Promise<Entry> {
    // Ids sort as they were put in, also two within a millisecond.
    this.#last = Math.max(Date.now(), this.#last + 1);
    const id = `${String(this.#last).padStart(15, '0')}-${randomUUID()}`;
    const added: EntryContent = { ...rest, knownIds: [...knownIds], version: 1 };
    const named: Named = { id, state, generation: 0 };
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomically(this.#file(named), JSON.stringify(added));
    await this.load();
    return { ...added, ...named, touchedAt: new Date() };
  }

  /** What of a draft is on its way, as last read. */
  ofDraft(draftId: string): readonly Entry[] {
    return this.#entries.filter((entry) => entry.draftId === draftId);
  }

  /** Takes an entry to do something with it; undefined where another window was faster, or it is gone. */
  async claim(entry: Entry): Promise<Entry | undefined> {
    return this.#move(entry, 'sending');
  }

  /**
   * Notes something in an entry that this window has claimed.
   * @throws LostClaim when it is no longer this window's: it was away for so long that another one took over
   */
  async note(entry: Entry, change: Partial<EntryContent>): Promise<Entry> {
    const moved = await this.#move(entry, 'sending');
    if (!moved) throw new LostClaim();
    return this.#change(moved, change);
  }

  /** Gives a claimed entry back, in another state. @throws LostClaim */
  async release(entry: Entry, state: Exclude<EntryState, 'sending'>, change: Partial<EntryContent> = {}): Promise<Entry> {
    const noted = await this.note(entry, change);
    const released = await this.#move(noted, state);
    await this.load();
    if (!released) throw new LostClaim();
    return released;
  }

  /** Puts a failed entry back in the row; false where it is in no such state any more. */
  async retry(entry: Entry): Promise<boolean> {
    const moved = entry.state === 'failed' ? await this.#move(entry, 'waiting') : undefined;
    await this.load();
    return moved !== undefined;
  }

  /**
   * Takes an entry out, in one step: even a window that dies then sends nothing of it. It can be put back for a week.
   * False where a window is just sending it, or it is gone.
   */
  async drop(entry: Entry): Promise<boolean> {
    const isDropped = entry.state !== 'sending' && (await renamed(this.#file(entry), this.#droppedFile(entry)));
    if (isDropped) await this.#sweep(entry);
    await this.load();
    return isDropped;
  }

  /** Puts a dropped entry back as it was, in its old place. False where that was too long ago. */
  async putBack(entry: Entry): Promise<boolean> {
    const isBack = await renamed(this.#droppedFile(entry), this.#file(entry));
    await this.load();
    return isBack;
  }

  /** Takes an entry out for good; false as with `drop`. */
  async remove(entry: Entry): Promise<boolean> {
    const isDropped = await this.drop(entry);
    if (isDropped) await rm(this.#droppedFile(entry), { force: true });
    return isDropped;
  }

  /** Takes a claimed entry out for good. */
  async done(entry: Entry): Promise<void> {
    await rm(this.#file(entry), { force: true });
    await this.load();
  }

  async #move(entry: Entry, state: EntryState): Promise<Entry | undefined> {
    const moved: Entry = { ...entry, state, generation: entry.generation + 1, touchedAt: new Date() };
    if (!(await renamed(this.#file(entry), this.#file(moved)))) return undefined;
    // A rename keeps the time of the last write; how long a window has had it is told by this.
    await utimes(this.#file(moved), moved.touchedAt, moved.touchedAt);
    return moved;
  }

  async #change(entry: Entry, change: Partial<EntryContent>): Promise<Entry> {
    const changed = { ...entry, ...change };
    const { id: _, state: __, generation: ___, touchedAt: ____, ...rest } = changed;
    await writeFileAtomically(this.#file(entry), JSON.stringify(rest satisfies EntryContent));
    return changed;
  }

  async #read(name: string): Promise<Entry | undefined> {
    const named = parseName(name)!;
    const file = join(this.#folder, name);
    try {
      const [json, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
      return { ...v.parse(v.pipe(v.string(), v.parseJson(), content), json), ...named, touchedAt: mtime };
    } catch {
      return undefined;
    }
  }

  /** Removes for good what was dropped long ago; how long this one was is counted from now. */
  async #sweep(dropped: Entry): Promise<void> {
    const now = new Date();
    await utimes(this.#droppedFile(dropped), now, now);
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(droppedEnding));
    for (const name of names) {
      const file = join(this.#folder, name);
      const since = (await stat(file).catch(() => undefined))?.mtimeMs ?? now.getTime();
      if (now.getTime() - since > droppedFor) await rm(file, { force: true });
    }
  }

  #file({ id, state, generation }: Named): string {
    return join(this.#folder, `${id}.${generation}.${state}.json`);
  }

  #droppedFile(entry: Named): string {
    return this.#file(entry) + droppedEnding;
  }
}

/** Renames a file; false where it is not there, or not any more. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Another window has taken over what this one was at. */
export class LostClaim extends Error {
  override readonly name = 'LostClaim';
}

type Named = Pick<Entry, 'id' | 'state' | 'generation'>;

function parseName(name: string): Named | undefined {
  const [, id, generation, state] = /^([\w-]+)\.(\d+)\.(\w+)\.json$/.exec(name) ?? [];
  return id && states.some((each) => each === state) ? { id, generation: Number(generation), state: state as EntryState } : undefined;
}
