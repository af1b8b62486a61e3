import { expect, test } from 'vitest';
import type { Profile, Update } from '../../../src/core/buffer/model.ts';
import type { Entry } from '../../../src/core/delivery/entry.ts';
import type { Planned } from '../../../src/core/queue/twins.ts';
import { shortTime } from '../../../src/core/time/formatTime.ts';
import { twinNotes } from '../../../src/ui/twinWords.ts';

const profile = { id: 'one', name: '@larkspur', service: 'bluesky', timeZone: 'Asia/Kolkata' } as Profile;
const held = (fields: Partial<Update>): Update => ({
  id: '1',
  profileId: 'one',
  service: 'bluesky',
  status: 'pending',
  text: 'Hello there',
  createdAt: new Date(0),
  statistics: {},
  ...fields,
});
const storeOf = (update: Update) => ({
  profiles: { status: 'loaded' as const, items: [profile], hasMore: false },
  list: (_: string, section: 'pending' | 'sent') => ({
    status: 'loaded' as const,
    items: (section === 'sent') === (update.status === 'sent') ? [update] : [],
    hasMore: false,
  }),
});
const notes = (update: Update, planned: Partial<Planned> = {}) =>
  twinNotes({ store: storeOf(update), outbox: { entries: [] } }, profile, { text: 'Hello there', when: 'queue', ...planned });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
/** As the person reads it: by the profile's clock. */
const read = (time: Date) => {
  const systemLocale = new Intl.DateTimeFormat().resolvedOptions().locale;
  return shortTime(time, { locale: systemLocale.startsWith('en') ? systemLocale : 'en', timeZone: 'Asia/Kolkata' });
};

test('a twin is told of with its place and its time, as the profile’s clock has it', () => {
  const [dueAt, sentAt] = [ago(-600), ago(60)];
  expect(notes(held({ dueAt }))).toEqual([`Already in the queue of @larkspur: ${read(dueAt)}.`]);
  expect(notes(held({}))).toEqual(['Already in the queue of @larkspur.']);
  expect(notes(held({ status: 'sent', sentAt }))).toEqual([`Already sent to @larkspur: ${read(sentAt)}.`]);
  expect(notes(held({ text: 'Other' }))).toEqual([]);
});

test('what goes out at nearly the same time is told of by its first words, as text and nothing else', () => {
  const dueAt = ago(-3);
  const [note] = notes(held({ text: `$(bug) ${'long '.repeat(30)}\nSecond line`, dueAt }), { when: 'now' });
  expect(note).toBe(`Close to another update for @larkspur: ${read(dueAt)}, $\u2060(bug) ${'long '.repeat(10)}lon…`);
  expect(notes(held({ text: 'Other', status: 'sent', sentAt: ago(3) }), { when: 'now' })[0]).toMatch(
    /^Close to another update for @larkspur: .*, Other$/,
  );
});

test('what waits in the outbox is told of as well: unless the service refused it, it is to be a draft, or it is this draft itself', () => {
  const entry: Entry = {
    id: 'e',
    state: 'waiting',
    generation: 1,
    touchedAt: new Date(),
    owner: { key: 'k', label: 'l' },
    text: 'Not yet there',
    profiles: [profile],
    when: 'queue',
    knownIds: [],
    draftId: 'd',
  };
  const waits = (fields: Partial<Entry> = {}, planned: Partial<Planned> = {}, draftId?: string) =>
    twinNotes(
      { store: storeOf(held({})), outbox: { entries: [{ ...entry, ...fields }] } },
      profile,
      { text: 'Not yet there', when: 'queue', ...planned },
      draftId,
    );
  const told = ['Already in the outbox for @larkspur.'];
  expect(waits()).toEqual(told);
  for (const state of ['sending', 'unclear', 'undecided'] as const) expect(waits({ state })).toEqual(told);
  expect(waits({}, {}, 'another')).toEqual(told);
  expect(waits({}, {}, 'd')).toEqual([]);
  expect(waits({ state: 'failed' })).toEqual([]);
  expect(waits({ when: 'draft' })).toEqual([]);
  expect(waits({ profiles: [{ ...profile, id: 'two' }] })).toEqual([]);
  expect(waits({}, { text: 'Another' })).toEqual([]);
  expect(waits({}, { thread: ['More'] })).toEqual([]);
  expect(waits({ details: { one: { thread: ['More'] } } }, { thread: ['More'] })).toEqual(told);
  const at = ago(-3);
  expect(waits({ when: { at } }, { text: 'Another', when: 'now' })).toEqual([
    `Close to another update for @larkspur: ${read(at)}, Not yet there`,
  ]);
});
