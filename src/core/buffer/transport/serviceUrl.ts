/** Where the REST API v1 is, until it ends on 2027-02-01. */
export const restV1Url = 'https://api.bufferapp.com/1';

/** From then on v1 returns nothing (https://buffer.com/developers/api). */
export const restV1End = new Date('2027-02-01T00:00:00Z');

/** Where the current API is. */
export const graphqlUrl = 'https://api.buffer.com';

/** Where people let applications in to their account: the issuer, below which `/auth` and `/token` are. */
export const authUrl = 'https://auth.buffer.com';

/** Whether an address stays on this machine. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}

/** Whether a token may travel to this address, or a picture come from it: encrypted, or never leaving the machine. */
export function isSafeUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** The address as a URL when it is safe, else undefined. */
export function safeUrl(address: string | null | undefined): URL | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return isSafeUrl(url) ? url : undefined;
}
