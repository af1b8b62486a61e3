import * as v from 'valibot';
import { BufferError, type BufferErrorKind, type Outcome } from '../bufferError.ts';
import { type Failure, type Payload, wireAnswer } from './answer.ts';
import type { ServiceWord } from '../transport/http.ts';
import { partOf } from './partialAnswer.ts';
import { unknownNames } from './unknownNames.ts';
import { tooOften } from '../transport/rateLimiter.ts';
import { type GivenAnswer, notTheServices, unreadable } from '../transport/provenance.ts';
import { retryAfterSeconds } from '../transport/requestBudget.ts';
import { lookUp } from '../wire.ts';

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
export function dataOf(answer: GivenAnswer, outcome: Outcome): PartialAnswer {
  const { status, headers } = answer;
  const word = wordIn(answer);
  // Whoever says so has not passed it on.
  if (status === 429 && !isBegun(word)) throw rateLimited(headers, word?.failures[0]);
  if (!word) throw notTheServices(answer, outcome);
  const { data, failures } = word;
  const [failure] = failures;
  const failureFor = (each: Failure) => requestFailure(each, word, answer, outcome);
  const isOk = status >= 200 && status < 300;
  if (failure && !(isOk && isPartial(data, outcome))) throw failureFor(failure);
  if (!isOk || !data) throw notTheServices(answer, outcome);
  return { data, failures, failureFor };
}

/**
 * What came of several writes that went in one request, by alias: what it answered, or why it did not. What was done was
 * done whatever became of the others, under whatever status; and what is told of one says nothing of another.
 * @throws BufferError for the request as a whole, where none of it was begun or the answer is not the service's
 */
export function answersByAlias(
  answer: GivenAnswer,
  aliases: readonly string[],
): { readonly answers: ReadonlyMap<string, object | BufferError>; readonly failures: readonly Failure[]; readonly data: object } {
  const word = wordIn(answer);
  if (answer.status === 429 && !isBegun(word)) throw rateLimited(answer.headers, word?.failures[0]);
  if (!word) throw notTheServices(answer, 'unknown');
  const { failures } = word;
  const data = word.data ?? {};
  if (!isBegun(word)) throw leastSure(failures, word, answer);
  const answers = aliases.map((alias): [string, object | BufferError] => {
    const payload = data[alias];
    if (typeof payload === 'object' && payload !== null) return [alias, payload];
    const own = failures.filter(({ path }) => Array.isArray(path) && path[0] === alias);
    return [alias, own.length ? leastSure(own, word, answer) : new BufferError('malformed', unreadable, { outcome: 'unknown' })];
  });
  return { answers: new Map(answers), failures, data };
}

/** Of several failures the one that leaves open whether something was done, where there is one. */
function leastSure(failures: readonly Failure[], word: Word, answer: GivenAnswer): BufferError {
  const errors = failures.map((each) => requestFailure(each, word, answer, 'unknown'));
  return errors.find(({ outcome }) => outcome === 'unknown') ?? errors[0]!;
}

/** Whether an answer shows that something of the request was begun. */
function isBegun(word: Word | undefined): boolean {
  return word !== undefined && (!word.isRefused || word.failures.some(({ path }) => path !== undefined));
}

/**
 * What an answer says to be unknown to the schema of the service, as coordinates, with its words: the request was looked at and not
 * begun  * (https://spec.graphql.org/draft/, Validation; Coercing Variable Values). Nothing where it was refused for anything else,
 * too, or begun.
 */
export function namesRefused(answer: GivenAnswer): ReadonlyMap<string, string> {
  const { data, failures = [] } = wordIn(answer) ?? {};
  return unknownNames(data || failures.some(({ path }) => path !== undefined) ? [] : failures);
}

/** What the transport asks about an answer before it is read. */
export const graphqlWord: ServiceWord = {
  refusesToken: (answer) => answer.status === 401 && wordIn(answer) !== undefined,
  isPassing: (answer) => {
    const { data, failures = [] } = wordIn(answer) ?? {};
    return !isPartial(data, 'notDone') && failures.some(({ extensions }) => lookUp(kindsOfCodes, extensions?.code) === 'server');
  },
};

/** Whether it is the service itself that gave an answer. */
export function isOwn(answer: GivenAnswer): boolean {
  return wordIn(answer) !== undefined;
}

interface Word {
  readonly data?: Record<string, unknown> | null;
  readonly failures: readonly Failure[];
  /** Not even begun: the failure is about the request as such. */
  readonly isRefused: boolean;
}

const members = new Set(['data', 'errors', 'extensions']);

/**
 * An answer as the service's word: an object with `data`, or with `errors` of which one can be read, and nothing else
 * beside them (https://spec.graphql.org/draft/, Response). Undefined for anything else, whoever gave it.
 */
function wordIn(answer: GivenAnswer): Word | undefined {
  if (!read.has(answer)) read.set(answer, readWord(answer));
  return read.get(answer);
}

/** Each answer is asked for its word more than once, and may be long. */
const read = new WeakMap<GivenAnswer, Word | undefined>();

function readWord({ body }: GivenAnswer): Word | undefined {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())), body);
  if (!json.success || Object.keys(json.output).some((each) => !members.has(each))) return undefined;
  const read = v.safeParse(wireAnswer, json.output);
  if (!read.success) return undefined;
  const { data, errors: failures = [] } = read.output;
  return data || failures.length ? { data, failures, isRefused: !('data' in json.output) } : undefined;
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
  INTERNAL_SERVER_ERROR: 'server',
  UPSTREAM_SERVER_ERROR: 'server',
  GRAPHQL_PARSE_FAILED: 'rejected',
  GRAPHQL_VALIDATION_FAILED: 'rejected',
  BAD_USER_INPUT: 'rejected',
  BAD_REQUEST: 'rejected',
};

/**
 * An element of `errors`. It says that nothing was done where it is a refusal of the whole request, before any of it was
 * begun, or of a write as such. One about a field of what a write answers came after the act, and one without a path
 * leaves open what it is about; so does a code that nobody knows, and a failure of the service. One without a code, in
 * an answer without data, is about the request itself, such as a cost that is too high.
 */
function requestFailure(failure: Failure, { isRefused }: Word, { status, headers }: GivenAnswer, outcome: Outcome): BufferError {
  const { message, path, extensions } = failure;
  const code = extensions?.code;
  const known = status === 401 ? 'unauthorized' : lookUp(kindsOfCodes, code);
  const kind = known ?? (status >= 500 ? 'server' : 'rejected');
  const isAboutAll = path === undefined && (isRefused || status === 401);
  const isAboutWrite = Array.isArray(path) && path.length === 1;
  const isSure = kind !== 'server' && (known === undefined ? code === undefined && isRefused && isAboutAll : isAboutAll || isAboutWrite);
  const left = isSure ? 'notDone' : outcome;
  if (kind === 'unauthorized') return new BufferError(kind, notAccepted, { code: 401, outcome: left });
  if (kind === 'rateLimited') return rateLimited(headers, { message, extensions }, left);
  return new BufferError(kind, message || 'Buffer refused the request.', { outcome: left, part: partOf(failure) });
}

function rateLimited(headers: Headers, failure: Failure | undefined, outcome: Outcome = 'notDone'): BufferError {
  const lengths: Readonly<Record<string, number>> = { '15m': 900, '24h': 86_400, '30d': 2_592_000 };
  return new BufferError('rateLimited', tooOften, {
    code: 429,
    outcome,
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
