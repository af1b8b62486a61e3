import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type {
  Attachment,
  Media,
  NetworkDetails,
  NewShareTime,
  NewUpdateOptions,
  Picture,
  Profile,
  Update,
  UpdateEdit,
} from '../buffer/model.ts';
import { takenDetails, withParts } from '../networks/networkNeeds.ts';
import { commonEnds } from '../buffer/mentions.ts';
import { withoutNothing } from '../buffer/sameMedia.ts';
import { safeUrl } from '../buffer/transport/serviceUrl.ts';
import { type Draft, type DraftDetails, type DraftMedia, type DraftPicture, emptyDraft, type KeptFile, textFor } from './draft.ts';
import { asFraction, asMoment, typedMoment } from './typedNumbers.ts';

/** Drafts as the queue understands them, and updates as drafts. */

/** An update as a draft that edits it. */
export function draftOf(update: Update): Draft {
  const { id, profileId, service, text } = update;
  const media = draftMediaOf(update.media);
  const details = update.details && draftDetailsOf(update.details, profileId);
  return {
    ...emptyDraft(randomUUID(), [profileId]),
    text,
    media,
    details: details && { [service]: details },
    when: { kind: 'keep' },
    tagIds: tagIdsOf(update),
    editing: {
      updateId: id,
      profileId,
      text,
      media,
      details: details ?? {},
      kept: keptOf(update),
      tagIds: tagIdsOf(update),
    },
  };
}

/** What an update brings to a new draft that says the same, for the same profile, and how many of its files have no place there. */
export function draftToRepeat(update: Update): {
  readonly start: Pick<Draft, 'text' | 'media' | 'details' | 'profileIds' | 'tagIds'>;
  readonly left: number;
} {
  const { text, media, details, profileIds, tagIds } = draftOf(update);
  return { start: { text, media, details, profileIds, tagIds }, left: keptOf(update)?.length ?? 0 };
}

function tagIdsOf({ tags = [] }: Update): string[] {
  return tags.map(({ id }) => id);
}

/** The tags after an edit: what was set or removed here, among those that it has by now. Undefined where nothing was. */
function editedTags({ tagIds }: Draft, opened: readonly string[] | undefined, present: Update): readonly string[] | undefined {
  if (!tagIds || !opened) return undefined;
  const now = tagIdsOf(present);
  const set = tagIds.filter((id) => !opened.includes(id) && !now.includes(id));
  const left = now.filter((id) => tagIds.includes(id) || !opened.includes(id));
  return set.length > 0 || left.length < now.length ? [...left, ...set] : undefined;
}

/** The files of an update that the composer does not edit, and that stay as they are. */
function keptOf({ media, details, attachments = [], threadAttachments = [] }: Update): KeptFile[] | undefined {
  const isShown = media !== undefined && media.link === undefined;
  const own = attachments.slice(isShown ? 1 + (media.more?.length ?? 0) : 0).map((each) => keptFileOf(each));
  const parts = (details?.threadPictures ? [] : threadAttachments).flatMap((files, index) =>
    files.map((each) => keptFileOf(each, index + 2)),
  );
  const kept = [...own, ...parts];
  return kept.length ? kept : undefined;
}

function keptFileOf({ kind, url, thumbnail, description, title }: Attachment, part?: number): KeptFile {
  const picture = safeUrl(thumbnail)?.href ?? (kind === 'picture' ? safeUrl(url)?.href : undefined);
  return { kind, picture, description: description ?? title, part };
}

/**
 * What a person changed of an update since they opened it, and whether somebody else changed just that meanwhile.
 * @param present    the update as it is now
 * @param canDetail  the service takes what networks ask for beside text and media
 */
export function changeOf(
  draft: Draft,
  editing: NonNullable<Draft['editing']>,
  present: Update,
  profile: Profile,
  canDetail: boolean,
): { readonly change: UpdateEdit; readonly isConflict: boolean } {
  const { service } = profile;
  const nowDetails = present.details && draftDetailsOf(present.details, profile.id);
  const openedDetails = editing.details ?? nowDetails;
  const detailsIn = (given: DraftDetails | undefined) => editedDetails(given, openedDetails, profile);
  const now = { text: present.text, media: draftMediaOf(present.media), details: detailsIn(nowDetails) };
  const text = withBreaksOf(editing.text, textFor(draft, service));
  const wanted = { text, media: draft.media, details: withPartBreaks(detailsIn(draft.details?.[service]), openedDetails?.thread) };
  const opened = { text: editing.text, media: editing.media ?? now.media, details: detailsIn(openedDetails) };
  const isText = wanted.text !== opened.text;
  const isMedia = !isSame(wanted.media, opened.media);
  const fields = canDetail
    ? detailNames(wanted.details, opened.details).filter((name) => !isSame(wanted.details[name], opened.details[name]))
    : [];
  // Only the fields that were changed: the others are as somebody else may have left them.
  const changed = fields.length
    ? { ...present.details, ...Object.fromEntries(fields.map((name) => [name, wanted.details[name]])) }
    : undefined;
  // A part's pictures are in its place: they are said with the parts, or not at all.
  const { thread, threadPictures } = wanted.details;
  const isThread = fields.includes('thread') || fields.includes('threadPictures');
  const details = changed && isThread ? { ...changed, thread, threadPictures } : changed;
  // Pictures that are not said stay with their parts.
  const saidParts = threadPictures ? (['thread', 'threadPictures'] as const) : (['thread'] as const);
  const sent = new Set<keyof NetworkDetails>([...fields, ...(isThread ? saidParts : [])]);
  const isOther = (part: 'text' | 'media') => !isSame(now[part], opened[part]) && !isSame(now[part], wanted[part]);
  const isOtherDetail = (name: keyof NetworkDetails) =>
    !isSame(now.details[name], opened.details[name]) && !isSame(now.details[name], wanted.details[name]);
  const isConflict = (isText && isOther('text')) || (isMedia && isOther('media')) || [...sent].some(isOtherDetail);
  const tagIds = editedTags(draft, editing.tagIds, present);
  return {
    change: {
      ...(isText && { text }),
      ...(isMedia && { media: mediaOf(draft) ?? null }),
      ...(details && { details }),
      ...(tagIds && { tagIds }),
    },
    isConflict,
  };
}

/** A page has one kind of line break. A text that came with others keeps them where it was not changed. */
function withBreaksOf(opened: string, text: string): string {
  if (!opened.includes('\r') || text.includes('\r')) return text;
  const { head, tail } = commonEnds(withPlainBreaks(opened), text);
  // Each of them is one unit on the page.
  const units = opened.match(/\r\n|[^]/g) ?? [];
  const typed = text.slice(head, text.length - tail).replaceAll('\n', opened.includes('\r\n') ? '\r\n' : '\n');
  return [...units.slice(0, head), typed, ...units.slice(units.length - tail)].join('');
}

/** The same for the parts of a thread, which are known by their words. */
function withPartBreaks(details: NetworkDetails, opened: readonly string[] = []): NetworkDetails {
  if (!details.thread || !opened.some((each) => each.includes('\r'))) return details;
  const partOf = (text: string, index: number) =>
    text.includes('\r')
      ? text
      : (opened.find((each) => withPlainBreaks(each) === withPlainBreaks(text)) ?? withBreaksOf(opened[index] ?? '', text));
  return { ...details, thread: details.thread.map(partOf) };
}

function withPlainBreaks(text: string): string {
  return text.replace(/\r\n?/gu, '\n');
}

/** What is told beside text and media after an edit. */
function editedDetails(given: DraftDetails | undefined, opened: DraftDetails | undefined, profile: Profile): NetworkDetails {
  const details = detailsOf({ details: given && { [profile.service]: given } }, profile);
  if (!details.thread) return details;
  const { thread: typed = [], threadPictures } = given ?? {};
  const all = { ...details, thread: typed, threadPictures: threadPictures && picturesOfParts(threadPictures) };
  // A part without words may be one with a picture, so as many stay as there were; further ones are a field that nobody typed in.
  const before = opened?.thread ?? [];
  if (typed.length === before.length) return withParts(all, () => true);
  let blanks = before.filter((each) => !each.trim()).length;
  return withParts(all, (text, pictures) => Boolean(text.trim()) || pictures.length > 0 || blanks-- > 0);
}

function picturesOfParts(parts: readonly (readonly DraftPicture[])[]): Picture[][] {
  return parts.map((pictures) => pictures.map(pictureOf));
}

function detailNames(...all: readonly NetworkDetails[]): (keyof NetworkDetails)[] {
  return [...new Set(all.flatMap((each) => Object.keys(each) as (keyof NetworkDetails)[]))];
}

/** Nothing typed is the same as nothing there. */
function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(withoutNothing(a), withoutNothing(b));
}

export function draftMediaOf(media: Media | undefined): DraftMedia {
  if (media?.link) return { kind: 'link', url: media.link, title: media.title, description: media.description, picture: media.picture };
  if (media?.video)
    return {
      kind: 'video',
      url: media.video,
      title: media.title,
      coverAt: media.coverAt === undefined ? undefined : typedMoment(media.coverAt),
    };
  if (media?.document) return { kind: 'document', url: media.document, title: media.title, cover: media.cover };
  if (media?.picture) {
    const { picture: url, description, taggedUsers, more } = media;
    return { kind: 'picture', ...draftPictureOf({ url, description, taggedUsers }), ...(more && { more: more.map(draftPictureOf) }) };
  }
  return { kind: 'none' };
}

/** A picture as it is edited. */
function draftPictureOf({ url, description, taggedUsers }: Picture): DraftPicture {
  const typed = taggedUsers?.map(({ handle, x, y }) => ({ handle, x: String(x), y: String(y) }));
  return { url, description, ...(typed && { taggedUsers: typed }) };
}

/** A picture as it is sent. */
function pictureOf({ url, description, taggedUsers }: DraftPicture): Picture {
  const users = taggedUsers?.map(({ handle, x, y }) => ({ handle, x: placeOf(x), y: placeOf(y) }));
  return { url: url.trim(), description, ...(users && { taggedUsers: users }) };
}

/** One that another client put outside of the picture stays there as long as nobody types another. */
function placeOf(typed: string): number {
  const number = Number(typed || Number.NaN);
  return asFraction(typed) ?? (Number.isFinite(number) ? number : 0.5);
}

export function draftDetailsOf(
  { board, thread, threadPictures, startsAt, endsAt, ...rest }: NetworkDetails,
  profileId: string,
): DraftDetails {
  return {
    ...rest,
    thread: thread && [...thread],
    threadPictures: threadPictures?.map((pictures) => pictures.map(draftPictureOf)),
    boards: board === undefined ? undefined : { [profileId]: board },
    startsAt: startsAt?.toISOString(),
    endsAt: endsAt?.toISOString(),
  };
}

/** What is attached; addresses without the white space that came with them. */
export function mediaOf({ media }: Draft): Media | undefined {
  switch (media.kind) {
    case 'link':
      return { link: media.url.trim(), title: media.title, description: media.description, picture: media.picture?.trim() || undefined };
    case 'picture': {
      const { url: picture, ...about } = pictureOf(media);
      return { picture, ...about, ...(media.more && { more: media.more.map(pictureOf) }) };
    }
    case 'video':
      return { video: media.url.trim(), title: media.title, coverAt: asMoment(media.coverAt ?? '') };
    case 'document':
      return { document: media.url.trim(), title: media.title, cover: media.cover?.trim() };
    case 'none':
      return undefined;
  }
}

/** When a new update goes out. */
export function shareTimeOf({ when }: Draft): NewShareTime {
  if (when.kind === 'at') return { at: new Date(when.at ?? Number.NaN) };
  return when.kind === 'keep' ? 'queue' : when.kind;
}

/** What goes along with a new update. */
export function optionsOf({ isReminder, tagIds, ideaId }: Draft): NewUpdateOptions | undefined {
  const options: NewUpdateOptions = {
    ...(isReminder && { isReminder }),
    ...(tagIds?.length && { tagIds }),
    ...(ideaId !== undefined && { ideaId }),
  };
  return Object.keys(options).length ? options : undefined;
}

/** When an update that is edited goes out; undefined keeps its time. @param canRequeue  the service can give it back to its queue */
export function editTimeOf({ when }: Draft, canRequeue: boolean): NewShareTime | undefined {
  if (when.kind === 'keep' || (!canRequeue && (when.kind === 'queue' || when.kind === 'next'))) return undefined;
  if (when.kind === 'at') return when.at ? { at: new Date(when.at) } : undefined;
  return when.kind;
}

/** What a profile's network is told beside text and media: only what goes with the chosen kind of post. */
export function detailsOf({ details }: Pick<Draft, 'details'>, { id, service, boards: known }: Profile): NetworkDetails {
  const { boards, startsAt, endsAt, threadPictures, ...rest } = details?.[service] ?? {};
  const board = boards?.[id];
  return takenDetails(service, {
    ...rest,
    threadPictures: threadPictures && picturesOfParts(threadPictures),
    board: known?.some((each) => each.id === board) ? board : undefined,
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
  });
}

function instant(time: string | undefined): Date | undefined {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
