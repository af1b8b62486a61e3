import type { Profile } from '../buffer/model.ts';
import { slotsAfter } from '../networks/postingSchedule.ts';
import type { UpdateList } from './queueModel.ts';

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
  // What failed and what is a draft goes out at no time; what has a time of its own takes it too.
  const taken = new Set(
    items.flatMap((each) => (each.dueAt && each.status !== 'failed' && each.status !== 'draft' ? [each.dueAt.getTime()] : [])),
  );
  return slotsBehind(profile, skip, most, now, taken);
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
