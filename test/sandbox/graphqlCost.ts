import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  FragmentSpreadNode,
  GraphQLError as GraphqlFailure,
  GraphQLOutputType,
  GraphQLSchema,
  InlineFragmentNode,
  SelectionSetNode,
} from 'graphql';
import { GraphQLError, Kind, getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from './graphqlJs.ts';
import { parsedQuery } from './parsedQuery.ts';

export const costLimits = { points: 175_000, depth: 25, aliases: 30, tokens: 15_000 } as const;

/** How long a list is taken to be that does not say. */
const usualPage = 20;
const usualList = 10;

interface Cost {
  points: number;
  depth: number;
  aliases: number;
}

/**
 * What is too much about a query, told before anything of it is done. Buffer does not say how it counts; here a field
 * is a point, and what is in a list counts once for each that may be in it: as many as `first` asks for, or a usual
 * number. An honest client with pages of 100 stays far below.
 */
export function tooCostly(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): GraphqlFailure | undefined {
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation);
    if (!root) continue;
    const cost = costOf(definition.selectionSet, root, { schema, fragments, variables });
    for (const measure of ['depth', 'aliases', 'points'] as const) {
      if (cost[measure] > costLimits[measure]) return over(measure, cost[measure]);
    }
  }
  return undefined;
}

/** The same for its length, which has to be known before anything looks at the query as a whole. */
export function tooLong(query: string): GraphqlFailure | undefined {
  // What cannot be read is for others to complain about.
  const { tokenCount = 0 } = parsedQuery(query) ?? {};
  return tokenCount > costLimits.tokens ? over('tokens', tokenCount) : undefined;
}

function over(measure: keyof typeof costLimits, found: number): GraphqlFailure {
  return new GraphQLError(`The query is too costly: ${found} ${measure}, where ${costLimits[measure]} are allowed.`);
}

interface Surroundings {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

function costOf(selections: SelectionSetNode, parent: GraphQLOutputType, around: Surroundings): Cost {
  const total: Cost = { points: 0, depth: 0, aliases: 0 };
  for (const selection of selections.selections) {
    const part = selection.kind === Kind.FIELD ? fieldCost(selection, parent, around) : fragmentCost(selection, parent, around);
    total.points += part.points;
    total.aliases += part.aliases;
    total.depth = Math.max(total.depth, part.depth);
  }
  return total;
}

function fragmentCost(selection: InlineFragmentNode | FragmentSpreadNode, parent: GraphQLOutputType, around: Surroundings): Cost {
  const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : around.fragments.get(selection.name.value)!;
  const type = fragment.typeCondition && around.schema.getType(fragment.typeCondition.name.value);
  return costOf(fragment.selectionSet, isCompositeType(type) ? type : parent, around);
}

function fieldCost(field: FieldNode, parent: GraphQLOutputType, around: Surroundings): Cost {
  const aliases = field.alias ? 1 : 0;
  const type = around.schema.getField(getNamedType(parent) as never, field.name.value)?.type;
  if (!field.selectionSet || !type) return { points: 1, depth: 1, aliases };
  const inner = costOf(field.selectionSet, getNamedType(type), around);
  return { points: 1 + inner.points * timesOf(field, type, parent, around), depth: 1 + inner.depth, aliases: aliases + inner.aliases };
}

/** How often what is inside of a field may be there. */
function timesOf(field: FieldNode, type: GraphQLOutputType, parent: GraphQLOutputType, { variables }: Surroundings): number {
  if (isPage(getNamedType(type))) {
    const value = field.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    return typeof given === 'number' ? given : usualPage;
  }
  // The edges of a page are counted with it.
  return isListType(getNullableType(type)) && !isPage(parent) ? usualList : 1;
}

function isPage(type: GraphQLOutputType): boolean {
  return isObjectType(type) && 'pageInfo' in type.getFields();
}
