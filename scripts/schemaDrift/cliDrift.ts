import type { DocumentNode, GraphQLSchema } from 'graphql';
import { cliCoordinates } from './cliCoordinates.ts';
import type { CliPackage } from './cliPackage.ts';
import type { Drift } from './report.ts';
import { usageOf } from './usage.ts';

/**
 * What two releases of the command line tell of how the schema moved on. They name coordinates without their types, and
 * only what the command line uses: what the later one names no more has gone, or is just not used there any more.
 */
export function cliDrift(
  kept: GraphQLSchema,
  [earlier, later]: readonly [CliPackage, CliPackage],
  documents: Readonly<Record<string, DocumentNode>>,
): Drift {
  const before = cliCoordinates(earlier, kept);
  const after = cliCoordinates(later, kept);
  const went = [...before.known].filter((each) => !after.known.has(each));
  const { fields, inputs } = usageOf(kept, Object.values(documents));
  return {
    came: [...after.unknown].map((each) => `${each}, which the kept schema lacks`),
    went: went.map((each) => `${each} is no longer named`),
    changed: [],
    deprecated: [],
    broken: went.filter((each) => fields.has(each) || inputs.has(each.split('.')[0]!)).map((each) => `${each} is no longer named`),
  };
}
