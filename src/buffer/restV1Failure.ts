import * as v from 'valibot';
import { BufferError, type BufferErrorKind, type Outcome } from './bufferError.ts';
import type { HttpAnswer } from './http.ts';
import { tooOften } from './pace.ts';
import { retryAfterSeconds } from './requestBudget.ts';
import { wireFailure } from './restV1Wire.ts';

const notJson = Symbol('not JSON');

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return notJson;
  }
}

/** The documented codes that are about the person's right, and those about a thing that is not there. */
const forbiddenCodes = new Set([403, 1002, 1011, 1021, 1051]);
const unauthorizedCodes = new Set([401, 1001]);
const notFoundCodes = new Set([404, 1010, 1020, 1050]);

/** A failure is a status other than 2xx, or `success: false` under any status. */
export function failureIn({ status, headers }: HttpAnswer, json: unknown, outcome: Outcome): BufferError | undefined {
  const parsed = v.safeParse(wireFailure, json);
  const { success, code, error, message } = parsed.success ? parsed.output : {};
  const isOk = status >= 200 && status < 300;
  if (isOk && success !== false) {
    return json === notJson
      ? new BufferError('malformed', 'Buffer gave an answer that cannot be read.', { outcome })
      : undefined;
  }
  const kind = failureKind(isOk ? 0 : status, code);
  const words = error ?? message;
  return new BufferError(kind, isKeyOfCurrentApi(kind, words) ? keyOfCurrentApi : failureSentence(kind, words, status), {
    code: code ?? (isOk ? undefined : status),
    retryAfter: kind === 'rateLimited' ? (retryAfterSeconds(headers) ?? 60) : undefined,
    // A gateway's 5xx may hide a write that was carried out; any other failure is the service's own no.
    outcome: kind === 'server' ? outcome : 'notDone',
  });
}

const keyOfCurrentApi = 'This is a key of the current Buffer API, and the old one, which is asked here, does not take it. Sign out, and sign in with it again.';

/** What v1 says to a personal API key, which is good for the current API alone. */
function isKeyOfCurrentApi(kind: BufferErrorKind, words = ''): boolean {
  return kind === 'unauthorized' && /public api tokens?\b/i.test(words);
}

function failureKind(status: number, code: number | undefined): BufferErrorKind {
  if (status === 401 || unauthorizedCodes.has(code ?? 0)) return 'unauthorized';
  if (status === 429 || code === 429) return 'rateLimited';
  if (forbiddenCodes.has(code ?? 0)) return 'forbidden';
  if (notFoundCodes.has(code ?? 0)) return 'notFound';
  if (status >= 500 || code === 1000) return 'server';
  if (code !== undefined) return 'rejected';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  return 'rejected';
}

function failureSentence(kind: BufferErrorKind, words: string | undefined, status: number): string {
  switch (kind) {
    case 'unauthorized':
      return 'Buffer does not accept your token any more. Sign in again to go on.';
    case 'rateLimited':
      return tooOften;
    case 'server':
      return `Buffer failed on its side (${status}).`;
    default:
      return words || `Buffer refused the request (${status}).`;
  }
}
