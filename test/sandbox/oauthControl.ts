import type { FastifyInstance } from 'fastify';
import type { AuthorizationServer, Consent } from './authorizationServer.ts';

/** Adds to the controls what the authorization server offers to code in the same process. */
export function addOAuthControls(app: FastifyInstance, auth: AuthorizationServer): void {
  const done = { done: true };
  app.get('/oauth', () => ({ url: auth.url, consent: auth.consent, refreshes: auth.refreshes }));
  app.post<{ Body: { consent?: Consent } | undefined }>('/oauth/consent', ({ body }, reply) => {
    if (!['ask', 'allow', 'deny'].includes(body?.consent ?? ''))
      return reply.code(400).send({ error: 'consent is one of ask, allow, deny' });
    auth.consent = body!.consent!;
    return done;
  });
  app.post('/oauth/expire', () => {
    auth.expireAccessTokens();
    return done;
  });
  app.post('/oauth/revoke', () => {
    auth.revoke();
    return done;
  });
}
