import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';
import * as graphqlWire from '../../../src/core/buffer/graphql/wire.ts';
import { type ApiName, apiNames } from '../../../src/core/buffer/model.ts';
import * as restV1Wire from '../../../src/core/buffer/restV1/wire.ts';
import { retryAfterSeconds } from '../../../src/core/buffer/transport/requestBudget.ts';
import { budgetIn } from '../../../src/core/buffer/transport/rateLimitHeaders.ts';
import { id, time } from '../../../src/core/buffer/wire.ts';
import type { Avatars } from '../../../src/sidebar/avatars.ts';
import { QueueNodes } from '../../../src/sidebar/queueNodes.ts';
import { drawMessage, drawMore, drawProfile, drawSection, drawUpdate } from '../../../src/sidebar/queueRows.ts';
import { updateTooltip } from '../../../src/sidebar/updateTooltip.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { ids } from '../support/ids.ts';
import { runs, sampled } from '../support/runs.ts';

// Thousands of requests, on machines that may do other things meanwhile.
vi.setConfig({ testTimeout: 30_000 });
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Something in the way of the sandbox that answers as it is told. */
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string | Buffer;
}

let sandbox: Sandbox;
let proxy: Server;
let proxyUrl: string;
/** What is answered instead of the sandbox's word. */
let answer: (real: string, question: string) => Answer | string = (real) => real;
/** The sandbox's own answers, by what was asked: a test repeats few questions very often. */
const known = new Map<string, { status: number; body: string }>();

beforeAll(async () => {
  sandbox = await startSandbox({ rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
  proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const question = `${request.url} ${body}`;
    let real = known.get(question);
    if (!real) {
      const headers = { authorization: request.headers.authorization!, 'content-type': request.headers['content-type'] ?? 'text/plain' };
      const told = await fetch(new URL(request.url!, sandbox.url), { method: request.method, headers, ...(body && { body }) });
      real = { status: told.status, body: await told.text() };
      known.set(question, real);
    }
    const given = answer(real.body, question);
    const { status = real.status, headers, body: sent } = typeof given === 'string' ? { body: given } : given;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(sent);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await sandbox.close();
});
beforeEach(() => {
  answer = (real) => real;
});

function connect(service: ApiName): BufferApi {
  return clientOf(sandbox, service, { baseUrl: `${proxyUrl}/${service === 'v1' ? '1' : 'graphql'}`, pause: 1, timeout: 5000 });
}

function newStore(service: ApiName): QueueStore {
  const store = new QueueStore(() => 20, newMemory());
  store.connect(connect(service));
  return store;
}

const avatars = { iconOf: () => undefined } as unknown as Avatars;

/** Draws every row there is, as the sidebar does; gives their ids. */
function drawAll(store: QueueStore): string[] {
  const nodes = new QueueNodes();
  const items = [drawMessage(nodes.message('failed'), store)];
  for (const { id: profileId } of store.profiles.items) {
    items.push(drawProfile(nodes.profile(profileId), store, avatars));
    for (const section of ['pending', 'sent'] as const) {
      const row = nodes.section(profileId, section);
      items.push(drawSection(row, store), drawMore(nodes.more(row), store), drawMessage(nodes.message('failed', row), store));
      for (const update of store.list(profileId, section).items) {
        const node = nodes.update(profileId, section, update.id);
        items.push(drawUpdate(node, store));
        expect(typeof updateTooltip(node, store)).toBe('string');
      }
    }
  }
  expect(Array.isArray(store.failed)).toBe(true);
  for (const { label, description, contextValue } of items) {
    expect(typeof label).toBe('string');
    expect((label as string).length).toBeLessThan(5000);
    expect(['string', 'undefined']).toContain(typeof description);
    expect(String(contextValue)).not.toMatch(/function|object/);
  }
  const rows = items.map((item) => item.id!);
  // VS Code shows none of a tree that has a row twice.
  expect(new Set(rows).size).toBe(rows.length);
  return rows;
}

/** Does all that reads, and what writes; whatever goes wrong is a `BufferError` with a sentence. */
async function useAll(store: QueueStore, profileId: string = ids.bluesky): Promise<BufferError[]> {
  const errors: BufferError[] = [];
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      expect(error).toBeInstanceOf(BufferError);
      const { message } = error as BufferError;
      expect(message.length).toBeLessThan(600);
      expect(message).toMatch(/\S/);
      expect(message).not.toMatch(/[\n\r\0]/);
      errors.push(error as BufferError);
    });
  await attempt(store.loadProfiles());
  drawAll(store);
  await attempt(store.loadList(profileId, 'pending'));
  await attempt(store.loadMore(profileId, 'pending'));
  await attempt(store.loadList(profileId, 'sent'));
  await attempt(store.account());
  await attempt(store.configuration());
  const [first] = store.list(profileId, 'pending').items;
  await attempt(store.readUpdate(first?.id ?? 'x'));
  drawAll(store);
  if (first) {
    await attempt(store.edit(first.id, { text: 'Edited' }));
    await attempt(store.share(first.id));
    await attempt(store.destroy(first.id));
  }
  await attempt(store.create({ profileIds: [profileId], text: 'New', when: 'queue' }));
  drawAll(store);
  return errors;
}

/** What no service should answer with. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1e300,
    2 ** 53,
    '',
    ' ',
    [],
    {},
    [[]],
    [null],
    { id: null },
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'NaN',
    'Infinity',
    '\ud800',
    '\0',
    '../..',
    '..',
    'a b',
    'a/b',
    '%2e%2e',
    '$(trash)',
    '[x](command:y)',
    '<b>',
    '99:99',
    '24:00',
    'Mars/Olympus',
    '+25:00',
    'javascript:alert(1)',
    8.64e12,
    8.64e15,
    -8.64e12,
    '9999-12-31T23:59:59Z',
    '+010000-01-01T00:00:00Z',
    'x'.repeat(100_000),
  ),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
);

interface Mutation {
  /** Which of all places, by its share of them. */
  readonly at: number;
  /** In place of what is there; left out, it is taken away. */
  readonly value?: Json;
}
const mutation: fc.Arbitrary<Mutation> = fc.record(
  { at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), value: odd },
  { requiredKeys: ['at'] },
);

/** Changes one place of a value, the whole of it included. */
function mutate(json: Json, { at, value }: Mutation): Json {
  const places: [Json[] | Record<string, Json>, string][] = [];
  const root = { all: structuredClone(json) };
  const walk = (parent: Json[] | Record<string, Json>) => {
    for (const [key, child] of Object.entries(parent)) {
      places.push([parent, key]);
      if (child !== null && typeof child === 'object') walk(child);
    }
  };
  walk(root);
  const [parent, key] = places[Math.floor(at * places.length)]!;
  if (value !== undefined) Object.assign(parent, { [key]: value });
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
  return root.all ?? null;
}

describe('the parsers', () => {
  const isSchema = (value: unknown): value is v.GenericSchema => typeof value === 'object' && value !== null && '~run' in value;
  const exported: [string, unknown][] = [...Object.entries(restV1Wire), ...Object.entries(graphqlWire)];
  const schemas = exported.flatMap(([name, value]): [string, v.GenericSchema][] => (isSchema(value) ? [[name, value]] : []));

  test('are all looked at', () => {
    expect(schemas.length).toBeGreaterThan(20);
  });

  test.each(schemas)('%s takes any JSON for what it is, or for nothing', (_name, schema) => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(typeof v.safeParse(schema, json).success).toBe('boolean');
      }),
    );
  });

  const real: Record<string, Json> = {
    wireProfile: {
      id: 'p',
      service: 'twitter',
      service_type: 'profile',
      formatted_username: '@p',
      service_username: 'p',
      avatar: 'http://x.example/a.png',
      avatar_https: 'https://x.example/a.png',
      default: true,
      timezone: 'Europe/Berlin',
      counts: { pending: 1, sent: 2 },
      schedules: [{ days: ['mon'], times: ['09:00', '12:30'] }],
      statistics: { followers: 7 },
    },
    wireUpdate: {
      id: 'u',
      profile_id: 'p',
      profile_service: 'twitter',
      status: 'buffer',
      text: 'Words',
      created_at: 1_700_000_000,
      due_at: '1700000000',
      media: { link: 'https://x.example' },
      statistics: { reach: 1 },
      error: { message: 'No.' },
    },
    wireChannel: {
      id: 'p',
      service: 'twitter',
      type: 'profile',
      name: 'p',
      displayName: 'P',
      avatar: 'https://x.example/a.png',
      timezone: 'Europe/Berlin',
      externalLink: 'https://x.example/p',
      postingSchedule: [{ day: 'mon', paused: false, times: ['09:00'] }],
      metadata: { __typename: 'x', boards: [{ serviceId: 'b', name: 'B' }], maxCharacters: 500 },
    },
    wirePost: {
      id: 'u',
      channelId: 'p',
      channelService: 'twitter',
      status: 'error',
      text: 'Words',
      createdAt: '2026-11-23T10:00:00Z',
      dueAt: '2026-11-24T10:00:00Z',
      allowedActions: ['updatePost'],
      error: { message: 'No.', supportUrl: 'https://x.example' },
      assets: [{ __typename: 'ImageAsset', source: 'https://x.example/a.png', image: { altText: 'A' } }],
      metadata: { __typename: 'x', thread: [{ text: '1' }, { text: '2' }] },
      metrics: [{ name: 'Likes', type: 'likes', value: 7 }],
    },
  };
  test.each(Object.entries(real))('%s with a few places changed gives what can be drawn, or nothing', (name, json) => {
    const schema = Object.fromEntries(schemas)[name]!;
    expect(v.safeParse(schema, json).success).toBe(true);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const { success, output } = v.safeParse(schema, mutations.reduce(mutate, json));
        // What is read has the shape of the model: no function of some prototype, no time that is none.
        if (success)
          expect(JSON.stringify(output, (_key, value: unknown) => (typeof value === 'function' ? 'a function' : value))).not.toContain(
            'a function',
          );
      }),
      { numRuns: runs(500) },
    );
  });

  test.each<[Json, string | undefined]>([
    [0, '1970-01-01T00:00:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    [1_700_000_000, '2023-11-14T22:13:20.000Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    [1_700_000_000_000, '2023-11-14T22:13:20.000Z'],
    [253_402_300_799, '9999-12-31T23:59:59.000Z'],
    [253_402_300_799_000, '9999-12-31T23:59:59.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
    ['2026-11-23T10:00:00+05:30', '2026-11-23T04:30:00.000Z'],
    [8.64e15, undefined],
    [-8.64e15, undefined],
    ['+010000-01-01T00:00:00Z', undefined],
    ['soon, in 5', undefined],
    ['', undefined],
    [null, undefined],
    [{}, undefined],
  ])('the time %j is %s', (json, expected) => {
    const read = v.safeParse(time, json);
    expect(read.success ? read.output.toISOString() : undefined).toBe(expected);
  });

  test.each<[Json, boolean]>([
    ['4f0c0a06512f7ef214000001', true],
    [17, true],
    ['a.b:c=d_e~', true],
    ['ünï', true],
    ['__proto__', true],
    ['', false],
    ['.', false],
    ['..', false],
    ['a/b', false],
    ['a\\b', false],
    ['a b', false],
    ['a%2fb', false],
    ['a?b', false],
    ['a#b', false],
    ['a\0b', false],
    ['\ud800', false],
    ['x'.repeat(201), false],
    [1.5, false],
    [null, false],
  ])('the id %j is one: %s', (json, isOne) => {
    expect(v.safeParse(id, json).success).toBe(isOne);
  });

  test('no header makes a time that is none', () => {
    const headers = (ratelimit: string) => new Headers({ ratelimit, 'ratelimit-policy': '"day";q=250;w=86400' });
    expect(budgetIn(headers('"day";r=10;t=999999999999999'))[0]!.resetsAt.getTime()).not.toBeNaN();
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const clean = (text: string) => text.replace(/[^\x20-\x7e]/g, '');
        for (const { resetsAt } of budgetIn(new Headers({ ratelimit: clean(one), 'ratelimit-policy': clean(other) })))
          expect(resetsAt.getTime()).not.toBeNaN();
      }),
    );
    expect(retryAfterSeconds(new Headers({ 'retry-after': '9'.repeat(40) }))).toBe(31 * 86_400);
    expect(retryAfterSeconds(new Headers({ 'retry-after': 'soon' }))).toBeUndefined();
  });
});

describe.each(apiNames)('from %s', (service) => {
  const page = '<!doctype html><title>Sign in to this network</title>'.padEnd(2000, ' ');
  const whole: [string, (real: string) => Answer | string][] = [
    ['HTML from a proxy', () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: page })],
    ['HTML and 403', () => ({ status: 403, headers: { 'content-type': 'text/html' }, body: page })],
    ['HTML and 503', () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: page })],
    ['nothing', () => ''],
    ['nothing and 204', () => ({ status: 204, body: '' })],
    ['truncated JSON', (real) => real.slice(0, real.length / 2)],
    ['null', () => 'null'],
    ['a number', () => '7'],
    ['a list of null', () => '[null]'],
    ['an object of another service', () => '{"updates":7,"data":7,"errors":7,"success":7}'],
    ['data and errors that are none', () => '{"data":{},"errors":[]}'],
    ['errors of any kind', () => '{"errors":[{"message":7,"extensions":{"code":"constructor","window":"toString"}}]}'],
    [
      'a failure as long as a book',
      () => ({
        status: 400,
        body: JSON.stringify({ code: 1030, error: 'x\n\0'.repeat(500_000), errors: [{ message: 'x\n\0'.repeat(500_000) }] }),
      }),
    ],
    ['what is not what its header says', () => ({ headers: { 'content-encoding': 'gzip' }, body: 'no gzip' })],
    ['half of a gzip', (real) => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(real).subarray(0, 50) })],
    ['bytes that are no text', () => ({ body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) })],
    ['a way to somewhere else', () => ({ status: 302, headers: { location: 'https://evil.example/' }, body: '' })],
    ['too many requests, for ever', () => ({ status: 429, headers: { 'retry-after': '9'.repeat(30) }, body: '{}' })],
    ['deep nesting', () => '['.repeat(200_000)],
  ];
  test.each(sampled(whole))('%s is an error in a sentence', async (_name, spoil) => {
    answer = spoil;
    const store = newStore(service);
    const errors = await useAll(store);
    expect(errors.length).toBeGreaterThan(3);
    expect(store.profiles).toMatchObject({ status: 'failed', items: [] });
  });

  test.each(sampled(whole))('%s takes away nothing that was known', async (_name, spoil) => {
    const store = newStore(service);
    await store.loadProfiles();
    await store.loadList(ids.bluesky, 'pending');
    const rows = drawAll(store);
    answer = spoil;
    await store.refresh().catch(() => undefined);
    await store.refreshList(ids.bluesky, 'pending').catch(() => undefined);
    expect(drawAll(store)).toEqual(rows);
    expect(store.list(ids.bluesky, 'pending').status).toBe('failed');
    answer = (real) => real;
    store.connect(connect(service));
    await store.loadProfiles();
    expect(store.profiles.status).toBe('loaded');
  });

  test('answers with any places changed end in rows or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), async (mutations) => {
        answer = (real) => JSON.stringify(mutations.reduce<Json>(mutate, JSON.parse(real)));
        await useAll(newStore(service));
      }),
      { numRuns: runs(40) },
    );
  });

  test('any JSON at all ends in rows or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (json) => {
        answer = () => (service === 'v1' ? JSON.stringify(json) : JSON.stringify({ data: json }));
        await useAll(newStore(service));
      }),
      { numRuns: runs(40) },
    );
  });

  test('one odd element does not hide the others', async () => {
    const elements = (json: Json): Json[] => {
      const all = json as { updates: Json[]; data: { dated: { edges: Json[] } } };
      return service === 'v1' ? all.updates : all.data.dated.edges;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        async (which, mutations) => {
          const store = newStore(service);
          await store.loadProfiles();
          let others: string[] = [];
          answer = (real) => {
            const json = JSON.parse(real) as Json;
            const all = elements(json);
            const index = Math.floor(which * all.length);
            const idOf = (each: Json) => (each as { id?: string; node?: { id: string } }).node?.id ?? (each as { id: string }).id;
            others = all.filter((_, each) => each !== index).map(idOf);
            all[index] = mutations.reduce(mutate, all[index]!);
            return JSON.stringify(json);
          };
          await store.refreshList(ids.bluesky, 'pending');
          drawAll(store);
          expect(store.list(ids.bluesky, 'pending').items.map((each) => each.id)).toEqual(expect.arrayContaining(others));
          answer = (real) => real;
        },
      ),
      { numRuns: runs(40) },
    );
  });

  test('statuses, networks and posting times nobody heard of, and an update of 1 MB, are shown', async () => {
    const long = `A long text. ${'🦆'.repeat(300_000)}`;
    let count = 0;
    answer = (real) =>
      real
        .replace(/"status":"(buffer|scheduled)"/g, () => `"status":"${['constructor', 'hovering', '__proto__'][count++ % 3]}"`)
        .replaceAll('"service":"bluesky"', '"service":"constructor"')
        .replace(/"times":\["/g, '"times":["99:99","24:00","')
        .replace(/"text":"[^"]*"/, () => `"text":"${long}"`);
    const store = newStore(service);
    await store.loadProfiles();
    await store.loadList(ids.bluesky, 'pending');
    drawAll(store);
    const { items } = store.list(ids.bluesky, 'pending');
    expect(items.filter(({ status }) => status === 'other').length).toBeGreaterThan(5);
    expect(store.profile(ids.bluesky)!.service).toBe('constructor');
    expect([...store.profiles.items].flatMap((profile) => store.list(profile.id, 'pending').items).some(({ text }) => text === long)).toBe(
      true,
    );
  });

  test('10,000 profiles take little time', async () => {
    const many = (list: Json[]) =>
      Array.from({ length: 10_000 }, (_, index) => ({ ...(list[index % list.length] as object), id: `p${index}` }));
    answer = (real) => {
      const json = JSON.parse(real) as Json[] & { data: { channels: Json[] } };
      if (service === 'v1') return JSON.stringify(many(json));
      json.data.channels = many(json.data.channels);
      return JSON.stringify(json);
    };
    const store = newStore(service);
    await store.loadProfiles();
    expect(store.profiles.items).toHaveLength(10_000);
    const started = performance.now();
    const nodes = new QueueNodes();
    for (const { id: profileId } of store.profiles.items) drawProfile(nodes.profile(profileId), store, avatars);
    // 200 ms on a machine with nothing else to do; a search through all profiles for each of them took 1,000.
    console.log(`10,000 rows of profiles were drawn in ${Math.round(performance.now() - started)} ms`);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('an update that is in two lists and goes leaves no hole', async () => {
  const store = newStore('v1');
  await store.loadProfiles();
  await store.loadList(ids.bluesky, 'pending');
  const [first] = store.list(ids.bluesky, 'pending').items;
  // It went out meanwhile, and is among what was sent as well.
  answer = (real) => real.replace(/"id":"[^"]*"/, `"id":"${first!.id}"`);
  await store.loadList(ids.bluesky, 'sent');
  answer = () => ({ status: 404, body: '{"code":1020,"error":"No such update."}' });
  await store.readUpdate(first!.id).catch(() => undefined);
  drawAll(store);
  expect(store.list(ids.bluesky, 'sent').items.every(Boolean)).toBe(true);
});
