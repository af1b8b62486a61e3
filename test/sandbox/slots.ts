import { DateTime } from 'luxon';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const dayLength = 86_400_000;
/** 1 January 1970 was a Thursday. */
const firstWeekday = weekdays.indexOf('thu');
/** What a day's times are as instants: it takes long to find out, and every new sandbox asks for the same days. */
const known = new Map<string, readonly number[]>();
/** Which day it is where: as every zone is some quarters of an hour off, none begins within one. */
const knownDays = new Map<string, number>();
const quarter = 900;

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
  const timesOn = weekdays.map((name) => rules.filter(({ days }) => days.includes(name)).flatMap((rule) => rule.times));
  for (let day = dayOf(after, timeZone); ; day++) {
    const times = timesOn[(day + firstWeekday) % 7]!;
    yield* instantsOf(day, times, timeZone).filter((slot) => slot > after);
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

/** What was found last, by schedules, zone and number: it holds until the next posting time has passed. */
const knownPast = new WeakMap<readonly Schedule[], Map<string, { readonly slots: readonly number[]; readonly next: number }>>();

/** The last so many posting times up to an instant, newest first. */
export function pastSlots(schedules: readonly Schedule[], timeZone: string, until: number, count: number): number[] {
  if (count === 0) return [];
  let ofSchedules = knownPast.get(schedules);
  if (!ofSchedules) knownPast.set(schedules, (ofSchedules = new Map()));
  const key = `${timeZone} ${count}`;
  let known = ofSchedules.get(key);
  if (!known || until < known.slots[0]! || until >= known.next) {
    known = { slots: findPast(schedules, timeZone, until, count), next: nextSlots(schedules, timeZone, until, 1)[0]! };
    ofSchedules.set(key, known);
  }
  return [...known.slots];
}

function findPast(schedules: readonly Schedule[], timeZone: string, until: number, count: number): number[] {
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

/** The day that an instant is on in a zone, counted from 1 January 1970. @param instant  unix seconds */
function dayOf(instant: number, timeZone: string): number {
  const key = `${timeZone} ${Math.floor(instant / quarter)}`;
  let day = knownDays.get(key);
  if (day === undefined) {
    const { year, month, day: date } = DateTime.fromSeconds(instant, { zone: timeZone });
    day = Date.UTC(year, month - 1, date) / dayLength;
    knownDays.set(key, day);
  }
  return day;
}

/** A day's times as instants, soonest first. @param day  counted from 1 January 1970 */
function instantsOf(day: number, times: readonly string[], timeZone: string): readonly number[] {
  if (times.length === 0) return [];
  const key = `${timeZone} ${day} ${times.join()}`;
  let instants = known.get(key);
  if (!instants) {
    // From noon on the day before: no zone skips a noon, and where midnight comes twice the first is meant.
    const before = DateTime.fromMillis((day - 0.5) * dayLength, { zone: 'utc' }).setZone(timeZone, { keepLocalTime: true });
    const start = before.startOf('day').plus({ days: 1 });
    instants = [...new Set(times.map((time) => instantOf(start, time)))].sort((a, b) => a - b);
    known.set(key, instants);
  }
  return instants;
}

function instantOf(day: DateTime, time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! }).toUnixInteger();
}
