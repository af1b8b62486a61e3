import * as chrono from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';

/**
 * The instant that words such as `tomorrow 9:30`, `in 2 hours` or `2026-12-01 14:00` mean, read in a time zone
 * unless they name one. A day without a time, or a morning, means nine. Undefined where the words hold no time.
 */
export function parseTime(words: string, timeZone: string, now = new Date()): Date | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const reference = { instant: now, timezone: here.offsetNanoseconds / 60e9 };
  const start = chrono.parse(words, reference, { forwardDate: true })[0]?.start;
  if (!start) return undefined;
  if (start.isCertain('timezoneOffset')) return start.date();

  const part = (name: chrono.Component) => start.get(name) ?? undefined;
  // What chrono takes for a day alone (noon) and for a morning (six); `tonight` or `in 3 days` bring their own hour.
  const vague = !start.isCertain('hour') && [6, 12].includes(part('hour') ?? 12);
  const wall = {
    year: part('year')!,
    month: part('month')!,
    day: part('day')!,
    ...(vague ? { hour: 9, minute: 0 } : { hour: part('hour'), minute: part('minute') }),
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
