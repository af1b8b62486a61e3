import { type Change, CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { validate } from './graphqlJs.ts';
import { deprecationsOf } from './deprecations.ts';
import { endingsOf } from './endings.ts';
import type { Drift } from './report.ts';
import { type Usage, usageOf } from './usage.ts';

/** A change as the library tells it, whose own type leaves the kind open. */
type SchemaChange = Pick<Change, 'criticality' | 'message' | 'path'> & { readonly type: string; readonly meta: unknown };

/** Compares the kept schema with a newer one, and says what of it matters to the documents, by their names. */
export async function driftBetween(
  kept: GraphQLSchema,
  newer: GraphQLSchema,
  documents: Readonly<Record<string, DocumentNode>>,
): Promise<Drift> {
  const all: readonly SchemaChange[] = await diff(kept, newer, [DiffRule.simplifyChanges]);
  const changes = all.filter(({ type }) => !/DEPRECAT|DESCRIPTION|DIRECTIVE/.test(type));
  const usage = usageOf(kept, Object.values(documents));
  const unfit = Object.entries(documents).flatMap(([name, document]) =>
    validate(newer, document).map(({ message }) => `${name}: ${message}`),
  );
  return {
    came: changes.filter(({ type }) => type.endsWith('_ADDED')).map(lineOf),
    went: changes.filter(({ type }) => type.endsWith('_REMOVED')).map(lineOf),
    changed: changes.filter(({ type }) => !/_(?:ADDED|REMOVED)$/.test(type)).map(lineOf),
    deprecated: newlyDeprecated(kept, newer, usage),
    ending: endingsOf(newer, usage),
    broken: [...new Set([...unfit, ...changes.filter((change) => isFelt(change, usage)).map(lineOf)])],
  };
}

function lineOf({ message }: SchemaChange): string {
  return message;
}

/**
 * Whether a breaking change reaches the extension without any document being invalid by it: in what it sends, which
 * stands in variables, or in the type of what it is answered.
 */
function isFelt({ type, path, meta, criticality }: SchemaChange, { fields, inputs, conditions }: Usage): boolean {
  if (criticality.level !== CriticalityLevel.Breaking || !path) return false;
  if (type === 'OBJECT_TYPE_INTERFACE_REMOVED') return conditions.has((meta as { removedInterfaceName: string }).removedInterfaceName);
  return inputs.has(path.split('.')[0]!) || (type === 'FIELD_TYPE_CHANGED' && fields.has(path));
}

function newlyDeprecated(kept: GraphQLSchema, newer: GraphQLSchema, { fields, inputs }: Usage): string[] {
  const before = deprecationsOf(kept);
  return [...deprecationsOf(newer)]
    .filter(([where]) => !before.has(where))
    .map(([where, reason]) => {
      const isUsed = fields.has(where) || inputs.has(where.split('.')[0]!);
      return `${where}${isUsed ? ', which the extension uses' : ''}: ${reason}`;
    });
}
