import { BufferError } from '../buffer/bufferError.ts';
import type { Idea, IdeaPage, NewIdea, PageCursor } from '../buffer/model.ts';

/** An idea of which nobody knows whether it arrived. */
export interface IdeaAttempt {
  readonly idea: NewIdea;
  /** When it was sent, by this machine's clock. */
  readonly since: Date;
  /** Ideas that were there before, so that one with the same text is not taken for this one. */
  readonly knownIds: ReadonlySet<string>;
}

/** How far this machine's clock may be ahead of the service's, in milliseconds. */
const clockSkew = 5 * 60_000;
const pageSize = 100;
/** Ideas stand in the order of their boards, so a new one can be on any page; each is one of few requests. */
const mostPages = 5;

/**
 * Looks whether an idea arrived; undefined where it certainly did not.
 * @param read  asks the service for a page of ideas
 * @throws BufferError when it cannot be told
 */
export async function lookForIdea(
  read: (page: { readonly size: number; readonly after?: PageCursor }) => Promise<IdeaPage>,
  { idea, since, knownIds }: IdeaAttempt,
): Promise<Idea | undefined> {
  const earliest = since.getTime() - clockSkew;
  // The service may give one a title that had none.
  const saysTheSame = ({ id, text, title }: Idea) =>
    !knownIds.has(id) &&
    comparable(text) === comparable(idea.text) &&
    (idea.title === undefined || comparable(title) === comparable(idea.title));
  let isOlderThere = false;
  let after: PageCursor | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { ideas, next } = await read({ size: pageSize, after });
    const same = ideas.filter(saysTheSame);
    const found = same.find(({ createdAt }) => createdAt.getTime() >= earliest);
    if (found) return found;
    isOlderThere ||= same.length > 0;
    // It may be one of before, or this one where the clocks differ by much.
    if (next === undefined && isOlderThere) throw new BufferError('malformed', 'There is such an idea, and nothing tells since when.');
    if (next === undefined) return undefined;
    after = next;
  }
  throw new BufferError('malformed', 'There are too many ideas to tell whether this one arrived.');
}

function comparable(text = ''): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
