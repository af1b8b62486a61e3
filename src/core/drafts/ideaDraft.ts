import type { Idea, IdeaFile, Profile } from '../buffer/model.ts';
import type { Draft } from './draft.ts';

/** What a new draft begins with. */
export interface DraftStart extends Partial<Pick<Draft, 'text' | 'media' | 'details' | 'when' | 'ideaId' | 'tagIds'>> {
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
  const first = files.find(({ kind }) => kind === 'picture' || kind === 'video' || kind === 'link');
  // Pictures go together; a video and a card go alone.
  const taken = first?.kind === 'picture' ? files.filter(({ kind }) => kind === 'picture') : first ? [first] : [];
  return {
    start: {
      text: [title, text].filter(Boolean).join('\n\n'),
      ideaId: idea.id,
      tagIds: tags?.map(({ id }) => id),
      ...(profileIds.length && { profileIds }),
      ...(first && { media: mediaOf(first, taken.slice(1)) }),
      ...(date && date > now && { when: { kind: 'at', at: date.toISOString() } }),
    },
    left: files.filter((each) => !taken.includes(each)),
  };
}

function mediaOf({ kind, url, thumbnail, description }: IdeaFile, others: readonly IdeaFile[]): Draft['media'] {
  if (kind === 'link') return { kind, url, description, picture: thumbnail };
  if (kind === 'video') return { kind, url };
  const more = others.map((each) => ({ url: each.url, description: each.description }));
  return { kind: 'picture', url, description, ...(more.length > 0 && { more }) };
}
