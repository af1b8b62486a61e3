import { BufferError } from '../buffer/bufferError.ts';
import type { Overview, PageCursor, Profile, Update, UpdatePage } from '../buffer/model.ts';
import { type QueueCache, listKey } from './queueCache.ts';
import { type Section, sections } from './queueModel.ts';
import { isToCome, missingFrom } from './incompleteList.ts';
import { isGone } from './lostAnswer.ts';
import type { Part, SectionList } from './sectionList.ts';
import { isCancelled, isUnwanted, type ReadOptions, type ReadPriority, SharedReads } from '../buffer/transport/sharedReads.ts';
import type { Snapshot } from './snapshot.ts';

/** What a reader asks, and of whom. Questions throw `BufferError`. */
export interface Source {
  /** Stands for the account that is asked: another one as soon as that changes. */
  readonly account: () => unknown;
  readonly overview: (request: { readonly size: number; readonly known: readonly string[] }, options: ReadOptions) => Promise<Overview>;
  readonly page: (profileId: string, section: Section, request: PageWish, options: ReadOptions) => Promise<UpdatePage>;
  readonly update: (updateId: string, options: ReadOptions) => Promise<Update>;
}

/** As `PageRequest` of buffer/. */
export interface PageWish {
  readonly size: number;
  readonly after?: PageCursor;
  readonly held?: number;
  readonly heldUntil?: Date;
}

const profilesKey = 'profiles';
const pageKey = (profileId: string, section: Section, part: Part) => `${part} ${listKey(profileId, section)}`;

/**
 * Reads profiles and sections into what is held: which of it is fresh, what has to be read again, and when an answer is
 * too old to be taken. Until there is one, what an earlier session left is shown.
 */
export class QueueReader {
  readonly #held: QueueCache;
  readonly #source: Source;
  readonly #pageSize: () => number;
  /** By `profilesKey` or `pageKey`. */
  readonly #reads = new SharedReads();
  /** Writes that ended, by profile: tells a reading whether it is stale. */
  readonly #writes = new Map<string, number>();
  #loadCache: (() => Promise<Snapshot | undefined>) | undefined;
  #cacheLoading: Promise<void> | undefined;

  /** @param pageSize  updates a page, 1 to 100; asked at each page, as the setting may change */
  constructor(held: QueueCache, source: Source, pageSize: () => number) {
    this.#held = held;
    this.#source = source;
    this.#pageSize = pageSize;
  }

  /** Gives up all that is being read, as the account is another one, and takes what an earlier session left of that. */
  restart(loadCache: (() => Promise<Snapshot | undefined>) | undefined): void {
    this.#loadCache = loadCache;
    this.#cacheLoading = undefined;
    this.#reads.clear();
    this.#writes.clear();
  }

  /** Shows what an earlier session left, once and only where nothing newer is known. */
  loadCache(): Promise<void> {
    this.#cacheLoading ??= this.#restore();
    return this.#cacheLoading;
  }

  /** Profiles as last known, after one request where none is known. Where Buffer cannot be reached, those of before do. */
  async loadProfiles(priority: ReadPriority): Promise<readonly Profile[]> {
    const { profiles } = this.#held;
    if (profiles.state.status === 'loaded') return profiles.state.items;
    await this.#readProfiles(priority).catch((error: unknown) => {
      if (!isUnreachable(error) || profiles.state.items.length === 0) throw error;
    });
    return profiles.state.items;
  }

  /** A section's first page; one request unless it is loaded and fresh. */
  async loadList(profileId: string, section: Section, priority: ReadPriority): Promise<void> {
    const list = this.#held.list(profileId, section)?.state;
    const next = this.#reads.underWay(pageKey(profileId, section, 'next'));
    if (list && !list.isStale && (next || list.status === 'loaded')) return next;
    await this.#readList(profileId, section, 'head', priority === 'shown' && list?.isBackground ? 'background' : priority);
  }

  /** A section's next page; one request. */
  async loadMore(profileId: string, section: Section): Promise<void> {
    const head = pageKey(profileId, section, 'head');
    // Where an earlier session's list goes on, only its head read anew can tell; and so can one that is on its way.
    while (this.#held.list(profileId, section)?.state.isRecalled || this.#reads.underWay(head))
      await this.#readList(profileId, section, 'head', 'asked');
    if (this.#held.list(profileId, section)?.state.next !== undefined) await this.#readList(profileId, section, 'next', 'asked');
  }

  /** Whether what is shown of a section should be read again. */
  needsLoading(profileId: string, section: Section): boolean {
    const list = this.#held.list(profileId, section)?.state;
    if (!list || list.status === 'unloaded') return true;
    // What an earlier session left may come along with the profiles.
    const isComing = list.isRecalled && this.#held.profiles.isOutdated && this.#reads.underWay(profilesKey) !== undefined;
    return list.isStale && list.status !== 'loading' && !isComing;
  }

  /** Reads the profiles again; each section that did not come along follows when it is next looked at. */
  async refresh(): Promise<void> {
    for (const list of this.#held.lists) list.outdate('asked');
    await this.#readProfiles('asked');
    this.#held.tellStale();
  }

  /** The same without anybody having asked: it comes after all else, and a failure changes nothing. */
  async refreshInBackground(which: readonly Section[]): Promise<void> {
    const before = new Map(this.#held.lists.map((list) => [list, list.state.readAt]));
    await this.#readProfiles('background');
    for (const list of this.#held.lists) {
      const { status, isStale, readAt } = list.state;
      // What came along is fresh: to read it again would be one more request for each queue that is shown.
      const cameAlong = readAt !== before.get(list);
      if (status === 'loaded' && !isStale && !cameAlong && which.includes(list.section)) list.outdate('background');
    }
    this.#held.tellStale();
  }

  /** Reads one section again. */
  async refreshList(profileId: string, section: Section): Promise<void> {
    await this.#readList(profileId, section, 'head', 'asked');
  }

  /** Gives up what is being read of a profile's sections, or of all; what a person asked for goes on. */
  stop(profileId?: string, section?: Section): void {
    this.#reads.giveUp(
      (key) => profileId === undefined || sections.some((each) => (section ?? each) === each && key === pageKey(profileId, each, 'head')),
    );
  }

  /** A write for this profile ended: what is being read of its sections may be from before it. */
  invalidate(profileId: string): void {
    this.#writes.set(profileId, this.writesTo(profileId) + 1);
  }

  /** How many of them there were. */
  writesTo(profileId: string): number {
    return this.#writes.get(profileId) ?? 0;
  }

  async #restore(): Promise<void> {
    const account = this.#source.account();
    const snapshot = await this.#loadCache?.();
    if (snapshot && account === this.#source.account()) this.#held.restore(snapshot);
  }

  #readProfiles(priority: ReadPriority): Promise<void> {
    return this.#reads.read(profilesKey, priority, (options) => this.#fetchProfiles(options));
  }

  async #fetchProfiles(options: ReadOptions): Promise<void> {
    const account = this.#source.account();
    if (this.#loadCache) await this.loadCache();
    if (account !== this.#source.account()) throw accountChanged();
    this.#held.profiles.begin();
    try {
      const writes = new Map(this.#writes);
      // One that is gone since an earlier session must not spoil the question.
      const known = this.#held.profiles.isOutdated ? [] : this.#held.profiles.state.items.map(({ id }) => id);
      const overview = await this.#source.overview({ size: this.#pageSize(), known }, options);
      const incomplete = await this.#incompleteHeads(overview, options);
      const isOvertaken = (profileId: string) => writes.get(profileId) !== this.#writes.get(profileId);
      this.#held.takeProfiles(overview, isOvertaken, this.#pageSize(), incomplete);
    } catch (error) {
      if (error instanceof BufferError && this.#reads.isCurrent(profilesKey, options)) {
        if (isUnwanted(error, options)) this.#held.profiles.giveUp();
        else this.#held.profiles.fail(error);
      }
      throw error;
    }
  }

  #readList(profileId: string, section: Section, part: Part, priority: ReadPriority): Promise<void> {
    return this.#reads.read(pageKey(profileId, section, part), priority, (options) => this.#fetchList(profileId, section, part, options));
  }

  async #fetchList(profileId: string, section: Section, part: Part, options: ReadOptions): Promise<void> {
    // The next page goes on from the rows that are shown, so they are not exchanged under it.
    const running = part === 'head' ? this.#reads.underWay(pageKey(profileId, section, 'next')) : undefined;
    if (running) await running.catch(() => undefined);
    if (options.signal.aborted) throw new BufferError('cancelled', 'The read was given up.');
    const list = this.#held.beginPage(profileId, section, part);
    try {
      const page = await this.#settledPage(list, part, options);
      if (part === 'head' && (await this.#isIncomplete(profileId, section, page, options))) this.#held.keepIncomplete(list);
      else this.#held.takePage(list, part, page);
    } catch (error) {
      if (error instanceof BufferError && this.#reads.isCurrent(pageKey(profileId, section, part), options)) {
        // Rows that are shown are not to be asked for again just because that failed behind their back.
        if (isUnwanted(error, options)) this.#held.giveUpPage(list, part, { silently: !isCancelled(error) });
        else this.#held.failPage(list, error);
      }
      throw error;
    }
  }

  /** The profiles whose queues did not come whole. Where one did not, others that look like it are not asked about. */
  async #incompleteHeads({ pending = {} }: Overview, options: ReadOptions): Promise<ReadonlySet<string>> {
    const suspects = Object.entries(pending).filter(([profileId, page]) => this.#missingFrom(profileId, 'pending', page));
    for (const [index, [profileId, page]] of suspects.entries()) {
      if (await this.#isIncomplete(profileId, 'pending', page, options)) return new Set(suspects.slice(index).map(([id]) => id));
    }
    return new Set();
  }

  /** Whether a list lacks what is certainly there: one of the updates that are gone is asked for by its id. */
  async #isIncomplete(profileId: string, section: Section, page: UpdatePage, options: ReadOptions): Promise<boolean> {
    const missing = this.#missingFrom(profileId, section, page);
    if (!missing) return false;
    try {
      const found = await this.#source.update(missing.id, options);
      return found.profileId === profileId && isToCome(found);
    } catch (error) {
      if (isCancelled(error)) throw error;
      return !isGone(error);
    }
  }

  #missingFrom(profileId: string, section: Section, page: UpdatePage): Update | undefined {
    return section === 'pending' ? missingFrom(this.#held.shown(profileId, section).items, page, Date.now()) : undefined;
  }

  /** Asks for a page again where a write for its profile ended meanwhile: that answer may be from before it. */
  async #settledPage(list: SectionList, part: Part, options: ReadOptions): Promise<UpdatePage> {
    const { profileId, section } = list;
    for (let tries = 0; ; tries++) {
      const writes = this.#writes.get(profileId);
      const page = await this.#source.page(profileId, section, this.#wish(list, part), options);
      if (writes === this.#writes.get(profileId) || tries >= 2) return page;
    }
  }

  /** Which page it is, by the rows that are held now: a write may have changed how many they are. */
  #wish(list: SectionList, part: Part): PageWish {
    const { ids, next } = list.state;
    // Reading the head again covers what is shown, so that a refresh takes no row away, up to a page of the service.
    if (part === 'head') return { size: Math.min(100, Math.max(this.#pageSize(), ids.length)) };
    return { size: this.#pageSize(), after: next, held: ids.length, heldUntil: this.#held.heldUntil(list) };
  }
}

/** What is thrown at whoever still waits for an answer for the account before. */
export function accountChanged(): BufferError {
  return new BufferError('cancelled', 'The account changed meanwhile.', { outcome: 'unknown' });
}

/** Whether there was no proper answer, so that what was known before is the best there is. */
function isUnreachable(error: unknown): boolean {
  return error instanceof BufferError && ['offline', 'timeout', 'server', 'malformed', 'intercepted', 'rateLimited'].includes(error.kind);
}
