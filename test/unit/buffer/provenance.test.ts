import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import type { BufferError, BufferErrorKind } from '../../../src/core/buffer/bufferError.ts';
import type { HttpOptions } from '../../../src/core/buffer/transport/http.ts';
import { type ApiName, apiNames, type Update } from '../../../src/core/buffer/model.ts';
import { rawAnswer } from '../../../src/core/buffer/transport/rawAnswer.ts';
import { clientOf } from '../../sandbox/client.ts';
import { keepers, strangerNames, strangers } from '../../sandbox/strangers.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { runs, sampled } from '../support/runs.ts';

vi.setConfig({ testTimeout: 30_000 });

const sandbox = await ownSandbox();

/** What only the service itself can say. */
const verdicts: readonly BufferErrorKind[] = ['notFound', 'unauthorized', 'forbidden', 'rejected'];

type Call = readonly [name: string, isWrite: boolean, call: (api: BufferApi, update: Update) => Promise<unknown>];

/** Everything that asks a service for something. */
function callsOf(service: ApiName): Call[] {
  const page = { size: 10 };
  const calls: (Call | false)[] = [
    ['account', false, (api) => api.account()],
    ['overview', false, (api) => api.overview({ size: 10, known: [] })],
    ['profile', false, (api) => api.profile(ids.bluesky)],
    ['schedules', false, (api) => api.schedules(ids.bluesky)],
    ['pending', false, (api) => api.pending(ids.bluesky, page)],
    ['sent', false, (api) => api.sent(ids.bluesky, page)],
    ['update', false, (api, { id }) => api.update(id)],
    ['recent', false, (api) => api.recent([ids.bluesky], new Date(0))],
    service === 'v1' && ['configuration', false, (api) => api.configuration()],
    service === 'graphql' && ['ideas', false, (api) => api.ideas(page)],
    ['create', true, (api) => api.create({ profileIds: [ids.bluesky], text: 'New', when: 'queue' }, () => 'bluesky')],
    ['edit', true, (api, update) => api.edit(update, { text: 'Edited' })],
    ['share', true, (api, update) => api.share(update)],
    ['restore', true, (api, update) => api.restore(update, 'queue')],
    ['destroy', true, (api, { id }) => api.destroy(id)],
    ['moveToTop', true, (api, { id }) => api.moveToTop(id)],
    service === 'v1' && ['reorder', true, (api, { id }) => api.reorder(ids.bluesky, [id])],
    service === 'v1' && ['shuffle', true, (api) => api.shuffle(ids.bluesky)],
    service === 'graphql' && ['createIdea', true, (api) => api.createIdea({ text: 'An idea' })],
  ];
  return calls.filter((each) => each !== false);
}

let logged: string[];
beforeEach(() => {
  logged = [];
});

function connect(service: ApiName, options: Partial<HttpOptions> = {}): BufferApi {
  return clientOf(sandbox, service, { pause: 1, timeout: 5_000, logAnswer: (line) => logged.push(line), ...options });
}

function pendingId(): string {
  const profile = sandbox.state.profiles.find(({ id }) => id === ids.bluesky)!;
  return sandbox.state.pending(profile)[0]!.id;
}

function expectNoVerdict(error: BufferError, isWrite: boolean, mayKnow: boolean): void {
  expect(verdicts).not.toContain(error.kind);
  expect(error.outcome).toBe(isWrite && !mayKnow ? 'unknown' : 'notDone');
}

describe.each(apiNames)('an answer in the place of %s', (service) => {
  const calls = callsOf(service);

  test.each(sampled(strangerNames))('is never its word: %s', async (by) => {
    for (const [name, isWrite, call] of calls) {
      const update = await connect(service).update(pendingId());
      sandbox.faults.add({ kind: 'stranger', by, times: 0 });
      const before = JSON.stringify(sandbox.summary().profiles);
      const error = await failureOf(call(connect(service), update));
      sandbox.faults.clear();
      expect({ name, kind: error.kind }).not.toMatchObject({
        kind: expect.stringMatching(new RegExp(`^(${verdicts.join('|')})$`)) as string,
      });
      expectNoVerdict(error, isWrite, keepers.includes(by));
      expect(JSON.stringify(sandbox.summary().profiles)).toBe(before);
      // Its words are for the log alone.
      const said = /<h1>(.*)<\/h1>/.exec(strangers[by].body)?.[1];
      if (said) expect(error.message).not.toContain(said);
      expect(error.message).toMatch(/^[A-Z].*\.$/);
    }
    // A proxy's 407 is kept by `fetch`.
    if (by !== 'proxyLogin') expect(logged.length).toBeGreaterThanOrEqual(calls.length);
  });

  test.each(sampled(strangerNames.filter((by) => !keepers.includes(by))))('does not hide that a write was done: %s', async (by) => {
    const id = pendingId();
    sandbox.faults.add({ kind: 'stranger', by, isDone: true, match: service === 'v1' ? { method: 'POST' } : { operation: 'DeletePost' } });
    expectNoVerdict(await failureOf(connect(service).destroy(id)), true, false);
    expect(sandbox.state.updates.has(id)).toBe(false);
  });

  test('is told with what came, and what helps', async () => {
    const told = async (by: keyof typeof strangers) => {
      sandbox.faults.add({ kind: 'stranger', by });
      const { kind, message, remedy } = await failureOf(connect(service).destroy(pendingId()));
      return { kind, message, remedy };
    };
    expect(await told('portalPage')).toMatchObject({
      kind: 'intercepted',
      remedy: 'signInPage',
      message: expect.stringContaining('a web page (text/html, status 200)') as string,
    });
    expect(await told('portalRedirect')).toMatchObject({
      kind: 'intercepted',
      remedy: 'signInPage',
      message: expect.stringContaining('leads elsewhere (status 302)') as string,
    });
    expect(await told('portalNotice')).toMatchObject({
      kind: 'intercepted',
      remedy: 'signInPage',
      message: expect.stringContaining('status 511') as string,
    });
    expect(await told('proxyLogin')).toMatchObject({
      kind: 'intercepted',
      remedy: 'proxySettings',
      message: expect.stringContaining('http.proxy') as string,
    });
    expect(await told('filterPage')).toMatchObject({
      kind: 'intercepted',
      remedy: undefined,
      message: expect.stringContaining('a web page (text/html, status 403)') as string,
    });
    expect(await told('teapot')).toMatchObject({
      kind: 'intercepted',
      message: expect.stringContaining('something else (text/plain, status 418)') as string,
    });
    expect(await told('emptyMissing')).toMatchObject({
      kind: 'intercepted',
      message: expect.stringContaining('answered with nothing (status 404)') as string,
    });
    expect(await told('gatewayPage')).toMatchObject({ kind: 'server', message: expect.stringContaining('on the way to it') as string });
  });

  test('that leads elsewhere is not followed', async () => {
    sandbox.faults.add({ kind: 'stranger', by: 'portalRedirect', times: 0 });
    await failureOf(connect(service).account());
    expect(sandbox.requests()).toHaveLength(1);
    expect(logged.join()).toContain('location: http://portal.example/sign-in?from=api');
  });

  test('costs no token: none is renewed for it, and no write is sent again', async () => {
    let renewals = 0;
    const renewToken = () => Promise.resolve(`another-${++renewals}`);
    for (const by of ['lockedPage', 'lockedJson', 'emptyUnauthorized'] as const) {
      sandbox.resetRequests();
      sandbox.faults.add({ kind: 'stranger', by, times: 0 });
      await failureOf(connect(service, { renewToken }).destroy(pendingId()));
      sandbox.faults.clear();
      expect(sandbox.requests()).toHaveLength(1);
    }
    expect(renewals).toBe(0);
    // The service's own word does.
    sandbox.revoke();
    await failureOf(connect(service, { renewToken }).destroy(pendingId()));
    expect(renewals).toBe(1);
  });

  test('in the middle of which the connection breaks was cut off, and is asked for again where it can be', async () => {
    const isOfWrite = service === 'v1' ? { method: 'POST' } : { operation: 'DeletePost' };
    sandbox.faults.add({ kind: 'cutOff', match: isOfWrite });
    expect(await failureOf(connect(service).destroy(pendingId()))).toMatchObject({
      kind: 'malformed',
      outcome: 'unknown',
      message: 'Buffer’s answer was cut off.',
    });
    expect(logged).toHaveLength(1);
    sandbox.faults.add({ kind: 'cutOff' });
    expect(await connect(service).account()).toMatchObject({ id: expect.any(String) as string });
  });

  test('too often is too often, whoever says so', async () => {
    const body = '<h1>Slow down</h1>';
    sandbox.faults.add({ kind: 'status', status: 429, body, headers: { 'retry-after': '17' } });
    expect(await failureOf(connect(service).destroy(pendingId()))).toMatchObject({
      kind: 'rateLimited',
      retryAfter: 17,
      outcome: 'notDone',
    });
  });
});

describe('any answer', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; type: string; body: string; challenge?: string };
  let asked: IncomingHttpHeaders[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.headers);
      const { status, type, body, challenge } = answer;
      const headers = { 'content-type': type, ...(challenge && { 'www-authenticate': challenge }) };
      request.resume().on('end', () => response.writeHead(status, headers).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
  });

  // Of 429 it does not matter who says so.
  const status = fc
    .oneof(fc.integer({ min: 200, max: 599 }), fc.constantFrom(200, 200, 302, 400, 401, 403, 404, 405, 407, 500, 502, 511))
    .filter((code) => code !== 429);
  const type = fc.constantFrom(
    'application/json',
    'text/html',
    'text/html; charset=utf-8',
    'text/plain',
    'application/problem+json',
    'application/xml',
    'image/png',
    'odd',
  );
  const words = fc.constantFrom(
    'Not Found',
    'Forbidden',
    'Unauthorized',
    'Update not found.',
    'Post not found',
    'UNAUTHENTICATED',
    'NOT_FOUND',
  );
  /**
   * As proxies and frameworks write them. What is a documented code of v1, or a list of errors with nothing beside it,
   * cannot be told from the service's.
   */
  const proxyJson = fc.dictionary(
    fc.constantFrom('message', 'error', 'title', 'detail', 'reason', 'path', 'timestamp', 'statusCode', 'type'),
    fc.oneof(words, fc.constantFrom<unknown>(401, 403, 404, null, true, {}, [], { message: 'No' })),
  );
  const body = fc.oneof(
    fc.string({ maxLength: 300 }),
    words,
    fc.constant(''),
    words.map((each) => `<!DOCTYPE html><html><body><h1>${each}</h1></body></html>`),
    proxyJson.map((json) => JSON.stringify(json)),
    proxyJson.map((json) => JSON.stringify(json).slice(0, -1)),
    fc
      .jsonValue({ maxDepth: 2 })
      // An empty list is the shape of several answers of v1, as posting times.
      .filter((json) => !hasCode(json) && !(Array.isArray(json) && json.length === 0))
      .map((json) => JSON.stringify(json)),
  );
  function hasCode(json: unknown): boolean {
    return typeof json === 'object' && json !== null && ('code' in json || 'errors' in json || 'success' in json);
  }

  test.each(apiNames.flatMap((service) => callsOf(service).map(([name, isWrite, call]) => [service, name, isWrite, call] as const)))(
    'without the shape of %s ends %s without a verdict',
    async (service, _name, isWrite, call) => {
      const update = await connect(service).update(pendingId());
      const api = clientOf(sandbox, service, { baseUrl: url, pause: 1 });
      await fc.assert(
        fc.asyncProperty(status, type, body, async (...[code, media, text]) => {
          answer = { status: code, type: media, body: text };
          const error = await call(api, update).then(
            () => undefined,
            (each: unknown) => each as BufferError,
          );
          // Nothing in it says that anything was done.
          expect(error?.name).toBe('BufferError');
          expectNoVerdict(error!, isWrite, code === 407 || code === 511);
          expect(error!.message.length).toBeLessThan(400);
        }),
        {
          numRuns: runs(40),
          examples: [
            [404, 'text/html', '<html>'],
            [403, 'text/html', '<html>'],
            [401, 'text/html', ''],
            [200, 'application/json', '{}'],
            [404, 'application/json', '{"message":"Not Found"}'],
          ],
        },
      );
    },
  );

  test('is asked for by a name of our own', async () => {
    answer = { status: 200, type: 'text/html', body: '' };
    for (const service of apiNames) {
      const update = await connect(service).update(pendingId());
      for (const [, , call] of callsOf(service))
        await failureOf(call(clientOf(sandbox, service, { baseUrl: url, userAgent: 'QueueForBuffer/9.8.7' }), update));
      await failureOf(clientOf(sandbox, service, { baseUrl: url }).account());
    }
    expect(new Set(asked.map((headers) => headers['user-agent']))).toEqual(new Set(['QueueForBuffer/9.8.7', 'QueueForBuffer']));
  });

  test.each<[string, ApiName, number, string, string, Partial<BufferError>]>([
    ['an update is gone', 'v1', 404, '', '{"error":"Update not found.","code":1020}', { kind: 'notFound', outcome: 'notDone', code: 1020 }],
    [
      'an update is another’s',
      'v1',
      403,
      '',
      '{"success":false,"message":"Not yours.","code":1021}',
      { kind: 'forbidden', outcome: 'notDone' },
    ],
    [
      'a write is refused',
      'v1',
      400,
      '',
      '{"success":false,"message":"No.","code":1022}',
      { kind: 'rejected', outcome: 'notDone', message: 'No.' },
    ],
    [
      'a write is refused with 200',
      'v1',
      200,
      '',
      '{"success":false,"message":"No.","code":1025}',
      { kind: 'rejected', outcome: 'notDone', isDuplicate: true },
    ],
    ['a write is refused without a code', 'v1', 400, '', '{"success":false,"message":"No."}', { kind: 'rejected', outcome: 'notDone' }],
    [
      'a token is bad, as recorded',
      'v1',
      401,
      "OAuth realm='Service', error='invalid_request'",
      '',
      { kind: 'unauthorized', outcome: 'notDone' },
    ],
    ['a token is bad', 'v1', 401, '', '{"error":"Unauthorized","code":401}', { kind: 'unauthorized' }],
    [
      'a key is for the other API',
      'v1',
      401,
      '',
      '{"error":"Public API tokens are not accepted for REST API access"}',
      { kind: 'unauthorized' },
    ],
    ['there is no such endpoint', 'v1', 404, '', '{"error":"Not found.","code":404}', { kind: 'rejected' }],
    ['a code of another’s numbers', 'v1', 403, '', '{"error":"Access denied","code":1020}', { kind: 'intercepted', outcome: 'unknown' }],
    ['a code in an answer that says it went well', 'v1', 200, '', '{"success":true,"code":1020}', {}],
    [
      'a token is bad',
      'graphql',
      401,
      '',
      '{"errors":[{"message":"No.","extensions":{"code":"UNAUTHENTICATED"}}]}',
      { kind: 'unauthorized' },
    ],
    ['a token is bad, without a code', 'graphql', 401, '', '{"errors":[{"message":"No."}]}', { kind: 'unauthorized' }],
    [
      'a post is gone',
      'graphql',
      200,
      '',
      '{"data":null,"errors":[{"message":"Post not found.","path":["deletePost"],"extensions":{"code":"NOT_FOUND"}}]}',
      { kind: 'notFound', outcome: 'notDone' },
    ],
    [
      'a query is not understood',
      'graphql',
      400,
      '',
      '{"errors":[{"message":"Cannot query.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}',
      { kind: 'rejected', outcome: 'notDone' },
    ],
    [
      'an input is none',
      'graphql',
      200,
      '',
      '{"errors":[{"message":"Odd.","extensions":{"code":"BAD_USER_INPUT"}}]}',
      { kind: 'rejected', outcome: 'notDone' },
    ],
    [
      'a query costs too much',
      'graphql',
      200,
      '',
      '{"errors":[{"message":"Too much."}]}',
      { kind: 'rejected', outcome: 'notDone', message: 'Too much.' },
    ],
    [
      'a failure without a code that came while it was done',
      'graphql',
      200,
      '',
      '{"data":null,"errors":[{"message":"Oh.","path":["deletePost"]}]}',
      { kind: 'rejected', outcome: 'unknown' },
    ],
    [
      'a code that nobody knows',
      'graphql',
      200,
      '',
      '{"errors":[{"message":"Oh.","extensions":{"code":"MOON_PHASE"}}]}',
      { kind: 'rejected', outcome: 'unknown' },
    ],
    [
      'a failure on its side',
      'graphql',
      200,
      '',
      '{"data":null,"errors":[{"message":"Oh.","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}',
      { kind: 'server', outcome: 'unknown' },
    ],
    [
      'a failure on its side, not begun',
      'graphql',
      200,
      '',
      '{"errors":[{"message":"Oh.","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}',
      { kind: 'server', outcome: 'unknown' },
    ],
    [
      'a failure behind it',
      'graphql',
      502,
      '',
      '{"errors":[{"message":"Oh.","extensions":{"code":"UPSTREAM_SERVER_ERROR"}}]}',
      { kind: 'server', outcome: 'unknown' },
    ],
    [
      'an unexpected failure',
      'graphql',
      200,
      '',
      '{"errors":[{"message":"Oh.","extensions":{"code":"UNEXPECTED"}}]}',
      { kind: 'server', outcome: 'unknown' },
    ],
  ])('with the service’s shape is its word: %s (%s, %i)', async (_name, service, code, challenge, text, expected) => {
    answer = { status: code, type: challenge ? 'text/html' : 'application/json', body: text, challenge };
    const outcome = await clientOf(sandbox, service, { baseUrl: url })
      .destroy('an-id')
      .then(
        () => ({}),
        (error: unknown) => error,
      );
    expect(outcome).toMatchObject(expected);
  });
});

describe('a proxy that wants a password for its tunnel', () => {
  // As undici, Node and Chromium put it; there is no such proxy before the sandbox.
  test.each([
    [
      'undici',
      Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), { name: 'AbortError', code: 'UND_ERR_ABORTED' }),
    ],
    ['a later Node', new Error('proxy authentication required')],
    ['Chromium', new Error('net::ERR_PROXY_AUTH_UNSUPPORTED')],
  ])('is told as that, and nothing was done: %s', async (_name, cause) => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })));
    const error = await failureOf(connect('graphql').destroy('an-id')).finally(() => vi.unstubAllGlobals());
    expect(error).toMatchObject({ kind: 'intercepted', outcome: 'notDone', remedy: 'proxySettings' });
  });
});

test('a read that failed with a passing code under 200 is asked for once more', async () => {
  sandbox.faults.add({ kind: 'graphqlError', code: 'INTERNAL_SERVER_ERROR', times: 0 });
  expect(await failureOf(connect('graphql').account())).toMatchObject({ kind: 'server', outcome: 'notDone' });
  expect(sandbox.requests()).toHaveLength(2);
  sandbox.faults.clear();
  sandbox.resetRequests();
  sandbox.faults.add({ kind: 'graphqlError', code: 'UPSTREAM_SERVER_ERROR' });
  await connect('graphql').account();
  expect(sandbox.requests()).toHaveLength(2);
});

describe('what is logged of an answer', () => {
  const given = (body: string, type = 'text/html') => ({ status: 418, headers: new Headers({ 'content-type': type }), body });

  test('is its status, its type and its beginning', () => {
    const line = rawAnswer(given(`<h1>Tea</h1>${'x'.repeat(5_000)}`), 'a-token');
    expect(line).toContain('status 418, content-type: text/html');
    expect(line).toContain('<h1>Tea</h1>xxx');
    expect(line.length).toBeLessThan(2_200);
  });

  test('holds no token, however it is written, and one line in which all is seen', () => {
    const token = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcXYZ019-_./+=&<>"~') });
    const forms = [
      (text: string) => text,
      encodeURIComponent,
      (text: string) => JSON.stringify(text),
      (text: string) => `Authorization: Bearer ${text}`,
      (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
      (text: string) => Buffer.from(text).toString('base64'),
    ];
    fc.assert(
      fc.property(
        token,
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...forms)), { minLength: 1, maxLength: 8 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (secret, parts, odd) => {
          const body = parts.map((part) => (typeof part === 'string' ? part : part(secret))).join(' ') + odd;
          const line = rawAnswer(given(body), secret);
          for (const form of forms) expect(line.includes(form(secret))).toBe(false);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        },
      ),
    );
  });
});
