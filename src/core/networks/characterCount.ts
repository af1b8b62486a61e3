import twitter from 'twitter-text';
import type { Configuration, Profile, Service } from '../buffer/model.ts';
import { type Counting, networkOf } from './networks.ts';

export interface CharacterCount {
  /** As the network counts. */
  readonly count: number;
  readonly limit: number;
  /** Index (UTF-16) of the first character that is too many; absent while the text fits. */
  readonly overflowsAt?: number;
}

/**
 * The characters that a profile's network allows: the service's word on this very profile, else Buffer's table. What v1
 * tells of a whole network was recorded in 2013 (140 for X, 700 for LinkedIn) and would refuse what the networks take
 * today, so it counts only where it allows for more, or where the table does not know the network.
 */
export function characterLimit(
  { service, serviceType, characters }: Pick<Profile, 'service' | 'serviceType' | 'characters'>,
  configuration?: Configuration,
): number {
  if (characters !== undefined) return characters;
  const types = configuration?.limits[service];
  const told = (types?.[serviceType] ?? Object.values(types ?? {})[0])?.characters;
  const known = networkOf(service).characters;
  return Number.isFinite(known) ? Math.max(told ?? 0, known) : (told ?? known);
}

/** Counts a text as its network does and finds where it grows too long. */
export function countCharacters(text: string, service: Service, limit = networkOf(service).characters): CharacterCount {
  let count = 0;
  let overflowsAt: number | undefined;
  for (const { index, weight } of units(text, networkOf(service).counting)) {
    count += weight;
    if (count > limit) overflowsAt ??= index;
  }
  return { count, limit, overflowsAt };
}

/** What counts as one: where it starts and how much it counts. */
interface Unit {
  readonly index: number;
  readonly weight: number;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const utf8 = new TextEncoder();
const pictographic = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** X and Mastodon count every link as this. */
const linkWeight = 23;

function units(text: string, counting: Counting): Iterable<Unit> {
  switch (counting) {
    case 'weighted':
      return weightedUnits(text);
    case 'graphemes':
      return graphemeUnits(text, () => 1);
    case 'mastodon':
      return mastodonUnits(text);
    case 'emojiBytes':
      return graphemeUnits(text, (segment) => (pictographic.test(segment) ? utf8.encode(segment).length : [...segment].length));
    case 'utf16':
      return utf16Units(text);
  }
}

function* utf16Units(text: string): Iterable<Unit> {
  for (let index = 0; index < text.length; index++) yield { index, weight: 1 };
}

function* graphemeUnits(text: string, weigh: (segment: string) => number, from = 0): Iterable<Unit> {
  for (const { segment, index } of graphemes.segment(text)) yield { index: from + index, weight: weigh(segment) };
}

/**
 * X weighs by its library. Where a text overflows, the library tells the last valid index of the composed (NFC) text;
 * composing each grapheme by itself keeps our indices those of the text as typed.
 */
function* weightedUnits(text: string): Iterable<Unit> {
  let end = 0;
  for (const { indices } of twitter.extractUrlsWithIndices(text)) {
    yield* graphemeUnits(text.slice(end, indices[0]), weigh, end);
    yield { index: indices[0], weight: linkWeight };
    end = indices[1];
  }
  yield* graphemeUnits(text.slice(end), weigh, end);
}

const weigh = (segment: string): number =>
  // One ASCII character is by far the most common segment, and weighs 1.
  segment.length === 1 && segment < '\u0080' ? 1 : twitter.parseTweet(segment).weightedLength;

const mastodonMention = /(?<![\w/@])@(\w+(?:[\w.-]*\w)?)@[\w.-]*\w/g;

function* mastodonUnits(text: string): Iterable<Unit> {
  const links = twitter
    .extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false })
    .map(({ indices: [start, end] }) => ({ start, end, weight: linkWeight }));
  const mentions = [...text.matchAll(mastodonMention)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length, weight: match[1]!.length + 1 }))
    .filter(({ start, end }) => !links.some((link) => start < link.end && link.start < end));

  let end = 0;
  for (const span of [...links, ...mentions].sort((a, b) => a.start - b.start)) {
    yield* graphemeUnits(text.slice(end, span.start), () => 1, end);
    yield { index: span.start, weight: span.weight };
    end = span.end;
  }
  yield* graphemeUnits(text.slice(end), () => 1, end);
}
