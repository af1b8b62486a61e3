/** Where the REST API v1 is, until it ends on 2027-02-01. */
export const restV1Url = 'https://api.bufferapp.com/1';

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
