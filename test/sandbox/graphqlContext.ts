import type { GraphQLError as GraphqlFailure } from 'graphql';
import type { Fault } from './faults.ts';
import { failure } from './graphqlErrors.ts';
import type { Organization, State, User } from './state.ts';

/** What every resolver is told of the request. */
export interface Context {
  readonly state: State;
  readonly user: User;
  /** What the credential is good for; undefined is everything. */
  readonly scopes: readonly string[] | undefined;
  /** What goes wrong with this request, if anything. */
  readonly fault: Fault | undefined;
  /** By how many milliseconds its lists lag behind. */
  readonly lag: number;
}

export interface Input<T> {
  readonly input: T;
}

export function organizationFor({ state, user }: Context, id: string): Organization {
  const organization = state.organizations.find((candidate) => candidate.id === id);
  if (!organization) throw unknownOrganization(state);
  if (organization.ownerId !== user.id) throw failure('FORBIDDEN', 'You do not have access to this organization.');
  return organization;
}

function unknownOrganization({ settings }: State): GraphqlFailure {
  const isServerError = settings.unknownOrganization === 'serverError';
  return isServerError ? failure('INTERNAL_SERVER_ERROR', 'Organization not found', 500) : failure('NOT_FOUND', 'Organization not found');
}
