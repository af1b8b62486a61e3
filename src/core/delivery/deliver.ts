import { BufferError } from '../buffer/bufferError.ts';
import type { Media, NetworkDetails, Profile, ShareTime, Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import { type Attempt, lookFor } from './lookFor.ts';
import { type Entry, LostClaim, type Outbox } from './outbox.ts';
import { neverSent, type OutboxSender, waits } from './outboxSender.ts';

/** One text on its way to some profiles. */
export interface Delivery {
  readonly text: string;
  readonly profiles: readonly Profile[];
  readonly when: ShareTime;
  readonly media?: Media;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
  /** The draft it is sent from. */
  readonly draftId?: string;
}

/** What came of a delivery, profile by profile. */
export interface Delivered {
  readonly created: readonly Update[];
  readonly failed: readonly NotDelivered[];
  /** In the outbox: these go out by themselves. */
  readonly waiting: readonly NotDelivered[];
}

export interface NotDelivered {
  readonly profile: Profile;
  /** Why, where the service tells. */
  readonly error?: BufferError;
}

export interface DeliveryParts {
  readonly store: QueueStore;
  readonly outbox: Outbox;
  readonly sender: OutboxSender;
}

/**
 * Sends one request for all profiles of a delivery and tells what came of it. Where no answer came, it is looked for;
 * what cannot be sent now, or cannot be looked for, waits in the outbox. It is there from before it is sent until it is
 * known what came of it, so that a window that dies in between leaves it to be looked for.
 * @param told  hears what came of it before the outbox lets go, to keep elsewhere what failed
 */
export async function deliver(
  parts: DeliveryParts,
  delivery: Delivery,
  told: (delivered: Delivered) => Promise<void> = async () => {},
): Promise<Delivered> {
  const { store, outbox } = parts;
  const profileIds = delivery.profiles.map(({ id }) => id);
  const { text, media, details } = delivery;
  const attempt: Attempt = { text, media, details, profileIds, since: new Date(), knownIds: store.idsOf(profileIds) };
  let entry = await begin(parts, delivery, attempt);
  const isOurs = async () => !entry || (entry = await outbox.claim(entry)) !== undefined;

  let outcome = await send(parts, delivery, entry !== undefined);
  // A look can take long: nobody is to think meanwhile that this window died.
  if (outcome.unknown.length && (await isOurs())) {
    // Somebody else who is signed in by now has other queues to look in.
    const isSamePerson = parts.sender.owner?.key === entry?.owner.key;
    outcome = isSamePerson ? await settle(store, outcome, attempt, entry !== undefined) : notKnown(outcome);
  }
  outcome = await knownAlready(store, outcome, attempt);
  if (outcome.unknown.length || (outcome.failed.length && !(await isOurs()))) outcome = leftToOthers(outcome);
  const { created, failed, waiting } = outcome;
  await told({ created, failed, waiting });
  if (entry) await end(parts, entry, outcome);
  return { created, failed, waiting };
}

interface Outcome extends Delivered {
  /** No answer came for these. */
  readonly unknown: readonly NotDelivered[];
  /** What waits may have arrived. */
  readonly isUnclear?: boolean;
}

/**
 * Puts a delivery into the outbox as one that is being sent; not when nobody is signed in, whose it would be, and not
 * on a disk that takes nothing, which is no reason to send nothing.
 */
async function begin({ outbox, sender }: DeliveryParts, delivery: Delivery, { since, knownIds }: Attempt): Promise<Entry | undefined> {
  const { owner } = sender;
  if (!owner) return undefined;
  const { text, when, media, details, draftId, profiles } = delivery;
  const entry = outbox.add({
    state: 'sending',
    owner,
    text,
    profiles: profiles.map(keptProfile),
    when,
    media,
    details: details && mutable(details),
    draftId,
    since,
    knownIds,
  });
  return entry.catch(() => undefined);
}

async function send(
  { store, sender }: DeliveryParts,
  { text, profiles, when, media, details }: Delivery,
  isKept: boolean,
): Promise<Outcome> {
  const nothing: Outcome = { created: [], failed: [], waiting: [], unknown: [] };
  // Signing in is asked for at once; everything else that may pass is waited for.
  const isForLater = (error: BufferError | undefined) =>
    isKept && error?.outcome === 'notDone' && waits(error) && error.kind !== 'unauthorized' && error.kind !== 'cancelled';
  try {
    const { created, refused } = await store.create(
      { profileIds: profiles.map(({ id }) => id), text, when, media, details },
      {},
      { signal: sender.limit() },
    );
    const told = refused.flatMap(({ profileId, error }) => {
      const profile = profiles.find(({ id }) => id === profileId);
      return profile ? [{ profile, error }] : [];
    });
    const lost = told.filter(({ error }) => error?.outcome === 'unknown');
    const waiting = told.filter(({ error }) => isForLater(error));
    const failed = told.filter((each) => !lost.includes(each) && !waiting.includes(each));
    return { ...nothing, created, failed, waiting, unknown: lost };
  } catch (error) {
    if (!(error instanceof BufferError)) throw error;
    const all = profiles.map((profile) => ({ profile, error }));
    if (error.outcome === 'unknown') return { ...nothing, unknown: all };
    return isForLater(error) ? { ...nothing, waiting: all } : { ...nothing, failed: all };
  }
}

/** Finds out what became of a create that got no answer. */
async function settle(
  store: QueueStore,
  { created, failed, waiting, unknown: lost }: Outcome,
  attempt: Attempt,
  isKept: boolean,
): Promise<Outcome> {
  try {
    const found = await lookFor(store, { ...attempt, profileIds: lost.map(({ profile }) => profile.id) });
    store.take(found);
    const missing = lost.filter(({ profile }) => !found.some(({ profileId }) => profileId === profile.id));
    if (missing.length)
      notFound.set(
        store,
        [...(notFound.get(store) ?? []), { ...attempt, profileIds: missing.map(({ profile }) => profile.id) }].slice(-mostNotFound),
      );
    return { created: [...created, ...found], failed: [...failed, ...missing.map(notArrived)], waiting, unknown: [] };
  } catch {
    return isKept ? notKnown({ created, failed, waiting, unknown: lost }) : { created, failed: [...failed, ...lost], waiting, unknown: [] };
  }
}

/** Attempts whose answers were lost and of which a look found nothing; the person may have sent them once more. */
const notFound = new WeakMap<QueueStore, readonly Attempt[]>();
const mostNotFound = 20;

/**
 * A refusal as a duplicate of something that was sent before, and was not to be seen then, shows that it had arrived:
 * it is looked for again, and told as done where it is there now.
 */
async function knownAlready(store: QueueStore, outcome: Outcome, { text }: Attempt): Promise<Outcome> {
  const found: Update[] = [];
  for (const { profile, error } of outcome.failed) {
    const earlier = error?.isDuplicate && notFound.get(store)?.find((each) => each.text === text && each.profileIds.includes(profile.id));
    if (earlier) found.push(...(await lookFor(store, { ...earlier, profileIds: [profile.id] }).catch(() => [])));
  }
  if (found.length === 0) return outcome;
  store.take(found);
  const failed = outcome.failed.filter(({ profile }) => !found.some(({ profileId }) => profileId === profile.id));
  return { ...outcome, created: [...outcome.created, ...found], failed };
}

/** It cannot be looked for now. */
function notKnown({ created, failed, waiting, unknown: lost }: Outcome): Outcome {
  return { created, failed, waiting: [...waiting, ...lost], unknown: [], isUnclear: true };
}

/** Another window took over, thinking that this one died: it finds out, and sends what is missing. */
function leftToOthers({ created, failed, waiting, unknown: lost }: Outcome): Outcome {
  return { created, failed: [], waiting: [...failed, ...waiting, ...lost], unknown: [] };
}

/** The outbox lets go of what is over, and keeps what waits. */
async function end({ outbox, sender }: DeliveryParts, entry: Entry, { waiting, isUnclear = false }: Outcome): Promise<void> {
  if (waiting.length === 0) return outbox.done(entry);
  const change = { profiles: waiting.map(({ profile }) => keptProfile(profile)), reason: waiting[0]?.error?.message };
  await outbox
    .release(entry, isUnclear ? 'unclear' : 'waiting', isUnclear ? change : { ...change, ...neverSent })
    .catch((error: unknown) => {
      if (!(error instanceof LostClaim)) throw error;
    });
  sender.soon();
}

/** It is known now that it is not there, so it can be sent again. */
function notArrived({ profile, error }: NotDelivered): NotDelivered {
  return { profile, error: error?.asNotDone() };
}

function keptProfile({ id, name, service, serviceType }: Profile): Entry['profiles'][number] {
  return { id, name, service, serviceType };
}

function mutable(details: NonNullable<Delivery['details']>) {
  return Object.fromEntries(Object.entries(details).map(([id, { thread, ...rest }]) => [id, { ...rest, thread: thread && [...thread] }]));
}
