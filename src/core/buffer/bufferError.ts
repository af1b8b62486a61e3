import type { OptionalPart } from './missingPart.ts';

/**
 * What can go wrong between a person and Buffer, in one type.
 *
 * - `unauthorized`  the token is missing, wrong or revoked
 * - `forbidden`     the token is fine, but not for this
 * - `notFound`      the profile or update is gone, or never was
 * - `rateLimited`   too many requests; `retryAfter` tells the seconds to wait
 * - `rejected`      the service understood and said no; `code` and the message are its own
 * - `offline`       no connection
 * - `timeout`       no answer in time
 * - `server`        the service failed (5xx)
 * - `malformed`     an answer that is not what the service promises
 * - `intercepted`   something between here and the service answered in its place, so the service said nothing
 * - `cancelled`     we gave up ourselves
 */
export type BufferErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'rateLimited'
  | 'rejected'
  | 'offline'
  | 'timeout'
  | 'server'
  | 'malformed'
  | 'intercepted'
  | 'cancelled';

/**
 * Whether the request changed anything. `unknown`: it may have been carried out although no proper answer came,
 * so a write must not be sent again before looking.
 */
export type Outcome = 'notDone' | 'unknown';

/** What a person can do about what is in between: show itself to a network that wants a sign-in, set up the proxy, unlock the keyring. */
export type Remedy = 'signInPage' | 'proxySettings' | 'keyring';

export interface BufferErrorOptions {
  readonly outcome?: Outcome;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number;
  /** The service's own code, such as 1025 for a duplicate. */
  readonly code?: number;
  /** The one part of an answer that failed and took the rest with it. */
  readonly part?: OptionalPart;
  readonly remedy?: Remedy;
  readonly cause?: unknown;
}

/** The only error that leaves this folder. Its message is a sentence for a person and never holds a token. */
export class BufferError extends Error {
  override readonly name = 'BufferError';
  readonly kind: BufferErrorKind;
  readonly outcome: Outcome;
  readonly retryAfter: number | undefined;
  /** When that is over. */
  readonly retryAt: Date | undefined;
  readonly code: number | undefined;
  readonly part: OptionalPart | undefined;
  readonly remedy: Remedy | undefined;

  constructor(kind: BufferErrorKind, message: string, options: BufferErrorOptions = {}) {
    super(sentence(message), { cause: options.cause });
    this.kind = kind;
    this.outcome = options.outcome ?? 'notDone';
    this.retryAfter = options.retryAfter;
    this.retryAt = options.retryAfter === undefined ? undefined : new Date(Date.now() + options.retryAfter * 1000);
    this.code = options.code;
    this.part = options.part;
    this.remedy = options.remedy;
  }

  /**
   * Whether the service refused it because it has the same already. After an answer that was lost, that shows that the
   * first one arrived.
   */
  get isDuplicate(): boolean {
    return this.kind === 'rejected' && (this.code === duplicateCode || duplicateWords.test(this.message));
  }

  /** The same error, once a look has shown that the request changed nothing. */
  asNotDone(): BufferError {
    const { kind, message, retryAfter, code, part, remedy } = this;
    return new BufferError(kind, message, { retryAfter, code, part, remedy, cause: this });
  }
}

/** Of what was meant for an account, or an address, that is left by now: nothing of it is sent. */
export function accountLeft(): BufferError {
  return new BufferError('cancelled', 'The account changed meanwhile.');
}

/** Of a sign-in that the keyring of this computer does not give out for now. */
export function keyringLocked(cause?: unknown): BufferError {
  return new BufferError('offline', 'The keyring of this computer, where your sign-in is kept, is locked or does not answer.', {
    remedy: 'keyring',
    cause,
  });
}

/** Of a look for one update among more than can be read of those that came about lately. */
export function tooMany(): BufferError {
  return new BufferError('rejected', 'More was posted meanwhile than can be looked through.');
}

/** Of pages that do not belong together; another try may find a list that stands still. */
export function changedMeanwhile(): BufferError {
  return new BufferError('malformed', 'The list changed while it was read.');
}

/** v1's code for a text that was posted or queued a short while ago. */
const duplicateCode = 1025;
/** The current API has no code for it; its two sentences hold these words (docs/live-service.md, creating). */
const duplicateWords = /\b(posted that one recently|already got this one scheduled)\b/i;

const longestSentence = 500;

/** Words of a service as one line of a readable length, whatever it answered with. */
function sentence(message: string): string {
  const line = message
    .slice(0, 10 * longestSentence)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > longestSentence ? `${line.slice(0, longestSentence).toWellFormed()}…` : line;
}
