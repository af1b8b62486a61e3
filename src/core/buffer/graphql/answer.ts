import * as v from 'valibot';
import { listOf, optional, optionalNumber, text } from '../wire.ts';

/** What every answer of GraphQL is wrapped in, and every mutation's. */

/** Any member of a mutation's union: what it holds, or what it says went wrong. */
export const wirePayload = v.looseObject({
  __typename: v.string(),
  message: text,
  code: optionalNumber,
  post: v.optional(v.unknown()),
  idea: v.optional(v.unknown()),
  tag: v.optional(v.unknown()),
  postTemplate: v.optional(v.unknown()),
});
export type Payload = v.InferOutput<typeof wirePayload>;

const failure = v.object({
  message: v.string(),
  path: v.optional(v.unknown()),
  extensions: optional(v.object({ code: text, window: text })),
});

/** The whole answer: what was asked for, and what went wrong with it. */
export const wireAnswer = v.object({
  data: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
  errors: optional(v.pipe(listOf(failure), v.minLength(1))),
});
export type Failure = v.InferOutput<typeof failure>;
