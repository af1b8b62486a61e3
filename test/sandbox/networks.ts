/** What each network is and allows. The figures are the sandbox's own: an extension should read, not know them. */
export interface Network {
  readonly name: string;
  readonly types: Readonly<Record<string, NetworkType>>;
  readonly urls: Readonly<Record<string, string>>;
  /** Keys of the statistics of a sent update; they differ from network to network. */
  readonly statistics: readonly string[];
  readonly interactions: readonly string[];
  /** Whether a link in the text gets a preview of its own. */
  readonly previewsLinks: boolean;
  /** How many may go out in one day, where there is a limit. */
  readonly dailyLimit?: number;
  /** The same for those who are verified. */
  readonly verifiedDailyLimit?: number;
  /** REST API v1 never learned of it. */
  readonly isAfterV1?: boolean;
}

export interface NetworkType {
  readonly name: string;
  readonly characters: number;
  readonly queueLimit: number;
  /** It never publishes by itself: a person is reminded. */
  readonly isReminderOnly?: boolean;
}

export const networks: Readonly<Record<string, Network>> = {
  twitter: {
    name: 'Twitter',
    types: { profile: { name: 'Twitter', characters: 280, queueLimit: 730 } },
    urls: {
      user: 'https://twitter.com/',
      hashtag: 'https://twitter.com/search?q=%23',
      cashtag: 'https://twitter.com/search?q=%24',
    },
    statistics: ['reach', 'clicks', 'retweets', 'favorites', 'mentions'],
    interactions: ['favorites', 'mentions', 'retweets'],
    previewsLinks: false,
    dailyLimit: 50,
    verifiedDailyLimit: 100,
  },
  facebook: {
    name: 'Facebook',
    types: {
      profile: { name: 'Facebook', characters: 5000, queueLimit: 25 },
      page: { name: 'Facebook Page', characters: 5000, queueLimit: 25 },
      group: { name: 'Facebook Group', characters: 5000, queueLimit: 25, isReminderOnly: true },
    },
    urls: { user: 'https://www.facebook.com/' },
    statistics: ['reach', 'clicks', 'likes', 'comments', 'shares'],
    interactions: ['likes', 'comments'],
    previewsLinks: true,
    dailyLimit: 35,
  },
  linkedin: {
    name: 'LinkedIn',
    types: {
      profile: { name: 'LinkedIn', characters: 3000, queueLimit: 100 },
      page: { name: 'LinkedIn Page', characters: 3000, queueLimit: 100 },
    },
    urls: { user: 'https://www.linkedin.com/' },
    statistics: ['reach', 'clicks', 'likes', 'comments', 'reshares'],
    interactions: ['likes', 'comments'],
    previewsLinks: true,
  },
  mastodon: {
    name: 'Mastodon',
    types: { profile: { name: 'Mastodon', characters: 500, queueLimit: 100 } },
    urls: { user: 'https://mastodon.example/' },
    statistics: ['reblogs', 'favorites', 'comments'],
    interactions: [],
    previewsLinks: true,
  },
  bluesky: {
    name: 'Bluesky',
    types: { profile: { name: 'Bluesky', characters: 300, queueLimit: 100 } },
    urls: { user: 'https://bsky.example/profile/' },
    statistics: ['likes', 'reposts', 'comments'],
    interactions: [],
    previewsLinks: true,
  },
  threads: {
    name: 'Threads',
    types: { profile: { name: 'Threads', characters: 500, queueLimit: 100 } },
    urls: { user: 'https://threads.example/@' },
    statistics: ['views', 'likes', 'comments', 'reposts'],
    interactions: [],
    previewsLinks: true,
    dailyLimit: 250,
  },
  instagram: {
    name: 'Instagram',
    types: {
      business: { name: 'Instagram Business', characters: 2200, queueLimit: 100 },
      profile: { name: 'Instagram', characters: 2200, queueLimit: 100, isReminderOnly: true },
    },
    urls: { user: 'https://www.instagram.com/' },
    statistics: ['reach', 'likes', 'comments'],
    interactions: [],
    previewsLinks: false,
    dailyLimit: 50,
  },
  pinterest: {
    name: 'Pinterest',
    types: { profile: { name: 'Pinterest', characters: 500, queueLimit: 100 } },
    urls: { user: 'https://www.pinterest.com/' },
    statistics: ['saves', 'comments'],
    interactions: [],
    previewsLinks: false,
    dailyLimit: 25,
  },
  google: {
    name: 'Google Business Profile',
    types: { page: { name: 'Google Business Profile', characters: 1500, queueLimit: 100 } },
    urls: { user: 'https://business.example/' },
    statistics: ['views', 'clicks'],
    interactions: [],
    previewsLinks: true,
  },
  tiktok: {
    name: 'TikTok',
    types: { business: { name: 'TikTok Business', characters: 2200, queueLimit: 100 } },
    urls: { user: 'https://tiktok.example/@' },
    statistics: ['views', 'likes', 'comments', 'shares'],
    interactions: [],
    previewsLinks: false,
    dailyLimit: 15,
    isAfterV1: true,
  },
  youtube: {
    name: 'YouTube',
    types: { channel: { name: 'YouTube Channel', characters: 5000, queueLimit: 100 } },
    urls: { user: 'https://youtube.example/@' },
    statistics: ['views', 'likes', 'comments'],
    interactions: [],
    previewsLinks: false,
    dailyLimit: 6,
    isAfterV1: true,
  },
  substack: {
    name: 'Substack',
    types: { profile: { name: 'Substack', characters: 5000, queueLimit: 100 } },
    urls: { user: 'https://substack.example/@' },
    statistics: ['views', 'likes', 'comments'],
    interactions: [],
    previewsLinks: true,
    isAfterV1: true,
  },
};

/** Whether a channel of a network takes reminders only. */
export function isReminderOnly(service: string, type: string): boolean {
  return networks[service]!.types[type]!.isReminderOnly ?? false;
}

export const pictureRules = { maxBytes: 3_415_728, types: ['jpeg', 'jpg', 'gif', 'png'] };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const link = /https?:\/\/\S+/gu;

/** How long a text is to a network. Deliberately plain, and unrelated to how the extension counts. */
export function lengthOn(service: string, text: string): number {
  switch (service) {
    case 'twitter':
    case 'mastodon':
      return [...text.replace(link, 'x'.repeat(23))].length;
    case 'bluesky':
      return [...graphemes.segment(text)].length;
    default:
      return [...text].length;
  }
}

/** The first web address in a text. */
export function firstLink(text: string): string | undefined {
  return text.match(link)?.[0];
}
