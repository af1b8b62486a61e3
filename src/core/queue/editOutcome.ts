import type { Edited, NewShareTime, Update } from '../buffer/model.ts';

/**
 * What came of giving an update a time, by what the service answered: it can say that it succeeded and have done
 * nothing.
 *
 * - `done`        as it was wanted
 * - `stillDraft`  it did not leave the drafts
 * - `notMoved`    it is due when it was due
 * - `movedElse`   it is due at another time than was asked for
 * - `notShared`   it did not go out
 * - `stillQueued` it did not become a draft
 * - `stillFailed` it had failed, and is not to go out
 */
export type EditOutcome = 'done' | 'stillDraft' | 'notMoved' | 'movedElse' | 'notShared' | 'stillQueued' | 'stillFailed';

/** @param before  as it was, @param when  what was asked for */
export function outcomeOf(before: Update, { update }: Edited, when: NewShareTime): EditOutcome {
  if (when === 'draft') return update.status === 'draft' ? 'done' : 'stillQueued';
  if (update.status === 'draft') return 'stillDraft';
  if (when !== 'now' && before.status === 'failed' && update.status === 'failed') return 'stillFailed';
  if (when === 'now') return update.status === 'sent' || update.status === 'sending' ? 'done' : 'notShared';
  if (typeof when !== 'object') return 'done';
  if (isSameMinute(update.dueAt, when.at)) return 'done';
  return update.dueAt?.getTime() === before.dueAt?.getTime() ? 'notMoved' : 'movedElse';
}

/** The service may cut the seconds off. */
function isSameMinute(a: Date | undefined, b: Date): boolean {
  return a !== undefined && Math.abs(a.getTime() - b.getTime()) < 60_000;
}
