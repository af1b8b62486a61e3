import { BufferError } from './bufferError.ts';
import type { PageCursor } from './model.ts';

/** Something that was made without an answer, so that nobody knows whether it arrived. */
export interface MakeAttempt<Made> {
  readonly isSame: (made: Made) => boolean;
  /** When it was sent, by this machine's clock. */
  readonly since: Date;
  /** What was there before, so that one with the same content is not taken for this one. */
  readonly knownIds: ReadonlySet<string>;
}

/** How far this machine's clock may be ahead of the service's, in milliseconds. */
const clockSkew = 5 * 60_000;
const pageSize = 100;
/** Where lists have an order of their own, something new can be on any page; each is one of few requests. */
const mostPages = 5;

/**
 * Looks whether something arrived; undefined where it certainly did not.
 * @param read  asks the service for a page
 * @throws BufferError when it cannot be told
 */
export async function lookForMade<Made extends { readonly id: string; readonly createdAt: Date }>(
  read: (page: {
    readonly size: number;
    readonly after?: PageCursor;
  }) => Promise<{ readonly items: readonly Made[]; readonly next?: PageCursor }>,
  { isSame, since, knownIds }: MakeAttempt<Made>,
): Promise<Made | undefined> {
  const earliest = since.getTime() - clockSkew;
  let isOlderThere = false;
  let after: PageCursor | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await read({ size: pageSize, after });
    const same = items.filter((each) => !knownIds.has(each.id) && isSame(each));
    const found = same.find(({ createdAt }) => createdAt.getTime() >= earliest);
    if (found) return found;
    isOlderThere ||= same.length > 0;
    // It may be one of before, or this one where the clocks differ by much.
    if (next === undefined && isOlderThere) throw new BufferError('malformed', 'There is one just like it, and nothing tells since when.');
    if (next === undefined) return undefined;
    after = next;
  }
  throw new BufferError('malformed', 'There are too many to tell whether this one arrived.');
}

/** A text as it is compared: services tidy white space, and write letters in more than one way. */
export function comparable(text = ''): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
