import type { Update, UpdatePage } from '../buffer/model.ts';

/** An update that is due this soon may go out while it is asked for. Milliseconds. */
const soon = 60_000;

/**
 * The one to ask for by its id before a list is believed that lacks more than half of what is known to be still to
 * come: a filter that finds nothing answers an empty list, and no error.
 * @param known  the queue as it is shown
 * @param page   its head as it was just read
 * @param now    milliseconds since 1970
 */
export function missingFrom(known: readonly Update[], page: UpdatePage, now: number): Update | undefined {
  const listed = new Set(page.updates.map(({ id }) => id));
  const due = ({ dueAt }: Update) => dueAt?.getTime() ?? Number.NaN;
  const end =
    page.next === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(...page.updates.map(due).filter((time) => !Number.isNaN(time)), Number.NEGATIVE_INFINITY);
  const expected = known.filter((update) => isToCome(update) && due(update) > now + soon && due(update) <= end);
  const missing = expected.filter(({ id }) => !listed.has(id));
  return missing.length > expected.length / 2 ? missing.at(-1) : undefined;
}

/** Whether an update belongs into the list of what is still to come. */
export function isToCome({ status }: Update): boolean {
  return status === 'pending' || status === 'needsApproval' || status === 'draft';
}
