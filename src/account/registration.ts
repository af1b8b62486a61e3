import { createHash } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as oauth from 'oauth4webapi';
import * as v from 'valibot';
import { BufferError } from '../core/buffer/bufferError.ts';
import { isLoopback, safeUrl } from '../core/buffer/transport/serviceUrl.ts';
import { remove } from '../core/files/rename.ts';
import { writeFileAtomically } from '../core/files/writeFileAtomically.ts';
import { connectTo, type RequestOptions, SignInRefused } from './oauth.ts';

/** Nobody waits longer to hear whether there is another way to sign in. */
const discoveryTimeout = 3_000;
const registrationTimeout = 10_000;

/**
 * Where a service registers applications by itself (RFC 7591), as its discovery document says; undefined where it does
 * not, has no such document, or takes none without a secret.
 */
export async function registrationEndpoint(authUrl: string, options: RequestOptions = {}): Promise<string | undefined> {
  try {
    const { server, request } = connectTo({ authUrl, clientId: '', timeout: discoveryTimeout, ...options });
    const issuer = new URL(server.issuer);
    const found = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, request));
    const endpoint = safeUrl(found.registration_endpoint);
    // A service elsewhere has no business on this machine.
    if (!endpoint || (isLoopback(endpoint) && !isLoopback(issuer))) return undefined;
    return (found.token_endpoint_auth_methods_supported?.includes('none') ?? true) ? endpoint.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Registers this extension as a public application: it has no secret, and none that is given to it is kept.
 * @returns its client id
 * @throws SignInRefused where the service takes no such application, BufferError for everything else
 */
export async function register(options: RequestOptions & { readonly authUrl: string; readonly redirectUri: string }): Promise<string> {
  const { server, request } = connectTo({ clientId: '', timeout: registrationTimeout, ...options });
  const endpoint = await registrationEndpoint(options.authUrl, options);
  if (!endpoint) throw refused();
  try {
    const response = await oauth.dynamicClientRegistrationRequest(
      { ...server, registration_endpoint: endpoint },
      {
        client_name: 'Queue for Buffer',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [options.redirectUri],
      },
      request,
    );
    const client = await oauth.processDynamicClientRegistrationResponse(response);
    if ((client.token_endpoint_auth_method ?? 'none') !== 'none') throw refused();
    return client.client_id;
  } catch (error) {
    if (error instanceof BufferError) throw error;
    throw refused(error instanceof oauth.ResponseBodyError ? error.error_description : undefined);
  }
}

function refused(words?: string): SignInRefused {
  return new SignInRefused('rejected', 'Buffer does not register applications.', 'unauthorized_client', words);
}

export interface RegisteredClient {
  readonly clientId: string;
  /** It was registered just now. */
  readonly isNew: boolean;
}

const keptClient = v.object({ authUrl: v.string(), redirectUri: v.string(), clientId: v.pipe(v.string(), v.nonEmpty()) });

/**
 * What this extension is registered as, by service and redirect address, for all windows and for good: a client id is no
 * secret. The one window that makes a file registers; the others wait for what it gets.
 */
export class RegisteredClients {
  readonly #folder: string;
  readonly #register: typeof register;
  /** How long another window may take, in milliseconds; more than a registration can. */
  readonly #patience: number;

  constructor(folder: string, { patience = 2 * registrationTimeout, registerAs = register } = {}) {
    this.#folder = folder;
    this.#register = registerAs;
    this.#patience = patience;
  }

  /** @throws as `register` */
  async get(options: Parameters<typeof register>[0]): Promise<RegisteredClient> {
    const path = this.#pathOf(options);
    for (;;) {
      const clientId = await this.#read(path);
      if (clientId) return { clientId, isNew: false };
      const claim = await this.#claim(`${path}.pending`);
      if (claim === 'taken') {
        await sleep(100, undefined, { signal: options.signal }).catch(() => {
          throw new BufferError('cancelled', 'The sign-in was cancelled.');
        });
        continue;
      }
      try {
        // Another window may have ended between the two looks.
        const known = await this.#read(path);
        if (known) return { clientId: known, isNew: false };
        const got = await this.#register(options);
        const { authUrl, redirectUri } = options;
        // One that cannot be kept is good for this time.
        await writeFileAtomically(path, JSON.stringify({ authUrl, redirectUri, clientId: got })).catch(() => undefined);
        return { clientId: got, isNew: true };
      } finally {
        if (claim === 'made') await remove(`${path}.pending`).catch(() => undefined);
      }
    }
  }

  /** The service knows this one no more. */
  async forget(options: { readonly authUrl: string; readonly redirectUri: string }, clientId: string): Promise<void> {
    const path = this.#pathOf(options);
    if ((await this.#read(path)) === clientId) await remove(path).catch(() => undefined);
  }

  #pathOf({ authUrl, redirectUri }: { readonly authUrl: string; readonly redirectUri: string }): string {
    const name = createHash('sha256').update(`${authUrl}\n${redirectUri}`).digest('hex').slice(0, 32);
    return join(this.#folder, `client-${name}.json`);
  }

  async #read(path: string): Promise<string | undefined> {
    const text = await readFile(path, 'utf8').catch(() => '');
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), keptClient), text);
    return parsed.success ? parsed.output.clientId : undefined;
  }

  /** @returns `none` where the disk takes no claim: then each window is by itself */
  async #claim(path: string): Promise<'made' | 'taken' | 'none'> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await (await open(path, 'wx', 0o600)).close();
      return 'made';
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return 'none';
      const since = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      );
      // Its window died; or the clock was set back since.
      if (Math.abs(Date.now() - since) > this.#patience) await remove(path).catch(() => undefined);
      return 'taken';
    }
  }
}
