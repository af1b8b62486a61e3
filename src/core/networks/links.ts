import twitter from 'twitter-text';

/** A part of a text that counts as one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What X counts for a link, and Mastodon after it, however long it is. */
export const linkWeight = 23;

/** A domain has at most 253 characters. */
const longest = 260;

/** What X's library takes for a part of a domain, in more characters than a domain has at its beginning and its end. */
const endless = new RegExp(`[^\\s!-,/:-@[\\]\\\\^\`{-~]{${2 * longest},}(?<![._-])`, 'gu');

/**
 * The links that X finds in a text. Its library looks at each character of an endless word as the start of a domain, up
 * to the word's end: in the middle of such a word, where no domain can begin or end, it is shown signs that none has.
 */
export function linksIn(text: string): Span[] {
  if (!text.includes('.')) return [];
  const plain = text.replaceAll(endless, (word) => {
    const middle = word.slice(longest, -longest - 1);
    // What a link's path may have stays, or is a sign that it may have; the last one leads no domain in.
    return `${word.slice(0, longest)}${middle.replaceAll(/[._-]/gu, '@').replaceAll(/[^\w@]/g, '<')}@${word.slice(-longest)}`;
  });
  return twitter.extractUrlsWithIndices(plain).map(({ indices: [start, end] }) => ({ start, end }));
}

/** The length of the domain with which a text begins; 0 where it begins with none. */
export function domainLength(text: string): number {
  const [host = ''] = /^[^\s!-,/:-@[\]\\^`{-~]+/u.exec(text.slice(0, longest)) ?? [];
  if (!host.includes('.')) return 0;
  const scheme = 'https://';
  const [found] = twitter.extractUrlsWithIndices(scheme + host);
  return found?.indices[0] === 0 ? found.indices[1] - scheme.length : 0;
}

/** How far into a text a link is looked for; the rest of a very long text is not worth a slow letter. */
const linkHorizon = 5_000;

/** The first link in a text that names its protocol. */
export function firstLink(text: string): string | undefined {
  return twitter.extractUrlsWithIndices(text.slice(0, linkHorizon), { extractUrlsWithoutProtocol: false })[0]?.url;
}
