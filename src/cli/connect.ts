import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferError } from '../core/buffer/bufferError.ts';
import { createGraphql } from '../core/buffer/graphql/graphqlApi.ts';
import { RateLimiter, rateLimits } from '../core/buffer/transport/rateLimiter.ts';
import { graphqlUrl, isLoopback } from '../core/buffer/transport/serviceUrl.ts';
import { createCore } from '../core/createCore.ts';
import { remove } from '../core/files/rename.ts';

export interface ConnectOptions {
  readonly key: string;
  /** Its name or id; needed where the account has several. */
  readonly organization?: string;
  /** Where the service is: on this machine, or its usual place. */
  readonly address?: string;
  readonly userAgent: string;
  /** How long what got no answer is looked for, in milliseconds; as usual where left out. */
  readonly settleAfter?: number;
}

/** An account has several organizations, and none was named. */
export class OrganizationNeeded extends Error {
  override readonly name = 'OrganizationNeeded';
}

/** The stores of somebody's queues, for as long as a command runs. @throws BufferError; OrganizationNeeded */
export async function connect({ key, organization, address, userAgent, settleAfter }: ConnectOptions) {
  if (address !== undefined && !isLoopback(new URL(address))) throw new BufferError('forbidden', 'The key goes to Buffer alone.');
  const folder = await mkdtemp(join(tmpdir(), 'queue-for-buffer-'));
  const kept = new Map<string, unknown>();
  const core = createCore({
    folder,
    memory: { get: (name) => kept.get(name), update: (name, value) => Promise.resolve(void kept.set(name, value)) },
    pageSize: () => 100,
    log: () => undefined,
    ...(settleAfter !== undefined && { sending: { settleAfter } }),
  });
  const rateLimiter = new RateLimiter(rateLimits.graphql);
  const clean = async () => {
    core.dispose();
    rateLimiter.dispose();
    await core.settled();
    await remove(folder, { recursive: true });
  };
  try {
    const http = {
      token: () => Promise.resolve(key),
      rateLimiter,
      baseUrl: address ?? graphqlUrl,
      userAgent,
    };
    const account = await createGraphql(http).account();
    const organizations = account.organizations ?? [];
    const named = organizations.filter(({ id, name }) => organization === undefined || organization === id || organization === name);
    if (named.length !== 1 && organizations.length > 0) {
      const names = organizations.map(({ name }) => name).join(', ');
      throw new OrganizationNeeded(`Name one of the account’s organizations with --organization: ${names}.`);
    }
    const api = createGraphql({ ...http, organizationId: named[0]?.id });
    core.connect({ api: 'graphql', account, organization: named[0], address }, api);
    return { core, clean };
  } catch (error) {
    await clean();
    throw error;
  }
}
