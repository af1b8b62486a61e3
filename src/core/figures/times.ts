import type { MeasuredUpdate } from '../buffer/model.ts';
import { wallClockAt } from '../time/wallClock.ts';
import { averageOf, totalOf } from './sums.ts';

/** What went out at one hour of one weekday. */
export interface Cell {
  readonly posts: number;
  /** Of one update on average; undefined where none has it. */
  readonly average?: number;
}

/** Day of the week, Monday first, by hour of the day: how updates did that went out then, by the clocks of their profiles. */
export function heatMap(
  updates: readonly MeasuredUpdate[],
  name: string,
  zoneOf: (profileId: string) => string,
): readonly (readonly Cell[])[] {
  const cells: MeasuredUpdate[][][] = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => []));
  for (const update of updates) {
    const wall = wallClockAt(update.sentAt, zoneOf(update.profileId));
    cells[(wall.getUTCDay() + 6) % 7]![wall.getUTCHours()]!.push(update);
  }
  return cells.map((day) => day.map((each): Cell => ({ posts: each.length, average: averageOf(each, name) })));
}

/** What went out on one day or in one week. */
export interface Point {
  /** The first moment of it by UTC, as a day of the calendar: no instant. Milliseconds. */
  readonly day: number;
  readonly posts: number;
  readonly total?: number;
  /** The period has all of it, and figures hardly grow any more: a smaller total is less, not unfinished. */
  readonly isWhole: boolean;
}

const day = 86_400_000;
/** What an update gets, it gets in its first days. */
const growth = 3 * day;
/** Longer periods are shown by weeks. */
const mostDays = 45;

/**
 * One figure over time, by the day on which updates went out by the clocks of their profiles; days without any are there
 * too.
 */
export function overTime(
  updates: readonly MeasuredUpdate[],
  name: string,
  { from, to, asOf = to }: { readonly from: number; readonly to: number; readonly asOf?: number | undefined },
  zoneOf: (profileId: string) => string,
): { readonly points: readonly Point[]; readonly step: 'day' | 'week' } {
  const step = to - from > mostDays * day ? 'week' : 'day';
  const length = step === 'week' ? 7 * day : day;
  // 5 January 1970 was a Monday.
  const start = step === 'week' ? 4 * day : 0;
  const slotOf = (time: number) => Math.floor((time - start) / length);
  const bySlot = new Map<number, MeasuredUpdate[]>();
  for (const update of updates) {
    const slot = slotOf(wallClockAt(update.sentAt, zoneOf(update.profileId)).getTime());
    const all = bySlot.get(slot);
    if (all) all.push(update);
    else bySlot.set(slot, [update]);
  }
  const slots = [...bySlot.keys(), slotOf(from), slotOf(to - 1)];
  const [first, last] = [Math.min(...slots), Math.max(...slots)];
  const points = Array.from({ length: last - first + 1 }, (_, index): Point => {
    const all = bySlot.get(first + index) ?? [];
    const begins = (first + index) * length + start;
    const isWhole =
      begins >= from &&
      begins + length <= to &&
      !all.some(({ sentAt, measuredAt }) => (measuredAt?.getTime() ?? asOf) - sentAt.getTime() < growth);
    return { day: begins, posts: all.length, total: totalOf(all, name), isWhole };
  });
  return { points, step };
}
