import * as fc from 'fast-check';
import twitter from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { characterLimit, countCharacters, countWarning, limitBeside } from '../../../src/core/networks/characterCount.ts';
import { runs } from '../support/runs.ts';

const count = (text: string, service: string) => countCharacters(text, service).count;
const family = '👨‍👩‍👧‍👦';

describe('as each network counts', () => {
  test.each([
    // https://docs.x.com/fundamentals/counting-characters
    ['twitter', 'plain', 5],
    ['twitter', 'https://example.com', 23],
    ['twitter', 'https://example.com/very/long/path/that/goes/on/and/on', 23],
    ['twitter', 'see example.com now', 4 + 23 + 4],
    ['twitter', '👾', 2],
    ['twitter', '🙋🏽', 2],
    ['twitter', family, 2],
    ['twitter', '日本語', 6],
    ['twitter', 'cafe\u0301', 4],
    ['twitter', 'line\nbreak', 10],
    // app.bsky.feed.post: maxGraphemes
    ['bluesky', family, 1],
    ['bluesky', 'https://example.com', 19],
    ['bluesky', 'e\u0301', 1],
    // https://docs.joinmastodon.org/user/posting/
    ['mastodon', 'https://example.com/a/path/longer/than/twenty-three', 23],
    ['mastodon', 'example.com', 11],
    ['mastodon', '@name@example.social hi', 8],
    ['mastodon', 'https://example.com/@name@example.social', 23],
    [`mastodon`, family, 1],
    // https://developers.facebook.com/docs/threads/posts
    ['threads', 'word', 4],
    ['threads', '👍', 4],
    ['threads', 'é', 1],
    ['threads', '日本', 2],
    ['threads', '1️⃣', 7],
    // 495 letters and three of these were refused as 504.
    ['threads', '’', 3],
    // https://developers.buffer.com/guides/character-limits: UTF-16 units
    ['linkedin', '👍', 2],
    ['linkedin', '𝗯𝗼𝗹𝗱', 8],
    ['facebook', 'https://example.com', 19],
    ['unheard-of', 'abc', 3],
  ])('%s: %j counts %i', (service, text, expected) => {
    expect(count(text, service)).toBe(expected);
  });
});

describe('where it overflows', () => {
  test.each([
    ['twitter', 280, 280],
    ['bluesky', 300, 300],
    ['mastodon', 500, 500],
    ['threads', 500, 500],
    ['linkedin', 3000, 3000],
  ])('%s takes %i letters, and not one more', (service, limit, index) => {
    expect(countCharacters('x'.repeat(limit), service)).toEqual({ count: limit, limit, overflowsAt: undefined });
    expect(countCharacters('x'.repeat(limit + 5), service)).toEqual({ count: limit + 5, limit, overflowsAt: index });
  });

  // The limits that X's conformance suite asks of a counter (twitter-text, conformance/validate.yml), on texts of ours.
  test('X takes 140 characters of double weight, and not one more', () => {
    expect(countCharacters('語'.repeat(140), 'twitter')).toMatchObject({ count: 280, overflowsAt: undefined });
    expect(countCharacters('語'.repeat(141), 'twitter').overflowsAt).toBe(140);
    expect(countCharacters('🦆'.repeat(140), 'twitter')).toMatchObject({ count: 280, overflowsAt: undefined });
    expect(countCharacters('🦆'.repeat(141), 'twitter').overflowsAt).toBe(280);
  });

  test('X counts each of several links as 23, with or without a protocol, and a line break as one', () => {
    const text = 'one https://example.com\ntwo http://example.org/a three example.net';
    expect(countCharacters(text, 'twitter').count).toBe('one '.length + 23 + '\ntwo '.length + 23 + ' three '.length + 23);
  });

  test('Bluesky takes 3,000 bytes as well as 300 characters', () => {
    expect(countCharacters(family.repeat(120), 'bluesky')).toEqual({ count: 120, limit: 300, overflowsAt: undefined });
    expect(countCharacters(family.repeat(121), 'bluesky')).toEqual({ count: 3025, limit: 3000, overflowsAt: 120 * family.length });
  });

  test('a content warning takes of the room in full, links and mentions too', () => {
    expect(countWarning('https://example.com/a/b @name@example.social')).toBe(44);
    expect(countWarning(family)).toBe(1);
  });

  test('TikTok takes 2,200 characters beside a video, else 4,000', () => {
    const limit = characterLimit({ service: 'tiktok', serviceType: 'business' });
    expect(limitBeside({ picture: 'https://example.com/a.png' }, 'tiktok', limit)).toBe(4000);
    expect(limitBeside({ video: 'https://example.com/a.mp4' }, 'tiktok', limit)).toBe(2200);
    expect(limitBeside({ video: 'https://example.com/a.mp4' }, 'linkedin', 3000)).toBe(3000);
  });

  test('an emoji that does not fit overflows whole', () => {
    expect(countCharacters('x'.repeat(279) + family, 'twitter').overflowsAt).toBe(279);
  });

  test('the limit of a profile is the service’s where it names one', () => {
    expect(characterLimit({ service: 'mastodon', serviceType: 'profile', characters: 120 })).toBe(120);
    expect(characterLimit({ service: 'bluesky', serviceType: 'profile' })).toBe(300);
    expect(characterLimit({ service: 'unheard-of', serviceType: 'profile' })).toBe(Number.POSITIVE_INFINITY);
  });

  test('what v1 tells of a network counts where it allows for more than the table, or the table does not know it', () => {
    const known = fc.constantFrom('twitter', 'linkedin', 'facebook', 'mastodon', 'bluesky', 'threads', 'instagram', 'pinterest', 'google');
    const types = fc.constantFrom('profile', 'page', 'group', 'unheard-of');
    fc.assert(
      fc.property(known, types, types, fc.integer({ min: 1, max: 30_000 }), (service, serviceType, told, characters) => {
        const configuration = { limits: { [service]: { [told]: { characters } }, 'unheard-of': { profile: { characters } } } };
        expect(characterLimit({ service, serviceType }, configuration)).toBe(
          Math.max(characters, characterLimit({ service, serviceType })),
        );
        expect(characterLimit({ service: 'unheard-of', serviceType }, configuration)).toBe(characters);
      }),
    );
  });
});

const services = fc.constantFrom('twitter', 'bluesky', 'mastodon', 'threads', 'linkedin');
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(' https://example.com/a?b#c ', ' @a@b.example ', ' example.com ', '\n', family, '🇮🇸', '日本'),
    ),
  )
  .map((parts) => parts.join(''));

test('what fits before the overflow is within the limit, for any text', () => {
  fc.assert(
    fc.property(texts, services, fc.integer({ min: 1, max: 60 }), (text, service, limit) => {
      const { count: counted, overflowsAt } = countCharacters(text, service, limit);
      expect(overflowsAt !== undefined).toBe(counted > limit);
      if (overflowsAt !== undefined) expect(overflowsAt).toBeLessThan(text.length);
    }),
  );
});

test('graphemes are those of the whole text, whatever stands beside plain letters', () => {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  // Marks that join what is before or behind them, line breaks of two, and plain letters between all of them.
  const pieces = fc.constantFrom(
    'a',
    '1',
    ' ',
    '\r\n',
    '\r',
    '\n',
    '\u0301',
    '\u200d',
    '\u20e3',
    '\u0600',
    '\ufe0f',
    'é',
    '👍',
    '🏽',
    '🇮',
    '한',
    family,
  );
  const anyUnit = fc.nat(0xff_ff).map((unit) => String.fromCharCode(unit));
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, anyUnit)), fc.nat(20), (parts, limit) => {
      const text = parts.join('');
      const whole = [...graphemes.segment(text)];
      expect(countCharacters(text, 'bluesky', limit)).toEqual({ count: whole.length, limit, overflowsAt: whole[limit]?.index });
    }),
    { numRuns: runs(200) },
  );
});

test('X counts as its own library does, for texts of letters, links and emoji', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(count(text, 'twitter')).toBe(twitter.parseTweet(text).weightedLength);
    }),
  );
});
