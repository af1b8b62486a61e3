import { instantOf, wallClockAt } from './wallClock.ts';

/** The day that an instant is on in a zone, as `2026-11-30`. */
export function dateIn(timeZone: string, time: Date): string {
  return wallClockAt(time, timeZone).toISOString().slice(0, 10);
}

/** When a day begins in a zone, and when the one after it does. @param date  as `2026-11-30` */
export function dayBounds(date: string, timeZone: string): { readonly start: Date; readonly end: Date } {
  return { start: instantOf(midnight(date), timeZone), end: instantOf(midnight(addDays(date, 1)), timeZone) };
}

/** So many days later, on a calendar. @param date  as `2026-11-30` */
export function addDays(date: string, days: number): string {
  const day = midnight(date);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** The first of a month so many months later. */
export function addMonths(date: string, months: number): string {
  const day = midnight(date);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}

/** The first day of the week that a day is in. @param firstDay  1 for Monday to 7 for Sunday */
export function startOfWeek(date: string, firstDay: number): string {
  return addDays(date, -((midnight(date).getUTCDay() - firstDay + 7) % 7));
}

/** The instant of another day at which clocks show what they show at this one. */
export function onDay(instant: number, date: string, timeZone: string): number {
  const wall = wallClockAt(new Date(instant), timeZone);
  const ofDay = wall.getTime() - midnight(wall.toISOString().slice(0, 10)).getTime();
  return instantOf(new Date(midnight(date).getTime() + ofDay), timeZone).getTime();
}

/** The instants of a day at which a clock shows a full hour: 23 to 25 of them. Zones change their clocks by half hours or hours. */
export function hoursOf(date: string, timeZone: string): number[] {
  const { start, end } = dayBounds(date, timeZone);
  const hours: number[] = [];
  for (let at = start.getTime(); at < end.getTime(); at += halfHour)
    if (wallClockAt(new Date(at), timeZone).getUTCMinutes() === 0) hours.push(at);
  return hours;
}

const halfHour = 1_800_000;

/** A day as a wall clock shows its beginning. */
function midnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
