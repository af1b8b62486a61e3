import { describe, expect, test } from 'vitest';
import type { Profile, Update } from '../../../src/core/buffer/model.ts';
import { find, findable, lineWith } from '../../../src/core/queue/findUpdates.ts';

const made = (text: string, more: Partial<Update> = {}): Update => ({
  id: text,
  profileId: 'p',
  service: 'linkedin',
  status: 'pending',
  text,
  createdAt: new Date(0),
  statistics: {},
  ...more,
});
const profile = { name: '@larkspur' } as Profile;
const found = (updates: readonly Update[], typed: string) =>
  find(
    updates.map((each) => findable(each, profile, each.status)),
    typed,
  ).map(({ text }) => text);

describe('an update is found', () => {
  const release = made('Larkspur 4.4 is out\nWith a *Café* mode', { tags: [{ id: 't', name: 'Launch' }] });
  const failed = made('Another', { status: 'failed', failure: { message: 'Video too long' }, service: 'bluesky' });
  const all = [release, failed];

  test.each([
    ['', 2],
    ['cafe', 1],
    ['CAFÉ out', 1],
    ['out cafe', 1],
    ['4.4', 1],
    ['launch linkedin', 1],
    ['failed', 1],
    ['too long', 1],
    ['bluesky another', 1],
    ['larkspur', 2],
    ['launch bluesky', 0],
    ['.*', 0],
  ])('by %j', (typed, count) => {
    expect(found(all, typed)).toHaveLength(count);
  });

  test('in the order in which it is listed', () => {
    expect(found(all, 'larkspur')).toEqual([release.text, failed.text]);
  });

  test('by a word of a thread’s part, a title and a first comment', () => {
    const update = made('One', { details: { thread: ['Two'], title: 'Three', firstComment: 'Four' } });
    for (const word of ['two', 'three', 'four']) expect(found([update], word)).toHaveLength(1);
  });
});

test('the line that holds the word is shown where it is not the first', () => {
  expect(lineWith('First\n\n  Second café \nThird', 'CAFE')).toBe('Second café');
  expect(lineWith('First\nSecond', 'first')).toBeUndefined();
  expect(lineWith('First\nSecond', 'else')).toBeUndefined();
  expect(lineWith('First\nSecond', '')).toBeUndefined();
});
