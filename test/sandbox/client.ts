import type { BufferApi } from '../../src/core/buffer/bufferApi.ts';
import { createGraphql, type GraphqlOptions } from '../../src/core/buffer/graphql/graphqlApi.ts';
import type { ApiName } from '../../src/core/buffer/model.ts';
import { createRestV1 } from '../../src/core/buffer/restV1/restV1Api.ts';
import type { Sandbox } from './sandbox.ts';

/** What is needed of a sandbox to speak to it, also from another process. */
export type ServiceAddress = Pick<Sandbox, 'url' | 'token' | 'otherToken' | 'graphqlUrl' | 'graphqlToken' | 'otherGraphqlToken'> & {
  readonly state: { readonly organizations: readonly { readonly id: string }[] };
};

/** The extension's client for one of the sandbox's services, signed in as who owns its queues. */
export function clientOf(sandbox: ServiceAddress, api: ApiName, options: Partial<GraphqlOptions> = {}): BufferApi {
  if (api === 'v1') return createRestV1({ baseUrl: sandbox.url, token: () => Promise.resolve(sandbox.token), ...options });
  const organizationId = sandbox.state.organizations[0]!.id;
  return createGraphql({ baseUrl: sandbox.graphqlUrl, token: () => Promise.resolve(sandbox.graphqlToken), organizationId, ...options });
}
