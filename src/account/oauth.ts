import * as oauth from 'oauth4webapi';
import { BufferError, type BufferErrorKind, type Outcome } from '../core/buffer/bufferError.ts';
import { isUntrusted, untrusted } from '../core/buffer/connectionFailure.ts';
import { notesPermission } from '../core/buffer/permissions.ts';
import { isLoopback, safeUrl } from '../core/buffer/transport/serviceUrl.ts';
import { applicationName } from '../core/buffer/transport/userAgent.ts';
import type { Grant } from './grant.ts';

/** What Buffer gives to some applications only: for figures and notes. What is missed least is last. */
export const optionalScopes: readonly string[] = ['insights:read', notesPermission];

/** What the queue needs and no more. Without the last one there is no refresh token, and signing in lasts an hour. */
const allScopes = ['posts:read', 'posts:write', 'ideas:read', 'ideas:write', 'account:read', ...optionalScopes, 'offline_access'];
export const bufferScopes = scopesWithout([]);

/** What is asked for where Buffer does not give some of it, as the server reads it. */
export function scopesWithout(refused: readonly string[]): string {
  return allScopes.filter((scope) => !refused.includes(scope)).join(' ');
}

/** The life of an access token where the answer does not tell. */
const documentedSeconds = 3600;
const defaultTimeout = 30_000;
/** Nobody is kept from the browser for longer. */
const checkTimeout = 3_000;

/** An application that Buffer knows. It is a public one: it has no secret. */
export interface OAuthClient {
  /** The issuer; `https`, or on this machine. */
  readonly authUrl: string;
  readonly clientId: string;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** How long the whole exchange may take, in milliseconds. */
  readonly timeout?: number;
  /** What requests are sent as. */
  readonly userAgent?: string;
}

/** Buffer says no to the application, or to what it asks for. */
export class SignInRefused extends BufferError {
  /** The word for it (RFC 6749, 4.1.2.1 and 5.2). */
  readonly reason: string;
  /** What Buffer says of it, as far as that can be told. */
  readonly words: string | undefined;

  constructor(kind: BufferErrorKind, message: string, reason: string, words?: string) {
    super(kind, message, { outcome: reason === 'server_error' ? 'unknown' : 'notDone' });
    this.reason = reason;
    this.words = words;
  }
}

/** Buffer does not give one of the permissions that were asked for. */
export class ScopeRefused extends SignInRefused {}

export interface SignInStart {
  /** What to open in the person's browser. */
  readonly authorizeUrl: string;
  /** Comes back with the answer and tells whose it is. */
  readonly state: string;
  /** Stays here until the exchange, so that a code in other hands is worth nothing. */
  readonly codeVerifier: string;
}

/**
 * Begins a sign-in.
 * @throws BufferError `forbidden` for an address that a token must not come from
 */
export async function startSignIn(options: OAuthClient & { readonly redirectUri: string; readonly scope?: string }): Promise<SignInStart> {
  const { server } = connectTo(options);
  const state = oauth.generateRandomState();
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const authorizeUrl = new URL(server.authorization_endpoint);
  authorizeUrl.search = new URLSearchParams({
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    response_type: 'code',
    scope: options.scope ?? bufferScopes,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    // Lasting access is asked for each time: the server drops `offline_access` where the person is not asked.
    prompt: 'consent',
  }).toString();
  return { authorizeUrl: authorizeUrl.href, state, codeVerifier };
}

/** A refusal that only the browser can do something about, or that may be over when it gets there. */
const passing = /_required$|^(access_denied|server_error|temporarily_unavailable)$/;

/**
 * Asks what the browser is about to ask, to hear of a refusal that the browser would keep to itself: where Buffer does
 * not know the application, or not its address, it shows a page with the reason and sends nobody back. Nothing of this
 * request is used again: its state and its challenge are its own and are forgotten, there are no cookies with it, and no
 * redirect is followed, so neither a code nor a session can come of it. Whatever else comes of it says nothing: the
 * browser has the person's proxy and session, and goes its own way.
 * @throws ScopeRefused for a permission that Buffer does not give, SignInRefused for any other refusal
 */
export async function checkSignIn(
  options: OAuthClient & RequestOptions & { readonly redirectUri: string; readonly scope?: string; readonly isRegistered?: boolean },
): Promise<void> {
  const { signal, timeout = checkTimeout, redirectUri, userAgent = applicationName } = options;
  const { authorizeUrl, state } = await startSignIn(options);
  const { location, status } = await redirectOf(authorizeUrl, timeout, userAgent, signal);
  if (signal?.aborted) throw new BufferError('cancelled', 'The sign-in was cancelled.');
  // A person can do something about an application of their own when they read why; about one that registered itself, nothing.
  if (options.isRegistered && !location && (status === 400 || status === 401)) throw refusalOf('invalid_client', undefined, []);
  if (location === undefined || !URL.canParse(location, authorizeUrl)) return;
  const url = new URL(location, authorizeUrl);
  const isErrorPage = url.origin === new URL(authorizeUrl).origin && url.pathname.endsWith('/error');
  const error = isErrorPage || url.href.startsWith(redirectUri) ? url.searchParams.get('error') : null;
  if (error && !passing.test(error)) throw refusalOf(error, url.searchParams.get('error_description'), [state]);
}

/** Where an address leads, by its first answer; nothing where it does not, or there is none. */
async function redirectOf(
  address: string,
  timeout: number,
  userAgent: string,
  signal: AbortSignal | undefined,
): Promise<{ location?: string; status?: number }> {
  const limit = AbortSignal.timeout(timeout);
  try {
    const response = await globalThis.fetch(address, {
      redirect: 'manual',
      credentials: 'omit',
      headers: { 'user-agent': userAgent },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    await response.body?.cancel();
    return { location: response.headers.get('location') ?? undefined, status: response.status };
  } catch {
    return {};
  }
}

/**
 * Ends a sign-in with what the browser brought back.
 * @throws BufferError `rejected` when the person or Buffer said no, `malformed` for an answer that is not this sign-in's
 */
export async function finishSignIn(
  options: OAuthClient &
    RequestOptions & {
      /** The very one of the start. */
      readonly redirectUri: string;
      /** Where the browser was sent; only its query counts. */
      readonly callback: URL;
      readonly state: string;
      readonly codeVerifier: string;
      /** What was asked for at the start. */
      readonly scope?: string;
    },
): Promise<Grant> {
  const { callback, state, redirectUri, codeVerifier, scope: asked = bufferScopes } = options;
  const { server, client, request } = connectTo(options);
  const secrets = [state, codeVerifier];
  return telling({ step: 'signIn', secrets }, async () => {
    const answer = oauth.validateAuthResponse(server, client, callback, state);
    const askedAt = Date.now();
    const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), answer, redirectUri, codeVerifier, request);
    const {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: seconds,
      scope,
    } = await oauth.processAuthorizationCodeResponse(server, client, response);
    if (!refreshToken)
      throw new BufferError(
        'malformed',
        'Buffer gave access that ends within the hour and cannot be renewed. Sign in again, or use an API key.',
      );
    return {
      accessToken,
      refreshToken,
      expiresAt: end(askedAt, seconds),
      authUrl: server.issuer,
      clientId: client.client_id,
      scopes: scopesIn(scope) ?? scopesIn(asked)!,
    };
  });
}

/**
 * Trades a refresh token for a new grant. The old one must not be used again, whatever comes of it, unless the error
 * says `notDone` and is not `unauthorized`.
 * @throws BufferError `unauthorized` when Buffer takes the refresh token no more
 */
export async function refresh(old: Grant, options: RequestOptions = {}): Promise<Grant> {
  const { server, client, request } = connectTo({ ...old, ...options });
  return telling({ step: 'refresh', secrets: [], isRegistered: old.isRegistered }, async () => {
    const askedAt = Date.now();
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), old.refreshToken, request);
    const {
      access_token: accessToken,
      refresh_token: refreshToken = old.refreshToken,
      expires_in: seconds,
      scope,
    } = await oauth.processRefreshTokenResponse(server, client, response);
    return { ...old, accessToken, refreshToken, expiresAt: end(askedAt, seconds), scopes: scopesIn(scope) ?? old.scopes };
  });
}

/** What is granted, where an answer says so; where it does not, it is what was asked for (RFC 6749, 5.1). */
function scopesIn(scope: string | undefined): string[] | undefined {
  return scope?.split(' ').filter(Boolean);
}

function end(askedAt: number, seconds = documentedSeconds): number {
  return askedAt + seconds * 1000;
}

/** The server, the client and the way to ask, for oauth4webapi. Nothing is discovered: these endpoints are documented. */
export function connectTo({
  authUrl,
  clientId,
  signal,
  timeout = defaultTimeout,
  userAgent = applicationName,
}: OAuthClient & RequestOptions) {
  const issuer = authUrl.replace(/\/+$/, '');
  const url = safeUrl(issuer);
  if (!url) throw new BufferError('forbidden', 'The address to sign in at must start with https://, unless it is on this machine.');
  const request = {
    // Marked as deprecated to make it stand out: it is for tests on one machine, and good for nothing else here.
    // oxlint-disable-next-line typescript/no-deprecated
    [oauth.allowInsecureRequests]: isLoopback(url),
    [oauth.customFetch]: (...args: Parameters<typeof fetch>) => exchange(args, timeout, userAgent, signal),
  };
  return {
    server: { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
    client: { client_id: clientId } satisfies oauth.Client,
    request,
  };
}

/** One request with its whole answer, or a `BufferError` that knows whether the server can have acted on it. */
async function exchange(
  [address, init]: Parameters<typeof fetch>,
  timeout: number,
  userAgent: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const named = new Headers(init?.headers);
  named.set('user-agent', userAgent);
  const limit = AbortSignal.timeout(timeout);
  let status: number;
  let headers: Headers;
  let body: string;
  try {
    // Resolved at each call: VS Code replaces the global fetch with one that knows the person's proxy and certificates.
    const response = await globalThis.fetch(address, {
      ...init,
      headers: named,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    ({ status, headers } = response);
    body = await response.text();
  } catch (error) {
    throw connectionFailure(error, signal);
  }
  const retryAfter = Number(headers.get('retry-after')) || undefined;
  if (status === 429) throw new BufferError('rateLimited', 'Buffer allows no more requests for now.', { retryAfter });
  // 503 says that it was not acted on (RFC 9110, 15.6.4); any other failure may have come after the act.
  if (status >= 500) throw new BufferError('server', outOfOrder, { outcome: status === 503 ? 'notDone' : 'unknown', retryAfter });
  // Following would hand the tokens on.
  if (status < 200 || (status >= 300 && status < 400))
    throw new BufferError('intercepted', 'The address to sign in at leads elsewhere.', { remedy: 'signInPage' });
  // A proxy's page, say.
  if (status >= 400 && !headers.get('content-type')?.includes('json'))
    throw new BufferError('intercepted', 'Something other than Buffer answered the sign-in.');
  return new Response(body || null, { status, headers });
}

/** What each refusal of the two endpoints means (RFC 6749, 4.1.2.1 and 5.2). */
const outOfOrder = 'Buffer’s sign-in is out of order. Try again later.';
const notUnderstood = 'Buffer did not understand the sign-in.';
const refusals = new Map<string, readonly [BufferErrorKind, string]>([
  ['access_denied', ['rejected', 'You are not signed in, because access was not allowed.']],
  ['invalid_client', ['rejected', 'Buffer does not know this application. Check its client ID.']],
  ['unauthorized_client', ['rejected', 'Buffer does not let this application sign people in. Check its client ID.']],
  ['invalid_scope', ['rejected', 'Buffer does not give this application the access that it asks for.']],
  ['invalid_redirect_uri', ['rejected', 'Buffer does not send this application’s answers back to VS Code. Check its redirect address.']],
  ['invalid_request', ['rejected', notUnderstood]],
  ['unsupported_grant_type', ['rejected', notUnderstood]],
  ['unsupported_response_type', ['rejected', notUnderstood]],
  ['server_error', ['server', outOfOrder]],
  ['temporarily_unavailable', ['server', outOfOrder]],
]);
const invalidGrant = {
  signIn: 'Buffer no longer takes the answer of your browser. Sign in again.',
  refresh: 'Buffer no longer accepts your sign-in. Sign in again.',
};

/**
 * A refusal as a sentence: what it means and, in quotation marks, what the server says.
 * @param secrets  what must not be told, should the server repeat it
 */
function refusalOf(error: string, description: string | null | undefined, secrets: readonly string[]): BufferError {
  const [kind, message] = refusals.get(error) ?? ['rejected', 'Buffer refused the sign-in.'];
  const words = error === 'access_denied' ? '' : (description ?? '').trim();
  const isTold = words !== '' && !secrets.some((secret) => words.includes(secret));
  const sentence = isTold ? `${message} Buffer says: “${words}”` : message;
  const Refused = error === 'invalid_scope' ? ScopeRefused : SignInRefused;
  return new Refused(kind, sentence, error, isTold ? words : undefined);
}

/**
 * Turns whatever oauth4webapi throws into a `BufferError`. Its own errors are not kept as the cause: they hold the
 * answer, and so the tokens.
 */
async function telling<Answer>(
  {
    step,
    secrets,
    isRegistered,
  }: { readonly step: 'signIn' | 'refresh'; readonly secrets: readonly string[]; readonly isRegistered?: boolean },
  act: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof BufferError) throw error;
    if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
      if (error.error === 'invalid_grant') throw new BufferError('unauthorized', invalidGrant[step]);
      // Nobody can put right an application that registered itself and was forgotten: signing in registers it anew.
      if (error.error === 'invalid_client' && isRegistered) throw new BufferError('unauthorized', invalidGrant[step]);
      // What a browser brought back holds no token; of the other endpoint only the code is passed on.
      throw refusalOf(error.error, error instanceof oauth.AuthorizationResponseError ? error.error_description : undefined, secrets);
    }
    // The one challenge of a token endpoint (RFC 6749, 5.2).
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      if (isRegistered) throw new BufferError('unauthorized', invalidGrant[step]);
      throw refusalOf('invalid_client', undefined, secrets);
    }
    const wasAnswered = error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError;
    throw new BufferError('malformed', wasAnswered ? 'The answer is not one to this sign-in.' : 'The sign-in could not be read.', {
      outcome: 'unknown',
    });
  }
}

function connectionFailure(cause: unknown, signal: AbortSignal | undefined): BufferError {
  const outcome: Outcome = wasNeverSent(cause) ? 'notDone' : 'unknown';
  if (signal?.aborted) return new BufferError('cancelled', 'The sign-in was cancelled.', { outcome, cause });
  if (isUntrusted(cause)) return untrusted(cause);
  if (cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')) {
    return new BufferError('timeout', 'Buffer did not answer in time.', { outcome, cause });
  }
  return new BufferError('offline', 'Buffer cannot be reached. Check your connection.', { outcome, cause });
}

/** How Node and Chromium say that no connection came about. */
const neverConnected = new RegExp(
  'before secure TLS connection|' +
    'net::ERR_(INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|ADDRESS_UNREACHABLE|CONNECTION_REFUSED|PROXY_CONNECTION_FAILED|CERT_)',
);

/**
 * Whether a connection failed before it could carry anything. What the system says is one or two causes deep;
 * Chromium's network, which VS Code may use, says it in the message.
 */
function wasNeverSent(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof AggregateError) return each.errors.length > 0 && each.errors.every(wasNeverSent);
    const { code = '', syscall = '' } = each as NodeJS.ErrnoException;
    if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true;
    if (/^(CERT_|ERR_TLS_|ERR_SSL_WRONG_VERSION|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(code)) return true;
    if (neverConnected.test(each.message)) return true;
  }
  return false;
}
