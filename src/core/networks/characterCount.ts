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
  for (const { index, weight, isRun } of units(text, networkOf(service).counting)) {
    if (count + weight > limit) overflowsAt ??= isRun ? index + Math.max(0, Math.floor(limit - count)) : index;
    count += weight;
  }
  return { count, limit, overflowsAt };
}

/** What counts as one: where it starts and how much it counts. A run is so many characters that count one each. */
interface Unit {
  readonly index: number;
  readonly weight: number;
  readonly isRun?: boolean;
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
      return graphemeUnits(text);
    case 'mastodon':
      return mastodonUnits(text);
    case 'emojiBytes':
      return graphemeUnits(text, (segment) => (pictographic.test(segment) ? utf8.encode(segment).length : [...segment].length));
    case 'utf16':
      return [run(0, text.length)];
  }
}

const run = (index: number, weight: number): Unit => ({ index, weight, isRun: true });

/**
 * What may be one grapheme with what stands beside it, or counts more than one: all but the letters of Latin, Greek and
 * Cyrillic as they are typed, digits, and common punctuation (https://unicode.org/reports/tr29/).
 */
const notPlain = /[^\n -~\xa0-\xa8\xb0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u201f]/;

/** @param weigh  gives 1 for a plain character; each grapheme counts one where left out */
function* graphemeUnits(text: string, weigh: (segment: string) => number = () => 1, from = 0): Iterable<Unit> {
  const odd = text.search(notPlain);
  // The plain character before it may be one with it; between those before that there are boundaries.
  const start = odd < 0 ? text.length : Math.max(0, odd - 1);
  yield run(from, start);
  for (const { segment, index } of graphemes.segment(text.slice(start))) yield { index: from + start + index, weight: weigh(segment) };
}

/**
 * X weighs by its library. Where a text overflows, the library tells the last valid index of the composed (NFC) text;
 * composing each grapheme by itself keeps our indices those of the text as typed.
 */
function weightedUnits(text: string): Iterable<Unit> {
  return unitsAround(linksIn(text), text, weigh);
}

/** What X's library told of graphemes before: there are few, and a text is counted again with each letter. */
const weights = new Map<string, number>();

function weigh(segment: string): number {
  // One ASCII character is by far the most common segment.
  if (segment.length === 1 && segment < '\u0080') return 1;
  const weight = weights.get(segment) ?? twitter.parseTweet(segment).weightedLength;
  weights.set(segment, weight);
  return weight;
}

const mastodonMention = /(?<![\w/@])@(\w+(?:[\w.-]*\w)?)@[\w.-]*\w/g;

function mastodonUnits(text: string): Iterable<Unit> {
  const links = linksIn(text, { extractUrlsWithoutProtocol: false });
  const mentions = [...text.matchAll(mastodonMention)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length, weight: match[1]!.length + 1 }))
    .filter(({ start, end }) => !links.some((link) => start < link.end && link.start < end));
  return unitsAround(
    [...links, ...mentions].sort((a, b) => a.start - b.start),
    text,
  );
}

/** A part of a text that counts as one. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

function linksIn(text: string, options?: { readonly extractUrlsWithoutProtocol: boolean }): Span[] {
  return twitter.extractUrlsWithIndices(text, options).map(({ indices: [start, end] }) => ({ start, end, weight: linkWeight }));
}

/** The spans, and what stands between them by its graphemes. */
function* unitsAround(spans: readonly Span[], text: string, weigh?: (segment: string) => number): Iterable<Unit> {
  let end = 0;
  for (const span of spans) {
    yield* graphemeUnits(text.slice(end, span.start), weigh, end);
    yield { index: span.start, weight: span.weight };
    end = span.end;
  }
  yield* graphemeUnits(text.slice(end), weigh, end);
}
