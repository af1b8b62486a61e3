import * as chrono from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';

/** Words for a time of day whose hour is what people mean by them. */
const timesOfDay = new Set(['tonight', 'evening', 'afternoon', 'noon', 'midnight'].map((word) => `casualReference/${word}`));

/**
 * The instant that words such as `tomorrow 9:30`, `in 2 hours` or `2026-12-01 14:00` mean, read in a time zone
 * unless they name one. A day without a time, or a morning, means nine. Undefined where the words hold no time, or more than one.
 */
export function parseTime(words: string, timeZone: string, now = new Date()): Date | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const reference = { instant: now, timezone: here.offsetNanoseconds / 60e9 };
  const [result, ...others] = chrono.parse(words, reference, { forwardDate: true });
  // Words that were not understood would silently make it another time than was meant.
  if (!result || others.length > 0 || /[\p{L}\p{N}]/u.test(words.replace(result.text, '').replace(/\b(?:at|on|the|by|for)\b/giu, '')))
    return undefined;
  const { start } = result;
  if (start.isCertain('timezoneOffset')) return start.date();

  const part = (name: chrono.Component) => start.get(name) ?? undefined;
  const isTimed = start.isCertain('hour') || [...start.tags()].some((tag) => timesOfDay.has(tag));
  const wall = {
    year: part('year')!,
    month: part('month')!,
    day: part('day')!,
    ...(isTimed ? { hour: part('hour'), minute: part('minute') } : { hour: 9, minute: 0 }),
    second: part('second'),
  };
  try {
    const zoned = Temporal.ZonedDateTime.from({ ...wall, timeZone }, { overflow: 'reject' });
    return new Date(zoned.epochMilliseconds);
  } catch {
    // Such as 31 February.
    return undefined;
  }
}
