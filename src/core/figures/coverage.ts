/** A time of which all that was sent is known, and when that was read. All in milliseconds. */
export interface Covered {
  readonly from: number;
  readonly to: number;
  readonly readAt: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Figures of updates this young still change from day to day. */
const youth = 14 * day;
/** Buffer takes figures in once a day. */
const keepsFor = day;
/** What was sent since then is not looked for by itself: it has no figures yet. */
const newFor = hour;

/** What is known after one more time was read: where two overlap, the later reading holds. */
export function withCovered(covered: readonly Covered[], read: Covered): readonly Covered[] {
  const rest = covered.flatMap((each) =>
    [
      { ...each, to: Math.min(each.to, read.from) },
      { ...each, from: Math.max(each.from, read.to) },
    ].filter(({ from, to }) => from < to),
  );
  return [...rest, read].sort((a, b) => a.from - b.from);
}

/**
 * What has to be read to show a period, latest first: what is not known, and what is young and was read more than a day
 * ago. Older figures hardly move, and are read anew only where somebody asks.
 * @param now  milliseconds
 */
export function toRead(covered: readonly Covered[], period: Span, now: number, isAnew = false): readonly Span[] {
  const end = Math.min(period.to, now);
  if (isAnew) return [{ from: period.from, to: end }];
  const isFresh = ({ to, readAt }: Covered) => readAt > now - keepsFor || to <= now - youth;
  const gaps: Span[] = [];
  let from = period.from;
  const known = covered.flatMap((each) => {
    if (isFresh(each)) return [each];
    // Of what was read long ago, the older part still counts.
    return each.from < now - youth ? [{ ...each, to: now - youth }] : [];
  });
  for (const each of known) {
    if (each.to <= from) continue;
    if (each.from >= end) break;
    if (each.from > from) gaps.push({ from, to: each.from });
    from = Math.max(from, each.to);
  }
  const isMoment = end > now - newFor && end - from < newFor && from > period.from;
  if (from < end && !isMoment) gaps.push({ from, to: end });
  return gaps.reverse();
}

/** Whether all of a period is known, but for what went out a moment ago. */
export function isKnown(covered: readonly Covered[], period: Span, now: number): boolean {
  let from = period.from;
  for (const each of covered) if (each.from <= from) from = Math.max(from, each.to);
  return from >= Math.min(period.to, now - keepsFor);
}

/** When the part of a period that was read first was read; undefined where nothing of it was. */
export function readSince(covered: readonly Covered[], { from, to }: Span): number | undefined {
  const times = covered.filter((each) => each.to > from && each.from < to).map(({ readAt }) => readAt);
  return times.length > 0 ? Math.min(...times) : undefined;
}
