import type { Draft, DraftMedia, DraftTime } from '../messages.ts';
import type { Page } from './page.ts';

/** What a person does to a draft. Each takes the page as it is and gives the page that follows. */

/** Changes the draft; every change makes it newer than each copy of it. */
export function edit(page: Page, change: Partial<Draft>): Page {
  const { draft } = page;
  if (!draft || page.sending?.isOver === false) return page;
  return { ...page, draft: { ...draft, ...change, revision: draft.revision + 1 } };
}

/** Chooses a profile, or no longer. One that is in trouble can only be left out. */
export function toggleProfile(page: Page, id: string): Page {
  const chosen = page.draft?.profileIds ?? [];
  if (chosen.includes(id)) return chooseProfiles(page, chosen.filter((each) => each !== id));
  return chooseProfiles(page, [...chosen, id]);
}

/** Chooses exactly these, in the order of the list, without those that are in trouble. */
export function chooseProfiles(page: Page, ids: readonly string[]): Page {
  if (page.draft?.editing) return page;
  const kept = new Set(page.draft?.profileIds);
  const profileIds = page.profiles.profiles.filter(({ id, trouble }) => ids.includes(id) && (!trouble || kept.has(id))).map(({ id }) => id);
  return edit(page, { profileIds });
}

/** Chooses every profile of a group as well, or, where all are chosen, none of them. */
export function toggleGroup(page: Page, ids: readonly string[]): Page {
  const chosen = page.draft?.profileIds ?? [];
  return chooseProfiles(page, isGroupChosen(page, ids) ? chosen.filter((id) => !ids.includes(id)) : [...chosen, ...ids]);
}

/** Whether all of a group that can be chosen are. */
export function isGroupChosen({ draft, profiles }: Page, ids: readonly string[]): boolean {
  const free = profiles.profiles.filter(({ id, trouble }) => ids.includes(id) && !trouble);
  return free.length > 0 && free.every(({ id }) => draft?.profileIds.includes(id));
}

/** Types a text: for all, or for the network that is shown, which from then on has a text of its own. */
export function setText(page: Page, text: string): Page {
  const { draft, network } = page;
  if (!draft) return page;
  return edit(page, network === undefined ? { text } : { variants: { ...draft.variants, [network]: text } });
}

/** Gives a network the text of all again. */
export function resetVariant(page: Page, network: string): Page {
  if (!page.draft) return page;
  const { [network]: _, ...variants } = page.draft.variants;
  return edit(page, { variants });
}

/** Changes what goes with the text, within its kind. */
export function setMedia(page: Page, media: DraftMedia): Page {
  return edit({ ...page, isFileRefused: false }, { media });
}

/** Another kind of media, with what was typed for it before. */
export function chooseMedia(page: Page, kind: DraftMedia['kind']): Page {
  const before = page.draft?.media ?? { kind: 'none' };
  if (before.kind === kind) return page;
  const empty: DraftMedia = kind === 'none' ? { kind } : { kind, url: '' };
  return setMedia({ ...page, shelf: { ...page.shelf, [before.kind]: before } }, page.shelf[kind] ?? empty);
}

/** When it goes out. */
export function setWhen(page: Page, when: DraftTime): Page {
  return edit({ ...page, time: undefined }, { when });
}
