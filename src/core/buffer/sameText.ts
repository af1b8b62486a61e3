/**
 * Whether two texts are one, but for what a service changes in it: white space, and links, which it shortens and adds
 * its own parameters to. Two links that are both written out are the same only where they lead to the same page.
 * @param isShort  whether a link may be a short form of any other
 */
export function isSameText(a: string, b: string, isShort = mayBeShort): boolean {
  if (a === b) return true;
  // Most texts differ from their beginning on, and many are compared with each other.
  const [begin, otherBegin] = [beginning.exec(a)?.[1], beginning.exec(b)?.[1]];
  if (begin !== undefined && otherBegin !== undefined && begin !== otherBegin) return false;
  const [one, other] = [splitAtLinks(a), splitAtLinks(b)];
  return (
    one.words.length === other.words.length &&
    one.words.every((words, index) => words === other.words[index]) &&
    one.links.every((link, index) => isSameLink(link, other.links[index]!, isShort))
  );
}

/** What comes before any white space and any link, where it can be written in one way only. */
const beginning = /^\s*([!-GI-gi-~]*)(?:[\sHh]|$)/u;

/**
 * Whether two links may lead to the same page: they are one, or one of them is a short form, which tells nothing. Two of
 * one host are two pages, also where that host is a shortener's: what is short already stays as it is.
 */
export function isSameLink(a: string, b: string, isShort = mayBeShort): boolean {
  return a === b || pageOf(a) === pageOf(b) || ((isShort(a) || isShort(b)) && hostOf(a) !== hostOf(b));
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host : '';
}

/** A text's links, and what stands around them. */
function splitAtLinks(text: string): { words: string[]; links: string[] } {
  // What ends a sentence or a bracket is no part of a link.
  const parts = text.normalize('NFC').split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?…()[\]{}»”’])/iu);
  const words = parts.filter((_, index) => index % 2 === 0).map((each) => each.replace(/\s+/gu, ' '));
  words[0] = words[0]!.trimStart();
  words.push(words.pop()!.trimEnd());
  return { words, links: parts.filter((_, index) => index % 2 === 1) };
}

/** The hosts of Buffer and the networks, and others that are used with them. */
const shorteners = new Set([
  'buff.ly',
  'bit.ly',
  'j.mp',
  'lnkd.in',
  't.co',
  'ow.ly',
  'tinyurl.com',
  'goo.gl',
  'is.gd',
  'dlvr.it',
  'ift.tt',
  'fb.me',
  'trib.al',
  'rb.gy',
  'cutt.ly',
  't.ly',
  'shorturl.at',
  'youtu.be',
  'amzn.to',
  'pin.it',
  'wp.me',
  'redd.it',
]);

/** Of a shortener that is known, or that a profile has for itself: a short host and one short word behind it. */
function mayBeShort(link: string): boolean {
  if (isKnownShort(link)) return true;
  if (!URL.canParse(link)) return false;
  const { hostname, pathname, search, hash } = new URL(link);
  return hostname.length <= 12 && /^\/[\w-]{4,12}$/.test(pathname) && search === '' && hash === '';
}

/** The same where a wrong yes is worse than a wrong no: of a shortener that is known, or with a code that no person writes. */
export function isKnownShort(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { hostname, pathname, search, hash } = new URL(link);
  if (shorteners.has(hostname.replace(/^www\./, ''))) return true;
  const code = /^\/([A-Za-z\d]{5,10})$/.exec(pathname)?.[1] ?? '';
  return hostname.length <= 12 && /[a-z]/.test(code) && /[A-Z]/.test(code) && /\d/.test(code) && search === '' && hash === '';
}

/** Where a link leads, without what only counts who follows it. */
function pageOf(link: string): string {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  for (const name of [...url.searchParams.keys()]) if (/^utm_/i.test(name)) url.searchParams.delete(name);
  return `${url.host}${url.pathname.replace(/\/$/, '')}${url.search}${url.hash}`;
}
