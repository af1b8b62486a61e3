/** In which order a locale writes the numbers of a day and a month. */
export type DateOrder = 'day first' | 'month first';

/** The order of a locale, from what it writes itself. */
export function dateOrder(locale: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', calendar: 'gregory' }).formatToParts();
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.findIndex((part) => part.type === type);
  return at('day') < at('month') ? 'day first' : 'month first';
}

/** What stands for the year where words name none: a leap year, so that the 29 February is a day. */
export const noYear = 2400;

/** Also as the standard writes it: the library would take month 13 for a day. */
const yearFirst = /(?<![\d./:-])(?<year>\d{4})([./-])(?<month>\d{1,2})\2(?<day>\d{1,2})(?![\d/:]|\.\d)/gu;
/** Two numbers with a dot are a time (`9.30`) unless another dot or a time follows. */
const dotted = new RegExp(
  String.raw`(?<![\d./:-])(?<day>\d{1,2})\. ?(?<month>\d{1,2})` +
    String.raw`(?:\. ?(?<year>\d{4})|\.(?<shortYear>\d{2})(?![\d:.])` +
    String.raw`|\.(?!\d)|(?=[ ,]+(?:\p{L}+ )?\d{1,2}(?:[:h]| ?[ap]m)))(?!\d)`,
  'giu',
);
const slashed = /(?<![\d./:-])(?<first>\d{1,2})([/-])(?<second>\d{1,2})(?:\2(?<year>\d{4}|\d{2}))?(?![\d/:-])/gu;

/**
 * The words with each date in numbers as the ISO standard writes it: dots are day.month in every locale, strokes are in
 * the locale's order, always in the same one. A date without a year has `noYear`. Undefined where a number is no month
 * or no day in that order.
 */
export function withIsoDates(words: string, order: DateOrder): string | undefined {
  const wrong: string[] = [];
  const iso = (found: string, year: string | undefined, month: string, day: string) => {
    if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) wrong.push(found);
    const full = year?.length === 2 ? `20${year}` : (year ?? String(noYear));
    return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  };
  const replaced = (text: string, pattern: RegExp, by: (found: string, groups: Partial<Record<string, string>>) => string) =>
    text.replace(pattern, (...all: unknown[]) => by(all[0] as string, all.at(-1) as Partial<Record<string, string>>));
  let made = replaced(words, yearFirst, (found, { year, month, day }) => iso(found, year, month!, day!));
  made = replaced(made, dotted, (found, { year, shortYear, month, day }) => iso(found, year ?? shortYear, month!, day!));
  made = replaced(made, slashed, (found, { first, second, year }) => {
    // Two numbers with a dash are a range as likely as a date.
    if (!year && found.includes('-')) return found;
    return order === 'day first' ? iso(found, year, second!, first!) : iso(found, year, first!, second!);
  });
  return wrong.length > 0 ? undefined : made;
}
