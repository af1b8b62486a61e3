/** The person's language; the extension writes it on the page. */
const language = () => (typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en');

/** A number as the person writes it. */
export function asNumber(number: number): string {
  return number.toLocaleString(language());
}

/** Several in one sentence: `a, b and c`. */
export function asList(items: readonly string[]): string {
  return new Intl.ListFormat(language()).format(items);
}
