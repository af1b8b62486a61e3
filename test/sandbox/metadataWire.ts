import type { Settings } from './behaviours.ts';
import { assetToWire, boardToWire, cardToWire, iso } from './assetsWire.ts';
import type { ThreadPart } from './content.ts';
import type { Media, Profile, Update } from './state.ts';

/** What a network was given beside the text, as its type in the schema. */
export function metadataToWire(profile: Profile, update: Update, settings: Settings): object | null {
  // As it was given: the schema has checked its types on the way in.
  // oxlint-disable-next-line typescript/no-explicit-any
  const details = (update.details ?? {}) as Record<string, any>;
  const type = details.type ?? 'post';
  const isEchoed = profile.service !== 'threads' || settings.threadEcho === 'echoed';
  const hasOwnPlace = ['bluesky', 'threads'].includes(profile.service);
  const thread = ((details.thread ?? []) as ThreadPart[]).map(({ text, assets, link }) => ({
    text,
    assets: isEchoed ? assets.map(assetToWire) : [],
    linkAttachment: link ? cardToWire(link) : null,
    metadata: link && hasOwnPlace ? { [profile.service]: { linkAttachment: cardToWire(link) } } : null,
  }));
  const common = { annotations: annotationsOf(details.annotations ?? []), type };
  const threaded = { ...common, thread, threadCount: thread.length, type: details.type ?? (thread.length > 0 ? 'thread' : type) };
  const linkAttachment = linkToWire(update.media);
  const isAiGenerated = details.isAiGenerated ?? false;
  const firstComment = details.firstComment ?? null;
  const title = details.title ?? null;

  switch (profile.service) {
    case 'bluesky':
      return { __typename: 'BlueskyPostMetadata', ...threaded, linkAttachment };
    case 'facebook':
      return { __typename: 'FacebookPostMetadata', ...common, firstComment, linkAttachment, title };
    case 'google': {
      return {
        __typename: 'GoogleBusinessPostMetadata',
        ...common,
        type: details.type ?? 'whats_new',
        title,
        details: googleDetails(details),
      };
    }
    case 'instagram': {
      const { geolocation = null, link = null, shouldShareToFeed = true, stickerFields = null } = details;
      return {
        __typename: 'InstagramPostMetadata',
        ...common,
        firstComment,
        geolocation,
        isAiGenerated,
        link,
        shouldShareToFeed,
        stickerFields,
      };
    }
    case 'linkedin':
      return { __typename: 'LinkedInPostMetadata', ...common, firstComment, linkAttachment };
    case 'mastodon':
      return { __typename: 'MastodonPostMetadata', ...threaded, spoilerText: details.spoilerText ?? null };
    case 'pinterest': {
      const board = profile.boards?.find(({ serviceId }) => serviceId === details.boardServiceId);
      return { __typename: 'PinterestPostMetadata', ...common, board: board ? boardToWire(board) : null, title, url: details.url ?? null };
    }
    case 'substack':
      return { __typename: 'SubstackPostMetadata', ...common, linkAttachment };
    case 'threads': {
      const { locationId = null, locationName = null, topic = null } = details;
      return { __typename: 'ThreadsPostMetadata', ...threaded, linkAttachment, locationId, locationName, topic };
    }
    case 'tiktok':
      return { __typename: 'TiktokPostMetadata', ...common, isAiGenerated, title };
    case 'twitter':
      return { __typename: 'TwitterPostMetadata', ...threaded, isAiGenerated, retweet: retweetToWire(details.retweet, update) };
    case 'youtube': {
      const {
        categoryId,
        embeddable = true,
        license = 'youtube',
        madeForKids = false,
        notifySubscribers = true,
        privacy = 'public',
      } = details;
      const category = categoryId ? { categoryId, title: youtubeCategories[categoryId as string] ?? 'Other' } : null;
      return {
        __typename: 'YoutubePostMetadata',
        ...common,
        category,
        embeddable,
        isAiGenerated,
        license,
        madeForKids,
        notifySubscribers,
        privacy,
        title,
      };
    }
    default:
      return null;
  }
}

export const youtubeCategories: Readonly<Record<string, string>> = {
  '1': 'Film & Animation',
  '2': 'Autos & Vehicles',
  '10': 'Music',
  '15': 'Pets & Animals',
  '17': 'Sports',
  '19': 'Travel & Events',
  '20': 'Gaming',
  '22': 'People & Blogs',
  '23': 'Comedy',
  '24': 'Entertainment',
  '25': 'News & Politics',
  '26': 'Howto & Style',
  '27': 'Education',
  '28': 'Science & Technology',
  '29': 'Nonprofits & Activism',
};

function linkToWire(media: Media | undefined): object | null {
  if (!media?.link) return null;
  const { link: url, title, description, picture: thumbnail } = media;
  return cardToWire({ url, title, description, thumbnail });
}

/** What the other account wrote, which is not what it is shared with. */
function wordsOf(id: string): string {
  return `What another account said in ${id}.`;
}

function retweetToWire(retweet: { id: string; comment?: string } | undefined, update: Update): object | null {
  if (!retweet) return null;
  const url = `https://twitter.com/i/status/${retweet.id}`;
  const user = { avatar: '', name: 'Another account', username: 'another_account' };
  return { id: retweet.id, text: wordsOf(retweet.id), thumbnails: [], url, user, createdAt: iso(update.createdAt) };
}

/** Facebook and LinkedIn are told of mentions in different words. */
function annotationsOf(annotations: Record<string, unknown>[]): object[] {
  return annotations.map(({ content, entity, indices, start, length, text, localizedName, url, link }) => ({
    type: 'annotation',
    content: content ?? entity,
    indices: indices ?? [start, (start as number) + (length as number)],
    text: text ?? localizedName,
    url: url ?? link,
  }));
}

interface GoogleDetails {
  readonly detailsEvent?: {
    title?: string;
    button?: string;
    link?: string;
    isFullDayEvent?: boolean;
    startDate?: number;
    endDate?: number;
  };
  readonly detailsOffer?: { title?: string; code?: string; link?: string; terms?: string; startDate?: number; endDate?: number };
  readonly detailsWhatsNew?: { button?: string; link?: string };
}

/** Null for a draft that lacks what its type needs. */
function googleDetails({ detailsEvent: event, detailsOffer: offer, detailsWhatsNew: news }: GoogleDetails): object | null {
  if (news) return { __typename: 'GoogleBusinessWhatsNewMetaData', button: news.button ?? 'none', link: news.link };
  const dated = event ?? offer;
  if (!dated?.title || !dated.startDate || !dated.endDate) return null;
  const dates = { startDate: iso(dated.startDate), endDate: iso(dated.endDate) };
  if (offer) return { __typename: 'GoogleBusinessOfferMetaData', ...offer, ...dates };
  // Where the input has no such field, nobody said so.
  const { button = 'none', isFullDayEvent = false } = event ?? {};
  return { __typename: 'GoogleBusinessEventMetaData', ...event, button, isFullDayEvent, ...dates };
}
