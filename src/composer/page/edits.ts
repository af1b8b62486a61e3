import { networkNeeds } from '../../core/networks/networkNeeds.ts';
import {
  type Draft,
  type DraftDetails,
  type DraftMedia,
  type DraftPicture,
  type DraftTime,
  hasVariant,
  picturesOf,
  typedFor,
} from '../../core/drafts/draft.ts';
import { chosenNetworks } from './chosen.ts';
import { partPictures, threadOf } from './details.ts';
import { isSending, type Page } from './page.ts';

/** What a person does to a draft. Each takes the page as it is and gives the page that follows. */

/** Changes the draft; every change makes it newer than each copy of it. */
export function edit(page: Page, change: Partial<Draft>): Page {
  const { draft } = page;
  if (!draft || isSending(page)) return page;
  return { ...page, draft: { ...draft, ...change, revision: draft.revision + 1 } };
}

/** Chooses a profile, or no longer. One that is in trouble can only be left out. */
export function toggleProfile(page: Page, id: string): Page {
  const chosen = page.draft?.profileIds ?? [];
  if (chosen.includes(id))
    return chooseProfiles(
      page,
      chosen.filter((each) => each !== id),
    );
  return chooseProfiles(page, [...chosen, id]);
}

/** Shows all profiles, or again two lines of them: the chosen ones first. */
export function unfoldProfiles(page: Page, isUnfolded: boolean): Page {
  return { ...page, isUnfolded, first: isUnfolded ? page.first : (page.draft?.profileIds ?? []) };
}

/** Chooses exactly these, in the order of the list, without those that are in trouble. */
export function chooseProfiles(page: Page, ids: readonly string[]): Page {
  if (page.draft?.editing) return page;
  page = { ...page, refusedId: undefined };
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
  return edit({ ...page, refusedFile: undefined }, { media: fitting(media) });
}

/** More pictures than any network takes, and than a draft may hold. */
const picturesHold = 35;

/** Other pictures, or in another order; the last one does not go, as there is a kind of media for none. */
export function setPictures(page: Page, pictures: readonly DraftPicture[]): Page {
  const [first = { url: '' }, ...more] = pictures.slice(0, picturesHold);
  return setMedia(page, {
    kind: 'picture',
    ...first,
    ...((more.length > 0 || hadMore(page)) && { more: more.map((each) => ({ ...each })) }),
  });
}

/** Puts a picture into the place of another one; those between move up or down. */
export function movePicture(page: Page, from: number, to: number): Page {
  const pictures = picturesOf(page.draft?.media);
  return pictures[from] && to >= 0 && to < pictures.length ? setPictures(page, moved(pictures, from, to)) : page;
}

function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  return items.toSpliced(from, 1).toSpliced(to, 0, items[from]!);
}

/** An update that had several says so, also when one is left. */
function hadMore({ draft }: Page): boolean {
  return draft?.editing?.media?.kind === 'picture' && draft.editing.media.more !== undefined;
}

/** Another kind of media, with what was typed for it before. */
export function chooseMedia(page: Page, kind: DraftMedia['kind']): Page {
  const before = page.draft?.media ?? { kind: 'none' };
  if (before.kind === kind) return page;
  const empty: DraftMedia = kind === 'none' ? { kind } : { kind, url: '' };
  return setMedia({ ...page, shelf: { ...page.shelf, [before.kind]: before } }, page.shelf[kind] ?? empty);
}

/** More texts than any network's thread has, and than a draft may hold. */
export const threadHolds = 99;
/** A draft with more in one field, or more who are tagged in a picture, would be refused as a whole. */
const fieldHolds = 100_000;
const taggedHold = 100;

/** What was typed, as much of it as a draft may hold, however deep it stands. */
function fitting<Value>(value: Value): Value {
  const fit = (each: unknown, name = ''): unknown => {
    if (typeof each === 'string') return each.slice(0, fieldHolds);
    if (Array.isArray(each)) return (name === 'taggedUsers' ? each.slice(0, taggedHold) : each).map((item) => fit(item));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, fit(inner, key)]));
  };
  return fit(value) as Value;
}

/** Types or chooses something that one network asks for. What other networks were given stays, even while nobody chose them. */
export function setDetails(page: Page, service: string, change: Partial<DraftDetails>): Page {
  if (!page.draft) return page;
  // The texts of a thread are as long as that of the update.
  const fit = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, typeof value === 'string' ? fitting(value) : value]));
  return edit(page, { details: { ...page.draft.details, [service]: { ...typedFor(page.draft, service), ...fit } } });
}

/** Takes away all that was typed for a network beside the text. */
export function removeDetails(page: Page, service: string): Page {
  const { [service]: _, ...others } = page.draft?.details ?? {};
  return edit(page, { details: others });
}

/** Chooses where a profile's pin goes. */
export function setBoard(page: Page, service: string, profileId: string, board: string): Page {
  if (!page.draft) return page;
  const { [profileId]: _, ...others } = typedFor(page.draft, service).boards ?? {};
  return setDetails(page, service, { boards: board ? { ...others, [profileId]: board } : others });
}

/** Whether one more text fits into a thread. */
export function hasRoom(draft: Draft, service: string): boolean {
  return threadOf(draft, service).length < threadHolds;
}

/** A part of a thread: its text, and what goes with it. */
export interface ThreadPart {
  readonly text: string;
  readonly pictures: readonly DraftPicture[];
}

/** The parts of a network's thread that follow the first. */
export function partsOf(draft: Pick<Draft, 'details'>, service: string): readonly ThreadPart[] {
  return threadOf(draft, service).map((text, index) => ({ text, pictures: partPictures(draft, service, index) }));
}

/** Whether there is something in a network's thread that someone would miss: words, or pictures alone. */
export function hasThread(draft: Draft, service: string): boolean {
  return partsOf(draft, service).some(({ text, pictures }) => text.trim() || pictures.length > 0);
}

/** Gives a network another thread. Pictures are said of its parts only where there are, or were, some. */
export function setParts(page: Page, service: string, parts: readonly ThreadPart[]): Page {
  if (!page.draft) return page;
  const isSaid = typedFor(page.draft, service).threadPictures !== undefined || parts.some(({ pictures }) => pictures.length > 0);
  return setDetails(page, service, {
    thread: parts.map(({ text }) => text),
    ...(isSaid && { threadPictures: parts.map(({ pictures }) => [...pictures]) }),
  });
}

/** Adds an empty text to the end of a network's thread. */
export function addToThread(page: Page, service: string): Page {
  if (!page.draft || !hasRoom(page.draft, service)) return page;
  return setParts(page, service, [...partsOf(page.draft, service), { text: '', pictures: [] }]);
}

/** Types a text of a thread. */
export function setInThread(page: Page, service: string, index: number, text: string): Page {
  if (!page.draft) return page;
  return setDetails(page, service, { thread: threadOf(page.draft, service).with(index, text) });
}

/** Gives a part of a thread other pictures. */
export function setPartPictures(page: Page, service: string, index: number, pictures: readonly DraftPicture[]): Page {
  if (!page.draft) return page;
  const parts = partsOf(page.draft, service);
  return setParts(page, service, parts.with(index, { ...parts[index]!, pictures: fitting(pictures.slice(0, picturesHold)) }));
}

/** Takes a part out of a thread. One with something in it can come back. */
export function removeFromThread(page: Page, service: string, index: number): Page {
  const parts = page.draft ? partsOf(page.draft, service) : [];
  const part = parts[index];
  if (!part) return page;
  const next = setParts(page, service, parts.toSpliced(index, 1));
  const isBlank = !part.text.trim() && part.pictures.length === 0;
  return next === page || isBlank ? next : { ...next, removed: [...next.removed, { service, index, ...part }] };
}

/** Brings back what was last taken out of a thread. */
export function undoRemoval(page: Page, service: string): Page {
  const last = page.removed.findLast((each) => each.service === service);
  if (!page.draft || !last || !hasRoom(page.draft, service)) return page;
  const { index, text, pictures } = last;
  const next = setParts(page, service, partsOf(page.draft, service).toSpliced(index, 0, { text, pictures }));
  return next === page ? page : { ...next, removed: next.removed.filter((each) => each !== last) };
}

/** Puts a part of a thread into the place of another one; those between move up or down. */
export function moveInThread(page: Page, service: string, from: number, to: number): Page {
  const parts = page.draft ? partsOf(page.draft, service) : [];
  if (from === to || parts[from] === undefined || to < 0 || to >= parts.length) return page;
  return setParts(page, service, moved(parts, from, to));
}

/** Gives other networks the same thread. */
export function copyThread(page: Page, service: string, others: readonly string[]): Page {
  if (!page.draft) return page;
  const parts = partsOf(page.draft, service);
  return others.reduce((now, other) => setParts(now, other, parts), page);
}

/** Writes the attached link into the text of each chosen network that shows no card. */
export function putLinkIntoText(page: Page): Page {
  const { draft } = page;
  if (draft?.media.kind !== 'link') return page;
  const url = draft.media.url.trim();
  const withLink = (text: string) => (text.includes(url) ? text : text.trim() ? `${text.trimEnd()}\n${url}` : url);
  const services = chosenNetworks(page)
    .map(({ service }) => service)
    .filter((service) => !networkNeeds(service).takesCard);
  const own = services.filter((service) => hasVariant(draft, service));
  return edit(page, {
    text: own.length < services.length ? withLink(draft.text) : draft.text,
    variants: { ...draft.variants, ...Object.fromEntries(own.map((service) => [service, withLink(draft.variants[service]!)])) },
  });
}

/** When it goes out. */
export function setWhen(page: Page, when: DraftTime): Page {
  return edit({ ...page, time: undefined }, { when });
}
