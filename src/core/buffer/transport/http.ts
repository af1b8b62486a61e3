import { setTimeout } from 'node:timers/promises';
import { createFetch, FetchError } from 'ofetch';
import { withTimeout } from '../../async/withTimeout.ts';
import { accountLeft, BufferError, keyringLocked, type Outcome } from '../bufferError.ts';
import { codeOf, isUntrusted, untrusted } from '../connectionFailure.ts';
import type { Priority } from '../priority.ts';
import { type PermitRequest, RateLimiter } from './rateLimiter.ts';
import { cutOff, type GivenAnswer, proxyWantsSignIn } from './provenance.ts';
import { rawAnswer } from './rawAnswer.ts';
import { budgetIn } from './rateLimitHeaders.ts';
import { retryAfterSeconds } from './requestBudget.ts';
import type { ServiceClock } from './serviceClock.ts';
import { safeUrl } from './serviceUrl.ts';
import { applicationName } from './userAgent.ts';

export interface HttpOptions {
  readonly baseUrl: string;
  /** Asked before every request, so that a sign-in elsewhere is followed at once. */
  readonly token: () => Promise<string | undefined>;
  /** Another token, where the service no longer takes the one it got; undefined where there is none. */
  readonly renewToken?: (refused: string) => Promise<string | undefined>;
  /** Of all that is asked with this credential; one that only knows what the service says where left out. */
  readonly rateLimiter?: RateLimiter;
  /** Learns the service's time from its answers. */
  readonly clock?: ServiceClock;
  /** Told of every answer's headers. */
  readonly onHeaders?: (headers: Headers) => void;
  /** One line for each answer: method, path, status and milliseconds. Never a token, a text or an address. */
  readonly log?: (line: string) => void;
  /** An answer that cannot be used, as one line: what came, without the token. It may hold a person's texts. */
  readonly logAnswer?: (line: string) => void;
  /** What every request is sent as: the name and version of the application, nothing of the machine or the person. */
  readonly userAgent?: string;
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
  /** Makes it a POST with this JSON as its body. */
  readonly json?: string;
  /** Changes something, so it is sent once. */
  readonly isWrite?: boolean;
  /** What the log calls it, where the path does not tell. */
  readonly name?: string;
  /** Of a read; `asked` where left out. */
  readonly priority?: Exclude<Priority, 'write'>;
  readonly signal?: AbortSignal;
  /** Called just before it leaves; see `RequestOptions`. */
  readonly lastCheck?: () => void;
}

/** Whatever answer came, whatever its status and whoever gave it. */
export interface HttpAnswer extends GivenAnswer {
  /** Leaves it in the log as it came, once. */
  report(): void;
  /** It is the service's own, so its `Date` is the service's time. */
  confirm(): void;
}

/** What only a service can tell of an answer. */
export interface ServiceWord {
  /** Whether it is the service itself that does not take the token. */
  refusesToken(answer: GivenAnswer): boolean;
  /** Whether it failed in a way that may pass, under a status that does not tell. */
  isPassing?(answer: GivenAnswer): boolean;
}

export interface Http {
  (request: HttpRequest): Promise<HttpAnswer>;
  /** Sends no write from now on, also none that waits for its turn. */
  retire(): void;
}

/** Tries of a reading request after the first one; those after a 429, which only waited, count by themselves. */
const readRetries = 2;
const limitedRetries = 5;
/** Tries after a failure that only the body tells: each costs one of few requests. */
const toldRetries = 1;
/** Answers that may be others a moment later. */
const passing = new Set([408, 409, 425, 500, 502, 503, 504]);
const defaultTimeout = 30_000;
/** Seconds that a reading request waits by itself when a failing service tells it to. */
const longestWait = 5;

/** Tries after whoever keeps the token failed; and how many times a request's time they may take, as they may renew it first. */
const tokenRetries = 2;
const timesForToken = 2;

/** The failures of a connection that never carried the request, so nothing can have happened. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** A read that several wait for. */
interface Shared {
  readonly answer: Promise<HttpAnswer>;
  readonly wanted: PermitRequest;
  readonly controller: AbortController;
  sharers: number;
}

/**
 * The one way out to the network: bearer token, time-out, retries of reading requests only, each try in its turn.
 * Equal reads on their way are one request, which is given up when nobody wants it any more; but nobody who asks after
 * a write gets an answer that may be from before it. Resolves with any answer of the service.
 * @throws BufferError `forbidden` for an address that a token must not travel to, `unauthorized` without a token,
 *   `rateLimited` where the rate limiter would make it wait for too long, `offline`, `timeout` or `cancelled`; `malformed` for
 *   an answer that broke off, `intercepted` for a proxy that wants a password
 */
export function createHttp(options: HttpOptions, service: ServiceWord): Http {
  const {
    baseUrl,
    token,
    renewToken,
    rateLimiter = new RateLimiter(),
    clock,
    onHeaders,
    log,
    logAnswer,
    userAgent = applicationName,
    timeout = defaultTimeout,
    pause = 500,
  } = options;
  // Resolved at each call: VS Code replaces the global fetch with one that knows the person's proxy and certificates.
  const send = createFetch({ fetch: (...args) => globalThis.fetch(...args) });
  const shared = new Map<string, Shared>();
  let isRetired = false;

  async function fetchAnswer(
    { path, name, query, form, json, isWrite = false }: HttpRequest,
    bearer: string,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const method = form || json !== undefined ? 'POST' : 'GET';
    const started = performance.now();
    const done = (outcome: string | number) =>
      log?.(`${method} ${name ?? path} ${outcome} in ${Math.round(performance.now() - started)} ms`);
    // ofetch's own time-out ends with the headers; this one also covers the body.
    const limit = AbortSignal.timeout(timeout);
    const outcome: Outcome = isWrite ? 'unknown' : 'notDone';
    const failed = (failure: BufferError) => {
      done(failure.kind);
      return failure;
    };
    const {
      status,
      headers,
      _data: stream,
    } = await send
      .raw<ReadableStream<Uint8Array>, 'stream'>(baseUrl + path, {
        method,
        query,
        body: form ?? json,
        headers: {
          authorization: `Bearer ${bearer}`,
          accept: 'application/json',
          'user-agent': userAgent,
          ...(json !== undefined && { 'content-type': 'application/json' }),
        },
        responseType: 'stream',
        // An API answers where it is asked; following would hand the token on. Where it leads is a sign of who answered.
        redirect: 'manual',
        retry: false,
        ignoreResponseError: true,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      .catch((error: unknown) => {
        throw failed(connectionFailure(error, outcome, signal));
      });
    const headersAt = performance.now();
    const { body, failure } = await textOf(stream);
    let isReported = false;
    const report = () => {
      if (!isReported) logAnswer?.(rawAnswer({ status, headers, body }, bearer));
      isReported = true;
    };
    if (failure !== undefined) {
      report();
      throw failed(gaveUp(failure, outcome, signal) ?? new BufferError('malformed', cutOff, { outcome, cause: failure }));
    }
    done(status);
    onHeaders?.(headers);
    return { status, headers, body, report, confirm: () => clock?.learn(headers, headersAt) };
  }

  /** Whoever keeps the token may fail once, and may not answer; nothing was sent, so it is asked again. */
  async function tokenInTime(): Promise<string | undefined> {
    for (let tries = 0; ; tries++) {
      try {
        return await withTimeout(token(), timesForToken * timeout, keyringLocked);
      } catch (error) {
        if (error instanceof BufferError || tries >= tokenRetries) return tokenFailure(error);
      }
      await setTimeout(retryDelay(undefined, pause, tries));
    }
  }

  async function bearerToken(): Promise<string> {
    const bearer = await tokenInTime();
    if (!bearer) throw new BufferError('unauthorized', 'You are not signed in to Buffer.');
    return bearer;
  }

  /** One try, when its turn has come; with the token as it is then. */
  async function tryOnce(request: HttpRequest, wanted: PermitRequest, renewed?: string): Promise<{ answer: HttpAnswer; bearer: string }> {
    const permit = await rateLimiter.acquire(wanted);
    try {
      const bearer =
        renewed ??
        (await bearerToken().catch((error: unknown) => {
          permit.giveBack();
          throw error;
        }));
      // It can have waited for long, and whoever is signed in by now is not whom it is for.
      if (isRetired && request.isWrite) {
        permit.giveBack();
        throw accountLeft();
      }
      try {
        request.lastCheck?.();
      } catch (error) {
        permit.giveBack();
        throw error;
      }
      const answer = await fetchAnswer(request, bearer, wanted.signal);
      permit.release({ ...answer, windows: budgetIn(answer.headers) });
      return { answer, bearer };
    } finally {
      permit.release();
    }
  }

  async function ask(request: HttpRequest, wanted: PermitRequest): Promise<HttpAnswer> {
    let renewed: string | undefined;
    let failures = 0;
    let refusals = 0;
    for (;;) {
      const tried = await tryOnce(request, wanted, renewed).catch((error: unknown) => {
        const isPassing = error instanceof BufferError && ['offline', 'timeout', 'malformed'].includes(error.kind);
        if (request.isWrite || !isPassing || failures >= readRetries) throw error;
        return undefined;
      });
      if (tried) {
        const { answer, bearer } = tried;
        // A refused token did nothing, so even a write may be sent with the next one.
        const next = renewed === undefined && service.refusesToken(answer) ? await renewToken?.(bearer).catch(tokenFailure) : undefined;
        if (next && next !== bearer) {
          renewed = next;
          continue;
        }
        if (request.isWrite) return answer;
        if (answer.status === 429) {
          if (++refusals > limitedRetries) return answer;
          continue;
        }
        // A long wait is the person's to decide on.
        const isShort = (retryAfterSeconds(answer.headers) ?? 0) <= longestWait;
        const retries = !isShort ? 0 : passing.has(answer.status) ? readRetries : service.isPassing?.(answer) ? toldRetries : 0;
        if (failures >= retries) return answer;
      }
      await setTimeout(retryDelay(tried?.answer.headers, pause, failures++), undefined, { signal: wanted.signal }).catch(() => {
        throw cancelled();
      });
    }
  }

  function share(request: HttpRequest): Promise<HttpAnswer> {
    const { path, query, json, priority = 'asked', signal } = request;
    if (signal?.aborted) return Promise.reject(cancelled());
    const key = `${path}\n${JSON.stringify(query)}\n${json}`;
    const known = shared.get(key);
    if (known) rateLimiter.hurry(known.wanted, priority);
    const one = known ?? begin(key, request, priority);
    one.sharers++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(cancelled());
        if (--one.sharers > 0) return;
        if (shared.get(key) === one) shared.delete(key);
        one.controller.abort();
      };
      signal?.addEventListener('abort', leave, { once: true });
      void one.answer.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  function begin(key: string, request: HttpRequest, priority: Priority): Shared {
    const controller = new AbortController();
    const wanted: PermitRequest = { priority, signal: controller.signal };
    const answer = ask(request, wanted).finally(() => {
      if (shared.get(key) === one) shared.delete(key);
    });
    const one: Shared = { answer, wanted, controller, sharers: 0 };
    shared.set(key, one);
    return one;
  }

  const http = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (isRetired && request.isWrite) throw accountLeft();
    if (!safeUrl(baseUrl)) {
      throw new BufferError('forbidden', 'The address of Buffer in your settings must start with https://, unless it is on this machine.');
    }
    if (!request.isWrite) return share(request);
    try {
      return await ask(request, { priority: 'write', signal: request.signal });
    } finally {
      shared.clear();
    }
  };
  return Object.assign(http, { retire: () => void (isRetired = true) });
}

/** A failure that an answer amounts to; what the service did not promise is left in the log as it came. */
export function reported(failure: unknown, answer: HttpAnswer): unknown {
  if (failure instanceof BufferError && ['malformed', 'intercepted', 'server'].includes(failure.kind)) answer.report();
  return failure;
}

/** Milliseconds before the next try: what the service asks for, else doubling, with jitter. */
function retryDelay(headers: Headers | undefined, pause: number, triesBefore: number): number {
  const asked = retryAfterSeconds(headers);
  return asked !== undefined ? asked * 1000 : pause * 2 ** triesBefore * (0.75 + Math.random() / 2);
}

function cancelled(): BufferError {
  return new BufferError('cancelled', 'The request was cancelled.');
}

function connectionFailure(error: unknown, outcome: Outcome, signal: AbortSignal | undefined): BufferError {
  // ofetch's error knows the request headers, so only what lies under it is kept.
  const cause = error instanceof FetchError ? error.cause : error;
  if (isProxyLocked(cause)) return proxyWantsSignIn(cause);
  const code = codeOf(cause);
  if (isUntrusted(cause)) return untrusted(cause);
  return (
    gaveUp(cause, outcome, signal) ??
    new BufferError('offline', 'Buffer cannot be reached. Check your connection.', {
      outcome: notSent.has(code) ? 'notDone' : outcome,
      cause,
    })
  );
}

/** Of a request that ended because somebody, or the clock, ended it. */
function gaveUp(cause: unknown, outcome: Outcome, signal: AbortSignal | undefined): BufferError | undefined {
  if (signal?.aborted) return new BufferError('cancelled', 'The request was cancelled.', { outcome, cause });
  if (cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')) {
    return new BufferError('timeout', 'Buffer did not answer in time.', { outcome, cause });
  }
  return undefined;
}

/**
 * Whether a proxy asked for a password. `fetch` keeps a 407 to itself (fetch.spec.whatwg.org, HTTP-network-or-cache
 * fetch): Node tells it as a cause with few or no words, or as the tunnel's answer, and Chromium by a name of its own.
 */
function isProxyLocked(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (/\bProxy response \(407\)|\bproxy authentication required\b|\bERR_(UNEXPECTED_)?PROXY_AUTH/i.test(each.message)) return true;
    if (each.name === 'Error' && each.message === '' && !('code' in each)) return true;
  }
  return false;
}

/** A body as text, with what came of one that broke off. */
async function textOf(stream: ReadableStream<Uint8Array> | null | undefined): Promise<{ body: string; failure?: unknown }> {
  const decoder = new TextDecoder();
  let body = '';
  try {
    if (stream) for await (const chunk of stream) body += decoder.decode(chunk, { stream: true });
    return { body: body + decoder.decode() };
  } catch (error) {
    return { body, failure: error ?? new Error('The body broke off.') };
  }
}

/** Whoever keeps the token may fail in a way of its own. That passes, and says nothing of the token. */
function tokenFailure(cause: unknown): never {
  if (cause instanceof BufferError) throw cause;
  throw keyringLocked(cause);
}
