import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Settings } from './behaviours.ts';
import type { Faulty } from './faults.ts';
import { tooCostly, tooLong } from './graphqlCost.ts';
import type { Context } from './graphqlContext.ts';
import { GraphQLError, Kind } from './graphqlJs.ts';
import { bufferSchema } from './graphqlSchema.ts';
import type { GraphqlLimits } from './graphqlLimits.ts';
import { parsedQuery } from './parsedQuery.ts';
import type { State, User } from './state.ts';

const json = 'application/json; charset=utf-8';

/** It knows of no sandbox in particular, so all share what it remembers of queries. */
const yoga = createYoga<Context>({
  schema: ({ state }) => bufferSchema(state),
  graphqlEndpoint: '/graphql',
  graphiql: false,
  landingPage: false,
  logging: false,
  cors: false,
  plugins: [{ onExecute: refuseCostly }],
  parserAndValidationCache: { documentCache: { get: parsedQuery, set: () => {} } },
  maskedErrors: {
    maskError: (error) =>
      error instanceof GraphQLError ? error : new GraphQLError('Something went wrong.', { extensions: { code: 'UNEXPECTED' } }),
  },
});

/** Adds the GraphQL API to a server: who asks and how often is looked at here, the query is for yoga. */
export function addGraphql(app: FastifyInstance, state: State, limits: GraphqlLimits, { faultOf, lagOf }: Faulty): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const isTheirs = (error.statusCode ?? 500) < 500;
    return refuse(
      reply,
      error.statusCode ?? 500,
      isTheirs ? 'BAD_REQUEST' : 'UNEXPECTED',
      isTheirs ? error.message : 'Something went wrong.',
    );
  });

  app.post('/graphql', async (request, reply) => {
    if (isTurnedAway(request, state)) return reply.code(403).type('text/html;charset=UTF-8').send(gatewayPage);
    if (isAboutSchema(queryOf(request)))
      return answerWith(request, reply, { state, user: nobody, scopes: [], fault: faultOf(request), lag: 0 });
    const key = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const user = state.userOfKey(key);
    if (!user) return refuse(reply, 401, 'UNAUTHENTICATED', 'A valid API key or access token is required.');
    const { refused, headers } = limits.take(state.quotaOf(key), state.now(), state.settings);
    reply.headers(headers);
    if (refused) {
      reply.header('retry-after', refused.seconds);
      const message = 'Too many requests.';
      if (state.settings.limitBody === 'bare')
        return reply
          .code(429)
          .type(json)
          .send({ errors: [{ message }] });
      return refuse(reply, 429, 'RATE_LIMIT_EXCEEDED', message, { window: refused.window });
    }
    const costly = tooLong(queryOf(request));
    if (costly) return reply.type(json).send({ errors: [costly] });
    state.settle();
    return answerWith(request, reply, { state, user, scopes: state.scopesOf(key), fault: faultOf(request), lag: lagOf(request) });
  });

  async function answerWith(request: FastifyRequest, reply: FastifyReply, context: Context): Promise<FastifyReply> {
    const answer = await yoga.fetch(
      new URL('/graphql', `http://${request.host}`),
      // Asked like this, yoga answers with 200 whatever comes of a query, as Buffer does.
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(request.body ?? {}),
      },
      context,
    );
    return reply
      .code(answer.status)
      .type(json)
      .send(await answer.text());
  }
}

/** Stands before the service, and knows nothing of it. The page is the sandbox's own. */
const gatewayPage = '<!doctype html><title>403 Forbidden</title><h1>Forbidden</h1><p>The request was blocked.</p>';

const disliked: Readonly<Record<Settings['gateway'], RegExp>> = {
  python: /^python/iu,
  nameless: /^(python|node$|undici$|$)/iu,
  open: /(?!)/u,
};

function isTurnedAway({ headers }: FastifyRequest, { settings }: State): boolean {
  return disliked[settings.gateway].test(headers['user-agent'] ?? '');
}

/** Questions for the schema need no key and are not counted. */
const nobody: User = {
  id: '',
  token: '',
  apiKey: '',
  email: '',
  name: '',
  avatar: '',
  plan: 'free',
  timeZone: 'UTC',
  createdAt: 0,
  isRevoked: true,
};

function isAboutSchema(query: string): boolean {
  const operations = parsedQuery(query)?.definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? [each] : [])) ?? [];
  const asked = operations.flatMap(({ selectionSet }) => selectionSet.selections);
  return asked.length > 0 && asked.every((each) => each.kind === Kind.FIELD && ['__schema', '__type'].includes(each.name.value));
}

/** Costs are looked at once the query is known to be valid, before anything is done. */
function refuseCostly({ args, setResultAndStopExecution }: Parameters<NonNullable<Plugin<Context>['onExecute']>>[0]): void {
  const error = tooCostly(args.schema, args.document, (args.variableValues ?? {}) as Record<string, unknown>);
  if (error) setResultAndStopExecution({ errors: [error] });
}

function refuse(reply: FastifyReply, status: number, code: string, message: string, more: object = {}): FastifyReply {
  return reply
    .code(status)
    .type(json)
    .send({ errors: [{ message, extensions: { code, ...more } }] });
}

function queryOf({ body }: FastifyRequest): string {
  const query = (body as { query?: unknown } | null)?.query;
  return typeof query === 'string' ? query : '';
}

/** What a request is, for the log and the faults. */
export function describeRequest(request: FastifyRequest): { operation: string; isMutation: boolean } {
  return { operation: operationOf(request) ?? '', isMutation: /(^|\})\s*mutation\b/mu.test(queryOf(request)) };
}

/** What a client calls its request: as it says, or as the query does. */
export function operationOf(request: FastifyRequest): string | undefined {
  const named = (request.body as { operationName?: unknown } | null)?.operationName;
  if (typeof named === 'string') return named;
  return /\b(?:query|mutation)\s+(\w+)/u.exec(queryOf(request))?.[1];
}
