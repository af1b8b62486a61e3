import { DateTime } from 'luxon';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Posting times, read in the time zone of a profile. */
export interface Schedule {
  readonly days: readonly string[];
  /** 24 h `HH:MM`. */
  readonly times: readonly string[];
}

/**
 * The posting times strictly after an instant, soonest first, without end; none where there is no schedule.
 * A wall-clock time that daylight saving skips is moved past the gap; one that it repeats counts the first time only.
 * @param after unix seconds
 */
export function* slotsAfter(schedules: readonly Schedule[], timeZone: string, after: number): Generator<number> {
  const rules = schedules.filter(({ days, times }) => days.length > 0 && times.length > 0);
  if (rules.length === 0) return;
  for (let day = DateTime.fromSeconds(after, { zone: timeZone }).startOf('day'); ; day = day.plus({ days: 1 })) {
    const name = weekdays[day.weekday - 1]!;
    const times = rules.filter(({ days }) => days.includes(name)).flatMap((rule) => rule.times);
    const slots = new Set(times.map((time) => instantOf(day, time)));
    yield* [...slots].filter((slot) => slot > after).sort((a, b) => a - b);
  }
}

/** The first so many posting times after an instant; none where there is no schedule. */
export function nextSlots(schedules: readonly Schedule[], timeZone: string, after: number, count: number): number[] {
  const slots: number[] = [];
  if (count === 0) return slots;
  for (const slot of slotsAfter(schedules, timeZone, after)) {
    if (slots.push(slot) === count) break;
  }
  return slots;
}

/** A schedule without the days that stand still. */
export function withoutDays(schedules: readonly Schedule[], pausedDays: readonly string[]): Schedule[] {
  return schedules
    .map(({ days, times }) => ({ days: days.filter((day) => !pausedDays.includes(day)), times }))
    .filter(({ days }) => days.length > 0);
}

/** The last so many posting times up to an instant, newest first. */
export function pastSlots(schedules: readonly Schedule[], timeZone: string, until: number, count: number): number[] {
  if (count === 0) return [];
  // Slots are only found forwards, so start ever further back until there are enough.
  for (let weeks = Math.ceil(count / 20) + 1; ; weeks *= 2) {
    const from = until - weeks * 7 * 86_400;
    const slots: number[] = [];
    for (const slot of slotsAfter(schedules, timeZone, from)) {
      if (slot > until) break;
      slots.push(slot);
    }
    if (slots.length >= count) return slots.slice(slots.length - count).reverse();
  }
}

function instantOf(day: DateTime, time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! }).toUnixInteger();
}
