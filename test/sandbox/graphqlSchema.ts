import { readFileSync } from 'node:fs';
import type { GraphQLField, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { createSchema } from 'graphql-yoga';
import type { Settings } from './behaviours.ts';
import type { Context } from './graphqlContext.ts';
import { failure, toFailure } from './graphqlErrors.ts';
import { defaultFieldResolver, getNullableType, isObjectType } from './graphqlJs.ts';
import { libraryMutations } from './graphqlLibrary.ts';
import { postMutations } from './graphqlMutations.ts';
import { queries } from './graphqlQueries.ts';
import { scalars } from './graphqlScalars.ts';

// The very file that the extension is checked against.
const publicTypes = readFileSync(new URL('../../src/core/buffer/graphql/schema.graphql', import.meta.url), 'utf8');

/**
 * What joined after the file was written, as Buffer says will happen: networks that were seen, a member of the unions
 * and what Substack takes, which are the sandbox's own.
 */
const laterTypes = /* GraphQL */ `
  extend enum Service {
    substack
    whatsapp
  }
  type SubstackPostMetadata implements CommonPostMetadata {
    annotations: [Annotation!]!
    linkAttachment: LinkAttachment
    type: PostType!
  }
  extend union PostMetadata = SubstackPostMetadata
  input SubstackPostMetadataInput {
    linkAttachment: LinkAttachmentInput
  }
  extend input PostInputMetaData {
    substack: SubstackPostMetadataInput
  }
  type ContentPolicyError implements MutationError {
    message: String!
    policyUrl: String
  }
  ${[
    'CreateIdeaPayload',
    'CreatePostTemplatePayload',
    'DeletePostPayload',
    'DeletePostTemplatePayload',
    'MovePostInQueuePayload',
    'PostActionPayload',
    'UpdatePostTemplatePayload',
  ]
    .map((union) => `extend union ${union} = ContentPolicyError`)
    .join('\n  ')}
`;

/** It knows of no sandbox in particular, so one for each setting of `failedField` is enough. */
export const bufferSchemas: Readonly<Record<Settings['failedField'], GraphQLSchema>> = { nulledAlone: build(true), bubbles: build(false) };

/** With fields of Query and Mutation that may fail alone, or that take the whole answer with them, as their types promise. */
function build(mayFailAlone: boolean): GraphQLSchema {
  const schema = createSchema<Context>({
    typeDefs: [publicTypes, laterTypes],
    resolvers: { ...scalars, Query: queries, Mutation: { ...postMutations, ...libraryMutations } },
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      wrap(field, type.name);
      if (mayFailAlone && ['Query', 'Mutation'].includes(type.name)) field.type = getNullableType(field.type);
    }
  }
  return schema;
}

/** Lets faults happen at a field, and gives what is thrown there its code. */
function wrap(field: GraphQLField<unknown, Context>, typeName: string): void {
  const { resolve = defaultFieldResolver } = field;
  const isMutation = typeName === 'Mutation';
  const isFaulty = (name: string | undefined) =>
    name === undefined ? isMutation || typeName === 'Query' : name === `${typeName}.${field.name}`;
  field.resolve = (parent, args, context, info) => {
    const fault =
      context.fault?.kind === 'graphqlError' && isFaulty(context.fault.field)
        ? context.fault
        : failedAlias(context, info.path, isMutation ? 'itself' : `${typeName}.${field.name}`);
    const failed = fault && failure(fault.code ?? 'UNEXPECTED', fault.message ?? 'Something went wrong.', fault.status);
    if (failed && !fault.isDone) throw failed;
    if (isMutation || typeName === 'Query' || isFigures(typeName, field.name)) checkScope(field.name, isMutation, context);
    if (isMutation && context.fault?.kind === 'newMutationError') {
      return { __typename: 'ContentPolicyError', message: context.fault.message ?? 'Not in line with our policy.' };
    }
    try {
      const value = resolve(parent, args, context, info);
      if (!failed) return value;
    } catch (error) {
      throw toFailure(error);
    }
    throw failed;
  };
}

/** How one of several mutations fails, where that is to be seen at this field. */
function failedAlias(
  { fault }: Context,
  path: GraphQLResolveInfo['path'],
  where: string,
): { readonly code: string; readonly isDone?: boolean; readonly message?: string; readonly status?: number } | undefined {
  if (fault?.kind !== 'partial') return undefined;
  let root = path;
  while (root.prev) root = root.prev;
  const failed = fault.at[root.key];
  if (!failed) return undefined;
  return where === (failed.isNested ? 'Post.id' : 'itself') ? failed : undefined;
}

/** What a field is about; channels are for everybody who got in. */
const subjects: Readonly<Record<string, string>> = {
  account: 'account',
  aggregatedPostMetrics: 'insights',
  channel: '',
  channels: '',
  createIdea: 'ideas',
  ideaGroups: 'ideas',
  ideas: 'ideas',
  metrics: 'insights',
};

/** Figures take a scope of their own wherever they are; what is around them is answered all the same. */
function isFigures(typeName: string, field: string): boolean {
  return typeName === 'Post' && field === 'metrics';
}

/** A key may do everything; an access token what it was granted. Figures are refused alone, with the rest beside them. */
function checkScope(field: string, isMutation: boolean, { scopes }: Context): void {
  const subject = subjects[field] ?? 'posts';
  const needed = `${subject}:${isMutation ? 'write' : 'read'}`;
  if (scopes && subject !== '' && !scopes.includes(needed)) throw failure('UNAUTHORIZED', `This access token lacks the scope ${needed}.`);
}
