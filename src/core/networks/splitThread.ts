/**
 * A long text as the parts of a thread, and back. The parts are the text cut through and nothing else, white space and
 * all, so that together they are the text again.
 */

const segmenters = {
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
  grapheme: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
};

/** What is one thing and is never cut: links, addresses, mentions and hashtags. */
const whole = /(?:https?:\/\/|www\.)\S+|[\w.-]+\.\p{L}{2,}\/\S*|[@#＠＃][\p{L}\p{N}_@.-]+/giu;

/**
 * Cuts a text at the ends of sentences where it can, else between words, else between letters.
 * @param fits  whether a part is short enough; asked of parts that grow. What can be cut no further stays, though too long
 * @param most  parts at most; the last one takes the rest
 */
export function splitText(text: string, fits: (part: string) => boolean, most = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest && parts.length < most - 1 && !fits(rest)) {
    const end = cutOf(rest, fits);
    // White space alone is no part.
    if (!rest.slice(end).trim()) break;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

/** The text that parts make. Between two that were not cut from one, there is a space. */
export function joinTexts(parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    const isApart = !text || !part || /\s$/u.test(text) || /^\s/u.test(part) || noSpaces.test(text);
    return text + (isApart ? '' : ' ') + part;
  });
}
/** In these scripts sentences follow each other without a space. */
const noSpaces = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]$/u;

/** Where the longest first part that fits ends; the whole length where nothing can be cut. */
function cutOf(text: string, fits: (part: string) => boolean): number {
  const spans = [...text.matchAll(whole)].map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
  const isWithin = (index: number) => spans.some(({ start, end }) => start < index && index < end);
  let shortest = text.length;
  for (const granularity of ['sentence', 'word', 'grapheme'] as const) {
    let best = 0;
    for (const { index, segment } of segmenters[granularity].segment(text)) {
      const end = index + segment.length;
      if (isWithin(end) || !isBorder(text, end, granularity)) continue;
      const isFitting = fits(text.slice(0, end)) || fits(text.slice(0, end).trimEnd());
      if (!isFitting) {
        if (granularity !== 'sentence' || best === 0) shortest = end;
        break;
      }
      // A beginning of white space alone is no part.
      if (text.slice(0, end).trim()) best = end;
    }
    if (best > 0) return best;
  }
  // The white space behind it goes with it.
  return text.length - text.slice(shortest).trimStart().length;
}

/** A sentence ends before white space, or where its script has none; a word does not end before its full stop. */
function isBorder(text: string, end: number, granularity: 'sentence' | 'word' | 'grapheme'): boolean {
  if (granularity === 'grapheme' || end === text.length) return true;
  const [before, after] = [text.slice(0, end), text.slice(end)];
  const isSpaced = /\s$/u.test(before) && !/^\s/u.test(after);
  return isSpaced || noSpaces.test(before);
}
