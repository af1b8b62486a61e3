let language = 'en';

/** Numbers and lists are written as in this language from now on. */
export function setLanguage(tag: string): void {
  if (tag) language = tag;
}

/** A number as the person writes it. */
export function asNumber(number: number): string {
  return number.toLocaleString(language);
}

/** Several in one sentence: `a, b and c`. */
export function asList(items: readonly string[]): string {
  return new Intl.ListFormat(language).format(items);
}

/** Which of two words comes first in a list, as the person's language orders them. */
export function alphabetically(one: string, other: string): number {
  return one.localeCompare(other, language);
}

/** From one time to another, with the clock where it says something; undefined where neither is a time. */
export function asPeriod(from: Date | undefined, to: Date | undefined, hasClock: boolean, timeZone?: string): string | undefined {
  const [first, last] = [from, to].filter((each) => each && !Number.isNaN(each.getTime()));
  if (!first) return undefined;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', ...(hasClock && { timeStyle: 'short' }), timeZone });
  return last && last >= first ? format.formatRange(first, last) : format.format(first);
}
