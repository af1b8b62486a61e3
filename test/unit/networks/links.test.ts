import * as fc from 'fast-check';
import twitter from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { countCharacters } from '../../../src/core/networks/characterCount.ts';
import { linksIn } from '../../../src/core/networks/links.ts';
import { mastodonSpans } from '../../../src/core/networks/mastodonSpans.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';

console.log(`links, seed ${seed}`);

test('links are those that X’s library finds, also beside endless words', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      ' ',
      '.',
      '-',
      '@',
      '/',
      '?',
      ':',
      'https://',
      'example.com',
      'https://example.com/a',
      '日本',
      '。',
      'a.',
      '_',
      '#',
      'é',
      '🦆',
    ),
    fc
      .tuple(fc.constantFrom('a', 'a.', '語', 'a-', '.', 'x_'), fc.integer({ min: 200, max: 700 }))
      .map(([part, often]) => `${part.repeat(often)} `),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      const theirs = twitter.extractUrlsWithIndices(text).map(({ indices: [start, end] }) => ({ start, end }));
      expect(linksIn(text)).toEqual(theirs);
    }),
    { seed, numRuns: runs(150) },
  );
});

test('endless words are counted in about the time that so many letters of another script take', () => {
  const timeOf = (text: string, service: string) => {
    const begin = performance.now();
    countCharacters(text, service);
    return performance.now() - begin;
  };
  const often = 50_000;
  // Each of them took seconds where the time grew with the square of the length.
  const usual = Math.max(timeOf('語'.repeat(2 * often), 'twitter'), timeOf('語'.repeat(2 * often), 'bluesky'), 50);
  for (const service of ['twitter', 'mastodon'])
    for (const text of [
      'a.'.repeat(often),
      `@${'a.'.repeat(often)}`,
      `@${'a'.repeat(2 * often)}`,
      'a-'.repeat(often),
      '@a'.repeat(often),
      `https://a.co/${'(a'.repeat(often)}`,
    ])
      expect(timeOf(text, service), text.slice(0, 20)).toBeLessThan(10 * usual);
});

describe('as Mastodon counts', () => {
  const spans = (text: string) => mastodonSpans(text).map(({ start, end, weight }) => [text.slice(start, end), weight]);

  // Each from Mastodon's StatusLengthValidator, Account::MENTION_RE or its pattern of links.
  test.each([
    ['@a@b.example hi', [['@a@b.example', 2]]],
    ['@name@bücher.example', [['@name@bücher.example', 5]]],
    ['@name@例え.テスト', [['@name@例え.テスト', 5]]],
    ['a=@u@d', []],
    ['a/@u@d.example', []],
    ['mail a@b.example', []],
    ['@first.last@b.example.', [['@first.last@b.example', 11]]],
    ['@a@b.example@c', []],
    ['https://example.com/路/径 end', [['https://example.com/路/径', 23]]],
    ['https://example.com/a#{b}', [['https://example.com/a#{b}', 23]]],
    ['see https://example.com/a_(b), then', [['https://example.com/a_(b)', 23]]],
    ['https://example.com/a?q=é&b=1.', [['https://example.com/a?q=é&b=1', 23]]],
    ['https://example.com:8080/x', [['https://example.com:8080/x', 23]]],
    ['gemini://example.com/very/long/path/to/somewhere', [['gemini://example.com/very/long/path/to/somewhere', 23]]],
    ['example.com', []],
    ['xhttps://example.com', []],
    ['magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a', []],
    ['xmpp:name@example.com', []],
    ['https://example.com/@name@example.social', [['https://example.com/@name@example.social', 23]]],
  ])('%j', (text, expected) => {
    expect(spans(text)).toEqual(expected);
  });
});
