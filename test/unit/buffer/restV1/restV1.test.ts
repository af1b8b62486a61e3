import { beforeEach, describe, expect, test } from 'vitest';
import type { BufferApi } from '../../../../src/core/buffer/bufferApi.ts';
import type { BufferErrorKind } from '../../../../src/core/buffer/bufferError.ts';
import { createRestV1 } from '../../../../src/core/buffer/restV1/restV1Api.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { failureOf } from '../../support/failureOf.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';

const sandbox = await ownSandbox();
let api: BufferApi;
let log: string[];

beforeEach(() => {
  log = [];
  api = connect();
});

function connect(token = sandbox.token, timeout?: number): BufferApi {
  return createRestV1({ baseUrl: sandbox.url, token: () => Promise.resolve(token), log: (line) => log.push(line), timeout });
}

/** v1 needs to know neither. */
const asked = { size: 20, known: [] };
const serviceOf = () => '';

const requests = () => sandbox.requests().map(({ method, path }) => `${method} ${path}`);

describe('the endpoints', () => {
  test('GET /user.json', async () => {
    expect(await api.account()).toMatchObject({ id: '4f0c0a06512f7ef214000001', plan: 'business', timeZone: 'Europe/Berlin' });
    expect(requests()).toEqual(['GET /1/user.json']);
  });

  test('GET /profiles.json', async () => {
    const { profiles } = await api.overview(asked);
    expect(profiles).toHaveLength(11);
    expect(profiles[0]).toMatchObject({
      id: ids.x,
      service: 'twitter',
      name: '@larkspur_dev',
      isDefault: true,
      timeZone: 'America/New_York',
      counts: { pending: 250, sent: 400 },
      isDisconnected: false,
    });
    expect(profiles.filter(({ isDisconnected }) => isDisconnected).map(({ name }) => name)).toEqual(['@lanternfish_ci']);
  });

  test('GET /profiles/{id}.json', async () => {
    expect(await api.profile(ids.bluesky)).toMatchObject({ id: ids.bluesky, service: 'bluesky', timeZone: 'America/Los_Angeles' });
  });

  test('GET /profiles/{id}/schedules.json', async () => {
    const [schedule] = await api.schedules(ids.x);
    expect(schedule!.times[0]).toMatch(/^\d\d:\d\d$/);
    expect(await api.schedules(ids.x)).toEqual((await api.profile(ids.x)).schedules);
  });

  test('pending pages walk the whole queue once, soonest first', async () => {
    const seen: string[] = [];
    let page = await api.pending(ids.x, { size: 60 });
    expect(page.total).toBe(250);
    for (;;) {
      seen.push(...page.updates.map(({ id }) => id));
      if (!page.next) break;
      page = await api.pending(ids.x, { size: 60, after: page.next, held: seen.length });
    }
    expect(seen).toEqual(queue(ids.x));
  });

  test('a next page starts where the held updates end, wherever that is', async () => {
    const { next } = await api.pending(ids.x, { size: 20 });
    for (const held of [1, 19, 20, 37, 101, 249]) {
      const { updates } = await api.pending(ids.x, { size: 20, after: next, held });
      expect(updates.length).toBeGreaterThan(0);
      expect(updates.map(({ id }) => id)).toEqual(queue(ids.x).slice(held, held + updates.length));
    }
  });

  test('sent updates come newest first with statistics', async () => {
    const { updates, total } = await api.sent(ids.linkedin, { size: 50 });
    expect(total).toBe(120);
    const times = updates.map(({ sentAt, dueAt }) => (sentAt ?? dueAt)!.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(updates.filter(({ status }) => status === 'sent').every(({ statistics }) => Object.keys(statistics).length > 0)).toBe(true);
  });

  test('GET /updates/{id}.json', async () => {
    const id = queue(ids.mastodon)[0]!;
    expect(await api.update(id)).toMatchObject({ id, profileId: ids.mastodon, service: 'mastodon', status: 'pending' });
  });

  test('POST /updates/create.json for two profiles at once', async () => {
    const { updates } = await api.create({ profileIds: [ids.mastodon, ids.bluesky], text: 'Two at once', when: 'queue' }, serviceOf);
    expect(updates.map(({ profileId }) => profileId).sort()).toEqual([ids.mastodon, ids.bluesky].sort());
    expect(requests()).toEqual(['POST /1/updates/create.json']);
    expect(queue(ids.mastodon)).toContain(updates.find(({ profileId }) => profileId === ids.mastodon)!.id);
  });

  test('create: next, now, and at a time', async () => {
    const create = async (text: string, when: Parameters<BufferApi['create']>[0]['when']) =>
      (await api.create({ profileIds: [ids.bluesky], text, when }, serviceOf)).updates[0]!;
    const next = await create('Next', 'next');
    expect(queue(ids.bluesky)[0]).toBe(next.id);
    expect((await create('Now', 'now')).status).toBe('sent');
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
    expect((await create('Later', { at })).dueAt).toEqual(at);
  });

  test('create: a link with its card, and a picture', async () => {
    const media = { link: 'https://example.com/a?b=1&c=2', title: 'A & B', description: 'Ünï', picture: 'https://example.com/a.png' };
    const [linked] = (await api.create({ profileIds: [ids.linkedin], text: 'Linked', when: 'queue', media }, serviceOf)).updates;
    expect(linked!.media).toMatchObject(media);
    const [pictured] = (
      await api.create(
        { profileIds: [ids.bluesky], text: 'Pictured', when: 'queue', media: { picture: 'https://example.com/b.png' } },
        serviceOf,
      )
    ).updates;
    expect(pictured!.media?.picture).toBe('https://example.com/b.png');
  });

  test('every character arrives as typed', async () => {
    const text = 'a&b=c+d%20 100% 👩‍💻🇮🇸 \n\n\ttab “quotes” שלום مرحبا 日本語 \\ <b>&amp;</b> #?;';
    const [created] = (await api.create({ profileIds: [ids.linkedin], text, when: 'queue' }, serviceOf)).updates;
    expect(created!.text).toBe(text);
    expect(sandbox.state.updates.get(created!.id)?.text).toBe(text);
    const { update: edited } = await api.edit(created!, { text: `${text}!` });
    expect(edited.text).toBe(`${text}!`);
  });

  test('POST /updates/{id}/update.json', async () => {
    const id = queue(ids.linkedin)[0]!;
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 7_200_000);
    expect((await api.edit(await api.update(id), { text: 'Edited', when: { at } })).update).toMatchObject({
      id,
      text: 'Edited',
      dueAt: at,
    });
  });

  test('POST /updates/{id}/share.json and /destroy.json', async () => {
    const [first, second] = queue(ids.bluesky) as [string, string];
    await api.share(await api.update(first));
    await api.destroy(second);
    expect(sandbox.state.updates.get(first)?.status).toBe('sent');
    expect(sandbox.state.updates.has(second)).toBe(false);
  });

  test('POST move_to_top, reorder and shuffle answer with new times', async () => {
    const before = queue(ids.bluesky);
    expect((await api.moveToTop(before[4]!)).id).toBe(before[4]);
    expect(queue(ids.bluesky)[0]).toBe(before[4]);
    const reversed = queue(ids.bluesky).toReversed();
    expect((await api.reorder(ids.bluesky, reversed)).map(({ id }) => id)).toEqual(queue(ids.bluesky));
    expect((await api.shuffle(ids.bluesky)).map(({ id }) => id)).toEqual(queue(ids.bluesky));
  });

  test('GET /info/configuration.json', async () => {
    const { limits, picture } = await api.configuration();
    // As it was recorded; `characterLimit` knows better.
    expect(limits['twitter']!['profile']).toMatchObject({ characters: 140 });
    expect(limits['mastodon']!['profile']).toMatchObject({ characters: 500 });
    expect(picture?.types).toContain('png');
  });

  test('the token travels in the header alone, and no log line holds it or a text', async () => {
    await api.overview(asked);
    await api.create({ profileIds: [ids.bluesky], text: 'quiet words', when: 'queue' }, serviceOf);
    await failureOf(connect('wrong-token-wrong').overview(asked));
    expect(sandbox.requests().some(({ isTokenInQuery }) => isTokenInQuery)).toBe(false);
    expect(log).toHaveLength(3);
    expect(log.join('\n')).not.toMatch(/sandbox-token|wrong-token|quiet words/);
  });
});

describe('failures', () => {
  const cases: [string, () => Promise<unknown>, BufferErrorKind, number?][] = [
    ['a bad token', () => connect('nonsense').overview(asked), 'unauthorized'],
    ['no token', () => connect('').overview(asked), 'unauthorized'],
    ['an unknown profile', () => api.profile('000000000000000000000000'), 'notFound', 1010],
    ['another person’s profile', () => api.profile(ids.foreign), 'forbidden', 1011],
    ['an unknown update', () => api.update('000000000000000000000000'), 'notFound', 1020],
    [
      'a text that is too long',
      () => api.create({ profileIds: [ids.x], text: 'x'.repeat(281), when: 'queue' }, serviceOf),
      'rejected',
      1022,
    ],
    ['a full queue', () => api.create({ profileIds: [ids.facebook], text: 'One more', when: 'queue' }, serviceOf), 'rejected', 1023],
    ['a time in the past', () => api.create({ profileIds: [ids.x], text: 'Late', when: { at: new Date(0) } }, serviceOf), 'rejected', 1034],
    ['an id that climbs', () => api.update('..'), 'notFound'],
  ];
  test.each(cases)('%s', async (_name, act, kind, code) => {
    const error = await failureOf(Promise.resolve().then(act));
    expect(error).toMatchObject({ kind, outcome: 'notDone', ...(code && { code }) });
    expect(error.message).toMatch(/^[A-Z“].*[.!?)]?$/u);
  });

  test('a duplicate', async () => {
    const twice = () => api.create({ profileIds: [ids.bluesky], text: 'Once only', when: 'queue' }, serviceOf);
    await twice();
    expect(await failureOf(twice())).toMatchObject({ kind: 'rejected', code: 1025 });
  });

  test('success: false under HTTP 200 is a failure', async () => {
    sandbox.faults.add({ kind: 'softFailure' });
    const error = await failureOf(api.create({ profileIds: [ids.facebook], text: 'One more', when: 'queue' }, serviceOf));
    expect(error).toMatchObject({ kind: 'rejected', code: 1023, outcome: 'notDone' });
  });

  test('reading is tried again after a passing failure, and waits as long as it is told', async () => {
    sandbox.faults.add({ kind: 'status', status: 503, headers: { 'Retry-After': '1' } });
    const started = performance.now();
    expect((await api.overview(asked)).profiles).toHaveLength(11);
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(requests()).toHaveLength(2);
  });

  test('reading gives up after three tries', async () => {
    sandbox.faults.add({ kind: 'status', status: 500, times: 0 });
    expect(await failureOf(api.overview(asked))).toMatchObject({ kind: 'server', outcome: 'notDone' });
    expect(requests()).toHaveLength(3);
  });

  const lost: [string, Parameters<Sandbox['faults']['add']>[0], BufferErrorKind][] = [
    ['dropped after the write', { kind: 'dropAfter' }, 'offline'],
    ['dropped before the write', { kind: 'dropBefore' }, 'offline'],
    ['502 after the write', { kind: 'statusAfter', status: 502 }, 'server'],
    ['HTML from a proxy', { kind: 'html' }, 'intercepted'],
    ['half of the JSON', { kind: 'malformed' }, 'malformed'],
    ['nothing at all', { kind: 'empty' }, 'malformed'],
  ];
  test.each(lost)('a create whose answer is %s is sent once and its outcome unknown', async (_name, fault, kind) => {
    sandbox.faults.add(fault);
    const error = await failureOf(api.create({ profileIds: [ids.bluesky], text: 'Maybe', when: 'queue' }, serviceOf));
    expect(error).toMatchObject({ kind, outcome: 'unknown' });
    expect(requests()).toEqual(['POST /1/updates/create.json']);
  });

  test('an answer that takes too long', async () => {
    sandbox.faults.add({ kind: 'latency', ms: 400 });
    const error = await failureOf(
      connect(sandbox.token, 100).create({ profileIds: [ids.bluesky], text: 'Slow', when: 'queue' }, serviceOf),
    );
    expect(error).toMatchObject({ kind: 'timeout', outcome: 'unknown' });
  });

  test('nobody listening: nothing was done', async () => {
    const gone = await startSandbox();
    await gone.close();
    const nowhere = createRestV1({ baseUrl: gone.url, token: () => Promise.resolve('t') });
    expect(await failureOf(nowhere.create({ profileIds: [ids.x], text: 'x', when: 'queue' }, serviceOf))).toMatchObject({
      kind: 'offline',
      outcome: 'notDone',
    });
  });

  test('a request that is given up', async () => {
    sandbox.faults.add({ kind: 'latency', ms: 500 });
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(), 50);
    expect(await failureOf(api.overview(asked, { signal: giveUp.signal }))).toMatchObject({ kind: 'cancelled' });
  });

  test('too many requests', async () => {
    sandbox.faults.add({ kind: 'status', status: 429, body: '{"code":429,"error":"slow down"}', headers: { 'Retry-After': '17' } });
    expect(await failureOf(api.destroy(queue(ids.bluesky)[0]!))).toMatchObject({ kind: 'rateLimited', retryAfter: 17, outcome: 'notDone' });
  });

  test('plain http is refused beyond this machine, before anything is sent', async () => {
    const plain = createRestV1({ baseUrl: 'http://api.example.com/1', token: () => Promise.resolve('t') });
    expect((await failureOf(plain.overview(asked))).message).toMatch(/https/);
  });
});

function queue(profileId: string): string[] {
  return sandbox
    .summary()
    .profiles.find(({ id }) => id === profileId)!
    .pending.map(({ id }) => id);
}
