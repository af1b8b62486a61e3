import * as v from 'valibot';
import { BufferError, type BufferErrorKind, type Outcome } from '../bufferError.ts';
import type { ServiceWord } from '../transport/http.ts';
import { tooOften } from '../transport/rateLimiter.ts';
import { type GivenAnswer, notTheServices } from '../transport/provenance.ts';
import { retryAfterSeconds } from '../transport/requestBudget.ts';
import { wireFailure } from './wire.ts';

export const notJson = Symbol('not JSON');

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return notJson;
  }
}

/** The documented codes: the status that each comes with, and what it means for the person. */
const rejections = [1003, 1004, 1006, 1012, 1016, 1022, 1025, 1026, 1027, 1029, 1030, 1031, 1032, 1033, 1034, 1042];
const limits = [1013, 1014, 1015, 1023, 1024, 1028];
const documented = new Map<number, { readonly status: number; readonly kind: BufferErrorKind }>([
  ...rejections.map((code) => [code, { status: 400, kind: 'rejected' }] as const),
  ...limits.map((code) => [code, { status: 403, kind: 'rejected' }] as const),
  ...[403, 1002, 1011, 1021, 1051].map((code) => [code, { status: 403, kind: 'forbidden' }] as const),
  ...[1010, 1020, 1050].map((code) => [code, { status: 404, kind: 'notFound' }] as const),
  // It says that there is no such endpoint, not that an update is gone.
  [404, { status: 404, kind: 'rejected' }],
  [405, { status: 405, kind: 'rejected' }],
  [1005, { status: 406, kind: 'rejected' }],
  [401, { status: 401, kind: 'unauthorized' }],
  // Documented with 403; a missing token was recorded with 401.
  [1001, { status: 401, kind: 'unauthorized' }],
  [429, { status: 429, kind: 'rateLimited' }],
  [500, { status: 500, kind: 'server' }],
  [1000, { status: 500, kind: 'server' }],
]);

/** What the service says went wrong; undefined where an answer does not have its shape, and is thus not its word. */
function refusalIn(
  { status, headers, body }: GivenAnswer,
  json: unknown,
): { readonly kind: BufferErrorKind; readonly code?: number; readonly words?: string } | undefined {
  // As recorded: nothing in it but the header.
  if (status === 401 && body === '' && /^\s*OAuth\b/i.test(headers.get('www-authenticate') ?? ''))
    return { kind: 'unauthorized', code: 401 };
  const parsed = v.safeParse(wireFailure, json);
  if (!parsed.success) return undefined;
  const { success, code, error, message } = parsed.output;
  const words = error ?? message;
  const known = documented.get(code ?? 0);
  if (known && isOf(status, success, known)) return { kind: known.kind, code, words };
  if (status === 401 && aboutKeys.test(words ?? '')) return { kind: 'unauthorized', code: 401, words };
  // Later codes are possible; what they mean is not known, but no is no.
  if (success !== false || (!words && code === undefined)) return undefined;
  return { kind: status === 401 ? 'unauthorized' : status >= 500 ? 'server' : 'rejected', code, words };
}

/**
 * Whether a code came with a status that it can come with; with 2xx it is none unless `success` says so. Others have
 * codes of the same numbers, so what would hide an update is looked at closely.
 */
function isOf(status: number, success: boolean | undefined, known: { readonly status: number; readonly kind: BufferErrorKind }): boolean {
  if (status >= 200 && status < 300) return success === false;
  switch (known.kind) {
    case 'notFound':
      return status === known.status;
    case 'unauthorized':
    case 'forbidden':
      return status === 401 || status === 403;
    case 'server':
      return status >= 400;
    default:
      return status >= 400 && status < 500;
  }
}

/** What a key of the current API was answered. */
const aboutKeys = /\bpublic API tokens are not accepted\b/i;

const keyOfCurrentApi =
  'This is a key of the current Buffer API, and the old one, which is asked here, does not take it. Sign out, and sign in with it again.';

/** What the transport asks about an answer before it is read. */
export const restV1Word: ServiceWord = {
  refusesToken: (answer) => answer.status === 401 && refusalIn(answer, parseJson(answer.body))?.kind === 'unauthorized',
};

/** A failure is a status other than 2xx, or `success: false` under any status. */
export function failureIn(answer: GivenAnswer, json: unknown, outcome: Outcome): BufferError | undefined {
  const { status, headers } = answer;
  const isOk = status >= 200 && status < 300;
  const refusal = refusalIn(answer, json);
  // Whoever says so has not passed it on.
  if (status === 429 || refusal?.kind === 'rateLimited')
    return new BufferError('rateLimited', tooOften, { code: 429, retryAfter: retryAfterSeconds(headers) ?? 60 });
  if (!refusal) return isOk && json !== notJson ? undefined : notTheServices(answer, outcome);
  const { kind, code, words } = refusal;
  return new BufferError(kind, failureSentence(kind, words, status), {
    code: code ?? (isOk ? undefined : status),
    // A failure on its side may come after the act; any other is the service's own no.
    outcome: kind === 'server' ? outcome : 'notDone',
  });
}

function failureSentence(kind: BufferErrorKind, words: string | undefined, status: number): string {
  switch (kind) {
    case 'unauthorized':
      return aboutKeys.test(words ?? '') ? keyOfCurrentApi : 'Buffer does not accept your token any more. Sign in again to go on.';
    case 'server':
      return `Buffer failed on its side (${status}).`;
    default:
      return words || `Buffer refused the request (${status}).`;
  }
}
