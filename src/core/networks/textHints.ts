import type { Service } from '../buffer/model.ts';
import { linksIn } from './links.ts';

/** What a network may refuse in a text that is short enough. */
export type TextHint = 'manyLinks' | 'manyHashtags' | 'brackets' | 'manyBytes' | 'invalidForX' | 'control';

/** https://developers.facebook.com/docs/threads/posts */
const threadsLinks = 5;
/** https://developers.facebook.com/docs/instagram-platform */
const instagramHashtags = 30;
/** Of a video's description (https://developers.google.com/youtube/v3/docs/videos). */
const youtubeBytes = 5000;

/** Buffer refuses control characters but white space (https://developers.buffer.com/guides/character-limits). */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0001-\u0008\u000e-\u001f]/u;
const invalidForX = /[\ufffe\ufeff\uffff]/u;

/** What should be known before a text is sent; none of it stands in the way. */
export function textHints(text: string, service: Service): readonly TextHint[] {
  const hints: TextHint[] = [];
  const add = (hint: TextHint, isSo: boolean) => isSo && hints.push(hint);
  add('control', control.test(text));
  if (service === 'twitter') add('invalidForX', invalidForX.test(text));
  if (service === 'threads') add('manyLinks', new Set(linksIn(text).map(({ start, end }) => text.slice(start, end))).size > threadsLinks);
  if (service === 'instagram') add('manyHashtags', [...hashtagsIn(text)].length > instagramHashtags);
  if (service === 'youtube') {
    add('brackets', /[<>]/u.test(text));
    add('manyBytes', new TextEncoder().encode(text).length > youtubeBytes);
  }
  return hints;
}

/** A letter of a hashtag: also the marks, joiners and middle dots of scripts that need them, as X's library has them. */
const letter = String.raw`[\p{L}\p{M}\p{N}_\u200c\u200d\u3003\u30fb\u00b7\u05be\u05f3\u05f4\uff5e\u301c\uff3f\u0f0b\u0f0c\ua67e]`;
const hashtag = new RegExp(
  `(?<!${letter}(?<![\\ufe0e\\ufe0f])|&|/)[#＃](?![\\ufe0f\\u20e3])(?=${letter}*[\\p{L}\\p{M}])${letter}+(?!${letter}|[#＃]|://)`,
  'gu',
);

/** Where the hashtags of a text are, by the rules of X's library (twitter-text). */
export function* hashtagsIn(text: string): Iterable<{ readonly start: number; readonly end: number }> {
  for (const { 0: found, index } of text.matchAll(hashtag)) yield { start: index, end: index + found.length };
}
