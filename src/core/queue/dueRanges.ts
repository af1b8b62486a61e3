import type { Profile, Update } from '../buffer/model.ts';
import { slotsAfter } from '../networks/postingSchedule.ts';
import { timeOf } from './agenda.ts';
import { knownUntil } from './freeSlots.ts';
import type { Change } from './queueModel.ts';
import { takesSlot } from './queueOrder.ts';
import type { QueueStore } from './queueStore.ts';
import { isIn, type Span, united, without } from './timeSpans.ts';

type Source = Pick<QueueStore, 'capabilities' | 'held' | 'isBusy' | 'list' | 'onDidChange' | 'profile' | 'readDue' | 'update' | 'writesTo'>;

/** What is to be asked for: the smallest range that has all that is not known. */
export interface Missing extends Span {
  readonly profileIds: readonly string[];
}

/** A range of which the service gave the beginning. */
interface Begun {
  readonly asked: Missing;
  /** Up to where it is known. */
  readonly until: number;
  readonly next: string;
  /** What came by now. */
  readonly ids: readonly string[];
}

/** What takes the posting times of a queue, by id, as it was known last. */
interface Line {
  readonly timetable: string;
  readonly updates: ReadonlyMap<string, number>;
  /** Writes to the queue by then. */
  readonly writes: number;
}

/** Most updates a page of the service can hold. */
const page = 100;
/** Nobody promises whether a range of times includes its ends, and a time may come back without its seconds. Milliseconds. */
const overlap = 60_000;

/** Those that a queue lists as long as they wait. What failed is listed only in part. */
const listed: ReadonlySet<Update['status']> = new Set(['pending', 'draft', 'needsApproval']);

/**
 * Which ranges of time are known of which profile, and what is due in them. The store's own lists come first: what they
 * hold is asked for by nobody. What is read lands in the store, and a write changes it there. Where one leaves a queue or
 * comes into it, whoever did that, those behind it move, of which no answer tells: what was read of it is known no more.
 */
export class DueRanges {
  readonly #store: Source;
  readonly #read = new Map<string, readonly Span[]>();
  /** Updates that a range lacked though it should have them, as they were held then. */
  readonly #gone = new Map<string, Update>();
  /** By profile, of those of which ranges were read. */
  readonly #lines = new Map<string, Line>();
  readonly #subscription: { dispose(): void };
  #begun: Begun | undefined;

  constructor(store: Source) {
    this.#store = store;
    this.#subscription = store.onDidChange((changes) => this.#follow(changes));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Forgets which ranges were read, so that they are asked for again. What was gone stays out of sight until it is told again. */
  invalidate(): void {
    this.#read.clear();
    this.#lines.clear();
    this.#begun = undefined;
  }

  /** Forgets all, as what is held is of another account. */
  clear(): void {
    this.invalidate();
    this.#gone.clear();
  }

  /** The ranges that are known of a profile. */
  known(profileId: string): readonly Span[] {
    return united([...(this.#read.get(profileId) ?? []), ...this.#listedSpans(profileId)]);
  }

  /** What is not known of a range, as one question; undefined where all of it is known. */
  missing(profileIds: readonly string[], span: Span): Missing | undefined {
    const holes = profileIds.flatMap((id) => {
      const left = without(span, this.known(id));
      return left.length > 0 ? [{ id, from: left[0]!.from, to: left.at(-1)!.to }] : [];
    });
    if (holes.length === 0) return undefined;
    return {
      profileIds: holes.map(({ id }) => id),
      from: Math.min(...holes.map(({ from }) => from)),
      to: Math.max(...holes.map(({ to }) => to)),
    };
  }

  /**
   * Asks for what is not known of a range: one request, or none. A page holds a hundred updates; where there are more,
   * `missing` still gives the rest.
   * @throws BufferError
   */
  async read(profileIds: readonly string[], span: Span): Promise<void> {
    const missing = this.missing(profileIds, span);
    if (!missing || !this.#store.capabilities.ranges) return;
    const begun = this.#begun && isRestOf(missing, this.#begun) ? this.#begun : undefined;
    const asked = begun?.asked ?? missing;
    const from = begun?.until ?? asked.from;
    const before = new Map(this.#within(asked.profileIds, { from, to: asked.to }).map((update) => [update.id, update]));
    const writes = new Map(asked.profileIds.map((id) => [id, this.#store.writesTo(id)]));
    const range = { from: new Date(asked.from - overlap), to: new Date(asked.to + overlap) };
    const { updates, next } = await this.#store.readDue(asked.profileIds, range, { size: page, after: begun?.next }, { priority: 'shown' });
    const ids = [...(begun?.ids ?? []), ...updates.map(({ id }) => id)];
    const last = updates.at(-1)?.dueAt?.getTime();
    const until = next === undefined ? asked.to : Math.max(from, Math.min(asked.to, last ?? from));
    // Of a queue that was written to meanwhile the answer may be from before that.
    const isSettled = (profileId: string) => writes.get(profileId) === this.#store.writesTo(profileId);
    const settled = asked.profileIds.filter(isSettled);
    for (const id of settled) this.#read.set(id, united([...(this.#read.get(id) ?? []), { from: asked.from, to: until }]));
    this.#remember(settled);
    const isRest = next !== undefined && until < asked.to && settled.length === asked.profileIds.length;
    this.#begun = isRest ? { asked, until, next, ids } : undefined;
    for (const id of ids) {
      this.#gone.delete(id);
      before.delete(id);
    }
    for (const [id, update] of before) {
      const isUntouched = this.#store.update(id) === update && !this.#store.isBusy(id);
      if (isUntouched && isSettled(update.profileId) && dueTime(update)! < until) this.#gone.set(id, update);
    }
  }

  /** What these profiles have within a range, the earliest first, as far as it is known. */
  updates(profileIds: readonly string[], span: Span): Update[] {
    const isListed = this.#listing(profileIds);
    return this.#within(profileIds, span, instantOf)
      .filter((update) => isListed(update) ?? this.#gone.get(update.id) !== update)
      .sort((a, b) => instantOf(a)! - instantOf(b)!);
  }

  /** Posting times to come that nothing takes, as far as that is known. */
  freeSlots(profile: Profile, { from, to }: Span, now = Date.now()): number[] {
    if (profile.isDisconnected || profile.isLocked || profile.isPaused) return [];
    const known = this.known(profile.id);
    const start = Math.max(from, now + 1);
    const span = { from: start, to };
    if (start >= to) return [];
    const taken = new Set(this.updates([profile.id], span).flatMap((each) => (isWaiting(each) ? [minuteOf(each.dueAt!.getTime())] : [])));
    const free: number[] = [];
    for (const slot of slotsAfter(profile.schedules, profile.timeZone, new Date(start - 1))) {
      const at = slot.getTime();
      if (at >= to) break;
      if (!taken.has(minuteOf(at)) && isIn(known, at)) free.push(at);
    }
    return free;
  }

  /** Looks at the queues that changed: whether those in them moved. */
  #follow(changes: readonly Change[]): void {
    const changed = new Set<string | undefined>();
    for (const change of changes) {
      if (change.kind === 'profiles') changed.add(undefined);
      else changed.add(change.kind === 'update' ? this.#store.update(change.updateId)?.profileId : change.profileId);
    }
    this.#noteGone(changed);
    // Of an update that is gone nobody tells whose it was.
    const ids = [...this.#read.keys()].filter((id) => changed.has(undefined) || changed.has(id));
    if (ids.length === 0) return;
    const before = new Map(ids.map((id) => [id, this.#lines.get(id)!]));
    this.#remember(ids);
    const moved = ids.filter((id) => hasMoved(before.get(id)!, this.#lines.get(id)!));
    if (moved.length === 0) return;
    for (const id of moved) {
      this.#read.delete(id);
      this.#lines.delete(id);
    }
    this.#begun = undefined;
  }

  /**
   * Remembers what the queues that changed have no more: it stays out of sight also once they are read again, or cannot be.
   * @param changed  profiles; undefined among them for all
   */
  #noteGone(changed: ReadonlySet<string | undefined>): void {
    const updates = [...this.#store.held].filter(({ profileId }) => changed.has(profileId) || changed.has(undefined));
    const isListed = this.#listing([...new Set(updates.map(({ profileId }) => profileId))]);
    for (const update of updates) {
      const is = isListed(update);
      if (is === true) this.#gone.delete(update.id);
      else if (is === false) this.#gone.set(update.id, update);
    }
  }

  /** Says of an update of these profiles whether its queue lists it; undefined where that cannot be told of its queue. */
  #listing(profileIds: readonly string[]): (update: Update) => boolean | undefined {
    const lists = new Map(
      profileIds.map((id) => {
        const { items, isOutdated } = this.#store.list(id, 'pending');
        return [id, isOutdated ? undefined : { spans: this.#pendingSpans(id), ids: new Set(items.map((each) => each.id)) }];
      }),
    );
    return ({ id, profileId, status, dueAt }) => {
      const list = lists.get(profileId);
      if (!list) return undefined;
      if (list.ids.has(id)) return true;
      return listed.has(status) && dueAt && isIn(list.spans, dueAt.getTime()) ? false : undefined;
    };
  }

  #remember(profileIds: readonly string[]): void {
    const updates = new Map(profileIds.map((id) => [id, new Map<string, number>()]));
    for (const update of this.#store.held) {
      const profile = updates.has(update.profileId) && this.#store.profile(update.profileId);
      if (profile && takesSlot(update, profile)) updates.get(update.profileId)!.set(update.id, update.dueAt!.getTime());
    }
    for (const [id, each] of updates) {
      const { schedules, timeZone } = this.#store.profile(id) ?? {};
      this.#lines.set(id, { timetable: JSON.stringify([schedules, timeZone]), updates: each, writes: this.#store.writesTo(id) });
    }
  }

  #within(profileIds: readonly string[], { from, to }: Span, time: (update: Update) => number | undefined = dueTime): Update[] {
    const wanted = new Set(profileIds);
    return [...this.#store.held].filter((update) => {
      const at = time(update);
      return at !== undefined && at >= from && at < to && wanted.has(update.profileId);
    });
  }

  /** What the store's lists cover. Sent ones go back as far as they are loaded. */
  #listedSpans(profileId: string): Span[] {
    const { status, items, hasMore, asOf, isOutdated } = this.#store.list(profileId, 'sent');
    const times = items.flatMap((each) => dueTime(each) ?? []);
    const isFresh = status === 'loaded' && asOf === undefined && !isOutdated && times.length > 0;
    const sent = isFresh ? [{ from: hasMore ? Math.min(...times) + 1 : Number.NEGATIVE_INFINITY, to: Math.max(...times) }] : [];
    return [...sent, ...this.#pendingSpans(profileId)];
  }

  #pendingSpans(profileId: string): Span[] {
    const list = this.#store.list(profileId, 'pending');
    const until = knownUntil(list);
    // What was due before it was read is not in it.
    return until === undefined || !list.readAt || list.isOutdated ? [] : [{ from: list.readAt.getTime(), to: until }];
  }
}

/** Where an update stands on a calendar, in milliseconds since 1970. */
export function instantOf(update: Update): number | undefined {
  return timeOf(update)?.getTime();
}

/**
 * Whether a queue's updates have other times than they had: one that was to come left it or has another time, one was put
 * before others, or its posting times are others. What went out in its time moves nobody, and neither does what is only read.
 */
function hasMoved(before: Line, after: Line): boolean {
  if (before.timetable !== after.timetable) return true;
  const soon = Date.now() + overlap;
  const times = [...before.updates];
  if (times.some(([id, due]) => due > soon && after.updates.get(id) !== due)) return true;
  if (before.writes === after.writes) return false;
  return [...after.updates].some(([id, due]) => !before.updates.has(id) && times.some(([, other]) => other >= due));
}

/** By this the service finds it. */
function dueTime({ dueAt, sentAt }: Update): number | undefined {
  return (dueAt ?? sentAt)?.getTime();
}

function isWaiting({ status }: Update): boolean {
  return status === 'pending' || status === 'sending' || status === 'needsApproval';
}

/** Posting times are whole minutes; what takes one may say seconds. */
function minuteOf(instant: number): number {
  return Math.floor(instant / 60_000);
}

function isRestOf(missing: Missing, { asked, until }: Begun): boolean {
  return missing.from === until && missing.to === asked.to && missing.profileIds.join() === asked.profileIds.join();
}
