import { isDeepStrictEqual } from 'node:util';
import type { Media } from './model.ts';

/** Whether two media are the same in all that a person sees of them and changes; nothing said is the same as nothing there. */
export function isSameMedia(one: Media | null | undefined, other: Media | null | undefined): boolean {
  return isDeepStrictEqual(partsOf(one), partsOf(other));
}

/** A thumbnail follows from the file. */
function partsOf(media: Media | null | undefined): unknown {
  const { thumbnail: _, ...parts } = media ?? {};
  return withoutNothing(parts);
}

/**
 * A value as it compares where nothing said is the same as nothing there, at any depth: empty words, empty lists and
 * keys without a value (JSON leaves those out).
 */
export function withoutNothing(value: unknown): unknown {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const all = Object.entries(value).map(([name, each]) => [name, withoutNothing(each)] as const);
  return Object.fromEntries(all.filter(([, each]) => each !== undefined));
}
