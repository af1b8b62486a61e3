import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { Grant } from './grant.ts';
import { checkSignIn, figuresScope, finishSignIn, type OAuthClient, ScopeRefused, scopesWithoutFigures, startSignIn } from './oauth.ts';
import { useKey, waitForBrowser } from './waitForBrowser.ts';

const path = '/signed-in';
/** The answer that reached the wrong window, for as long as it takes to reach the right one. */
const strayKey = 'buffer.signInAnswer';
const strayFor = 5_000;
const longestAnswer = 4_096;
const timeToSignIn = 5 * 60_000;

/**
 * Where the browser's answers to sign-ins arrive: the extension's `vscode.UriHandler`. Each attempt knows its own by
 * its state. VS Code brings an answer to the window that was used last; if another one waits for it, it is handed on
 * through the secret storage.
 */
export class SignInAnswers implements vscode.UriHandler, vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscription: vscode.Disposable;
  /** What takes the answer of an attempt under way, by its state. */
  readonly #expected = new Map<string, (callback: URL) => void>();
  /** States of this window that had their answer, or need none any more. */
  readonly #over = new Set<string>();

  constructor({ secrets, log }: { secrets: vscode.SecretStorage; log: vscode.LogOutputChannel }) {
    this.#secrets = secrets;
    this.#log = log;
    this.#subscription = secrets.onDidChange(async ({ key }) => {
      if (key !== strayKey || this.#expected.size === 0) return;
      const query = await secrets.get(strayKey);
      if (query) this.#take(query);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** What is logged tells nothing of the address: it holds the code. */
  async handleUri(uri: vscode.Uri): Promise<void> {
    const state = uri.path === path ? new URLSearchParams(uri.query).get('state') : null;
    if (!state || uri.query.length > longestAnswer) return this.#log.warn('Ignored an address that is not the answer to a sign-in.');
    if (this.#take(uri.query)) return;
    if (this.#over.has(state)) return this.#log.warn('Ignored an answer to a sign-in that is over.');
    this.#log.warn('Ignored an answer to a sign-in that this window did not start.');
    await this.#secrets.store(strayKey, uri.query);
    setTimeout(() => void this.#secrets.delete(strayKey), strayFor);
  }

  /** The answer to one attempt. Rejects when the signal says so, with its reason. */
  async expect(state: string, signal: AbortSignal): Promise<URL> {
    signal.throwIfAborted();
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        this.#expected.set(state, resolve);
      });
    } finally {
      this.#expected.delete(state);
      this.#over.add(state);
    }
  }

  #take(query: string): boolean {
    const take = this.#expected.get(new URLSearchParams(query).get('state') ?? '');
    take?.(new URL(`?${query}`, 'https://answer.invalid/'));
    return take !== undefined;
  }
}

export interface BrowserSignInOptions extends OAuthClient {
  readonly answers: SignInAnswers;
  /** `publisher.name`; answers come to its `UriHandler`. */
  readonly extensionId: string;
  readonly scope?: string;
  /** What requests are sent as. */
  readonly userAgent?: string;
  /** Opens the person's browser. */
  readonly open?: (url: string) => Thenable<unknown>;
  /** How long the person may take, in milliseconds. */
  readonly timeout?: number;
}

/**
 * Sends the person to Buffer and waits for what comes back. Where Buffer does not give the application the permission
 * for figures, it is asked once more without it.
 * @returns the grant, or `useKey` when the person would rather paste a key
 * @throws vscode.CancellationError when the person gives up, BufferError for everything else
 */
export async function signInWithBrowser(options: BrowserSignInOptions): Promise<Grant | typeof useKey> {
  const redirectUri = await redirectUriOf(options.extensionId);
  try {
    return await attempt({ ...options, redirectUri });
  } catch (error) {
    if (!(error instanceof ScopeRefused) || options.scope !== undefined) throw error;
    const grant = await attempt({ ...options, redirectUri, scope: scopesWithoutFigures });
    return grant === useKey ? grant : { ...grant, refusedScopes: [figuresScope] };
  }
}

/** One way to the browser and back, with what can be done meanwhile on the screen from its first moment. */
async function attempt(options: BrowserSignInOptions & { readonly redirectUri: string }): Promise<Grant | typeof useKey> {
  const { answers, authUrl, clientId, redirectUri, scope, userAgent, open = openBrowser, timeout = timeToSignIn } = options;
  const client = { authUrl, clientId, redirectUri, scope, userAgent };
  const { authorizeUrl, state, codeVerifier } = await startSignIn(client);
  return waitForBrowser(
    () => open(authorizeUrl),
    async ({ signal, answered }) => {
      const tooLong = new AbortController();
      const answer = answers.expect(state, AbortSignal.any([signal, tooLong.signal]));
      // What fails before the browser opens fails for its own reason; that nobody waits for the answer then is no second failure.
      answer.catch(() => {});
      let timer: NodeJS.Timeout | undefined;
      try {
        await checkSignIn({ ...client, userAgent, signal });
        timer = setTimeout(() => tooLong.abort(tookTooLong()), timeout);
        // False is also said when the person copied the address to open it elsewhere, so it does not end the attempt.
        await open(authorizeUrl);
        const callback = await answer;
        answered();
        return await finishSignIn({ ...client, callback, state, codeVerifier, userAgent, signal });
      } finally {
        clearTimeout(timer);
        // Nobody waits any more, whatever ended it.
        tooLong.abort(new vscode.CancellationError());
      }
    },
  );
}

function tookTooLong(): BufferError {
  return new BufferError('timeout', vscode.l10n.t('You are not signed in: no answer came from your browser.'));
}

/**
 * Where Buffer sends the browser. On a desktop VS Code would add the number of the window, but Buffer takes only the
 * address that it knows, to the letter. A VS Code in a browser has an address of its own, new each time.
 */
async function redirectUriOf(extensionId: string): Promise<string> {
  const own = vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: extensionId, path });
  const external = await vscode.env.asExternalUri(own);
  // Not encoded once more: it is a query within a query by now.
  return (external.scheme === own.scheme ? own : external).toString(true);
}

/**
 * VS Code hands a string to the browser as it is, though its types do not say so. A `Uri` it would decode and encode
 * anew, and the redirect address within does not survive that.
 */
function openBrowser(url: string): Thenable<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
