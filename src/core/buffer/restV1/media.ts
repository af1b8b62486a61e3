import type { Attachment, Media } from '../model.ts';
import { asObject, asText, type Raw } from '../readers.ts';

/**
 * What an update of v1 carries beside its text. Its documents know a link or one picture, and only these can be sent
 * back with an edit; Buffer's own clients also read further pictures, videos and posts of others.
 */

/** A list, or a map by number. */
export function extraMediaIn(raw: unknown): readonly unknown[] {
  return Object.values(asObject(raw) ?? {}).filter((each) => each !== null && each !== undefined);
}

export interface Retweet {
  readonly comment?: string;
  readonly text?: string;
}

export function retweetIn(raw: unknown): Retweet | undefined {
  const retweet = asObject(raw);
  return retweet && { comment: asText(retweet['comment']), text: asText(retweet['text']) };
}

/** The link or the first file, in the model's words. */
export function mediaOf(raw: Raw | undefined): Media | undefined {
  const { photo, picture, alt_text: _alternative, description, ...others } = partsOf(raw);
  const media: Media = {
    ...others,
    description: description ?? (others.link ? undefined : alternativeOf(raw)),
    picture: picture || photo,
    video: videoOf(raw?.['video'])?.url,
  };
  return Object.values(media).some(Boolean) ? media : undefined;
}

/** Every file; the picture of a link's card is none of them. */
export function attachmentsOf(raw: Raw | undefined, extra: readonly unknown[]): readonly Attachment[] | undefined {
  const files = [...(raw?.['link'] ? [] : filesOf(raw)), ...extra.flatMap((each) => filesOf(each))];
  return files.length > 0 ? files : undefined;
}

/** What v1 takes back with no edit, so that an edit of the text would lose it. */
export function closedBy(raw: Raw | undefined, extra: readonly unknown[], retweet: object | undefined): readonly string[] {
  const { video, ...others } = raw ?? {};
  const reasons: readonly (readonly [reason: string, isSo: boolean])[] = [
    ['extraMedia', extra.length > 0],
    ['video', isFilled(video)],
    ['retweet', retweet !== undefined],
    ['altText', alternativeOf(raw) !== undefined],
    // Such as a document: whatever is more than a word or a number is no preview of something else.
    ['otherMedia', Object.values(others).some((each) => typeof each === 'object' && isFilled(each))],
  ];
  return reasons.filter(([, isSo]) => isSo).map(([reason]) => reason);
}

/** The words of a retweet whose update has none of its own: the person's comment, else those that are passed on. */
export function retweetWords(retweet: Retweet | undefined): string {
  return retweet?.comment || retweet?.text || '';
}

function partsOf(raw: unknown) {
  const parts = asObject(raw);
  return {
    link: asText(parts?.['link']),
    title: asText(parts?.['title']),
    description: asText(parts?.['description']),
    picture: asText(parts?.['picture']),
    photo: asText(parts?.['photo']),
    thumbnail: asText(parts?.['thumbnail']),
    alt_text: asText(parts?.['alt_text']),
  };
}

/** The alternative text of a picture; Buffer's own clients take the word `null` for none. */
function alternativeOf(raw: unknown): string | undefined {
  const alternative = asText(asObject(raw)?.['alt_text']);
  return alternative && alternative !== 'null' ? alternative : undefined;
}

function filesOf(raw: unknown): Attachment[] {
  const { picture, photo, thumbnail, description } = partsOf(raw);
  const film = typeof raw === 'object' && raw !== null ? videoOf((raw as Raw)['video']) : undefined;
  if (film) return [{ kind: 'video', url: film.url, thumbnail, title: film.title }];
  const url = picture || photo;
  return url ? [{ kind: 'picture', url, thumbnail, description: alternativeOf(raw) ?? description }] : [];
}

/** Where a video is: its address itself, or among what is told of it. */
function videoOf(raw: unknown): { readonly url: string; readonly title?: string } | undefined {
  if (typeof raw === 'string') return URL.canParse(raw) ? { url: raw } : undefined;
  const film = asObject(raw);
  const details = asObject(film?.['details']);
  const url = asText(details?.['transcoded_location']) || asText(details?.['location']);
  return url ? { url, title: asText(film!['title']) } : undefined;
}

function isFilled(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isFilled);
  return value !== undefined && value !== null && value !== '' && value !== false;
}
