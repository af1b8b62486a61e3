import type { Media, NetworkDetails, Picture, Service } from '../buffer/model.ts';
import type { DetailName } from '../buffer/networkDetails.ts';

/** A field of `NetworkDetails` that a network understands. */
export interface DetailField {
  readonly name: keyof NetworkDetails;
  readonly isRequired?: boolean;
  /** The service's own words to choose from; the first is what most people want. */
  readonly choices?: readonly string[];
  /** Only for these kinds of post (`NetworkDetails.type`). */
  readonly onlyFor?: readonly string[];
  readonly notFor?: readonly string[];
  /** Only with a button that leads somewhere; a call needs no address. */
  readonly withButton?: boolean;
  /** What the network takes, where it tells. */
  readonly characters?: number;
  /** It takes no more beside such an attachment; with another, nobody tells. */
  readonly charactersWith?: Attachment;
  /** These are code points instead of UTF-16 units. */
  readonly inCodePoints?: boolean;
  /** Few want it, so that it is not asked for at once. */
  readonly isRare?: boolean;
  /** Where it stands in the service's input of this network, such as `title` or `geolocation.text`, if it does as it is. */
  readonly wire?: string;
  /** Where a post tells it, if that is another place. */
  readonly toldAs?: string;
  /** A flag that is said by this word, and otherwise not at all. */
  readonly word?: string;
}

/** Something that is attached: a link's card is none. */
export type Attachment = 'picture' | 'video';

/**
 * What a network needs and takes beside text
 * (https://developers.buffer.com/guides, "per-service requirements", and the inputs of the GraphQL types).
 */
export interface NetworkNeeds {
  readonly fields: readonly DetailField[];
  /** One of these must be attached. */
  readonly attach?: readonly Attachment[];
  /** The same for single kinds of post. */
  readonly attachFor?: Readonly<Record<string, readonly Attachment[]>>;
  /** Pictures that one update may have, where the network tells. */
  readonly pictures?: number;
  /**
   * A picture that moves: goes alone, or not at all (https://support.buffer.com/article/617 lists the networks for which
   * Buffer takes GIF files); beside others where nothing is said.
   */
  readonly gif?: 'alone' | 'none';
  /** Characters of a picture's alternative text, where the network tells. */
  readonly altText?: number;
  /** Shows a moment of one's own choice for a video (https://developers.buffer.com/examples/create-video-post). */
  readonly takesCoverMoment?: boolean;
  /** Tags accounts in pictures (https://developers.buffer.com/examples/create-instagram-post-with-user-tags). */
  readonly takesTaggedUsers?: boolean;
  /** Shows a document, page by page. */
  readonly takesDocument?: boolean;
  /** Cannot be published without words. */
  readonly needsText?: boolean;
  /** Shows a link's card of one's own; elsewhere a link belongs into the text. */
  readonly takesCard?: boolean;
}

const thread: readonly DetailField[] = [{ name: 'thread' }, { name: 'threadPictures' }];
/** A story goes away within a day and has no comments. */
const firstComment: DetailField = { name: 'firstComment', notFor: ['story'], wire: 'firstComment' };
const isAiGenerated: DetailField = { name: 'isAiGenerated', isRare: true, wire: 'isAiGenerated' };
const kind: DetailField = { name: 'type', isRequired: true, choices: ['post', 'reel', 'story'], wire: 'type' };
/** For whoever is reminded to publish it (https://developers.buffer.com/types/InstagramStickerFields). */
const stickers: readonly DetailField[] = [
  { name: 'stickerText', onlyFor: ['reel', 'story'], isRare: true, wire: 'stickerFields.text' },
  { name: 'stickerMusic', isRare: true, wire: 'stickerFields.music' },
  { name: 'stickerProducts', isRare: true, wire: 'stickerFields.products' },
  { name: 'stickerTopics', onlyFor: ['reel'], isRare: true, wire: 'stickerFields.topics' },
  { name: 'stickerOther', isRare: true, wire: 'stickerFields.other' },
];

/**
 * The numbers and English names of YouTube's categories that Buffer takes
 * (https://developers.buffer.com/types/YoutubePostMetadataInput).
 */
export const youtubeCategories: Readonly<Record<string, string>> = {
  '28': 'Science & Technology',
  '27': 'Education',
  '26': 'Howto & Style',
  '22': 'People & Blogs',
  '24': 'Entertainment',
  '25': 'News & Politics',
  '23': 'Comedy',
  '20': 'Gaming',
  '10': 'Music',
  '17': 'Sports',
  '19': 'Travel & Events',
  '29': 'Nonprofits & Activism',
  '15': 'Pets & Animals',
  '2': 'Autos & Vehicles',
  '1': 'Film & Animation',
};

const needs: Readonly<Record<Service, NetworkNeeds>> = {
  // https://docs.x.com/x-api/media/quickstart/best-practices: four pictures, or one that moves.
  twitter: { fields: [...thread, isAiGenerated], pictures: 4, gif: 'alone', altText: 1000, needsText: true },
  bluesky: { fields: thread, pictures: 4, gif: 'none', needsText: true, takesCard: true },
  // https://docs.joinmastodon.org/user/posting/: a picture that moves is shown as a video, and one video goes alone.
  mastodon: { fields: [...thread, { name: 'spoiler', wire: 'spoilerText' }], pictures: 4, gif: 'alone', altText: 1500, needsText: true },
  threads: {
    fields: [
      ...thread,
      { name: 'topic', characters: 50, wire: 'topic' },
      // https://developers.facebook.com/documentation/threads/create-posts/ghost-posts
      { name: 'isGhost', isRare: true, wire: 'type', word: 'ghost_post' },
      // Its id is one of https://developers.facebook.com/docs/threads/create-posts/location-tagging.
      { name: 'place', isRare: true, wire: 'locationName' },
      { name: 'placeId', isRare: true, wire: 'locationId' },
    ],
    pictures: 20,
    gif: 'none',
    needsText: true,
    takesCard: true,
  },
  facebook: {
    fields: [kind, { ...firstComment, characters: 5000 }],
    pictures: 10,
    attachFor: { reel: ['video'], story: ['picture', 'video'] },
    takesCard: true,
  },
  linkedin: { fields: [{ ...firstComment, characters: 1250 }], pictures: 20, takesCard: true, takesDocument: true },
  instagram: {
    fields: [
      kind,
      { name: 'shareToFeed', onlyFor: ['reel'], wire: 'shouldShareToFeed' },
      { ...firstComment, characters: 2200 },
      // The input calls it just `link` (https://developers.buffer.com/types/InstagramPostMetadataInput).
      { name: 'shopLink', notFor: ['story'], isRare: true, wire: 'link' },
      // A place is a page of Facebook's (`location_id` of https://developers.facebook.com/docs/instagram-platform, publishing).
      { name: 'place', notFor: ['story'], isRare: true, wire: 'geolocation.text' },
      { name: 'placeId', notFor: ['story'], isRare: true, wire: 'geolocation.id' },
      isAiGenerated,
      ...stickers,
    ],
    pictures: 10,
    takesCoverMoment: true,
    takesTaggedUsers: true,
    attach: ['picture', 'video'],
    attachFor: { reel: ['video'] },
  },
  // The title of a video may be longer; one of pictures is taken by Buffer, and fails when it goes out.
  tiktok: {
    fields: [{ name: 'title', characters: 90, inCodePoints: true, charactersWith: 'picture', wire: 'title' }, isAiGenerated],
    gif: 'none',
    takesCoverMoment: true,
    attach: ['picture', 'video'],
  },
  pinterest: {
    fields: [
      { name: 'board', isRequired: true, wire: 'boardServiceId', toldAs: 'board.serviceId' },
      { name: 'title', characters: 100, wire: 'title' },
      { name: 'link', wire: 'url' },
    ],
    // https://developers.pinterest.com/docs/api/v5/pins-create (`alt_text`).
    altText: 500,
    takesCoverMoment: true,
    attach: ['picture', 'video'],
  },
  youtube: {
    fields: [
      { name: 'title', isRequired: true, characters: 100, wire: 'title' },
      { name: 'category', isRequired: true, choices: Object.keys(youtubeCategories), wire: 'categoryId', toldAs: 'category.categoryId' },
      { name: 'privacy', choices: ['public', 'unlisted', 'private'], wire: 'privacy' },
      { name: 'isMadeForKids', wire: 'madeForKids' },
      { name: 'license', choices: ['youtube', 'creativeCommon'], isRare: true, wire: 'license' },
      { name: 'isEmbeddable', isRare: true, wire: 'embeddable' },
      { name: 'notifiesSubscribers', isRare: true, wire: 'notifySubscribers' },
      isAiGenerated,
    ],
    attach: ['video'],
  },
  googlebusiness: {
    gif: 'none',
    fields: [
      { name: 'type', isRequired: true, choices: ['whats_new', 'offer', 'event'] },
      { name: 'title', isRequired: true, onlyFor: ['offer', 'event'] },
      { name: 'startsAt', isRequired: true, onlyFor: ['offer', 'event'] },
      { name: 'endsAt', isRequired: true, onlyFor: ['offer', 'event'] },
      { name: 'isAllDay', onlyFor: ['event'], isRare: true },
      { name: 'coupon', onlyFor: ['offer'] },
      { name: 'terms', onlyFor: ['offer'] },
      { name: 'button', choices: ['none', 'learn_more', 'book', 'order', 'shop', 'signup', 'call'], onlyFor: ['whats_new', 'event'] },
      // Google wants an address for each button but a call's.
      { name: 'link', isRequired: true, onlyFor: ['whats_new', 'event'], withButton: true },
      { name: 'link', onlyFor: ['offer'] },
    ],
  },
};

/** A network that nobody told us of is not stood in the way of. */
const nothingKnown: NetworkNeeds = { fields: [], takesCard: true };

/** Whether a file moves by its address alone: it is not fetched. */
export function isGif(address: string): boolean {
  return /^[^?#]*\.gif(?:[?#]|$)/iu.test(address.trim());
}

/** What a network takes and needs; nothing for one nobody told us of yet. */
export function networkNeeds(service: Service): NetworkNeeds {
  return Object.hasOwn(needs, service) ? needs[service]! : nothingKnown;
}

/** The fields that matter for these details: some go with one kind of post only. */
export function fieldsFor(service: Service, details: NetworkDetails = {}): readonly DetailField[] {
  const { type, button } = withDefaults(service, details);
  const leadsSomewhere = button !== undefined && button !== 'none' && button !== 'call';
  return networkNeeds(service).fields.filter(
    ({ onlyFor, notFor, withButton }) =>
      (!onlyFor || (type !== undefined && onlyFor.includes(type))) &&
      !(type !== undefined && notFor?.includes(type)) &&
      (!withButton || leadsSomewhere),
  );
}

/** What was chosen, and the usual answer where nothing was. */
export function withDefaults(service: Service, details: NetworkDetails = {}): NetworkDetails {
  const chosen = Object.entries<unknown>(details).filter(([, value]) => value !== undefined);
  return { ...defaultDetails(service), ...Object.fromEntries(chosen) };
}

/**
 * Of what was typed, only what is asked for now: what was typed for another kind of post stays in the draft and is not
 * sent. Parts of a thread with neither words nor pictures are left out.
 */
export function takenDetails(service: Service, details: NetworkDetails): NetworkDetails {
  const asked = new Set<string>(fieldsFor(service, details).map(({ name }) => name));
  const taken: NetworkDetails = Object.fromEntries(Object.entries(withDefaults(service, details)).filter(([name]) => asked.has(name)));
  return withParts(taken, (text, pictures) => Boolean(text.trim()) || pictures.length > 0);
}

/** Only some of the parts of a thread, each with the pictures that are in its place. */
export function withParts(details: NetworkDetails, isPart: (text: string, pictures: readonly Picture[]) => boolean): NetworkDetails {
  const { thread, threadPictures } = details;
  if (!thread) return details;
  const parts = thread.map((text, index) => ({ text, pictures: threadPictures?.[index] ?? [] }));
  const kept = parts.filter(({ text, pictures }) => isPart(text, pictures));
  return {
    ...details,
    thread: kept.map(({ text }) => text),
    ...(threadPictures && { threadPictures: kept.map(({ pictures }) => pictures) }),
  };
}

/** What is taken where the person chose nothing: the kind of post and other choices that have a usual answer. */
export function defaultDetails(service: Service): NetworkDetails {
  const type = networkNeeds(service).fields.find(({ name }) => name === 'type')?.choices?.[0];
  return {
    ...(type && { type }),
    ...(service === 'instagram' && { shareToFeed: true }),
    ...(service === 'youtube' && {
      category: '28',
      privacy: 'public',
      isMadeForKids: false,
      license: 'youtube',
      isEmbeddable: true,
      notifiesSubscribers: true,
    }),
  };
}

/** What a network was given beside the text that is not just what is usual, by name. */
export function writtenDetails(service: Service, details: NetworkDetails): readonly DetailName[] {
  const usual = defaultDetails(service);
  const isWritten = ([name, value]: [DetailName, unknown]) =>
    typeof value === 'boolean' ? value !== Boolean(usual[name]) : value !== usual[name] && hasWords(value);
  return (Object.entries(details) as [DetailName, unknown][]).filter(isWritten).map(([name]) => name);
}

function hasWords(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (value instanceof Date) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasWords);
}

/** Something that must be there before a network takes an update. */
export type Missing =
  | { readonly kind: 'text' }
  | { readonly kind: 'attachment'; readonly oneOf: readonly Attachment[] }
  | { readonly kind: 'detail'; readonly name: keyof NetworkDetails }
  /** The link has to stand in the text: this network shows no card of one's own. */
  | { readonly kind: 'linkInText'; readonly link: string };

/** What is missing before this network takes such an update; nothing where it can be sent. */
export function missingFor(
  service: Service,
  { text, media, details }: { readonly text: string; readonly media?: Media; readonly details?: NetworkDetails },
): readonly Missing[] {
  const { attach: always, attachFor = {}, needsText, takesCard } = networkNeeds(service);
  const all = withDefaults(service, details);
  const attach = all.type !== undefined && Object.hasOwn(attachFor, all.type) ? attachFor[all.type] : always;
  const has: Readonly<Record<Attachment, boolean>> = { picture: Boolean(media?.picture && !media.link), video: Boolean(media?.video) };
  const missing: Missing[] = [];
  const hasContent = has.picture || has.video || Boolean(media?.document) || Boolean(takesCard && media?.link);
  // Where something must be attached, that is what is missing.
  if (!text.trim() && (needsText || (!attach && !hasContent))) missing.push({ kind: 'text' });
  if (attach && !attach.some((each) => has[each])) missing.push({ kind: 'attachment', oneOf: attach });
  for (const { name, isRequired } of fieldsFor(service, all)) {
    // The button of a Google Business post can lead to the attached link.
    const value = name === 'link' ? all.link?.trim() || media?.link : all[name];
    if (isRequired && !isFilled(value)) missing.push({ kind: 'detail', name });
  }
  // A Google Business post shows its link as a button.
  if (media?.link && !takesCard && !attach && service !== 'googlebusiness' && !text.includes(media.link))
    missing.push({ kind: 'linkInText', link: media.link });
  return missing;
}

function isFilled(value: NetworkDetails[keyof NetworkDetails]): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return value instanceof Date ? !Number.isNaN(value.getTime()) : value !== undefined;
}
