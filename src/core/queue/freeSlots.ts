import type { Profile } from '../buffer/model.ts';
import { slotsAfter } from '../networks/postingSchedule.ts';
import type { UpdateList } from './queueModel.ts';

/**
 * The next posting times of a profile that nothing takes, the soonest first; only as far as its queue is known.
 * @param most  of them
 */
export function freeSlots(
  { schedules, timeZone }: Pick<Profile, 'schedules' | 'timeZone'>,
  { items, hasMore }: Pick<UpdateList, 'items' | 'hasMore'>,
  most: number,
  now = new Date(),
): Date[] {
  const due = items.flatMap(({ status, dueAt }) => (dueAt && status !== 'failed' && status !== 'draft' ? [dueAt.getTime()] : []));
  const taken = new Set(due);
  const known = hasMore ? Math.max(0, ...due) : Number.POSITIVE_INFINITY;
  const free: Date[] = [];
  for (const slot of slotsAfter(schedules, timeZone, now)) {
    if (free.length >= most || slot.getTime() > known) break;
    if (!taken.has(slot.getTime())) free.push(slot);
  }
  return free;
}
