import { format, isForeignZone, type TimeStyle } from './formatTime.ts';
import { wallClockAt } from './wallClock.ts';

const dayLength = 86_400_000;

/**
 * What a day is called: *Today*, *Tomorrow*, *Yesterday*, else `Monday 30 November`, with a year when it is another one.
 * @param date   as `2026-11-30`
 * @param today  the same
 */
export function dayName(date: string, today: string, locale: string): string {
  const days = Math.round((Date.parse(date) - Date.parse(today)) / dayLength);
  if (Math.abs(days) > 1) return dayDate(date, today, locale);
  const name = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** The weekday and the date of a day, with a year when it is another one than today's. */
export function dayDate(date: string, today: string, locale: string): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return format(new Date(date), locale, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', ...year });
}

/**
 * A time among those of a day, by a profile's own clocks: `14:05`, with the zone's name where that differs from the person's
 * own, and with the weekday where it is another day there.
 * @param date  of the day, as `2026-11-30`
 */
export function timeOn(date: string, time: Date, { locale, timeZone }: Pick<TimeStyle, 'locale' | 'timeZone'>): string {
  const isOtherDay = wallClockAt(time, timeZone).toISOString().slice(0, 10) !== date;
  return format(time, locale, {
    timeZone,
    ...(isOtherDay && { weekday: 'short' }),
    hour: 'numeric',
    minute: '2-digit',
    ...(isForeignZone(timeZone, time) && { timeZoneName: 'short' }),
  });
}
