import { describe, expect, test } from 'vitest';
import { hashtagsIn, textHints } from '../../../src/core/networks/textHints.ts';
import { unsendableIn } from '../../../src/core/networks/unsendable.ts';

const manyLinks = (count: number) => Array.from({ length: count }, (_, index) => `https://example.com/${index}`).join(' ');
const manyTags = (count: number) => Array.from({ length: count }, (_, index) => `#tag${index}`).join(' ');

describe('what a network may refuse', () => {
  test.each([
    ['threads', manyLinks(5), []],
    ['threads', manyLinks(6), ['manyLinks']],
    ['linkedin', manyLinks(6), []],
    ['instagram', manyTags(30), []],
    ['instagram', manyTags(31), ['manyHashtags']],
    ['youtube', 'a < b', ['brackets']],
    ['youtube', 'é'.repeat(2500), []],
    ['youtube', 'é'.repeat(2501), ['manyBytes']],
    ['twitter', 'a\ufeffb', ['invalidForX']],
    ['twitter', 'a\ufffeb', ['invalidForX']],
    ['mastodon', 'a\ufeffb', []],
    ['mastodon', 'a\u0007b', ['control']],
    ['mastodon', 'a\tb\r\nc', []],
  ])('%s: %j', (service, text, hints) => {
    expect(textHints(text, service)).toEqual(hints);
  });
});

test.each([
  ['#हिन्दी है', ['#हिन्दी']],
  ['＃日本 と', ['＃日本']],
  ['a #tag, #two_2 and #3', ['#tag', '#two_2']],
  ['a#b &#38; https://example.com/#c', []],
  ['#️⃣ #ของขวัญ', ['#ของขวัญ']],
  // Right behind an emoji, and none that another sign of its kind ends.
  ['❤️#love ☀️#sun 👍#yes', ['#love', '#sun', '#yes']],
  ['#tag# #tag://x', []],
])('hashtags are those of X’s library: %j', (text, expected) => {
  expect(Array.from(hashtagsIn(text), ({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test('NUL and half a character cannot be sent, and the place is told', () => {
  expect(unsendableIn('one\ntwo\u0000')).toEqual({ name: 'U+0000', line: 2, column: 4 });
  expect(unsendableIn('a\ud83d')).toEqual({ name: 'U+D83D', line: 1, column: 2 });
  expect(unsendableIn('\udc4d')).toEqual({ name: 'U+DC4D', line: 1, column: 1 });
  expect(unsendableIn('a 👍 b')).toBeUndefined();
});
