import type { ComposerTag, ToApp } from '../messages.ts';
import { edit } from './edits.ts';
import type { Page } from './page.ts';

/** The tags of the draft, in their order. One that is not known by name has none. */
export function tagsOf({ draft, tags }: Pick<Page, 'draft' | 'tags'>): readonly (Pick<ComposerTag, 'id'> & Partial<ComposerTag>)[] {
  return (draft?.tagIds ?? []).map((id) => tags.get(id) ?? { id });
}

/**
 * Whether tags can be chosen or taken off: not for an update whose tags were not known when its editing began, as they would
 * not be sent.
 */
export function takesTags({ draft }: Pick<Page, 'draft'>): boolean {
  return draft !== undefined && (!draft.editing || draft.editing.tagIds !== undefined);
}

/** How tags are called, and which of them the draft is to have where the person just chose. */
export function takeTags(page: Page, { draftId, tags, chosen }: Extract<ToApp, { type: 'tags' }>): Page {
  const named = { ...page, tags: new Map([...page.tags, ...tags.map((tag) => [tag.id, tag] as const)]) };
  if (!chosen || page.draft?.id !== draftId) return named;
  const before = page.draft.tagIds ?? [];
  const isSame = before.length === chosen.length && before.every((id) => chosen.includes(id));
  return isSame ? named : edit(named, { tagIds: [...chosen] });
}

/** Takes a tag off. */
export function removeTag(page: Page, id: string): Page {
  return edit(page, { tagIds: (page.draft?.tagIds ?? []).filter((each) => each !== id) });
}
