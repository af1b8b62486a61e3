import type { Media, NetworkDetails, Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import { isAsSent } from './sameUpdate.ts';

/** A create of which nobody knows what came. */
export interface Attempt {
  readonly text: string;
  readonly media?: Media;
  /** By profile. */
  readonly details?: Readonly<Record<string, NetworkDetails>>;
  readonly profileIds: readonly string[];
  /** When it was first sent, by this machine's clock. */
  readonly since: Date;
  /** Updates that were there before, so that one with the same text is not taken for this one. */
  readonly knownIds: readonly string[];
}

/** How far this machine's clock may be ahead of the service's, in milliseconds. */
const clockSkew = 5 * 60_000;

/**
 * Looks whether a create arrived: the updates of its profiles with its content that were made since, at most one each.
 * @throws BufferError when it cannot be told
 */
export async function lookFor(store: QueueStore, { text, media, details, profileIds, since, knownIds }: Attempt): Promise<Update[]> {
  const recent = await store.recent(profileIds, new Date(since.getTime() - clockSkew));
  const known = new Set(knownIds);
  return profileIds.flatMap((id) => {
    const sent = { text, media, details: details?.[id] };
    const found = recent.find((update) => update.profileId === id && !known.has(update.id) && isAsSent(sent, update));
    return found ? [found] : [];
  });
}
