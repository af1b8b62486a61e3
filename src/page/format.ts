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
