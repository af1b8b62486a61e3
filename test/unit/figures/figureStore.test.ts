import { describe, expect, test } from 'vitest';
import { toRead, withCovered } from '../../../src/core/figures/coverage.ts';
import { figureFormat } from '../../../src/core/figures/figureSnapshot.ts';
import { FigureStore } from '../../../src/core/figures/figureStore.ts';
import { sumsOf } from '../../../src/core/figures/sums.ts';
import { clientOf } from '../../sandbox/client.ts';
import { networks } from '../../sandbox/networks.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const day = 86_400_000;
let ahead = 0;
const now = () => Date.now() + ahead;
const sandbox = await ownSandbox({
  seed: 'large',
  rateLimit: Number.POSITIVE_INFINITY,
  graphqlLimits: Number.POSITIVE_INFINITY,
});
const profileIds = () => sandbox.state.profiles.filter(({ service }) => !networks[service]!.isAfterV1).map(({ id }) => id);

function storeOf(api: 'graphql' | 'v1' = 'graphql', options = {}) {
  ahead = 0;
  sandbox.resetRequests();
  const store = new FigureStore({ profileIds, now });
  store.connect(clientOf(sandbox, api, options));
  return store;
}
const asked = () => sandbox.requests().length;
const periodOf = (days: number) => {
  const to = Math.floor(now() / 1000) * 1000;
  return { from: to - days * day, to };
};

describe('what is read', () => {
  test('ninety days of twelve profiles are as many requests as they have pages, told after the first', async () => {
    const store = storeOf();
    const period = periodOf(90);
    await store.read(period, { most: 5 });
    const first = store.shown(period);
    expect([asked(), first.isWhole, first.updates.length]).toEqual([1, false, 100]);
    await store.read(period);
    const { updates, isWhole, isReading } = store.shown(period);
    expect([isWhole, isReading]).toEqual([true, false]);
    expect(asked()).toBe(1 + first.requestsLeft!);
    expect(asked()).toBe(Math.ceil(updates.length / 100));
    const sent = [...sandbox.state.updates.values()].filter(({ status }) => status === 'sent').map(({ id }) => id);
    expect(updates.map(({ id }) => id).sort()).toEqual(sent.sort());
  });

  test('what is known is not read again, nor what a longer period had', async () => {
    const store = storeOf();
    await store.read(periodOf(90));
    const before = asked();
    for (const days of [90, 30, 7]) await store.read(periodOf(days));
    expect(asked()).toBe(before);
    expect(store.shown(periodOf(30)).before).toBeDefined();
  });

  test('a day later only what is young is read again, all of it only for who asks', async () => {
    const store = storeOf();
    const period = periodOf(90);
    await store.read(period);
    const all = asked();
    ahead = 1.1 * day;
    sandbox.resetRequests();
    await store.read(periodOf(90));
    expect(asked()).toBeGreaterThan(0);
    expect(asked()).toBeLessThan(all / 3);
    sandbox.resetRequests();
    await store.read(period, { anew: true });
    expect(asked()).toBe(all);
  });

  test('another session begins with what was known', async () => {
    const store = storeOf();
    const period = periodOf(30);
    await store.read(period);
    const kept: unknown = JSON.parse(JSON.stringify(store.snapshot()));
    const next = new FigureStore({ profileIds, now });
    const { schema } = figureFormat;
    const { parse } = await import('valibot');
    next.connect(clientOf(sandbox, 'graphql'), () => Promise.resolve(parse(schema, kept)));
    sandbox.resetRequests();
    await next.read(period);
    expect(asked()).toBe(0);
    expect(next.shown(period).updates).toEqual(store.shown(period).updates);
    // A file that cannot hold all does not say that it knows the rest.
    next.connect(clientOf(sandbox, 'graphql'), () => Promise.resolve(figureFormat.shortened(parse(schema, kept), 50)));
    await next.read(period);
    expect(asked()).toBeGreaterThan(0);
    expect(next.shown(period).updates).toEqual(store.shown(period).updates);
  });

  test('what came before a failure stays, and is not read again', async () => {
    const store = storeOf();
    const period = periodOf(30);
    let pages = 0;
    store.onDidChange(() => {
      if (store.shown(period).isReading && ++pages === 3)
        sandbox.faults.add({ kind: 'graphqlError', field: 'Query.posts', code: 'BAD_USER_INPUT', times: 1 });
    });
    await store.read(period);
    const { error, updates, isWhole } = store.shown(period);
    expect([error?.kind, isWhole]).toEqual([expect.any(String), false]);
    expect(updates.length).toBeGreaterThanOrEqual(100);
    const before = asked();
    await store.read(period);
    expect(store.shown(period).isWhole).toBe(true);
    expect(store.shown(period).error).toBeUndefined();
    expect(asked() - before).toBeLessThanOrEqual(Math.ceil((store.shown(period).updates.length - updates.length) / 100) + 1);
  });

  test('what was on its way when others were read is there once it went out', async () => {
    const store = storeOf();
    await store.read(periodOf(7));
    const late = structuredClone([...sandbox.state.updates.values()].find(({ status }) => status === 'sent')!);
    const seconds = Math.floor(now() / 1000);
    Object.assign(late, { id: 'ffffffffffffffffffffffff', dueAt: seconds - 30, sentAt: seconds + 40 });
    sandbox.state.updates.set(late.id, late);
    ahead = 2 * 3_600_000;
    await store.read(periodOf(7));
    sandbox.state.updates.delete(late.id);
    expect(store.shown(periodOf(7)).updates.map(({ id }) => id)).toContain(late.id);
  });

  test('before it is known which profiles there are, nothing is said to be known', async () => {
    const period = periodOf(14);
    for (const api of ['v1', 'graphql'] as const) {
      const store = storeOf(api);
      await store.read(period);
      const { updates } = store.shown(period);
      let ids: string[] = [];
      const next = new FigureStore({ profileIds: () => ids, now });
      next.connect(clientOf(sandbox, api), () => Promise.resolve({ updates, covered: [] }));
      await next.read(period);
      expect(next.shown(period)).toMatchObject({ isWhole: false, isReading: false });
      expect(next.shown(period).updates).toHaveLength(updates.length);
      ids = profileIds();
      await next.read(period);
      expect(next.shown(period).isWhole).toBe(true);
    }
  });

  test('profiles that come or go while pages are read leave no list out', async () => {
    const period = periodOf(14);
    const whole = storeOf('v1');
    await whole.read(period);
    let ids = profileIds();
    const store = new FigureStore({ profileIds: () => ids, now });
    store.connect(clientOf(sandbox, 'v1'));
    store.onDidChange(() => (ids = profileIds().slice(3)));
    await store.read(period);
    expect(store.shown(period).updates).toEqual(whole.shown(period).updates);
  });

  test('of API v1, what was begun is gone on with: no list is read twice', async () => {
    const whole = storeOf('v1');
    const period = periodOf(14);
    await whole.read(period);
    const all = asked();
    const store = storeOf('v1');
    await store.read(period, { most: 3 });
    expect([asked(), store.shown(period).isWhole]).toEqual([1, false]);
    await store.read(period, { most: 3 });
    expect(asked()).toBe(2);
    ahead = 60_000;
    await store.read({ ...period, to: period.to + 60_000 });
    expect(asked()).toBe(all);
    expect(store.shown(period)).toMatchObject({ isWhole: true, updates: whole.shown(period).updates });
    // What is read anew begins anew, and so does what was begun long ago.
    for (const [options, later] of [
      [{ anew: true }, 60_000],
      [{}, 2 * 3_600_000],
    ] as const) {
      const other = storeOf('v1');
      await other.read(period, { most: 3 });
      ahead = later;
      await other.read(period, options);
      expect(asked()).toBe(1 + all);
    }
  });

  test('of API v1, what failed on the way is gone on with', async () => {
    const period = periodOf(14);
    const whole = storeOf('v1');
    await whole.read(period);
    const all = asked();
    const store = storeOf('v1');
    await store.read(period, { most: 3 });
    sandbox.faults.add({ kind: 'status', status: 400, times: 1 });
    await store.read(period);
    expect(store.shown(period).error).toBeDefined();
    const before = asked();
    await store.read(period);
    expect(asked() - before).toBe(all - 1);
    expect(store.shown(period).updates).toEqual(whole.shown(period).updates);
  });

  test('what is gone at Buffer is gone here', async () => {
    const store = storeOf();
    const period = periodOf(30);
    await store.read(period);
    const { id } = store.shown(period).updates[50]!;
    sandbox.state.updates.delete(id);
    await store.read(period, { anew: true });
    expect(store.shown(period).updates.some((each) => each.id === id)).toBe(false);
  });

  test('who may not read figures asks for none; a key that turns out to be refused is told', async () => {
    const limited = storeOf('graphql', { scopes: ['posts:read'] });
    await limited.read(periodOf(30));
    expect([limited.isOffered, asked()]).toEqual([false, 0]);
    sandbox.faults.add({ kind: 'graphqlError', field: 'Post.metrics', code: 'FORBIDDEN' });
    const refused = storeOf();
    await refused.read(periodOf(7));
    expect(refused.shown(periodOf(7))).toMatchObject({ error: { kind: 'forbidden' }, updates: [] });
  });
});

describe('figures', () => {
  test('come to what the service sums up itself, for all networks and for each', async () => {
    const store = storeOf();
    const period = periodOf(60);
    await store.read(period);
    const { updates, sums } = store.shown(period);
    const { posts, figures } = sumsOf(updates);
    expect({ postCount: posts, ...figures }).toEqual(sums!.figures);
    for (const { id } of sandbox.state.profiles) {
      const query = `{ aggregatedPostMetrics(input: { organizationId: "${sandbox.state.organizations[0]!.id}", channelIds: ["${id}"]
        startDateTime: "${new Date(period.from).toISOString()}", endDateTime: "${new Date(period.to).toISOString()}" })
        { metrics { type value unit } } }`;
      const response = await fetch(sandbox.graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.graphqlToken}` },
        body: JSON.stringify({ query }),
      });
      const { data } = (await response.json()) as {
        data: { aggregatedPostMetrics: { metrics: { type: string; value: number; unit: string }[] } };
      };
      const own = sumsOf(updates.filter(({ profileId }) => profileId === id));
      for (const { type, value, unit } of data.aggregatedPostMetrics.metrics) {
        if (type === 'postCount') expect(own.posts).toBe(value);
        // The service counts nothing where a network tells nothing.
        else if (unit === 'count') expect(own.figures[type] ?? 0).toBe(value);
        else expect(own.figures[type]).toBeCloseTo(value, 1);
      }
    }
  });

  test('what was sent today has none yet, which is not zero', async () => {
    const store = storeOf();
    await store.read(periodOf(7));
    const young = store.shown(periodOf(7)).updates.filter(({ figures }) => !figures);
    expect(young.length).toBeGreaterThan(0);
    expect(young.every(({ measuredAt }) => measuredAt === undefined)).toBe(true);
  });

  test.each(['v1', 'graphql'] as const)('are there of what has no due time, by when it went out, %s', async (api) => {
    const sent = [...sandbox.state.updates.values()].filter(
      ({ status, profileId }) => status === 'sent' && profileIds().includes(profileId),
    );
    const newest = sent.toSorted((one, other) => other.sentAt! - one.sentAt!)[0]!;
    newest.isUndated = true;
    const store = storeOf(api);
    await store.read(periodOf(7));
    const asksOnce = asked();
    newest.isUndated = undefined;
    const whole = storeOf(api);
    await whole.read(periodOf(7));
    expect(asksOnce).toBe(asked());
    const found = store.shown(periodOf(7)).updates.find(({ id }) => id === newest.id);
    expect(found?.sentAt).toEqual(new Date(newest.sentAt! * 1000));
  });

  test('where sums are refused, the rest comes all the same', async () => {
    const store = storeOf();
    sandbox.faults.add({ kind: 'graphqlError', field: 'Query.aggregatedPostMetrics', code: 'BAD_USER_INPUT', times: 1 });
    await store.read(periodOf(7));
    const { sums, error, isWhole } = store.shown(periodOf(7));
    expect([sums, error, isWhole]).toEqual([undefined, undefined, true]);
  });

  test('of API v1 are the same, under the same names', async () => {
    const period = periodOf(14);
    const [old, current] = [storeOf('v1'), storeOf()];
    await old.read(period);
    await current.read(period);
    const known = new Map(current.shown(period).updates.map((each) => [each.id, each]));
    const { updates, isWhole } = old.shown(period);
    expect(isWhole).toBe(true);
    expect(updates.length).toBeGreaterThan(100);
    for (const { id, figures } of updates) {
      const { likes: _likes, engagementRate: _rate, ...counts } = known.get(id)!.figures ?? {};
      const { mentions: _mentions, ...told } = figures ?? {};
      expect(told).toEqual(counts);
    }
  });
});

describe('what is covered', () => {
  test('a later reading holds where two overlap', () => {
    const first = { from: 0, to: 10, readAt: 1 };
    expect(withCovered([first], { from: 4, to: 6, readAt: 2 })).toEqual([
      { from: 0, to: 4, readAt: 1 },
      { from: 4, to: 6, readAt: 2 },
      { from: 6, to: 10, readAt: 1 },
    ]);
  });

  test('gaps are read latest first, and a past period is whole once it was read', () => {
    const at = 100 * day;
    const covered = [{ from: 20 * day, to: 60 * day, readAt: at }];
    expect(toRead(covered, { from: 10 * day, to: 70 * day }, at)).toEqual([
      { from: 60 * day, to: 70 * day },
      { from: 10 * day, to: 20 * day },
    ]);
    expect(toRead(covered, { from: 30 * day, to: 60 * day }, at + 30 * day)).toEqual([]);
  });
});
