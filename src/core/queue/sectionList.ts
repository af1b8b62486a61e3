import { isDeepStrictEqual } from 'node:util';
import type { BufferError } from '../buffer/bufferError.ts';
import type { PageCursor, Update, UpdatePage } from '../buffer/model.ts';
import { ListTally } from './listTally.ts';
import type { Section, UpdateList } from './queueModel.ts';
import type { SnapshotList } from './snapshot.ts';

/** Which page is read of a list: the first, or the one after what is loaded. */
export type Part = 'head' | 'next';

interface State {
  readonly status: UpdateList['status'];
  readonly error?: BufferError;
  readonly ids: readonly string[];
  readonly total?: number;
  readonly next?: PageCursor;
  /** What is due before it is loaded; undefined where that is not told. */
  readonly until?: Date;
  /** To be read again when it is next looked at. */
  readonly isStale: boolean;
  /** It is stale because of a refresh that nobody asked for. */
  readonly isBackground?: boolean;
  /** Somebody asked for it to be read again, and it was not yet. */
  readonly isOutdated?: boolean;
  readonly readAt?: Date;
  /** It is what an earlier session left. */
  readonly isRecalled?: boolean;
  /** The service's last answer lacked what is certainly there, so what was read before is shown. */
  readonly isIncomplete?: boolean;
}

/** Which updates a section of a profile lists, as far as they are loaded, in their order, and how fresh that is. */
export class SectionList {
  readonly profileId: string;
  readonly section: Section;
  readonly tally = new ListTally();
  #state: State = { status: 'unloaded', ids: [], isStale: false };
  /** The ids of the state, to be looked up; made when it is first needed. */
  #members: Set<string> | undefined;

  constructor(profileId: string, section: Section) {
    this.profileId = profileId;
    this.section = section;
  }

  /** Its ids are the same list for as long as pages are only added to its end. */
  get state(): State {
    return this.#state;
  }

  has(id: string): boolean {
    this.#members ??= new Set(this.#state.ids);
    return this.#members.has(id);
  }

  /** Shows what an earlier session left until it is read. */
  restore({ updates, total, hasMore, readAt }: SnapshotList): void {
    // The cursor means nothing: the head is read before anything that follows it.
    this.#set({
      status: 'loaded',
      ids: updates.map(({ id }) => id),
      total,
      next: hasMore ? 'fromCache' : undefined,
      isStale: true,
      readAt,
      isRecalled: true,
    });
  }

  // How a read of it goes

  begin(): void {
    this.#set({ status: 'loading', isStale: false, isBackground: false, error: undefined });
  }

  /** Takes in what was read; gives the ids that came with it. */
  takePage(part: Part, { updates, total, next, until }: UpdatePage): string[] {
    const fresh = uniqueIds(updates);
    const ids = part === 'head' ? fresh : this.#withMore(fresh);
    this.#set({
      status: 'loaded',
      ids,
      total: total ?? (next === undefined ? ids.length : undefined),
      next,
      until,
      readAt: new Date(),
      isRecalled: false,
      ...(part === 'head' && { isIncomplete: false, isOutdated: false }),
    });
    return fresh;
  }

  /** What was shown stays, as the answer lacks what is certainly there. */
  keepIncomplete(): void {
    this.#set({ status: 'loaded', isIncomplete: true, isStale: false });
  }

  /** It is as it was before. */
  giveUp(part: Part): void {
    const { ids, total, isStale } = this.#state;
    this.#set({ status: ids.length || total !== undefined ? 'loaded' : 'unloaded', isStale: isStale || part === 'head' });
  }

  fail(error: BufferError): void {
    this.#set({ status: 'failed', error });
  }

  /** It is to be read again when it is next looked at. */
  outdate(by: 'asked' | 'background'): void {
    const isAsked = by === 'asked';
    this.#set({ isStale: true, isBackground: !isAsked, isOutdated: isAsked || this.#state.isOutdated });
  }

  /**
   * Whether a head that came along with something else is worth taking: not where it is read anyway, or more of it is shown.
   * One that reaches as far in time may have fewer, as some are gone.
   */
  wantsHead({ updates, next, until }: UpdatePage): boolean {
    const { status, ids, next: shownNext, until: shownUntil } = this.#state;
    const reachesAsFar = shownNext !== undefined && shownUntil !== undefined && until !== undefined && until >= shownUntil;
    return status !== 'loading' && (next === undefined || updates.length >= ids.length || reachesAsFar);
  }

  /** Takes such a head; tells whether it looks different now. */
  takeHead({ updates, total, next, until }: UpdatePage, pageSize: number): boolean {
    const before = this.#state;
    const ids = uniqueIds(updates);
    // One that is shorter than a page is shown as it is, and read whole when someone looks at it.
    const isStale = next !== undefined && ids.length < pageSize;
    this.#set({
      status: 'loaded',
      error: undefined,
      ids,
      next,
      until,
      total: total ?? (next === undefined ? ids.length : undefined),
      isStale,
      readAt: new Date(),
      isRecalled: false,
      isIncomplete: false,
      isOutdated: false,
    });
    return (
      before.status !== 'loaded' ||
      before.isRecalled === true ||
      before.isIncomplete === true ||
      !isDeepStrictEqual(before.ids, ids) ||
      before.next !== next
    );
  }

  // How a write changes it

  /** The service holds so many more. */
  grow(by: number): void {
    const { total } = this.#state;
    if (total !== undefined) this.#set({ total: total + by });
  }

  /**
   * Lists what is loaded in this order.
   * @param freed  a time that became free, which one that is not loaded may take
   */
  arrange(ids: readonly string[], freed?: Date): void {
    const { until } = this.#state;
    this.#set({ ids: [...ids], until: until && freed && freed < until ? freed : until });
    // All that was loaded is gone, and there is more: without reading, the section would look empty.
    if (ids.length === 0 && this.#state.next !== undefined) this.#set({ isStale: true });
  }

  remove(id: string): void {
    this.#set({ ids: this.#state.ids.filter((each) => each !== id) });
    this.grow(-1);
  }

  /** Takes a queue as a write answered it, whole or its head. */
  replace(updates: readonly Update[], total: number, pageSize: number): void {
    // The answer may be the whole of a long queue; as many rows are shown as before.
    const ids = uniqueIds(updates).slice(0, Math.max(this.#state.ids.length, pageSize));
    this.#set({ ids, total, until: undefined, next: ids.length < total ? (this.#state.next ?? 'more') : undefined });
  }

  /** Adds a page to the end of what is listed, without a look at the rest of it. */
  #withMore(fresh: readonly string[]): readonly string[] {
    const ids = this.#state.ids as string[];
    for (const id of fresh) {
      if (this.has(id)) continue;
      ids.push(id);
      this.#members!.add(id);
    }
    return ids;
  }

  #set(change: Partial<State>): void {
    if (change.ids && change.ids !== this.#state.ids) this.#members = undefined;
    this.#state = { ...this.#state, ...change };
  }
}

/** Each once: no row can be shown twice. */
function uniqueIds(updates: readonly Update[]): string[] {
  return [...new Set(updates.map(({ id }) => id))];
}
