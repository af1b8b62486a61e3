import type { Profile, Service, Update } from '../buffer/model.ts';

/**
 * How a network counts the characters of a text.
 *
 * - `weighted`    X: its own open-source library decides (https://docs.x.com/fundamentals/counting-characters)
 * - `graphemes`   Bluesky: `maxGraphemes` of the record app.bsky.feed.post in the AT Protocol's lexicons
 * - `mastodon`    graphemes; a link counts 23, a mention without its server (https://docs.joinmastodon.org/user/posting/)
 * - `bytesBesideLetters`  Threads: characters, an emoji by its UTF-8 bytes (https://developers.facebook.com/docs/threads/posts),
 *                 and so is other punctuation than ASCII's: 495 letters and three curly apostrophes were refused as 504
 * - `utf16`       the others: UTF-16 units, as Buffer counts (https://developers.buffer.com/guides/character-limits)
 */
export type Counting = 'weighted' | 'graphemes' | 'mastodon' | 'bytesBesideLetters' | 'utf16';

export interface Network {
  readonly label: string;
  /** Buffer's limit (https://developers.buffer.com/guides/character-limits), used where the service names none. */
  readonly characters: number;
  /** Buffer's limit beside a video, where that is another. */
  readonly charactersWithVideo?: number;
  readonly counting: Counting;
  /** What its UTF-8 may have beside that. */
  readonly bytes?: number;
  readonly profileUrl?: (username: string) => string;
  readonly updateUrl?: (username: string, updateId: string) => string;
}

const networks: Readonly<Record<Service, Network>> = {
  twitter: {
    label: 'X',
    characters: 280,
    counting: 'weighted',
    profileUrl: (name) => `https://x.com/${name}`,
    updateUrl: (name, id) => `https://x.com/${name}/status/${id}`,
  },
  bluesky: {
    label: 'Bluesky',
    characters: 300,
    counting: 'graphemes',
    // `maxLength` of the same record.
    bytes: 3000,
    profileUrl: (name) => `https://bsky.app/profile/${name}`,
    updateUrl: (name, id) => `https://bsky.app/profile/${name}/post/${id}`,
  },
  mastodon: { label: 'Mastodon', characters: 500, counting: 'mastodon' },
  threads: {
    label: 'Threads',
    characters: 500,
    counting: 'bytesBesideLetters',
    profileUrl: (name) => `https://www.threads.com/@${name}`,
  },
  linkedin: { label: 'LinkedIn', characters: 3000, counting: 'utf16' },
  facebook: {
    label: 'Facebook',
    characters: 5000,
    counting: 'utf16',
    profileUrl: (name) => `https://www.facebook.com/${name}`,
  },
  instagram: {
    label: 'Instagram',
    characters: 2196,
    counting: 'utf16',
    profileUrl: (name) => `https://www.instagram.com/${name}/`,
  },
  pinterest: {
    label: 'Pinterest',
    characters: 500,
    counting: 'utf16',
    profileUrl: (name) => `https://www.pinterest.com/${name}/`,
  },
  tiktok: {
    label: 'TikTok',
    characters: 4000,
    charactersWithVideo: 2200,
    counting: 'utf16',
    profileUrl: (name) => `https://www.tiktok.com/@${name}`,
  },
  youtube: {
    label: 'YouTube',
    characters: 5000,
    counting: 'utf16',
    profileUrl: (name) => `https://www.youtube.com/@${name}`,
  },
  googlebusiness: { label: 'Google Business', characters: 4000, counting: 'utf16' },
  google: { label: 'Google Business', characters: 4000, counting: 'utf16' },
};

/** Buffer's names of the networks that are known here. */
export const knownServices: readonly Service[] = Object.keys(networks);

/** What is known of a network; one nobody told us of yet goes by its own name and is not counted. */
export function networkOf(service: Service): Network {
  if (Object.hasOwn(networks, service)) return networks[service]!;
  const label = service ? service[0]!.toUpperCase() + service.slice(1) : 'Unknown network';
  return { label, characters: Number.POSITIVE_INFINITY, counting: 'utf16' };
}

/** The page of a profile on its network, where the network has a rule for it. */
export function profileUrl({ service, username, url }: Profile): string | undefined {
  if (url) return url;
  return username ? networkOf(service).profileUrl?.(encodeURIComponent(username)) : undefined;
}

/** The page of a sent update on its network, where the network has a rule for it. */
export function updateUrl({ service, username }: Profile, { serviceUpdateId, url }: Update): string | undefined {
  if (url) return url;
  if (!username || !serviceUpdateId) return undefined;
  return networkOf(service).updateUrl?.(encodeURIComponent(username), encodeURIComponent(serviceUpdateId));
}

/**
 * Whether nothing goes out to a profile by itself: a person is reminded to publish it. Measured on Instagram's personal
 * profiles and Facebook's groups, which refuse `schedulingType: automatic`.
 */
export function takesRemindersOnly({ service, serviceType }: Pick<Profile, 'service' | 'serviceType'>): boolean {
  return (service === 'instagram' && serviceType === 'profile') || (service === 'facebook' && serviceType === 'group');
}
