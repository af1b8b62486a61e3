import twitter from 'twitter-text';

/** A piece of a text, and whether a network would colour it. */
export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'link' | 'hashtag' | 'mention';
}

const tags = /(?<![\p{L}\p{N}_&/#@.])(?:#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*|@[A-Za-z0-9_](?:[\w.-]*\w)?(?:@[\w.-]*\w)?)/gu;

/** Cuts a text where links, hashtags and mentions begin and end. */
export function richText(text: string): readonly Piece[] {
  const links = twitter.extractUrlsWithIndices(text).map(({ indices: [start, end] }) => ({ start, end, kind: 'link' as const }));
  const others = [...text.matchAll(tags)]
    .map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      kind: found.startsWith('#') ? ('hashtag' as const) : ('mention' as const),
    }))
    .filter(({ start, end }) => !links.some((link) => start < link.end && link.start < end));

  const pieces: Piece[] = [];
  let end = 0;
  const plainUntil = (index: number) => {
    if (index > end) pieces.push({ text: text.slice(end, index), kind: 'plain' });
  };
  for (const span of [...links, ...others].sort((a, b) => a.start - b.start)) {
    plainUntil(span.start);
    pieces.push({ text: text.slice(span.start, span.end), kind: span.kind });
    end = span.end;
  }
  plainUntil(text.length);
  return pieces;
}
