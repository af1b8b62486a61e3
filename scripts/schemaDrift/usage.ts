import type { DocumentNode, GraphQLInputType, GraphQLSchema } from 'graphql';
import { getNamedType, isInputObjectType, TypeInfo, typeFromAST, visit, visitWithTypeInfo } from './graphqlJs.ts';

/** What a set of documents needs of a schema. */
export interface Usage {
  /** The fields that are asked for, as `Type.field`. */
  readonly fields: ReadonlySet<string>;
  /** The input types and enumerations that the variables and arguments can hold, however deep. */
  readonly inputs: ReadonlySet<string>;
  /** The types that fragments are on. */
  readonly conditions: ReadonlySet<string>;
}

/** Finds what documents use of the schema they were written for. */
export function usageOf(schema: GraphQLSchema, documents: Iterable<DocumentNode>): Usage {
  const fields = new Set<string>();
  const inputs = new Set<string>();
  const conditions = new Set<string>();
  const info = new TypeInfo(schema);
  for (const document of documents) {
    visit(
      document,
      visitWithTypeInfo(info, {
        Field: ({ name }) => void fields.add(`${info.getParentType()!.name}.${name.value}`),
        Argument: () => addInput(info.getArgument()?.type, inputs),
        NamedType: ({ name }) => void conditions.add(name.value),
        VariableDefinition: ({ type }) => addInput(typeFromAST(schema, type) as GraphQLInputType | undefined, inputs),
      }),
    );
  }
  return { fields, inputs, conditions };
}

/** Adds an input type and all that its fields can hold. */
function addInput(type: GraphQLInputType | undefined, inputs: Set<string>): void {
  const named = type && getNamedType(type);
  if (!named || inputs.has(named.name)) return;
  inputs.add(named.name);
  if (isInputObjectType(named)) for (const field of Object.values(named.getFields())) addInput(field.type, inputs);
}
