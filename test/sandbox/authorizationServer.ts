import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import type { Settings } from './behaviours.ts';
import { consentPage } from './oauthPage.ts';
import { OAuthStore } from './oauthStore.ts';
import type { State } from './state.ts';

/** Of the one application that it knows; a public one, without a secret. */
export const sandboxClientId = 'sandbox-queue-for-buffer';

/** As Buffer documents them. */
const scopes = [
  'posts:read',
  'posts:write',
  'ideas:read',
  'ideas:write',
  'account:read',
  'account:write',
  'insights:read',
  'notes:read',
  'offline_access',
];
const accessTokenSeconds = 3600;

/** Buffer wants a redirect address to be the registered one to the letter, as these. */
const registered = ['vscode', 'vscode-insiders', 'code-oss'].map((scheme) => `${scheme}://queue-for-buffer.queue-for-buffer/signed-in`);

/** What the next request for a token meets. `lost` is carried out, and its answer never arrives. */
export type TokenFault = 'lost' | 'silent' | 'unavailable' | 'crash' | 'page' | 'nonsense' | 'redirect' | 'tooMany';

/** Who answers the question whether an application may: a person on the page, or nobody. */
export type Consent = 'ask' | 'allow' | 'deny';

export interface AuthorizationServer {
  /** The issuer. `/auth` and `/token` are below it. */
  readonly url: string;
  consent: Consent;
  /** What whoever allows does not allow, of what was asked for. */
  withheld: readonly string[];
  /** How often a refresh token arrived, whatever became of it. */
  readonly refreshes: number;
  /** Undefined takes back a fault that nothing met. */
  failNextToken(fault: TokenFault | undefined): void;
  /** Access tokens end now; what renews them stays. */
  expireAccessTokens(): void;
  /** As the person does in Buffer's settings: whatever was granted is over. */
  revoke(): void;
  /** How many applications registered themselves and are known still. */
  readonly registrations: number;
  /** Applications that registered themselves are known no more. */
  forgetClients(): void;
  /** Revokes, and asks and counts as in the beginning. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Buffer's authorization server on a port of its own. Buffer's has the endpoints and the manners of `oidc-provider`;
 * so this is one, made when it is first asked for, since most tests never do.
 * @param userId  who says yes
 */
export async function startAuthorizationServer(state: State, userId: () => string, port = 0): Promise<AuthorizationServer> {
  const issued = new Set<string>();
  const store = new OAuthStore((token) => {
    issued.delete(token);
    state.endAccess(token);
  });
  let fault: TokenFault | undefined;
  let refreshes = 0;
  let handler: Promise<Handler> | undefined;

  const web = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await (
        await (handler ??= make())
      )(request, response);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }

  async function make(): Promise<Handler> {
    const provider = await newProvider(url, store, state.settings);
    provider.on('access_token.saved', ({ jti, accountId, scope, clientId }) => {
      if (clientId !== sandboxClientId && state.settings.registration === 'noApi') return;
      issued.add(jti);
      state.grantAccess(jti, accountId, state.now() + accessTokenSeconds, scope?.split(' '));
    });
    provider.use(async (context, next) => {
      if (context.path === '/reg' && state.settings.registration !== 'open' && state.settings.registration !== 'noApi') {
        const isRefused = state.settings.registration === 'refused';
        context.status = isRefused ? 400 : 404;
        context.body = { error: isRefused ? 'invalid_client_metadata' : 'not_found', error_description: 'applications are made by people' };
        return;
      }
      const refused = context.path === '/auth' ? refusedScope(url, context.query, state.settings) : undefined;
      if (refused) return context.redirect(refused);
      if (context.path === '/error') return void (context.body = reasonIn(context.query));
      await next();
      if (context.path.startsWith('/.well-known/') && state.settings.registration === 'none')
        context.body = { ...(context.body as object), registration_endpoint: undefined };
    });
    provider.use(async (context, next) => {
      const isToken = context.path === '/token';
      const now = isToken ? fault : undefined;
      if (isToken) fault = undefined;
      if (now && now !== 'lost') return misbehave(now, context.res, () => (context.respond = false));
      await next();
      if (isToken && (context as { oidc?: { params?: { grant_type?: unknown } } }).oidc?.params?.grant_type === 'refresh_token')
        refreshes += 1;
      if (now === 'lost') {
        context.respond = false;
        context.req.socket.destroy();
      }
    });
    const protocol = provider.callback();
    return (request, response) =>
      request.url?.startsWith('/interaction/') ? interact(provider, request, response) : protocol(request, response);
  }

  async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params, grantId } = await provider.interactionDetails(request, response);
    const decision = request.method === 'POST' ? new URLSearchParams(await text(request)).get('decision') : server.consent;
    if (decision === 'ask') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(consentPage);
      return;
    }
    if (decision !== 'allow') {
      await provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'The person said no.' });
      return;
    }
    const accountId = userId();
    const leftOut = { 'insights:read': state.settings.insightsScope, 'notes:read': state.settings.notesScope };
    const withheld = [...server.withheld, ...Object.keys(leftOut).filter((scope) => leftOut[scope as keyof typeof leftOut] === 'leftOut')];
    const grant =
      (grantId && withheld.length === 0 ? await provider.Grant.find(grantId) : undefined) ??
      new provider.Grant({ accountId, clientId: String(params['client_id']) });
    const asked = typeof params['scope'] === 'string' ? params['scope'].split(' ') : [];
    // Said of every scope: what a grant knows nothing of is asked for once more.
    grant.rejectOIDCScope(asked.filter((scope) => withheld.includes(scope)).join(' '));
    grant.addOIDCScope(asked.filter((scope) => !withheld.includes(scope)).join(' '));
    // Nobody signs in to a sandbox: whoever allows is the user.
    await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId: await grant.save() } });
  }

  const url = await listen(web, port);
  const server: AuthorizationServer = {
    url,
    consent: 'ask',
    withheld: [],
    get refreshes() {
      return refreshes;
    },
    failNextToken: (next) => void (fault = next),
    expireAccessTokens: () => issued.forEach((token) => state.endAccess(token)),
    revoke: () => store.clear(),
    get registrations() {
      return store.clients;
    },
    forgetClients: () => store.clearClients(),
    reset: () => {
      store.clear();
      store.clearClients();
      fault = undefined;
      refreshes = 0;
      server.consent = 'ask';
      server.withheld = [];
    },
    close: () => close(web),
  };
  return server;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Where a request for a scope is sent that is refused. */
function refusedScope(iss: string, query: Readonly<Record<string, unknown>>, settings: Settings): string | undefined {
  const asked = typeof query['scope'] === 'string' ? query['scope'].split(' ') : [];
  const refused = [
    settings.openidScope === 'refused' && 'openid',
    settings.insightsScope === 'refused' && 'insights:read',
    settings.notesScope === 'refused' && 'notes:read',
  ];
  // The application and where it is come first, as in the library.
  const isKnown = query['client_id'] === sandboxClientId || settings.registration !== 'none';
  if (!isKnown || settings.redirects !== 'registered' || !asked.some((scope) => refused.includes(scope))) return undefined;
  const words = { error: 'invalid_scope', error_description: 'requested scope is not allowed' };
  if (settings.scopeRefusal === 'errorPage') return `/error?${new URLSearchParams(words)}`;
  const callback = new URL(String(query['redirect_uri']));
  for (const [name, value] of Object.entries({ ...words, state: String(query['state']), iss })) callback.searchParams.set(name, value);
  return callback.href;
}

function reasonIn({ error, error_description: description }: Readonly<Record<string, unknown>>): string {
  return [error, description].join(': ');
}

async function newProvider(issuer: string, store: OAuthStore, settings: Settings): Promise<Provider> {
  const { Provider } = await import('oidc-provider');
  const provider = new Provider(issuer, {
    adapter: (model) => store.adapter(model),
    clients: [
      {
        client_id: sandboxClientId,
        client_name: 'Queue for Buffer',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: registered,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    scopes,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // It takes offline_access out of a request that does not ask for consent.
    issueRefreshToken: (_context, _client, { scopes: given }) =>
      Promise.resolve(given.has('offline_access') || settings.consentForRefresh === 'notNeeded'),
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: 90 * 86_400,
      Interaction: 3600,
      RefreshToken: 90 * 86_400,
      Session: 86_400,
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: { devInteractions: { enabled: false }, registration: { enabled: true } },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    // Its own, so that it does not say that they are made for trying things out.
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })] },
    renderError: (context, { error, error_description: description }) => {
      if (context.path === '/auth' && settings.signInFailure === 'errorPage') {
        context.redirect(`/error?${new URLSearchParams({ error, error_description: description ?? '' })}`);
        return;
      }
      context.type = 'text';
      context.body = reasonIn({ error, error_description: description });
    },
  });
  const { prototype } = provider.Client as unknown as { prototype: { redirectUriAllowed: (this: unknown, uri: string) => boolean } };
  const { redirectUriAllowed } = prototype;
  // A VS Code in a browser comes back to wherever it is served, with a query that is new each time.
  prototype.redirectUriAllowed = function (uri) {
    if (settings.redirects === 'publicHttps') return isPublic(uri);
    return redirectUriAllowed.call(this, uri) || /^https?:$/.test(new URL(uri).protocol);
  };
  return provider;
}

function isPublic(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' && hostname.includes('.') && !/^[\d.]+$/.test(hostname);
}

function misbehave(fault: Exclude<TokenFault, 'lost'>, response: ServerResponse, takeOver: () => void): void {
  takeOver();
  switch (fault) {
    case 'silent':
      return;
    case 'unavailable':
      response.writeHead(503, { 'content-type': 'text/plain' }).end('Back soon.');
      return;
    case 'crash':
      response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
      return;
    case 'page':
      response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Not from this network</h1>');
      return;
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"sandbox-secret-in-broken-json');
      return;
    case 'redirect':
      response.writeHead(307, { location: 'http://127.0.0.1:9/token' }).end();
      return;
    case 'tooMany':
      response.writeHead(429, { 'retry-after': '7', 'content-type': 'application/json' }).end('{"error":"slow_down"}');
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
