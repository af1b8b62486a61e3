import { readFile } from 'node:fs/promises';
import type { GraphQLSchema, IntrospectionQuery } from 'graphql';
import { buildClientSchema, buildSchema } from './graphqlJs.ts';

/** The kept schema, which the types of every document are made from. */
export const keptSchemaFile = new URL('../../src/core/buffer/graphql/schema.graphql', import.meta.url);

/** Reads a schema from a file: type definitions, or the JSON answer to an introspection query. */
export async function readSchema(file: string | URL): Promise<GraphQLSchema> {
  return schemaFrom(await readFile(file, 'utf8'));
}

/** A schema from its text: type definitions, or the JSON answer to an introspection query. */
export function schemaFrom(text: string): GraphQLSchema {
  if (!text.trimStart().startsWith('{')) return buildSchema(text);
  const answer = JSON.parse(text) as IntrospectionQuery & { data?: IntrospectionQuery };
  return buildClientSchema(answer.data ?? answer);
}
