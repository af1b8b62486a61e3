import { BufferError } from '../buffer/bufferError.ts';
import type { Media, NetworkDetails, Profile, ShareTime, Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import { lookFor } from './lookFor.ts';
import type { Outbox } from './outbox.ts';
import { type OutboxSender, waits } from './outboxSender.ts';

/** One text on its way to some profiles. */
export interface Delivery {
  readonly text: string;
  readonly profiles: readonly Profile[];
  readonly when: ShareTime;
  readonly media?: Media;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
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
 * what cannot be sent now, or cannot be looked for, goes to the outbox.
 */
export async function deliver(parts: DeliveryParts, delivery: Delivery): Promise<Delivered> {
  const { store, sender } = parts;
  const { text, profiles, when, media, details } = delivery;
  const profileIds = profiles.map(({ id }) => id);
  const attempt: Attempt = { since: new Date(), knownIds: store.idsOf(profileIds), owner: sender.owner };
  try {
    const { created, refused } = await store.create({ profileIds, text, when, media, details });
    const told = refused.flatMap(({ profileId, error }) => {
      const profile = profiles.find(({ id }) => id === profileId);
      return profile ? [{ profile, error }] : [];
    });
    const lost = told.filter(({ error }) => error?.outcome === 'unknown');
    const failed = told.filter(({ error }) => error?.outcome !== 'unknown');
    if (lost.length === 0) return { created, failed, waiting: [] };
    const after = await settle(parts, { ...delivery, profiles: lost.map(({ profile }) => profile) }, lost[0]!.error!, attempt);
    return { created: [...created, ...after.created], failed: [...failed, ...after.failed], waiting: after.waiting };
  } catch (error) {
    if (!(error instanceof BufferError)) throw error;
    if (error.outcome === 'unknown') return settle(parts, delivery, error, attempt);
    const all = profiles.map((profile) => ({ profile, error }));
    // Signing in is asked for at once; everything else that may pass is waited for.
    const isForLater = waits(error) && error.kind !== 'unauthorized' && error.kind !== 'cancelled' && (await keep(parts, delivery, 'waiting', error, attempt));
    return isForLater ? { created: [], failed: [], waiting: all } : { created: [], failed: all, waiting: [] };
  }
}

interface Attempt {
  readonly since: Date;
  readonly knownIds: readonly string[];
  readonly owner: OutboxSender['owner'];
}

/** Finds out what became of a create that got no answer. */
async function settle(parts: DeliveryParts, delivery: Delivery, error: BufferError, attempt: Attempt): Promise<Delivered> {
  const { store } = parts;
  const { text, profiles } = delivery;
  try {
    const found = await lookFor(store, { text, profileIds: profiles.map(({ id }) => id), ...attempt });
    store.take(found);
    const missing = profiles.filter(({ id }) => !found.some(({ profileId }) => profileId === id));
    const notArrived = new BufferError(error.kind, error.message, { cause: error, retryAfter: error.retryAfter });
    return { created: found, failed: missing.map((profile) => ({ profile, error: notArrived })), waiting: [] };
  } catch {
    const all = profiles.map((profile) => ({ profile, error }));
    const isKept = await keep(parts, delivery, 'unclear', error, attempt);
    return isKept ? { created: [], failed: [], waiting: all } : { created: [], failed: all, waiting: [] };
  }
}

/** Puts a delivery into the outbox; false when it is nobody's. */
async function keep({ outbox, sender }: DeliveryParts, delivery: Delivery, state: 'waiting' | 'unclear', error: BufferError, { since, knownIds, owner }: Attempt): Promise<boolean> {
  if (!owner) return false;
  const { text, when, media, details, profiles } = delivery;
  await outbox.add({
    state,
    owner,
    text,
    profiles: profiles.map(({ id, name, service }) => ({ id, name, service })),
    when,
    media,
    details: details && mutable(details),
    reason: error.message,
    ...(state === 'unclear' && { since, knownIds }),
  });
  sender.soon();
  return true;
}

function mutable(details: NonNullable<Delivery['details']>) {
  return Object.fromEntries(Object.entries(details).map(([id, { thread, ...rest }]) => [id, { ...rest, thread: thread && [...thread] }]));
}
