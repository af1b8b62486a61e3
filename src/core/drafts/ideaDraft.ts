import type { Idea, IdeaFile, Profile } from '../buffer/model.ts';
import type { Draft } from './draft.ts';

/** What a new draft begins with. */
export interface DraftStart extends Partial<Pick<Draft, 'text' | 'media' | 'when' | 'ideaId' | 'tagIds'>> {
  readonly profileIds?: readonly string[];
}

/**
 * What an idea brings to a draft: all of it, but for files that a draft has no place for.
 * @param profiles  those that are known: the networks of the idea choose among them
 * @param now       an idea's day that has passed says nothing of when it goes out
 */
export function draftOfIdea(
  idea: Idea,
  profiles: readonly Profile[],
  now = new Date(),
): { readonly start: DraftStart; readonly left: readonly IdeaFile[] } {
  const { title, text, date, services = [], tags, files = [] } = idea;
  const isWanted = ({ service, isDisconnected, isLocked }: Profile) => services.includes(service) && !isDisconnected && !isLocked;
  const profileIds = profiles.filter(isWanted).map(({ id }) => id);
  const taken = files.find(({ kind }) => kind === 'picture' || kind === 'video' || kind === 'link');
  return {
    start: {
      text: [title, text].filter(Boolean).join('\n\n'),
      ideaId: idea.id,
      tagIds: tags?.map(({ id }) => id),
      ...(profileIds.length && { profileIds }),
      ...(taken && { media: mediaOf(taken) }),
      ...(date && date > now && { when: { kind: 'at', at: date.toISOString() } }),
    },
    left: files.filter((each) => each !== taken),
  };
}

function mediaOf({ kind, url, thumbnail, description }: IdeaFile): Draft['media'] {
  if (kind === 'link') return { kind, url, description, picture: thumbnail };
  return kind === 'video' ? { kind, url } : { kind: 'picture', url, description };
}
