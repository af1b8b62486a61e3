import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countCharacters } from '../../../src/core/networks/characterCount.ts';
import { joinTexts, splitText } from '../../../src/core/networks/splitThread.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';

console.log(`texts that become threads, seed ${seed}`);

const upTo =
  (limit: number, service = 'bluesky') =>
  (part: string) =>
    countCharacters(part, service, limit).count <= limit;

test.each([
  ['at the ends of sentences', 'One is here. Two is there. Three.', 15, ['One is here. ', 'Two is there. ', 'Three.']],
  ['at as few places as can be', 'One. Two. Three. Four.', 11, ['One. Two. ', 'Three. ', 'Four.']],
  ['at paragraphs, too', 'First line\n\nSecond line', 12, ['First line\n\n', 'Second line']],
  ['between words where a sentence is too long', 'a sentence without any end to it', 12, ['a sentence ', 'without any ', 'end to it']],
  ['between letters where a word is too long', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['not within a link', 'See https://larkspur.example/a?b=1.2!c now', 12, ['See ', 'https://larkspur.example/a?b=1.2!c ', 'now']],
  ['not within a mention', 'Thanks to @larkspur.docs@mastodon.example', 12, ['Thanks to ', '@larkspur.docs@mastodon.example']],
  ['not within an emoji', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2, ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']],
  ['where sentences stand without spaces', '一つ目です。二つ目です。三つ目。', 7, ['一つ目です。', '二つ目です。', '三つ目。']],
  ['nowhere, if it is short enough', 'Short. Enough.', 20, ['Short. Enough.']],
])('cut %s', (_, text, limit, parts) => {
  expect(splitText(text, upTo(limit))).toEqual(parts);
});

test('the parts that there may be at most hold all of it', () => {
  expect(splitText('One. Two. Three. Four.', upTo(5), 2)).toEqual(['One. ', 'Two. Three. Four.']);
});

test('what was typed apart is joined with a space, and what was cut is not', () => {
  expect(joinTexts(['One.', 'Two.', '\nThree.'])).toBe('One. Two.\nThree.');
  expect(joinTexts(['一つ目です。', '二つ目です。'])).toBe('一つ目です。二つ目です。');
});

const words = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-zäé]{1,9}[.,!?]?$/u) },
  fc.constantFrom(
    'https://larkspur.example/a.b?c=1',
    '@wren@mastodon.example',
    '@larkspur',
    '#queue',
    '👩‍💻',
    '🇳🇴',
    'e\u0301',
    '東京。',
    'z\u0335\u0321',
  ),
);
const text = fc
  .array(fc.tuple(words, fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '  ')), { minLength: 1, maxLength: 120 })
  .map((parts) => parts.flat().join('').trimEnd());

test.each(['bluesky', 'twitter', 'mastodon', 'threads'])('any text on %s: each part fits, and together they are the text', (service) => {
  fc.assert(
    fc.property(text, fc.integer({ min: 40, max: 120 }), (whole, limit) => {
      const fits = upTo(limit, service);
      const parts = splitText(whole, fits);
      expect(parts.join('')).toBe(whole);
      expect(joinTexts(parts)).toBe(whole);
      expect(parts.every((part) => fits(part.trimEnd()) && part.trim())).toBe(true);
      for (const link of ['https://larkspur.example/a.b?c=1', '@wren@mastodon.example'])
        expect(parts.join('\u0000').split(link).length).toBe(whole.split(link).length);
    }),
    { seed, numRuns: runs(150) },
  );
});
