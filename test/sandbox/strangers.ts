/** An answer of something between a client and the service, which has nothing of the service's shape. */
export interface Stranger {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const html = 'text/html; charset=utf-8';
const json = 'application/json';

const page = (title: string) => `<!doctype html><title>${title}</title><h1>${title}</h1>`;

/** Who answers in the service's place. The pages and words are invented; their statuses and types are the usual ones. */
export const strangers = {
  portalPage: { status: 200, type: html, body: page('Sign in to this network') },
  portalRedirect: { status: 302, type: html, body: '', headers: { location: 'http://portal.example/sign-in?from=api' } },
  portalNotice: { status: 511, type: html, body: page('Sign in to this network') },
  proxyLogin: { status: 407, type: html, body: page('Who are you?'), headers: { 'proxy-authenticate': 'Basic realm="proxy"' } },
  filterPage: { status: 403, type: html, body: page('This page is blocked') },
  missingPage: { status: 404, type: html, body: page('Not found') },
  lockedPage: { status: 401, type: html, body: page('Sign in'), headers: { 'www-authenticate': 'Basic realm="gateway"' } },
  filterJson: { status: 403, type: json, body: '{"message":"Forbidden"}' },
  missingJson: { status: 404, type: json, body: '{"status":404,"error":"Not Found","path":"/"}' },
  lockedJson: { status: 401, type: json, body: '{"statusCode":401,"message":"Access denied due to missing credentials."}' },
  codedJson: { status: 403, type: json, body: '{"success":false,"errors":[{"code":1020,"message":"Access denied"}]}' },
  blockedJson: { status: 200, type: json, body: '{"blocked":true,"category":"social media"}' },
  emptyMissing: { status: 404, body: '' },
  emptyForbidden: { status: 403, body: '' },
  emptyUnauthorized: { status: 401, body: '' },
  emptyOk: { status: 204, body: '' },
  gatewayPage: { status: 502, type: html, body: page('Bad gateway') },
  gatewayTimeout: { status: 504, type: 'text/plain', body: 'upstream request timeout' },
  teapot: { status: 418, type: 'text/plain', body: 'short and stout' },
  oddStatus: { status: 999, type: 'text/plain', body: 'Request denied' },
  oddType: { status: 200, type: 'application/octet-stream', body: '\u0000\u0001\u0002' },
} as const satisfies Readonly<Record<string, Stranger>>;

export type StrangerName = keyof typeof strangers;
export const strangerNames = Object.keys(strangers) as StrangerName[];

/** Those that, by their status, never pass a request on (RFC 9110, 15.5.8, and RFC 6585, 6). */
export const keepers: readonly StrangerName[] = ['proxyLogin', 'portalNotice'];
