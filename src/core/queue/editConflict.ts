import { isDeepStrictEqual } from 'node:util';
import { BufferError } from '../buffer/bufferError.ts';
import { statusAfter, type Update, type UpdateEdit } from '../buffer/model.ts';
import { isSameMedia, withoutNothing } from '../buffer/sameMedia.ts';

/** What a person changed was changed elsewhere since they saw it. Nothing was sent. */
export class EditConflict extends BufferError {
  /** The update as it is now. */
  readonly present: Update;

  constructor(present: Update) {
    super('rejected', 'This update was changed elsewhere since you opened it.');
    this.present = present;
  }
}

/** Whether something that a change is about differs from what the person saw, and is not as they want it anyway. */
export function isConflict(seen: Update, present: Update, change: UpdateEdit): boolean {
  const differs = (of: (update: Update) => unknown) => !isDeepStrictEqual(of(seen), of(present));
  const isText = change.text !== undefined && change.text !== present.text && differs(({ text }) => text);
  const isMedia = change.media !== undefined && !isSameMedia(seen.media, present.media);
  // A list does not tell the pictures of a thread's parts.
  const tellsPictures = Boolean(seen.details?.threadPictures && present.details?.threadPictures);
  const isDetails = change.details !== undefined && differs(({ details }) => details && withoutNothing(told(details, tellsPictures)));
  const wanted = typeof change.when === 'object' ? change.when.at.getTime() : undefined;
  const isTime =
    change.when !== undefined &&
    wanted !== present.dueAt?.getTime() &&
    hasOwnTime(seen, present) &&
    differs(({ dueAt }) => dueAt?.getTime());
  const isTags = change.tagIds !== undefined && !isSameSet(change.tagIds, idsOf(present)) && !isSameSet(idsOf(seen), idsOf(present));
  const isApproval = change.approval !== undefined && present.status !== statusAfter[change.approval] && differs(({ status }) => status);
  return isText || isMedia || isDetails || isTime || isApproval || isTags;
}

function idsOf({ tags = [] }: Update): readonly string[] {
  return tags.map(({ id }) => id);
}

/** Whether two lists hold the same, in whatever order. */
export function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.every((each) => others.includes(each)) && others.every((each) => some.includes(each));
}

/** A queue moves by itself; only a time that somebody chose is somebody's change. */
function hasOwnTime(seen: Update, present: Update): boolean {
  return seen.isFixedTime !== false || present.isFixedTime !== false;
}

function told(details: object, tellsPictures: boolean): object {
  return Object.fromEntries(Object.entries(details).filter(([name]) => tellsPictures || name !== 'threadPictures'));
}
