import type { Day, Item, State } from './state.ts';

/** How the keyboard goes from item to item, by the days that they stand on. */

/** The item that Tab leads to: the one that was last, else the first to come, else the first. */
export function currentIn(days: readonly Day[], { current, now }: Pick<State, 'current' | 'now'>): string | undefined {
  const items = days.flatMap((day) => day.items);
  return (items.find(({ key }) => key === current) ?? items.find(({ at }) => at >= now) ?? items[0])?.key;
}

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

/** The item that lies in a direction: within the day by time, or on the nearest day that has any, at the nearest time of day. */
export function neighbour(days: readonly Day[], key: string, direction: Direction): Item | undefined {
  const index = days.findIndex(({ items }) => items.some((each) => each.key === key));
  const day = days[index];
  if (!day) return undefined;
  const place = day.items.findIndex((each) => each.key === key);
  if (direction === 'first') return day.items[0];
  if (direction === 'last') return day.items.at(-1);
  if (direction === 'up' || direction === 'down') {
    const next = day.items[place + (direction === 'up' ? -1 : 1)];
    if (next) return next;
    const other = nextDay(days, index, direction === 'up' ? -1 : 1);
    return direction === 'up' ? other?.items.at(-1) : other?.items[0];
  }
  const other = nextDay(days, index, direction === 'left' ? -1 : 1);
  const time = day.items[place]!.at - day.start;
  const distance = ({ at }: Item) => Math.abs(at - other!.start - time);
  return other?.items.reduce((nearest, each) => (distance(each) < distance(nearest) ? each : nearest));
}

function nextDay(days: readonly Day[], index: number, by: 1 | -1): Day | undefined {
  for (let next = index + by; days[next]; next += by) if (days[next]!.items.length > 0) return days[next];
  return undefined;
}
