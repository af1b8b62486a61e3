import { join } from 'node:path';
import type { BufferApi } from '../core/buffer/bufferApi.ts';
import type { GraphqlOptions } from '../core/buffer/graphql/graphqlApi.ts';
import { graphqlTraits } from '../core/buffer/graphql/traits.ts';
import { lazyApi } from '../core/buffer/lazyApi.ts';
import type { ApiName } from '../core/buffer/model.ts';
import { restV1Traits } from '../core/buffer/restV1/traits.ts';
import { LazyRateLimiter } from '../core/buffer/transport/lazyRateLimiter.ts';
import type { RateLimiter } from '../core/buffer/transport/rateLimiter.ts';
import type { Connection, SignedIn } from './account.ts';
import { recognise } from './recognise.ts';

export interface ConnectionsOptions {
  /** Where a service is, by the person's settings. */
  readonly address: (api: ApiName) => string;
  readonly userAgent: string;
  /** Where windows tell each other what they ask for. */
  readonly folder: string;
  readonly log: Record<'debug' | 'info' | 'warn', (line: string) => void>;
  readonly onBudget: NonNullable<GraphqlOptions['onBudget']>;
  readonly onMissing: NonNullable<GraphqlOptions['onMissing']>;
}

type Credentials = Pick<GraphqlOptions, 'token' | 'renewToken' | 'scopes'>;

/** Makes clients of the services, with one rate limiter a credential. */
export class Connections {
  readonly #options: ConnectionsOptions;
  /** By credential, so that what it has used up counts on when it is connected anew. */
  readonly #rateLimiters = new Map<string, LazyRateLimiter>();

  readonly #sharing = new WeakSet<LazyRateLimiter>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  dispose(): void {
    for (const each of this.#rateLimiters.values()) each.dispose();
  }

  /** The way to the service for whoever is signed in. Nothing is loaded or asked before its first request. */
  connect(connection: Connection): { readonly api: BufferApi; readonly rateLimiter: LazyRateLimiter } {
    const rateLimiter = this.#rateLimiterOf(connection.api, connection.account.id);
    return { api: this.#client(connection.api, connection, rateLimiter, connection.organization?.id), rateLimiter };
  }

  /** Whose a token is and which service takes it. @throws BufferError */
  async tryToken(token: string): Promise<SignedIn> {
    const tried = { v1: new LazyRateLimiter('v1'), graphql: new LazyRateLimiter('graphql') };
    const signedIn = await recognise((api) => this.#client(api, { token: () => Promise.resolve(token) }, tried[api]).account());
    this.#rateLimiterOf(signedIn.api, signedIn.account.id, () => tried[signedIn.api]);
    return { ...signedIn, credential: { token } };
  }

  #client(api: ApiName, credentials: Credentials, rateLimiter: LazyRateLimiter, organizationId?: string): BufferApi {
    const { address, userAgent, log, onBudget, onMissing } = this.#options;
    const http = {
      ...credentials,
      baseUrl: address(api),
      userAgent,
      log: (line: string) => log.debug(line),
      logAnswer: (line: string) => log.warn(line),
    };
    if (api === 'v1') {
      return lazyApi(restV1Traits, async () => {
        const [{ createRestV1 }, own] = await Promise.all([import('../core/buffer/restV1/restV1Api.ts'), this.#shared(rateLimiter)]);
        return createRestV1({ ...http, rateLimiter: own });
      });
    }
    return lazyApi(graphqlTraits(credentials.scopes), async () => {
      const [{ createGraphql }, own] = await Promise.all([import('../core/buffer/graphql/graphqlApi.ts'), this.#shared(rateLimiter)]);
      return createGraphql({ ...http, rateLimiter: own, organizationId, onBudget, onMissing });
    });
  }

  #rateLimiterOf(api: ApiName, accountId: string, first = () => new LazyRateLimiter(api)): LazyRateLimiter {
    const key = [api, this.#options.address(api), accountId].join(' ');
    const known = this.#rateLimiters.get(key);
    if (known) return known;
    const rateLimiter = first();
    this.#rateLimiters.set(key, rateLimiter);
    return rateLimiter;
  }

  /** A rate limiter as its first request finds it: whoever is signed in shares the limit with other windows. */
  async #shared(rateLimiter: LazyRateLimiter): Promise<RateLimiter> {
    const own = await rateLimiter.load();
    const [key] = [...this.#rateLimiters].find(([, each]) => each === rateLimiter) ?? [];
    if (key === undefined || this.#sharing.has(rateLimiter)) return own;
    this.#sharing.add(rateLimiter);
    const { RateLimitFiles } = await import('../core/files/rateLimitFiles.ts');
    const { folder, log } = this.#options;
    own.share(new RateLimitFiles({ folder: join(folder, 'pace'), key, log: (line) => log.info(line) }));
    return own;
  }
}
