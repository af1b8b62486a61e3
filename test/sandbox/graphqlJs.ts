import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';

// graphql-js works only with itself, and Vitest would take its development build for our files while graphql-yoga has
// the other. Asked like this, Node answers for both.
const graphql = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;

export const {
  GraphQLError,
  GraphQLScalarType,
  Kind,
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
  visit,
} = graphql;
