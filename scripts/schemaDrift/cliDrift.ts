import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { CliCoordinates } from './cliCoordinates.ts';
import { endingsOf } from './endings.ts';
import type { Drift } from './report.ts';
import { usageOf } from './usage.ts';

/**
 * What a release of the command line tells of how the schema moved on, beside what the one before it named. It names
 * coordinates without their types, and only those it uses: what it names no more has gone, or is just not used there.
 */
export function cliDrift(
  kept: GraphQLSchema,
  before: Iterable<string>,
  { known, unknown }: CliCoordinates,
  documents: Readonly<Record<string, DocumentNode>>,
): Drift {
  const went = [...before].filter((each) => !known.has(each) && !unknown.has(each));
  const usage = usageOf(kept, Object.values(documents));
  const { fields, inputs } = usage;
  const tell = (each: string) => `${each} is no longer named`;
  return {
    came: [...unknown].map((each) => `${each}, which the kept schema lacks`),
    went: went.map(tell),
    changed: [],
    deprecated: [],
    // The command line names no deprecations: these are what is known already.
    ending: endingsOf(kept, usage),
    broken: went.filter((each) => fields.has(each) || inputs.has(each.split('.')[0]!)).map(tell),
  };
}
