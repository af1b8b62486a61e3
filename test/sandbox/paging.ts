import { failure } from './graphqlErrors.ts';

const defaultFirst = 20;
const maxFirst = 100;

export interface Page<T> {
  readonly edges: readonly { cursor: string; node: T }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** What a thing is sorted by; null comes last in either direction. */
export type Key = number | null;

export interface Order<T> {
  /** Names the order; a cursor of another order is of no use. */
  readonly name: string;
  readonly directions: readonly ('asc' | 'desc')[];
  readonly keysOf: (item: T) => readonly Key[];
}

interface Place {
  readonly order: string;
  readonly keys: readonly Key[];
  readonly id: string;
}

/**
 * One page of a list, the Relay way. A cursor holds where in the order it was, so that it stays good
 * when the list changes, even when what it was taken from is gone.
 */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  order: Order<T>,
  { first, after }: { first?: number | null; after?: string | null },
): Page<T> {
  const count = first ?? defaultFirst;
  if (count < 1 || count > maxFirst) throw failure('BAD_USER_INPUT', `first must be from 1 to ${maxFirst}.`);
  const from = after == null ? undefined : read(after, order.name);
  const placeOf = (item: T): Place => ({ order: order.name, keys: order.keysOf(item), id: item.id });
  const sorted = items.map((item) => ({ item, place: placeOf(item) })).sort((a, b) => compare(a.place, b.place, order.directions));
  const rest = from ? sorted.filter(({ place }) => compare(place, from, order.directions) > 0) : sorted;
  const edges = rest.slice(0, count).map(({ item, place }) => ({ cursor: write(place), node: item }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rest.length > count,
      hasPreviousPage: rest.length < sorted.length,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function compare(a: Place, b: Place, directions: Order<never>['directions']): number {
  for (const [index, direction] of directions.entries()) {
    const [left, right] = [a.keys[index] ?? null, b.keys[index] ?? null];
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return direction === 'asc' ? left - right : right - left;
  }
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function write(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function read(cursor: string, order: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Place;
    if (place.order === order && Array.isArray(place.keys)) return place;
  } catch {
    // Not one of ours.
  }
  throw failure('BAD_USER_INPUT', 'after is not a cursor of this list.');
}
