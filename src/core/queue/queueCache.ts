import { isDeepStrictEqual } from 'node:util';
import type { BufferError } from '../buffer/bufferError.ts';
import type { Overview, Profile, Update, UpdatePage } from '../buffer/model.ts';
import type { ListTally } from './listTally.ts';
import { ProfileCache } from './profileCache.ts';
import type { Change, Section, Tell, UpdateList, Waiting } from './queueModel.ts';
import { type Part, SectionList } from './sectionList.ts';
import type { Snapshot, SnapshotList } from './snapshot.ts';

/**
 * What is held of an account's queues, and how what was read gets into it: profiles, updates, and the lists these are
 * in. Each update is held once, however many lists or documents show it. Asks for nothing; every change is told.
 */
export class QueueCache {
  readonly profiles: ProfileCache;
  readonly #tell: Tell;
  readonly #updates = new Map<string, Update>();
  /** Updates that an earlier session left and this one has not read yet. */
  readonly #fromCache = new Set<string>();
  /** When each was last read from the service, as `performance.now()`. */
  readonly #readAt = new Map<string, number>();
  /** Of all that is held. */
  readonly #failed = new Set<string>();
  /** Another number as soon as something that is listed has another state or time. */
  #revision = 0;
  #scheduledLimit: number | undefined;
  /** By `listKey`. */
  readonly #lists = new Map<string, SectionList>();

  constructor(tell: Tell) {
    this.profiles = new ProfileCache(tell);
    this.#tell = tell;
  }

  /** How many updates the plan lets wait in one queue, where that was told. */
  get scheduledLimit(): number | undefined {
    return this.#scheduledLimit;
  }

  /** Forgets everything and tells nobody. */
  clear(): void {
    this.#scheduledLimit = undefined;
    this.profiles.clear();
    this.#fromCache.clear();
    this.#readAt.clear();
    this.#failed.clear();
    this.#updates.clear();
    this.#lists.clear();
  }

  // What is known now

  update(updateId: string): Update | undefined {
    return this.#updates.get(updateId);
  }

  /** Whether an update is as an earlier session left it. */
  isRecalled(updateId: string): boolean {
    return this.#fromCache.has(updateId);
  }

  /** How old what is known of an update is, in milliseconds; without end where it was not read in this session. */
  ageOf(updateId: string): number {
    const readAt = this.#fromCache.has(updateId) ? undefined : this.#readAt.get(updateId);
    return readAt === undefined ? Number.POSITIVE_INFINITY : performance.now() - readAt;
  }

  /** All that is known, listed or not. */
  get all(): Iterable<Update> {
    return this.#updates.values();
  }

  /** The ids of all that is known of these profiles, listed or not. */
  idsOf(profileIds: readonly string[]): string[] {
    return [...this.#updates.values()].filter(({ profileId }) => profileIds.includes(profileId)).map(({ id }) => id);
  }

  /** A section as it is shown. */
  shown(profileId: string, section: Section): UpdateList {
    const list = this.list(profileId, section);
    if (!list) return { status: 'unloaded', items: [], hasMore: false };
    const { status, ids, error, total, next, until, isRecalled, isIncomplete, isOutdated, readAt } = list.state;
    const isOld = isRecalled === true || isIncomplete === true || status === 'failed';
    return {
      status,
      items: this.#known(ids),
      error,
      total,
      hasMore: next !== undefined,
      readAt,
      until: next === undefined ? undefined : until,
      asOf: isOld ? readAt : undefined,
      isOutdated,
      isIncomplete,
    };
  }

  /** Where an update is listed. A failed one may be in either section, so a loaded list decides before the status does. */
  sectionOf({ id, profileId, status }: Update): Section {
    const isIn = (section: Section) => this.list(profileId, section)?.has(id);
    if (isIn('pending')) return 'pending';
    return isIn('sent') || status === 'sent' ? 'sent' : 'pending';
  }

  /** Listed updates that the network refused, in the order of their profiles, the oldest first. */
  get failed(): readonly Update[] {
    const failed = this.#known([...this.#failed]).filter((update) => this.#isListed(update));
    if (failed.length < 2) return failed;
    const places = new Map(this.profiles.state.items.map(({ id }, index) => [id, index]));
    const place = ({ profileId }: Update) => places.get(profileId) ?? places.size;
    const time = ({ dueAt, createdAt }: Update) => (dueAt ?? createdAt).getTime();
    return failed.sort((a, b) => place(a) - place(b) || time(a) - time(b));
  }

  /**
   * What the next session can begin with; undefined where nothing was read yet.
   * @param most  updates of each list
   */
  snapshot(most = Number.POSITIVE_INFINITY): Snapshot | undefined {
    const {
      readAt: profilesReadAt,
      state: { items: profiles },
    } = this.profiles;
    if (!profilesReadAt) return undefined;
    const known = new Set(profiles.map(({ id }) => id));
    const lists = this.lists.flatMap(({ profileId, section, state: { readAt, total, ids, next } }): SnapshotList[] => {
      if (!readAt || !known.has(profileId)) return [];
      const hasMore = next !== undefined || ids.length > most;
      return [{ profileId, section, readAt, updates: this.#known(ids.slice(0, most)), total, hasMore }];
    });
    return { profiles, readAt: profilesReadAt, lists };
  }

  /**
   * How many updates of a profile wait, and whether that is all of them: the one number that every place shows. What failed
   * and drafts wait for nothing. Undefined where nothing is known.
   */
  waiting(profileId: string): Waiting | undefined {
    const told = this.profiles.get(profileId)?.counts.pending;
    if (told !== undefined) return { count: told, isAll: true };
    const list = this.list(profileId, 'pending');
    if (!list || list.state.status === 'unloaded') return undefined;
    const { failed, drafts } = this.#tallyOf(list);
    return { count: list.state.ids.length - failed - drafts, isAll: list.state.next === undefined };
  }

  // Its lists

  get lists(): readonly SectionList[] {
    return [...this.#lists.values()];
  }

  /** Undefined where nothing was asked of a section yet. */
  list(profileId: string, section: Section): SectionList | undefined {
    return this.#lists.get(listKey(profileId, section));
  }

  /** Tells of every section that is to be read again. */
  tellStale(): void {
    const stale = this.lists.filter(({ state }) => state.isStale);
    this.#tell(...stale.map(({ profileId, section }) => ({ kind: 'section', profileId, section }) as const));
  }

  /** When the last update of a list is due, as far as it is loaded. */
  heldUntil(list: SectionList): Date | undefined {
    return this.#tallyOf(list).until;
  }

  // What is read

  /** Shows what an earlier session left, as far as nothing newer is known. */
  restore({ profiles, readAt, lists }: Snapshot): void {
    if (this.profiles.state.status !== 'unloaded') return;
    this.profiles.restore(profiles, readAt);
    for (const left of lists) {
      if (this.list(left.profileId, left.section)) continue;
      this.#open(left.profileId, left.section).restore(left);
      for (const update of left.updates) {
        if (this.#updates.has(update.id)) continue;
        this.#hold(update);
        this.#fromCache.add(update.id);
      }
    }
    this.#tell({ kind: 'profiles' });
  }

  /**
   * Takes all profiles, and the heads of queues that came along with them; of the queues that a write changed
   * meanwhile, what is held stays.
   * @param isOvertaken  whether a write for this profile ended since
   * @param pageSize     updates that a section shows at first
   * @param incomplete   the profiles whose queues did not come whole: what is held of them stays
   */
  takeProfiles(
    { profiles, pending = {}, scheduledLimit }: Overview,
    isOvertaken: (profileId: string) => boolean,
    pageSize: number,
    incomplete: ReadonlySet<string> = new Set(),
  ): void {
    const each = [...new Map(profiles.map((profile) => [profile.id, profile])).values()];
    const changed = this.profiles.take(each.map((profile) => this.#counted(profile, isOvertaken(profile.id))));
    const heads = Object.entries(pending).filter(([profileId]) => !isOvertaken(profileId) && !incomplete.has(profileId));
    for (const profileId of incomplete) this.keepIncomplete(this.#open(profileId, 'pending'));
    if (scheduledLimit !== undefined) this.#scheduledLimit = scheduledLimit;
    const taken = heads.flatMap(([profileId, page]) => this.#takeHead(profileId, page, pageSize));
    this.#tell(...changed, ...taken);
  }

  /** A page of a section is being read. */
  beginPage(profileId: string, section: Section, part: Part): SectionList {
    const list = this.#open(profileId, section);
    // Otherwise nothing looks different yet; a view that is just being drawn must not be told to draw again.
    const looksDifferent = list.state.status === 'failed' || part === 'next';
    list.begin();
    if (looksDifferent) this.#tell({ kind: 'section', profileId, section });
    return list;
  }

  takePage(list: SectionList, part: Part, page: UpdatePage): void {
    const { profileId, section } = list;
    this.keep(page.updates, { silently: true });
    const fresh = list.takePage(part, page);
    this.profiles.countAs(profileId, section, this.#totalOf(profileId, section));
    this.#tell({ kind: 'section', profileId, section }, ...fresh.map((updateId) => ({ kind: 'update', updateId }) as const));
  }

  /** What is shown stays, as the answer to a read lacked what is certainly there. */
  keepIncomplete(list: SectionList): void {
    list.keepIncomplete();
    this.#tell({ kind: 'section', profileId: list.profileId, section: list.section });
  }

  /** What is shown stays, and is read when it is next looked at. */
  giveUpPage(list: SectionList, part: Part, { silently }: { readonly silently: boolean }): void {
    list.giveUp(part);
    if (!silently) this.#tell({ kind: 'section', profileId: list.profileId, section: list.section });
  }

  failPage(list: SectionList, error: BufferError): void {
    list.fail(error);
    this.#tell({ kind: 'section', profileId: list.profileId, section: list.section });
  }

  // Single updates

  /**
   * Holds updates as they are now, wherever they are listed; gives those that differ.
   * @param isRead  they come from the service, and not from reckoning
   */
  keep(updates: readonly Update[], { silently = false, isRead = true } = {}): readonly Change[] {
    const changes: Change[] = [];
    for (const update of updates) {
      if (isRead) {
        this.#fromCache.delete(update.id);
        this.#readAt.set(update.id, performance.now());
      }
      const known = this.#updates.get(update.id);
      if (known && isDeepStrictEqual(known, update)) continue;
      this.#hold(update);
      this.#recount(known, update);
      changes.push({ kind: 'update', updateId: update.id });
    }
    if (!silently) this.#tell(...changes);
    return changes;
  }

  /** What is known of an update is from this session now, whatever an earlier one left. */
  confirm(updateId: string): void {
    this.#fromCache.delete(updateId);
  }

  /** Holds an update no more. It must be out of its list. */
  drop(updateId: string): void {
    this.#updates.delete(updateId);
    this.#failed.delete(updateId);
    this.#revision++;
    this.#fromCache.delete(updateId);
    this.#readAt.delete(updateId);
    this.#tell({ kind: 'update', updateId });
  }

  #hold(update: Update): void {
    const before = this.#updates.get(update.id);
    const isSame = before && before.status === update.status && before.dueAt?.getTime() === update.dueAt?.getTime();
    if (!isSame && this.#isListed(update)) this.#revision++;
    this.#updates.set(update.id, update);
    if (update.status === 'failed') this.#failed.add(update.id);
    else this.#failed.delete(update.id);
  }

  /**
   * The count of a queue follows what failed, went back or became a draft elsewhere: it is listed there as before. One that
   * is to be read again is counted then; what its service told may know of that already.
   */
  #recount(before: Update | undefined, after: Update): void {
    const section = this.sectionOf(after);
    const list = this.list(after.profileId, section);
    if (!before || !list?.has(after.id) || list.state.isStale) return;
    const by = Number(isCounted(after, section)) - Number(isCounted(before, section));
    if (by) this.profiles.count(after.profileId, section, by);
  }

  #isListed({ id, profileId }: Update): boolean {
    return this.list(profileId, 'pending')?.has(id) === true || this.list(profileId, 'sent')?.has(id) === true;
  }

  #tallyOf(list: SectionList): ListTally {
    return list.tally.follow(list.state.ids, this.#revision, (id) => this.#updates.get(id));
  }

  #open(profileId: string, section: Section): SectionList {
    const list = this.list(profileId, section) ?? new SectionList(profileId, section);
    this.#lists.set(listKey(profileId, section), list);
    return list;
  }

  /** A list may name one that was deleted, or went elsewhere, since it was read. */
  #known(ids: readonly string[]): Update[] {
    return ids.flatMap((id) => this.#updates.get(id) ?? []);
  }

  /** Takes the head of a queue that came along with something else, unless more of it is shown than that. */
  #takeHead(profileId: string, page: UpdatePage, pageSize: number): readonly Change[] {
    const list = this.#open(profileId, 'pending');
    if (!list.wantsHead(page)) return [];
    const looksDifferent = list.takeHead(page, pageSize);
    const changed = this.keep(page.updates, { silently: true });
    this.profiles.countAs(profileId, 'pending', this.#totalOf(profileId, 'pending'));
    return looksDifferent ? [{ kind: 'section', profileId, section: 'pending' }] : changed;
  }

  /** A profile with the counts that hold: where its service tells none, those that follow from its loaded lists. */
  #counted(profile: Profile, isOvertaken: boolean): Profile {
    // The answer's may be from before the write; but what an earlier session left is no better.
    const held = isOvertaken && !this.profiles.isOutdated ? this.profiles.get(profile.id) : undefined;
    const { pending, sent } = (held ?? profile).counts;
    const sentList = held ? undefined : this.list(profile.id, 'sent');
    return {
      ...profile,
      counts: {
        ...profile.counts,
        pending: pending ?? this.#totalOf(profile.id, 'pending'),
        // Its service counts those that failed, too.
        sent: sent === undefined ? this.#totalOf(profile.id, 'sent') : sent - (sentList ? this.#tallyOf(sentList).failed : 0),
      },
    };
  }

  /** How many of a section are counted in all, where that is known. */
  #totalOf(profileId: string, section: Section): number | undefined {
    const list = this.list(profileId, section);
    if (list?.state.total === undefined) return undefined;
    const { failed, drafts } = this.#tallyOf(list);
    return list.state.total - failed - (section === 'sent' ? 0 : drafts);
  }
}

/** Whether a profile's count of a section has it: what failed is listed in either, and drafts with what waits. */
export function isCounted({ status }: Pick<Update, 'status'>, section: Section): boolean {
  return status !== 'failed' && (section === 'sent' || status !== 'draft');
}

/** A section's name among all that is held or read. */
export function listKey(profileId: string, section: Section): string {
  return `${section} ${profileId}`;
}
