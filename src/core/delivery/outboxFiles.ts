import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { lazily } from '../async/lazily.ts';
import { detailsWith, type Fields, media, newUpdateOptions, text } from '../files/storedModel.ts';
import type { Update } from '../buffer/model.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { type Entry, type EntryContent, type EntryState, type Found, LostClaim, type NewEntry, type UnreadableEntry } from './entry.ts';
import { type Generation, Generations } from './generations.ts';
import { type Holder, Lease, LeaseObserver, type LeaseOptions } from './lease.ts';
import { adoptOlder } from './olderEntries.ts';

/** How the outbox is kept: entries in its folder, and beside it what windows say to each other. */

/** Grows when what older versions make of an entry would be wrong. */
const version = 1;

const date = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((time) => new Date(time)),
);
const flag = v.optional(v.boolean());
const states = ['waiting', 'sending', 'unclear', 'undecided', 'failed'] as const satisfies readonly EntryState[];
const holder = v.object({ window: v.string(), machine: v.string(), pid: v.number() });

const stored = v.object({
  owner: v.object({ key: v.string(), label: v.string() }),
  text: v.string(),
  profiles: v.pipe(v.array(v.object({ id: v.string(), name: v.string(), service: v.string(), serviceType: text })), v.minLength(1)),
  when: v.union([v.picklist(['queue', 'next', 'now', 'draft']), v.object({ at: date })]),
  media: v.optional(media),
  details: v.optional(v.record(v.string(), detailsWith(date))),
  options: v.optional(newUpdateOptions),
  since: v.optional(date),
  sentAt: v.optional(date),
  isGuessed: flag,
  isSlow: flag,
  isAnswered: flag,
  lookedAt: v.optional(date),
  knownIds: v.optional(v.array(v.string()), []),
  found: v.optional(v.array(v.object({ profileId: v.string(), updateId: v.string() }))),
  doubts: v.optional(v.array(v.object({ profileId: v.string(), updateId: v.string(), text: v.string() }))),
  reason: text,
  draftId: text,
  holder: v.optional(holder),
  from: v.optional(v.picklist(states)),
  isOnItsWay: flag,
  isFirst: flag,
} satisfies Fields<EntryContent>);

/** `dropped` ones can be put back for a while. */
const file = v.object({
  version: v.literal(version),
  state: v.picklist([...states, 'dropped']),
  /** What a dropped one was. */
  was: v.optional(v.picklist(states)),
  content: stored,
});
/** What an entry became at one of its profiles, and when that was made. */
const deleted = v.object({ profileId: v.string(), updateId: v.string(), createdAt: date });
type Deleted = v.InferOutput<typeof deleted>;
type StoredFile = v.InferOutput<typeof file>;

/** Milliseconds. */
const droppedFor = 7 * 86_400_000;

export interface OutboxFilesOptions {
  readonly folder: string;
  readonly disk?: Disk;
  readonly monotonic: () => number;
  /** Between renewals of the lease, in milliseconds. */
  readonly renewEvery: () => number;
  readonly process?: LeaseOptions['process'];
}

type Read = { readonly id: string; readonly stored: StoredFile; readonly touchedAt: Date } | UnreadableEntry;

/** What is in the outbox at one moment. */
export interface OutboxContent {
  readonly entries: readonly Entry[];
  readonly unreadable: readonly UnreadableEntry[];
}

/** The outbox's way to the disk. Every method throws what `node:fs` throws where the disk refuses. */
export class OutboxFiles {
  readonly #disk: Disk;
  readonly #entries: Generations;
  readonly #drafts: Generations;
  readonly #settled: string;
  readonly #deleted: string;
  /** The ids of entries that are over: what a window that was stopped for a while makes of them counts for nothing. */
  readonly #ended: string;
  readonly #folder: string;
  readonly lease: Lease;
  readonly #observer: LeaseObserver;
  readonly #adopted = lazily(() => adoptOlder(this.#folder, this.#disk, this.#entries, (content, state) => stringOf(content, state)));
  /** The ids that were there the last time. */
  #known: readonly string[] = [];
  /** Updates that this window knows to be an entry's, should the disk not take it. */
  readonly #settledHere = new Map<string, Found & { readonly entryId: string }>();
  /** Those of them that no other window can know of yet. */
  readonly #unmarked = new Set<string>();
  /** Entries that are over for this window, should the disk not let go of them. */
  readonly #over = new Set<string>();
  #last = 0;

  constructor({ folder, disk = nodeDisk, monotonic, renewEvery, process }: OutboxFilesOptions) {
    this.#disk = disk;
    this.#folder = folder;
    this.#entries = new Generations(folder, disk);
    const beside = `${folder}-ledger`;
    this.#drafts = new Generations(join(beside, 'drafts'), disk);
    this.#settled = join(beside, 'settled');
    this.#deleted = join(beside, 'deleted');
    this.#ended = join(beside, 'ended');
    const windows = { folder: join(beside, 'windows'), disk, monotonic, process };
    this.lease = new Lease({ ...windows, every: renewEvery });
    this.#observer = new LeaseObserver(windows);
  }

  /** All that is there, each as it was at one moment: what is changed meanwhile is read again. */
  async load(): Promise<OutboxContent> {
    // Tried again with the next load where the disk refuses.
    await this.#adopted().catch(() => undefined);
    await this.#settleAgain();
    let missing: readonly string[] = [];
    for (let tries = 0; ; tries++) {
      const present = await this.#entries.highest();
      // Listed after them: whatever ended before it was made anew is there.
      const ended = new Set([...this.#over, ...(present.length ? await this.#endedIds() : [])]);
      const highest = present.filter(({ id }) => !ended.has(id));
      // A window died before it had removed all, or made one anew.
      for (const each of present) if (ended.has(each.id)) await this.#entries.remove(each).catch(() => undefined);
      const read = await Promise.all(highest.map(async (each) => [each, await this.#readOne(each)] as const));
      const isMoving = read.some(([, each]) => each === undefined);
      // A folder is not always listed as it is at one moment: what is not there is looked for once more.
      const gone = this.#known.filter((id) => !highest.some((each) => each.id === id));
      if ((isMoving || gone.some((id) => !missing.includes(id))) && tries < mostReads) {
        missing = gone;
        continue;
      }
      this.#known = highest.map(({ id }) => id);
      return {
        entries: read.flatMap(([named, each]) =>
          each && 'stored' in each && each.stored.state !== 'dropped' ? [entryOf(named, each)] : [],
        ),
        unreadable: read.flatMap(([, each]) => (each && !('stored' in each) ? [each] : [])),
      };
    }
  }

  async #endedIds(): Promise<Set<string>> {
    const ids = (await this.#disk.list(this.#ended)).sort();
    // Ids sort by time: the oldest are of windows that are long gone.
    if (ids.length > mostEnded) for (const id of ids.splice(0, mostEnded / 2)) await this.#disk.remove(join(this.#ended, id));
    return new Set(ids);
  }

  async #readOne(named: Generation): Promise<Read | undefined> {
    // A file that cannot be read says nothing, and is there.
    const found = await this.#entries.read(named).catch(() => ({ text: '', touchedAt: new Date(0) }));
    if (!found) return undefined;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), file), found.text);
    return parsed.success
      ? { id: named.id, stored: parsed.output, touchedAt: found.touchedAt }
      : unreadable(named.id, this.#entries.file(named), found.text);
  }

  /**
   * Puts something in. One that is `sending` is this window's.
   * @param rest  `from` is what it becomes should this window die
   */
  async add({ state = 'waiting', knownIds = [], ...rest }: NewEntry): Promise<Entry> {
    // Ids sort as they were put in, also two within a millisecond.
    this.#last = Math.max(Date.now(), this.#last + 1);
    const id = `${String(this.#last).padStart(15, '0')}-${randomUUID()}`;
    const own = state === 'sending' ? { holder: await this.lease.holder(), from: rest.from ?? ('unclear' as const) } : {};
    const content: EntryContent = { ...rest, ...own, knownIds };
    // From before it is seen: a window that sleeps from here on may have lost it.
    if (state === 'sending') this.lease.hold(id);
    const added = await this.#entries.add(id, stringOf(content, state)).catch((error: unknown) => {
      this.lease.release(id);
      throw error;
    });
    if (!added) throw new Error('There is an entry of this name.');
    return { ...content, ...added, state, touchedAt: new Date() };
  }

  /** Takes an entry to do something with it; undefined where another window was faster, it is gone, or this one is at it. */
  async claim(entry: Entry, change: Partial<EntryContent> = {}): Promise<Entry | undefined> {
    const from = entry.state === 'sending' ? abandonedAs(entry) : entry.state;
    const claimed = { isOnItsWay: undefined, isFirst: undefined, ...change, from: change.from ?? from, holder: await this.lease.holder() };
    // One of this window's own tries is at it, or was until another window took over. Held anew, that one would take what it
    // lost while it slept for its own, and send it.
    if (this.lease.holds(entry.id)) return undefined;
    this.lease.hold(entry.id);
    let taken: Entry | undefined;
    try {
      taken = await this.#advance(entry, 'sending', claimed);
      if (!taken || !(await this.#disk.has(join(this.#ended, entry.id)))) return taken;
      await this.#entries.remove(taken);
      return (taken = undefined);
    } finally {
      if (!taken) this.lease.release(entry.id);
    }
  }

  /** Changes an entry that this window has claimed. @throws LostClaim */
  async note(entry: Entry, change: Partial<EntryContent>): Promise<Entry> {
    this.lease.hold(entry.id);
    const noted = await this.#advance(entry, 'sending', change);
    if (!noted) {
      this.lease.release(entry.id);
      throw new LostClaim();
    }
    return noted;
  }

  /** Gives a claimed entry back. @throws LostClaim */
  async release(entry: Entry, state: Exclude<EntryState, 'sending'>, change: Partial<EntryContent> = {}): Promise<Entry> {
    // Whatever the disk says: this window is at it no more.
    this.lease.release(entry.id);
    const released = await this.#advance(entry, state, { ...change, ...notHeld });
    if (!released) throw new LostClaim();
    return released;
  }

  /** Takes an entry out so that it can be put back for a week; false where a window is at it, or it is gone. */
  async drop(entry: Entry): Promise<boolean> {
    const claimed = await this.claimChosen(entry);
    if (!claimed) return false;
    this.lease.release(entry.id);
    const isDropped = await this.#advance(claimed, 'dropped', notHeld, entry.state);
    await this.#sweep();
    return isDropped !== undefined;
  }

  /** Puts a dropped entry back as it was; false where that was too long ago. */
  async putBack({ id }: Entry): Promise<boolean> {
    const named = (await this.#entries.highest()).find((each) => each.id === id);
    if (await this.#disk.has(join(this.#ended, id))) return false;
    const read = named && (await this.#readOne(named));
    if (!named || !read || !('stored' in read) || read.stored.state !== 'dropped') return false;
    return (await this.#advance(entryOf(named, read), read.stored.was ?? 'failed', {})) !== undefined;
  }

  /**
   * Takes a claimed entry out for good.
   * @param isOver  whether it is over also where the disk does not let go of it: then this window sends it no more
   */
  async done(entry: Entry, isOver = false): Promise<void> {
    this.lease.release(entry.id);
    if (isOver) this.#over.add(entry.id);
    // A full disk takes no mark, and lets go of files all the same.
    await this.#disk.write(join(this.#ended, entry.id), '').catch(() => undefined);
    await this.#entries.remove(entry);
  }

  /** Takes an entry out for good; false as with `drop`. */
  async remove(entry: Entry): Promise<boolean> {
    const claimed = await this.claimChosen(entry);
    if (claimed) await this.done(claimed);
    return claimed !== undefined;
  }

  /** Claims what a person chose, as long as it still stands as they saw it; not what a window is at. */
  async claimChosen({ id, state }: Entry): Promise<Entry | undefined> {
    const present = (await this.load()).entries.find((each) => each.id === id);
    return present && present.state === state && state !== 'sending' ? this.claim(present) : undefined;
  }

  /** Whether the window that is at an entry is gone, or it is this one and is not. */
  async isAbandoned(entry: Entry, silentFor: number, glance: number): Promise<boolean> {
    return entry.state === 'sending' && (await this.#isGone(entry.id, entry.generation, entry.holder, silentFor, glance));
  }

  async #isGone(id: string, generation: number, holding: Holder | undefined, silentFor: number, glance: number): Promise<boolean> {
    if (!holding) return true;
    if (this.lease.isOwn(holding)) return !this.lease.holds(id);
    return this.#observer.isGone(holding, `${id}.${generation}`, silentFor, glance);
  }

  /**
   * Notes that an update is what became of an entry, once and for all windows; false where it is another entry's, which
   * says the same, as far as anybody can tell: then that one has it, and this one is still to be found.
   */
  async settle(updateId: string, entryId: string): Promise<boolean> {
    const isOurs = await this.#disk.create(this.#markOf(updateId), JSON.stringify(entryId));
    this.#unmarked.delete(updateId);
    if (isOurs) return true;
    return (await this.settledBy(updateId)) === entryId;
  }

  /**
   * The same of what the service said itself: it is noted in this window, even where the disk does not take it. False
   * also where another entry could be taken for this one meanwhile, which is to stay then.
   */
  async settleCertain({ id, profileId }: Pick<Update, 'id' | 'profileId'>, entryId: string): Promise<boolean> {
    this.#settledHere.set(id, { updateId: id, profileId, entryId });
    this.#unmarked.add(id);
    try {
      return await this.settle(id, entryId);
    } catch {
      const { entries } = await this.load();
      return !entries.some((each) => each.id !== entryId && each.profiles.some((profile) => profile.id === profileId));
    }
  }

  /** The entry that an update is known to belong to. */
  async settledBy(updateId: string): Promise<string | undefined> {
    const found = await this.#disk.read(this.#markOf(updateId));
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.string()), found?.text);
    if (parsed.success) return parsed.output;
    // Somebody has it, whoever that is. What the disk says counts for all windows, so it comes before what only this one knows.
    return found ? '' : this.#settledHere.get(updateId)?.entryId;
  }

  /** What an entry is known to have become, without looking: by itself, or by what this window heard. */
  foundOf({ id, profiles, found = [] }: Entry): Found[] {
    const heard = [...this.#settledHere.values()].filter(({ entryId }) => entryId === id);
    return [...found, ...heard].filter(({ profileId }) => profiles.some((each) => each.id === profileId));
  }

  /**
   * Notes that an entry became an update that is about to be deleted; false where it is known to have become another one
   * at that profile.
   */
  noteDeletion({ id, profileId, createdAt }: Pick<Update, 'id' | 'profileId' | 'createdAt'>, entryId: string): Promise<boolean> {
    const path = join(this.#deleted, `${entryId} ${encodeURIComponent(profileId)}.json`);
    return this.#disk.create(path, JSON.stringify({ profileId, updateId: id, createdAt } satisfies Deleted));
  }

  /** From now on an entry is one that became nothing: what it became before says nothing of it. */
  async forgetDeletions(entry: Entry): Promise<void> {
    for (const name of await this.#deletionsOf(entry)) await this.#disk.remove(join(this.#deleted, name)).catch(() => undefined);
  }

  async #deletionsOf({ id }: Entry): Promise<string[]> {
    return (await this.#disk.list(this.#deleted)).filter((name) => name.startsWith(`${id} `));
  }

  /** What an entry became, and was deleted from here since. */
  async deletedOf(entry: Entry): Promise<Deleted[]> {
    const { profiles } = entry;
    const names = await this.#deletionsOf(entry);
    const read = await Promise.all(names.map((name) => this.#disk.read(join(this.#deleted, name))));
    return read.flatMap((each) => {
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), deleted), each?.text);
      return parsed.success && profiles.some((profile) => profile.id === parsed.output.profileId) ? [parsed.output] : [];
    });
  }

  #markOf(updateId: string): string {
    return join(this.#settled, `${encodeURIComponent(updateId)}.json`);
  }

  /** What the disk did not take is told to the other windows once it does. */
  async #settleAgain(): Promise<void> {
    for (const updateId of this.#unmarked)
      if (!(await this.settle(updateId, this.#settledHere.get(updateId)!.entryId).catch(() => undefined))) return;
  }

  /**
   * Claims a draft while all that is sent of it is put in; undefined where another window is at just that.
   * @returns lets go of it, and says whether it was this window's until then: another one takes over what sleeps for long
   */
  async claimDraft(draftId: string, silentFor: number, glance: number): Promise<(() => Promise<boolean>) | undefined> {
    const id = encodeURIComponent(draftId);
    const own = await this.lease.holder();
    const name = `draft ${draftId}`;
    const before = (await this.#drafts.highest()).find((each) => each.id === id);
    if (before) {
      const held = v.safeParse(v.pipe(v.string(), v.parseJson(), holder), (await this.#drafts.read(before))?.text);
      if (held.success && !(await this.#isGone(name, before.generation, held.output, silentFor, glance))) return undefined;
    }
    // One of this window's own tries can be at it.
    if (this.lease.holds(name)) return undefined;
    // From before it is claimed: a window that sleeps from here on may have lost it, and one that does not is not gone.
    this.lease.hold(name);
    let claim: Generation | undefined;
    try {
      claim = await (before ? this.#drafts.advance(before, JSON.stringify(own)) : this.#drafts.add(id, JSON.stringify(own)));
    } finally {
      if (!claim) this.lease.release(name);
    }
    if (!claim) return undefined;
    const claimed = claim;
    await this.#entries.refresh();
    return async () => {
      try {
        return (await this.#drafts.highest()).some((each) => each.id === id && each.generation === claimed.generation);
      } finally {
        this.lease.release(name);
        // What cannot be removed is free for others once they see that nobody is at it.
        await this.#drafts.remove(claimed).catch(() => undefined);
      }
    };
  }

  async #advance(entry: Entry, state: StoredFile['state'], change: Partial<EntryContent>, was?: EntryState): Promise<Entry | undefined> {
    const { id, state: _, generation, touchedAt: __, ...before } = entry;
    const content: EntryContent = { ...before, ...change };
    const next = await this.#entries.advance({ id, generation }, stringOf(content, state, was));
    return next && { ...content, ...next, state: state === 'dropped' ? entry.state : state, touchedAt: new Date() };
  }

  /** Removes for good what was dropped long ago, and what nobody can ask for any more. */
  async #sweep(): Promise<void> {
    const now = Date.now();
    for (const each of await this.#entries.highest()) {
      const read = await this.#readOne(each);
      if (!read || !('stored' in read) || read.stored.state !== 'dropped') continue;
      const touchedAt = (await this.#entries.read(each))?.touchedAt ?? new Date();
      if (now - touchedAt.getTime() > droppedFor) await this.#entries.remove(each);
    }
    const { entries, unreadable } = await this.load();
    const isQuiet = entries.length + unreadable.length === 0;
    for (const folder of isQuiet ? [this.#settled, this.#deleted, join(`${this.#folder}-ledger`, 'windows')] : [])
      for (const name of await this.#disk.list(folder)) {
        const path = join(folder, name);
        const touchedAt = (await this.#disk.read(path))?.touchedAt.getTime() ?? now;
        if (now - touchedAt > settledFor) await this.#disk.remove(path).catch(() => undefined);
      }
  }
}

/** How long it is known whose an update is, once nothing waits. Milliseconds. */
const settledFor = 30 * 86_400_000;
const mostReads = 20;
const mostEnded = 500;
const notHeld = { holder: undefined, from: undefined, isOnItsWay: undefined, isFirst: undefined } satisfies Partial<EntryContent>;

/** What an entry is whose window died. */
export function abandonedAs({ isOnItsWay, from }: Entry): EntryState {
  return isOnItsWay ? 'unclear' : (from ?? 'unclear');
}

function stringOf(content: object, state: StoredFile['state'], was?: EntryState): string {
  return JSON.stringify({ version, state, was, content });
}

function entryOf(named: Generation, { stored: { content, state, was }, touchedAt }: Exclude<Read, UnreadableEntry>): Entry {
  return { ...content, ...named, state: state === 'dropped' ? (was ?? 'failed') : state, touchedAt };
}

function unreadable(id: string, path: string, json: string): UnreadableEntry {
  const said = v.safeParse(v.pipe(v.string(), v.parseJson(), v.looseObject({})), json);
  const known: Record<string, unknown> = said.success ? said.output : {};
  const inside = (known['content'] ?? known) as { draftId?: unknown };
  const draftId = typeof inside === 'object' && typeof inside.draftId === 'string' ? inside.draftId : undefined;
  return { id, file: path, isNewer: typeof known['version'] === 'number' && known['version'] > version, draftId };
}
