import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BufferApi } from '../../../../src/core/buffer/bufferApi.ts';
import type { BufferError } from '../../../../src/core/buffer/bufferError.ts';
import { budgetIn } from '../../../../src/core/buffer/transport/rateLimitHeaders.ts';
import { RateLimiter, type RateLimiterOptions, rateLimits } from '../../../../src/core/buffer/transport/rateLimiter.ts';
import type { Priority } from '../../../../src/core/buffer/priority.ts';
import type { Change } from '../../../../src/core/queue/queueModel.ts';
import { QueueStore } from '../../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../../harness/memory.ts';
import { clientOf } from '../../../sandbox/client.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/sandbox.ts';
import { failureOf } from '../../support/failureOf.ts';
import { fastClock } from '../../support/fastClock.ts';
import { ids } from '../../support/ids.ts';
import { runs } from '../../support/runs.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function startV1(options: SandboxOptions, limiterOptions: RateLimiterOptions): Promise<{ api: BufferApi; rateLimiter: RateLimiter }> {
  sandbox = await startSandbox(options);
  return connectV1(limiterOptions);
}

function connectV1(limiterOptions: RateLimiterOptions): { api: BufferApi; rateLimiter: RateLimiter } {
  const rateLimiter = new RateLimiter(limiterOptions);
  return { rateLimiter, api: clientOf(sandbox, 'v1', { rateLimiter }) };
}

async function startGraphql(
  options: SandboxOptions,
  limiterOptions: RateLimiterOptions = rateLimits.graphql,
): Promise<{ api: BufferApi; rateLimiter: RateLimiter }> {
  sandbox = await startSandbox(options);
  const rateLimiter = new RateLimiter(limiterOptions);
  return { rateLimiter, api: clientOf(sandbox, 'graphql', { rateLimiter }) };
}

function newStore(api: BufferApi): { store: QueueStore; changes: Change[] } {
  const changes: Change[] = [];
  const store = new QueueStore(() => 20, newMemory());
  store.connect(api);
  store.onDidChange((each) => changes.push(...each));
  return { store, changes };
}

const statuses = () => sandbox.requests().map(({ status }) => status);
const paths = () => sandbox.requests().map(({ method, path }) => `${method} ${path}`);
const page = { size: 20 };
const serviceOf = () => 'bluesky';

describe('the service’s limit', () => {
  test('50 profiles unfolded at once, twice, with a person writing in between, cause not one 429', async () => {
    const clock = fastClock();
    const { api } = await startV1({ now: clock.now }, clock.rateLimiter);
    clock.hold();
    const [first] = sandbox.state.profiles;
    while (sandbox.state.profiles.length < 60) {
      sandbox.state.profiles.push({ ...first!, id: `5160746d13f04a5e3b${String(sandbox.state.profiles.length).padStart(6, '0')}` });
    }
    const { store } = newStore(api);
    const profiles = await store.loadProfiles('shown');
    expect(profiles.length).toBeGreaterThanOrEqual(50);
    const lists = profiles.slice(0, 50).flatMap(({ id }) => [store.loadList(id, 'pending', 'shown'), store.loadList(id, 'sent', 'shown')]);
    // All that reads may take is taken; what is left is the person's.
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(54), { timeout: 15_000 });
    await wait(100);
    expect(sandbox.requests()).toHaveLength(54);
    await store.create({ profileIds: [ids.bluesky], text: 'Meanwhile', when: 'queue' });
    expect(paths().slice(54)).toEqual(['POST /1/updates/create.json']);
    clock.release();
    await Promise.all(lists);
    expect(sandbox.requests().length).toBeGreaterThanOrEqual(102);
    expect(new Set(statuses())).toEqual(new Set([200]));
    expect(profiles.slice(0, 50).every(({ id }) => store.list(id, 'sent').status === 'loaded')).toBe(true);
  });

  test('whatever comes when, no window holds more than the limit, and everything goes out', async () => {
    sandbox = await startSandbox();
    const request = fc.record({
      after: fc.oneof(fc.constant(0), fc.nat({ max: 400 })),
      takes: fc.integer({ min: 1, max: 900 }),
      /** When on its way the service counts it. */
      counted: fc.double({ min: 0, max: 1, noNaN: true }),
      priority: fc.constantFrom<Priority>('write', 'asked', 'shown', 'background'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 2, max: 9 }),
        fc.array(request, { maxLength: 80 }),
        async (limit, parallel, requests) => {
          vi.useFakeTimers();
          try {
            const per = 1_000;
            const rateLimiter = new RateLimiter({ limit, parallel, per, patience: { read: 1e9, write: 1e9 } });
            const counted: number[] = [];
            let running = 0;
            let most = 0;
            const send = async ({ takes, counted: part, priority }: (typeof requests)[number]) => {
              const permit = await rateLimiter.acquire({ priority });
              most = Math.max(most, ++running);
              counted.push(Date.now() + part * takes);
              await new Promise((resolve) => setTimeout(resolve, takes));
              running--;
              permit.release();
            };
            const all: Promise<void>[] = [];
            for (const each of requests) {
              await vi.advanceTimersByTimeAsync(each.after);
              all.push(send(each));
            }
            await vi.advanceTimersByTimeAsync(2_000 * (requests.length + 1));
            await Promise.all(all);
            counted.sort((a, b) => a - b);
            expect(counted).toHaveLength(requests.length);
            expect(counted.every((time, index) => index < limit || time - counted[index - limit]! >= per)).toBe(true);
            expect(most).toBeLessThanOrEqual(parallel);
            expect(rateLimiter.waiting).toBeUndefined();
          } finally {
            vi.useRealTimers();
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('what is left of GraphQL’s windows is never overdrawn, however the answers come in', async () => {
    sandbox = await startSandbox();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.tuple(fc.nat({ max: 300 }), fc.integer({ min: 1, max: 900 }), fc.boolean()), { maxLength: 60 }),
        async (quota, requests) => {
          vi.useFakeTimers();
          try {
            const rateLimiter = new RateLimiter(rateLimits.graphql);
            let used = 0;
            let refused = 0;
            const headers = () =>
              new Headers({ ratelimit: `"a";r=${Math.max(0, quota - used)};t=100000`, 'ratelimit-policy': `"a";q=${quota};w=900` });
            const send = async (takes: number, isWrite: boolean) => {
              const permit = await rateLimiter.acquire({ priority: isWrite ? 'write' : 'shown' });
              await new Promise((resolve) => setTimeout(resolve, takes / 2));
              const status = ++used > quota ? 429 : 200;
              if (status === 429) refused++;
              const told = headers();
              await new Promise((resolve) => setTimeout(resolve, takes / 2));
              permit.release({ status, headers: told, windows: budgetIn(told) });
            };
            // One answer first: before it nothing is known.
            const all = [send(10, true).catch(() => undefined)];
            await vi.advanceTimersByTimeAsync(20);
            for (const [after, takes, isWrite] of requests) {
              await vi.advanceTimersByTimeAsync(after);
              all.push(send(takes, isWrite).catch(() => undefined));
            }
            await vi.advanceTimersByTimeAsync(100_000);
            await Promise.all(all);
            expect(refused).toBe(0);
          } finally {
            vi.useRealTimers();
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe('who goes first', () => {
  test('what a person does overtakes 40 reads, then what a person asked for, then the rest', async () => {
    const { api, rateLimiter } = await startV1({ rateLimit: Number.POSITIVE_INFINITY }, { parallel: 2 });
    sandbox.faults.add({ kind: 'latency', ms: 15, times: 0 });
    const reads = Array.from({ length: 40 }, (_, index) =>
      api.pending(`none${index}`, page, { priority: index < 20 ? 'background' : 'shown' }).catch(() => undefined),
    );
    const asked = api.update(sandbox.summary().profiles[0]!.pending[0]!.id);
    const writing = api.create({ profileIds: [ids.bluesky], text: 'First of all', when: 'queue' }, serviceOf);
    await Promise.all([...reads, asked, writing]);
    const order = paths().map((each) =>
      each.startsWith('POST')
        ? 'write'
        : each.includes('/updates/pending')
          ? Number(/none(\d+)/.exec(each)![1]) < 20
            ? 'background'
            : 'shown'
          : 'asked',
    );
    // One was on its way already, and the write has a place of its own.
    expect(order.slice(1, 3)).toEqual(['write', 'asked']);
    expect(order.slice(3)).toEqual([...Array<string>(20).fill('shown'), ...Array<string>(19).fill('background')]);
    expect(rateLimiter.waiting).toBeUndefined();
  });

  test('a person who wants what waits in the background gets it at once, with no second request', async () => {
    const { api } = await startV1({ rateLimit: Number.POSITIVE_INFINITY }, { parallel: 2 });
    sandbox.faults.add({ kind: 'latency', ms: 40, times: 0 });
    const { store } = newStore(api);
    await Promise.all([store.loadProfiles(), store.loadList(ids.linkedin, 'pending')]);
    const others = [ids.x, ids.mastodon, ids.threads].map((id) => store.loadList(id, 'pending', 'shown'));
    await store.refreshInBackground([]).catch(() => undefined);
    sandbox.resetRequests();
    const quiet = store.loadList(ids.bluesky, 'pending', 'background');
    const busy = [ids.x, ids.mastodon, ids.threads].map((id) => store.loadList(id, 'sent', 'shown'));
    await store.loadList(ids.bluesky, 'pending', 'asked');
    expect(paths().filter((each) => each.includes(ids.bluesky))).toHaveLength(1);
    expect(sandbox.requests().length).toBeLessThanOrEqual(3);
    await Promise.all([...others, ...busy, quiet]);
    expect(store.list(ids.bluesky, 'pending').status).toBe('loaded');
  });

  test('no more than three at once to the current API, reads no more than two', async () => {
    const { api } = await startGraphql({});
    sandbox.faults.add({ kind: 'latency', ms: 800, times: 0 });
    const reads = Array.from({ length: 6 }, (_, index) => api.update(`none${index}`).catch(() => undefined));
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(2));
    const writing = api.destroy('none').catch(() => undefined);
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(3));
    await wait(30);
    expect(sandbox.requests()).toHaveLength(3);
    await Promise.all([...reads, writing]);
    expect(sandbox.requests()).toHaveLength(7);
  });
});

describe('equal reads', () => {
  test.each(['v1', 'graphql'] as const)('of %s are one request, also when one of two gives up; the last one ends it', async (name) => {
    const { api } = name === 'v1' ? await startV1({}, rateLimits.v1) : await startGraphql({});
    sandbox.faults.add({ kind: 'latency', ms: 100, times: 0 });
    const [one, other] = [new AbortController(), new AbortController()];
    const first = api.pending(ids.bluesky, page, { signal: one.signal });
    const second = api.pending(ids.bluesky, page, { signal: other.signal });
    setTimeout(() => one.abort(), 30);
    expect(await failureOf(first)).toMatchObject({ kind: 'cancelled' });
    expect((await second).updates.length).toBeGreaterThanOrEqual(12);
    expect(sandbox.requests()).toHaveLength(1);

    const third = api.pending(ids.bluesky, page, { signal: other.signal });
    setTimeout(() => other.abort(), 30);
    expect(await failureOf(third)).toMatchObject({ kind: 'cancelled' });
    // The service never got to answer it.
    await vi.waitFor(() => expect(statuses()).toEqual([200, 0]), { timeout: 10_000 });
  });

  test('who asks after a write gets no answer from before it', async () => {
    const { api } = await startV1({}, rateLimits.v1);
    const { id } = sandbox.summary().profiles.find((each) => each.id === ids.bluesky)!.pending[0]!;
    const before = await fetch(`${sandbox.url}/profiles/${ids.bluesky}/updates/pending.json`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    }).then((answer) => answer.text());
    sandbox.faults.add({ kind: 'status', status: 200, body: before, ms: 300, match: { path: 'pending' } });
    const early = api.pending(ids.bluesky, page);
    await api.destroy(id);
    const late = await api.pending(ids.bluesky, page);
    expect(late.updates.map((each) => each.id)).not.toContain(id);
    expect((await early).updates.map((each) => each.id)).toContain(id);
  });
});

describe('after a 429', () => {
  const tooMany = (seconds: number) =>
    ({
      kind: 'status',
      status: 429,
      body: '{"code":429,"error":"Too many requests."}',
      headers: { 'Retry-After': String(seconds) },
    }) as const;

  test('of another window nothing goes out until its time is over; then everything does by itself', async () => {
    const clock = fastClock();
    const { api, rateLimiter } = await startV1({ rateLimit: Number.POSITIVE_INFINITY }, { ...clock.rateLimiter, per: 500 });
    clock.hold();
    sandbox.faults.add({ ...tooMany(1), match: { path: 'none0' } });
    const told: number[] = [];
    rateLimiter.onDidChange(() => {
      const { waiting } = rateLimiter;
      if (waiting) told.push(waiting.until.getTime());
    });
    const reads = Array.from({ length: 12 }, (_, index) =>
      api.pending(`none${index}`, page, { priority: 'shown' }).then(
        () => '',
        (error: unknown) => (error as BufferError).kind,
      ),
    );
    // The first ones went out together; the one that was refused is among those that wait.
    await vi.waitFor(() => expect(rateLimiter.waiting!.count + sandbox.requests().length).toBe(13), { timeout: 15_000 });
    const sent = sandbox.requests().length;
    expect(sent).toBeLessThanOrEqual(12);
    expect(rateLimiter.waiting!.until.getTime() - Date.now()).toBeLessThanOrEqual(1_000);
    await wait(400);
    expect(sandbox.requests()).toHaveLength(sent);
    expect(rateLimiter.waiting!.count).toBe(13 - sent);
    clock.release();
    expect(await Promise.all(reads)).toEqual(Array(12).fill('notFound'));
    expect(sandbox.requests()).toHaveLength(13);
    expect(statuses().filter((status) => status === 429)).toHaveLength(1);
    expect(told.length).toBeGreaterThan(0);
    expect(rateLimiter.waiting).toBeUndefined();
  });

  test('windows that know nothing of each other share what there is', async () => {
    sandbox = await startSandbox();
    vi.useFakeTimers();
    try {
      const counted: number[] = [];
      let refused = 0;
      const read = async (rateLimiter: RateLimiter) => {
        for (;;) {
          const permit = await rateLimiter.acquire({ priority: 'shown' });
          await new Promise((resolve) => setTimeout(resolve, 100));
          const recent = counted.filter((at) => at > Date.now() - 60_000);
          const isFull = recent.length >= 60;
          if (isFull) refused++;
          else counted.push(Date.now());
          permit.release({
            status: isFull ? 429 : 200,
            headers: new Headers(isFull ? { 'retry-after': String(Math.ceil((recent[0]! + 60_000 - Date.now()) / 1000)) } : {}),
          });
          if (!isFull) return;
        }
      };
      const windows = [new RateLimiter(rateLimits.v1), new RateLimiter(rateLimits.v1), new RateLimiter(rateLimits.v1)];
      const all = Promise.all(windows.flatMap((rateLimiter) => Array.from({ length: 60 }, () => read(rateLimiter))));
      await vi.advanceTimersByTimeAsync(10 * 60_000);
      await all;
      expect(counted).toHaveLength(180);
      // Those on their way when the window first filled up (7 of each), and few once each keeps to its share.
      expect(refused).toBeLessThan(36);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a write does not wait for long but tells when, and reads that would wait for too long do too', async () => {
    const { api, rateLimiter } = await startV1({}, rateLimits.v1);
    sandbox.faults.add(tooMany(30));
    const stop = new AbortController();
    const reading = api.pending(ids.bluesky, page, { signal: stop.signal });
    await vi.waitFor(() => expect(rateLimiter.waiting).toMatchObject({ count: 1 }));
    const failed = await failureOf(api.create({ profileIds: [ids.bluesky], text: 'Later', when: 'queue' }, serviceOf));
    expect(failed).toMatchObject({ kind: 'rateLimited', outcome: 'notDone', retryAfter: 30 });
    expect(failed.retryAt!.getTime() - Date.now()).toBeGreaterThan(28_000);
    expect(sandbox.requests()).toHaveLength(1);
    stop.abort();
    expect(await failureOf(reading)).toMatchObject({ kind: 'cancelled' });
    // Nobody waits, and yet it is told.
    expect(rateLimiter.waiting).toMatchObject({ count: 0 });

    const { api: another } = connectV1(rateLimits.v1);
    sandbox.faults.add(tooMany(3_600));
    expect(await failureOf(another.account())).toMatchObject({ kind: 'rateLimited', retryAfter: 3_600 });
    expect(await failureOf(another.account())).toMatchObject({ kind: 'rateLimited' });
    expect(sandbox.requests()).toHaveLength(2);
  });

  test('another account starts with nothing waiting', async () => {
    const { api, rateLimiter } = await startV1({}, rateLimits.v1);
    sandbox.faults.add(tooMany(30));
    const { store } = newStore(api);
    const reading = store.loadProfiles('shown');
    await vi.waitFor(() => expect(rateLimiter.waiting).toMatchObject({ count: 1 }));
    rateLimiter.clear();
    store.connect(undefined);
    expect(await failureOf(reading)).toMatchObject({ kind: 'cancelled' });
    expect(rateLimiter.waiting!.count).toBe(0);
  });
});

describe('GraphQL’s windows', () => {
  test('the background stops before people do, reads before writes, and what cannot go is not sent', async () => {
    const { api } = await startGraphql({});
    sandbox.spend(88);
    await api.account();
    // 11 of 100 are left.
    await api.update('none', { priority: 'background' }).catch(() => undefined);
    await api.update('none', { priority: 'background' }).catch(() => undefined);
    expect(sandbox.requests()).toHaveLength(3);
    expect(await failureOf(api.update('none', { priority: 'background' }))).toMatchObject({ kind: 'rateLimited' });
    for (let left = 9; left > 2; left--)
      expect(await failureOf(api.update('none', { priority: 'shown' }))).toMatchObject({ kind: 'notFound' });
    const refused = await failureOf(api.update('none', { priority: 'asked' }));
    expect(refused).toMatchObject({ kind: 'rateLimited' });
    expect(refused.retryAfter).toBeGreaterThan(800);
    const { id } = sandbox.summary().profiles.find((each) => each.id === ids.bluesky)!.pending[0]!;
    await api.moveToTop(id);
    await api.destroy(id);
    expect(await failureOf(api.destroy(id))).toMatchObject({ kind: 'rateLimited', outcome: 'notDone' });
    expect(new Set(statuses())).toEqual(new Set([200]));
  });
});

describe('what is not looked at any more', () => {
  test.each(['unloaded', 'loaded'] as const)(
    'a folded section that was %s is as it was, and read when it is unfolded again',
    async (before) => {
      const { api } = await startV1({}, rateLimits.v1);
      const { store, changes } = newStore(api);
      await store.loadProfiles();
      if (before === 'loaded') {
        await store.loadList(ids.bluesky, 'pending');
        await store.refresh();
      }
      sandbox.faults.add({ kind: 'latency', ms: 200 });
      const reading = store.loadList(ids.bluesky, 'pending', 'shown');
      await wait(40);
      changes.length = 0;
      store.stopReading(ids.bluesky, 'sent');
      store.stopReading(ids.x);
      expect(store.list(ids.bluesky, 'pending').status).toBe('loading');
      store.stopReading(ids.bluesky);
      expect(await failureOf(reading)).toMatchObject({ kind: 'cancelled' });
      expect(store.list(ids.bluesky, 'pending')).toMatchObject({ status: before, error: undefined });
      expect(store.list(ids.bluesky, 'pending').items).toHaveLength(before === 'loaded' ? 12 : 0);
      expect(changes).toEqual([{ kind: 'section', profileId: ids.bluesky, section: 'pending' }]);
      expect(store.needsLoading(ids.bluesky, 'pending')).toBe(true);
      await store.loadList(ids.bluesky, 'pending', 'shown');
      expect(store.list(ids.bluesky, 'pending').items).toHaveLength(12);
      expect(store.needsLoading(ids.bluesky, 'pending')).toBe(false);
    },
  );

  test('a view that is closed stops everything but what a person asked for', async () => {
    const { api } = await startV1({}, rateLimits.v1);
    sandbox.faults.add({ kind: 'latency', ms: 150, times: 0 });
    const { store } = newStore(api);
    const failures: BufferError[] = [];
    store.onDidFail((error) => failures.push(error));
    const profiles = store.loadProfiles('shown');
    const shown = store.loadList(ids.bluesky, 'pending', 'shown');
    const asked = store.loadList(ids.x, 'pending');
    await wait(30);
    store.stopReading();
    expect(await failureOf(profiles)).toMatchObject({ kind: 'cancelled' });
    expect(await failureOf(shown)).toMatchObject({ kind: 'cancelled' });
    await asked;
    expect(store.profiles.status).toBe('unloaded');
    expect(store.list(ids.x, 'pending').status).toBe('loaded');
    expect(failures).toEqual([]);
    expect(await store.loadProfiles('shown')).toHaveLength(11);
  });

  test('a refresh that nobody asked for fails without a trace', async () => {
    const { api } = await startV1({}, rateLimits.v1);
    const { store } = newStore(api);
    await store.loadProfiles();
    await store.loadList(ids.bluesky, 'pending');
    sandbox.faults.add({ kind: 'html', times: 0 });
    await expect(store.refreshInBackground(['pending'])).rejects.toMatchObject({ kind: 'intercepted' });
    expect([store.profiles.status, store.profiles.error]).toEqual(['loaded', undefined]);
    sandbox.faults.clear();
    await store.refreshInBackground(['pending']);
    sandbox.faults.add({ kind: 'html', times: 0 });
    await expect(store.loadList(ids.bluesky, 'pending', 'shown')).rejects.toMatchObject({ kind: 'intercepted' });
    expect(store.list(ids.bluesky, 'pending')).toMatchObject({ status: 'loaded', error: undefined });
    expect(store.list(ids.bluesky, 'pending').items).toHaveLength(12);
  });
});

describe('a clock that is set back', () => {
  const start = Date.parse('2026-11-27T12:00:00Z');
  const budget = (left: number, resetsAt: number) => ({ quota: 100, remaining: left, length: 900, resetsAt: new Date(resetsAt) });

  test.each([
    ['a refusal', { status: 429, headers: new Headers({ 'retry-after': '60' }) }],
    ['a budget that is used up', { status: 200, headers: new Headers(), windows: [budget(0, start + 60_000)] }],
  ])('makes what the service said of %s last no longer', async (_, answer) => {
    sandbox = await startSandbox();
    const time = { passed: 0, set: 0 };
    const limiter = new RateLimiter({
      parallel: 3,
      patience: { read: 5_000, write: 5_000 },
      now: () => start + time.set + time.passed,
      monotonic: () => time.passed,
    });
    const goes = async () => {
      const permit = await limiter.acquire({ priority: 'write' }).catch(() => undefined);
      permit?.giveBack();
      return permit !== undefined;
    };
    (await limiter.acquire({ priority: 'write' })).release(answer);
    time.passed += 30_000;
    expect(await goes()).toBe(false);
    time.set -= 3 * 3_600_000;
    expect(await goes()).toBe(false);
    time.passed += 31_000;
    expect(await goes()).toBe(true);
    // And one that is over does not begin anew.
    time.set -= 3_600_000;
    expect(await goes()).toBe(true);
  });
});
