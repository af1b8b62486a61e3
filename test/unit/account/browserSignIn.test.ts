import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grant } from '../../../src/account/grant.ts';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';
import { answerConsent } from '../../sandbox/oauthBrowser.ts';
import { failureOf } from '../support/failureOf.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

interface Item {
  readonly label: string;
}

/** What is on the screen: the list, the notification, and messages with their buttons. */
const screen = vi.hoisted(() => {
  const list = {
    isShown: false,
    items: [] as Item[],
    selectedItems: [] as Item[],
    accept: () => {},
    onDidAccept: (listener: () => void) => (list.accept = listener),
    show: () => (list.isShown = true),
    dispose: () => (list.isShown = false),
  };
  return {
    list,
    notifications: 0,
    cancel: () => {},
    messages: [] as { text: string; buttons: string[] }[],
    pressed: [] as string[],
    opened: [] as string[],
  };
});

vi.mock('vscode', async () => {
  const { vscodeStub } = await import('../support/vscodeStub.ts');
  return {
    ...vscodeStub,
    env: { ...vscodeStub.env, uriScheme: 'vscode', asExternalUri: (uri: unknown) => Promise.resolve(uri) },
    Uri: {
      ...vscodeStub.Uri,
      from: ({ scheme, authority, path }: Record<'scheme' | 'authority' | 'path', string>) => ({
        scheme,
        toString: () => `${scheme}://${authority}${path}`,
      }),
    },
    window: {
      ...vscodeStub.window,
      createQuickPick: () => screen.list,
      showErrorMessage: (text: string, ...buttons: string[]) => {
        screen.messages.push({ text, buttons });
        return Promise.resolve(screen.pressed.shift());
      },
      showQuickPick: ([browser]: Item[]) => Promise.resolve(browser),
      withProgress: async (_options: unknown, task: (progress: unknown, cancellation: unknown) => Promise<unknown>) => {
        screen.notifications++;
        try {
          return await task(
            {},
            { onCancellationRequested: (listener: () => void) => ((screen.cancel = listener), { dispose: () => undefined }) },
          );
        } finally {
          screen.notifications--;
        }
      },
    },
  };
});

const vscode = await import('vscode');
const { signInWithBrowser } = await import('../../../src/account/oauthSignIn.ts');
const { SignInAnswers } = await import('../../../src/account/signInAnswers.ts');
const { useKey } = await import('../../../src/account/waitForBrowser.ts');
const { signIn } = await import('../../../src/account/signIn.ts');
const { optionalScopes, refresh, scopesWithout } = await import('../../../src/account/oauth.ts');
const { register, RegisteredClients, registrationEndpoint } = await import('../../../src/account/registration.ts');

const sandbox = await ownSandbox({});
const warnings: string[] = [];
const answers = new SignInAnswers({
  secrets: { onDidChange: () => ({ dispose: () => undefined }) } as never,
  log: { warn: (line: string) => warnings.push(line) } as never,
});

beforeEach(() => {
  Object.assign(screen, { messages: [], pressed: [], opened: [] });
  warnings.length = 0;
});
afterEach(() => {
  vi.unstubAllGlobals();
  expect([screen.list.isShown, screen.notifications]).toEqual([false, 0]);
});

/** Somebody who says so at Buffer, and whose browser brings the answer back. */
async function browse(url: string, decision: 'allow' | 'deny' = 'allow'): Promise<void> {
  screen.opened.push(url);
  const { search } = await answerConsent(url, decision);
  await answers.handleUri({ path: '/signed-in', query: search.slice(1) } as never);
}

/** A browser that never comes back. */
const lost = (url: string) => Promise.resolve(screen.opened.push(url));

const options = (open: (url: string) => Promise<unknown>, change: object = {}) => ({
  answers,
  extensionId: 'queue-for-buffer.queue-for-buffer',
  authUrl: sandbox.authUrl,
  clientId: sandbox.clientId,
  open,
  ...change,
});

/** Chooses from the list once it is there. */
async function choose(label: RegExp): Promise<void> {
  await vi.waitFor(() => expect(screen.list.isShown).toBe(true));
  screen.list.selectedItems = screen.list.items.filter((item) => label.test(item.label));
  expect(screen.list.selectedItems).toHaveLength(1);
  screen.list.accept();
}

const isOpen = () => vi.waitFor(() => expect(screen.opened).toHaveLength(1));

describe('while the browser is open', () => {
  test('the ways on are there from the first moment, and gone with the answer', async () => {
    sandbox.auth.consent = 'allow';
    let seen: string[] = [];
    const grant = (await signInWithBrowser(
      options(async (url) => {
        expect([screen.list.isShown, screen.notifications]).toEqual([true, 1]);
        seen = screen.list.items.map(({ label }) => label);
        await browse(url);
      }),
    )) as Grant;
    expect(seen).toEqual(['$(key) Use a Key Instead', '$(globe) Open the Browser Again', '$(close) Cancel']);
    expect(sandbox.state.scopesOf(grant.accessToken)).toEqual(grant.scopes);
    expect(grant.scopes).toContain('insights:read');
    expect(grant.refusedScopes).toBeUndefined();
  });

  test('a key can be used instead, and an answer that comes late is nobody’s', async () => {
    const attempt = signInWithBrowser(options(lost));
    await isOpen();
    await choose(/Use a Key/);
    expect(await attempt).toBe(useKey);
    await browse(screen.opened[0]!);
    expect(warnings).toEqual(['Ignored an answer to a sign-in that is over.']);
  });

  test.each([
    ['the list', () => choose(/Cancel/)],
    ['the notification', () => Promise.resolve(screen.cancel())],
  ])('giving up by %s ends it', async (_where, giveUp) => {
    const attempt = signInWithBrowser(options(lost));
    const ended = expect(attempt).rejects.toBeInstanceOf(vscode.CancellationError);
    await isOpen();
    await giveUp();
    await ended;
  });

  test('a list that another one took the place of ends nothing', async () => {
    const attempt = signInWithBrowser(options(lost));
    await isOpen();
    screen.list.dispose();
    expect(screen.notifications).toBe(1);
    await browse(screen.opened[0]!);
    expect(await attempt).toMatchObject({ clientId: sandbox.clientId });
  });

  test('the browser opens again for the same attempt', async () => {
    const attempt = signInWithBrowser(options(lost));
    await isOpen();
    await choose(/Again/);
    expect(new Set(screen.opened).size).toBe(1);
    expect(screen.opened).toHaveLength(2);
    await browse(screen.opened[1]!);
    expect(await attempt).toMatchObject({ clientId: sandbox.clientId });
  });

  test('giving up before it opened opens nothing', async () => {
    vi.stubGlobal(
      'fetch',
      (_address: string, { signal }: RequestInit) =>
        new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error))),
    );
    const attempt = signInWithBrowser(options(lost));
    const ended = expect(attempt).rejects.toBeInstanceOf(vscode.CancellationError);
    await choose(/Cancel/);
    await ended;
    expect(screen.opened).toEqual([]);
  });
});

describe('what Buffer refuses', () => {
  test('is told without a browser where the browser would keep it to itself', async () => {
    const error = await failureOf(signInWithBrowser(options(lost, { clientId: 'nobody' })));
    expect(error.message).toContain('client is invalid');
    expect(screen.opened).toEqual([]);
  });

  test.each(['callback', 'errorPage'] as const)('for figures and notes is left out, told on the %s', async (scopeRefusal) => {
    sandbox.behave({ notesScope: 'refused', insightsScope: 'refused', scopeRefusal });
    const grant = (await signInWithBrowser(options(browse))) as Grant;
    expect(grant.scopes).toEqual(scopesWithout(optionalScopes).split(' '));
    expect(new Set(grant.refusedScopes)).toEqual(new Set(optionalScopes));
    expect(screen.opened).toHaveLength(1);
  });

  test('for notes is left out, and figures stay', async () => {
    sandbox.behave({ notesScope: 'refused' });
    const grant = (await signInWithBrowser(options(browse))) as Grant;
    expect(grant.scopes).toEqual(scopesWithout(['notes:read']).split(' '));
    expect(grant.refusedScopes).toEqual(['notes:read']);
  });

  test('for figures is left out as well where only the browser hears of it', async () => {
    sandbox.behave({ insightsScope: 'refused', notesScope: 'refused' });
    const real = fetch;
    vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) =>
      request[1]?.credentials === 'omit' ? Promise.reject(new TypeError('fetch failed')) : real(...request),
    );
    const grant = (await signInWithBrowser(options(browse))) as Grant;
    expect(new Set(grant.refusedScopes)).toEqual(new Set(optionalScopes));
    expect(screen.opened).toHaveLength(3);
  });

  test('otherwise is asked for once', async () => {
    const error = await failureOf(signInWithBrowser(options(lost, { scope: 'openid posts:read' })));
    expect(error.message).toContain('requested scope is not allowed');
    expect(screen.opened).toEqual([]);
  });
});

describe('signing in', () => {
  const tryToken = async (token: string) => ({ credential: { token }, api: 'graphql' as const, account: { id: 'a', label: 'A' } });

  test('in the browser that failed says why, and both ways on', async () => {
    screen.pressed = ['Try Again'];
    const clients = ['nobody', sandbox.clientId];
    const inBrowser = () => signInWithBrowser(options(browse, { clientId: clients.shift() }));
    const signedIn = await signIn({ tryToken, inBrowser });
    expect(screen.messages).toEqual([
      { text: expect.stringContaining('client is invalid') as string, buttons: ['Try Again', 'Use a Key Instead'] },
    ]);
    expect(signedIn.credential).toHaveProperty('grant');
  });

  test('in the browser that failed and is left at that', async () => {
    const inBrowser = () => signInWithBrowser(options((url) => browse(url, 'deny')));
    await expect(signIn({ tryToken, inBrowser })).rejects.toBeInstanceOf(vscode.CancellationError);
    expect(screen.messages.map(({ text }) => text)).toEqual(['You are not signed in, because access was not allowed.']);
  });

  test('with less than was asked for works as long as it tells who it is', async () => {
    sandbox.auth.withheld = ['posts:write', 'insights:read'];
    const some = await signIn({ tryToken, inBrowser: () => signInWithBrowser(options(browse)) });
    expect((some.credential as { grant: Grant }).grant.scopes).toContain('posts:read');
    sandbox.auth.withheld = ['account:read'];
    const less = signIn({ tryToken, inBrowser: () => signInWithBrowser(options(browse)) });
    await expect(less).rejects.toBeInstanceOf(vscode.CancellationError);
    expect(screen.messages).toEqual([
      { text: expect.stringContaining('account:read') as string, buttons: ['Try Again', 'Use a Key Instead'] },
    ]);
  });
});

describe('as an application that registers itself', () => {
  const folders: string[] = [];
  const signInRegistered = async (open: (url: string) => Promise<unknown> = browse, folder = folders[0]!) =>
    (await signInWithBrowser(options(open, { clientId: undefined, registered: new RegisteredClients(folder) }))) as Grant;
  const clientOf = (url: string) => new URL(url).searchParams.get('client_id')!;

  beforeEach(async () => {
    folders.splice(0, folders.length, await temporaryFolder());
    sandbox.auth.reset();
    sandbox.auth.consent = 'allow';
    sandbox.behave({ registration: 'open' });
  });
  afterEach(() => sandbox.behave({}));

  test('it is offered where the service says so, and nowhere else', async () => {
    const endpoint = () => registrationEndpoint(sandbox.authUrl);
    expect(await endpoint()).toBe(`${sandbox.authUrl}/reg`);
    sandbox.behave({ registration: 'none' });
    expect(await endpoint()).toBeUndefined();
    expect(await registrationEndpoint('http://127.0.0.1:9')).toBeUndefined();
    expect(await registrationEndpoint('http://example.com')).toBeUndefined();
  });

  test('a document that is somebody else’s, leads onto this machine or wants a secret offers nothing', async () => {
    const issuer = 'https://auth.example.com';
    const document = { issuer, registration_endpoint: `${issuer}/reg` };
    const found = async (change: object) => {
      vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...document, ...change })));
      return registrationEndpoint(issuer);
    };
    expect(await found({})).toBe(`${issuer}/reg`);
    expect(await found({ token_endpoint_auth_methods_supported: ['client_secret_post', 'none'] })).toBe(`${issuer}/reg`);
    for (const change of [
      { issuer: 'https://elsewhere.example.com' },
      { registration_endpoint: 'http://auth.example.com/reg' },
      { registration_endpoint: 'http://127.0.0.1:8080/reg' },
      { registration_endpoint: 'https://localhost/reg' },
      { registration_endpoint: 'reg' },
      { registration_endpoint: 7 },
      { token_endpoint_auth_methods_supported: ['client_secret_post'] },
    ])
      expect(await found(change), JSON.stringify(change)).toBeUndefined();
  });

  test('it goes the whole way, once for good, and its token is renewed as any other', async () => {
    const grant = await signInRegistered();
    expect(grant.isRegistered).toBe(true);
    expect(sandbox.state.scopesOf(grant.accessToken)).toEqual(grant.scopes);
    expect(await signInRegistered()).toMatchObject({ clientId: grant.clientId });
    expect(sandbox.auth.registrations).toBe(1);
    const renewed = await refresh(grant);
    expect(renewed).toMatchObject({ clientId: grant.clientId, isRegistered: true });
    // What is kept is the id, and nothing that is a secret.
    const [name, ...others] = await readdir(folders[0]!);
    expect(others).toEqual([]);
    const kept = JSON.parse(await readFile(join(folders[0]!, name!), 'utf8')) as object;
    expect(kept).toEqual({ authUrl: sandbox.authUrl, redirectUri: expect.any(String) as string, clientId: grant.clientId });
  });

  test('several windows at once register once', async () => {
    const clients = Array.from({ length: 5 }, () => new RegisteredClients(folders[0]!));
    const which = { authUrl: sandbox.authUrl, redirectUri: 'vscode://queue-for-buffer.queue-for-buffer/signed-in' };
    const got = await Promise.all(clients.map((each) => each.get(which)));
    expect(new Set(got.map(({ clientId }) => clientId)).size).toBe(1);
    expect(got.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(sandbox.auth.registrations).toBe(1);
    expect(await readdir(folders[0]!)).toHaveLength(1);
    // Another service, or another address to come back to, is another application.
    await clients[0]!.get({ ...which, redirectUri: 'vscode-insiders://queue-for-buffer.queue-for-buffer/signed-in' });
    expect(sandbox.auth.registrations).toBe(2);
  });

  test('a window that died while it registered holds the others up for a bounded time, and a failure for none', async () => {
    const which = { authUrl: sandbox.authUrl, redirectUri: 'vscode://queue-for-buffer.queue-for-buffer/signed-in' };
    const dead = new RegisteredClients(folders[0]!, { registerAs: () => new Promise(() => {}) });
    void dead.get(which);
    await vi.waitFor(async () => expect(await readdir(folders[0]!)).toHaveLength(1));
    expect((await new RegisteredClients(folders[0]!, { patience: 50 }).get(which)).isNew).toBe(true);

    sandbox.behave({ registration: 'refused' });
    const other = { ...which, redirectUri: 'vscode-insiders://queue-for-buffer.queue-for-buffer/signed-in' };
    await failureOf(new RegisteredClients(folders[0]!).get(other));
    sandbox.behave({ registration: 'open' });
    expect((await new RegisteredClients(folders[0]!).get(other)).isNew).toBe(true);
  });

  test('a disk that takes nothing is no reason not to sign in', async () => {
    const file = join(folders[0]!, 'file');
    await writeFile(file, '');
    expect((await signInRegistered(browse, join(file, 'below'))).isRegistered).toBe(true);
  });

  test.each(['errorPage', 'inPlace'] as const)('it registers anew where the service forgot it, once (%s)', async (signInFailure) => {
    const before = await signInRegistered();
    sandbox.auth.forgetClients();
    sandbox.behave({ registration: 'open', signInFailure });
    screen.opened.length = 0;
    const grant = await signInRegistered();
    expect(grant.clientId).not.toBe(before.clientId);
    // The browser was opened for the new one only.
    expect(screen.opened.map(clientOf)).toEqual([grant.clientId]);
    expect(sandbox.auth.registrations).toBe(1);
  });

  test('a service that forgets at once is not asked for ever', async () => {
    let count = 0;
    const registerAs = async (which: Parameters<typeof register>[0]) => {
      if (++count > 3) throw new Error('Registered again and again.');
      const clientId = await register(which);
      sandbox.auth.forgetClients();
      return clientId;
    };
    const registered = new RegisteredClients(folders[0]!, { registerAs });
    const error = await failureOf(signInWithBrowser(options(browse, { clientId: undefined, registered })));
    expect(error.message).toContain('Use an API key instead.');
    expect(count).toBe(1);
  });

  test('what was granted to one that is forgotten ends with "sign in again"', async () => {
    const grant = await signInRegistered();
    sandbox.auth.forgetClients();
    const error = await failureOf(refresh(grant));
    expect(error).toMatchObject({ kind: 'unauthorized', message: 'Buffer no longer accepts your sign-in. Sign in again.' });
    // Of an application that a person set up, they are told what to look at.
    expect(await failureOf(refresh({ ...grant, isRegistered: undefined }))).toMatchObject({ kind: 'rejected' });
  });

  test('permissions that it does not get are asked for no more', async () => {
    sandbox.behave({ registration: 'open', insightsScope: 'refused' });
    expect(await signInRegistered()).toMatchObject({ isRegistered: true, refusedScopes: ['notes:read', 'insights:read'] });
  });

  test.each([
    ['does not register it', { registration: 'refused' }, 'applications are made by people'],
    ['does not come back to its address', { registration: 'open', redirects: 'publicHttps' }, 'redirect_uri'],
  ] as const)('a service that %s sends to a key, without a word of client ids', async (_, behaviour, said) => {
    sandbox.behave(behaviour);
    const error = await failureOf(signInRegistered());
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain('Use an API key instead.');
    expect(error.message).toContain(said);
    expect(error.message).not.toMatch(/client ID/i);
    expect(screen.opened).toEqual([]);
  });

  test('a person who says no is told just that', async () => {
    sandbox.auth.consent = 'deny';
    const error = await failureOf(signInRegistered((url) => browse(url, 'deny')));
    expect(error.message).toBe('You are not signed in, because access was not allowed.');
  });

  test('an API that does not take it sends to a key, too', async () => {
    sandbox.behave({ registration: 'noApi' });
    screen.pressed = ['Use a Key Instead'];
    const tryToken = (token: string) =>
      sandbox.state.userOfKey(token)
        ? Promise.resolve({ credential: { token }, api: 'graphql' as const, account: { id: 'one', label: 'One' } })
        : Promise.reject(new BufferError('unauthorized', 'Buffer does not accept this.'));
    const attempt = signIn({ tryToken, inBrowser: () => signInRegistered(), offersBrowser: () => Promise.resolve(true) });
    // The stand-in has no box for a key.
    await expect(attempt).rejects.toThrow();
    expect(screen.messages).toEqual([
      {
        text: 'You signed in in the browser, but Buffer does not let Queue for Buffer read your queues that way. Use an API key instead.',
        buttons: ['Try Again', 'Use a Key Instead'],
      },
    ]);
  });

  test('where it is not offered, nobody is asked which way', async () => {
    let asked = 0;
    const inBrowser = () => Promise.reject(new Error(String(++asked)));
    const tryToken = () => Promise.reject(new Error('unused'));
    await expect(signIn({ tryToken, inBrowser, offersBrowser: () => Promise.resolve(false) })).rejects.toThrow();
    expect(asked).toBe(0);
  });
});
