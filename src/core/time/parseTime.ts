import * as chrono from 'chrono-node/en';
import { instantOf, wallClockAt } from './wallClock.ts';

/** Words for a time of day whose hour is what people mean by them. */
const timesOfDay = new Set(['tonight', 'evening', 'afternoon', 'noon', 'midnight'].map((word) => `casualReference/${word}`));

/**
 * The instant that words such as `tomorrow 9:30`, `in 2 hours` or `2026-12-01 14:00` mean, read in a time zone
 * unless they name one. A day without a time, or a morning, means nine. Undefined where the words hold no time, or more than one.
 */
export function parseTime(words: string, timeZone: string, now = new Date()): Date | undefined {
  const reference = { instant: now, timezone: (wallClockAt(now, timeZone).getTime() - now.getTime()) / 60_000 };
  const [result, ...others] = chrono.parse(words, reference, { forwardDate: true });
  // Words that were not understood would silently make it another time than was meant.
  if (!result || others.length > 0 || /[\p{L}\p{N}]/u.test(words.replace(result.text, '').replace(/\b(?:at|on|the|by|for)\b/giu, '')))
    return undefined;
  const { start } = result;
  if (start.isCertain('timezoneOffset')) return start.date();

  const part = (name: chrono.Component) => start.get(name) ?? 0;
  const isTimed = start.isCertain('hour') || [...start.tags()].some((tag) => timesOfDay.has(tag));
  const clock = isTimed ? [part('hour'), part('minute'), part('second')] : [9, 0, part('second')];
  const wall = new Date(Date.UTC(part('year'), part('month') - 1, part('day'), ...clock));
  // Such as 31 February.
  if (wall.getUTCMonth() !== part('month') - 1 || wall.getUTCDate() !== part('day')) return undefined;
  return instantOf(wall, timeZone);
}
