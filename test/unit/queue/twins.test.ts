import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Update } from '../../../src/core/buffer/model.ts';
import { knownTwins, type Planned, twinsOf } from '../../../src/core/queue/twins.ts';
import { runs } from '../support/runs.ts';

const now = new Date('2026-03-02T10:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const days = (count: number) => minutes(count * 24 * 60);

let serial = 0;
const update = (fields: Partial<Update>): Update => ({
  id: String(++serial),
  profileId: 'one',
  service: 'bluesky',
  status: 'pending',
  text: `Something else ${serial}`,
  createdAt: days(-60),
  statistics: {},
  ...fields,
});
const planned = (fields: Partial<Planned> = {}): Planned => ({ profileId: 'one', text: 'Hello there', when: 'queue', ...fields });
const same = (held: readonly Update[], fields: Partial<Planned> = {}) => twinsOf(held, planned(fields), now).same?.id;
const near = (held: readonly Update[], fields: Partial<Planned> = {}) => twinsOf(held, planned(fields), now).near?.id;

describe('the same text', () => {
  test('is found in the queue, waiting for approval, and among what was sent lately', () => {
    for (const fields of [
      { dueAt: days(1) },
      { dueAt: undefined },
      { status: 'needsApproval' },
      { status: 'sending' },
      { status: 'sent', sentAt: days(-29) },
      { status: 'sent', sentAt: minutes(-1) },
    ] as const) {
      const twin = update({ text: 'Hello there', ...fields });
      expect(same([update({}), twin]), JSON.stringify(fields)).toBe(twin.id);
    }
  });

  test('is not told of where it does not go out, went out long ago, or is another profile’s', () => {
    for (const fields of [
      { status: 'draft' },
      { status: 'failed' },
      { status: 'other' },
      { status: 'sent', sentAt: days(-31) },
      { status: 'sent' },
      { profileId: 'two' },
    ] as const) {
      expect(same([update({ text: 'Hello there', ...fields })]), JSON.stringify(fields)).toBeUndefined();
    }
  });

  test('is told of once: what goes out next, before what was sent last', () => {
    const sent = [-9, -2, -5].map((day) => update({ text: 'Hello there', status: 'sent', sentAt: days(day) }));
    expect(same(sent)).toBe(sent[1]!.id);
    const pending = [undefined, days(3), days(1), days(2)].map((dueAt) => update({ text: 'Hello there', dueAt }));
    expect(same([...sent, ...pending])).toBe(pending[2]!.id);
    expect(same([...pending, ...sent].toReversed())).toBe(pending[2]!.id);
  });

  test.each([
    ['white space', 'Hello  there\nyou ', ' Hello there you', true],
    ['letters with their marks apart', 'Cafe\u0301', 'Caf\u00e9', true],
    ['a link that was shortened', 'New: https://example.com/a/page-of-mine.', 'New: https://buff.ly/3xYz12A.', true],
    ['a link that a short address of one’s own stands for', 'https://example.com/a/page', 'https://exm.pl/2abcDEF', true],
    ['what counts who follows a link', 'https://example.com/a', 'https://example.com/a?utm_source=x', true],
    ['a slash', 'https://example.com/a/', 'https://example.com/a', true],
    ['another page', 'New: https://example.com/one', 'New: https://example.com/two', false],
    ['another host', 'New: https://example.com/first', 'New: https://example.org/second', false],
    ['two short links of one host', 'https://buff.ly/3xYz12A', 'https://buff.ly/4xYz12A', false],
    ['another query', 'https://example.com/?id=1', 'https://example.com/?id=2', false],
    ['another letter', 'Hello there', 'Hello There', false],
    ['a sign more', 'Hello there', 'Hello there!', false],
    ['a link more', 'Hello', 'Hello https://example.com', false],
  ])('is told apart by %s, or not', (_, text, other, isSame) => {
    const held = update({ text: other });
    expect(same([held], { text })).toBe(isSame ? held.id : undefined);
    expect(same([update({ text })], { text: other }) !== undefined).toBe(isSame);
  });

  test('is another where the rest of the thread is', () => {
    const held = update({ text: 'Hello there', details: { thread: ['Second  part', 'Third'] } });
    expect(same([held], { thread: ['Second part', 'Third'] })).toBe(held.id);
    expect(same([held], { thread: ['Second part'] })).toBeUndefined();
    expect(same([held], { thread: ['Second part', '3rd'] })).toBeUndefined();
    expect(same([held])).toBeUndefined();
  });

  test('without a word, is that of the same pictures', () => {
    const picture = 'https://example.com/a.png';
    const more = [{ url: 'https://example.com/b.png' }];
    const held = update({
      text: ' ',
      attachments: [
        { kind: 'picture', url: picture },
        { kind: 'picture', url: more[0]!.url },
      ],
    });
    expect(same([held], { text: '', media: { picture, more } })).toBe(held.id);
    expect(same([held], { text: '', media: { picture } })).toBeUndefined();
    expect(same([update({ text: '' })], { text: '' })).toBeUndefined();
    expect(same([update({ text: '', media: { picture } })], { text: '', media: { picture } })).toBeDefined();
    // With words, these decide, as networks compare words.
    expect(same([update({ text: 'Hello there', media: { picture } })])).toBeDefined();
  });

  test('is no twin of itself', () => {
    const held = update({ text: 'Hello there', dueAt: minutes(5) });
    expect(twinsOf([held], planned({ updateId: held.id, when: { at: minutes(5) } }), now)).toEqual({});
  });
});

describe('nearly the same time', () => {
  test('is within ten minutes, before or after', () => {
    for (const [gap, isNear] of [
      [0, true],
      [10, true],
      [-10, true],
      [10.01, false],
      [-10.01, false],
    ] as const) {
      const held = update({ dueAt: minutes(60 + gap) });
      expect(near([held], { when: { at: minutes(60) } }), String(gap)).toBe(isNear ? held.id : undefined);
    }
  });

  test('is told of the nearest, also of one that went out, and of none that does not go out', () => {
    const sent = update({ status: 'sent', sentAt: minutes(-2), dueAt: days(-1) });
    const draft = update({ status: 'draft', dueAt: minutes(0) });
    const failed = update({ status: 'failed', dueAt: minutes(0) });
    expect(near([draft, update({ dueAt: minutes(4) }), sent, update({ dueAt: minutes(3) }), failed], { when: 'now' })).toBe(sent.id);
  });

  test('is unknown where the queue decides, and where it does not go out', () => {
    const held = [update({ dueAt: minutes(1) })];
    for (const when of ['queue', 'next', 'draft'] as const) expect(near(held, { when }), when).toBeUndefined();
  });

  test('is not told of what says the same, too', () => {
    const held = update({ text: 'Hello there', dueAt: minutes(1) });
    const other = update({ dueAt: minutes(2) });
    expect(twinsOf([held], planned({ when: 'now' }), now)).toEqual({ same: held });
    expect(twinsOf([held, other], planned({ when: 'now' }), now)).toEqual({ same: held, near: other });
  });
});

test('what is held is found in any order', () => {
  const any = fc.record({
    text: fc.constantFrom('Hello there', 'Hello  there ', 'Other'),
    status: fc.constantFrom<Update['status']>('pending', 'sent', 'draft', 'failed'),
    dueAt: fc.option(fc.integer({ min: -30, max: 30 }).map(minutes), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: ({ dueAt }) => dueAt?.getTime(), maxLength: 8 }), (fields) => {
      const held = fields.map(update);
      const plan = planned({ when: 'now' });
      expect(twinsOf(held.toReversed(), plan, now).same?.id).toBe(twinsOf(held, plan, now).same?.id);
      const nearest = twinsOf(held.toReversed(), plan, now).near;
      const other = twinsOf(held, plan, now).near;
      // Two that are equally far are equally good.
      expect(Math.abs((nearest?.dueAt ?? now).getTime() - now.getTime())).toBe(Math.abs((other?.dueAt ?? now).getTime() - now.getTime()));
    }),
    { numRuns: runs(200) },
  );
});

test('what the store holds of the profile is looked at, pending and sent', () => {
  const lists = { pending: [update({})], sent: [update({ text: 'Hello there', status: 'sent', sentAt: days(-1) })] };
  const store = {
    list: (_: string, section: 'pending' | 'sent') => ({ status: 'loaded' as const, items: lists[section], hasMore: false }),
  };
  expect(knownTwins(store, planned(), now).same).toBe(lists.sent[0]);
});
