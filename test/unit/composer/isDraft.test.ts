import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { isDraft } from '../../../src/composer/page/isDraft.ts';
import { draft as schema } from '../../../src/core/drafts/draftSchema.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';

console.log(`drafts that the page takes, seed ${seed}`);

const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const text = fc.string({ maxLength: 8 });
const time = fc.oneof(
  fc.date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2090-01-01') }).map((at) => at.toISOString()),
  fc.constantFrom('2031-01-01 10:00:00+0200', '2031-13-01T00:00:00Z', '2031-01-01', '2031-01-01T24:00:00Z', 'soon', ''),
);
const taggedUser = fc.record({ handle: text, x: text, y: text });
const picture = { url: text, description: maybe(text), taggedUsers: maybe(fc.array(taggedUser, { maxLength: 2 })) };
const media = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.record({ kind: fc.constant('link'), url: text, title: maybe(text), description: maybe(text), picture: maybe(text) }),
  fc.record({ kind: fc.constant('picture'), ...picture, more: maybe(fc.array(fc.record(picture), { maxLength: 2 })) }),
  fc.record({ kind: fc.constant('video'), url: text, title: maybe(text), coverAt: maybe(text) }),
  fc.record({ kind: fc.constant('document'), url: text, title: maybe(text), cover: maybe(text) }),
);
const when = fc.oneof(
  fc.constantFrom('queue', 'next', 'now', 'keep').map((kind) => ({ kind })),
  fc.record({ kind: fc.constant('at'), at: maybe(time), words: maybe(text) }),
);
const texts = [
  'type',
  'firstComment',
  'title',
  'link',
  'category',
  'privacy',
  'button',
  'startsAt',
  'endsAt',
  'coupon',
  'terms',
  'spoiler',
  'topic',
];
const details = fc.record({
  ...Object.fromEntries(texts.map((name) => [name, maybe(text)])),
  shareToFeed: maybe(fc.boolean()),
  isMadeForKids: maybe(fc.boolean()),
  thread: maybe(fc.array(text, { maxLength: 3 })),
  threadPictures: maybe(fc.array(fc.array(fc.record(picture), { maxLength: 2 }), { maxLength: 2 })),
  boards: maybe(fc.dictionary(fc.constantFrom('a', 'b'), text)),
});
const byNetwork = <Value>(of: fc.Arbitrary<Value>) => fc.dictionary(fc.constantFrom('twitter', 'mastodon', 'linkedin'), of);
const file = fc.record({
  kind: fc.constantFrom('picture', 'video', 'document'),
  picture: maybe(text),
  description: maybe(text),
  part: maybe(fc.integer({ min: 1, max: 9 })),
});
const editing = fc.record({
  updateId: text,
  profileId: text,
  text,
  media: maybe(media),
  details: maybe(details),
  tagIds: maybe(fc.array(text, { maxLength: 3 })),
  kept: maybe(fc.array(file, { maxLength: 2 })),
});
const drafts = fc.record({
  id: fc.uuid(),
  revision: fc.nat(),
  text,
  variants: byNetwork(text),
  profileIds: fc.array(text, { maxLength: 3 }),
  media,
  details: maybe(byNetwork(details)),
  when,
  editing: maybe(editing),
});

/** Every place of a value, as the steps that lead there. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([name, each]) => placesOf(each, [...path, name]))];
}

function withAt(value: unknown, [step, ...rest]: readonly string[], other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === step ? withAt(each, rest, other) : each));
  return { ...(value as object), [step]: withAt((value as Record<string, unknown>)[step], rest, other) };
}

const wrong = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'other',
  0,
  -1,
  1.5,
  Number.NaN,
  true,
  [],
  {},
  [null],
  ['a'],
  { kind: 'at' },
  { a: 1 },
);
const changed = fc.tuple(drafts, fc.nat(), wrong).map(([draft, at, other]) => {
  const places = placesOf(draft);
  return withAt(draft, places[at % places.length]!, other);
});

test('the page takes just what the schema takes, of drafts and of what is nearly one', () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof(drafts, changed), (data) => {
      const expected = v.safeParse(schema, data).success;
      if (expected) taken++;
      else refused++;
      expect(isDraft(data)).toBe(expected);
    }),
    { seed, numRuns: runs(1_500) },
  );
  expect(Math.min(taken, refused)).toBeGreaterThan(runs(150));
});

test.each([99_999, 100_000, 100_001])('a title of %i characters', (length) => {
  const data = {
    id: '7d1c2c5e-6f0b-4c1e-9d0a-2b3c4d5e6f70',
    revision: 0,
    text: '',
    variants: {},
    profileIds: [],
    media: { kind: 'none' },
    when: { kind: 'queue' },
    details: { youtube: { title: 'a'.repeat(length), thread: Array.from({ length: 100 }, () => '') } },
  };
  expect(isDraft(data)).toBe(length <= 100_000);
  expect(v.safeParse(schema, data).success).toBe(length <= 100_000);
});
