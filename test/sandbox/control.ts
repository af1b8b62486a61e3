import type { FastifyInstance } from 'fastify';
import { behaviours, type Settings } from './behaviours.ts';
import { faultKinds, type Fault } from './faults.ts';
import type { Sandbox } from './sandbox.ts';
import type { Seed } from './seed.ts';

/**
 * Adds the controls of a sandbox to a server of their own: JSON in and out, the same as the `Sandbox` object offers
 * to code in the same process.
 */
export function addControls(app: FastifyInstance, sandbox: Sandbox): void {
  const done = { done: true };

  // Whatever cannot be done is the fault of who asked: a test should hear why.
  app.setErrorHandler((error: Error, _request, reply) => reply.code(400).send({ error: `${error.name}: ${error.message}` }));

  app.get('/', () => ({ url: sandbox.url, token: sandbox.token, otherToken: sandbox.otherToken }));
  app.get('/graphql', () => ({ url: sandbox.graphqlUrl, token: sandbox.graphqlToken, otherToken: sandbox.otherGraphqlToken }));
  app.post<{ Body: { requests?: number; credential?: string } | undefined }>('/spend', ({ body }) => {
    sandbox.spend(body?.requests ?? 1, body?.credential);
    return done;
  });
  app.get('/state', () => sandbox.summary());
  app.get('/requests', () => sandbox.requests());
  app.delete('/requests', () => {
    sandbox.resetRequests();
    return done;
  });
  app.post<{ Body: Fault | undefined }>('/faults', ({ body }, reply) => {
    if (!body || !faultKinds.includes(body.kind)) return reply.code(400).send({ error: `kind is one of ${faultKinds.join(', ')}` });
    sandbox.faults.add(body);
    return done;
  });
  app.delete('/faults', () => {
    sandbox.faults.clear();
    return done;
  });
  app.get('/behaviours', () => ({ behaviours, settings: sandbox.state.settings }));
  app.post<{ Body: Partial<Settings> | undefined }>('/behaviours', ({ body }, reply) => {
    const known: Readonly<Record<string, { readonly settings: readonly string[] }>> = behaviours;
    const odd = Object.entries(body ?? {}).find(
      ([name, setting]) => !Object.hasOwn(known, name) || !known[name]!.settings.includes(setting),
    );
    if (odd) return reply.code(400).send({ error: `There is no setting ${odd.join(': ')}.` });
    sandbox.behave(body);
    return done;
  });
  app.post<{ Body: { seed?: Seed } | undefined }>('/reset', ({ body }) => {
    sandbox.reset(body?.seed);
    return done;
  });
  app.post('/revoke', () => {
    sandbox.revoke();
    return done;
  });
  app.post('/restore', () => {
    sandbox.restore();
    return done;
  });
  app.post<{ Params: { id: string }; Body: { text?: string } | undefined }>('/updates/:id', ({ params, body }, reply) => {
    const isKnown = sandbox.editElsewhere(params.id, body?.text);
    return isKnown ? done : reply.code(404).send({ error: 'No such update.' });
  });
}
