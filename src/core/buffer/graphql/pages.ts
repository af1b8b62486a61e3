import { groupBy } from '../../collections/groupBy.ts';
import type { PageRequest } from '../bufferApi.ts';
import type { Profile, Update, UpdatePage } from '../model.ts';

/** How the service's lists become the pages of a queue. */

/** A page as the service gives it: some updates, and where the next page starts. */
export interface Listed {
  readonly nodes: readonly Update[];
  readonly next?: string;
}

/**
 * Lists that are each soonest first as one, complete up to where the first of them ends.
 * @returns `isWhole` when nothing follows in any of them, else `until` when they are complete
 */
export function mergedByTime(lists: readonly Listed[]): {
  readonly nodes: readonly Update[];
  readonly isWhole: boolean;
  readonly until?: Date;
} {
  const due = ({ dueAt }: Update) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const ends = lists.flatMap(({ nodes, next }) =>
    next === undefined ? [] : [nodes.length ? due(nodes.at(-1)!) : Number.NEGATIVE_INFINITY],
  );
  const end = Math.min(...ends);
  const all = lists.flatMap(({ nodes }) => nodes).filter((node) => due(node) <= end);
  return {
    nodes: all.sort((a, b) => (due(a) === due(b) ? 0 : due(a) - due(b))),
    isWhole: ends.length === 0,
    ...(Number.isFinite(end) && { until: new Date(end) }),
  };
}

/** What a queue shows beside what has a time. */
export interface Beside {
  /** What failed, latest first. */
  readonly failed: readonly Update[];
  /** What has no time. */
  readonly undated: readonly Update[];
}

/** The head of each queue, from one page of all of them: complete up to the time of the page's last. */
export function headsOf(profiles: readonly Profile[], dated: readonly Listed[], { failed, undated }: Beside): Record<string, UpdatePage> {
  const { nodes, isWhole, until } = mergedByTime(dated);
  const rest = isWhole ? undefined : cursor({});
  const all = groupBy([...failed.toReversed(), ...nodes, ...(isWhole ? undated : [])], ({ profileId }) => profileId);
  return Object.fromEntries(profiles.map(({ id }) => [id, { updates: all.get(id) ?? [], next: rest, until }]));
}

/** A second of overlap: nobody promises whether a range of times includes its ends, and the same update twice is one. */
export function withOverlap(time: Date | undefined): string | undefined {
  return time && new Date(time.getTime() - 1000).toISOString();
}

/** Where a list goes on, and the range of times that this is a place in. */
export interface Cursor {
  readonly after?: string;
  /** ISO 8601. */
  readonly dueFrom?: string;
}

export function cursor(value: Cursor): string {
  return JSON.stringify(value);
}

export function cursorOf({ after }: PageRequest): Cursor {
  return after ? (JSON.parse(after) as Cursor) : {};
}
