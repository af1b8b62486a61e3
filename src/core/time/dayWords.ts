import { format } from './formatTime.ts';

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
