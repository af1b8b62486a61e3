import type { GraphQLError as GraphqlFailure } from 'graphql';
import { GraphQLError } from './graphqlJs.ts';
import { Refusal, type Reason } from './refusal.ts';

/** What somebody asked for cannot be granted as it is: the words go to them. */
export class InvalidInput extends Error {}

/** No more of it, for now or on this plan. */
export class LimitReached extends Error {}

/** There is one already. */
export class NotUnique extends Error {}

/** What a mutation may answer instead of success; each is a type of the schema. */
export type MutationErrorType =
  | 'DuplicateError'
  | 'InvalidInputError'
  | 'LimitReachedError'
  | 'NotFoundError'
  | 'UnauthorizedError'
  | 'UnexpectedError'
  | 'VoidMutationError';

/** The refusals that can come up here; v1 alone knows the others. */
const refusals: Partial<Readonly<Record<Reason, readonly [MutationErrorType, message: string]>>> = {
  alreadySent: ['InvalidInputError', 'The post has been sent already and can no longer be changed.'],
  cannotMoveToTop: ['InvalidInputError', 'Only a post that is in the queue can be moved within it.'],
  disconnected: ['InvalidInputError', 'The channel is disconnected. Reconnect it to publish.'],
  emptyText: ['InvalidInputError', 'Invalid post: Post must have either text or media.'],
  inThePast: ['InvalidInputError', 'Invalid post input: dueAt must be in the future'],
  mediaSize: ['InvalidInputError', 'The image is too large.'],
  mediaType: ['InvalidInputError', 'This kind of asset is not supported.'],
  noProfile: ['NotFoundError', 'Channel not found'],
  noUpdate: ['NotFoundError', 'Post not found.'],
  notYourProfile: ['UnauthorizedError', 'You do not have access to this channel.'],
  notYourUpdate: ['UnauthorizedError', 'You do not have access to this post.'],
  queueFull: ['LimitReachedError', 'The queue of this channel is full.'],
  textTooLong: ['InvalidInputError', 'The text is too long for this channel.'],
};

/** What a mutation answers to something thrown; whatever is not meant for its caller is thrown on. */
export function toMutationError(error: unknown): { __typename: MutationErrorType; message: string } {
  if (error instanceof InvalidInput) return { __typename: 'InvalidInputError', message: error.message };
  if (error instanceof NotUnique) return { __typename: 'DuplicateError', message: error.message };
  if (error instanceof LimitReached) return { __typename: 'LimitReachedError', message: error.message };
  if (!(error instanceof Refusal)) throw error;
  const [__typename, message] = refusals[error.reason] ?? ['UnexpectedError', 'Something went wrong.'];
  return { __typename, message: error.detail === undefined ? message : `${message} (${error.detail})` };
}

/** An entry of `errors`, with HTTP 200 unless the status is another. */
export function failure(code: string, message: string, status?: number): GraphqlFailure {
  return new GraphQLError(message, { extensions: { code, ...(status && { http: { status } }) } });
}

const queryCodes: Partial<Record<MutationErrorType, string>> = { NotFoundError: 'NOT_FOUND', UnauthorizedError: 'FORBIDDEN' };

/** What a query says to something thrown. Where it happened stays out of it. */
export function toFailure(error: unknown): GraphqlFailure {
  if (error instanceof GraphQLError) return error;
  if (!(error instanceof Refusal)) return failure('UNEXPECTED', 'Something went wrong.');
  const { __typename, message } = toMutationError(error);
  return failure(queryCodes[__typename] ?? 'UNEXPECTED', message);
}
