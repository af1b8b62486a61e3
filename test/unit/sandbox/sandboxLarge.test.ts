import { describe, expect, test } from 'vitest';
import { measuredAt } from '../../sandbox/growth.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const day = 86_400;
const sandbox = await ownSandbox({
  seed: 'large',
  rateLimit: Number.POSITIVE_INFINITY,
  graphqlLimits: Number.POSITIVE_INFINITY,
});
const organization = () => sandbox.state.organizations[0]!.id;

interface Told {
  readonly metrics: readonly { readonly type: string }[] | null;
  readonly metricsUpdatedAt: string | null;
}

async function data(query: string, token = sandbox.graphqlToken) {
  const response = await fetch(sandbox.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: Record<string, Told>; errors?: { message: string }[] };
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
const sumsOf = (days: number, channelIds?: readonly string[], organizationId = organization()) =>
  `aggregatedPostMetrics(input: { organizationId: "${organizationId}" ${channelIds ? `channelIds: ${JSON.stringify(channelIds)}` : ''}
    startDateTime: "${iso(sandbox.state.now() - days * day)}", endDateTime: "${iso(sandbox.state.now())}" })
    { metrics { type value unit } metricsUpdatedAt }`;

describe('a large organization', () => {
  test('has twelve profiles in five zones, a thousand updates that wait, and ninety days of sent ones', () => {
    const { profiles, updates } = sandbox.state;
    expect(profiles).toHaveLength(12);
    expect(new Set(profiles.map(({ timeZone }) => timeZone)).size).toBe(5);
    const all = [...updates.values()];
    expect(all.filter(({ status }) => status === 'buffer').length).toBeGreaterThanOrEqual(1000);
    const sent = all.filter(({ status }) => status === 'sent').map(({ sentAt }) => sentAt!);
    expect(sent.length).toBeGreaterThan(1000);
    expect(Math.min(...sent)).toBeGreaterThan(sandbox.state.now() - 90 * day);
  });

  test('figures grow fast at first, level off, and are taken in once a day', () => {
    const sent = [...sandbox.state.updates.values()].find(({ status, growth }) => status === 'sent' && growth?.final['reach'])!;
    const after = (days: number) => measuredAt(sent, sent.sentAt! + days * day);
    expect(measuredAt(sent, sent.sentAt!)).toBeUndefined();
    const [early, later, last, still] = [2, 3, 80, 81].map((days) => after(days)!.statistics['reach']!);
    expect(early!).toBeGreaterThan(0);
    expect(later! - early!).toBeGreaterThan(still! - last!);
    const { at } = after(5)!;
    expect(sent.sentAt! + 5 * day - at).toBeLessThan(day);
    expect(measuredAt(sent, at + day - 1)).toEqual(after(5));
    expect(measuredAt(sent, at + day)!.at).toBe(at + day);
  });

  test('what was not taken in yet has no figures, in either service', async () => {
    const young = [...sandbox.state.updates.values()].find((update) => update.sentAt && !measuredAt(update, sandbox.state.now()))!;
    expect((await data(`{ post(input: { id: "${young.id}" }) { metrics { type } metricsUpdatedAt } }`)).data['post']).toEqual({
      metrics: null,
      metricsUpdatedAt: null,
    });
    const update = await fetch(`${sandbox.url}/updates/${young.id}.json?access_token=${sandbox.token}`);
    expect(await update.json()).toMatchObject({ statistics: {} });
  });

  test('sums of several networks are of posts, reactions and comments alone; of one, of all that it tells', async () => {
    const types = async (query: string) => (await data(`{ ${query} }`)).data['aggregatedPostMetrics']!.metrics!.map(({ type }) => type);
    expect(await types(sumsOf(90))).toEqual(['postCount', 'reactions', 'comments']);
    const facebook = sandbox.state.profiles.find(({ service }) => service === 'facebook')!.id;
    expect((await types(sumsOf(90, [facebook]))).sort()).toEqual(
      ['postCount', 'reactions', 'comments', 'likes', 'reach', 'clicks', 'shares', 'engagementRate'].sort(),
    );
    const google = sandbox.state.profiles.find(({ service }) => service === 'google')!.id;
    const { metrics } = (await data(`{ ${sumsOf(90, [google])} }`)).data['aggregatedPostMetrics']!;
    expect(metrics).toContainEqual({ type: 'reactions', value: 0, unit: 'count' });
  });

  test('a period has 365 days at most, and on a free plan begins 31 days ago', async () => {
    expect((await data(`{ ${sumsOf(365)} }`)).errors).toBeUndefined();
    expect((await data(`{ ${sumsOf(366)} }`)).errors).toHaveLength(1);
    sandbox.state.users[1]!.plan = 'free';
    const others = sandbox.state.organizations.find(({ ownerId }) => ownerId === sandbox.state.users[1]!.id)!.id;
    expect((await data(`{ ${sumsOf(31, undefined, others)} }`, sandbox.otherGraphqlToken)).errors).toBeUndefined();
    expect((await data(`{ ${sumsOf(32, undefined, others)} }`, sandbox.otherGraphqlToken)).errors).toHaveLength(1);
  });
});
