import { domainLength, linkWeight, type Span } from './links.ts';

/** A link or a mention, and what Mastodon counts for it. */
export interface WeightedSpan extends Span {
  readonly weight: number;
}

/**
 * What Mastodon counts as less than it is: a link as 23, a mention without its server. Where two overlap the first one
 * counts (its `StatusLengthValidator`, `Account::MENTION_RE` and `valid_url`). Other addresses that it makes links of,
 * such as `magnet:` and `xmpp:`, count in full there.
 */
export function mastodonSpans(text: string): readonly WeightedSpan[] {
  const all = [...links(text), ...mentions(text)].sort((one, other) => one.start - other.start);
  let end = 0;
  return all.filter((span) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

/** Not behind what could be one word with it. */
const scheme = /(?<![A-Za-z0-9@＠$#＃\ufffe\ufeff\uffff])(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini):\/\//giu;
const general = String.raw`[^\p{White_Space}<>()?]`;
const parentheses = String.raw`\((?:${general}|\(${general}+\))*\)`;
const last = String.raw`(?:[^\p{White_Space}()?!*"'「」<>;:=,.$%[\]~&|@]|${parentheses})`;
const port = String.raw`(?::\d{1,5})?`;
const path = String.raw`(?:/(?:(?:${general}|${parentheses})*${last})?)?`;
const query = String.raw`(?:\?[\w!?*'();:&=+$/%#[\]\-.,~|@^\u{a0}-\u{10fffd}]*[\w&=#/\-\u{a0}-\u{10fffd}])?`;
const behindDomain = new RegExp(port + path + query, 'uy');

function* links(text: string): Iterable<WeightedSpan> {
  let end = 0;
  for (const { 0: found, index } of text.matchAll(scheme)) {
    // Within a link that was found.
    if (index < end) continue;
    const domain = index + found.length;
    const length = domainLength(text.slice(domain, domain + 300));
    if (length === 0) continue;
    behindDomain.lastIndex = domain + length;
    end = domain + length + (behindDomain.exec(text)?.[0].length ?? 0);
    yield { start: index, end, weight: linkWeight };
  }
}

const word = String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`;
/** An account of any server has letters of ASCII; the name of a server may have others. */
const mention = new RegExp(`(?<![=/]|${word})@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@${word}+(?:[.-]+${word}+)*)?`, 'giu');
const noMentionBefore = /^(?:[@＠]|[\u00c0-\u024f]|:\/\/)/u;

function* mentions(text: string): Iterable<WeightedSpan> {
  for (const { 0: found, 1: account, index } of text.matchAll(mention)) {
    const end = index + found.length;
    if (!noMentionBefore.test(text.slice(end, end + 3))) yield { start: index, end, weight: account!.length + 1 };
  }
}
