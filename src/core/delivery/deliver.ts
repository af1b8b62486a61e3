import { randomUUID } from 'node:crypto';
import { BufferError } from '../buffer/bufferError.ts';
import type { Media, NetworkDetails, NewShareTime, NewUpdateOptions, Profile, Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import { codeOf } from './disk.ts';
import { type Entry, type Found, LostClaim, neverSent } from './entry.ts';
import { type Attempt, lookFor, precision } from './lookFor.ts';
import type { Outbox } from './outbox.ts';
import { marksOf, waits } from './outboxRun.ts';
import type { OutboxSender } from './outboxSender.ts';

/** One text on its way to some profiles. */
export interface Delivery {
  readonly text: string;
  readonly profiles: readonly Profile[];
  readonly when: NewShareTime;
  readonly media?: Media;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
  readonly options?: NewUpdateOptions;
  /** The draft it is sent from. */
  readonly draftId?: string;
}

/** What came of a delivery, profile by profile. */
export interface Delivered {
  readonly created: readonly Update[];
  /** Certainly not at Buffer. */
  readonly failed: readonly NotDelivered[];
  /** In the outbox: these go out by themselves, or are found to be there. */
  readonly waiting: readonly NotDelivered[];
  /** May be at Buffer, and nothing looks after them: these were sent without a record. */
  readonly unclear: readonly NotDelivered[];
}

export interface NotDelivered {
  readonly profile: Profile;
  /** Why, where the service tells. */
  readonly error?: BufferError;
  /** Of what waits: it may have arrived, and that is looked for. */
  readonly isUnclear?: boolean;
}

export interface DeliveryParts {
  readonly store: QueueStore;
  readonly outbox: Outbox;
  readonly sender: OutboxSender;
}

/** Why something could not be recorded, so that it was not sent. */
export type DiskRefusal = 'full' | 'forbidden' | 'other';

/** The disk does not take the record of a delivery. Nothing was sent. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded';
  readonly refusal: DiskRefusal;

  constructor(cause: unknown) {
    super(`It could not be recorded before it is sent: ${codeOf(cause) || String(cause)}`, { cause });
    this.refusal = refusals[codeOf(cause)] ?? 'other';
  }
}

const refusals: Readonly<Record<string, DiskRefusal>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
};

/** What is on the disk of a delivery; nothing where the person wants it sent all the same. */
export interface Recorded {
  readonly entry?: Entry;
}

/**
 * Puts deliveries into the outbox, all of them before any is sent: whoever looks from now on sees them all.
 * @throws NotRecorded where the disk refuses; then none is there
 */
export async function record({ store, outbox, sender }: DeliveryParts, deliveries: readonly Delivery[]): Promise<Recorded[]> {
  // Nobody's is recorded too, and goes out by itself for nobody.
  const owner = sender.owner ?? { key: '', label: '' };
  const recorded: { entry: Entry }[] = [];
  try {
    for (const delivery of deliveries) {
      const { text, when, media, details, options, draftId, profiles } = delivery;
      // One that goes at once is noted as such at once. The others go out should this window die before their turn.
      const way = deliveries.length === 1 ? { ...sentNow(store, delivery), isOnItsWay: true } : { from: 'waiting' as const };
      const entry = await outbox.add({
        ...way,
        state: 'sending',
        isFirst: true,
        owner,
        text,
        profiles: profiles.map(keptProfile),
        when,
        media,
        details,
        options,
        draftId,
      });
      recorded.push({ entry });
    }
    return recorded;
  } catch (error) {
    // What cannot be taken out again goes out by itself, so that nobody may send it once more.
    const outcomes = await Promise.allSettled(recorded.map(({ entry }) => outbox.done(entry)));
    if (outcomes.some(({ status }) => status === 'rejected')) throw new Error('A part of it is in the outbox.', { cause: error });
    throw new NotRecorded(error);
  }
}

/**
 * The same for what goes out of a draft that this window has claimed.
 * @param letGo  of the draft, and says whether it was this window's until then
 * @throws NotRecorded as `record`; LostClaim where another window took the draft over meanwhile. Then none is there
 */
export async function recordClaimed(
  parts: DeliveryParts,
  deliveries: readonly Delivery[],
  letGo: () => Promise<boolean>,
): Promise<Recorded[]> {
  const recorded = await record(parts, deliveries);
  try {
    if (await letGo()) return recorded;
    for (const { entry } of recorded) if (entry) await parts.outbox.done(entry);
  } catch (error) {
    for (const { entry } of recorded) await leave(parts.outbox, entry);
    throw error;
  }
  throw new LostClaim();
}

/**
 * Sends one request for all profiles of a delivery and tells what came of it. It is in the outbox from before it is sent
 * until it is known what came of it. Where no answer came, it is looked for at once; what is not there then, or cannot
 * be sent now, waits in the outbox.
 * @param told      hears what came of it before the outbox lets go, to keep elsewhere what failed
 * @param recorded  as `record` gave it; recorded now where left out
 * @throws NotRecorded where it could not be recorded, and was not sent
 */
export async function deliver(
  parts: DeliveryParts,
  delivery: Delivery,
  told: (delivered: Delivered) => Promise<void> = async () => {},
  recorded?: Recorded,
): Promise<Delivered> {
  const { store, outbox, sender } = parts;
  const begun = recorded ?? (await record(parts, [delivery]))[0]!;
  let { entry } = begun;
  try {
    if (entry && !entry.isOnItsWay) entry = await outbox.note(entry, { ...sentNow(store, delivery), isOnItsWay: true });
  } catch {
    // It stays as one that is not on its way, and goes out when it can: from here, or from the window that has it now.
    await leave(outbox, entry);
    const left: Delivered = { ...nothing, waiting: delivery.profiles.map((profile) => ({ profile })) };
    await told(left);
    sender.soon();
    return left;
  }
  const started = performance.now();
  const wall = Date.now();
  /** Milliseconds since then; undefined where this computer slept since, or its clock was set. */
  const age = () => {
    const [byTimer, byClock] = [performance.now() - started, Date.now() - wall];
    return Math.abs(byTimer - byClock) < precision ? Math.max(byTimer, byClock) : undefined;
  };
  const id = entry?.id ?? `unrecorded-${randomUUID()}`;
  const attempt: Attempt = entry
    ? { ...entry, profileIds: [] }
    : { ...sentNow(store, delivery), text: delivery.text, media: delivery.media, details: delivery.details, profileIds: [] };
  try {
    let outcome = await send(parts, delivery, entry);
    let times: Partial<Entry> = {};
    if (outcome.unknown.length) {
      // Somebody else who is signed in by now has other queues to look in.
      const isSamePerson = !entry || (sender.owner?.key ?? '') === entry.owner.key;
      const marks = outcome.unknown.map(({ error }) => (error ? marksOf(error) : {}));
      times = Object.assign({}, ...marks) as Partial<Entry>;
      if (isSamePerson) {
        const settled = await settle(parts, id, outcome, { ...attempt, ...times }, age);
        outcome = settled.outcome;
        times = { ...times, ...settled.times };
      }
    }
    outcome = await knownAlready(parts, id, outcome, attempt);
    return await end(parts, id, entry, outcome, times, told);
  } catch (error) {
    sender.soon();
    throw error;
  } finally {
    // Whatever went wrong: what is still there is looked for, by whichever window comes first.
    await leave(outbox, entry);
  }
}

/**
 * Sends several, one after the other, all of which are recorded before the first goes out.
 * @param told      as with `deliver`, with what it was about
 * @param recorded  as `record` gave them; recorded now where left out
 * @throws NotRecorded where they could not be recorded, and none was sent
 */
export async function deliverAll(
  parts: DeliveryParts,
  deliveries: readonly Delivery[],
  told: (delivered: Delivered, delivery: Delivery) => Promise<void>,
  recorded?: readonly Recorded[],
): Promise<void> {
  const begun = recorded ?? (await record(parts, deliveries));
  try {
    for (const [index, delivery] of deliveries.entries())
      await deliver(parts, delivery, (delivered) => told(delivered, delivery), begun[index] ?? {});
  } finally {
    // Those that did not get their turn go out by themselves.
    for (const { entry } of begun) await leave(parts.outbox, entry);
  }
}

/** Without a record, as the person wants it. */
export function unrecorded(deliveries: readonly Delivery[]): Recorded[] {
  return deliveries.map(() => ({}));
}

/** This window is at it no more. */
async function leave(outbox: Outbox, entry: Entry | undefined): Promise<void> {
  if (entry) (await outbox.files()).lease.release(entry.id);
}

/** What has to be known to look for it. */
function sentNow(store: QueueStore, { profiles }: Delivery) {
  const now = store.serviceNow();
  const since = now ?? new Date();
  return { since, sentAt: since, isGuessed: now ? undefined : true, knownIds: store.idsOf(profiles.map(({ id }) => id)) };
}

interface Outcome extends Omit<Delivered, 'unclear'> {
  /** No answer came for these. */
  readonly unknown: readonly NotDelivered[];
}

const nothing = { created: [], failed: [], waiting: [], unclear: [], unknown: [] };

async function send(
  { store, sender }: DeliveryParts,
  { text, profiles, when, media, details, options }: Delivery,
  entry: Entry | undefined,
): Promise<Outcome> {
  // Signing in is asked for at once; everything else that may pass is waited for.
  const isForLater = (error: BufferError | undefined) =>
    entry && error?.outcome === 'notDone' && waits(error) && error.kind !== 'unauthorized' && error.kind !== 'cancelled';
  try {
    const limit = await sender.limit(entry?.id);
    const { created, refused } = await store.create(
      { profileIds: profiles.map(({ id }) => id), text, when, media, details, ...options },
      {},
      { ...limit, owner: entry?.owner.key },
    );
    const all = refused.flatMap(({ profileId, error }) => {
      const profile = profiles.find(({ id }) => id === profileId);
      return profile ? [{ profile, error }] : [];
    });
    const unknown = all.filter(({ error }) => error?.outcome === 'unknown');
    const waiting = all.filter(({ error }) => isForLater(error));
    const failed = all.filter((each) => !unknown.includes(each) && !waiting.includes(each));
    return { created, failed, waiting, unknown };
  } catch (error) {
    const all = profiles.map((profile) => ({ profile, error: error instanceof BufferError ? error : undefined }));
    // Whatever it was, it may have come after the request went out.
    if (!(error instanceof BufferError) || error.outcome === 'unknown') return { ...nothing, unknown: all };
    return isForLater(error) ? { ...nothing, waiting: all } : { ...nothing, failed: all };
  }
}

/** Finds out what became of a create that got no answer. */
async function settle(
  { store, outbox, sender }: DeliveryParts,
  id: string,
  outcome: Outcome,
  attempt: Attempt,
  age: () => number | undefined,
): Promise<{ outcome: Outcome; times: Partial<Entry> }> {
  const { created, failed, waiting, unknown } = outcome;
  const { settleAfter } = sender.options;
  try {
    const asked = { ...attempt, profileIds: unknown.map(({ profile }) => profile.id) };
    const looked = await lookFor({ store, outbox, settleAfter }, id, asked, age);
    const { arrived, missing, times } = looked;
    const isMissing = ({ profile }: NotDelivered) => missing.includes(profile.id);
    const gone = unknown.filter(isMissing).map(notArrived);
    if (gone.length) remember(store, { ...asked, ...times, profileIds: gone.map(({ profile }) => profile.id) });
    return {
      outcome: {
        created: [...created, ...arrived],
        failed: [...failed, ...gone],
        waiting,
        unknown: unknown.filter((each) => !isMissing(each) && !arrived.some(({ profileId }) => profileId === each.profile.id)),
      },
      times,
    };
  } catch {
    return { outcome, times: {} };
  }
}

/** Attempts whose answers were lost and of which a look found nothing; the person may have sent them once more. */
const notFound = new WeakMap<QueueStore, readonly Attempt[]>();
const mostNotFound = 20;

function remember(store: QueueStore, attempt: Attempt): void {
  notFound.set(store, [...(notFound.get(store) ?? []), attempt].slice(-mostNotFound));
}

/**
 * A refusal as a duplicate of something that was sent before, and was not to be seen then, shows that it had arrived:
 * it is looked for again, and told as done where it is there now.
 */
async function knownAlready({ store, outbox }: DeliveryParts, id: string, outcome: Outcome, attempt: Attempt): Promise<Outcome> {
  const found: Update[] = [];
  for (const { profile, error } of outcome.failed) {
    const earlier =
      error?.isDuplicate && notFound.get(store)?.find(({ text, profileIds }) => text === attempt.text && profileIds.includes(profile.id));
    if (!earlier) continue;
    const asked = { ...earlier, profileIds: [profile.id] };
    const looked = await lookFor({ store, outbox, settleAfter: 0 }, id, asked).catch(() => undefined);
    found.push(...(looked?.arrived ?? []));
  }
  if (found.length === 0) return outcome;
  const failed = outcome.failed.filter(({ profile }) => !found.some(({ profileId }) => profileId === profile.id));
  return { ...outcome, created: [...outcome.created, ...found], failed };
}

/**
 * Tells what came of it, and lets the outbox go of what is over. What is left goes out by itself; where another window
 * took over, thinking that this one died, that one finds out and sends what is missing.
 */
async function end(
  { outbox, sender }: DeliveryParts,
  id: string,
  entry: Entry | undefined,
  { created, failed, waiting, unknown }: Outcome,
  times: Partial<Entry>,
  told: (delivered: Delivered) => Promise<void>,
): Promise<Delivered> {
  const files = await outbox.files();
  // What cannot be noted as what became of this one, and could be taken for another one's, stays until it can.
  const unmarked: Found[] = [];
  for (const update of created)
    if (!(await files.settleCertain(update, id).catch(() => false))) unmarked.push({ profileId: update.profileId, updateId: update.id });
  if (!entry) {
    const delivered: Delivered = { created, failed, waiting, unclear: unknown };
    await told(delivered);
    return delivered;
  }
  const left = [...waiting, ...unknown.map((each) => ({ ...each, isUnclear: true }))];
  const stays = new Set([...unmarked.map(({ profileId }) => profileId), ...left.map(({ profile }) => profile.id)]);
  const isSought = unknown.length > 0 || unmarked.length > 0;
  const rest = {
    profiles: entry.profiles.filter(({ id }) => stays.has(id)),
    reason: left[0]?.error?.message,
    ...(isSought ? times : neverSent),
    found: unmarked.length ? unmarked : undefined,
  };
  // Before anybody hears of a failure, as it is none where another window is at it now; and from here on none is.
  let noted: Entry | undefined = entry;
  if (failed.length) {
    const refused = entry.profiles.filter(({ id }) => failed.some(({ profile }) => profile.id === id));
    const after = stays.size
      ? { ...rest, from: isSought ? ('unclear' as const) : ('waiting' as const) }
      : { profiles: refused, from: 'failed' as const };
    noted = await noteFailure(outbox, entry, after, stays.size === 0 && created.length === 0);
  }
  const isOurs = noted !== undefined;
  const delivered: Delivered = isOurs
    ? { created, failed, waiting: left, unclear: [] }
    : { created, failed: [], waiting: [...failed, ...left], unclear: [] };
  await told(delivered);
  if (!noted) {
    sender.soon();
    return delivered;
  }
  if (stays.size === 0) {
    await outbox.done(noted, true).catch(() => undefined);
    return delivered;
  }
  // Where the disk does not take it, or it is another window's by now, it is looked for as it stands there.
  await outbox.release(noted, isSought ? 'unclear' : 'waiting', rest).catch(() => undefined);
  sender.soon();
  return delivered;
}

/**
 * From here on what failed is no more in it, or it fails as a whole, should this window die. Where the disk does not
 * take that, it is taken out, if nothing else is left of it; undefined where it may still go out, from here or from
 * another window.
 */
async function noteFailure(outbox: Outbox, entry: Entry, after: Partial<Entry>, isAll: boolean): Promise<Entry | undefined> {
  try {
    return await outbox.note(entry, { ...after, isOnItsWay: undefined });
  } catch (error) {
    if (error instanceof LostClaim || !isAll) return undefined;
    return outbox.done(entry).then(
      () => entry,
      () => undefined,
    );
  }
}

/** It is known now that it is not there, so it can be sent again. */
function notArrived({ profile, error }: NotDelivered): NotDelivered {
  return { profile, error: error?.asNotDone() };
}

function keptProfile({ id, name, service, serviceType }: Profile): Entry['profiles'][number] {
  return { id, name, service, serviceType };
}
