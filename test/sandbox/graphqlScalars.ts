import type { GraphQLScalarType as Scalar, ValueNode } from 'graphql';
import { DateTime } from 'luxon';
import { GraphQLError, GraphQLScalarType, Kind } from './graphqlJs.ts';

const isoWithOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/iu;

/** ISO 8601 with an offset on the wire, unix seconds behind it. What goes out is made in graphqlWire.ts. */
const dateTime = scalar('DateTime', (value) => {
  const time = isoWithOffset.test(value) ? DateTime.fromISO(value) : undefined;
  if (!time?.isValid) throw new GraphQLError(`DateTime must be ISO 8601 with an offset, not "${value}".`);
  return time.toUnixInteger();
});

const idNames = [
  'AccountId',
  'ChannelId',
  'DraftId',
  'Email',
  'IdeaId',
  'InvitationId',
  'NoteId',
  'OrganizationId',
  'PostGroupId',
  'PostId',
  'PostTemplateId',
  'TagId',
  'Uuid',
];

/** All scalars of the schema: the ids are text and nothing else. */
export const scalars: Readonly<Record<string, Scalar>> = {
  DateTime: dateTime,
  ...Object.fromEntries(idNames.map((name) => [name, scalar(name, (value) => value)])),
};

function scalar(name: string, read: (text: string) => string | number): Scalar {
  const readAny = (value: unknown): string | number => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} must be a string.`);
    return read(value);
  };
  return new GraphQLScalarType({
    name,
    coerceOutputValue: (value) => value,
    coerceInputValue: readAny,
    coerceInputLiteral: (node: ValueNode) => readAny(node.kind === Kind.STRING ? node.value : undefined),
  });
}
