import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Media, NetworkDetails, NewShareTime, Update, UpdateEdit } from '../buffer/model.ts';
import { withoutNothing } from '../buffer/sameMedia.ts';
import { isSameText } from '../buffer/sameText.ts';
import { isAsWanted } from '../queue/asWanted.ts';
import type { Wanted } from './wanted.ts';

/**
 * Short hashes of what a post says, by field: `text`, `media`, `when`, `tags`, `reminder`, and each of a network's details
 * by its name. A field that is absent says nothing.
 */
export type Fingerprint = Readonly<Record<string, string>>;

/** Of what a file wants. */
export function fingerprintOf({ content, when, options, files = {} }: Wanted): Fingerprint {
  return hashed({
    text: tidy(content.text),
    media: mediaOf(content.media, (address) => files[address] ?? address),
    when: wantedTime(when),
    tags: options?.tagIds?.toSorted(),
    reminder: options?.isReminder || undefined,
    ...content.details,
  });
}

/** Of what Buffer has. */
export function fingerprintThere(update: Update): Fingerprint {
  return hashed({
    text: tidy(update.text),
    media: mediaOf(update.media, (address) => address),
    when: timeThere(update),
    tags: update.tags?.map(({ id }) => id).toSorted(),
    reminder: update.isReminder || undefined,
    ...update.details,
  });
}

/** The fields in which two differ. */
export function differences(one: Fingerprint, other: Fingerprint): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((field) => one[field] !== other[field]).sort();
}

/** Whether an update says in a field what a file wants there. */
export function says(update: Update, wanted: Wanted, field: string): boolean {
  const { content, when, options } = wanted;
  switch (field) {
    case 'text':
      return isSameText(content.text, update.text);
    case 'media':
      // Files get addresses of the service's own, so that theirs tell nothing.
      return (
        isAsWanted({ media: content.media ?? null }, { ...update, media: undefined }, update) ||
        // The service makes a card of a link in the text by itself.
        (content.media === undefined && update.media?.link !== undefined && !update.attachments?.length)
      );
    case 'when': {
      const there = timeThere(update);
      return there === undefined || there === wantedTime(when);
    }
    case 'tags':
      return isDeepStrictEqual(options?.tagIds?.toSorted() ?? [], (update.tags ?? []).map(({ id }) => id).toSorted());
    case 'reminder':
      return (options?.isReminder ?? false) === (update.isReminder ?? false);
    case 'thread': {
      const [ours, theirs] = [content.details?.thread ?? [], update.details?.thread ?? []];
      return ours.length === theirs.length && ours.every((text, index) => isSameText(text, theirs[index]!));
    }
    case 'threadPictures':
      // A list does not tell them.
      return (
        update.details?.threadPictures === undefined ||
        isAsWanted({ details: { threadPictures: content.details?.threadPictures ?? [] } }, update, update)
      );
    default:
      return isSameValue(detailOf(content.details, field), detailOf(update.details, field));
  }
}

/** The fields that name files, of which `says` holds only against each other how many there are and what is said of them. */
export const fileFields: ReadonlySet<string> = new Set(['media', 'threadPictures']);

/** Whether the files of an update have in a field just the addresses that a file wants there; also where it tells of none. */
export function hasAddresses(update: Update, { content }: Wanted, field: string): boolean {
  if (field === 'media') return isDeepStrictEqual(addressesOf(content.media), addressesOf(update.media));
  if (field !== 'threadPictures' || update.details?.threadPictures === undefined) return true;
  const [ours, theirs] = [content.details?.threadPictures, update.details.threadPictures].map((parts) =>
    (parts ?? []).map((pictures) => pictures.map(({ url }) => url)),
  );
  return isDeepStrictEqual(ours, theirs);
}

/**
 * The change that makes an update say in these fields what a file wants. Whatever else is there stays.
 * @param there  as Buffer has it
 */
export function editOf({ content, when, options }: Wanted, fields: readonly string[], there: Update): UpdateEdit {
  const names = fields.filter((field) => !ownFields.has(field));
  return {
    ...(fields.includes('text') && { text: content.text }),
    ...(fields.includes('media') && { media: content.media ?? null }),
    ...(fields.includes('when') && { when }),
    ...(fields.includes('tags') && { tagIds: options?.tagIds ?? [] }),
    ...(fields.includes('reminder') && { isReminder: options?.isReminder ?? false }),
    ...(names.length > 0 && { details: detailsWith(there.details, content.details, names) }),
  };
}

/** A hash that tells texts apart, short enough for a line that people see. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

const ownFields: ReadonlySet<string> = new Set(['text', 'media', 'when', 'tags', 'reminder']);

function hashed(values: Readonly<Record<string, unknown>>): Fingerprint {
  const told = Object.entries(values).flatMap(([field, value]) => {
    const kept = withoutNothing(value);
    return kept === undefined ? [] : [[field, shortHash(JSON.stringify(kept))] as const];
  });
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tidy(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/gu, '\n').trim();
}

function mediaOf(media: Media | undefined, nameOf: (address: string) => string): unknown {
  if (!media) return undefined;
  const { thumbnail: _, more, ...rest } = media;
  const named = (address: string | undefined) => address && nameOf(address);
  return {
    ...rest,
    picture: named(rest.picture),
    video: named(rest.video),
    document: named(rest.document),
    cover: named(rest.cover),
    more: more?.map((each) => ({ ...each, url: nameOf(each.url) })),
  };
}

function addressesOf({ picture, video, document, cover, more = [] }: Media = {}): readonly (string | undefined)[] {
  return [picture, video, document, cover, ...more.map(({ url }) => url)];
}

function wantedTime(when: NewShareTime): string {
  if (typeof when === 'object') return minuteOf(when.at);
  // Once it is there, the place in its queue is nobody's wish any more.
  return when === 'draft' ? 'draft' : 'queue';
}

/** Undefined where the service does not tell whose time it is. */
function timeThere({ status, dueAt, isFixedTime }: Update): string | undefined {
  if (status === 'draft') return 'draft';
  if (isFixedTime === undefined || status === 'sent' || status === 'sending' || status === 'failed') return undefined;
  return isFixedTime && dueAt ? minuteOf(dueAt) : 'queue';
}

/** The service may cut the seconds off. */
function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

function detailOf(details: NetworkDetails | undefined, name: string): unknown {
  return (details as Readonly<Record<string, unknown>> | undefined)?.[name];
}

function isSameValue(wanted: unknown, there: unknown): boolean {
  if (typeof wanted === 'string' && typeof there === 'string') return isSameText(wanted, there);
  // Of a flag, no is what nothing says.
  const told = (value: unknown) => withoutNothing(plain(value === false ? undefined : value));
  return isDeepStrictEqual(told(wanted), told(there));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** An edit tells all details that an update is to have. */
function detailsWith(there: NetworkDetails = {}, wanted: NetworkDetails | undefined, names: readonly string[]): NetworkDetails {
  const changed = Object.fromEntries(names.map((name) => [name, detailOf(wanted, name)]));
  // Where nothing is said of the pictures of a thread's parts, they stay.
  const { threadPictures, ...rest } = { ...there, ...changed };
  return names.includes('threadPictures') && threadPictures ? { ...rest, threadPictures } : rest;
}
