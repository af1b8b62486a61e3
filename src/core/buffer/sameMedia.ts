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

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, each]) => each !== undefined && each !== '' && !(Array.isArray(each) && each.length === 0));
  return Object.fromEntries(said.map(([name, each]) => [name, withoutNothing(each)]));
}
