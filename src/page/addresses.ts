/** A link to a page. */
export function isLinkAddress(address: string): boolean {
  return ['https:', 'http:'].includes(asUrl(address)?.protocol ?? '');
}

/** An address that Buffer can fetch a picture from: https, or this computer, where the sandbox is. */
export function isPictureAddress(address: string): boolean {
  const url = asUrl(address);
  if (!url) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname));
}

/** What a link card calls the place it leads to. */
export function hostOf(address: string): string {
  return asUrl(address)?.hostname.replace(/^www\./, '') ?? '';
}

/** The extension reads nothing from a longer address. */
const longest = 10_000;

function asUrl(address: string): URL | undefined {
  if (address.length > longest) return undefined;
  const url = URL.parse(address.trim());
  return url?.hostname ? url : undefined;
}
