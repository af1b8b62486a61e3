import twitter from 'twitter-text';
import type { Configuration, Media, Profile, Service } from '../buffer/model.ts';
import { linksIn, linkWeight } from './links.ts';
import { mastodonSpans, type WeightedSpan } from './mastodonSpans.ts';
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

/**
 * Counts a text as its network does and finds where it grows too long. Where a network has a limit of bytes as well and
 * only that one is passed, bytes are what is counted.
 */
export function countCharacters(text: string, service: Service, limit = networkOf(service).characters): CharacterCount {
  const counted = countUnits(units(text, networkOf(service).counting), limit);
  const { bytes } = networkOf(service);
  // A UTF-16 unit has three bytes at most.
  if (bytes === undefined || counted.overflowsAt !== undefined || text.length * 3 <= bytes) return counted;
  const inBytes = countUnits(graphemeUnits(text, byteLength, 0, notAscii), bytes);
  return inBytes.overflowsAt === undefined ? counted : inBytes;
}

/**
 * What a network takes beside what is attached, of the characters that a profile may have
 * (https://developers.buffer.com/guides/character-limits).
 */
export function limitBeside(media: Media | undefined, service: Service, limit: number): number {
  return media?.video === undefined ? limit : Math.min(limit, networkOf(service).charactersWithVideo ?? limit);
}

/** What a content warning takes of the room for the text behind it. Links and mentions count in full there. */
export function countWarning(text: string): number {
  return countUnits(graphemeUnits(text), Number.POSITIVE_INFINITY).count;
}

function countUnits(all: Iterable<Unit>, limit: number): CharacterCount {
  let count = 0;
  let overflowsAt: number | undefined;
  for (const { index, weight, isRun } of all) {
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
/** What counts one for Threads: the letters of every alphabet, and all of ASCII. Two marks make an emoji of a digit. */
const lettersOnly = /^(?:(?![\ufe0f\u20e3])[\p{L}\p{M}\p{N}\p{ASCII}\u200c\u200d])*$/u;

const byteLength = (segment: string): number => utf8.encode(segment).length;

const weighBytes = (segment: string): number => (lettersOnly.test(segment) ? [...segment].length : byteLength(segment));

function units(text: string, counting: Counting): Iterable<Unit> {
  switch (counting) {
    case 'weighted':
      return weightedUnits(text);
    case 'graphemes':
      return graphemeUnits(text);
    case 'mastodon':
      return unitsAround(mastodonSpans(text), text);
    case 'bytesBesideLetters':
      return graphemeUnits(text, weighBytes, 0, notAscii);
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

/** The same where only ASCII counts one each. */
const notAscii = /[^\n -~]/;

/**
 * @param weigh  each grapheme counts one where left out
 * @param odd    what is weighed; all before the first of it counts one each
 */
function* graphemeUnits(text: string, weigh: (segment: string) => number = () => 1, from = 0, odd = notPlain): Iterable<Unit> {
  const first = text.search(odd);
  // The plain character before it may be one with it; between those before that there are boundaries.
  const start = first < 0 ? text.length : Math.max(0, first - 1);
  yield run(from, start);
  // Segmenting nothing costs as much as a line.
  if (start === text.length) return;
  for (const { segment, index } of graphemes.segment(text.slice(start))) yield { index: from + start + index, weight: weigh(segment) };
}

/**
 * X weighs by its library. Where a text overflows, the library tells the last valid index of the composed (NFC) text;
 * composing each grapheme by itself keeps our indices those of the text as typed.
 */
function weightedUnits(text: string): Iterable<Unit> {
  return unitsAround(
    linksIn(text).map((link) => ({ ...link, weight: linkWeight })),
    text,
    weigh,
  );
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

/** The spans, and what stands between them by its graphemes. */
function* unitsAround(spans: readonly WeightedSpan[], text: string, weigh?: (segment: string) => number): Iterable<Unit> {
  let end = 0;
  for (const span of spans) {
    yield* graphemeUnits(text.slice(end, span.start), weigh, end);
    yield { index: span.start, weight: span.weight };
    end = span.end;
  }
  yield* graphemeUnits(text.slice(end), weigh, end);
}
