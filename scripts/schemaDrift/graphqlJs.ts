import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';

// graphql-js works only with itself, and Vitest would take its development build for our files while the library that
// compares schemas has the other. Asked like this, Node answers for both.
export const {
  buildClientSchema,
  buildSchema,
  getNamedType,
  introspectionFromSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  print,
  TypeInfo,
  typeFromAST,
  validate,
  visit,
  visitWithTypeInfo,
} = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;
