import type { Figures } from './model.ts';

/** What goes by another name since all networks have the same ones; the old names end on 2026-12-01. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['favorites', 'reactions'],
  ['retweets', 'reposts'],
  ['reblogs', 'reposts'],
  ['replies', 'comments'],
  ['repins', 'saves'],
  ['reshares', 'shares'],
  ['link_clicks', 'clicks'],
]);

/** Of sums alone, and what has no name. */
const notCounted = new Set(['postCount', 'other']);

/** What can be the name of one, in both services. */
const namePattern = /^[a-z]\w{0,40}$/iu;

/** The longest that most networks take: of thousands of updates are kept, and what is longer is cut off with an ellipsis. */
const longestText = 3_000;

/**
 * Figures under the names that Buffer has for them on all networks.
 * @returns undefined where there are none
 */
export function inBuffersWords(told: readonly (readonly [name: string, value: number])[]): Figures | undefined {
  const found = new Map(told.filter(([name]) => namePattern.test(name) && !notCounted.has(name)));
  for (const [old, name] of renamed) {
    const value = found.get(old);
    if (value === undefined) continue;
    found.delete(old);
    if (!found.has(name)) found.set(name, value);
  }
  // Facebook tells likes beside all reactions; elsewhere they are the same.
  const likes = found.get('likes');
  if (likes !== undefined && !found.has('reactions')) {
    found.delete('likes');
    found.set('reactions', likes);
  }
  return found.size > 0 ? Object.fromEntries(found) : undefined;
}

/** As much of an update's text as is kept beside its figures. */
export function shownText(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1).toWellFormed()}…` : text;
}
