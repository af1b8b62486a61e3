import type { Profile, Update } from '../buffer/model.ts';
import { isSlot, slotsAfter } from '../networks/postingSchedule.ts';

type Timetable = Pick<Profile, 'schedules' | 'timeZone'>;

export interface Retimed {
  /** In the order they go out. */
  readonly updates: Update[];
  /** The first posting time that nobody of these takes any more: one that follows them moves up to it. */
  readonly freed?: Date;
}

/**
 * How a queue stands after a change that the service answered without telling the other updates' new times.
 * Updates in the queue take the profile's posting times in turn; those with a time of their own keep it.
 *
 * @param before  the loaded head of the queue as it was; its posting times are the ones handed out again
 * @param after   the same queue after the change, its members in the order they are to go out
 * @param toldId  the update whose time the service told: that one keeps it
 */
export function retime(before: readonly Update[], after: readonly Update[], profile: Timetable, toldId?: string): Retimed {
  const told = after.find((update) => update.id === toldId && takesSlot(update, profile))?.dueAt?.getTime();
  const inQueue = after.filter((update) => takesSlot(update, profile) && (told === undefined || update.id !== toldId));
  const all = [
    ...new Set([...before, ...inQueue].filter((update) => takesSlot(update, profile)).map(({ dueAt }) => dueAt!.getTime())),
  ].sort((a, b) => a - b);
  const slots = all.filter((slot) => slot !== told);
  if (slots.length < inQueue.length) {
    const last = new Date(all.at(-1) ?? Date.now());
    for (const slot of slotsAfter(profile.schedules, profile.timeZone, last)) {
      slots.push(slot.getTime());
      if (slots.length >= inQueue.length) break;
    }
  }
  const times = new Map(inQueue.map((update, index) => [update.id, slots[index]]));
  const retimed = after.map((update) => {
    const time = times.get(update.id);
    return time === undefined || time === update.dueAt?.getTime() ? update : { ...update, dueAt: new Date(time) };
  });
  const freed = slots[inQueue.length];
  return { updates: sortByDue(retimed), freed: freed === undefined ? undefined : new Date(freed) };
}

/** Whether an update moves along with its queue instead of having a time of its own. */
export function takesSlot({ status, dueAt, isFixedTime }: Update, { schedules, timeZone }: Timetable): boolean {
  if (status !== 'pending' || !dueAt) return false;
  return isFixedTime === undefined ? isSlot(schedules, timeZone, dueAt) : !isFixedTime;
}

/** Soonest first, as a queue is shown; those without a time last. Equal times keep their order. */
export function sortByDue(updates: readonly Update[]): Update[] {
  const due = ({ dueAt }: Update) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...updates].sort((a, b) => (due(a) === due(b) ? 0 : due(a) - due(b)));
}
