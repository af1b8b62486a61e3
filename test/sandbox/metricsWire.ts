import type { Update } from './state.ts';

interface Metric {
  readonly name: string;
  readonly type: string;
  readonly unit: 'count' | 'percentage';
  readonly value: number;
  readonly description: string;
}

/** How our statistics go by in GraphQL. */
const metricTypes: Readonly<Record<string, readonly [type: string, name: string, description: string]>> = {
  reach: ['reach', 'Reach', 'How many people saw the post.'],
  views: ['views', 'Views', 'How often the post was seen.'],
  clicks: ['clicks', 'Clicks', 'How often something in the post was clicked.'],
  likes: ['likes', 'Likes', 'How often the post was liked.'],
  favorites: ['favorites', 'Favorites', 'How often the post was marked as a favorite.'],
  retweets: ['retweets', 'Reposts', 'How often the post was shared on.'],
  reposts: ['reposts', 'Reposts', 'How often the post was shared on.'],
  reblogs: ['reblogs', 'Boosts', 'How often the post was shared on.'],
  reshares: ['shares', 'Reshares', 'How often the post was shared on.'],
  shares: ['shares', 'Shares', 'How often the post was shared on.'],
  saves: ['saves', 'Saves', 'How often the post was kept for later.'],
  comments: ['comments', 'Comments', 'How many comments the post has.'],
  mentions: ['other', 'Mentions', 'How often the post was mentioned.'],
};

/** These never speak of likes. */
const reacting = ['instagram', 'tiktok'];
const reactions = ['reactions', 'Reactions', 'How often people reacted to the post.'] as const;

/** Null until a network has told of it. */
export function metricsToWire({ statistics }: Update, service: string): Metric[] | null {
  if (!statistics) return null;
  const counts = Object.entries(statistics).map(([key, value]): Metric => {
    const isReaction = key === 'likes' && reacting.includes(service);
    const [type, name, description] = isReaction ? reactions : (metricTypes[key] ?? ['other', key, '']);
    return { type, name, description, unit: 'count', value };
  });
  const seen = statistics.reach ?? statistics.views ?? 0;
  if (seen === 0) return counts;
  const done = counts.reduce((sum, { type, value }) => (type === 'reach' || type === 'views' ? sum : sum + value), 0);
  const value = Math.round((10_000 * done) / seen) / 100;
  const rate = {
    type: 'engagementRate',
    name: 'Engagement rate',
    description: 'How many of those who saw the post did something with it.',
  };
  return [...counts, { ...rate, unit: 'percentage', value }];
}

/** The metrics of many posts in one: counts are added, percentages averaged. */
export function aggregate(updates: readonly Update[], serviceOf: (update: Update) => string): Metric[] {
  const byType = Map.groupBy(
    updates.flatMap((update) => metricsToWire(update, serviceOf(update)) ?? []),
    ({ type }) => type,
  );
  const count: Metric = { type: 'postCount', name: 'Posts', description: 'How many posts went out.', unit: 'count', value: updates.length };
  const others = [...byType.values()].map((metrics) => {
    const sum = metrics.reduce((total, { value }) => total + value, 0);
    return { ...metrics[0]!, value: metrics[0]!.unit === 'count' ? sum : Math.round((100 * sum) / metrics.length) / 100 };
  });
  return [count, ...others];
}
