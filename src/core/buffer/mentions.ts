import type { Mention, Update } from './model.ts';

/** Where something stands in a text, in UTF-16 units. */
export type Span = Pick<Mention, 'start' | 'end'>;

/** How much of two texts is the same at their beginnings and, behind that, at their ends. */
export function commonEnds(before: string, after: string): { readonly head: number; readonly tail: number } {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { head, tail };
}

/**
 * Where a part of a text stands after the text was changed; undefined where the change went through it. A change on both
 * sides of it is none, as long as its words are there once.
 */
export function movedSpan({ start, end }: Span, before: string, after: string): Span | undefined {
  const { head, tail } = commonEnds(before, after);
  if (end <= head) return { start, end };
  // One that is nowhere in the text says nothing of it.
  if (start < before.length - tail && start < before.length) return onlyPlace(before.slice(start, end), before, after);
  const by = after.length - before.length;
  return { start: start + by, end: end + by };
}

/** Where words stand as words of their own, if they stood at one place and do so again. */
function onlyPlace(words: string, before: string, after: string): Span | undefined {
  const start = after.indexOf(words);
  const isOnce = (text: string) => text.indexOf(words) === text.lastIndexOf(words);
  if (!words.trim() || !words.isWellFormed() || start < 0 || !isOnce(before) || !isOnce(after)) return undefined;
  const end = start + words.length;
  const isPartOfWord = /[\p{L}\p{N}]$/u.test(after.slice(0, start)) || /^[\p{L}\p{N}]/u.test(after.slice(end));
  return isPartOfWord ? undefined : { start, end };
}

/** The words of those who an update mentions, and would not any more with another text. */
export function lostMentions({ text, mentions = [] }: Pick<Update, 'text' | 'mentions'>, after: string): readonly string[] {
  if (text === after) return [];
  return mentions.filter((each) => movedSpan(each, text, after) === undefined).map((each) => each.text);
}
