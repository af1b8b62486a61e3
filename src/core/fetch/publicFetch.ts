import { lookup as lookupOfSystem, type LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isUntrusted } from '../buffer/connectionFailure.ts';
import { isPublicAddress, mayBePublicHost } from './publicAddress.ts';

/** Why something of the public internet was not fetched. */
export type FetchTrouble =
  /** No address, not `https`, or one with a name and a password in it. */
  | { readonly kind: 'address' }
  /** A host that is not of the public internet, by its name, its address, or what its name leads to. */
  | { readonly kind: 'private' }
  | { readonly kind: 'unknownHost' | 'certificate' | 'unreachable' | 'slow' | 'redirects' }
  | { readonly kind: 'status'; readonly status: number }
  /** @property type  what it is instead; empty where nothing tells */
  | { readonly kind: 'type'; readonly type: string }
  /** @property most  bytes */
  | { readonly kind: 'size'; readonly most: number };

export class FetchError extends Error {
  readonly trouble: FetchTrouble;
  /** Who was asked last; what was typed where it is no address. */
  readonly host: string;

  constructor(trouble: FetchTrouble, host: string, options?: ErrorOptions) {
    super(`${host}: ${trouble.kind}`, options);
    this.trouble = trouble;
    this.host = host;
  }
}

export interface PublicFetchOptions {
  /** Types that are taken, such as `text/html`; all where left out. */
  readonly types?: readonly string[];
  /** Bytes, unpacked. */
  readonly most: number;
  /** What becomes of more than that: the beginning is enough, or it is refused. Refused where left out. */
  readonly onMore?: 'cut' | 'refuse';
  /** For all of it, redirects too, in milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly userAgent: string;
  /** Addresses that are asked whatever they are: those of a Buffer on this machine. */
  readonly isOwn?: (url: URL) => boolean;
  /** How names are looked up; as the system does where left out. */
  readonly lookup?: typeof lookupOfSystem;
}

export interface Fetched {
  /** Where it came from in the end. */
  readonly url: URL;
  /** Such as `text/html`, in lower case; empty where nothing told. */
  readonly type: string;
  /** As the answer names it. */
  readonly charset?: string;
  readonly body: Buffer;
  /** Whether there was more of it. */
  readonly isCut: boolean;
}

const usualTimeout = 10_000;
const mostRedirects = 5;
const unpack: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

/**
 * Fetches what anybody can read: over `https`, without cookies or tokens, and never from a host of this network, whatever
 * its name leads to and wherever it redirects. The address that a name leads to is looked at as the connection is made,
 * so that it cannot change in between. Behind a proxy it is the proxy that looks names up.
 * @throws FetchError
 */
export async function publicFetch(address: string, options: PublicFetchOptions): Promise<Fetched> {
  const { signal, timeout = usualTimeout } = options;
  const limit = AbortSignal.timeout(timeout);
  const ended = signal ? AbortSignal.any([signal, limit]) : limit;
  let url = parsed(address);
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      refuseUnfit(url, options);
      const answer = await ask(url, options, ended);
      const target = redirectOf(answer, url);
      if (!target) return await read(answer, url, options);
      answer.destroy();
      url = target;
    }
    throw new FetchError({ kind: 'redirects' }, url.host);
  } catch (error) {
    if (error instanceof FetchError) throw error;
    signal?.throwIfAborted();
    throw new FetchError(limit.aborted ? { kind: 'slow' } : troubleOf(error), url.host, { cause: error });
  }
}

function parsed(address: string): URL {
  const typed = address.trim();
  if (URL.canParse(typed)) return new URL(typed);
  throw new FetchError({ kind: 'address' }, typed.slice(0, 100));
}

function refuseUnfit(url: URL, { isOwn }: PublicFetchOptions): void {
  if (isOwn?.(url)) return;
  if (url.protocol !== 'https:' || url.username || url.password)
    throw new FetchError({ kind: 'address' }, url.host || url.href.slice(0, 100));
  if (!mayBePublicHost(url.hostname)) throw new FetchError({ kind: 'private' }, url.host);
}

function ask(url: URL, { types, userAgent, isOwn, lookup }: PublicFetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  // By the module, not by name: VS Code puts its proxy and the system's certificates into it.
  const { request } = url.protocol === 'https:' ? https : http;
  const headers = { accept: types?.join(', ') ?? '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': userAgent };
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, signal, ...(!isOwn?.(url) && { lookup: publicLookup(lookup) }) }, resolve);
    asked.on('error', reject);
    asked.end();
  });
}

class PrivateAddress extends Error {}

/** Looks a name up, and fails where any of its addresses is not of the public internet. */
function publicLookup(lookup = lookupOfSystem): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = error ? [] : addresses;
      if (!first) callback(error ?? new Error('It has no address.'), '', 4);
      else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(new PrivateAddress(), '', 4);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  if (URL.canParse(location, from.href)) return new URL(location, from);
  throw new FetchError({ kind: 'address' }, location.slice(0, 100));
}

async function read(answer: IncomingMessage, url: URL, { types, most, onMore = 'refuse' }: PublicFetchOptions): Promise<Fetched> {
  const refuse = (trouble: FetchTrouble): never => {
    answer.destroy();
    throw new FetchError(trouble, url.host);
  };
  const { statusCode: status = 0, headers } = answer;
  if (status < 200 || status > 299) refuse({ kind: 'status', status });
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';').map((each) => each.trim().toLowerCase());
  if (types && !types.includes(type)) refuse({ kind: 'type', type });
  if (onMore === 'refuse' && Number(headers['content-length'] ?? 0) > most) refuse({ kind: 'size', most });
  const packed = headers['content-encoding']?.trim().toLowerCase() ?? '';
  const unpacked = Object.hasOwn(unpack, packed) ? unpack[packed]!() : undefined;
  if (unpacked) {
    answer.on('error', (error) => unpacked.destroy(error));
    answer.pipe(unpacked);
  }
  const stream: Readable = unpacked ?? answer;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop ends the connection: an endless answer is read no further.
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) break;
    }
  } finally {
    answer.destroy();
  }
  if (size > most && onMore === 'refuse') refuse({ kind: 'size', most });
  const charset = parameters.find((each) => each.startsWith('charset='))?.slice('charset='.length);
  return {
    url,
    type,
    charset: charset?.replace(/^["']|["']$/gu, ''),
    body: Buffer.concat(chunks).subarray(0, most),
    isCut: size > most,
  };
}

function troubleOf(error: unknown): FetchTrouble {
  if (error instanceof PrivateAddress) return { kind: 'private' };
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return { kind: 'unknownHost' };
  return { kind: isUntrusted(error) ? 'certificate' : 'unreachable' };
}
