import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Grant } from '../../../src/account/grant.ts';
import { answerConsent } from '../../sandbox/oauthBrowser.ts';
import { failureOf } from '../support/failureOf.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

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
const { scopesWithoutFigures } = await import('../../../src/account/oauth.ts');

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

  test.each(['callback', 'errorPage'] as const)('for figures alone is left out, told on the %s', async (scopeRefusal) => {
    sandbox.behave({ insightsScope: 'refused', scopeRefusal });
    const grant = (await signInWithBrowser(options(browse))) as Grant;
    expect(grant.scopes).toEqual(scopesWithoutFigures.split(' '));
    expect(grant.refusedScopes).toEqual(['insights:read']);
    expect(screen.opened).toHaveLength(1);
  });

  test('for figures is left out as well where only the browser hears of it', async () => {
    sandbox.behave({ insightsScope: 'refused' });
    const real = fetch;
    vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) =>
      request[1]?.credentials === 'omit' ? Promise.reject(new TypeError('fetch failed')) : real(...request),
    );
    const grant = (await signInWithBrowser(options(browse))) as Grant;
    expect(grant.refusedScopes).toEqual(['insights:read']);
    expect(screen.opened).toHaveLength(2);
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
    expect(await failureOf(signIn({ tryToken, inBrowser: () => signInWithBrowser(options(browse)) }))).toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('account:read'),
    });
  });
});
