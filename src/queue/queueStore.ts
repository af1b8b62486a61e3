import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { type BufferApi, type Capabilities, noCapabilities, type RequestOptions } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import type { Account, Configuration, NewUpdate, PageCursor, Profile, Update, UpdateEdit, UpdatePage } from '../buffer/model.ts';
import { certain, isAsWanted } from './lostAnswer.ts';
import type { Memory } from './memory.ts';
import { NetworkLimits } from './networkLimits.ts';
import { retime, sortByDue } from './queueOrder.ts';
import { isCancelled, isUnwanted, type ReadOptions, type ReadUrgency, SharedReads } from './sharedReads.ts';
import type { Snapshot, SnapshotList } from './snapshot.ts';

export type Section = 'pending' | 'sent';

/** What changed, as small as it can be told. */
export type Change =
  | { readonly kind: 'profiles' }
  | { readonly kind: 'profile'; readonly profileId: string }
  | { readonly kind: 'section'; readonly profileId: string; readonly section: Section }
  | { readonly kind: 'update'; readonly updateId: string };

/** Something that is fetched: never asked for, on its way, there, or failed; `items` holds what was last known. */
export interface Loadable<Item> {
  readonly status: 'unloaded' | 'loading' | 'loaded' | 'failed';
  readonly items: readonly Item[];
  readonly error?: BufferError;
}

export interface UpdateList extends Loadable<Update> {
  /** All that the service holds, loaded or not. */
  readonly total?: number;
  readonly hasMore: boolean;
  /** When it was read, where it could not be read since. */
  readonly asOf?: Date;
}

export interface CreateOutcome {
  readonly created: readonly Update[];
  /** Profiles that were asked for and took no update. */
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly profileId: string;
  /** Why, where the service tells. */
  readonly error?: BufferError;
}

interface MutableList {
  status: UpdateList['status'];
  error?: BufferError;
  ids: string[];
  total?: number;
  next?: PageCursor;
  /** To be read again when it is next looked at. */
  isStale: boolean;
  /** It is stale because of a refresh that nobody asked for. */
  isBackground?: boolean;
  readAt?: Date;
  /** It is what an earlier session left. */
  isRecalled?: boolean;
}

const profilesKey = 'profiles';

/**
 * All that is known of a person's queues, and the only one that writes to the service.
 * The answer to a write is applied here, so nothing is read again to see what it did.
 * Methods that talk to the service throw `BufferError`; what they read lands in the store even when nobody waits.
 */
export class QueueStore {
  readonly #events = new EventEmitter<{ change: [readonly Change[]]; failure: [BufferError]; answer: [] }>();
  readonly #pageSize: () => number;
  #api: BufferApi | undefined;
  #profiles: Loadable<Profile> = { status: 'unloaded', items: [] };
  #byId: { readonly items: readonly Profile[]; readonly profiles: ReadonlyMap<string, Profile> } = { items: [], profiles: new Map() };
  #profilesReadAt: Date | undefined;
  /** The profiles are what an earlier session left, or could not be read again. */
  #isOutdated = false;
  #recall: (() => Promise<Snapshot | undefined>) | undefined;
  #recalling: Promise<void> | undefined;
  /** Updates that an earlier session left and this one has not read yet. */
  #recalled = new Set<string>();
  #updates = new Map<string, Update>();
  #lists = new Map<string, MutableList>();
  /** By `profilesKey` or `listKey`. */
  readonly #reads = new SharedReads();
  #busy = new Set<string>();
  /** Writes that ended, by profile: tells a reading whether it was overtaken. */
  #writes = new Map<string, number>();
  readonly #limits: NetworkLimits;

  /**
   * @param pageSize  updates a page, 1 to 100; asked at each page, as the setting may change
   * @param memory    keeps the networks' limits between sessions
   */
  constructor(pageSize: () => number, memory: Memory) {
    this.#pageSize = pageSize;
    this.#limits = new NetworkLimits(memory, () => this.#ask((api) => api.configuration({ urgency: 'shown' })));
  }

  /** Calls back after each change until disposed. */
  onDidChange(listener: (changes: readonly Change[]) => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** Calls back for every failure of the service, also those of background reads. */
  onDidFail(listener: (error: BufferError) => void): { dispose(): void } {
    this.#events.on('failure', listener);
    return { dispose: () => this.#events.off('failure', listener) };
  }

  /** Calls back whenever the service answered what was asked. */
  onDidAnswer(listener: () => void): { dispose(): void } {
    this.#events.on('answer', listener);
    return { dispose: () => this.#events.off('answer', listener) };
  }

  /**
   * Speaks to this account from now on and forgets everything of the one before.
   * @param recall  what an earlier session left, asked for when something is first wanted
   */
  connect(api: BufferApi | undefined, recall?: () => Promise<Snapshot | undefined>): void {
    this.#api = api;
    this.#profiles = { status: 'unloaded', items: [] };
    this.#profilesReadAt = undefined;
    this.#isOutdated = false;
    this.#recall = recall;
    this.#recalling = undefined;
    this.#recalled.clear();
    this.#updates.clear();
    this.#lists.clear();
    this.#reads.clear();
    this.#busy.clear();
    this.#limits.restart();
    this.#emit({ kind: 'profiles' });
  }

  get isConnected(): boolean {
    return this.#api !== undefined;
  }

  get capabilities(): Capabilities {
    return this.#api?.capabilities ?? noCapabilities;
  }

  // What is known now

  get profiles(): Loadable<Profile> {
    return this.#profiles;
  }

  /** When the profiles were last read, in milliseconds since 1970. */
  get profilesReadAt(): number | undefined {
    return this.#profilesReadAt?.getTime();
  }

  /** When the profiles were read, where they could not be read since. */
  get asOf(): Date | undefined {
    return this.#isOutdated ? this.#profilesReadAt : undefined;
  }

  profile(profileId: string): Profile | undefined {
    const { items } = this.#profiles;
    // Every row asks for its profile, and there may be thousands of either.
    if (this.#byId.items !== items) this.#byId = { items, profiles: new Map(items.map((each) => [each.id, each])) };
    return this.#byId.profiles.get(profileId);
  }

  list(profileId: string, section: Section): UpdateList {
    const list = this.#lists.get(listKey(profileId, section));
    if (!list) return { status: 'unloaded', items: [], hasMore: false };
    const items = this.#known(list.ids);
    const isOutdated = list.isRecalled === true || list.status === 'failed';
    return { status: list.status, items, error: list.error, total: list.total, hasMore: list.next !== undefined, asOf: isOutdated ? list.readAt : undefined };
  }

  /** What the next session can begin with; undefined where nothing was read yet. */
  snapshot(): Snapshot | undefined {
    if (!this.#profilesReadAt) return undefined;
    const profiles = this.#profiles.items;
    const known = new Set(profiles.map(({ id }) => id));
    const lists = [...this.#lists].flatMap(([key, { readAt, total }]): SnapshotList[] => {
      const { profileId, section } = listOf(key);
      if (!readAt || !known.has(profileId)) return [];
      const { items, hasMore } = this.list(profileId, section);
      return [{ profileId, section, readAt, updates: items, total, hasMore }];
    });
    return { profiles, readAt: this.#profilesReadAt, lists };
  }

  update(updateId: string): Update | undefined {
    return this.#updates.get(updateId);
  }

  /** Where an update is listed. A failed one may be in either section, so a loaded list decides before the status does. */
  sectionOf({ id, profileId, status }: Update): Section {
    const isIn = (section: Section) => this.#lists.get(listKey(profileId, section))?.ids.includes(id);
    if (isIn('pending')) return 'pending';
    return isIn('sent') || status === 'sent' ? 'sent' : 'pending';
  }

  /** Whether a write for this update is on its way. */
  isBusy(updateId: string): boolean {
    return this.#busy.has(updateId);
  }

  /** Loaded updates that the network refused. */
  get failed(): readonly Update[] {
    const shown = new Set([...this.#lists.values()].flatMap(({ ids }) => ids));
    return this.#known([...shown]).filter(({ status }) => status === 'failed');
  }

  // Reading

  /** Shows what an earlier session left, once and only where nothing newer is known. Asks the service for nothing. */
  recall(): Promise<void> {
    this.#recalling ??= this.#restore();
    return this.#recalling;
  }

  /** Profiles as last known, after one request where none is known. Where Buffer cannot be reached, those of before do. */
  async loadProfiles(urgency: ReadUrgency = 'asked'): Promise<readonly Profile[]> {
    if (this.#profiles.status === 'loaded') return this.#profiles.items;
    await this.#readProfiles(urgency).catch((error: unknown) => {
      if (!isUnreachable(error) || this.#profiles.items.length === 0) throw error;
    });
    return this.#profiles.items;
  }

  /** A section's first page; one request unless it is loaded and fresh. */
  async loadList(profileId: string, section: Section, urgency: ReadUrgency = 'asked'): Promise<void> {
    const list = this.#lists.get(listKey(profileId, section));
    if (list?.status === 'loaded' && !list.isStale) return;
    await this.#readList(profileId, section, 'head', urgency === 'shown' && list?.isBackground ? 'background' : urgency);
  }

  /** A section's next page; one request. */
  async loadMore(profileId: string, section: Section): Promise<void> {
    // Where an earlier session's list goes on, only its head read anew can tell.
    if (this.#lists.get(listKey(profileId, section))?.isRecalled) await this.#readList(profileId, section, 'head', 'asked');
    if (this.list(profileId, section).hasMore) await this.#readList(profileId, section, 'next', 'asked');
  }

  /** Whether what is shown of a section should be read again. */
  needsLoading(profileId: string, section: Section): boolean {
    const list = this.#lists.get(listKey(profileId, section));
    if (!list || list.status === 'unloaded') return true;
    // What an earlier session left may come along with the profiles.
    const isComing = list.isRecalled && this.#isOutdated && this.#reads.underWay(profilesKey) !== undefined;
    return list.isStale && list.status !== 'loading' && !isComing;
  }

  /** Reads the profiles again; each section that did not come along follows when it is next looked at. */
  async refresh(): Promise<void> {
    for (const list of this.#lists.values()) Object.assign(list, { isStale: true, isBackground: false });
    await this.#readProfiles('asked');
    this.#emitStale();
  }

  /** The same without anybody having asked: it comes after all else, and a failure changes nothing. */
  async refreshInBackground(sections: readonly Section[]): Promise<void> {
    await this.#readProfiles('background');
    for (const [key, list] of this.#lists) {
      if (list.status === 'loaded' && !list.isStale && sections.includes(listOf(key).section)) Object.assign(list, { isStale: true, isBackground: true });
    }
    this.#emitStale();
  }

  /**
   * Gives up what is being read of a profile's sections, or of all, because it is not looked at any more; what a
   * person asked for goes on. It is as it was before, and read when it is next looked at.
   */
  stopReading(profileId?: string, section?: Section): void {
    this.#reads.giveUp((key) => profileId === undefined || (['pending', 'sent'] as const).some((each) => (section ?? each) === each && key === listKey(profileId, each)));
  }

  /** Reads one section again. */
  async refreshList(profileId: string, section: Section): Promise<void> {
    await this.#readList(profileId, section, 'head', 'asked');
  }

  /** Who is signed in, with the organizations to choose from. */
  account(): Promise<Account> {
    return this.#ask((api) => api.account());
  }

  /** One update as the service has it now. */
  async readUpdate(updateId: string): Promise<Update> {
    const update = await this.#ask((api) => api.update(updateId)).catch((error: unknown) => {
      if (error instanceof BufferError && error.kind === 'notFound') this.#forget(updateId);
      throw error;
    });
    this.#keep([update]);
    return update;
  }

  /** An update as this session knows it, or else as the service has it now: what an earlier one left may be outdated. */
  async current(updateId: string): Promise<Update> {
    const known = this.#recalled.has(updateId) ? undefined : this.#updates.get(updateId);
    return known ?? this.readUpdate(updateId);
  }

  /**
   * What the networks allow, as last known: asked for once a day, and nobody waits for it longer than a moment.
   * Undefined where the service did not tell yet.
   */
  configuration(): Promise<Configuration | undefined> {
    return this.#limits.current();
  }

  /** Forgets what is kept between sessions. */
  forget(): Promise<void> {
    return this.#limits.forget();
  }

  /** Updates of these profiles that were made or sent since; the lists stay as they are. */
  recent(profileIds: readonly string[], since: Date): Promise<readonly Update[]> {
    return this.#ask((api) => api.recent(profileIds, since));
  }

  /** The ids of all that is known of these profiles. */
  idsOf(profileIds: readonly string[]): string[] {
    return [...this.#updates.values()].filter(({ profileId }) => profileIds.includes(profileId)).map(({ id }) => id);
  }

  /** Takes in updates that were made without an answer telling so. */
  take(updates: readonly Update[]): void {
    for (const update of updates) {
      this.#countWrite(update.profileId);
      if (this.#updates.has(update.id)) this.#keep([update]);
      else this.#insert(update);
    }
  }

  // Writing

  /**
   * Creates one update for each profile with one request.
   * @param services  the networks of profiles that may not be loaded, by id
   */
  async create(update: NewUpdate, services: Readonly<Record<string, string>> = {}, options?: RequestOptions): Promise<CreateOutcome> {
    const serviceOf = (profileId: string) => this.profile(profileId)?.service ?? services[profileId] ?? '';
    const { updates, refused = {} } = await this.#ask((api) => api.create(update, serviceOf, options));
    for (const profileId of update.profileIds) this.#countWrite(profileId);
    const created = updates.map((each) => withOwnTime(each, typeof update.when === 'object'));
    for (const each of created) this.#insert(each);
    const accepted = new Set(created.map(({ profileId }) => profileId));
    return { created, refused: update.profileIds.filter((id) => !accepted.has(id)).map((profileId) => ({ profileId, error: refused[profileId] })) };
  }

  /** Sends an edit and answers with the update as it stands. Media and details that the edit leaves out stay as they are. */
  async edit(updateId: string, edit: UpdateEdit): Promise<Update> {
    if (this.#recalled.has(updateId)) await this.readUpdate(updateId);
    return this.#write(updateId, async (api) => {
      const before = this.#updates.get(updateId);
      // Neither service says whether an edit keeps all that it leaves out, so it goes along.
      const kept = { media: before?.media, details: before?.details };
      const wanted = { ...kept, ...defined(edit) };
      const edited = await certain(() => api.edit(updateId, wanted, before?.service ?? ''), () => api.update(updateId), (now) => isAsWanted(edit, now));
      const isFixed = typeof edit.when === 'object' ? true : before?.isFixedTime;
      const update = isFixed === undefined ? edited : withOwnTime(edited, isFixed);
      if (before && before.status !== 'sent' && update.status === 'sent') this.#relist(before, update);
      else if (before && before.status !== 'pending' && update.status === 'pending') this.#relist(before, update);
      else if (!sameTime(before?.dueAt, update.dueAt)) this.#reinsert(update);
      else this.#keep([update]);
      return update;
    });
  }

  /** Sends an update out at once. */
  share(updateId: string): Promise<void> {
    return this.#write(updateId, async (api) => {
      const answered = await certain(() => api.share(updateId), () => api.update(updateId), ({ status }) => status === 'sent' || status === 'sending');
      const update = this.#updates.get(updateId);
      if (!update) return;
      const shared = answered ?? { ...update, status: 'sent', sentAt: new Date(), failure: undefined };
      if (shared.status === 'sent') this.#relist(update, shared);
      else this.#reinsert(shared);
    });
  }

  /** Deletes an update; one that is already gone counts as deleted. */
  destroy(updateId: string): Promise<void> {
    return this.#write(updateId, async (api) => {
      await certain(() => api.destroy(updateId), () => api.update(updateId), () => false).catch((error: unknown) => {
        if (!(error instanceof BufferError && error.kind === 'notFound')) throw error;
      });
      this.#forget(updateId);
    });
  }

  /** Puts an update at the head of its queue. */
  moveToTop(updateId: string): Promise<Update> {
    return this.#write(updateId, async (api) => {
      const moved = await api.moveToTop(updateId);
      this.#reinsert(moved, 'head');
      return this.#updates.get(updateId) ?? moved;
    });
  }

  /** Puts a loaded pending update at an index of its queue. */
  move(updateId: string, index: number): Promise<void> {
    return this.#write(updateId, async (api) => {
      const update = this.#updates.get(updateId);
      if (!update) return;
      const ids = this.list(update.profileId, 'pending').items.map(({ id }) => id).filter((id) => id !== updateId);
      ids.splice(Math.max(0, index), 0, updateId);
      this.#replaceQueue(update.profileId, await api.reorder(update.profileId, ids));
    });
  }

  /** Puts a queue in a random order. */
  async shuffle(profileId: string): Promise<void> {
    const shuffled = await this.#ask((api) => api.shuffle(profileId));
    this.#countWrite(profileId);
    this.#replaceQueue(profileId, shuffled);
  }

  // Inside

  /** Asks the service; an answer for an account that was left meanwhile is dropped. */
  async #ask<Answer>(question: (api: BufferApi) => Promise<Answer>): Promise<Answer> {
    const api = this.#api;
    if (!api) throw new BufferError('unauthorized', 'You are not signed in to Buffer.');
    try {
      const answer = await question(api);
      if (api !== this.#api) throw accountChanged();
      this.#events.emit('answer');
      return answer;
    } catch (error) {
      if (error instanceof BufferError && error.kind !== 'cancelled' && api === this.#api) this.#events.emit('failure', error);
      throw error;
    }
  }

  /** Asks for a list again where a write for its profile ended meanwhile: that answer may be from before it. */
  async #askSettled<Answer>(profileId: string, question: (api: BufferApi) => Promise<Answer>): Promise<Answer> {
    for (let tries = 0; ; tries++) {
      const writes = this.#writes.get(profileId);
      const answer = await this.#ask(question);
      if (writes === this.#writes.get(profileId) || tries >= 2) return answer;
    }
  }

  #countWrite(profileId: string | undefined): void {
    if (profileId) this.#writes.set(profileId, (this.#writes.get(profileId) ?? 0) + 1);
  }

  async #write<Answer>(updateId: string, action: (api: BufferApi) => Promise<Answer>): Promise<Answer> {
    if (this.#busy.has(updateId)) {
      throw new BufferError('rejected', 'Something is already being done with this update. Wait until it is finished.');
    }
    const profileId = this.#updates.get(updateId)?.profileId;
    this.#busy.add(updateId);
    this.#emit({ kind: 'update', updateId });
    try {
      return await this.#ask(action);
    } catch (error) {
      if (error instanceof BufferError && error.kind === 'notFound') this.#forget(updateId);
      throw error;
    } finally {
      this.#countWrite(profileId);
      this.#busy.delete(updateId);
      this.#emit({ kind: 'update', updateId });
    }
  }

  #readProfiles(urgency: ReadUrgency): Promise<void> {
    return this.#reads.read(profilesKey, urgency, (options) => this.#fetchProfiles(options));
  }

  async #restore(): Promise<void> {
    const api = this.#api;
    const snapshot = await this.#recall?.();
    if (!snapshot || api !== this.#api || this.#profiles.status !== 'unloaded') return;
    this.#profiles = { status: 'unloaded', items: snapshot.profiles };
    this.#profilesReadAt = snapshot.readAt;
    this.#isOutdated = true;
    for (const { profileId, section, readAt, updates, total, hasMore } of snapshot.lists) {
      const key = listKey(profileId, section);
      if (this.#lists.has(key)) continue;
      // The cursor means nothing: the head is read before anything that follows it.
      this.#lists.set(key, { status: 'loaded', ids: updates.map(({ id }) => id), total, next: hasMore ? 'recalled' : undefined, isStale: true, readAt, isRecalled: true });
      for (const update of updates) {
        if (this.#updates.has(update.id)) continue;
        this.#updates.set(update.id, update);
        this.#recalled.add(update.id);
      }
    }
    this.#emit({ kind: 'profiles' });
  }

  async #fetchProfiles(options: ReadOptions): Promise<void> {
    const api = this.#api;
    if (this.#recall) await this.recall();
    if (api !== this.#api) throw accountChanged();
    const before = this.#profiles;
    this.#profiles = { status: 'loading', items: before.items };
    if (before.status === 'failed') this.#emit({ kind: 'profiles' });
    try {
      const writes = new Map(this.#writes);
      // One that is gone since an earlier session must not spoil the question.
      const known = this.#isOutdated ? [] : before.items.map(({ id }) => id);
      const { profiles, pending = {} } = await this.#ask((api) => api.overview({ size: this.#pageSize(), known }, options));
      const each = [...new Map(profiles.map((profile) => [profile.id, profile])).values()];
      this.#profiles = { status: 'loaded', items: each.map((profile) => this.#counted(profile)) };
      this.#profilesReadAt = new Date();
      this.#isOutdated = false;
      const heads = Object.entries(pending).filter(([profileId]) => writes.get(profileId) === this.#writes.get(profileId));
      const taken = heads.flatMap(([profileId, page]) => this.#takeHead(profileId, page));
      this.#emit(...profileChanges(before, this.#profiles.items), ...taken);
    } catch (error) {
      if (error instanceof BufferError && this.#reads.isCurrent(profilesKey, options)) {
        if (isUnwanted(error, options)) this.#profiles = { status: before.items.length && before.status !== 'unloaded' ? 'loaded' : 'unloaded', items: before.items };
        else {
          this.#profiles = { status: 'failed', items: before.items, error };
          this.#isOutdated = true;
        }
        this.#emit({ kind: 'profiles' });
      }
      throw error;
    }
  }

  #readList(profileId: string, section: Section, part: 'head' | 'next', urgency: ReadUrgency): Promise<void> {
    const key = listKey(profileId, section);
    const running = this.#reads.underWay(key);
    // Only the same takes the place of what is under way.
    if (running && part === 'next') return running;
    return this.#reads.read(key, urgency, (options) => this.#fetchList(profileId, section, part, options));
  }

  async #fetchList(profileId: string, section: Section, part: 'head' | 'next', options: ReadOptions): Promise<void> {
    const key = listKey(profileId, section);
    const list: MutableList = this.#lists.get(key) ?? { status: 'unloaded', ids: [], isStale: false };
    this.#lists.set(key, list);
    // Otherwise nothing looks different yet; a view that is just being drawn must not be told to draw again.
    const looksDifferent = list.status === 'failed' || part === 'next';
    list.status = 'loading';
    list.isStale = false;
    list.isBackground = false;
    list.error = undefined;
    if (looksDifferent) this.#emit({ kind: 'section', profileId, section });
    try {
      // Reading the head again covers what is shown, so that a refresh takes no row away, up to a page of the service.
      const size = part === 'head' ? Math.min(100, Math.max(this.#pageSize(), list.ids.length)) : this.#pageSize();
      const request = part === 'head' ? { size } : { size, after: list.next, held: list.ids.length, heldUntil: this.#heldUntil(list) };
      const page = await this.#askSettled(profileId, (api) => api[section](profileId, request, options));
      const fresh = uniqueIds(page.updates);
      const ids = part === 'head' ? fresh : [...new Set([...list.ids, ...fresh])];
      const total = page.total ?? (page.next === undefined ? ids.length : undefined);
      Object.assign(list, { status: 'loaded', ids, total, next: page.next, readAt: new Date(), isRecalled: false } satisfies Partial<MutableList>);
      this.#keep(page.updates, { silently: true });
      this.#countAs(profileId, section, this.#totalOf(profileId, section));
      this.#emit({ kind: 'section', profileId, section }, ...fresh.map((updateId) => ({ kind: 'update', updateId }) as const));
    } catch (error) {
      if (error instanceof BufferError && this.#reads.isCurrent(key, options)) {
        const isUnseen = isUnwanted(error, options);
        if (isUnseen) {
          list.status = list.ids.length || list.total !== undefined ? 'loaded' : 'unloaded';
          list.isStale ||= part === 'head';
        } else Object.assign(list, { status: 'failed', error });
        // Rows that are shown are not to be asked for again just because that failed behind their back.
        if (!isUnseen || isCancelled(error)) this.#emit({ kind: 'section', profileId, section });
      }
      throw error;
    }
  }

  /** A list may name one that was deleted, or went elsewhere, since it was read. */
  #known(ids: readonly string[]): Update[] {
    return ids.flatMap((id) => this.#updates.get(id) ?? []);
  }

  #heldUntil({ ids }: MutableList): Date | undefined {
    const times = ids.flatMap((id) => this.#updates.get(id)?.dueAt?.getTime() ?? []);
    return times.length ? new Date(Math.max(...times)) : undefined;
  }

  /** Takes the head of a queue that came along with something else, unless more of it is shown than that. */
  #takeHead(profileId: string, { updates, total, next }: UpdatePage): Change[] {
    const key = listKey(profileId, 'pending');
    const list: MutableList = this.#lists.get(key) ?? { status: 'unloaded', ids: [], isStale: false };
    if (list.status === 'loading' || (next !== undefined && updates.length < list.ids.length)) return [];
    const ids = uniqueIds(updates);
    const looksSame = list.status === 'loaded' && !list.isRecalled && isDeepStrictEqual(list.ids, ids) && list.next === next;
    // One that is shorter than a page is shown as it is, and read whole when someone looks at it.
    const isStale = next !== undefined && ids.length < this.#pageSize();
    Object.assign(list, {
      status: 'loaded',
      error: undefined,
      ids,
      next,
      total: total ?? (next === undefined ? ids.length : undefined),
      isStale,
      readAt: new Date(),
      isRecalled: false,
    } satisfies MutableList);
    this.#lists.set(key, list);
    const changed = this.#keep(updates, { silently: true });
    this.#countAs(profileId, 'pending', this.#totalOf(profileId, 'pending'));
    return looksSame ? [...changed] : [{ kind: 'section', profileId, section: 'pending' }];
  }

  /** A profile whose service tells no counts, with those that follow from its loaded lists. */
  #counted(profile: Profile): Profile {
    const { pending, sent } = profile.counts;
    return { ...profile, counts: { ...profile.counts, pending: pending ?? this.#totalOf(profile.id, 'pending'), sent: sent ?? this.#totalOf(profile.id, 'sent') } };
  }

  /** How many a list holds in all, where that is known. What failed is listed with what waits, and waits for nothing. */
  #totalOf(profileId: string, section: Section): number | undefined {
    const list = this.#lists.get(listKey(profileId, section));
    if (list?.total === undefined || section === 'sent') return list?.total;
    return list.total - this.#known(list.ids).filter(({ status }) => status === 'failed').length;
  }

  #keep(updates: readonly Update[], { silently = false, isRead = true } = {}): readonly Change[] {
    const changes: Change[] = [];
    for (const update of updates) {
      if (isRead) this.#recalled.delete(update.id);
      const known = this.#updates.get(update.id);
      if (known && isDeepStrictEqual(known, update)) continue;
      this.#updates.set(update.id, update);
      changes.push({ kind: 'update', updateId: update.id });
    }
    if (!silently) this.#emit(...changes);
    return changes;
  }

  /** Takes a new update in where the service put it. */
  #insert(update: Update): void {
    const section: Section = update.status === 'sent' ? 'sent' : 'pending';
    const list = this.#lists.get(listKey(update.profileId, section));
    this.#updates.set(update.id, update);
    this.#recalled.delete(update.id);
    // A list that was read while the write was under way may hold it, and be counted, already.
    if (list?.ids.includes(update.id)) return this.#emit({ kind: 'section', profileId: update.profileId, section });
    this.#count(update.profileId, section, 1);
    if (!list || list.status === 'unloaded') return this.#emit({ kind: 'update', updateId: update.id });
    if (list.total !== undefined) list.total++;
    if (section === 'sent') {
      list.ids.unshift(update.id);
      this.#emit({ kind: 'section', profileId: update.profileId, section });
    } else {
      const others = this.list(update.profileId, 'pending').items.filter(({ id }) => id !== update.id);
      // At equal times the new one is first: it took the place of the one that had it.
      this.#arrange(update.profileId, sortByDue([update, ...others]));
    }
  }

  /** Moves a pending update to where its new time, or the head of the queue, puts it. */
  #reinsert(update: Update, place: 'byTime' | 'head' = 'byTime'): void {
    this.#recalled.delete(update.id);
    const others = this.list(update.profileId, 'pending').items.filter(({ id }) => id !== update.id);
    this.#arrange(update.profileId, place === 'head' ? [update, ...others] : sortByDue([update, ...others]));
  }

  /** Takes an update from where it is listed to where its new state belongs. */
  #relist(before: Update, after: Update): void {
    this.#takeOut(before);
    this.#insert(after);
  }

  #forget(updateId: string): void {
    const update = this.#updates.get(updateId);
    if (!update) return;
    this.#takeOut(update);
    this.#updates.delete(updateId);
    this.#recalled.delete(updateId);
    this.#emit({ kind: 'update', updateId });
  }

  #takeOut(update: Update): void {
    if (this.sectionOf(update) === 'sent') this.#removeFromList(update, 'sent');
    else this.#removeFromQueue(update);
  }

  #removeFromQueue(update: Update): void {
    if (!this.#removeFromList(update, 'pending')) return;
    const { items } = this.list(update.profileId, 'pending');
    this.#arrange(update.profileId, items, [update, ...items]);
  }

  #removeFromList({ id, profileId, status }: Update, section: Section): boolean {
    if (section === 'sent' || status !== 'failed') this.#count(profileId, section, -1);
    const list = this.#lists.get(listKey(profileId, section));
    if (!list?.ids.includes(id)) return false;
    list.ids = list.ids.filter((each) => each !== id);
    if (list.total !== undefined) list.total--;
    this.#emit({ kind: 'section', profileId, section });
    return true;
  }

  /** Shows a queue in this order, with the times that follow from it. */
  #arrange(profileId: string, wanted: readonly Update[], before: readonly Update[] = this.list(profileId, 'pending').items): void {
    const list = this.#lists.get(listKey(profileId, 'pending'));
    const profile = this.profile(profileId);
    if (!list) return void this.#keep(wanted);
    const { updates, freed } = profile ? retime(before, wanted, profile) : { updates: sortByDue(wanted) };
    const end = list.next === undefined ? Number.POSITIVE_INFINITY : knownUntil(before, freed);
    list.ids = updates.filter(({ dueAt }) => (dueAt?.getTime() ?? 0) <= end).map(({ id }) => id);
    if (list.ids.length === 0 && list.next !== undefined) list.isStale = true;
    this.#keep(updates, { isRead: false });
    this.#emit({ kind: 'section', profileId, section: 'pending' });
  }

  /** Takes a queue as the service answered it, whole or its head. */
  #replaceQueue(profileId: string, updates: readonly Update[]): void {
    const key = listKey(profileId, 'pending');
    const list = this.#lists.get(key);
    const total = this.profile(profileId)?.counts.pending ?? updates.length;
    // The answer may be the whole of a long queue; as many rows are shown as before.
    const ids = uniqueIds(updates).slice(0, Math.max(list?.ids.length ?? 0, this.#pageSize()));
    if (list) Object.assign(list, { ids, total, next: ids.length < total ? (list.next ?? 'more') : undefined } satisfies Partial<MutableList>);
    this.#keep(updates);
    this.#emit({ kind: 'section', profileId, section: 'pending' });
  }

  #count(profileId: string, section: Section, by: number): void {
    const count = this.profile(profileId)?.counts[section];
    if (count !== undefined) this.#countAs(profileId, section, Math.max(0, count + by));
  }

  #countAs(profileId: string, section: Section, count: number | undefined): void {
    const profile = this.profile(profileId);
    if (!profile || count === undefined || profile.counts[section] === count) return;
    const counted: Profile = { ...profile, counts: { ...profile.counts, [section]: count } };
    this.#profiles = { ...this.#profiles, items: this.#profiles.items.map((each) => (each === profile ? counted : each)) };
    this.#emit({ kind: 'profile', profileId });
  }

  #emitStale(): void {
    const stale = [...this.#lists].filter(([, { isStale }]) => isStale);
    this.#emit(...stale.map(([key]) => ({ kind: 'section' as const, ...listOf(key) })));
  }

  #emit(...changes: Change[]): void {
    if (changes.length) this.#events.emit('change', changes);
  }
}

/** Each once: no row can be shown twice. */
function uniqueIds(updates: readonly Update[]): string[] {
  return [...new Set(updates.map(({ id }) => id))];
}

function listKey(profileId: string, section: Section): string {
  return `${section} ${profileId}`;
}

function listOf(key: string): { profileId: string; section: Section } {
  const [section, profileId] = key.split(' ', 2) as [Section, string];
  return { profileId, section };
}

/**
 * Until when the loaded head of a queue is complete after a change: no later than it was known before, and not up to a
 * posting time that became free, which one that is not loaded takes.
 */
function knownUntil(before: readonly Update[], freed: Date | undefined): number {
  const last = before.at(-1)?.dueAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  return freed ? Math.min(last, freed.getTime() - 1) : last;
}

function withOwnTime(update: Update, isFixedTime: boolean): Update {
  return update.isFixedTime === undefined ? { ...update, isFixedTime } : update;
}

/** Without what is undefined, which would hide what it is spread over. */
function defined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

function accountChanged(): BufferError {
  return new BufferError('cancelled', 'The account changed meanwhile.', { outcome: 'unknown' });
}

/** Whether there was no proper answer, so that what was known before is the best there is. */
function isUnreachable(error: unknown): boolean {
  return error instanceof BufferError && ['offline', 'timeout', 'server', 'malformed', 'rateLimited'].includes(error.kind);
}

function sameTime(one: Date | undefined, other: Date | undefined): boolean {
  return one?.getTime() === other?.getTime();
}

/** The rows that differ, or all of them where profiles came, went or moved. */
function profileChanges(before: Loadable<Profile>, after: readonly Profile[]): Change[] {
  const sameRows = before.status === 'loaded' && isDeepStrictEqual(before.items.map(({ id }) => id), after.map(({ id }) => id));
  if (!sameRows) return [{ kind: 'profiles' }];
  return after.filter((profile, index) => !isDeepStrictEqual(profile, before.items[index])).map(({ id }) => ({ kind: 'profile', profileId: id }));
}
