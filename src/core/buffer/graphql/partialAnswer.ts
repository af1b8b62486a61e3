import type { Failure } from './answer.ts';
import type { MissingPart, OptionalPart } from '../missingPart.ts';

const partsByField: Readonly<Record<string, OptionalPart>> = {
  metrics: 'figures',
  sums: 'sums',
  sumsBefore: 'sums',
  dailyPostingLimits: 'dailyLimits',
  account: 'planLimits',
  datedApprovals: 'approvals',
  undatedApprovals: 'approvals',
  ideaGroups: 'groups',
};

/** Which part of an answer an entry of its `errors` is about. */
export function partOf({ path }: Failure): OptionalPart {
  const names = Array.isArray(path) ? path.filter((each) => typeof each === 'string') : [];
  const known = names.find((name) => Object.hasOwn(partsByField, name));
  return known === undefined ? 'other' : partsByField[known]!;
}

const partsByType: Readonly<Record<string, OptionalPart>> = {
  DailyPostingLimitStatus: 'dailyLimits',
  AggregatedPostMetrics: 'sums',
  OrganizationLimits: 'planLimits',
  PostMetric: 'figures',
};

/** Which part of what is asked for a coordinate of the schema is about. */
export function partOfName(coordinate: string): OptionalPart {
  const [type = '', field = ''] = coordinate.split('.');
  if (Object.hasOwn(partsByType, type)) return partsByType[type]!;
  if (coordinate === 'Organization.limits') return 'planLimits';
  return (type === 'Post' || type === 'Query') && Object.hasOwn(partsByField, field) ? partsByField[field]! : 'other';
}

/** What an answer lacks, each part once. */
export function missingParts(failures: readonly Failure[]): readonly MissingPart[] {
  const parts = new Map<OptionalPart, MissingPart>();
  for (const failure of failures) {
    const part = partOf(failure);
    const code = failure.extensions?.code;
    if (!parts.has(part)) parts.set(part, { part, reason: failure.message, isForbidden: code === 'UNAUTHORIZED' || code === 'FORBIDDEN' });
  }
  return [...parts.values()];
}

/** Objects of which a field failed: what they hold is not all there is. */
const incomplete = new WeakSet<object>();

/** Whether a field of this object, or of what is in it, failed. */
export function isIncomplete(value: object): boolean {
  return incomplete.has(value);
}

/** Notes the objects on the way to each failed field. What only counts what became of a post is no part of the post. */
export function markIncomplete(data: unknown, failures: readonly Failure[]): void {
  for (const failure of failures) {
    if (!Array.isArray(failure.path) || partOf(failure) === 'figures') continue;
    let at: unknown = data;
    for (const step of failure.path as readonly unknown[]) {
      if (typeof at !== 'object' || at === null) break;
      incomplete.add(at);
      at = (at as Record<string, unknown>)[String(step)];
    }
  }
}
