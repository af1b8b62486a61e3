import { shifted } from './parseShift.ts';

/**
 * The same weekday and time by a zone's clocks, week after week, beginning with the first that comes after an instant.
 * @param first  the earliest of them; they are told by its weekday and time, so that a night that lacks the hour moves one alone
 */
export function weeklyTimes(first: Date, timeZone: string, count: number, after: Date): Date[] {
  const times: Date[] = [];
  for (let week = 0; times.length < count; week++) {
    const time = shifted(first, { days: 7 * week }, timeZone);
    if (time > after) times.push(time);
  }
  return times;
}
