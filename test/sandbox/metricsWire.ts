import { measuredAt } from './growth.ts';
import { networks } from './networks.ts';
import type { Update } from './state.ts';

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly unit: 'count' | 'percentage';
  readonly value: number;
  readonly description: string;
}

type Words = readonly [type: string, name: string, description: string];

const reactions: Words = ['reactions', 'Reactions', 'How often people reacted to the post.'];
const reposts: Words = ['reposts', 'Reposts', 'How often the post was shared on.'];
const comments: Words = ['comments', 'Comments', 'How many comments the post has.'];

/** How the networks' own words go by in GraphQL, where each has one name on all of them. Of mentions it tells nothing. */
const metricTypes: Readonly<Record<string, readonly Words[]>> = {
  reach: [['reach', 'Reach', 'How many people saw the post.']],
  views: [['views', 'Views', 'How often the post was seen.']],
  clicks: [['clicks', 'Clicks', 'How often something in the post was clicked.']],
  likes: [reactions],
  favorites: [reactions],
  retweets: [reposts],
  reposts: [reposts],
  reblogs: [reposts],
  reshares: [['shares', 'Reshares', 'How often the post was shared on.']],
  shares: [['shares', 'Shares', 'How often the post was shared on.']],
  saves: [['saves', 'Saves', 'How often the post was kept for later.']],
  comments: [comments],
  mentions: [],
};

/** Facebook alone tells likes and all reactions apart. */
const likes: Words = ['likes', 'Likes', 'How often the post was liked.'];

const rate = {
  type: 'engagementRate',
  name: 'Engagement rate',
  description: 'How many of those who saw the post did something with it.',
} as const;

/** Null until a network has told of it. @param now  unix seconds */
export function metricsToWire(update: Update, service: string, now: number): Metric[] | null {
  const measured = measuredAt(update, now);
  if (!measured) return null;
  const { statistics } = measured;
  const counts = Object.entries(statistics).flatMap(([key, value]) =>
    wordsOf(key, service).map(([type, name, description]): Metric => ({ type, name, description, unit: 'count', value })),
  );
  const seen = statistics['reach'] ?? statistics['views'] ?? 0;
  if (seen === 0) return counts;
  const done = counts.reduce((sum, { type, value }) => (['reach', 'views', 'likes'].includes(type) ? sum : sum + value), 0);
  return [...counts, { ...rate, unit: 'percentage', value: Math.round((10_000 * done) / seen) / 100 }];
}

function wordsOf(key: string, service: string): readonly Words[] {
  if (key === 'likes' && service === 'facebook') return [reactions, likes];
  return metricTypes[key] ?? [];
}

/** What a network tells of posts at all. */
function typesOf(service: string): readonly string[] {
  const { statistics } = networks[service]!;
  const isSeen = statistics.includes('reach') || statistics.includes('views');
  return [...statistics.flatMap((key) => wordsOf(key, service).map(([type]) => type)), ...(isSeen ? [rate.type] : [])];
}

/**
 * The metrics of many posts in one: how many, their reactions and comments, which count nothing where a network has none,
 * and what else every channel tells. Counts are added, percentages averaged.
 * @param services  of all the channels that were asked about
 */
export function aggregate(
  updates: readonly Update[],
  serviceOf: (update: Update) => string,
  services: readonly string[],
  now: number,
): { readonly metrics: Metric[]; readonly updatedAt: number | undefined } {
  const all = updates.flatMap((update) => metricsToWire(update, serviceOf(update), now) ?? []);
  const byType = Map.groupBy(all, ({ type }) => type);
  const sumOf = ([type, name, description]: Words): Metric => {
    const value = (byType.get(type) ?? []).reduce((sum, each) => sum + each.value, 0);
    return { type, name, description, unit: 'count', value };
  };
  const posts: Metric = { type: 'postCount', name: 'Posts', description: 'How many posts went out.', unit: 'count', value: updates.length };
  const isShared = (type: string) => services.every((service) => typesOf(service).includes(type));
  const others = [...byType].flatMap(([type, metrics]): Metric[] => {
    if (type === 'reactions' || type === 'comments' || !isShared(type)) return [];
    const [first] = metrics;
    const sum = metrics.reduce((total, { value }) => total + value, 0);
    return [{ ...first!, value: first!.unit === 'count' ? sum : Math.round((100 * sum) / metrics.length) / 100 }];
  });
  const times = updates.flatMap((update) => measuredAt(update, now)?.at ?? []);
  return {
    metrics: [posts, sumOf(reactions), sumOf(comments), ...others],
    updatedAt: times.length > 0 ? Math.max(...times) : undefined,
  };
}
