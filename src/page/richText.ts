import { linksIn } from '../core/networks/links.ts';
import { hashtagsIn } from '../core/networks/textHints.ts';

/** A piece of a text, and whether a network would colour it. */
export interface Piece {
  readonly text: string;
  readonly kind: 'plain' | 'link' | 'hashtag' | 'mention';
}

const mentions = /(?<![\p{L}\p{N}_&/#@.])@\w+(?:[.-]+\w+)*(?:@\w+(?:[.-]+\w+)*)?/gu;

/** Cuts a text where links, hashtags and mentions begin and end. */
export function richText(text: string): readonly Piece[] {
  const links = linksIn(text).map((link) => ({ ...link, kind: 'link' as const }));
  const others = [
    ...Array.from(hashtagsIn(text), (tag) => ({ ...tag, kind: 'hashtag' as const })),
    ...Array.from(text.matchAll(mentions), ({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      kind: 'mention' as const,
    })),
  ].filter(({ start, end }) => !links.some((link) => start < link.end && link.start < end));

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
