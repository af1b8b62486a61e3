import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Media, NetworkDetails } from '../../../src/core/buffer/model.ts';
import {
  defaultDetails,
  fieldsFor,
  missingFor,
  networkNeeds,
  takenDetails,
  withDefaults,
  youtubeCategories,
} from '../../../src/core/networks/networkNeeds.ts';

const services = [
  'twitter',
  'bluesky',
  'mastodon',
  'threads',
  'facebook',
  'linkedin',
  'instagram',
  'tiktok',
  'pinterest',
  'youtube',
  'googlebusiness',
];
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const words = fc.constantFrom('', ' ', 'words', 'see https://example.com now');

const details: fc.Arbitrary<NetworkDetails> = fc.record(
  {
    type: maybe(fc.constantFrom('post', 'reel', 'story', 'whats_new', 'offer', 'event', '', 'toString')),
    shareToFeed: maybe(fc.boolean()),
    firstComment: maybe(words),
    thread: maybe(fc.array(words)),
    board: maybe(words),
    title: maybe(words),
    link: maybe(words),
    category: maybe(fc.constantFrom('', ...Object.keys(youtubeCategories))),
    privacy: maybe(fc.constantFrom('public', 'unlisted', 'private')),
    isMadeForKids: maybe(fc.boolean()),
    button: maybe(fc.constantFrom('none', 'learn_more', 'call')),
    startsAt: maybe(fc.date({ noInvalidDate: false })),
    endsAt: maybe(fc.date({ noInvalidDate: false })),
    spoiler: maybe(words),
  },
  { requiredKeys: [] },
);
const media: fc.Arbitrary<Media> = fc.oneof(
  fc.constant({}),
  fc.constant({ link: 'https://example.com' }),
  fc.constant({ link: 'https://example.com', picture: 'https://example.com/a.png' }),
  fc.constant({ picture: 'https://example.com/a.png' }),
  fc.constant({ video: 'https://example.com/a.mp4' }),
);
const filled = (value: unknown) =>
  value instanceof Date ? !Number.isNaN(value.getTime()) : typeof value === 'string' ? value.trim() !== '' : value !== undefined;

describe('whatever is written', () => {
  test('with nothing missing, each required field is filled, and what must be attached is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...services), words, media, details, (service, text, media, details) => {
        fc.pre(missingFor(service, { text, media, details }).length === 0);
        const all = withDefaults(service, details);
        for (const { name, isRequired } of fieldsFor(service, details))
          if (isRequired) expect(filled(all[name]) || (name === 'link' && media.link !== undefined)).toBe(true);
        const { attach, needsText } = networkNeeds(service);
        const attached = [...(media.picture && !media.link ? ['picture'] : []), ...(media.video ? ['video'] : [])];
        if (attach) expect(attach.some((each) => attached.includes(each))).toBe(true);
        if (needsText) expect(text.trim()).not.toBe('');
        expect(text.trim() !== '' || attached.length > 0 || media.link !== undefined).toBe(true);
      }),
    );
  });

  test('a field that is missing is one that is asked for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...services), words, media, details, (service, text, media, details) => {
        const asked = fieldsFor(service, details).map(({ name }) => name);
        for (const missing of missingFor(service, { text, media, details }))
          if (missing.kind === 'detail') expect(asked).toContain(missing.name);
      }),
    );
  });

  test('a network nobody told us of misses nothing but words', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('unheard-of', '', 'toString', '__proto__', 'constructor'),
        words,
        media,
        details,
        (service, text, media, details) => {
          const isEmpty = !text.trim() && Object.keys(media).length === 0;
          expect(missingFor(service, { text, media, details })).toEqual(isEmpty ? [{ kind: 'text' }] : []);
          expect(fieldsFor(service, details)).toEqual([]);
        },
      ),
    );
  });

  test('each field is asked for once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...services), details, (service, details) => {
        const names = fieldsFor(service, details).map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});

test.each<[string, string, Parameters<typeof missingFor>[1], string[]]>([
  ['words alone', 'twitter', { text: 'a' }, []],
  ['no words', 'twitter', { text: ' ', media: { picture: 'https://example.com/a.png' } }, ['text']],
  ['a card where there is none', 'mastodon', { text: 'a', media: { link: 'https://example.com' } }, ['linkInText']],
  ['a card whose link is in the text', 'twitter', { text: 'https://example.com', media: { link: 'https://example.com' } }, []],
  ['a card alone', 'linkedin', { text: '', media: { link: 'https://example.com' } }, []],
  [
    'a card in the place of a picture',
    'instagram',
    { text: 'a', media: { link: 'https://example.com', picture: 'https://example.com/a.png' } },
    ['attachment'],
  ],
  ['a picture alone', 'instagram', { text: '', media: { picture: 'https://example.com/a.png' } }, []],
  ['nothing at all', 'instagram', { text: '' }, ['attachment']],
  [
    'a reel that is a picture',
    'instagram',
    { text: '', media: { picture: 'https://example.com/a.png' }, details: { type: 'reel' } },
    ['attachment'],
  ],
  ['a story of words', 'facebook', { text: 'a', details: { type: 'story' } }, ['attachment']],
  ['a pin without a board', 'pinterest', { text: '', media: { picture: 'https://example.com/a.png' } }, ['board']],
  ['a pin that is a video', 'pinterest', { text: '', media: { video: 'https://example.com/a.mp4' }, details: { board: '1' } }, []],
  ['a video without a title', 'youtube', { text: '', media: { video: 'https://example.com/a.mp4' } }, ['title']],
  [
    'a choice taken back',
    'youtube',
    { text: '', media: { video: 'https://example.com/a.mp4' }, details: { title: 'a', category: undefined } },
    [],
  ],
  ['an offer', 'googlebusiness', { text: 'a', details: { type: 'offer' } }, ['title', 'startsAt', 'endsAt']],
  ['a button that leads nowhere', 'googlebusiness', { text: 'a', details: { button: 'book' } }, ['link']],
  [
    'a button that leads to the attached link',
    'googlebusiness',
    { text: 'a', media: { link: 'https://example.com' }, details: { button: 'book' } },
    [],
  ],
  ['a button that calls', 'googlebusiness', { text: 'a', details: { button: 'call' } }, []],
])('%s on %s', (_, service, update, expected) => {
  expect(missingFor(service, update).map((missing) => (missing.kind === 'detail' ? missing.name : missing.kind))).toEqual(expected);
});

test('a story has no first comment', () => {
  const names = (type?: string) =>
    fieldsFor('instagram', { type })
      .filter(({ isRare }) => !isRare)
      .map(({ name }) => name);
  expect(names()).toEqual(['type', 'firstComment']);
  expect(names('reel')).toEqual(['type', 'shareToFeed', 'firstComment']);
  expect(names('story')).toEqual(['type']);
});

test('what was typed for another kind of post is not sent', () => {
  const details = { firstComment: 'First', thread: ['a', ' '], link: 'https://example.com', button: 'none' };
  expect(takenDetails('instagram', details)).toEqual({ type: 'post', firstComment: 'First' });
  expect(takenDetails('instagram', { ...details, type: 'story' })).toEqual({ type: 'story' });
  expect(takenDetails('googlebusiness', details)).toEqual({ type: 'whats_new', button: 'none' });
  expect(takenDetails('twitter', details)).toEqual({ thread: ['a'] });
  // An empty thread takes away what there was.
  expect(takenDetails('twitter', { thread: [] })).toEqual({ thread: [] });
  expect(takenDetails('unheard-of', details)).toEqual({});
});

test('what is sent lacks nothing that was there', () => {
  fc.assert(
    fc.property(fc.constantFrom(...services), words, media, details, (service, text, media, details) => {
      expect(missingFor(service, { text, media, details: takenDetails(service, details) })).toEqual(
        missingFor(service, { text, media, details }),
      );
    }),
  );
});

test('what is usual can be chosen', () => {
  for (const service of services) {
    const usual = defaultDetails(service);
    for (const { name, choices } of networkNeeds(service).fields)
      if (choices && usual[name] !== undefined) expect(choices).toContain(usual[name]);
  }
});
