import type { GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse } from './graphqlJs.ts';
import type { CliInput, CliPackage, CliSelection } from './cliPackage.ts';

/** The schema coordinates that the command line names: those that a schema has, and those that it lacks. */
export interface CliCoordinates {
  readonly known: ReadonlySet<string>;
  readonly unknown: ReadonlySet<string>;
}

/** Places what the command line asks and sends in a schema. Below something unknown nothing more is looked at. */
export function cliCoordinates({ selections, inputs }: CliPackage, schema: GraphQLSchema): CliCoordinates {
  const walk = new Walk(schema);
  for (const [shell, selection] of selections) {
    const { operation, fieldName } = rootOf(shell);
    const type = walk.field(rootType(schema, operation), fieldName);
    if (type) walk.selection(type, selection);
  }
  for (const { operationType, fieldName, input } of inputs) {
    const root = rootType(schema, operationType);
    walk.field(root, fieldName);
    const field = root?.getFields()[fieldName];
    const argument = field?.args.find(({ name }) => name === 'input');
    if (argument) walk.input(argument.type, input);
  }
  return walk;
}

class Walk implements CliCoordinates {
  readonly known = new Set<string>();
  readonly unknown = new Set<string>();
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The type of a field; nothing where the schema lacks it. */
  field(parent: GraphQLNamedType | null | undefined, name: string): GraphQLNamedType | undefined {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    this.#tell(`${parent?.name ?? '?'}.${name}`, field !== undefined);
    return field && getNamedType(field.type);
  }

  selection(type: GraphQLNamedType, { fields, shared, members, items }: CliSelection): void {
    for (const [name, selection] of Object.entries({ ...fields, ...shared })) {
      const of = this.field(type, name);
      if (of) this.selection(of, selection);
    }
    for (const [name, selection] of Object.entries(members ?? {})) {
      const member = this.#schema.getType(name);
      this.#tell(name, member !== undefined);
      if (member) this.selection(member, selection);
    }
    // What it calls a connection is Relay's, of which it names the nodes alone.
    const edge = items && this.field(type, 'edges');
    const node = edge && this.field(edge, 'node');
    if (node) this.selection(node, items);
  }

  input(type: GraphQLInputType, { properties, items, enum: values }: CliInput): void {
    const named = getNamedType(type);
    if (items) this.input(named, items);
    for (const value of values ?? []) this.#tell(`${named.name}.${value}`, isEnumType(named) && named.getValue(value) !== undefined);
    for (const [name, property] of Object.entries(properties ?? {})) {
      const field = isInputObjectType(named) ? named.getFields()[name] : undefined;
      this.#tell(`${named.name}.${name}`, field !== undefined);
      if (field) this.input(field.type, property);
    }
  }

  #tell(coordinate: string, isKnown: boolean): void {
    (isKnown ? this.known : this.unknown).add(coordinate);
  }
}

function rootOf(shell: string): { operation: 'query' | 'mutation'; fieldName: string } {
  const [definition] = parse(shell.replace('%SELECTIONS%', '__typename')).definitions;
  const field = definition?.kind === 'OperationDefinition' ? definition.selectionSet.selections[0] : undefined;
  if (definition?.kind !== 'OperationDefinition' || field?.kind !== 'Field') throw new Error(`No operation: ${shell}`);
  return { operation: definition.operation as 'query' | 'mutation', fieldName: field.name.value };
}

function rootType(schema: GraphQLSchema, operation: 'query' | 'mutation') {
  return operation === 'query' ? schema.getQueryType() : schema.getMutationType();
}
