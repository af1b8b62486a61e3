import Fastify, { type FastifyInstance } from 'fastify';
import { sandboxClientId, startAuthorizationServer, type AuthorizationServer } from './authorizationServer.ts';
import { measuredSettings, type Settings } from './behaviours.ts';
import { addControls } from './control.ts';
import { Faults, addFaultHooks, type Fault } from './faults.ts';
import { LateCommits } from './lateCommits.ts';
import { addGraphql, describeRequest, operationOf } from './graphql.ts';
import { GraphqlLimits, type GraphqlQuotas } from './graphqlLimits.ts';
import { addOAuthControls } from './oauthControl.ts';
import { addPages } from './pages.ts';
import { addPictures } from './pictures.ts';
import { RateLimit } from './rateLimit.ts';
import { RequestLog, logRequests, type RequestRecord } from './requestLog.ts';
import { addRestV1, parseQuery } from './restV1.ts';
import { mainKey, mainToken, otherKey, otherToken, secondKey, sow, type Seed } from './seed.ts';
import { State } from './state.ts';

export type { Fault, RequestRecord, Seed, State };

export interface SandboxOptions {
  /** 0, the default, is any that is free. */
  readonly port?: number;
  readonly controlPort?: number;
  readonly authPort?: number;
  /** The service's clock, also that of the rate limit and of the answers' `Date`. */
  readonly now?: () => Date;
  readonly seed?: Seed;
  /** Requests a minute for each user; 60 as documented. */
  readonly rateLimit?: number;
  /** Requests per credential of GraphQL, in each of its three windows; as documented where left out. */
  readonly graphqlLimits?: GraphqlQuotas;
  /** Where the service behaves otherwise than measured; `behaviours.ts` lists the switches. */
  readonly settings?: Partial<Settings>;
}

export interface Sandbox {
  /** Base address of REST API v1. */
  readonly url: string;
  /** Where the controls are; a port of their own. */
  readonly controlUrl: string;
  /** Of the user that the seed is about. */
  readonly token: string;
  /** Of somebody else, with a profile and updates of their own. */
  readonly otherToken: string;
  /** The GraphQL API, over the same state; its keys are good for nothing else, and v1's tokens are not good for it. */
  readonly graphqlUrl: string;
  readonly graphqlToken: string;
  /** Another key of the same account; they share one quota. */
  readonly secondGraphqlToken: string;
  readonly otherGraphqlToken: string;
  /** Where to sign in with OAuth: the issuer. What it gives is good for the GraphQL API only. */
  readonly authUrl: string;
  readonly clientId: string;
  readonly auth: AuthorizationServer;
  /** What the service remembers, live. */
  readonly state: State;
  readonly faults: { add(fault: Fault): void; clear(): void };
  /** Requests to the API in order of arrival; neither pictures nor controls. */
  requests(): RequestRecord[];
  resetRequests(): void;
  /** Back to the beginning: state, faults, requests, limits, token. The seed stays unless another is named. */
  reset(seed?: Seed): void;
  /** The token, the key and all access tokens of the main user stop working, until they are restored. */
  revoke(): void;
  restore(): void;
  /** Uses up requests of a GraphQL credential, the main key unless another is named. */
  spend(requests: number, credential?: string): void;
  /** Sets switches of `behaviours.ts`; those that are left out are as when it was started. */
  behave(settings?: Partial<Settings>): void;
  /** Takes fields out of the schema of the GraphQL API, given as `Type.field`; those of before are there again. */
  lack(coordinates: readonly string[]): void;
  /** Sets the service's clock so many milliseconds ahead of the one that it was started with, or behind; 0 by itself. */
  skew(milliseconds: number): void;
  /** Carries out at once what is still to be committed late. */
  commitLate(): Promise<void>;
  /** Changes an update as another client would. False when there is none. */
  editElsewhere(id: string, text?: string): boolean;
  /** The queues at a glance. */
  summary(): StateSummary;
  close(): Promise<void>;
}

export interface StateSummary {
  readonly now: string;
  readonly profiles: readonly {
    readonly id: string;
    readonly service: string;
    readonly name: string;
    readonly timeZone: string;
    readonly sent: number;
    /** `dueAt` is empty where it has no time. */
    readonly pending: readonly { id: string; text: string; dueAt: string; isCustomScheduled: boolean }[];
  }[];
}

/** Starts a Buffer of one's own, on this machine only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    controlPort = 0,
    authPort = 0,
    now: startedWith = () => new Date(),
    seed = 'lifelike',
    rateLimit = 60,
    graphqlLimits,
    settings: initial,
  } = options;
  let ahead = 0;
  const now = () => new Date(startedWith().getTime() + ahead);
  const state = new State(now);
  const behave = (settings: Partial<Settings> = {}): void => void Object.assign(state.settings, measuredSettings(), initial, settings);
  behave();
  const faults = new Faults();
  const late = new LateCommits(now);
  const log = new RequestLog();
  const limit = new RateLimit(rateLimit);
  const quotas = new GraphqlLimits(graphqlLimits);

  const service = server();
  service.addHook('onRequest', async (_request, reply) => void reply.header('date', now().toUTCString()));
  addPictures(service);
  addPages(service);
  await service.register(
    async (api) => {
      // In this order, so that the log sees requests before a fault does, and answers after.
      const { logAnswers } = logRequests(api, log, now);
      const faulty = addFaultHooks(api, faults, late);
      logAnswers();
      await addRestV1(api, state, limit, faulty);
    },
    { prefix: '/1' },
  );
  await service.register(async (api) => {
    const { logAnswers } = logRequests(api, log, now, operationOf);
    const faulty = addFaultHooks(api, faults, late, { describe: describeRequest });
    logAnswers();
    addGraphql(api, state, quotas, faulty);
  });
  const origin = await listen(service, port);

  const mainUser = () => state.users.find(({ token }) => token === mainToken)!;
  const auth = await startAuthorizationServer(state, () => mainUser().id, authPort);

  let currentSeed = seed;
  const reset = (nextSeed = currentSeed): void => {
    currentSeed = nextSeed;
    state.clear();
    behave();
    state.lacking.clear();
    auth.reset();
    faults.clear();
    late.clear();
    ahead = 0;
    log.clear();
    limit.clear();
    quotas.clear();
    sow(state, nextSeed, origin);
  };
  reset();

  const controls = server();
  const sandbox: Sandbox = {
    url: `${origin}/1`,
    controlUrl: '',
    token: mainToken,
    otherToken,
    graphqlUrl: `${origin}/graphql`,
    graphqlToken: mainKey,
    secondGraphqlToken: secondKey,
    otherGraphqlToken: otherKey,
    authUrl: auth.url,
    clientId: sandboxClientId,
    auth,
    state,
    faults,
    requests: () => log.all(),
    resetRequests: () => log.clear(),
    reset,
    revoke: () => void (mainUser().isRevoked = true),
    restore: () => void (mainUser().isRevoked = false),
    spend: (requests, credential = mainKey) => quotas.spend(state.quotaOf(credential), requests, state.now()),
    behave,
    lack: (coordinates) => {
      state.lacking.clear();
      for (const each of coordinates) state.lacking.add(each);
    },
    skew: (milliseconds) => void (ahead = milliseconds),
    commitLate: () => late.settle(true),
    editElsewhere: (id, text) => {
      const update = state.updates.get(id);
      if (update) state.edit(update, { text });
      return update !== undefined;
    },
    summary: () => summaryOf(state),
    close: async () => {
      late.clear();
      await Promise.all([service.close(), controls.close(), auth.close()]);
    },
  };
  addControls(controls, sandbox);
  addOAuthControls(controls, auth);
  const controlUrl = await listen(controls, controlPort);
  return Object.assign(sandbox, { controlUrl });
}

function server(): FastifyInstance {
  return Fastify({
    forceCloseConnections: true,
    bodyLimit: 8 * 1024 * 1024,
    routerOptions: { querystringParser: parseQuery },
    exposeHeadRoutes: false,
  });
}

function listen(app: FastifyInstance, port: number): Promise<string> {
  return app.listen({ host: '127.0.0.1', port });
}

function summaryOf(state: State): StateSummary {
  state.settle();
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  return {
    now: iso(state.now()),
    profiles: state.profiles.map((profile) => ({
      id: profile.id,
      service: profile.service,
      name: profile.formattedUsername,
      timeZone: profile.timeZone,
      sent: state.sent(profile).length,
      pending: state.pending(profile).map(({ id, text, dueAt, isCustomScheduled, isUndated }) => ({
        id,
        text,
        dueAt: isUndated ? '' : iso(dueAt),
        isCustomScheduled,
      })),
    })),
  };
}
