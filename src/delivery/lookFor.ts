import type { Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';

/** A create of which nobody knows what came. */
export interface Attempt {
  readonly text: string;
  readonly profileIds: readonly string[];
  /** When it was first sent, by this machine's clock. */
  readonly since: Date;
  /** Updates that were there before, so that one with the same text is not taken for this one. */
  readonly knownIds: readonly string[];
}

/** How far this machine's clock may be ahead of the service's, in milliseconds. */
const clockSkew = 5 * 60_000;

/**
 * Looks whether a create arrived: the updates of its profiles with its text that were made since, at most one each.
 * @throws BufferError when it cannot be told
 */
export async function lookFor(store: QueueStore, { text, profileIds, since, knownIds }: Attempt): Promise<Update[]> {
  const recent = await store.recent(profileIds, new Date(since.getTime() - clockSkew));
  const known = new Set(knownIds);
  const wanted = comparable(text);
  return profileIds.flatMap((id) => {
    const found = recent.find((update) => update.profileId === id && !known.has(update.id) && comparable(update.text) === wanted);
    return found ? [found] : [];
  });
}

/** A text without what a service changes in it: the addresses it shortens, and white space. */
function comparable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/https?:\/\/\S+/giu, '\u{FFFC}')
    .replace(/\s+/gu, ' ')
    .trim();
}
