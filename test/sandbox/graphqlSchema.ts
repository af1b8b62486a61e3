import { readFileSync } from 'node:fs';
import type { DocumentNode, GraphQLField, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { createSchema } from 'graphql-yoga';
import type { Settings } from './behaviours.ts';
import type { Context } from './graphqlContext.ts';
import { failure, toFailure } from './graphqlErrors.ts';
import { defaultFieldResolver, getNullableType, isObjectType, parse, visit } from './graphqlJs.ts';
import { libraryMutations } from './graphqlLibrary.ts';
import { postMutations } from './graphqlMutations.ts';
import { queries } from './graphqlQueries.ts';
import { tagMutations, tagQueries } from './graphqlTags.ts';
import { scalars } from './graphqlScalars.ts';
import type { State } from './state.ts';

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
    'CreateTagPayload',
    'DeletePostPayload',
    'DeletePostTemplatePayload',
    'DeleteTagPayload',
    'MovePostInQueuePayload',
    'PostActionPayload',
    'UpdatePostTemplatePayload',
    'UpdateTagPayload',
  ]
    .map((union) => `extend union ${union} = ContentPolicyError`)
    .join('\n  ')}
`;

/** What the types lack in each form of a thread part's card. */
const cardsWithout: Readonly<Record<Settings['threadCards'], readonly string[]>> = {
  both: [],
  newOnly: ['ThreadedPost.linkAttachment', 'AssetInput.link'],
  oldOnly: ['ThreadedPost.metadata', 'ThreadedPostInput.metadata'],
};

/** They know of no sandbox in particular, so that one of each kind is enough. Of those that lack something, the last few are kept. */
const schemas = new Map<string, GraphQLSchema>();
const mostSchemas = 24;

/** What the schema of a sandbox does not have as it stands, as `Type.field`; of an interface, also of those who implement it. */
export function lackingIn({ state }: { readonly state: Pick<State, 'settings' | 'lacking'> }): readonly string[] {
  return [...new Set([...cardsWithout[state.settings.threadCards], ...state.lacking])].sort();
}

/** The schema of a sandbox as it stands. */
export function bufferSchema(state: Pick<State, 'settings' | 'lacking'>): GraphQLSchema {
  const without = lackingIn({ state });
  const { failedField } = state.settings;
  const key = [failedField, ...without].join(' ');
  const known = schemas.get(key) ?? build(failedField === 'nulledAlone', without);
  schemas.delete(key);
  schemas.set(key, known);
  if (schemas.size > mostSchemas) schemas.delete(schemas.keys().next().value!);
  return known;
}

const allTypes: DocumentNode = parse(`${publicTypes}\n${laterTypes}`, { noLocation: true });

function typesWithout(lacking: readonly string[]): DocumentNode {
  if (lacking.length === 0) return allTypes;
  type Named = { readonly name: { readonly value: string } };
  type Definition = Named & { readonly interfaces?: readonly Named[]; readonly fields?: readonly Named[] };
  // An interface promises nothing that one of its types lacks.
  const promised = new Set<string>();
  visit(allTypes, {
    ObjectTypeDefinition: ({ name, interfaces = [], fields = [] }) => {
      for (const field of fields)
        if (lacking.includes(`${name.value}.${field.name.value}`))
          for (const each of interfaces) promised.add(`${each.name.value}.${field.name.value}`);
    },
  });
  const lacks = ({ name, interfaces = [] }: Definition, field: Named) =>
    [name, ...interfaces.map((each) => each.name)].some(({ value }) => lacking.includes(`${value}.${field.name.value}`));
  const onType = <Node extends Definition>(node: Node): Node => ({ ...node, fields: node.fields?.filter((field) => !lacks(node, field)) });
  const onInterface = <Node extends Definition>(node: Node): Node => {
    const { fields, ...rest } = onType(node);
    return { ...rest, fields: fields?.filter((field) => !promised.has(`${node.name.value}.${field.name.value}`)) } as unknown as Node;
  };
  return visit(allTypes, { ObjectTypeDefinition: onType, InterfaceTypeDefinition: onInterface, InputObjectTypeDefinition: onType });
}

/** With fields of Query and Mutation that may fail alone, or that take the whole answer with them, as their types promise. */
function build(mayFailAlone: boolean, lacking: readonly string[]): GraphQLSchema {
  const schema = createSchema<Context>({
    typeDefs: typesWithout(lacking),
    resolvers: { ...scalars, Query: { ...queries, ...tagQueries }, Mutation: { ...postMutations, ...libraryMutations, ...tagMutations } },
    resolverValidationOptions: { requireResolversToMatchSchema: 'ignore' },
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
  collaborationNotes: 'notes',
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
