import type { GraphQLSchema } from 'graphql';
import { deprecationsOf } from './deprecations.ts';
import type { Usage } from './usage.ts';

/** Days as the service writes them in its reasons; of `12/10/2021` nobody knows which number is the month. */
const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
const inWords = new RegExp(`\\b(${months}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'u');
const inDigits = /\b(\d{4})-(\d{2})-(\d{2})\b/u;

/** The day that a reason names, as `2026-12-15`; undefined where it names none. */
export function dayIn(reason: string): string | undefined {
  const digits = inDigits.exec(reason);
  if (digits) return digits[0];
  const [, month, day, year] = inWords.exec(reason) ?? [];
  if (!month) return undefined;
  return `${year}-${String(months.split('|').indexOf(month) + 1).padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/**
 * What is used and marked as deprecated, each with the day on which it ends, soonest first; those without a day stand
 * last. Of an input, all that can be sent is taken as used.
 */
export function endingsOf(schema: GraphQLSchema, { fields, inputs }: Usage): string[] {
  const never = '9999';
  return [...deprecationsOf(schema)]
    .filter(([where]) => fields.has(where) || inputs.has(where.split('.')[0]!))
    .map(([where, reason]) => ({ where, reason, day: dayIn(reason) }))
    .sort((a, b) => (a.day ?? never).localeCompare(b.day ?? never) || a.where.localeCompare(b.where))
    .map(({ where, reason, day }) => `${day ?? 'no day'}: ${where}: ${reason}`);
}
