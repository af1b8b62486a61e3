import { groupBy } from '../collections/groupBy.ts';
import type { MeasuredUpdate } from '../buffer/model.ts';

/** What of the updates is looked at, and in which order. */
export interface Look {
  /** All of them where empty. */
  readonly profileIds: readonly string[];
  readonly tagIds: readonly string[];
  /** `sentAt`, `profile`, `text`, or the name of a figure. */
  readonly sortBy: string;
  readonly isAscending: boolean;
  readonly groupBy: 'nothing' | 'profile' | 'tag';
}

export const firstLook: Look = { profileIds: [], tagIds: [], sortBy: 'sentAt', isAscending: false, groupBy: 'nothing' };

/** Rows of one profile or one tag; `key` is its id, and empty for those without a tag. */
export interface Group {
  readonly key: string;
  readonly updates: readonly MeasuredUpdate[];
}

/** Those that are looked at, by profile and tag. */
export function chosen(updates: readonly MeasuredUpdate[], { profileIds, tagIds }: Pick<Look, 'profileIds' | 'tagIds'>) {
  return updates.filter(
    ({ profileId, tags = [] }) =>
      (profileIds.length === 0 || profileIds.includes(profileId)) && (tagIds.length === 0 || tags.some(({ id }) => tagIds.includes(id))),
  );
}

/**
 * In the order of one column. What is not known comes last both ways: it is neither little nor much.
 * @param nameOf    of a profile
 * @param compare   texts, as the person's language orders them
 */
export function sorted(
  updates: readonly MeasuredUpdate[],
  { sortBy, isAscending }: Pick<Look, 'sortBy' | 'isAscending'>,
  nameOf: (profileId: string) => string,
  compare: (one: string, other: string) => number = (one, other) => (one < other ? -1 : Number(one > other)),
): readonly MeasuredUpdate[] {
  const way = isAscending ? 1 : -1;
  const byTime = (one: MeasuredUpdate, other: MeasuredUpdate) => other.sentAt.getTime() - one.sentAt.getTime();
  return updates.toSorted((one, other) => {
    if (sortBy === 'sentAt') return -way * byTime(one, other);
    if (sortBy === 'profile') return way * compare(nameOf(one.profileId), nameOf(other.profileId)) || byTime(one, other);
    if (sortBy === 'text') return way * compare(one.text, other.text) || byTime(one, other);
    const [a, b] = [one.figures?.[sortBy], other.figures?.[sortBy]];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined) || byTime(one, other);
    return way * (a - b) || byTime(one, other);
  });
}

/** In groups, in the order of their first rows; an update with several tags is in several. */
export function grouped(updates: readonly MeasuredUpdate[], by: Look['groupBy']): readonly Group[] {
  if (by === 'nothing') return [{ key: '', updates }];
  const pairs = updates.flatMap((update) => {
    const keys = by === 'profile' ? [update.profileId] : update.tags?.length ? update.tags.map(({ id }) => id) : [''];
    return keys.map((key) => ({ key, update }));
  });
  return [...groupBy(pairs, ({ key }) => key)].map(([key, each]) => ({ key, updates: each.map(({ update }) => update) }));
}

/** Those with the most and the least of a figure, of those that have it. */
export function bestAndWorst(updates: readonly MeasuredUpdate[], name: string, count: number) {
  const order = updates
    .filter(({ figures }) => figures?.[name] !== undefined)
    .sort((one, other) => other.figures![name]! - one.figures![name]! || other.sentAt.getTime() - one.sentAt.getTime());
  const best = order.slice(0, count);
  return { best, worst: order.slice(best.length).slice(-count).reverse() };
}
