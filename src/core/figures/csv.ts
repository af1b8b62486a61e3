import type { MeasuredUpdate } from '../buffer/model.ts';
import { networkOf } from '../networks/networks.ts';
import { figureNames } from './sums.ts';

/** A spreadsheet reads UTF-8 where a file begins with this. */
export const byteOrderMark = '\u{FEFF}';

/** What begins so, a spreadsheet takes for a formula, also behind white space (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u;
/**
 * What a spreadsheet makes another number or a date of: digits with a zero in front, with an exponent, more than it can
 * count exactly, or with signs between. Ids are such where chance has it.
 */
const otherNumber = /^\s*(?:0\d+|\d{16,}|\d[\d.,]*e[+-]?\d+|\d+(?:[-/.:,]\d+)+)\s*$/iu;
/** What a spreadsheet splits cells at, in one language or another. */
const special = /[",;\t\r\n]/u;

/** A text as one field (RFC 4180), which a spreadsheet takes for a text: an apostrophe in front keeps it from being more. */
export function csvText(text: string): string {
  const safe = formula.test(text) || otherNumber.test(text) ? `'${text}` : text;
  return special.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Updates with their figures as CSV (RFC 4180): a row each in the order given, numbers as numbers, times as ISO 8601 by UTC.
 * What is not known is an empty field.
 * @param nameOf  of a profile
 */
export function toCsv(updates: readonly MeasuredUpdate[], nameOf: (profileId: string) => string): string {
  const names = figureNames(updates);
  const head = ['sentAt', 'network', 'profile', 'text', 'tags', ...names, 'asOf', 'url', 'id'];
  const rows = updates.map(({ id, sentAt, service, profileId, text, tags = [], figures, measuredAt, url }) => [
    sentAt.toISOString(),
    csvText(networkOf(service).label),
    csvText(nameOf(profileId)),
    csvText(text),
    csvText(tags.map(({ name }) => name).join(', ')),
    ...names.map((name) => figures?.[name]?.toString() ?? ''),
    measuredAt?.toISOString() ?? '',
    csvText(url ?? ''),
    csvText(id),
  ]);
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
