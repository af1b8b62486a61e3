import { comparable, lookForMade } from '../buffer/lookForMade.ts';
import type { Idea, IdeaPage, NewIdea, PageCursor } from '../buffer/model.ts';

/** An idea of which nobody knows whether it arrived. */
export interface IdeaAttempt {
  readonly idea: NewIdea;
  /** When it was sent, by this machine's clock. */
  readonly since: Date;
  /** Ideas that were there before, so that one with the same text is not taken for this one. */
  readonly knownIds: ReadonlySet<string>;
}

/**
 * Looks whether an idea arrived, in whatever group it stands by now; undefined where it certainly did not.
 * @param read  asks the service for a page of ideas
 * @throws BufferError when it cannot be told
 */
export function lookForIdea(
  read: (page: { readonly size: number; readonly after?: PageCursor }) => Promise<IdeaPage>,
  { idea, since, knownIds }: IdeaAttempt,
): Promise<Idea | undefined> {
  // The service may give one a title that had none.
  const isSame = ({ text, title }: Idea) =>
    comparable(text) === comparable(idea.text) && (idea.title === undefined || comparable(title) === comparable(idea.title));
  const page = async (asked: Parameters<typeof read>[0]) => {
    const { ideas, next } = await read(asked);
    return { items: ideas, next };
  };
  return lookForMade(page, { isSame, since, knownIds });
}
