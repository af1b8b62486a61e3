import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Grant, grantSchema } from '../../../src/account/grant.ts';
import { GrantKeeper, type GrantKeeperOptions, type GrantStore } from '../../../src/account/grantKeeper.ts';
import {
  bufferScopes,
  checkSignIn,
  finishSignIn,
  optionalScopes,
  refresh,
  ScopeRefused,
  scopesWithout,
  startSignIn,
} from '../../../src/account/oauth.ts';
import { authUrl } from '../../../src/core/buffer/transport/serviceUrl.ts';
import { BufferError, type BufferErrorKind } from '../../../src/core/buffer/bufferError.ts';
import { startAuthorizationServer, type TokenFault } from '../../sandbox/authorizationServer.ts';
import { answerConsent } from '../../sandbox/oauthBrowser.ts';
import { fileStore, type WindowTask } from '../../sandbox/oauthWindow.ts';
import { failureOf } from '../support/failureOf.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const redirectUri = 'vscode://queue-for-buffer.queue-for-buffer/signed-in';
const mainUser = '4f0c0a06512f7ef214000001';

const sandbox = await ownSandbox({});
let folder: string;
let log: string[];
/** All that must never be told. */
let secrets: Set<string>;

beforeEach(async () => {
  folder = await temporaryFolder();
  log = [];
  secrets = new Set(['sandbox-secret']);
});
afterEach(() => {
  vi.unstubAllGlobals();
  expectNoSecrets(log);
});

const client = () => ({ authUrl: sandbox.authUrl, clientId: sandbox.clientId, redirectUri });
const isGood = ({ accessToken }: Grant) => sandbox.state.userOfKey(accessToken)?.id === mainUser;

function known(grant: Grant): Grant {
  secrets.add(grant.accessToken).add(grant.refreshToken);
  return grant;
}

/** Whoever opens the address, and says yes. */
async function answered(options: object = {}) {
  const start = await startSignIn({ ...client(), ...options });
  const callback = await answerConsent(start.authorizeUrl, 'allow');
  secrets.add(start.codeVerifier).add(callback.searchParams.get('code')!);
  return { ...client(), ...options, ...start, callback };
}

async function signIn(): Promise<Grant> {
  return known(await finishSignIn(await answered()));
}

function expectNoSecrets(told: unknown): void {
  const text = inspect(told, { depth: Infinity, showHidden: true }) + JSON.stringify(told);
  for (const secret of secrets) expect(text.includes(secret)).toBe(false);
}

async function failure(promise: Promise<unknown>): Promise<BufferError> {
  const error = await failureOf(promise);
  expectNoSecrets(error);
  return error;
}

describe('signing in', () => {
  test('goes the whole way, and the token is good for the API', async () => {
    const before = Date.now();
    const grant = await signIn();
    expect(grant.expiresAt - before).toBeGreaterThanOrEqual(3_600_000);
    expect(grant.expiresAt - Date.now()).toBeLessThanOrEqual(3_600_000);
    const response = await fetch(sandbox.graphqlUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${grant.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ account { id } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { account: { id: mainUser } } });
  });

  test('asks for lasting access to no more than the queue, with a challenge and no secret', async () => {
    const { authorizeUrl, state, codeVerifier } = await startSignIn({ authUrl, clientId: 'an-app', redirectUri });
    const { origin, pathname, searchParams } = new URL(authorizeUrl);
    const { code_challenge: challenge, ...rest } = Object.fromEntries(searchParams);
    expect(`${origin}${pathname}`).toBe('https://auth.buffer.com/auth');
    expect(rest).toEqual({
      client_id: 'an-app',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'posts:read posts:write ideas:read ideas:write account:read insights:read notes:read offline_access',
      state,
      code_challenge_method: 'S256',
      prompt: 'consent',
    });
    expect(challenge).toHaveLength(43);
    expect(authorizeUrl).not.toContain(codeVerifier);
  });

  test('the scope can be chosen, and is what the access is good for', async () => {
    const grant = known(await finishSignIn(await answered({ scope: 'posts:read offline_access' })));
    expect(sandbox.state.scopesOf(grant.accessToken)).toEqual(['posts:read', 'offline_access']);
  });

  test('what was granted is told apart from what was asked for, also after renewing', async () => {
    sandbox.auth.withheld = ['posts:write', 'ideas:read'];
    const grant = await signIn();
    const left = ['posts:read', 'ideas:write', 'account:read', 'insights:read', 'notes:read', 'offline_access'];
    expect(grant.scopes.toSorted()).toEqual(left.toSorted());
    expect(sandbox.state.scopesOf(grant.accessToken)!.toSorted()).toEqual(left.toSorted());
    const renewed = known(await refresh(grant));
    expect(renewed.scopes.toSorted()).toEqual(left.toSorted());
  });

  test.each([
    ['granted', 'granted', []],
    ['leftOut', 'granted', ['insights:read']],
    ['granted', 'leftOut', ['notes:read']],
    ['leftOut', 'leftOut', ['insights:read', 'notes:read']],
  ] as const)('limits-2: what figures need is %s, what notes need is %s', async (insightsScope, notesScope, without) => {
    sandbox.behave({ insightsScope, notesScope });
    expect((await signIn()).scopes).toEqual(scopesWithout(without).split(' '));
  });

  test('a grant that was kept before it told what it is good for is good for what was asked then', async () => {
    const { scopes, ...before } = await signIn();
    expect(v.parse(grantSchema, before).scopes).toEqual(scopesWithout(optionalScopes).split(' '));
    expect(v.parse(grantSchema, { ...before, scopes }).scopes).toEqual(scopes);
  });

  test('an answer that tells no scope grants what was asked for', async () => {
    const real = fetch;
    vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
      const response = await real(...request);
      if (request[0] !== `${sandbox.authUrl}/token`) return response;
      const { scope: _, ...rest } = (await response.json()) as Record<string, unknown>;
      return Response.json(rest, { status: response.status });
    });
    const grant = known(await finishSignIn(await answered({ scope: 'posts:read offline_access' })));
    expect(grant.scopes).toEqual(['posts:read', 'offline_access']);
    sandbox.auth.withheld = [];
    expect(known(await refresh(grant)).scopes).toEqual(['posts:read', 'offline_access']);
  });

  test('limits-4: without the question for consent there is no lasting access, so it is always asked', async () => {
    const grant = async () => {
      const start = await startSignIn(client());
      const url = new URL(start.authorizeUrl);
      expect(url.searchParams.get('prompt')).toBe('consent');
      url.searchParams.delete('prompt');
      return finishSignIn({ ...client(), ...start, callback: await answerConsent(url.href, 'allow') });
    };
    expect(await failure(grant())).toMatchObject({ kind: 'malformed', message: expect.stringContaining('cannot be renewed') });
    sandbox.behave({ consentForRefresh: 'notNeeded' });
    expect(isGood(known(await grant()))).toBe(true);
  });

  test('says so when the person does not allow it', async () => {
    const start = await startSignIn(client());
    const callback = await answerConsent(start.authorizeUrl, 'deny');
    expect(await failure(finishSignIn({ ...client(), ...start, callback }))).toMatchObject({
      kind: 'rejected',
      message: 'You are not signed in, because access was not allowed.',
    });
  });

  test('what takes no person, allows or denies by itself', async () => {
    sandbox.auth.consent = 'allow';
    const start = await startSignIn(client());
    const callback = await answerConsent(start.authorizeUrl, 'deny');
    expect(isGood(known(await finishSignIn({ ...client(), ...start, callback })))).toBe(true);
  });

  test.each<[string, (callback: URL) => void]>([
    ['another state', ({ searchParams }) => searchParams.set('state', 'of-somebody-else')],
    ['no state', ({ searchParams }) => searchParams.delete('state')],
    ['two states', ({ searchParams }) => searchParams.append('state', 'one-more')],
    ['another issuer', ({ searchParams }) => searchParams.set('iss', 'https://evil.example')],
    ['no code', ({ searchParams }) => searchParams.delete('code')],
    ['a token', ({ searchParams }) => searchParams.set('token', 'given-in-the-open')],
  ])('an answer with %s is not taken', async (_case, spoil) => {
    const answer = await answered();
    spoil(answer.callback);
    const fetching = vi.spyOn(globalThis, 'fetch');
    expect(await failure(finishSignIn(answer))).toMatchObject({ kind: 'malformed' });
    expect(fetching).not.toHaveBeenCalled();
    fetching.mockRestore();
  });

  test.each<[string, BufferErrorKind]>([
    ['server_error', 'server'],
    ['temporarily_unavailable', 'server'],
    ['invalid_scope', 'rejected'],
    ['something_new', 'rejected'],
    ['constructor', 'rejected'],
  ])('an answer that says %s', async (error, kind) => {
    const start = await startSignIn(client());
    const callback = new URL(
      `${redirectUri}?${new URLSearchParams({ error, state: start.state, error_description: 'The moon is\nwrong.' })}`,
    );
    expect(await failure(finishSignIn({ ...client(), ...start, callback }))).toMatchObject({
      kind,
      message: expect.stringMatching(/\. Buffer says: “The moon is wrong\.”$/),
    });
  });

  test('what the server says is not told where it repeats what is secret, nor at a length nobody reads', async () => {
    const start = await startSignIn(client());
    const told = async (description: string) => {
      const callback = new URL(
        `${redirectUri}?${new URLSearchParams({ error: 'invalid_request', state: start.state, error_description: description })}`,
      );
      return (await failure(finishSignIn({ ...client(), ...start, callback }))).message;
    };
    secrets.add(start.codeVerifier).add(start.state);
    expect(await told(`No verifier ${start.codeVerifier}.`)).toBe('Buffer did not understand the sign-in.');
    expect(await told(`No state ${start.state}.`)).toBe('Buffer did not understand the sign-in.');
    expect(await told(' ')).toBe('Buffer did not understand the sign-in.');
    expect((await told('no '.repeat(5_000))).length).toBeLessThan(600);
  });

  test('the server refuses a code without the verifier that belongs to it', async () => {
    const { codeVerifier } = await startSignIn(client());
    expect(await failure(finishSignIn({ ...(await answered()), codeVerifier }))).toMatchObject({ kind: 'unauthorized' });
  });

  test('the server refuses a code the second time, and ends what came of the first', async () => {
    const answer = await answered();
    const grant = known(await finishSignIn(answer));
    expect(await failure(finishSignIn(answer))).toMatchObject({ kind: 'unauthorized' });
    expect(isGood(grant)).toBe(false);
  });

  test('the server refuses an application that it does not know', async () => {
    expect(await failure(finishSignIn({ ...(await answered()), clientId: 'nobody' }))).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('client ID'),
    });
  });

  test('the server takes the registered redirect address to the letter, and any of a VS Code in a browser', async () => {
    const toDesktop = await startSignIn({ ...client(), redirectUri: `${redirectUri}?windowId=1` });
    await expect(answerConsent(toDesktop.authorizeUrl, 'allow')).rejects.toThrow('redirect_uri');
    const inBrowser = 'http://127.0.0.1:8000/callback?vscode-reqid=3&vscode-scheme=code-oss&vscode-path=%2Fsigned-in';
    const answer = { ...(await answered({ redirectUri: inBrowser })), redirectUri: inBrowser };
    expect(answer.callback.searchParams.get('vscode-reqid')).toBe('3');
    expect(isGood(known(await finishSignIn(answer)))).toBe(true);
  });

  test.each(['http://auth.buffer.com', 'ftp://127.0.0.1', 'auth.buffer.com', ''])(
    'an unsafe address %j is asked for nothing',
    async (authUrl) => {
      expect(await failure(startSignIn({ ...client(), authUrl }))).toMatchObject({ kind: 'forbidden' });
      expect(await failure(finishSignIn({ ...(await answered()), authUrl }))).toMatchObject({ kind: 'forbidden' });
    },
  );

  test('giving up', async () => {
    const answer = await answered();
    sandbox.auth.failNextToken('silent');
    expect(await failure(finishSignIn({ ...answer, signal: AbortSignal.timeout(100) }))).toMatchObject({ kind: 'cancelled' });
  });
});

describe('before the browser opens', () => {
  const unregistered = 'vscode://somebody.else/signed-in';

  test('nothing is said of a sign-in that can go on, and nothing of it is kept', async () => {
    await checkSignIn(client());
    const answers = vi.fn(fetch);
    vi.stubGlobal('fetch', answers);
    await checkSignIn(client());
    expect(answers).toHaveBeenCalledTimes(1);
    const [address, init] = answers.mock.calls[0]!;
    expect(init).toMatchObject({ redirect: 'manual', credentials: 'omit' });
    const { authorizeUrl } = await startSignIn(client());
    const [asked, opened] = [new URL(address as string).searchParams, new URL(authorizeUrl).searchParams];
    for (const name of ['state', 'code_challenge']) expect(asked.get(name)).not.toBe(opened.get(name));
    for (const name of ['client_id', 'redirect_uri', 'scope', 'prompt']) expect(asked.get(name)).toBe(opened.get(name));
  });

  test('limits-4: an application that Buffer does not know is told in its words', async () => {
    expect(await failure(checkSignIn({ ...client(), clientId: 'nobody' }))).toMatchObject({
      kind: 'rejected',
      message: 'Buffer does not know this application. Check its client ID. Buffer says: “client is invalid”',
    });
  });

  test.each([
    ['registered', unregistered],
    ['publicHttps', redirectUri],
  ] as const)('limits-4: an address that is not taken is told where %s ones are', async (redirects, uri) => {
    sandbox.behave({ redirects });
    expect(await failure(checkSignIn({ ...client(), redirectUri: uri }))).toMatchObject({
      message: expect.stringContaining('redirect address'),
    });
  });

  test('limits-4: where the reason stays in the browser, the browser opens', async () => {
    sandbox.behave({ signInFailure: 'inPlace' });
    await checkSignIn({ ...client(), clientId: 'nobody' });
    await checkSignIn({ ...client(), redirectUri: unregistered });
  });

  test.each(['callback', 'errorPage'] as const)(
    'limits-4: a permission that is not given is told apart from other refusals, told on the %s',
    async (scopeRefusal) => {
      sandbox.behave({ insightsScope: 'refused', scopeRefusal });
      expect(await failure(checkSignIn(client()))).toBeInstanceOf(ScopeRefused);
      await checkSignIn({ ...client(), scope: scopesWithout(['insights:read']) });
      sandbox.behave({ scopeRefusal });
      expect(await failure(checkSignIn({ ...client(), scope: `openid ${bufferScopes}` }))).toBeInstanceOf(ScopeRefused);
      sandbox.behave({ scopeRefusal, openidScope: 'granted' });
      await checkSignIn({ ...client(), scope: `openid ${bufferScopes}` });
    },
  );

  test.each(['login_required', 'consent_required', 'access_denied', 'server_error', 'temporarily_unavailable'])(
    '%s is for the browser',
    async (error) => {
      vi.stubGlobal('fetch', async (address: string) => {
        const { searchParams } = new URL(address);
        return new Response(null, {
          status: 302,
          headers: { location: `${redirectUri}?${new URLSearchParams({ error, state: searchParams.get('state')! })}` },
        });
      });
      await checkSignIn(client());
    },
  );

  test.each<[string, () => Promise<Response>]>([
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a page', async () => new Response('<h1>Log in to this network</h1>', { status: 200 })],
    ['a gateway', async () => new Response('<h1>Forbidden</h1>', { status: 403 })],
    ['a portal', async () => new Response(null, { status: 302, headers: { location: 'https://portal.example/error?error=pay' } })],
    ['no address', async () => new Response(null, { status: 302, headers: { location: 'https://[' } })],
  ])('%s says nothing', async (_case, answer) => {
    vi.stubGlobal('fetch', answer);
    await checkSignIn(client());
  });

  test('a server that says nothing holds nobody up, and giving up ends it', async () => {
    const real = fetch;
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    vi.stubGlobal('fetch', (_address: string, init: RequestInit) => real(`http://127.0.0.1:${port}/auth`, init));
    onTestFinished(() => void silent.close());
    await checkSignIn({ ...client(), timeout: 50 });
    expect(await failure(checkSignIn({ ...client(), signal: AbortSignal.abort() }))).toMatchObject({ kind: 'cancelled' });
  });
});

describe('renewing', () => {
  test('gives a new pair each time', async () => {
    const first = await signIn();
    const second = known(await refresh(first));
    const third = known(await refresh(second));
    expect(new Set([first, second, third].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken])).size).toBe(6);
    expect(isGood(third)).toBe(true);
    expect(sandbox.auth.refreshes).toBe(2);
  });

  test('the server ends the whole grant when a refresh token comes again', async () => {
    const first = await signIn();
    const second = known(await refresh(first));
    expect(isGood(second)).toBe(true);
    expect(await failure(refresh(first))).toMatchObject({
      kind: 'unauthorized',
      message: 'Buffer no longer accepts your sign-in. Sign in again.',
    });
    expect([isGood(first), isGood(second)]).toEqual([false, false]);
    expect(await failure(refresh(second))).toMatchObject({ kind: 'unauthorized' });
  });

  test.each<[TokenFault, Partial<BufferError>]>([
    ['silent', { kind: 'timeout', outcome: 'unknown' }],
    ['lost', { kind: 'offline', outcome: 'unknown' }],
    ['crash', { kind: 'server', outcome: 'unknown' }],
    ['nonsense', { kind: 'malformed', outcome: 'unknown' }],
    ['unavailable', { kind: 'server', outcome: 'notDone' }],
    ['page', { kind: 'intercepted', outcome: 'notDone' }],
    ['redirect', { kind: 'intercepted', outcome: 'notDone' }],
    ['tooMany', { kind: 'rateLimited', outcome: 'notDone', retryAfter: 7 }],
  ])('a server that is %s', async (fault, error) => {
    const grant = await signIn();
    sandbox.auth.failNextToken(fault);
    expect(await failure(refresh(grant, { timeout: 300 }))).toMatchObject(error);
  });

  test('requests say by what they are sent', async () => {
    const sentAs: (string | null)[] = [];
    const send = globalThis.fetch;
    vi.stubGlobal('fetch', (...[address, init]: Parameters<typeof fetch>) => {
      sentAs.push(new Headers(init?.headers).get('user-agent'));
      return send(address, init);
    });
    const userAgent = 'QueueForBuffer/9.8.7';
    await refresh(await finishSignIn({ ...(await answered()), userAgent }).then(known), { userAgent }).then(known);
    expect(sentAs).toContain(userAgent);
    expect(sentAs.filter((name) => name !== null && !name.startsWith('QueueForBuffer/'))).toEqual([]);
  });

  test.each([
    ['nobody listens', nobodysUrl],
    ['the host is unknown', async () => 'https://auth.buffer.invalid'],
    // The sandbox speaks no TLS.
    ['it is not secure', async () => sandbox.authUrl.replace('http:', 'https:')],
  ])('a connection that was never made, because %s', async (_case, authUrl) => {
    expect(await failure(refresh({ ...(await signIn()), authUrl: await authUrl() }))).toMatchObject({
      kind: 'offline',
      outcome: 'notDone',
    });
  });

  test.each([
    ['CERT_HAS_EXPIRED', Object.assign(new Error('certificate'), { code: 'CERT_HAS_EXPIRED' })],
    ['SELF_SIGNED_CERT_IN_CHAIN', Object.assign(new Error('certificate'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })],
    ['', new Error('net::ERR_CERT_AUTHORITY_INVALID')],
  ])('a certificate that is not trusted is told as one: %j', async (code, cause) => {
    const grant = await signIn();
    // One that some computer trusts and some other does not cannot be had in a test.
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })));
    const error = await failure(refresh(grant));
    expect(error).toMatchObject({ kind: 'offline', outcome: 'notDone' });
    expect(error.message).toContain('is not trusted on this computer');
    expect(error.message).toContain(code);
    expect(error.message).toContain('http.systemCertificates');
  });

  test('goes through whatever fetch VS Code has put in place by then', async () => {
    const grant = await signIn();
    const behindProxy = vi.fn(fetch);
    vi.stubGlobal('fetch', behindProxy);
    known(await refresh(grant));
    const [address, init] = behindProxy.mock.calls[0]!;
    expect(address).toBe(`${sandbox.authUrl}/token`);
    expect(init).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(Object.fromEntries(init!.body as URLSearchParams)).toEqual({
      grant_type: 'refresh_token',
      client_id: sandbox.clientId,
      refresh_token: grant.refreshToken,
    });
  });
});

/** Where nobody listens any more. */
async function nobodysUrl(): Promise<string> {
  const gone = await startAuthorizationServer(sandbox.state, () => mainUser);
  await gone.close();
  return gone.url;
}

/** What all windows share. */
function memoryStore(initial?: Grant) {
  let kept = initial;
  const store = {
    stored: [] as Grant[],
    read: () => Promise.resolve(kept),
    store: (grant: Grant) => {
      kept = known(grant);
      store.stored.push(grant);
      return Promise.resolve();
    },
    forget: () => (kept = undefined),
  };
  return store;
}

function keeper(store: GrantStore, options: Partial<GrantKeeperOptions> = {}): GrantKeeper {
  return new GrantKeeper({
    store,
    folder,
    refresh: (grant) => refresh(grant, { timeout: 300 }),
    log: (line) => log.push(line),
    ...options,
  });
}

/** With its access token about to end, or ended, as far as anyone here knows. */
const due = (grant: Grant): Grant => ({ ...grant, expiresAt: Date.now() + 120_000 });
const ended = (grant: Grant): Grant => ({ ...grant, expiresAt: Date.now() - 1 });
const times = <Each>(count: number, each: (index: number) => Each) => Array.from({ length: count }, (_, index) => each(index));

describe('keeping a grant', () => {
  test('a good token costs nothing', async () => {
    const grant = await signIn();
    expect(await keeper(memoryStore(grant)).accessToken()).toBe(grant.accessToken);
    expect(sandbox.auth.refreshes).toBe(0);
  });

  test('nobody signed in', async () => {
    expect(await failure(keeper(memoryStore()).accessToken())).toMatchObject({
      kind: 'unauthorized',
      message: 'You are not signed in to Buffer.',
    });
  });

  test('a token about to end is renewed, and the new grant is stored before its token is handed out', async () => {
    const store = memoryStore(due(await signIn()));
    const order: string[] = [];
    const slow: GrantStore = {
      ...store,
      store: async (grant) => {
        await sleep(50);
        await store.store(grant);
        order.push('stored');
      },
    };
    const token = await keeper(slow).accessToken();
    order.push('handed out');
    expect(order).toEqual(['stored', 'handed out']);
    expect(store.stored.map(({ accessToken }) => accessToken)).toEqual([token]);
    expect(isGood(store.stored[0]!)).toBe(true);
  });

  test('twenty calls in four windows: one renewal, one token, and the grant lives', async () => {
    const store = memoryStore(ended(await signIn()));
    const windows = times(4, () => keeper(store));
    const tokens = await Promise.all(times(20, (index) => windows[index % 4]!.accessToken()));
    expect(new Set(tokens)).toEqual(new Set([store.stored[0]!.accessToken]));
    expect(sandbox.auth.refreshes).toBe(1);
    expect(isGood(known(await refresh(store.stored[0]!)))).toBe(true);
  });

  test('twenty calls in two processes: one renewal, one token, and the grant lives', async () => {
    const grantFile = join(folder, 'grant.json');
    await fileStore(grantFile).store(ended(await signIn()), '');
    const windows = await Promise.all(times(2, () => openWindow({ grantFile, folder, calls: 10 })));
    const answers = await Promise.all(
      windows.map(async (each) => {
        each.send('go');
        return (await once(each, 'message'))[0] as string[];
      }),
    );
    const stored = known((await fileStore(grantFile).read())!);
    expect(answers.flat()).toHaveLength(20);
    expect(new Set(answers.flat())).toEqual(new Set([stored.accessToken]));
    expect(sandbox.auth.refreshes).toBe(1);
    expect(isGood(stored)).toBe(true);
  });

  test('a window that hears late of what another one stored does not use the old refresh token', async () => {
    const old = ended(await signIn());
    const store = memoryStore(old);
    const hearsAt = Date.now() + 500;
    const late: GrantStore = { ...store, read: () => (Date.now() < hearsAt ? Promise.resolve(old) : store.read()) };
    const token = await keeper(store).accessToken();
    expect(await keeper(late).accessToken()).toBe(token);
    expect(sandbox.auth.refreshes).toBe(1);
    expect(isGood(store.stored[0]!)).toBe(true);
  });

  test('a connection that could not be made costs nothing but the try', async () => {
    const store = memoryStore(ended(await signIn()));
    const authUrl = await nobodysUrl();
    const offline = keeper(store, { refresh: (grant) => refresh({ ...grant, authUrl }) });
    expect(await failure(offline.accessToken())).toMatchObject({ kind: 'offline' });
    sandbox.auth.failNextToken('unavailable');
    expect(await failure(keeper(store).accessToken())).toMatchObject({ kind: 'server' });
    expect(await keeper(store).accessToken()).toBe(store.stored[0]!.accessToken);
  });

  test.each<TokenFault>(['lost', 'silent', 'crash'])(
    'when the answer is %s, a token that lasts stays in use, and nothing is asked again',
    async (fault) => {
      const grant = due(await signIn());
      const store = memoryStore(grant);
      sandbox.auth.failNextToken(fault);
      expect(await keeper(store).accessToken()).toBe(grant.accessToken);
      const asked = sandbox.auth.refreshes;
      expect(await Promise.all(times(5, () => keeper(store).accessToken()))).toEqual(times(5, () => grant.accessToken));
      expect([sandbox.auth.refreshes, store.stored]).toEqual([asked, []]);
    },
  );

  test('when the answer is lost and the token ended, the person is asked to sign in, and then all is well', async () => {
    const store = memoryStore(ended(await signIn()));
    sandbox.auth.failNextToken('lost');
    const window = keeper(store);
    for (const each of [window, window, keeper(store)]) {
      expect(await failure(each.accessToken())).toMatchObject({ kind: 'unauthorized', message: expect.stringContaining('lost') });
    }
    expect(sandbox.auth.refreshes).toBe(1);
    const anew = await signIn();
    await store.store(ended(anew));
    expect(await window.accessToken()).toBe(store.stored[1]!.accessToken);
  });

  test('when the answer is lost and a newer grant was stored meanwhile, that one is used', async () => {
    const store = memoryStore(ended(await signIn()));
    const anew = await signIn();
    const losing = keeper(store, {
      refresh: async () => {
        await store.store(anew);
        throw new BufferError('timeout', 'Buffer did not answer in time.', { outcome: 'unknown' });
      },
    });
    expect(await losing.accessToken()).toBe(anew.accessToken);
  });

  test('a window that dies while it renews holds up the others for a bounded time', async () => {
    const grantFile = join(folder, 'grant.json');
    const store = fileStore(grantFile);
    const grant = await signIn();
    await store.store(ended(grant), '');
    sandbox.auth.failNextToken('silent');
    const window = await openWindow({ grantFile, folder, calls: 1 });
    window.send('go');
    await vi.waitFor(async () => expect(await claims()).toHaveLength(1));
    window.kill('SIGKILL');
    await once(window, 'exit');
    // It may have died before it asked.
    sandbox.auth.failNextToken(undefined);

    const started = Date.now();
    expect(await failure(keeper(store, { patience: 1_000 }).accessToken())).toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('lost'),
    });
    expect(Date.now() - started).toBeLessThan(15_000);
    // What it left is known to be old from then on.
    await store.store(due(grant), '');
    expect(await keeper(store, { patience: 1_000 }).accessToken()).toBe(grant.accessToken);
    expect(sandbox.auth.refreshes).toBe(0);
    const anew = await signIn();
    await store.store(anew, '');
    expect(await keeper(store).accessToken()).toBe(anew.accessToken);
  });

  test('a store that fails once does not lose the grant', async () => {
    const store = memoryStore(ended(await signIn()));
    let isBroken = true;
    const window = keeper({
      ...store,
      store: (grant) => (isBroken ? Promise.reject(new Error('The keyring is locked.')) : store.store(grant)),
    });
    await expect(window.accessToken()).rejects.toThrow('keyring');
    isBroken = false;
    expect(await window.accessToken()).toBe(store.stored[0]!.accessToken);
    expect(sandbox.auth.refreshes).toBe(1);
  });

  test('who signs out while a renewal is under way stays signed out', async () => {
    const store = memoryStore(ended(await signIn()));
    const window = keeper(store, {
      refresh: async (grant) => {
        const renewed = known(await refresh(grant));
        store.forget();
        return renewed;
      },
    });
    expect(await failure(window.accessToken())).toMatchObject({ kind: 'unauthorized' });
    expect(store.stored).toEqual([]);
  });

  test('a grant that Buffer ended is not tried twice', async () => {
    const store = memoryStore(ended(await signIn()));
    sandbox.auth.revoke();
    for (const window of [keeper(store), keeper(store)]) {
      expect(await failure(window.accessToken())).toMatchObject({
        kind: 'unauthorized',
        message: 'Buffer no longer accepts your sign-in. Sign in again.',
      });
    }
    expect(sandbox.auth.refreshes).toBe(1);
  });

  test('a token refused before its time is renewed once, for all who met it, and never in circles', async () => {
    const grant = await signIn();
    const store = memoryStore(grant);
    sandbox.auth.expireAccessTokens();
    expect(isGood(grant)).toBe(false);
    const window = keeper(store);
    const tokens = await Promise.all(times(20, () => window.renewRefused(grant.accessToken)));
    expect(new Set(tokens)).toEqual(new Set([store.stored[0]!.accessToken]));
    // One who was slower, and another window that met it too.
    expect(await window.renewRefused(grant.accessToken)).toBe(tokens[0]);
    expect(await keeper(store).renewRefused(grant.accessToken)).toBe(tokens[0]);
    expect(await failure(window.renewRefused(tokens[0]!))).toMatchObject({ kind: 'unauthorized' });
    expect(sandbox.auth.refreshes).toBe(1);
  });

  test('a server without rotation is fine too', async () => {
    const grant = ended(await signIn());
    let renewals = 0;
    const window = keeper(memoryStore(grant), {
      refresh: async () => ({ ...grant, accessToken: `opaque-${++renewals}`, expiresAt: Date.now() + 60_000 }),
    });
    expect([await window.accessToken(), await window.accessToken()]).toEqual(['opaque-1', 'opaque-2']);
  });

  test('closing waits for a renewal under way', async () => {
    const store = memoryStore(ended(await signIn()));
    const window = keeper(store);
    void window.accessToken();
    await sleep(0);
    await window.settled();
    expect(store.stored).toHaveLength(1);
    await window.settled();
  });

  test('what is left behind names no token, and is cleared away in the end', async () => {
    const store = memoryStore(ended(await signIn()));
    const old = join(folder, 'refresh-of-long-ago');
    await writeFile(old, 'done');
    await utimes(old, new Date(0), new Date(0));
    await keeper(store).accessToken();
    const left = await claims();
    expect(left).toHaveLength(1);
    expectNoSecrets(left);
  });
});

const claims = async () => (await readdir(folder)).filter((name) => name.startsWith('refresh-'));

async function openWindow(task: WindowTask) {
  const window = fork(join(import.meta.dirname, '../../sandbox/oauthWindow.ts'), [JSON.stringify(task)], { execArgv: [] });
  await once(window, 'message');
  return window;
}
