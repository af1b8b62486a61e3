import * as v from 'valibot';
import { BufferError, type BufferErrorKind, type Outcome } from './bufferError.ts';
import { type Failure, type Payload, wireAnswer } from './graphqlWire.ts';
import type { HttpAnswer } from './http.ts';
import { partOf } from './partialAnswer.ts';
import { tooOften } from './pace.ts';
import { retryAfterSeconds } from './requestBudget.ts';
import { lookUp } from './wire.ts';

export const unreadable = 'Buffer gave an answer that cannot be read.';

/** What came of what was asked for, and what of it failed by itself. */
export interface PartialAnswer {
  readonly data: Record<string, unknown>;
  readonly failures: readonly Failure[];
  /** The failure of one of them, as it would be of the whole. */
  readonly failureFor: (failure: Failure) => BufferError;
}

/**
 * What was asked for; throws what the first two of the three error places tell: the status, and `errors`. A field that
 * failed by itself is null, and what came beside it is kept; of a write, only where what it did came.
 */
export function dataOf({ status, headers, body }: HttpAnswer, outcome: Outcome): PartialAnswer {
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), wireAnswer), body);
  const { data, errors } = answer.success ? answer.output : {};
  const [failure] = errors ?? [];
  if (status === 401) throw new BufferError('unauthorized', notAccepted, { code: 401 });
  if (status === 429) throw rateLimited(headers, failure);
  const asError = (each: Failure) => requestFailure(each, status, headers, outcome);
  if (failure && !isPartial(data, outcome)) throw asError(failure);
  if (status >= 500) throw new BufferError('server', `Buffer failed on its side (${status}).`, { code: status, outcome });
  if (status === 403) throw new BufferError('forbidden', `Buffer refused the request (${status}).`, { code: status });
  if (status >= 400) throw new BufferError('rejected', `Buffer refused the request (${status}).`, { code: status });
  if (!data) throw new BufferError('malformed', unreadable, { outcome });
  return { data, failures: errors ?? [], failureFor: asError };
}

function isPartial(data: Record<string, unknown> | null | undefined, outcome: Outcome): boolean {
  const fields = Object.values(data ?? {});
  const isThere = (field: unknown) => field !== null && field !== undefined;
  return outcome === 'unknown' ? fields.length > 0 && fields.every(isThere) : fields.some(isThere);
}

const notAccepted = 'Buffer does not accept your token any more. Sign in again to go on.';

const kindsOfCodes: Readonly<Record<string, BufferErrorKind>> = {
  UNAUTHENTICATED: 'unauthorized',
  UNAUTHORIZED: 'forbidden',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'notFound',
  RATE_LIMIT_EXCEEDED: 'rateLimited',
  UNEXPECTED: 'server',
};

/** An element of `errors`. One without a code is about the request itself, such as a cost that is too high. */
function requestFailure(failure: Failure, status: number, headers: Headers, outcome: Outcome): BufferError {
  const { message, path, extensions } = failure;
  const kind = lookUp(kindsOfCodes, extensions?.code) ?? (status >= 500 ? 'server' : 'rejected');
  if (kind === 'unauthorized') return new BufferError(kind, notAccepted, { code: 401 });
  if (kind === 'rateLimited') return rateLimited(headers, { message, extensions });
  // Several updates go in one request: the failure of one hides what came of the others.
  const isSure = kind !== 'server' && !isOneOfSeveral(path);
  return new BufferError(kind, message || 'Buffer refused the request.', { outcome: isSure ? 'notDone' : outcome, part: partOf(failure) });
}

function isOneOfSeveral(path: unknown): boolean {
  return Array.isArray(path) && /^post\d+$/.test(String(path[0]));
}

function rateLimited(headers: Headers, failure: Failure | undefined): BufferError {
  const lengths: Readonly<Record<string, number>> = { '15m': 900, '24h': 86_400, '30d': 2_592_000 };
  return new BufferError('rateLimited', tooOften, {
    code: 429,
    retryAfter: retryAfterSeconds(headers) ?? lookUp(lengths, failure?.extensions?.window) ?? 60,
  });
}

const kindsOfPayloads: Readonly<Record<string, BufferErrorKind>> = {
  NotFoundError: 'notFound',
  UnauthorizedError: 'forbidden',
  UnexpectedError: 'server',
};

/** The third error place: a mutation's union. Whatever member has a message, known or not, is a failure. */
export function failureOf({ __typename, message, code }: Payload): BufferError | undefined {
  if (message === undefined) return undefined;
  // The catch-all member does not say what kind of failure it is.
  const isGone = code === 404 || (__typename === 'VoidMutationError' && /\b(not found|does not exist|no longer exists)\b/i.test(message));
  const kind = lookUp(kindsOfPayloads, __typename) ?? (isGone ? 'notFound' : (code ?? 0) >= 500 ? 'server' : 'rejected');
  return new BufferError(kind, message || 'Buffer refused the request.', { code, outcome: kind === 'server' ? 'unknown' : 'notDone' });
}
