import { BufferError } from '../buffer/bufferError.ts';
import type { Profile, Update } from '../buffer/model.ts';
import { groupBy } from '../collections/groupBy.ts';
import type { Delivery } from '../delivery/deliver.ts';
import type { Attempt } from '../delivery/lookFor.ts';
import { marksOf } from '../delivery/outboxRun.ts';
import { isAsSent } from '../delivery/sameUpdate.ts';
import { EditConflict } from '../queue/editConflict.ts';
import type { RecordChange, RecordKeeper } from './keeper.ts';
import {
  adoptedFor,
  announcedFor,
  type Known,
  made,
  noteOf,
  noteOfEdit,
  type PlanItem,
  type PlanOptions,
  planOf,
  requestTime,
  writes,
} from './plan.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { QueueWriter } from './queueWriter.ts';
import { entryKey, normalPath, type RecordEntry } from './record.ts';
import { handleOf, type Wanted } from './wanted.ts';

/** What files want of these profiles. */
export interface Posts {
  readonly wanted: readonly Wanted[];
  /** All files of posts, also those with a problem. */
  readonly paths: readonly string[];
  /** Those of them with a problem. */
  readonly stopped?: readonly string[];
  /** Whether a file that is not among them was deleted; any was where left out. */
  readonly isGone?: (path: string) => Promise<boolean>;
}

export interface ApplyParts {
  readonly writer: QueueWriter;
  readonly keeper: RecordKeeper;
  /** What the files want, once the profiles are known. */
  readonly posts: (profiles: readonly Profile[], now: Date) => Promise<Posts>;
  /** New path by old path, as Git tells it; asked only where the record has a file that is gone. */
  readonly renames?: () => Promise<ReadonlyMap<string, string>>;
  /** What a post said at its profile before, the latest first; asked only where the record does not know it. */
  readonly earlier?: (wanted: Wanted) => Promise<readonly Wanted[]>;
  /** Makes sure that all that goes along with a post can be fetched by Buffer. @returns why it cannot, in a sentence */
  readonly unfetchable?: (wanted: Wanted) => Promise<string | undefined>;
  /** A name of this run alone. */
  readonly run: string;
  readonly options?: PlanOptions;
}

export interface ApplyOptions {
  /** What a person has confirmed: nothing else is done. All that is planned where left out. */
  readonly confirmed?: readonly PlanItem[];
  /** How long to wait for what cannot be told yet, in milliseconds. Not at all where left out. */
  readonly patience?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Hears of each that is done, or failed. */
  readonly told?: (done: Done) => void;
}

export interface Planned {
  readonly items: readonly PlanItem[];
  readonly known: Known;
}

/**
 * What came of an item.
 * - `done`      as it was planned
 * - `refused`   Buffer did not take it; it is certainly not there
 * - `unfetchable` something that goes along with it cannot be fetched by Buffer, and so it was not sent
 * - `stopped`   it was not tried: something went wrong before it that would go wrong for it too
 * - `unclear`   no answer came, and nothing tells whether it arrived: the next run looks for it
 * - `undecided` it may be there, changed since: a person has to look
 * - `conflict`  it was changed at Buffer as it was about to be edited
 */
export type Outcome = 'done' | 'refused' | 'unfetchable' | 'stopped' | 'unclear' | 'undecided' | 'conflict';

export interface Done {
  readonly item: PlanItem;
  readonly outcome: Outcome;
  readonly error?: BufferError;
  /** Why it was not sent, in a sentence. */
  readonly reason?: string;
  /** What it is now. */
  readonly update?: Update;
}

export interface Applied {
  readonly done: readonly Done[];
  /** What stands as it stood: told, and left. */
  readonly left: readonly PlanItem[];
  /** Other runs were faster each time: run it again. */
  readonly isOvertaken: boolean;
  /** What went wrong once something was done: the rest was not come to. */
  readonly failure?: Error;
}

/** How often the record is looked at while others are at what they have announced. Milliseconds. */
const lookAgainAfter = 5_000;

/** How often all is planned anew as other runs were faster. */
const mostTries = 8;

/**
 * Reads what is there and says what is to be done. Queues are read with one request, as far as that carries them; what
 * was sent, with one more, and only where it can matter.
 */
export async function plan({
  writer,
  keeper,
  posts,
  renames: readRenames,
  earlier: readEarlier,
  run,
  options = {},
}: ApplyParts): Promise<Planned> {
  const profiles = await writer.profiles();
  const { wanted, paths, stopped, isGone } = await posts(profiles, writer.now());
  // The record is read before the queues: what others make in between is found in these.
  const record = await keeper.load();
  const account = writer.account ?? '';
  const isThere = new Set(paths.map(normalPath));
  const renames = record.some(({ post }) => !isThere.has(post)) ? await readRenames?.() : undefined;
  const hidden = isGone ? await hiddenOf(record, isThere, renames, isGone) : undefined;
  const handles = new Set(record.filter((entry) => entry.account === account && !isOver(entry)).map(({ profile }) => profile));
  const idsByHandle = new Map(wanted.map(({ handle, profile }) => [handle, profile.id] as const));
  const ids = [...new Set(wanted.map(({ profile }) => profile.id))];
  for (const handle of handles) {
    const profile = profiles.find((each) => handle === handleOf(each));
    if (profile && !ids.includes(profile.id)) ids.push(profile.id);
    if (profile && !idsByHandle.has(handle)) idsByHandle.set(handle, profile.id);
  }
  const updates = new Map((await writer.pending(ids)).map((each) => [each.id, each] as const));
  const now = writer.now();
  const isRunning = options.isRunning ?? ((entry: RecordEntry, at: Date) => keeper.isRunning(entry, at));
  const knownBase = { wanted, paths, stopped, hidden, renames, record, account, now, run };
  const first = planOf({ ...knownBase, updates: [...updates.values()] }, { ...options, isRunning });

  // Only what would be made, or is nowhere to be seen, makes it worth asking what was sent.
  const isWorthAsking = first.some(({ action, entry, update }) => {
    if (['create', 'late', 'settle', 'announced'].includes(action)) return true;
    return entry?.account === account && entry.update !== undefined && !isOver(entry) && !update;
  });
  const gone = new Set<string>();
  if (isWorthAsking) {
    for (const each of await sentLately(writer, ids, now)) if (!updates.has(each.id)) updates.set(each.id, each);
    for (const { account: whose, update, ...entry } of record) {
      if (whose !== account || update === undefined || isOver(entry) || updates.has(update)) continue;
      const found = await writer.update(update);
      if (found) updates.set(found.id, found);
      else gone.add(update);
    }
  }
  const known: Known = { ...knownBase, updates: [...updates.values()], gone, now: writer.now() };
  const items = planOf(known, { ...options, isRunning });
  // A post that was changed after its record was lost is known by what it said before.
  const earlier = new Map<Wanted, readonly Wanted[]>();
  for (const { action, wanted, entry } of items)
    if (readEarlier && wanted && !entry && (action === 'create' || action === 'late')) earlier.set(wanted, await readEarlier(wanted));
  if (![...earlier.values()].some(({ length }) => length > 0)) return { items, known };
  const more = { ...known, earlier };
  return { items: planOf(more, { ...options, isRunning }), known: more };
}

/**
 * Does what is planned, each once, whoever else is at it and whatever happens. What is made is noted before it is sent;
 * run again, it goes on from there.
 * @throws BufferError where nothing could be read; UnreadableRecord; all of it only where nothing was done yet
 */
export async function apply(parts: ApplyParts, options: ApplyOptions = {}): Promise<Applied> {
  return new Run(parts, options).all();
}

class Run {
  readonly #parts: ApplyParts;
  readonly #options: ApplyOptions;
  readonly #done: Done[] = [];
  /** What was looked for in vain, since when. */
  readonly #lookedAt = new Map<string, Date>();
  /** What this run does not try once more. */
  readonly #over = new Set<string>();
  /** What Buffer refused as it has the same already. */
  readonly #duplicates = new Map<string, BufferError>();
  readonly #created: { readonly wanted: Wanted; readonly update: Update }[] = [];
  #since: Date | undefined;
  #left: number;
  #isStopped = false;

  constructor(parts: ApplyParts, options: ApplyOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#left = options.patience ?? 0;
  }

  async all(): Promise<Applied> {
    try {
      return await this.#rounds();
    } catch (error) {
      // What was done is noted and told all the same.
      await this.#parts.keeper.publish().catch(() => undefined);
      if (this.#done.length === 0 || !(error instanceof Error)) throw error;
      return { done: this.#done, left: [], isOvertaken: false, failure: error };
    }
  }

  async #rounds(): Promise<Applied> {
    for (let tries = 0; ;) {
      const planned = await plan(this.#parts);
      const items = planned.items.filter((each) => this.#isWanted(each));
      const round = await this.#round(items, planned.known);
      if (round === 'overtaken') {
        if (++tries < mostTries) continue;
        await this.#parts.keeper.publish();
        return { done: this.#done, left: items.filter((each) => !writes(each)), isOvertaken: true };
      }
      const wait = round;
      // What was found may be edited now.
      if (wait === 0 && ++tries < mostTries) continue;
      if (wait === undefined || this.#left <= 0 || this.#isStopped) {
        await this.#settleTwins(planned.known);
        await this.#parts.keeper.publish();
        const doneKeys = new Set(this.#done.map(({ item }) => keyOfItem(item)));
        return { done: this.#done, left: planned.items.filter((each) => !doneKeys.has(keyOfItem(each))), isOvertaken: false };
      }
      await this.#parts.keeper.publish();
      await this.#pause(
        Math.min(wait, this.#left),
        items.flatMap(({ action, entry }) => (action === 'announced' ? [entry!] : [])),
      );
    }
  }

  /** Waits, as long as others are at what they have announced: the record tells without a request when they are done. */
  async #pause(milliseconds: number, others: readonly RecordEntry[]): Promise<void> {
    const sleep = this.#options.sleep ?? pauseFor;
    const names = new Set(others.map((each) => `${each.run} ${entryKey(each)}`));
    for (let left = milliseconds; left > 0; left -= lookAgainAfter) {
      const pause = names.size > 0 ? Math.min(left, lookAgainAfter) : left;
      this.#left -= pause;
      await sleep(pause);
      if (names.size === 0) return;
      const record = await this.#parts.keeper.load();
      if (!record.some((each) => each.state === 'announced' && names.has(`${each.run} ${entryKey(each)}`))) return;
    }
  }

  /** Whether an item is among what was confirmed, and not over. */
  #isWanted(item: PlanItem): boolean {
    const { confirmed } = this.#options;
    if (this.#over.has(keyOfItem(item))) return false;
    if (!confirmed || !(writes(item) || item.action === 'adopt' || item.action === 'forget')) return true;
    return confirmed.some((each) => {
      // What somebody else made meanwhile is taken instead of being made.
      const isAsSaid = each.action === item.action || item.action === 'adopt' || (each.action === 'settle' && item.action === 'create');
      return isAsSaid && keyOfItem(each) === keyOfItem(item) && isSameWish(each, item);
    });
  }

  /**
   * @returns milliseconds after which to plan anew, where something cannot be told yet; `overtaken` where nothing was done
   *   as others were faster
   */
  async #round(items: readonly PlanItem[], known: Known): Promise<number | 'overtaken' | undefined> {
    const { keeper } = this.#parts;
    const settling: PlanItem[] = [];
    const creates = items.filter(({ action }) => action === 'create').filter((item) => !this.#tellDuplicate(item));
    let wait: number | undefined;
    for (const item of items) {
      if (item.action === 'adopt' && (item.entry || item.isEarlier)) wait = 0;
      if (item.action === 'settle') {
        const settled = await this.#settle(item, known);
        if (settled === 'missing') settling.push(item);
        else if (typeof settled === 'number') wait = Math.min(wait ?? settled, settled);
      }
      if (item.action === 'announced') {
        const until = item.entry!.at.getTime() + announcedFor + requestTime - known.now.getTime();
        wait = Math.min(wait ?? until, Math.max(until, 1_000));
      }
    }
    const again = settling.flatMap((item): PlanItem[] => (item.wanted ? [{ ...item, action: 'create' }] : []));
    const forgotten = settling.filter(({ wanted }) => !wanted);
    const notes = changeOf(items, forgotten);

    const toMake = this.#isStopped ? [] : await this.#fetchable([...creates, ...again]);
    if (toMake.length > 0) {
      const announced = this.#announcement(toMake, notes);
      if (!(await keeper.announce(announced.change, known.record))) return 'overtaken';
      this.#tellNoted(items, forgotten);
      const left = await this.#createAll(toMake, announced.entries, announced.at);
      if (left === 'overtaken') return 'overtaken';
      if (left !== undefined) wait = Math.min(wait ?? left, left);
    } else {
      if (notes.put.length > 0 || notes.remove.length > 0) await keeper.note(notes);
      this.#tellNoted(items, forgotten);
    }
    for (const item of items) {
      if (item.action === 'edit' || item.action === 'requeue') await this.#edit(item);
      if (item.action === 'delete') await this.#delete(item);
    }
    return wait;
  }

  /** Those whose pictures Buffer can fetch: the others are told, and not sent. */
  async #fetchable(items: readonly PlanItem[]): Promise<PlanItem[]> {
    const found: PlanItem[] = [];
    for (const item of items) {
      const reason = await this.#parts.unfetchable?.(item.wanted!);
      if (reason === undefined) found.push(item);
      else this.#tell({ item, outcome: 'unfetchable', reason });
    }
    return found;
  }

  /** Refused once as it is there already, and nowhere to be seen: it would be refused again. */
  #tellDuplicate(item: PlanItem): boolean {
    const error = this.#duplicates.get(keyOfItem(item));
    if (error) this.#tell({ item, outcome: 'refused', error });
    return error !== undefined;
  }

  #tellNoted(items: readonly PlanItem[], forgotten: readonly PlanItem[]): void {
    for (const item of items) if (item.action === 'adopt') this.#tell({ item, outcome: 'done', update: item.update });
    for (const item of [...items.filter(({ action }) => action === 'forget'), ...forgotten]) this.#tell({ item, outcome: 'done' });
  }

  /** What is said before anything is made. */
  #announcement(items: readonly PlanItem[], { put, remove }: Required<RecordChange>) {
    const { writer, run } = this.#parts;
    const at = writer.now();
    this.#since ??= at;
    const entries = new Map(
      items.map((item) => {
        const wanted = item.wanted!;
        const entry: RecordEntry = {
          post: normalPath(wanted.path),
          part: wanted.part,
          profile: wanted.handle,
          account: writer.account ?? '',
          state: 'announced',
          at,
          sent: fingerprintOf(wanted),
          run,
          content: wanted.content,
        };
        return [item, entry] as const;
      }),
    );
    const replaced = items.flatMap(({ entry }) => (entry ? [entry] : []));
    return { at, entries, change: { put: [...put, ...entries.values()], remove: [...remove, ...replaced] } };
  }

  /** @returns milliseconds after which to look again, where no answer came */
  async #createAll(
    items: readonly PlanItem[],
    entries: ReadonlyMap<PlanItem, RecordEntry>,
    at: Date,
  ): Promise<number | 'overtaken' | undefined> {
    const { writer, keeper } = this.#parts;
    let wait: number | undefined;
    const groups = [...groupBy(items, groupOf).values()];
    for (const [index, group] of groups.entries()) {
      if (this.#isStopped) {
        await keeper.note({ remove: group.map((item) => entries.get(item)!) });
        for (const item of group) this.#tell({ item, outcome: 'stopped' });
        continue;
      }
      if (writer.now().getTime() - at.getTime() > announcedFor) {
        // Others may take what is left for abandoned by now.
        const left = groups.slice(index).flat();
        await keeper.note({ remove: left.map((item) => entries.get(item)!) });
        return 'overtaken';
      }
      const pause = await this.#create(group, entries);
      if (pause !== undefined) wait = Math.min(wait ?? pause, pause);
    }
    return wait;
  }

  async #create(group: readonly PlanItem[], entries: ReadonlyMap<PlanItem, RecordEntry>): Promise<number | undefined> {
    const { writer, keeper } = this.#parts;
    const { created, failed, waiting, unclear } = await writer.create(deliveryOf(group));
    const itemOf = (profileId: string) => group.find(({ wanted }) => wanted!.profile.id === profileId)!;
    const put: RecordEntry[] = [];
    const remove: RecordEntry[] = [];
    const done: Done[] = [];
    let wait: number | undefined;
    for (const update of created) {
      const item = itemOf(update.profileId);
      put.push(noteOf({ account: writer.account ?? '', now: writer.now() }, item.wanted!, update));
      this.#created.push({ wanted: item.wanted!, update });
      done.push({ item, outcome: 'done', update });
    }
    for (const { profile, error } of [...failed, ...waiting]) {
      const item = itemOf(profile.id);
      remove.push(entries.get(item)!);
      const key = keyOfItem(item);
      if (error?.isDuplicate && !this.#duplicates.has(key)) {
        // Somebody was faster who is in no record: it is looked for, and taken for this post's.
        this.#duplicates.set(key, error);
        wait = 0;
        continue;
      }
      // Whatever else is to be sent would be refused as well.
      if (error && stops.has(error.kind)) this.#isStopped = true;
      done.push({ item, outcome: 'refused', error });
    }
    for (const { profile, error } of unclear) {
      const item = itemOf(profile.id);
      wait = 5_000;
      this.#lookedAt.delete(keyOfItem(item));
      if (this.#left <= 0) done.push({ item, outcome: 'unclear', error });
      if (error && marksOf(error).isAnswered) wait = Math.max(wait, 10_000);
    }
    if (put.length > 0 || remove.length > 0) await keeper.note({ put, remove });
    for (const each of done) this.#tell(each);
    return wait;
  }

  /** Looks for what was announced and is not in the lists. @returns milliseconds after which to look again */
  async #settle(item: PlanItem, known: Known): Promise<number | 'missing' | 'over'> {
    const { writer, keeper } = this.#parts;
    const entry = item.entry!;
    const profileId = item.wanted?.profile.id ?? known.wanted.find(({ handle }) => handle === entry.profile)?.profile.id;
    if (!entry.content || profileId === undefined) return item.wanted ? 'missing' : 'over';
    const key = keyOfItem(item);
    const attempt: Attempt = {
      ...entry.content,
      details: entry.content.details && { [profileId]: entry.content.details },
      profileIds: [profileId],
      since: entry.at,
      sentAt: entry.at,
      isSlow: true,
      lookedAt: this.#lookedAt.get(key),
      knownIds: known.record.flatMap(({ update }) => (update === undefined ? [] : [update])),
    };
    try {
      const { arrived, open, undecided, doubts, times, wait } = await writer.look(`file-${entry.run}-${key}`, attempt);
      if (times.lookedAt) this.#lookedAt.set(key, times.lookedAt);
      const [update] = arrived;
      if (update) {
        await keeper.note({ put: [made(entry, update, writer.now())] });
        // What its file says since is planned next.
        return 0;
      }
      if (open.length > 0) {
        if (this.#left <= 0) this.#tell({ item, outcome: 'unclear' });
        return wait;
      }
      if (undecided.length > 0 && doubts.length > 0) {
        this.#tell({ item, outcome: 'undecided' });
        return 'over';
      }
      return 'missing';
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      this.#tell({ item, outcome: 'unclear', error });
      return 'over';
    }
  }

  async #edit(item: PlanItem): Promise<void> {
    const { writer, keeper } = this.#parts;
    const { wanted, entry, update, change, fields = [] } = item;
    if (this.#isStopped) return this.#tell({ item, outcome: 'stopped' });
    if (fields.includes('media') || fields.includes('threadPictures')) {
      const [isFetchable] = await this.#fetchable([item]);
      if (!isFetchable) return;
    }
    try {
      const edited = await writer.edit(update!.id, change!, update!);
      const about = item.action === 'requeue' ? [...fields, 'when'] : fields;
      await keeper.note({ put: [noteOfEdit(writer.now(), entry!, wanted!, edited.update, about)], remove: [entry!] });
      this.#tell({ item, outcome: 'done', update: edited.update });
    } catch (error) {
      if (error instanceof EditConflict) return this.#tell({ item, outcome: 'conflict', error, update: error.present });
      if (!(error instanceof BufferError)) throw error;
      if (stops.has(error.kind)) this.#isStopped = true;
      this.#tell({ item, outcome: error.outcome === 'unknown' ? 'unclear' : 'refused', error });
    }
  }

  async #delete(item: PlanItem): Promise<void> {
    const { writer, keeper } = this.#parts;
    if (this.#isStopped) return this.#tell({ item, outcome: 'stopped' });
    try {
      await writer.destroy(item.update!.id);
      await keeper.note({ remove: [item.note ?? item.entry!, item.entry!] });
      this.#tell({ item, outcome: 'done' });
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      if (stops.has(error.kind)) this.#isStopped = true;
      this.#tell({ item, outcome: error.outcome === 'unknown' ? 'unclear' : 'refused', error });
    }
  }

  /**
   * Somebody who keeps no record in common with this run may have made the same at the same moment: an editor. The one
   * that was made first stays; both sides see it so, so one of the two is taken away again, and it has not gone out.
   */
  async #settleTwins({ record }: Known): Promise<void> {
    const { writer, keeper } = this.#parts;
    if (this.#created.length === 0 || !this.#since || this.#isStopped) return;
    const ids = [...new Set(this.#created.map(({ update }) => update.profileId))];
    const recent = await writer.recent(ids, new Date(this.#since.getTime() - requestTime)).catch(() => []);
    const claimed = new Set(record.flatMap(({ update }) => (update === undefined ? [] : [update])));
    const mine = new Map(this.#created.map((each) => [each.update.id, each] as const));
    for (const { wanted, update } of this.#created) {
      const same = recent
        .filter(({ id, profileId, via }) => profileId === update.profileId && !claimed.has(id) && via !== 'network')
        .filter((each) => isAsSent(wanted.content, each) && isNearlyThen(each, update))
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
      const first = same.find(({ id }) => !mine.has(id) || id === update.id);
      const present = recent.find(({ id }) => id === update.id);
      if (!first || first.id === update.id || !present || present.status === 'sent' || present.status === 'sending') continue;
      try {
        await writer.destroy(update.id);
        claimed.add(first.id);
        const entry = noteOf({ account: writer.account ?? '', now: writer.now() }, wanted, update);
        await keeper.note({ put: [noteOf({ account: writer.account ?? '', now: writer.now() }, wanted, first)], remove: [entry] });
      } catch (error) {
        if (!(error instanceof BufferError)) throw error;
      }
    }
  }

  #tell(done: Done): void {
    if (done.outcome !== 'done') this.#over.add(keyOfItem(done.item));
    this.#done.push(done);
    this.#options.told?.(done);
  }
}

/** Files that the record has and nobody read, though they were not deleted; also where they were renamed. */
async function hiddenOf(
  record: readonly RecordEntry[],
  isThere: ReadonlySet<string>,
  renames: ReadonlyMap<string, string> = new Map(),
  isGone: (path: string) => Promise<boolean>,
): Promise<ReadonlySet<string>> {
  const newPaths = new Map([...renames].map(([from, to]) => [normalPath(from), normalPath(to)] as const));
  const hidden = new Set<string>();
  for (const post of new Set(record.map((entry) => entry.post))) {
    if (isThere.has(post)) continue;
    const renamed = newPaths.get(post);
    const isMoved = renamed !== undefined && !isThere.has(renamed) && !(await isGone(renamed));
    if (isMoved || !(await isGone(post))) hidden.add(post);
  }
  return hidden;
}

/** What has been sent since, or was sent at last where there is too much of that. */
async function sentLately(writer: QueueWriter, profileIds: readonly string[], now: Date): Promise<readonly Update[]> {
  if (profileIds.length === 0) return [];
  for (const days of [3, 1]) {
    try {
      return await writer.recent(profileIds, new Date(now.getTime() - days * adoptedFor));
    } catch (error) {
      if (!(error instanceof BufferError) || error.kind !== 'rejected' || days === 1) throw error;
    }
  }
  return [];
}

function isOver({ state }: Pick<RecordEntry, 'state'>): boolean {
  return state === 'sent' || state === 'gone';
}

/** What the record is to say of what needs no request. What is edited or deleted is noted once it is. */
function changeOf(items: readonly PlanItem[], forgotten: readonly PlanItem[]): Required<RecordChange> {
  const quiet = items.filter((item) => !writes(item));
  const noted = quiet.flatMap(({ note, entry }) => (note ? [{ note, entry }] : []));
  const isMoved = (entry: RecordEntry | undefined, note: RecordEntry) => entry !== undefined && entryKey(entry) !== entryKey(note);
  return {
    put: noted.map(({ note }) => note),
    remove: [
      ...noted.flatMap(({ note, entry }) => (isMoved(entry, note) ? [entry!] : [])),
      ...quiet.flatMap(({ action, entry }) => (action === 'forget' ? [entry!] : [])),
      ...forgotten.map(({ entry }) => entry!),
    ],
  };
}

/** The same text at the same time goes to several profiles with one request. */
function groupOf({ wanted, when }: PlanItem): string {
  const { path, part, content, options } = wanted!;
  return JSON.stringify([path, part, content.text, content.media, when ?? wanted!.when, options]);
}

function deliveryOf(group: readonly PlanItem[]): Delivery {
  const all = group.map(({ wanted }) => wanted!);
  const { content, when, options } = all[0]!;
  const details = Object.fromEntries(all.flatMap(({ profile, content: { details: own } }) => (own ? [[profile.id, own] as const] : [])));
  return {
    text: content.text,
    media: content.media,
    profiles: all.map(({ profile }) => profile),
    when: group[0]!.when ?? when,
    options,
    ...(Object.keys(details).length > 0 && { details }),
  };
}

function keyOfItem({ wanted, entry }: PlanItem): string {
  if (wanted) return [normalPath(wanted.path), wanted.part, wanted.handle].join('\0');
  return `${entryKey(entry!)}\0${entry!.update ?? ''}`;
}

/** Whether two items would send the same. */
function isSameWish(one: PlanItem, other: PlanItem): boolean {
  if (!one.wanted || !other.wanted) return !one.wanted && !other.wanted;
  return JSON.stringify(fingerprintOf(one.wanted)) === JSON.stringify(fingerprintOf(other.wanted));
}

/** Two that were made of one post are due together, unless the queue gave each a place. */
function isNearlyThen(one: Update, other: Update): boolean {
  if (!one.isFixedTime || !other.isFixedTime) return true;
  return Math.abs((one.dueAt?.getTime() ?? 0) - (other.dueAt?.getTime() ?? 0)) < 60_000;
}

/** What goes wrong for all that follows as well. */
const stops: ReadonlySet<BufferError['kind']> = new Set(['unauthorized', 'rateLimited', 'offline', 'cancelled', 'intercepted']);

function pauseFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}
