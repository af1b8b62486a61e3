/** How a language tells how long: each a part of a regular expression, in any case. */
export interface DurationWords {
  /** What stands before how long from now, or how long ago. */
  readonly before?: string;
  /** What stands behind it. */
  readonly after?: string;
  /** Numbers from one on. */
  readonly numbers: readonly string[];
  readonly oneAndHalf?: string;
  /** What makes a number so much and a half: before the unit's name, or behind it. */
  readonly halfBefore?: string;
  readonly halfAfter?: string;
  readonly and: string;
  readonly hours: string;
  readonly days: string;
  readonly weeks: string;
  readonly minutes: string;
  /** How the language's reader knows minutes. */
  readonly minute: string;
}

/** The number that a word is, of words for numbers from one on; 0 for none of them. */
export function numberOf(word: string, numbers: readonly string[]): number {
  return numbers.findIndex((each) => new RegExp(`^(?:${each})$`, 'iu').test(word)) + 1;
}

const patterns = new WeakMap<DurationWords, readonly RegExp[]>();

/**
 * The words with each duration that holds a fraction, or hours and minutes, told in whole minutes (`in 1,5 Stunden`: `in
 * 90 Minuten`), which is what every language's reader knows. Of months and years there is no half.
 */
export function inWholeMinutes(words: string, language: DurationWords): string {
  let made = patterns.get(language);
  if (!made) patterns.set(language, (made = patternsOf(language)));
  return made.reduce((told, pattern) => told.replace(pattern, (...all: unknown[]) => wholeMinutes(all, language)), words);
}

function wholeMinutes(match: readonly unknown[], { numbers, minute }: DurationWords): string {
  const { count = '', one, before, after, rest, hours, days } = match.at(-1) as Partial<Record<string, string>>;
  const isHalf = one ?? before ?? after;
  if (isHalf === undefined && rest === undefined && !/[.,]/u.test(count)) return match[0] as string;
  // Both `una hora y media` and `hora y media` are of one.
  const number = /^\d/u.test(count) ? Number(count.replace(',', '.')) : numberOf(count, numbers) || 1;
  const length = hours ? 60 : days ? 24 * 60 : 7 * 24 * 60;
  return `${Math.round((number + (isHalf === undefined ? 0 : 0.5)) * length + Number(rest ?? 0))} ${minute}`;
}

function patternsOf({ numbers, oneAndHalf, halfBefore, halfAfter, and, hours, days, weeks, minutes, ...around }: DurationWords): RegExp[] {
  const named = (name: string, part = '(?!)') => `(?<${name}>${part})`;
  const number = `(?<count>\\d{1,4}(?:[.,]\\d{1,2})?|${numbers.join('|')})${named('before', halfBefore)}?`;
  const unit = `\\s*(?:${named('hours', hours)}|${named('days', days)}|${weeks})`;
  const more = `(?:${named('after', halfAfter)}|(?<=${hours})\\s*(?:(?:${and})\\s*)?(?<rest>\\d{1,2})\\s*(?:${minutes}))?`;
  const told = `(?:${named('one', oneAndHalf)}|${number})?${unit}${more}`;
  return [
    around.before && `(?<=(?<!\\p{L})(?:${around.before})\\s*)${told}(?!\\p{L})`,
    around.after && `(?<![\\d.,\\p{Script=Latin}\\p{Script=Cyrillic}])${told}(?=\\s*(?:${around.after}))`,
  ].flatMap((source) => (source ? [new RegExp(source, 'giu')] : []));
}
