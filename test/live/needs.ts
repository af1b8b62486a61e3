import type { Channel } from './account.ts';
import type { Json } from './service.ts';

/** What a network wants beside text, and a detail that shows whether an edit keeps it. */
export interface Needs {
  /** As `PostInputMetaData` takes it, with the detail. */
  readonly whole: Readonly<Record<string, object>>;
  /** The same without the detail. */
  readonly least?: Readonly<Record<string, object>>;
  /** What of the detail is to be read back. */
  readonly selection: string;
  /** Whether the detail is there, in what was read. */
  readonly isKept: (metadata: Json) => boolean;
  readonly needsPicture?: true;
}

const page = 'https://example.com/';
const card = { url: page, title: 'A page', description: 'It stands for every page.' };
const hasCard = (metadata: Json) => Boolean(metadata?.linkAttachment?.url);
const cardOn = (type: string) => ({ selection: `... on ${type} { linkAttachment { url } }`, isKept: hasCard });

const needs: Readonly<Record<string, Needs>> = {
  bluesky: { whole: { bluesky: { linkAttachment: card } }, least: { bluesky: {} }, ...cardOn('BlueskyPostMetadata') },
  facebook: {
    whole: { facebook: { type: 'post', linkAttachment: card } },
    least: { facebook: { type: 'post' } },
    ...cardOn('FacebookPostMetadata'),
  },
  googlebusiness: {
    whole: { google: { type: 'whats_new', detailsWhatsNew: { button: 'learn_more', link: page } } },
    selection: '... on GoogleBusinessPostMetadata { details { ... on GoogleBusinessWhatsNewMetaData { link } } }',
    isKept: (metadata) => Boolean(metadata?.details?.link),
  },
  instagram: {
    whole: { instagram: { type: 'post', shouldShareToFeed: true, link: page } },
    least: { instagram: { type: 'post', shouldShareToFeed: true } },
    selection: '... on InstagramPostMetadata { link }',
    isKept: (metadata) => Boolean(metadata?.link),
    needsPicture: true,
  },
  linkedin: { whole: { linkedin: { linkAttachment: card } }, least: { linkedin: {} }, ...cardOn('LinkedInPostMetadata') },
  mastodon: {
    whole: { mastodon: { spoilerText: 'A check' } },
    least: { mastodon: {} },
    selection: '... on MastodonPostMetadata { spoilerText }',
    isKept: (metadata) => Boolean(metadata?.spoilerText),
  },
  threads: {
    whole: { threads: { type: 'post', linkAttachment: card } },
    least: { threads: { type: 'post' } },
    ...cardOn('ThreadsPostMetadata'),
  },
  tiktok: {
    whole: { tiktok: { title: 'A check' } },
    least: { tiktok: {} },
    selection: '... on TiktokPostMetadata { title }',
    isKept: (metadata) => Boolean(metadata?.title),
    needsPicture: true,
  },
  twitter: {
    whole: { twitter: { isAiGenerated: true } },
    least: { twitter: {} },
    selection: '... on TwitterPostMetadata { isAiGenerated }',
    isKept: (metadata) => metadata?.isAiGenerated === true,
  },
};

/** What a channel's network needs; undefined where a draft for it takes more than is at hand. */
export function needsOf({ service }: Channel): Needs | undefined {
  return needs[service];
}

/** Where Buffer may only remind of an update. */
export function isReminderOnly({ service, type }: Channel): boolean {
  return (service === 'instagram' && type === 'profile') || (service === 'facebook' && type === 'group');
}
