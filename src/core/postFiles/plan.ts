import type { NewShareTime, Update, UpdateEdit } from '../buffer/model.ts';
import { isAsSent } from '../delivery/sameUpdate.ts';
import { differences, editOf, fileFields, type Fingerprint, fingerprintOf, fingerprintThere, hasAddresses, says } from './fingerprint.ts';
import { match } from './identity.ts';
import { normalPath, type RecordEntry } from './record.ts';
import type { Wanted } from './wanted.ts';

/**
 * What is to be done with one post at one profile.
 * - `create`    it is made
 * - `adopt`     it is there already, and nobody's: it is noted as this post's
 * - `edit`      its file says something else now
 * - `leave`     nothing is to be done
 * - `changed`   it was changed at Buffer, and its file was not: left
 * - `conflict`  both were changed: left until a person says which it is to be
 * - `late`      its time has passed: nothing is sent
 * - `isSent`    its file says something else than what was sent, which cannot be changed any more
 * - `failed`    its network refused it: it is put back only by word
 * - `requeue`   it failed, and goes into its queue again as its file has it
 * - `gone`      it was deleted at Buffer: it is made again only by word
 * - `settle`    a run said that it was about to make it, and did not say what became of it
 * - `announced` another run is about to make it
 * - `foreign`   it is in the queue of another account
 * - `removed`   no file wants it any more: left
 * - `hidden`    its file is not among those that were read, and not deleted: left
 * - `delete`    no file wants it any more: deleted
 * - `forget`    no file wants it any more, and Buffer has it no more
 */
export type PlanAction =
  | 'create'
  | 'adopt'
  | 'edit'
  | 'leave'
  | 'changed'
  | 'conflict'
  | 'late'
  | 'isSent'
  | 'failed'
  | 'requeue'
  | 'gone'
  | 'settle'
  | 'announced'
  | 'foreign'
  | 'removed'
  | 'hidden'
  | 'delete'
  | 'forget';

export interface PlanItem {
  readonly action: PlanAction;
  /** What the file wants; absent where no file wants it any more. */
  readonly wanted?: Wanted;
  /** What the record knows of it. */
  readonly entry?: RecordEntry;
  /** The update that it is, as Buffer has it. */
  readonly update?: Update;
  /** The fields it is about: what is edited, what was changed at Buffer, what stands against each other. */
  readonly fields?: readonly string[];
  /** What an edit sends. */
  readonly change?: UpdateEdit;
  /** When it goes out, where that is otherwise than its file says: the file's time has passed. */
  readonly when?: NewShareTime;
  /** Of one that is adopted: it says what the file said before. */
  readonly isEarlier?: boolean;
  /** What the record is to say of it from now on, where that is something else and nothing has to be asked for it. */
  readonly note?: RecordEntry;
}

/** What has to be known for a plan. */
export interface Known {
  readonly wanted: readonly Wanted[];
  /** All files of posts, also those with a problem. */
  readonly paths?: Iterable<string>;
  /** Those of them with a problem: what was queued from them is left as it is. */
  readonly stopped?: Iterable<string>;
  /** Files of the record that were not read, and not deleted: a link, another checkout or the configuration leaves them out. */
  readonly hidden?: ReadonlySet<string>;
  /** New path by old path, as Git tells it. */
  readonly renames?: ReadonlyMap<string, string>;
  readonly record: readonly RecordEntry[];
  /** What waits at Buffer, and what was made or sent lately. */
  readonly updates: readonly Update[];
  /** What posts said before, the latest first: of those that the record does not know. */
  readonly earlier?: ReadonlyMap<Wanted, readonly Wanted[]>;
  /** Ids that the record has and Buffer does not. */
  readonly gone?: ReadonlySet<string>;
  /** Whose key it is, as the record has it. */
  readonly account: string;
  /** By the service's clock. */
  readonly now: Date;
  /** The run that plans: what it announced itself is its own. */
  readonly run?: string;
}

export interface PlanOptions {
  /** What becomes of a post whose time has passed: it is told, or it goes out next. */
  readonly late?: 'tell' | 'next';
  /** What failed, and what was deleted at Buffer, is put into its queue again. */
  readonly requeue?: boolean;
  /** What no file wants any more is deleted. */
  readonly prune?: boolean;
  /** Whether a post may write over what was changed at Buffer. */
  readonly overwrites?: (wanted: Wanted) => boolean;
  /** Whether a run that announced something may still be at it. */
  readonly isRunning?: (entry: RecordEntry, now: Date) => boolean;
}

/** How long after it was sent an update is taken for what a file says, where nobody knows of it. Milliseconds. */
export const adoptedFor = 30 * 86_400_000;
/** How long a run may be at what it has announced, in milliseconds by the service's clock. It announces anew what takes longer. */
export const announcedFor = 5 * 60_000;
/** What a request that was sent last may take. Milliseconds. */
export const requestTime = 2 * 60_000;

/** Whether a run that announced something may still be at it, as far as time tells. */
export function mayBeRunning({ at }: RecordEntry, now: Date): boolean {
  return now.getTime() - at.getTime() < announcedFor + requestTime;
}

/** What is to be done, post by post in the order of the files, and then what no file wants any more. */
export function planOf(known: Known, options: PlanOptions = {}): PlanItem[] {
  const { wanted, record, updates, account } = known;
  const byId = new Map(updates.map((each) => [each.id, each] as const));
  const own = record.filter((entry) => entry.account === account);
  const foreign = record.filter((entry) => entry.account !== account);
  const { entries, left } = match(wanted, [...own, ...foreign], known.paths, known.renames);
  const claimed = new Set(record.flatMap(({ update }) => (update === undefined ? [] : [update])));
  const adoptable = adoptions(known, entries, left, claimed);

  const items = wanted.map((each): PlanItem => {
    const entry = entries.get(each);
    if (entry && entry.account !== account) return { action: 'foreign', wanted: each, entry };
    const adopted = adoptable.get(entry?.state === 'announced' ? entry : each);
    if (adopted) return adopt(known, each, entry, adopted);
    if (!entry) return create(known, options, each);
    if (entry.state === 'announced') {
      const { isRunning = mayBeRunning } = options;
      const isOthers = entry.run !== known.run && isRunning(entry, known.now);
      return { action: isOthers ? 'announced' : 'settle', wanted: each, entry };
    }
    const update = byId.get(entry.update!);
    return update ? ofUpdate(known, options, each, entry, update) : ofUnlisted(known, options, each, entry);
  });
  const stopped = new Set([...(known.stopped ?? [])].map(normalPath));
  const unwanted = left
    .filter((entry) => entry.account === account && !stopped.has(entry.post))
    // While a file cannot be read, nobody knows what it wants: it may be what was renamed.
    .map((entry) => ofUnwanted(known, stopped.size > 0 ? { ...options, prune: false } : options, entry, adoptable.get(entry), byId));
  return [...items, ...unwanted];
}

/** Whether a plan has something to be sent to Buffer. */
export function writes({ action }: PlanItem): boolean {
  return action === 'create' || action === 'edit' || action === 'requeue' || action === 'delete' || action === 'settle';
}

/** What the record says of a post that is this update, as its file has it now. */
export function noteOf(known: Pick<Known, 'account' | 'now'>, wanted: Wanted, update: Update, at = known.now): RecordEntry {
  return {
    post: normalPath(wanted.path),
    part: wanted.part,
    profile: wanted.handle,
    account: known.account,
    state: update.status === 'sent' ? 'sent' : 'queued',
    at,
    update: update.id,
    sent: fingerprintOf(wanted),
    seen: fingerprintThere(update),
  };
}

/** The same once some of its fields were edited. What was changed at Buffer in others stays as something that was changed there. */
export function noteOfEdit(now: Date, entry: RecordEntry, wanted: Wanted, update: Update, fields: readonly string[]): RecordEntry {
  const there = fingerprintThere(update);
  const all = new Set([...Object.keys(there), ...Object.keys(entry.seen ?? {})]);
  const seen = [...all].flatMap((field) => {
    const hash = fields.includes(field) || says(update, wanted, field) ? there[field] : entry.seen?.[field];
    return hash === undefined ? [] : [[field, hash] as const];
  });
  const state = update.status === 'sent' ? 'sent' : 'queued';
  return { ...entry, ...placeOf(wanted), state, at: now, update: update.id, sent: fingerprintOf(wanted), seen: Object.fromEntries(seen) };
}

/** Updates that say what a post or an announcement says, and that no entry has; each is one's alone. */
function adoptions(
  { wanted, updates, now, account, earlier }: Known,
  entries: ReadonlyMap<Wanted, RecordEntry>,
  left: readonly RecordEntry[],
  claimed: ReadonlySet<string>,
): Map<Wanted | RecordEntry, Update> {
  const free = new Map<string, Update[]>();
  for (const update of updates) {
    const isOld = update.sentAt && now.getTime() - update.sentAt.getTime() > adoptedFor;
    if (claimed.has(update.id) || update.via === 'network' || isOld) continue;
    free.set(update.profileId, [...(free.get(update.profileId) ?? []), update]);
  }
  const takes: { readonly who: Wanted | RecordEntry; readonly update: Update; readonly distance: number; readonly rank: number }[] = [];
  const add = (
    who: Wanted | RecordEntry,
    { content, when, profile }: Pick<Wanted, 'content' | 'when'> & { profile: { id: string } },
    rank = 0,
  ) => {
    for (const update of free.get(profile.id) ?? [])
      if (isAsSent(content, update)) takes.push({ who, update, distance: distanceOf(when, update), rank });
  };
  const profileIds = new Map(wanted.map(({ handle, profile }) => [handle, profile.id] as const));
  for (const each of wanted) {
    const entry = entries.get(each);
    if (!entry) {
      add(each, each);
      for (const before of earlier?.get(each) ?? []) add(each, { ...each, content: before.content }, 1);
    } else if (entry.state === 'announced' && entry.account === account) add(entry, { ...each, content: entry.content ?? each.content });
  }
  for (const entry of left) {
    const id = profileIds.get(entry.profile);
    if (entry.state === 'announced' && entry.content && entry.account === account && id !== undefined)
      add(entry, { content: entry.content, when: 'queue', profile: { id } });
  }
  const isAnnounced = (who: Wanted | RecordEntry) => ('state' in who ? 0 : 1);
  // What was announced comes first, and the update nearest to a post's time; of equals the one that was made first.
  takes.sort(
    (a, b) =>
      isAnnounced(a.who) - isAnnounced(b.who) ||
      a.rank - b.rank ||
      a.distance - b.distance ||
      a.update.createdAt.getTime() - b.update.createdAt.getTime() ||
      (a.update.id < b.update.id ? -1 : 1),
  );
  const found = new Map<Wanted | RecordEntry, Update>();
  const taken = new Set<string>();
  for (const { who, update } of takes) {
    if (found.has(who) || taken.has(update.id)) continue;
    found.set(who, update);
    taken.add(update.id);
  }
  return found;
}

/** How far an update is from when a post is to go out. Milliseconds; what waits for a queue is nearer than what was sent. */
function distanceOf(when: Wanted['when'], { status, dueAt, sentAt, isFixedTime }: Update): number {
  const time = (sentAt ?? dueAt)?.getTime();
  if (typeof when === 'object') return time === undefined ? Number.MAX_SAFE_INTEGER : Math.abs(time - when.at.getTime());
  if (status === 'sent') return 2;
  return (status === 'draft') === (when === 'draft') && !isFixedTime ? 0 : 1;
}

function adopt(known: Known, wanted: Wanted, entry: RecordEntry | undefined, update: Update): PlanItem {
  // One that was announced was made as its file was then: what the file says since is an edit.
  if (entry) {
    const note: RecordEntry = { ...made(entry, update, known.now), ...placeOf(wanted) };
    return { action: 'adopt', wanted, entry, update, note };
  }
  const before = known.earlier?.get(wanted)?.find(({ content }) => isAsSent(content, update));
  if (before && !isAsSent(wanted.content, update)) {
    const note = { ...noteOf(known, { ...before, when: wanted.when }, update), ...placeOf(wanted) };
    return { action: 'adopt', wanted, update, isEarlier: true, note };
  }
  const note = noteOf(known, wanted, update);
  const fields = differingFields(wanted, update);
  if (fields.length === 0) return { action: 'adopt', wanted, update, note };
  // Nobody knows who changed what: it stays, and is told, until somebody says which it is to be.
  return { action: 'adopt', wanted, update, fields, note: { ...note, seen: asMeant(note, fields) } };
}

/** What an announced entry becomes once its update is known. */
export function made({ run: _, content: __, ...entry }: RecordEntry, update: Update, now: Date): RecordEntry {
  return { ...entry, state: update.status === 'sent' ? 'sent' : 'queued', at: now, update: update.id, seen: fingerprintThere(update) };
}

function create({ now }: Known, { late = 'tell' }: PlanOptions, wanted: Wanted): PlanItem {
  if (!isPast(wanted, now)) return { action: 'create', wanted };
  return late === 'next' ? { action: 'create', wanted, when: 'next' } : { action: 'late', wanted };
}

function ofUpdate(known: Known, options: PlanOptions, wanted: Wanted, entry: RecordEntry, update: Update): PlanItem {
  const said = fingerprintOf(wanted);
  const there = fingerprintThere(update);
  const isSent = update.status === 'sent' || update.status === 'sending';
  // A time that the service tells of no more is nobody's change.
  const changedThere = differences(entry.seen ?? {}, there).filter(
    (field) => !says(update, wanted, field) && !(field === 'when' && there['when'] === undefined),
  );
  // A picture that was exchanged for another one is told by its address alone.
  const inFile = differences(entry.sent, said).filter((field) => !says(update, wanted, field) || !hasAddresses(update, wanted, field));
  const isExchangedThere = (field: string) =>
    fileFields.has(field) && there[field] !== undefined && there[field] !== entry.seen?.[field] && !hasAddresses(update, wanted, field);
  const moved = isMoved(entry, wanted);
  const item = { wanted, entry, update };
  const noted = (seen: Fingerprint | undefined = entry.seen): RecordEntry => ({
    ...entry,
    ...placeOf(wanted),
    state: update.status === 'sent' ? 'sent' : 'queued',
    at: known.now,
    seen,
  });
  const note = moved || (update.status === 'sent') !== (entry.state === 'sent') ? noted() : undefined;
  if (isSent) return inFile.length > 0 ? { ...item, action: 'isSent', fields: inFile, note } : { ...item, action: 'leave', note };
  if (update.status === 'failed') {
    if (!options.requeue) return { ...item, action: 'failed', note };
    return requeue(known, options, item, inFile);
  }
  const both = inFile.filter((field) => changedThere.includes(field) || isExchangedThere(field));
  if (both.length > 0 && !options.overwrites?.(wanted)) return { ...item, action: 'conflict', fields: both, note };
  const toWrite = options.overwrites?.(wanted) ? [...new Set([...inFile, ...changedThere])].sort() : inFile;
  if (toWrite.length > 0) {
    // A time that has passed is not moved to.
    if (toWrite.includes('when') && isPast(wanted, known.now)) return { ...item, action: 'late', note };
    return { ...item, action: 'edit', fields: toWrite, change: editOf(wanted, toWrite, update), note };
  }
  if (changedThere.length > 0) return { ...item, action: 'changed', fields: changedThere, note };
  // What the file says now is there already: somebody did at Buffer what the file does.
  const isNews = differences(entry.sent, said).length > 0 || differences(entry.seen ?? {}, there).length > 0;
  return { ...item, action: 'leave', note: isNews ? { ...noted(there), sent: said } : note };
}

function requeue(
  known: Known,
  { late = 'tell' }: PlanOptions,
  item: Omit<PlanItem, 'action'> & { readonly wanted: Wanted; readonly update: Update },
  inFile: readonly string[],
): PlanItem {
  const isLate = isPast(item.wanted, known.now);
  if (isLate && late === 'tell') return { ...item, action: 'late' };
  const fields = inFile.filter((field) => field !== 'when');
  const when = isLate ? ('next' as const) : item.wanted.when;
  return { ...item, action: 'requeue', fields, change: { ...editOf(item.wanted, fields, item.update), when } };
}

/** One that is in no list: it went out long ago, or was deleted. */
function ofUnlisted(known: Known, options: PlanOptions, wanted: Wanted, entry: RecordEntry): PlanItem {
  const isGone = entry.state === 'gone' || known.gone?.has(entry.update!);
  const note = (state: RecordEntry['state']): RecordEntry => ({ ...entry, ...placeOf(wanted), state, at: known.now });
  if (isGone) {
    if (options.requeue) return { ...create(known, options, wanted), entry };
    return { action: 'gone', wanted, entry, note: entry.state === 'gone' && !isMoved(entry, wanted) ? undefined : note('gone') };
  }
  const changed = differences(entry.sent, fingerprintOf(wanted));
  const moved = isMoved(entry, wanted) ? note(entry.state) : undefined;
  if (entry.state === 'sent')
    return changed.length > 0
      ? { action: 'isSent', wanted, entry, fields: changed, note: moved }
      : { action: 'leave', wanted, entry, note: moved };
  return { action: 'leave', wanted, entry, note: moved };
}

function ofUnwanted(
  known: Known,
  { prune, isRunning = mayBeRunning }: PlanOptions,
  entry: RecordEntry,
  adopted: Update | undefined,
  byId: ReadonlyMap<string, Update>,
): PlanItem {
  const isHidden = known.hidden?.has(entry.post) === true;
  const remove = isHidden ? 'hidden' : prune ? 'delete' : 'removed';
  if (entry.state === 'announced') {
    if (adopted) return { action: remove, entry, update: adopted, note: made(entry, adopted, known.now) };
    return { action: isRunning(entry, known.now) && entry.run !== known.run ? 'announced' : 'settle', entry };
  }
  const update = byId.get(entry.update!);
  const isGone = entry.state === 'gone' || (!update && known.gone?.has(entry.update!));
  // One whose file comes back would be made again.
  if (isGone) return { action: isHidden ? 'hidden' : 'forget', entry };
  if (entry.state === 'sent' || update?.status === 'sent' || update?.status === 'sending') {
    const note =
      update && entry.state !== 'sent' && update.status === 'sent' ? { ...entry, state: 'sent' as const, at: known.now } : undefined;
    return { action: 'leave', entry, update, note };
  }
  return { action: remove === 'delete' && !update ? 'removed' : remove, entry, update };
}

/** The fields in which a file and its update stand apart, as either of them changed since they were the same. */
export function apart({ sent, seen = {} }: RecordEntry, wanted: Wanted, update: Update): string[] {
  const there = fingerprintThere(update);
  const fields = new Set([...differences(sent, fingerprintOf(wanted)), ...differences(seen, there)]);
  const isExchanged = (field: string) => fileFields.has(field) && there[field] !== seen[field] && !hasAddresses(update, wanted, field);
  return [...fields].filter((field) => !says(update, wanted, field) || isExchanged(field)).sort();
}

/** What an update says otherwise than its file. Details that the file says nothing of are the service's own. */
function differingFields(wanted: Wanted, update: Update): string[] {
  const fields = new Set([...Object.keys(fingerprintOf(wanted)), 'media', 'when', 'tags']);
  return [...fields].filter((field) => !says(update, wanted, field)).sort();
}

/** What would be there, were it as its file says: in these fields it is not. */
function asMeant({ sent, seen = {} }: RecordEntry, fields: readonly string[]): Fingerprint {
  const all = new Set([...Object.keys(seen), ...fields]);
  const meant = [...all].flatMap((field) => {
    const hash = fields.includes(field) ? (sent[field] === seen[field] ? `?${sent[field] ?? ''}` : sent[field]) : seen[field];
    return hash === undefined ? [] : [[field, hash] as const];
  });
  return Object.fromEntries(meant);
}

function placeOf({ path, part, handle }: Wanted): Pick<RecordEntry, 'post' | 'part' | 'profile'> {
  return { post: normalPath(path), part, profile: handle };
}

function isMoved({ post, part }: RecordEntry, wanted: Wanted): boolean {
  return post !== normalPath(wanted.path) || part !== wanted.part;
}

function isPast({ when }: Wanted, now: Date): boolean {
  return typeof when === 'object' && when.at.getTime() <= now.getTime();
}
