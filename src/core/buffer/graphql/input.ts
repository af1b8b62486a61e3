import { type AssetInput, type CreatePostInput, linkAsset, type Metadata, metadataKey } from './fullPost.ts';
import type { Media, NetworkDetails, NewUpdate, Picture, Service, ShareTime } from '../model.ts';
import { networkNeeds, withDefaults } from '../../networks/networkNeeds.ts';

// What the GraphQL API is told of an update, in its own shapes.

/** What a new update is, to one channel of a network. */
export function createInput(
  { text, when, media, details, reminded, tagIds, ideaId }: NewUpdate,
  channelId: string,
  service: Service,
): CreatePostInput {
  const metadata = metadataInput(service, text, mediaFor(service, media), details?.[channelId]);
  return {
    channelId,
    schedulingType: reminded?.includes(channelId) ? 'notification' : 'automatic',
    text,
    ...(when === 'draft' ? { mode: 'addToQueue', saveToDraft: true } : timeInput(when)),
    ...(tagIds?.length && { tagIds: [...tagIds] }),
    ...(ideaId !== undefined && { ideaId }),
    assets: [...assetsInput(mediaFor(service, media)), ...cardAsset(service, media)],
    metadata,
  };
}

/**
 * Of what is said of files that go to several networks, each gets what it takes; one that nobody told us of gets all.
 * The files themselves go to each: the composer tells before who shows them not.
 */
function mediaFor(service: Service, media: Media | undefined): Media | undefined {
  const { takesCoverMoment, takesTaggedUsers } = networkNeeds(service);
  if (!media || !metadataKey(service)) return media;
  const { coverAt, taggedUsers, more, ...rest } = media;
  return {
    ...rest,
    ...(takesCoverMoment && { coverAt }),
    ...(takesTaggedUsers && { taggedUsers }),
    ...(more && { more: takesTaggedUsers ? more : more.map(({ taggedUsers: _, ...each }) => each) }),
  };
}

/** A network that nobody told us of has no input of its own: its link's card goes among the attachments. */
function cardAsset(service: Service, media: Media | undefined): AssetInput[] {
  if (!media?.link || metadataKey(service)) return [];
  const { link, title, description, picture } = media;
  return [{ link: linkAsset({ url: link, title, description, ...(picture && { thumbnail: { url: picture } }) }) }];
}

/** `mode`, and `dueAt` where a time was chosen, as ISO 8601 in UTC. */
export function timeInput(when: ShareTime): { mode: CreatePostInput['mode']; dueAt?: string } {
  switch (when) {
    case 'queue':
      return { mode: 'addToQueue' };
    case 'next':
      return { mode: 'shareNext' };
    case 'now':
      return { mode: 'shareNow' };
    default:
      return { mode: 'customScheduled', dueAt: when.at.toISOString() };
  }
}

/** Pictures, a video or a document; a link's card is part of the metadata instead, and takes none of these beside it. */
export function assetsInput(media: Media | null | undefined): AssetInput[] {
  // A card's picture is no picture of its own.
  if (!media || media.link) return [];
  if (media.video) return [{ video: videoInput(media.video, media) }];
  if (media.document) return [{ document: { url: media.document, title: media.title ?? '', thumbnailUrl: media.cover ?? '' } }];
  return picturesOf(media).map((each) => ({ image: imageInput(each) }));
}

/** The pictures that media show, in their order; none where they are of another kind. */
export function picturesOf({ link, picture, description, taggedUsers, more = [] }: Media = {}): readonly Picture[] {
  return picture && !link ? [{ url: picture, description, taggedUsers }, ...more] : [];
}

/** A picture as cover would take the whole post with it: networks show a moment of the video instead. */
function videoInput(url: string, { title, coverAt: thumbnailOffset }: Media): NonNullable<AssetInput['video']> {
  const metadata = { ...(title && { title }), ...(thumbnailOffset !== undefined && { thumbnailOffset }) };
  return { url, ...(Object.keys(metadata).length > 0 && { metadata }) };
}

/** A picture that is new to the service. */
export function imageInput({ url, description: altText = '', taggedUsers = [] }: Picture): NonNullable<AssetInput['image']> {
  const userTags = taggedUsers.map(({ handle, x, y }) => ({ handle, x, y }));
  // The words are part of whatever is said of a picture.
  const metadata = { altText, ...(userTags.length > 0 && { userTags }) };
  return { url, ...((altText || userTags.length > 0) && { metadata }) };
}

/**
 * What the network takes beside text and assets; undefined where there is nothing to tell. An empty thread, and null
 * for media, take away what an update had.
 */
export function metadataInput(
  service: Service,
  text: string,
  media: Media | null | undefined,
  given: NetworkDetails | undefined,
): Metadata | undefined {
  const details = withDefaults(service, given);
  // A thread begins with the text itself.
  const thread =
    details.thread &&
    (details.thread.length
      ? [text, ...details.thread].map((each, index) => ({
          text: each,
          assets: (details.threadPictures?.[index - 1] ?? []).map((picture): AssetInput => ({ image: imageInput(picture) })),
        }))
      : []);
  // Threads publishes only what its first part carries, though it shows what the post carries.
  if (service === 'threads' && thread?.[0]) thread[0].assets.push(...assetsInput(media));
  const linkAttachment = media === null ? null : cardOf(media);
  switch (service) {
    case 'twitter':
      return unlessBlank({ twitter: { thread, ...plainInput('twitter', details) } });
    case 'bluesky':
      return unlessBlank({ bluesky: { thread, linkAttachment } });
    case 'mastodon':
      return unlessBlank({ mastodon: { thread, ...plainInput('mastodon', details) } });
    case 'threads':
      return unlessBlank({ threads: { thread, linkAttachment, ...plainInput('threads', details) } });
    case 'linkedin':
      return unlessBlank({ linkedin: { linkAttachment, ...plainInput('linkedin', details) } });
    case 'facebook':
      return { facebook: { type: 'post', linkAttachment, ...plainInput('facebook', details) } };
    case 'instagram':
      // Several pictures are a `post`, too.
      return { instagram: { type: 'post', shouldShareToFeed: true, ...plainInput('instagram', details) } };
    case 'pinterest':
      return { pinterest: { url: media?.link, ...plainInput('pinterest', details) } };
    case 'tiktok':
      return unlessBlank({ tiktok: plainInput('tiktok', details) });
    case 'youtube':
      return { youtube: plainInput('youtube', details) };
    case 'googlebusiness':
      return { google: googleInput(details, media) };
    default:
      return undefined;
  }
}

/** Those that stand in a network's metadata as they are; a test holds their names to the schema. */
function plainInput<Key extends keyof Metadata>(service: Key, details: NetworkDetails): Partial<NonNullable<Metadata[Key]>> {
  const input: Record<string, unknown> = {};
  for (const { name, wire, word, choices } of networkNeeds(service).fields) {
    const value = word === undefined ? details[name] : details[name] ? word : undefined;
    if (wire === undefined || value === undefined) continue;
    const [field, inner] = wire.split('.') as [string, string?];
    const told = choices && typeof value === 'string' ? oneOf(value, choices as [string, ...string[]]) : value;
    input[field] = inner === undefined ? told : { ...(input[field] as object | undefined), [inner]: told };
  }
  return input as Partial<NonNullable<Metadata[Key]>>;
}

/** Nothing where a network has nothing to say. */
function unlessBlank(metadata: Metadata): Metadata | undefined {
  const [input] = Object.values(metadata) as [object];
  return Object.values(input).some((value) => value !== undefined && value !== '') ? metadata : undefined;
}

function cardOf(media: Media | undefined) {
  if (!media?.link) return undefined;
  return {
    url: media.link,
    title: media.title,
    description: media.description,
    ...(media.picture && { thumbnail: { url: media.picture } }),
  };
}

function googleInput(details: NetworkDetails, media: Media | null | undefined): NonNullable<Metadata['google']> {
  const type = oneOf(details.type, ['whats_new', 'offer', 'event'] as const);
  const button = oneOf(details.button, ['none', 'learn_more', 'book', 'order', 'shop', 'signup', 'call'] as const);
  const link = details.link || media?.link;
  const { title } = details;
  const dates = { startDate: details.startsAt?.toISOString(), endDate: details.endsAt?.toISOString() };
  switch (type) {
    case 'offer':
      return { type, title, detailsOffer: { title, ...dates, code: details.coupon, terms: details.terms, link } };
    case 'event':
      return { type, title, detailsEvent: { title, ...dates, isFullDayEvent: details.isAllDay ?? false, button, link } };
    default:
      // A button has to lead somewhere.
      return { type, detailsWhatsNew: { button: link && button === 'none' ? 'learn_more' : button, link } };
  }
}

/** The value where the service knows it, else the first. */
function oneOf<const Choice extends string>(value: string | undefined, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices.find((each) => each === value) ?? choices[0];
}
