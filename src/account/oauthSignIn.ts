import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { Grant } from './grant.ts';
import { checkSignIn, finishSignIn, optionalScopes, ScopeRefused, scopesWithout, SignInRefused, startSignIn } from './oauth.ts';
import type { RegisteredClients } from './registration.ts';
import { answerPath, type SignInAnswers } from './signInAnswers.ts';
import { useKey, waitForBrowser } from './waitForBrowser.ts';

const timeToSignIn = 5 * 60_000;

export interface BrowserSignInOptions {
  /** The issuer; `https`, or on this machine. */
  readonly authUrl: string;
  /** Of an application that a person set up at Buffer; without one, this extension registers itself. */
  readonly clientId?: string;
  readonly registered?: RegisteredClients;
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
 * for notes, it is asked once more without it, then without that for figures.
 * @returns the grant, or `useKey` when the person would rather paste a key
 * @throws vscode.CancellationError when the person gives up, BufferError for everything else
 */
export async function signInWithBrowser(options: BrowserSignInOptions): Promise<Grant | typeof useKey> {
  const { redirectUri, isLasting } = await redirectUriOf(options.extensionId);
  const { clientId } = options;
  if (clientId !== undefined) return signInAs({ ...options, clientId, redirectUri });
  return signInRegistered({ ...options, redirectUri }, isLasting);
}

/** The same as an application that registers itself: once, and anew where the service has forgotten it since. */
async function signInRegistered(options: BrowserSignInOptions & { readonly redirectUri: string }, isLasting: boolean) {
  const { registered, authUrl, redirectUri, userAgent } = options;
  const { register } = await import('./registration.ts');
  const which = { authUrl, redirectUri, userAgent };
  try {
    for (;;) {
      // An address that is another one each time is good for no second sign-in.
      const kept = isLasting && registered ? await registered.get(which) : { clientId: await register(which), isNew: true };
      try {
        const grant = await signInAs({ ...options, clientId: kept.clientId, isRegistered: true });
        return grant === useKey ? grant : { ...grant, isRegistered: true };
      } catch (error) {
        if (!(error instanceof SignInRefused) || error.reason !== 'invalid_client' || kept.isNew) throw error;
        await registered!.forget(which, kept.clientId);
      }
    }
  } catch (error) {
    if (!(error instanceof SignInRefused) || error.kind !== 'rejected' || error.reason === 'access_denied') throw error;
    throw new BufferError('rejected', notThisWay(error.words));
  }
}

/** What a person can do is told, and not what the owner of an application could. */
function notThisWay(words: string | undefined): string {
  return words
    ? vscode.l10n.t('Buffer does not let Queue for Buffer sign you in in the browser. Use an API key instead. Buffer says: “{0}”', words)
    : vscode.l10n.t('Buffer does not let Queue for Buffer sign you in in the browser. Use an API key instead.');
}

type Attempt = BrowserSignInOptions & { readonly clientId: string; readonly redirectUri: string; readonly isRegistered?: boolean };

async function signInAs(options: Attempt): Promise<Grant | typeof useKey> {
  let refused: string[] = [];
  for (;;) {
    try {
      const grant = await attempt({ scope: scopesWithout(refused), ...options });
      return grant === useKey || refused.length === 0 ? grant : { ...grant, refusedScopes: refused };
    } catch (error) {
      // Buffer says that one of them is refused, and not which.
      const next = optionalScopes.toReversed().find((scope) => !refused.includes(scope));
      if (!(error instanceof ScopeRefused) || options.scope !== undefined || next === undefined) throw error;
      refused = [...refused, next];
    }
  }
}

/** One way to the browser and back, with what can be done meanwhile on the screen from its first moment. */
async function attempt(options: Attempt): Promise<Grant | typeof useKey> {
  const { answers, authUrl, clientId, redirectUri, scope, userAgent, isRegistered, open = openBrowser, timeout = timeToSignIn } = options;
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
        await checkSignIn({ ...client, userAgent, signal, isRegistered });
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
async function redirectUriOf(extensionId: string): Promise<{ readonly redirectUri: string; readonly isLasting: boolean }> {
  const own = vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: extensionId, path: answerPath });
  const external = await vscode.env.asExternalUri(own);
  const isLasting = external.scheme === own.scheme;
  // Not encoded once more: it is a query within a query by now.
  return { redirectUri: (isLasting ? own : external).toString(true), isLasting };
}

/**
 * VS Code hands a string to the browser as it is, though its types do not say so. A `Uri` it would decode and encode
 * anew, and the redirect address within does not survive that.
 */
function openBrowser(url: string): Thenable<boolean> {
  return vscode.env.openExternal(url as unknown as vscode.Uri);
}
