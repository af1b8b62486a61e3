import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Media, NetworkDetails, Update } from '../../../src/core/buffer/model.ts';
import { isSameText } from '../../../src/core/buffer/sameText.ts';
import { isAsSent } from '../../../src/core/delivery/sameUpdate.ts';
import { isAsWanted } from '../../../src/core/queue/asWanted.ts';

vi.setConfig({ testTimeout: 30_000 });

const word = fc.string({ unit: fc.constantFrom(...'abcxyzäß🦆'), minLength: 1, maxLength: 8 });
const longLink = fc
  .tuple(
    fc.constantFrom('example.com', 'www.example.org:8443', 'blog.example.co.uk', 'bücher.example'),
    fc.constantFrom('a-page-with-a-long-name', 'another-page-of-that-kind', 'something_else_entirely'),
    fc.constantFrom('', '?id=7', '?a=b&c=%20', '#part', '/', '/x.html?q=1#y'),
  )
  .map(([host, path, rest]) => `https://${host}/a/${path}${rest}`);
const shortLink = fc.constantFrom(
  'https://lnkd.in/eX4mpL3',
  'https://buff.ly/3xYz12A',
  'https://bit.ly/abc-DEF',
  'https://t.co/aB3dE5fG7h',
  'https://exm.pl/2abcDEF',
  'http://www.ow.ly/x1Y2z',
);
const around = fc.constantFrom<[string, string]>(['', ''], ['(', ')'], ['', '.'], ['', '!'], ['“', '”'], ['', ',']);
type Part = { readonly link?: string; readonly text: string };
const parts: fc.Arbitrary<Part[]> = fc.array(
  fc.oneof(
    word.map((text): Part => ({ text })),
    fc.tuple(longLink, around).map(([link, [before, after]]): Part => ({ link, text: `${before}${link}${after}` })),
  ),
  { minLength: 1, maxLength: 10 },
);
const textOf = (all: readonly Part[]) => all.map(({ text }) => text).join(' ');

describe('a text', () => {
  test('is the same when any of its links were shortened, and its white space changed', () => {
    fc.assert(
      fc.property(
        parts,
        fc.array(fc.option(shortLink), { minLength: 10, maxLength: 10 }),
        fc.constantFrom(' ', '  ', '\n', ' \n'),
        (all, shorts, space) => {
          const text = textOf(all);
          const shortened = all
            .map(({ link, text: own }, index) => (link && shorts[index] ? own.replace(link, () => shorts[index]!) : own))
            .join(space);
          expect(isSameText(text, ` ${shortened}\n`)).toBe(true);
          expect(isSameText(shortened, text)).toBe(true);
        },
      ),
    );
  });

  test('is another when a word is another, is left out or is added', () => {
    fc.assert(
      fc.property(parts, fc.nat(), word, (all, at, other) => {
        const index = at % all.length;
        const changed = all.with(index, { text: all[index]!.link ? all[index]!.text : `${all[index]!.text}${other}` });
        expect(isSameText(textOf(all), textOf([...all.slice(0, index), { text: other }, ...all.slice(index)]))).toBe(false);
        if (!all[index]!.link) expect(isSameText(textOf(all), textOf(changed))).toBe(false);
        if (all.length > 1) expect(isSameText(textOf(all), textOf(all.toSpliced(index, 1)))).toBe(false);
      }),
    );
  });

  test('is compared by its beginning as it is as a whole', () => {
    const bits = ['a', 'e', 'h', 'H', ' ', '\n', 'é', 'e\u0301', '\u0301', '\u0323', '.', 'https://example.com/a', 'https://bit.ly/a'];
    const text = fc.array(fc.constantFrom(...bits), { maxLength: 4 }).map((each) => each.join(''));
    // Nothing is told from a beginning that is no plain letter.
    const asWhole = (a: string, b: string) => isSameText(`ß${a.trimStart()}`, `ß${b.trimStart()}`);
    const compared = fc.property(text, text, (a, b) => isSameText(a, b) === asWhole(a, b));
    const examples: [string, string][] = [
      ['e\u0301', 'é'],
      ['ah\u0323', 'aḥ'],
      [' a\n', 'a'],
      ['ahttps://bit.ly/a', 'ahttps://example.com/a'],
    ];
    fc.assert(compared, { numRuns: 2_000, examples });
  });

  test.each<[string, string, boolean]>([
    ['See https://example.com/a/long/page.', 'See https://buff.ly/3xYz12A.', true],
    ['See https://example.com/a/long/page.', 'See https://buff.ly/3xYz12A', false],
    ['See https://example.com/one/page/of/two', 'See https://example.com/another/page/of/two', false],
    ['See https://example.com/one/page/of/two', 'See https://example.com/one/page/of/two/?utm_source=x&utm_medium=y', true],
    ['See https://example.com/one/page/of/two?id=1', 'See https://example.com/one/page/of/two?id=2', false],
    ['https://example.com/a/long/page and https://example.com/b/long/page', 'https://lnkd.in/abcdef and https://lnkd.in/ghijkl', true],
    ['https://example.com/a/long/page and more', 'https://lnkd.in/abcdef', false],
    ['No link', 'No link', true],
    ['Cafe\u0301', 'Café', true],
    ['', '', true],
    ['', ' ', true],
    ['', 'https://buff.ly/3xYz12A', false],
  ])('%j and %j: %s', (a, b, isSame) => {
    expect([isSameText(a, b), isSameText(b, a)]).toEqual([isSame, isSame]);
  });
});

const update = (rest: Partial<Update>): Update => ({
  id: 'u',
  profileId: 'p',
  service: 'bluesky',
  status: 'pending',
  text: 'Words',
  createdAt: new Date(0),
  statistics: {},
  ...rest,
});

test.each<[string, { media?: Media; details?: NetworkDetails }, Partial<Update>, boolean]>([
  ['nothing but its text', {}, {}, true],
  ['another text', {}, { text: 'Others' }, false],
  ['a picture where none was sent', {}, { media: { picture: 'https://x.example/a.png' } }, false],
  [
    'the picture at another address',
    { media: { picture: 'https://x.example/a.png' } },
    { media: { picture: 'https://cdn.example/1.png' } },
    true,
  ],
  ['a picture that the service does not tell of', { media: { picture: 'https://x.example/a.png' } }, {}, true],
  [
    'more pictures',
    { media: { picture: 'https://x.example/a.png' } },
    {
      attachments: [
        { kind: 'picture', url: 'a' },
        { kind: 'picture', url: 'b' },
      ],
    },
    false,
  ],
  [
    'as many pictures, all of them elsewhere',
    { media: { picture: 'https://x.example/a.png', more: [{ url: 'https://x.example/b.png' }] } },
    {
      attachments: [
        { kind: 'picture', url: 'a' },
        { kind: 'picture', url: 'b' },
      ],
    },
    true,
  ],
  [
    'a card of the service’s whose picture it tells as a file',
    {},
    { media: { link: 'https://x.example' }, attachments: [{ kind: 'picture', url: 'a' }] },
    true,
  ],
  [
    'a video instead of a picture',
    { media: { picture: 'https://x.example/a.png' } },
    { media: { video: 'https://x.example/a.mp4' } },
    false,
  ],
  [
    'a card that the service made of a link in the text',
    {},
    { media: { link: 'https://x.example', picture: 'https://x.example/a.png' } },
    true,
  ],
  ['the link, shortened', { media: { link: 'https://x.example/a/long/page' } }, { media: { link: 'https://buff.ly/3xYz12A' } }, true],
  ['another link', { media: { link: 'https://x.example/a/long/page' } }, { media: { link: 'https://x.example/another/long/page' } }, false],
  ['its thread', { details: { thread: ['One', 'Two'] } }, { details: { thread: ['One', 'Two '] } }, true],
  ['another thread', { details: { thread: ['One', 'Two'] } }, { details: { thread: ['One', 'Three'] } }, false],
  ['a shorter thread', { details: { thread: ['One', 'Two'] } }, { details: { thread: ['One'] } }, false],
  ['a thread that the service does not tell of', { details: { thread: ['One'] } }, {}, true],
])('an update with %s', (_name, sent, found, isIt) => {
  expect(isAsSent({ text: 'Words', ...sent }, update(found))).toBe(isIt);
});

test.each<[string, string | null, string | undefined, string | undefined, boolean]>([
  ['a new picture that was moved', 'https://x.example/new.png', 'https://cdn.example/old.png', 'https://cdn.example/1.png', true],
  ['a new picture that did not come', 'https://x.example/new.png', 'https://cdn.example/old.png', 'https://cdn.example/old.png', false],
  ['the picture of before', 'https://cdn.example/old.png', 'https://cdn.example/old.png', 'https://cdn.example/moved.png', true],
  ['no picture any more', null, 'https://cdn.example/old.png', undefined, true],
  ['no picture any more, and it is there', null, 'https://cdn.example/old.png', 'https://cdn.example/old.png', false],
])('an edit that wanted %s', (_name, wanted, before, now, isDone) => {
  const change = { media: wanted === null ? null : { picture: wanted } };
  expect(isAsWanted(change, update({ media: { picture: before } }), update({ media: { picture: now } }))).toBe(isDone);
});
