import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';

// Asked of Node, as graphql-js works only with itself; see test/sandbox/graphqlJs.ts.
const graphql = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;

/** The types as they are published, to make tests from. */
export const publicSchema = graphql.buildSchema(
  readFileSync(new URL('../../../../src/core/buffer/graphql/schema.graphql', import.meta.url), 'utf8'),
);

/** Deprecated, and told of X and Mastodon nowhere else. */
const wanted = ['ThreadedPost.linkAttachment'];

/**
 * The selection of every field of a type, down to the scalars: what the schema can tell of it.
 * @param omitted  fields that are of no interest, such as `Post.channel`, or that a service does not have
 */
export function wholeOf(typeName: string, omitted: readonly string[] = []): string {
  const type = publicSchema.getType(typeName);
  if (graphql.isUnionType(type)) return `{ __typename ${fragmentsOf(type, omitted)} }`;
  if (graphql.isInterfaceType(type)) return `{ __typename ${fragmentsOf(type, omitted)} }`;
  if (!graphql.isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(({ name, deprecationReason }) => {
    const coordinate = `${typeName}.${name}`;
    return (deprecationReason == null || wanted.includes(coordinate)) && !omitted.includes(coordinate);
  });
  return `{ ${fields.map((field) => `${field.name} ${wholeOf(graphql.getNamedType(field.type).name, omitted)}`.trim()).join(' ')} }`;
}

function fragmentsOf(type: GraphqlJs.GraphQLAbstractType, omitted: readonly string[]): string {
  return publicSchema
    .getPossibleTypes(type)
    .map(({ name }) => `... on ${name} ${wholeOf(name, omitted)}`)
    .join(' ');
}

const known = new Map<string, string>();

/**
 * Everything that a post holds; its channel, its author and its notes are others' business.
 * @param lacking  fields that the service does not have
 */
export function wholePost(lacking: readonly string[] = []): string {
  const key = lacking.join(' ');
  const whole = known.get(key) ?? wholeOf('Post', ['Post.channel', 'Post.author', 'Post.notes', ...lacking]);
  known.set(key, whole);
  return whole;
}
