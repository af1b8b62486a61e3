import { type PostingSchedule, weekdays } from '../buffer/model.ts';
import { instantOf, wallClockAt } from '../time/wallClock.ts';

/** Days looked ahead for a slot before a schedule counts as empty. */
const horizon = 8;

/**
 * The posting times of a schedule after an instant, soonest first, without end unless the schedule has no times.
 * A time that a change to daylight saving skips moves forward by the change.
 */
export function* slotsAfter(schedules: readonly PostingSchedule[], timeZone: string, after: Date): Generator<Date, void> {
  const day = wallClockAt(after, timeZone);
  let emptyDays = 0;
  for (; emptyDays < horizon; day.setUTCDate(day.getUTCDate() + 1)) {
    const slots = slotsOn(schedules, timeZone, day);
    emptyDays = slots.length ? 0 : emptyDays + 1;
    for (const slot of slots) if (slot > after) yield new Date(slot);
  }
}

/** By schedule, then by zone and day: a view of many days asks for the same ones at each change. */
const known = new WeakMap<readonly PostingSchedule[], Map<string, readonly Date[]>>();

/** The posting times of a day, soonest first. */
function slotsOn(schedules: readonly PostingSchedule[], timeZone: string, day: Date): readonly Date[] {
  let days = known.get(schedules);
  if (!days) known.set(schedules, (days = new Map<string, readonly Date[]>()));
  const key = `${timeZone} ${day.getUTCFullYear()} ${day.getUTCMonth()} ${day.getUTCDate()}`;
  let slots = days.get(key);
  if (!slots) days.set(key, (slots = timesOn(schedules, day.getUTCDay()).map((time) => instantOf(at(day, time), timeZone))));
  return slots;
}

/** Whether an instant is one of the schedule's posting times. */
export function isSlot(schedules: readonly PostingSchedule[], timeZone: string, time: Date): boolean {
  const [slot] = slotsAfter(schedules, timeZone, new Date(time.getTime() - 1));
  return slot?.getTime() === time.getTime();
}

/** Sorted `HH:MM` of a day, each once; `dayOfWeek` is 0 for Sunday to 6 for Saturday. */
function timesOn(schedules: readonly PostingSchedule[], dayOfWeek: number): string[] {
  const day = weekdays[(dayOfWeek + 6) % 7]!;
  return [...new Set(schedules.filter(({ days }) => days.includes(day)).flatMap(({ times }) => times))].sort();
}

/** `time` is `HH:MM`. */
function at(day: Date, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hours, minutes));
}
