/** How a language tells a day by its month in words, each a part of a regular expression, in any case. */
export interface MonthWords {
  /** The day, with its number as the group `day`; without one it is the first, or with the group `last` the last. */
  readonly day: string;
  /** As `day`, where no month is named, or one before it: what must stand there lest it is an hour. */
  readonly bareDay: string;
  /** Between the day and a month behind it. */
  readonly of?: string;
  /** Whether the month stands first. */
  readonly isMonthFirst?: boolean;
  /** The names of this month, the next one, and the one after that. */
  readonly months: readonly [string, string, string?];
  /** What can stand between the day and a time. */
  readonly at: string;
}

const patterns = new WeakMap<MonthWords, readonly { readonly pattern: RegExp; readonly away: readonly number[] }[]>();

/**
 * The words with a day such as *5th of next month* as the ISO standard writes it; in several forms, soonest first, where
 * no month is named (*on the 5th*). As they were where there is no such day.
 */
export function withMonthDays(words: string, language: MonthWords, wallNow: Date): readonly string[] {
  let made = patterns.get(language);
  if (!made) patterns.set(language, (made = patternsOf(language)));
  for (const { pattern, away } of made) {
    const found = pattern.exec(words);
    if (!found) continue;
    const { day = '1', last } = found.groups ?? {};
    return away.flatMap((months) => {
      const [month, date] = last ? [months + 1, 0] : [months, Number(day)];
      const named = new Date(Date.UTC(wallNow.getUTCFullYear(), wallNow.getUTCMonth() + month, date));
      // Such as the 31st of a month that has 30 days.
      const isThere = last !== undefined || named.getUTCDate() === date;
      return isThere ? [words.replace(found[0], ` ${named.toISOString().slice(0, 10)} `)] : [];
    });
  }
  return [words];
}

function patternsOf({ day, bareDay, of = '', isMonthFirst, months, at }: MonthWords): { pattern: RegExp; away: readonly number[] }[] {
  const time = `(?:(?:${at})\\s*)?\\d{1,2}(?!\\d|\\.)`;
  // The library takes some words between a date and a time for those of a range.
  const edge = (source: string) => new RegExp(`(?<![\\d.:])${source}(?!(?<=\\d)[\\d:])(?:\\s*(?:${at})\\s*(?=\\d))?`, 'iu');
  const named = months.flatMap((month, away) => {
    if (!month) return [];
    const orders = isMonthFirst ? [`(?:${month})${of}(?:${day})`] : [`(?:${day})${of}(?:${month})`, `(?:${month}),? (?:${bareDay})`];
    return orders.map((order) => ({ pattern: edge(order), away: [away] }));
  });
  const bare = edge(`^(?:${bareDay})(?=\\s*(?:$|,|${time}))`);
  // The furthest is for a 31st, or for a time that is past today.
  return [...named.reverse(), { pattern: bare, away: [0, 1, 2, 3] }];
}
