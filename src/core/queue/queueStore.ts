import { EventEmitter } from 'node:events';
import {
  type BufferApi,
  type Capabilities,
  noCapabilities,
  type PageRequest,
  type RecentUpdates,
  type RequestOptions,
} from '../buffer/bufferApi.ts';
import { accountLeft, BufferError } from '../buffer/bufferError.ts';
import type {
  Account,
  Configuration,
  Edited,
  NetworkDetails,
  NewUpdate,
  Note,
  Profile,
  ShareTime,
  Tag,
  Update,
  UpdateEdit,
  UpdatePage,
} from '../buffer/model.ts';
import { lazily } from '../async/lazily.ts';
import { QueueCache } from './queueCache.ts';
import { certain, isGone } from './lostAnswer.ts';
import type { Memento } from '../files/memento.ts';
import { NetworkLimits } from './networkLimits.ts';
import type { Change, CreateOutcome, Loadable, Section, Tell, UpdateList, Waiting } from './queueModel.ts';
import type { TagChoice, TagList } from './tagList.ts';
import { QueueMoves } from './queueMoves.ts';
import { takesRemindersOnly } from '../networks/networks.ts';
import type { Turn, WriteTurns } from '../files/writeTurns.ts';
import { accountChanged, QueueReader, type Source } from './queueReader.ts';
import type { ReadPriority } from '../buffer/transport/sharedReads.ts';
import type { Snapshot } from './snapshot.ts';

/** What tells how a profile is posted to. */
export type NetworkType = Pick<Profile, 'service'> & Partial<Pick<Profile, 'serviceType'>>;

/** How old what Undo makes again may be when it is deleted. Milliseconds. */
const restorableAge = 60_000;

/**
 * All that is known of a person's queues, and the only one that writes to the service.
 * The answer to a write is applied to what is held, so nothing is read again to see what it did. `QueueCache` says what
 * that is, `QueueReader` when something is read, and `QueueMoves` what a write does.
 * Methods that talk to the service throw `BufferError`; what they read lands in the store even when nobody waits.
 */
export class QueueStore {
  readonly #events = new EventEmitter<{ change: [readonly Change[]]; failure: [BufferError]; answer: [] }>();
  readonly #pageSize: () => number;
  readonly #freshness: number;
  readonly #turns: (() => Promise<WriteTurns>) | undefined;
  #willDestroy: ((update: Update) => Promise<void>) | undefined;
  #api: BufferApi | undefined;
  #owner: string | undefined;
  #absence: BufferError | undefined;
  readonly #tell: Tell = (...changes) => {
    if (changes.length) this.#events.emit('change', changes);
  };
  readonly #held = new QueueCache(this.#tell);
  readonly #moves = new QueueMoves(this.#held, this.#tell);
  readonly #reader: QueueReader;
  readonly #busy = new Set<string>();
  /** Updates that were made in this session and carry nothing in the parts of their thread. */
  readonly #madeHere = new Set<string>();
  readonly #limits: NetworkLimits;
  #tags = this.#newTagList();

  /**
   * @param pageSize  updates a page, 1 to 100; asked at each page, as the setting may change
   * @param memory    keeps the networks' limits between sessions
   * @param freshness  how old what an edit is applied to may be, in milliseconds
   * @param folder     where windows tell each other what they write to; each by itself where left out
   */
  constructor(
    pageSize: () => number,
    memory: Memento,
    { freshness = 2_000, folder }: { readonly freshness?: number; readonly folder?: string } = {},
  ) {
    this.#turns = folder === undefined ? undefined : lazily(async () => new (await import('../files/writeTurns.ts')).WriteTurns(folder));
    this.#pageSize = pageSize;
    this.#freshness = freshness;
    const source: Source = {
      account: () => this.#api,
      overview: (request, options) => this.#ask((api) => api.overview(request, options)),
      page: (profileId, section, request, options) => this.#ask((api) => api[section](profileId, request, options)),
      update: (updateId, options) => this.#ask((api) => api.update(updateId, options)),
    };
    this.#reader = new QueueReader(this.#held, source, pageSize);
    this.#limits = new NetworkLimits(memory, () => this.#ask((api) => api.configuration({ priority: 'shown' })));
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

  /** Calls back with an update before it is deleted, and waits for it; for the one who asked last. */
  onWillDestroy(listener: (update: Update) => Promise<void>): void {
    this.#willDestroy = listener;
  }

  /**
   * Speaks to this account from now on and forgets everything of the one before, for which nothing more is sent.
   * @param loadCache  what an earlier session left, asked for when something is first wanted
   * @param owner      whose queues these are, as what waits in the outbox knows it
   * @param absence    why there is no account, where that is not for having signed out
   */
  connect(api: BufferApi | undefined, loadCache?: () => Promise<Snapshot | undefined>, owner?: string, absence?: BufferError): void {
    if (this.#api !== api) this.#api?.retire();
    this.#api = api;
    this.#owner = owner;
    this.#absence = absence;
    this.#held.clear();
    this.#reader.restart(loadCache);
    this.#busy.clear();
    this.#madeHere.clear();
    this.#tags = this.#newTagList();
    this.#limits.restart(api?.name);
    this.#tell({ kind: 'profiles' });
  }

  get isConnected(): boolean {
    return this.#api !== undefined;
  }

  /** Whose queues these are, as `connect` was told. */
  get owner(): string | undefined {
    return this.#owner;
  }

  get capabilities(): Capabilities {
    return this.#api?.capabilities ?? noCapabilities;
  }

  /** The service's time, as its answers tell it; undefined before the first, and while nobody is signed in. */
  serviceNow(): Date | undefined {
    return this.#api?.serviceNow();
  }

  /** Updates a page. */
  get pageSize(): number {
    return this.#pageSize();
  }

  // What is known now

  get profiles(): Loadable<Profile> {
    return this.#held.profiles.state;
  }

  /** When the profiles were last read, in milliseconds since 1970. */
  get profilesReadAt(): number | undefined {
    return this.#held.profiles.readAt?.getTime();
  }

  /** When the profiles were read, where they could not be read since. */
  get asOf(): Date | undefined {
    const { isOutdated, readAt } = this.#held.profiles;
    return isOutdated ? readAt : undefined;
  }

  /** How many updates the plan lets wait in one queue, where the service tells. */
  get scheduledLimit(): number | undefined {
    return this.#held.scheduledLimit;
  }

  profile(profileId: string): Profile | undefined {
    return this.#held.profiles.get(profileId);
  }

  list(profileId: string, section: Section): UpdateList {
    return this.#held.shown(profileId, section);
  }

  /**
   * What the next session can begin with; undefined where nothing was read yet.
   * @param most  updates of each list; all where left out
   */
  snapshot(most?: number): Snapshot | undefined {
    return this.#held.snapshot(most);
  }

  update(updateId: string): Update | undefined {
    return this.#held.update(updateId);
  }

  /** How old what is known of an update is, in milliseconds; without end where it was not read in this session. */
  ageOf(updateId: string): number {
    return this.#held.ageOf(updateId);
  }

  /** Where an update is listed or, where that is not loaded, belongs by its status. */
  sectionOf(update: Update): Section {
    return this.#held.sectionOf(update);
  }

  /** Whether a write for this update is on its way. */
  isBusy(updateId: string): boolean {
    return this.#busy.has(updateId);
  }

  /** Whether an update was made in this session, from here, and is known to carry nothing in the parts of its thread. */
  isMadeHere(updateId: string): boolean {
    return this.#madeHere.has(updateId);
  }

  /** Loaded updates that the network refused, those of the first profile first, and of each the oldest. */
  get failed(): readonly Update[] {
    return this.#held.failed;
  }

  /** How many updates of a profile wait to go out, as far as that is known; asks nothing. */
  waiting(profileId: string): Waiting | undefined {
    return this.#held.waiting(profileId);
  }

  /** The same of all profiles together. */
  get allWaiting(): Waiting {
    const each = this.profiles.items.map(({ id }) => this.waiting(id));
    return { count: each.reduce((sum, waiting) => sum + (waiting?.count ?? 0), 0), isAll: each.every((waiting) => waiting?.isAll) };
  }

  // Reading

  /** Shows what an earlier session left, once and only where nothing newer is known. Asks the service for nothing. */
  loadCache(): Promise<void> {
    return this.#reader.loadCache();
  }

  /** Profiles as last known, after one request where none is known. Where Buffer cannot be reached, those of before do. */
  loadProfiles(priority: ReadPriority = 'asked'): Promise<readonly Profile[]> {
    return this.#reader.loadProfiles(priority);
  }

  /** A section's first page; one request unless it is loaded and fresh. */
  loadList(profileId: string, section: Section, priority: ReadPriority = 'asked'): Promise<void> {
    return this.#reader.loadList(profileId, section, priority);
  }

  /** A section's next page; one request. */
  loadMore(profileId: string, section: Section): Promise<void> {
    return this.#reader.loadMore(profileId, section);
  }

  /** Whether what is shown of a section should be read again. */
  needsLoading(profileId: string, section: Section): boolean {
    return this.#reader.needsLoading(profileId, section);
  }

  /** Reads the profiles again; each section that did not come along follows when it is next looked at. */
  refresh(): Promise<void> {
    return this.#reader.refresh();
  }

  /** The same without anybody having asked: it comes after all else, and a failure changes nothing. */
  refreshInBackground(sections: readonly Section[]): Promise<void> {
    return this.#reader.refreshInBackground(sections);
  }

  /**
   * Gives up what is being read of a profile's sections, or of all, because it is not looked at any more; what a
   * person asked for goes on. It is as it was before, and read when it is next looked at.
   */
  stopReading(profileId?: string, section?: Section): void {
    this.#reader.stop(profileId, section);
  }

  /** Reads one section again. */
  refreshList(profileId: string, section: Section): Promise<void> {
    return this.#reader.refreshList(profileId, section);
  }

  /** Who is signed in, with the organizations to choose from. */
  account(): Promise<Account> {
    return this.#ask((api) => api.account());
  }

  /** One update as the service has it now. */
  async readUpdate(updateId: string): Promise<Update> {
    const asked = this.#api;
    const update = await this.#ask((api) => api.update(updateId)).catch((error: unknown) => {
      if (isGone(error) && asked === this.#api) this.#moves.forget(updateId);
      throw error;
    });
    this.#held.keep([update]);
    return update;
  }

  /** An update as this session knows it, or else as the service has it now: what an earlier one left may be outdated. */
  async current(updateId: string): Promise<Update> {
    const known = this.#held.isRecalled(updateId) ? undefined : this.#held.update(updateId);
    return known ?? this.readUpdate(updateId);
  }

  /** An update with all that it holds: as this session knows it, where all of it came, else as the service has it now. */
  async inFull(updateId: string): Promise<Update> {
    const known = await this.current(updateId);
    return this.#api?.isComplete(known) ? known : this.readUpdate(updateId);
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
  recent(profileIds: readonly string[], since: Date): Promise<RecentUpdates> {
    return this.#ask((api) => api.recent(profileIds, since));
  }

  /** What was written on an update: one request, where the credential is good for it. Nothing where it cannot be told. */
  async notes(updateId: string): Promise<readonly Note[]> {
    return this.#api?.capabilities.notes ? this.#api.notes(updateId) : [];
  }

  /** The organization's tags: those that the service lists, else those that were seen. One request, once. */
  async tags(): Promise<TagChoice> {
    return (await this.#tags()).all(this.#held.all);
  }

  /** Those of the organization's tags that are known by now; asks nothing. */
  async seenTags(): Promise<readonly Tag[]> {
    return (await this.#tags()).seen(this.#held.all);
  }

  /** Makes a tag for updates of this organization. @param color  as `#rrggbb` */
  async createTag(name: string, color: string): Promise<Tag> {
    return (await this.#tags()).create(name, color);
  }

  /** A page of what has one of these tags, also beyond what is listed; the lists stay as they are. */
  async readTagged(profileId: string, section: Section, request: PageRequest, options?: RequestOptions): Promise<UpdatePage> {
    const page = await this.#ask((api) => api[section](profileId, request, options));
    this.#held.keep(page.updates);
    return page;
  }

  /** A page of what is due within a range of time, in whatever state; the lists stay as they are. */
  async readDue(...asked: Parameters<BufferApi['due']>): Promise<UpdatePage> {
    const writes = asked[0].map((id) => this.writesTo(id));
    const page = await this.#ask((api) => api.due(...asked));
    // Of a queue that was written to meanwhile the answer may be from before that.
    const settled = new Set(asked[0].filter((id, index) => writes[index] === this.writesTo(id)));
    this.#held.keep(page.updates.filter(({ profileId }) => settled.has(profileId)));
    return page;
  }

  /** How many writes to a profile's queue ended: whether what was read of it meanwhile may be from before one. */
  writesTo(profileId: string): number {
    return this.#reader.writesTo(profileId);
  }

  /** All updates that are known, listed or not. */
  get held(): Iterable<Update> {
    return this.#held.all;
  }

  /** The ids of all that is known of these profiles. */
  idsOf(profileIds: readonly string[]): string[] {
    return this.#held.idsOf(profileIds);
  }

  /** Takes in updates that were made without an answer telling so. */
  take(updates: readonly Update[]): void {
    for (const update of updates) {
      this.#reader.invalidate(update.profileId);
      if (this.#held.update(update.id)) this.#held.keep([update]);
      else this.#moves.insert(update);
    }
  }

  // Writing

  /**
   * Creates one update for each profile with one request.
   * @param networks  of profiles that may not be loaded, by id
   * @param options   `owner` is whom it is for: while somebody else is signed in, nothing is sent
   */
  async create(
    update: NewUpdate,
    networks: Readonly<Record<string, NetworkType>> = {},
    { owner, ...options }: RequestOptions & { readonly owner?: string } = {},
  ): Promise<CreateOutcome> {
    if (owner && this.#owner && owner !== this.#owner) throw accountLeft();
    const networkOf = (profileId: string) => this.profile(profileId) ?? networks[profileId];
    const reminded = update.profileIds.filter((id) => {
      const network = networkOf(id);
      return update.isReminder || (network && takesRemindersOnly({ serviceType: 'unknown', ...network }));
    });
    const { updates, refused = {} } = await this.#ask((api) =>
      api.create({ ...update, reminded }, (id) => networkOf(id)?.service ?? '', options),
    );
    for (const profileId of update.profileIds) this.#reader.invalidate(profileId);
    const created = updates.map((each) => withOwnTime(each, typeof update.when === 'object'));
    for (const each of created) {
      if (!hasPartPictures(update.details?.[each.profileId])) this.#madeHere.add(each.id);
      this.#moves.insert(each);
    }
    const accepted = new Set(created.map(({ profileId }) => profileId));
    return {
      created,
      refused: update.profileIds.filter((id) => !accepted.has(id)).map((profileId) => ({ profileId, error: refused[profileId] })),
    };
  }

  /**
   * Sends what a person changed and answers with what came of it, as the service tells it. The change is applied to the
   * update as it is now, read in full where what is held is older than a moment; all else of it stays as it is.
   * @param seen  what the person saw when they changed it
   * @throws EditConflict where what they changed is not what they saw any more; nothing is sent then
   */
  async edit(updateId: string, change: UpdateEdit, seen?: Update): Promise<Edited> {
    return this.#write(updateId, async (api, wasOthers) => {
      const before = await this.#inFull(api, updateId, wasOthers);
      if (seen) {
        const { EditConflict, isConflict } = await import('./editConflict.ts');
        if (isConflict(seen, before, change)) throw new EditConflict(before);
      }
      if (hasPartPictures(change.details)) this.#madeHere.delete(updateId);
      const answered = await certain(
        () => api.edit(before, change),
        () => api.update(updateId),
        // Needed only where an answer was lost.
        async (now) => (await import('./asWanted.ts')).isAsWanted(change, before, now),
      );
      return () => this.#edited(before, answered, change);
    });
  }

  /** Sends an update out at once, and answers with what came of it, where the service tells. */
  async share(updateId: string): Promise<Edited> {
    return this.#write(updateId, async (api, wasOthers) => {
      const before = await this.#inFull(api, updateId, wasOthers);
      const isOut = ({ status }: Update) => status === 'sent' || status === 'sending';
      const answered = await certain(
        () => api.share(before),
        () => api.update(updateId),
        isOut,
      );
      return () =>
        this.#edited(before, answered ?? { update: { ...before, status: 'sent', sentAt: new Date(), failure: undefined }, lost: [] }, {});
    });
  }

  /** Deletes an update; one that is already gone counts as deleted. */
  destroy(updateId: string): Promise<void> {
    return this.#write(updateId, async (api) => {
      const held = this.#held.update(updateId);
      if (held) await this.#willDestroy?.(held).catch(() => undefined);
      await certain(
        () => api.destroy(updateId),
        () => api.update(updateId),
        () => false,
      ).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
      return () => this.#moves.forget(updateId);
    });
  }

  /**
   * An update with all that it holds, as it can be made again once it is deleted: as it is held where that was read
   * lately, else after one request. Undefined where it cannot be read in full.
   */
  async restorable(updateId: string): Promise<Update | undefined> {
    const held = this.heldToRestore(updateId);
    if (held) return held;
    const api = this.#api;
    const read = await this.readUpdate(updateId);
    return api?.isComplete(read) ? read : undefined;
  }

  /** What `restorable` gives without a request; undefined where it has to ask. */
  heldToRestore(updateId: string): Update | undefined {
    const held = this.#held.update(updateId);
    return held && this.#api?.isComplete(held) && this.#held.ageOf(updateId) < restorableAge ? held : undefined;
  }

  /**
   * Makes a deleted update again, with all that it held and in the state it was in; what failed comes back as a draft
   * where the service has drafts.
   * @param deleted  as `restorable` gave it
   * @param when     its place or time; its queue's end where left out
   */
  async restore(deleted: Update, when?: ShareTime): Promise<Update> {
    const restored = await this.#ask((api) => api.restore(deleted, when));
    this.#reader.invalidate(deleted.profileId);
    const own = withOwnTime(restored, typeof when === 'object');
    this.#moves.insert(own);
    return own;
  }

  /** Puts an update at the head of its queue. */
  moveToTop(updateId: string): Promise<Update> {
    return this.#write(updateId, async (api) => {
      const moved = await api.moveToTop(updateId);
      return () => {
        this.#moves.reinsert(moved, 'head');
        return this.#held.update(updateId) ?? moved;
      };
    });
  }

  /** Puts a loaded pending update at an index of its queue. */
  move(updateId: string, index: number): Promise<void> {
    return this.#write(updateId, async (api) => {
      const update = this.#held.update(updateId);
      if (!update) return () => undefined;
      const ids = this.list(update.profileId, 'pending')
        .items.map(({ id }) => id)
        .filter((id) => id !== updateId);
      ids.splice(Math.max(0, index), 0, updateId);
      const queue = await api.reorder(update.profileId, ids);
      return () => this.#moves.replaceQueue(update.profileId, queue, this.#pageSize());
    });
  }

  /** Puts a queue in a random order. */
  async shuffle(profileId: string): Promise<void> {
    const shuffled = await this.#ask((api) => api.shuffle(profileId));
    this.#reader.invalidate(profileId);
    this.#moves.replaceQueue(profileId, shuffled, this.#pageSize());
  }

  // Inside

  #newTagList(): () => Promise<TagList> {
    return lazily(async () => new (await import('./tagList.ts')).TagList((question) => this.#ask(question)));
  }

  /** An update as an edit needs it; read anew unless what is held is whole and was read a moment ago. */
  async #inFull(api: BufferApi, updateId: string, wasOthers: boolean): Promise<Update> {
    const held = this.#held.update(updateId);
    if (!wasOthers && held && api.isComplete(held) && this.#held.ageOf(updateId) < this.#freshness) return held;
    const read = await api.update(updateId);
    this.#held.keep([read]);
    return read;
  }

  /** Windows write to an update one after the other, and each knows whether another one has. */
  async #turn(updateId: string): Promise<Turn | undefined> {
    return (await this.#turns?.())?.take(updateId);
  }

  #edited(before: Update, answered: Edited | Update, change: UpdateEdit): Edited {
    const { update, lost } = 'update' in answered ? answered : { update: answered, lost: [] };
    const isFixed = typeof change.when === 'object' ? true : before.isFixedTime;
    const own = isFixed === undefined ? update : withOwnTime(update, isFixed);
    this.#moves.change(before, own);
    return { update: own, lost };
  }

  /** Asks the service; an answer for an account that was left meanwhile is dropped. */
  async #ask<Answer>(question: (api: BufferApi) => Promise<Answer>): Promise<Answer> {
    const api = this.#api;
    if (!api) throw this.#absence ?? new BufferError('unauthorized', 'You are not signed in to Buffer.');
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

  /** @param action  answers with what to do to what is held; not done where that is another account's meanwhile */
  async #write<Answer>(updateId: string, action: (api: BufferApi, wasOthers: boolean) => Promise<() => Answer>): Promise<Answer> {
    if (this.#busy.has(updateId)) {
      throw new BufferError('rejected', 'Something is already being done with this update. Wait until it is finished.');
    }
    const asked = this.#api;
    const profileId = this.#held.update(updateId)?.profileId;
    this.#busy.add(updateId);
    this.#tell({ kind: 'update', updateId });
    let turn: Turn | undefined;
    try {
      const apply = await this.#ask(async (api) => {
        turn = await this.#turn(updateId);
        return action(api, turn?.wasOthers ?? false);
      });
      return apply();
    } catch (error) {
      if (isGone(error) && asked === this.#api) this.#moves.forget(updateId);
      throw error;
    } finally {
      await turn?.end();
      if (asked === this.#api) {
        if (profileId) this.#reader.invalidate(profileId);
        this.#busy.delete(updateId);
        this.#tell({ kind: 'update', updateId });
      }
    }
  }
}

function hasPartPictures({ threadPictures = [] }: NetworkDetails = {}): boolean {
  return threadPictures.some(({ length }) => length > 0);
}

function withOwnTime(update: Update, isFixedTime: boolean): Update {
  return update.isFixedTime === undefined ? { ...update, isFixedTime } : update;
}
