import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from '@0no-co/graphql.web';
import { outputType } from './fieldTypes.ts';
import { type Granted, type Needed, neededAtRoot, neededWithin } from '../permissions.ts';

/** A document without what may not be asked for, and the permissions that were missing. */
export interface PermittedDocument {
  /** Undefined where nothing is left of it. */
  readonly document: DocumentNode | undefined;
  readonly missing: readonly Needed[];
}

/** By document, what was granted and what is left out: a credential asks the same few documents again and again. */
const known = new WeakMap<DocumentNode, Map<string, PermittedDocument>>();

/**
 * What is left of a document for a credential that may do no more than this, of a service that lacks this much. What is
 * certain to be refused is not asked for, so that the rest of an answer does not depend on how the service refuses a part
 * of it.
 * @param leftOut  coordinates of the schema: `Type.field`, `Type.field(argument:)` or `Type`
 */
export function permittedDocument(document: DocumentNode, granted: Granted, leftOut: readonly string[] = []): PermittedDocument {
  if (!granted && leftOut.length === 0) return { document, missing: [] };
  const key = [...(granted ?? ['*']), '-', ...leftOut].join(' ');
  const ofDocument = known.get(document) ?? new Map<string, PermittedDocument>();
  known.set(document, ofDocument);
  const permitted = ofDocument.get(key) ?? restricted(document, granted, new Set(leftOut));
  ofDocument.set(key, permitted);
  return permitted;
}

/** The coordinates that a document uses, of those that are named. */
export function usedOf(document: DocumentNode, coordinates: readonly string[]): readonly string[] {
  return coordinates.filter((each) => permittedDocument(document, undefined, [each]).document !== document);
}

function restricted(document: DocumentNode, granted: Granted, leftOut: ReadonlySet<string>): PermittedDocument {
  const missing = new Set<Needed>();
  const lacked = new Set<string>();
  const may = (needed: Needed | undefined) => {
    if (needed === undefined || !granted || granted.includes(needed)) return true;
    missing.add(needed);
    return false;
  };
  const isThere = (coordinate: string) => {
    if (!leftOut.has(coordinate)) return true;
    lacked.add(coordinate);
    return false;
  };

  /** A selection without what is not asked for, however deep; undefined where nothing is left of it. */
  const within = (set: SelectionSetNode, type: string): SelectionSetNode | undefined => {
    const selections = set.selections.flatMap((each) => (isField(each) ? field(each, type) : fragment(each, type)) ?? []);
    return selections.length > 0 ? { ...set, selections } : undefined;
  };
  const field = (node: FieldNode, type: string): FieldNode | undefined => {
    const { value: name } = node.name;
    const isRoot = type === 'Query' || type === 'Mutation';
    if (!may(isRoot ? neededAtRoot(name, type === 'Mutation') : neededWithin(name)) || !isThere(`${type}.${name}`)) return undefined;
    const kept = { ...node, arguments: node.arguments?.filter((each) => isThere(`${type}.${name}(${each.name.value}:)`)) };
    if (!node.selectionSet) return kept;
    const selectionSet = within(node.selectionSet, outputType(type, name) ?? '');
    return selectionSet && { ...kept, selectionSet };
  };
  const fragment = (node: Exclude<SelectionNode, FieldNode>, type: string): SelectionNode | undefined => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return fragments.get(node.name.value) ? node : undefined;
    const condition = node.typeCondition?.name.value ?? type;
    const selectionSet = isThere(condition) ? within(node.selectionSet, condition) : undefined;
    return selectionSet && { ...node, selectionSet };
  };

  // A fragment uses those that stand before it; one of which nothing is left is not spread.
  const fragments = new Map<string, FragmentDefinitionNode | undefined>();
  const ofKind = <Node extends DefinitionNode>(kind: Node['kind']) =>
    document.definitions.filter((each): each is Node => each.kind === kind);
  const order = inOrder(ofKind<FragmentDefinitionNode>(Kind.FRAGMENT_DEFINITION));
  for (const each of order) {
    const condition = each.typeCondition.name.value;
    const selectionSet = isThere(condition) ? within(each.selectionSet, condition) : undefined;
    fragments.set(each.name.value, selectionSet && { ...each, selectionSet });
  }
  const operations = ofKind<OperationDefinitionNode>(Kind.OPERATION_DEFINITION).map((each) => {
    const selectionSet = within(each.selectionSet, each.operation === 'mutation' ? 'Mutation' : 'Query');
    return selectionSet && { ...each, selectionSet };
  });
  if (missing.size === 0 && lacked.size === 0) return { document, missing: [] };
  const left = operations.filter((each) => each !== undefined);
  const definitions = [...left, ...[...fragments.values()].filter((each) => each !== undefined)];
  return { document: left.length > 0 ? withoutUnused({ ...document, definitions }) : undefined, missing: [...missing] };
}

/** Fragments, each after those that it spreads. */
function inOrder(fragments: readonly FragmentDefinitionNode[]): readonly FragmentDefinitionNode[] {
  const byName = new Map(fragments.map((each) => [each.name.value, each]));
  const order = new Set<FragmentDefinitionNode>();
  const add = (set: SelectionSetNode): void => {
    for (const each of set.selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD) visit(byName.get(each.name.value));
      else if (each.selectionSet) add(each.selectionSet);
    }
  };
  const visit = (fragment: FragmentDefinitionNode | undefined): void => {
    if (!fragment || order.has(fragment)) return;
    add(fragment.selectionSet);
    order.add(fragment);
  };
  for (const each of fragments) visit(each);
  return [...order];
}

function isField(selection: SelectionNode): selection is FieldNode {
  return selection.kind === Kind.FIELD;
}

/** A service refuses a document that has fragments or variables which nothing uses. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
  const used = { fragments: new Set<string>(), variables: new Set<string>() };
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) return node.forEach(look);
    const { kind, name } = node as { readonly kind?: unknown; readonly name?: { readonly value: string } };
    if (kind === Kind.VARIABLE) used.variables.add(name!.value);
    if (kind === Kind.FRAGMENT_SPREAD && !used.fragments.has(name!.value)) {
      used.fragments.add(name!.value);
      look(fragments.get(name!.value)?.selectionSet);
    }
    Object.values(node).forEach(look);
  };
  for (const each of document.definitions) if (each.kind === Kind.OPERATION_DEFINITION) look([each.directives, each.selectionSet]);
  const definitions = document.definitions
    .filter((each) => each.kind !== Kind.FRAGMENT_DEFINITION || used.fragments.has(each.name.value))
    .map((each) => {
      if (each.kind !== Kind.OPERATION_DEFINITION) return each;
      return { ...each, variableDefinitions: each.variableDefinitions?.filter(({ variable }) => used.variables.has(variable.name.value)) };
    });
  return { ...document, definitions };
}
