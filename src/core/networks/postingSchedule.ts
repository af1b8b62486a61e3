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
    const times = timesOn(schedules, day.getUTCDay());
    emptyDays = times.length ? 0 : emptyDays + 1;
    for (const time of times) {
      const slot = instantOf(at(day, time), timeZone);
      if (slot > after) yield slot;
    }
  }
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
