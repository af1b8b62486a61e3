import { Temporal } from 'temporal-polyfill';
import { type PostingSchedule, weekdays } from '../buffer/model.ts';

/** Days looked ahead for a slot before a schedule counts as empty. */
const horizon = 8;

/**
 * The posting times of a schedule after an instant, soonest first, without end unless the schedule has no times.
 * A time that a change to daylight saving skips moves forward by the change (RFC 5545's rule, Temporal's `compatible`).
 */
export function* slotsAfter(schedules: readonly PostingSchedule[], timeZone: string, after: Date): Generator<Date, void> {
  const start = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone);
  let emptyDays = 0;
  for (let date = start.toPlainDate(); emptyDays < horizon; date = date.add({ days: 1 })) {
    const times = timesOn(schedules, date.dayOfWeek);
    emptyDays = times.length ? 0 : emptyDays + 1;
    for (const time of times) {
      const slot = date.toZonedDateTime({ timeZone, plainTime: time });
      if (slot.epochMilliseconds > after.getTime()) yield new Date(slot.epochMilliseconds);
    }
  }
}

/** Whether an instant is one of the schedule's posting times. */
export function isSlot(schedules: readonly PostingSchedule[], timeZone: string, time: Date): boolean {
  const [slot] = slotsAfter(schedules, timeZone, new Date(time.getTime() - 1));
  return slot?.getTime() === time.getTime();
}

/** Sorted `HH:MM` of a day, each once; `dayOfWeek` is 1 for Monday to 7 for Sunday. */
function timesOn(schedules: readonly PostingSchedule[], dayOfWeek: number): string[] {
  const day = weekdays[dayOfWeek - 1]!;
  return [...new Set(schedules.filter(({ days }) => days.includes(day)).flatMap(({ times }) => times))].sort();
}
