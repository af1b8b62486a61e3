import type { Profile, Update } from '../buffer/model.ts';
import { slotsAfter } from '../networks/postingSchedule.ts';
import type { UpdateList } from './queueModel.ts';

const minute = 60_000;

/**
 * The next posting times of a profile that nothing takes, the soonest first. A queue takes its posting times without a gap,
 * so one that is not read whole takes as many as it holds updates; none are free where that is not known.
 * @param queue  what is known of what waits
 * @param most   of them
 */
export function freeSlots(
  profile: Pick<Profile, 'schedules' | 'timeZone' | 'counts'>,
  { status, items, hasMore, total }: Pick<UpdateList, 'status' | 'items' | 'hasMore' | 'total'>,
  most: number,
  now = new Date(),
): Date[] {
  const skip = countBefore(profile, { status, hasMore, total });
  if (skip === undefined) return [];
  return slotsBehind(profile, skip, most, now, takenTimes(items));
}

type Known = Pick<UpdateList, 'status' | 'hasMore' | 'total'>;

/** Whether it can be told which posting times nothing takes. */
export function knowsFreeSlots(profile: Pick<Profile, 'counts'>, queue: Known): boolean {
  return countBefore(profile, queue) !== undefined;
}

/** How many posting times are taken by what is not read; undefined where nobody told. */
function countBefore({ counts }: Pick<Profile, 'counts'>, { status, hasMore, total }: Known): number | undefined {
  return status === 'loaded' && !hasMore ? 0 : (counts.pending ?? total);
}

/**
 * Until when it is known what waits, in milliseconds since 1970: without end where a queue is read whole, else as far as it
 * is read, as it is read by time. Undefined where nothing is known of it, or only what an earlier session left.
 */
export function knownUntil({ status, items, hasMore, until, total, asOf, isIncomplete }: UpdateList): number | undefined {
  if (asOf || isIncomplete || status === 'unloaded' || status === 'failed') return undefined;
  // One that is being read for the first time holds nothing yet.
  if (!hasMore) return status === 'loaded' || total !== undefined ? Number.POSITIVE_INFINITY : undefined;
  if (until) return until.getTime();
  const due = items.flatMap((each) => (each.dueAt && each.status !== 'failed' ? [each.dueAt.getTime()] : []));
  return due.length ? due.reduce((last, time) => Math.max(last, time)) : undefined;
}

/**
 * The posting times of a profile from an instant to another one, not including it, that nothing takes; none beyond what is
 * known of its queue.
 */
export function freeSlotsBetween(profile: Scheduled, queue: UpdateList, from: Date, to: Date): Date[] {
  const end = Math.min(to.getTime(), knownUntil(queue) ?? Number.NEGATIVE_INFINITY);
  const taken = takenTimes(queue.items);
  const found: Date[] = [];
  if (end <= from.getTime()) return found;
  for (const slot of slotsAfter(profile.schedules, profile.timeZone, new Date(from.getTime() - 1))) {
    if (slot.getTime() >= end) break;
    if (!taken.has(slot.getTime())) found.push(slot);
  }
  return found;
}

/** What failed and what is a draft goes out at no time; what has a time of its own takes it too. */
function takenTimes(updates: readonly Update[]): ReadonlySet<number> {
  const going = updates.filter(({ status }) => status !== 'failed' && status !== 'draft');
  // Posting times are whole minutes; what takes one may say seconds.
  return new Set(going.flatMap(({ dueAt }) => (dueAt ? [Math.floor(dueAt.getTime() / minute) * minute] : [])));
}

/** The next posting times of a profile behind as many as are known to be taken; others may be, too. */
export function nextSlots(profile: Scheduled, { items }: Pick<UpdateList, 'items'>, most: number, now = new Date()): Date[] {
  return slotsBehind(profile, items.length, most, now);
}

type Scheduled = Pick<Profile, 'schedules' | 'timeZone'>;

/** @param taken  instants that are left out, in milliseconds */
function slotsBehind({ schedules, timeZone }: Scheduled, skip: number, most: number, now: Date, taken?: ReadonlySet<number>): Date[] {
  const found: Date[] = [];
  let passed = 0;
  for (const slot of slotsAfter(schedules, timeZone, now)) {
    if (found.length >= most) break;
    if (passed < skip) passed++;
    else if (!taken?.has(slot.getTime())) found.push(slot);
  }
  return found;
}
