import { type DocumentNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from '@0no-co/graphql.web';
import { type Granted, neededAtRoot, neededWithin, type Permission } from '../permissions.ts';

/** A document without what may not be asked for, and the permissions that were missing. */
export interface PermittedDocument {
  /** Undefined where nothing is left of it. */
  readonly document: DocumentNode | undefined;
  readonly missing: readonly Permission[];
}

/** By document and what was granted: a credential asks the same few documents again and again. */
const known = new WeakMap<DocumentNode, Map<string, PermittedDocument>>();

/**
 * What is left of a document for a credential that may do no more than this. What is certain to be refused is not
 * asked for, so that the rest of an answer does not depend on how the service refuses a part of it.
 */
export function permittedDocument(document: DocumentNode, granted: Granted): PermittedDocument {
  if (!granted) return { document, missing: [] };
  const key = granted.join(' ');
  const ofDocument = known.get(document) ?? new Map<string, PermittedDocument>();
  known.set(document, ofDocument);
  const permitted = ofDocument.get(key) ?? restricted(document, granted);
  ofDocument.set(key, permitted);
  return permitted;
}

function restricted(document: DocumentNode, granted: readonly string[]): PermittedDocument {
  const missing = new Set<Permission>();
  const may = (needed: Permission | undefined) => {
    if (needed === undefined || granted.includes(needed)) return true;
    missing.add(needed);
    return false;
  };
  const definitions = document.definitions.map((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return { ...definition, selectionSet: within(definition.selectionSet, may) };
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const isMutation = definition.operation === 'mutation';
    const selections = definition.selectionSet.selections.filter(
      (each) => !isField(each) || may(neededAtRoot(each.name.value, isMutation)),
    );
    return { ...definition, selectionSet: within({ ...definition.selectionSet, selections }, may) };
  });
  const isEmpty = definitions.some((each) => each.kind === Kind.OPERATION_DEFINITION && each.selectionSet.selections.length === 0);
  if (missing.size === 0) return { document, missing: [] };
  return { document: isEmpty ? undefined : withoutUnused({ ...document, definitions }), missing: [...missing] };
}

/** A selection without the fields that may not be asked for, however deep. */
function within(set: SelectionSetNode, may: (needed: Permission | undefined) => boolean): SelectionSetNode {
  const selections = set.selections
    .filter((each) => !isField(each) || may(neededWithin(each.name.value)))
    .map((each) => ('selectionSet' in each && each.selectionSet ? { ...each, selectionSet: within(each.selectionSet, may) } : each));
  return { ...set, selections };
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
