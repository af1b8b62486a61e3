import { type Media, statusAfter, type Update, type UpdateEdit } from '../buffer/model.ts';
import { isSameMedia } from '../buffer/sameMedia.ts';
import { isSameText } from '../buffer/sameText.ts';
import { isSameSet } from './editConflict.ts';

/**
 * Whether an update is as an edit wanted it.
 * @param before  as it was when the edit was sent
 */
export function isAsWanted({ text, when, media, details, isReminder, approval, tagIds }: UpdateEdit, before: Update, now: Update): boolean {
  // The service may cut the seconds off, and shorten links.
  const isInTime = typeof when !== 'object' || Math.abs((now.dueAt?.getTime() ?? 0) - when.at.getTime()) < 60_000;
  const isOut = when !== 'now' || now.status === 'sent' || now.status === 'sending';
  const isOutOfDrafts = when === undefined || before.status !== 'draft' || now.status !== 'draft';
  const isLink = media === undefined || isSameText(media?.link ?? '', now.media?.link ?? '');
  const has = (file: 'picture' | 'video' | 'document') =>
    media === undefined || isSameFile(media?.[file], before.media?.[file], now.media?.[file]);
  const isWhole = media === undefined || (media?.more?.length ?? 0) === (now.media?.more?.length ?? 0);
  const isSaid = media === undefined || isDescribedAs(media ?? {}, now.media ?? {});
  const thread = now.details?.thread ?? [];
  const isThread =
    details?.thread === undefined ||
    (thread.length === details.thread.length && details.thread.every((each, index) => isSameText(each, thread[index]!)));
  const pictures = details?.threadPictures?.map((each) => each.map(({ description }) => description ?? ''));
  const nowPictures = now.details?.threadPictures?.map((each) => each.map(({ description }) => description ?? ''));
  const isPictured = !pictures || !nowPictures || JSON.stringify(pictures) === JSON.stringify(nowPictures);
  const isReminded = isReminder === undefined || (now.isReminder ?? false) === isReminder;
  const tags = (now.tags ?? []).map(({ id }) => id);
  const isTagged = tagIds === undefined || isSameSet(tagIds, tags);
  const isDecided = approval === undefined || now.status === statusAfter[approval];
  return (
    isReminded &&
    isTagged &&
    isDecided &&
    isSameText(now.text, text ?? before.text) &&
    isInTime &&
    isOut &&
    isOutOfDrafts &&
    isLink &&
    has('picture') &&
    has('video') &&
    has('document') &&
    isWhole &&
    isSaid &&
    isThread &&
    isPictured
  );
}

/** What is said of files stays as it was sent. Of a link's card the service fills in what nobody said. */
function isDescribedAs(wanted: Media, now: Media): boolean {
  if (wanted.link) return true;
  const about = ({ title, description, coverAt, taggedUsers, more = [] }: Media) => ({
    title,
    coverAt,
    description,
    taggedUsers: wanted.taggedUsers && taggedUsers,
    more: more.map((each, index) => ({
      url: '',
      description: each.description,
      taggedUsers: wanted.more?.[index]?.taggedUsers && each.taggedUsers,
    })),
  });
  return isSameMedia(about(wanted), about(now));
}

/** Files get addresses of the service's own; one that was exchanged has at least not the address of before. */
function isSameFile(wanted: string | undefined, before: string | undefined, now: string | undefined): boolean {
  return wanted === now || (wanted !== undefined && now !== undefined && (wanted === before || now !== before));
}
