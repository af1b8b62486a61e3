import { createFetch, type FetchContext, FetchError } from 'ofetch';
import { BufferError, type Outcome } from './bufferError.ts';
import { safeUrl } from './serviceUrl.ts';

export interface HttpOptions {
  readonly baseUrl: string;
  /** Asked before every request, so that a sign-in elsewhere is followed at once. */
  readonly token: () => Promise<string | undefined>;
  /** Another token, where the service no longer takes the one it got; undefined where there is none. */
  readonly renewToken?: (refused: string) => Promise<string | undefined>;
  /** Told of every answer's headers. */
  readonly onHeaders?: (headers: Headers) => void;
  /** One line for each answer: method, path, status and milliseconds. Never a token, a text or an address. */
  readonly log?: (line: string) => void;
  /** How long one try may take, in milliseconds. */
  readonly timeout?: number;
  /** Before a reading request is tried again, in milliseconds; doubled each time. */
  readonly pause?: number;
}

export interface HttpRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Makes it a POST with a form body. */
  readonly form?: URLSearchParams;
  /** Makes it a POST with a JSON body. */
  readonly json?: object;
  /** Changes something, so it is sent once. */
  readonly isWrite?: boolean;
  /** What the log calls it, where the path does not tell. */
  readonly name?: string;
  readonly signal?: AbortSignal;
}

/** Whatever answer the service gave, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** Tries of a reading request after the first one. */
const readRetries = 2;
const defaultTimeout = 30_000;
/** Seconds that a reading request waits by itself when it is told to. */
const longestWait = 5;

/** The failures of a connection that never carried the request, so nothing can have happened. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * The one way out to the network: bearer token, time-out, retries of reading requests only, silence while the service
 * wants it. Resolves with any answer of the service.
 * @throws BufferError `forbidden` for an address that a token must not travel to, `unauthorized` without a token,
 *   `rateLimited` while a wait that the service asked for is not over, `offline`, `timeout` or `cancelled`
 */
export function createHttp({ baseUrl, token, renewToken, onHeaders, log, timeout = defaultTimeout, pause = 500 }: HttpOptions): Http {
  // Resolved at each call: VS Code replaces the global fetch with one that knows the person's proxy and certificates.
  const send = createFetch({ fetch: (...args) => globalThis.fetch(...args) });
  /** Milliseconds since 1970. */
  let silentUntil = 0;

  async function once({ path, name, query, form, json, isWrite = false, signal }: HttpRequest, bearer: string): Promise<HttpAnswer> {
    const method = form || json ? 'POST' : 'GET';
    const started = performance.now();
    const done = (outcome: string | number) =>
      log?.(`${method} ${name ?? path} ${outcome} in ${Math.round(performance.now() - started)} ms`);
    const answer = (status: number, headers: Headers, body: string): HttpAnswer => {
      done(status);
      onHeaders?.(headers);
      if (status === 429) silentUntil = Date.now() + (retryAfterSeconds(headers) ?? 0) * 1000;
      return { status, headers, body };
    };

    try {
      const response = await send.raw<string, 'text'>(baseUrl + path, {
        method,
        query,
        body: form ?? json,
        headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
        responseType: 'text',
        // An API answers where it is asked; following would hand the token on.
        redirect: 'error',
        retry: isWrite ? false : readRetries,
        retryDelay: ({ response, options }) => retryDelay(response?.headers, pause, readRetries - Number(options.retry)),
        // A long wait is the person's to decide on.
        onResponseError: ({ response, options }) => {
          if ((retryAfterSeconds(response.headers) ?? 0) > longestWait) options.retry = false;
        },
        // ofetch's own time-out ends with the headers; this one also covers the body, and starts anew at each try.
        onRequest: (context: FetchContext) => {
          const limit = AbortSignal.timeout(timeout);
          context.options.signal = signal ? AbortSignal.any([signal, limit]) : limit;
        },
      });
      return answer(response.status, response.headers, response._data ?? '');
    } catch (error) {
      if (error instanceof FetchError && error.response) {
        return answer(error.response.status, error.response.headers, String(error.data ?? ''));
      }
      const failure = connectionFailure(error, isWrite ? 'unknown' : 'notDone', signal);
      done(failure.kind);
      throw failure;
    }
  }

  return async (request) => {
    if (!safeUrl(baseUrl)) {
      throw new BufferError('forbidden', 'The address of Buffer in your settings must start with https://, unless it is on this machine.');
    }
    const wait = Math.ceil((silentUntil - Date.now()) / 1000);
    if (wait > 0) throw new BufferError('rateLimited', tooOften, { code: 429, retryAfter: wait });
    const bearer = await token().catch((cause: unknown) => {
      if (cause instanceof BufferError) throw cause;
      throw new BufferError('unauthorized', 'Your token could not be read from the secret storage.', { cause });
    });
    if (!bearer) throw new BufferError('unauthorized', 'You are not signed in to Buffer.');
    const answer = await once(request, bearer);
    // A refused token did nothing, so even a write may be sent with the next one.
    const renewed = answer.status === 401 ? await renewToken?.(bearer) : undefined;
    return renewed && renewed !== bearer ? once(request, renewed) : answer;
  };
}

/** What is said of every request that came too soon. */
export const tooOften = 'Buffer was asked too often. Wait a moment.';

/** Seconds that the service asks to wait, or undefined. The header holds seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(headers: Headers | undefined, now = Date.now()): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** Milliseconds before the next try: what the service asks for, else doubling, with jitter. */
function retryDelay(headers: Headers | undefined, pause: number, triesBefore: number): number {
  const asked = retryAfterSeconds(headers);
  return asked !== undefined ? asked * 1000 : pause * 2 ** triesBefore * (0.75 + Math.random() / 2);
}

function connectionFailure(error: unknown, outcome: Outcome, signal: AbortSignal | undefined): BufferError {
  // ofetch's error knows the request headers, so only what lies under it is kept.
  const cause = error instanceof FetchError ? error.cause : error;
  if (signal?.aborted) return new BufferError('cancelled', 'The request was cancelled.', { outcome, cause });
  if (cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')) {
    return new BufferError('timeout', 'Buffer did not answer in time.', { outcome, cause });
  }
  return new BufferError('offline', 'Buffer cannot be reached. Check your connection.', {
    outcome: notSent.has(codeOf(cause)) ? 'notDone' : outcome,
    cause,
  });
}

/** The system's code of a failed connection, which `fetch` hides one or two causes deep. */
function codeOf(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
    if (each instanceof AggregateError) return codeOf(each.errors[0]);
  }
  return '';
}
