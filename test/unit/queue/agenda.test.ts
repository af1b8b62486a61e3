import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Update, type UpdateStatus, weekdays } from '../../../src/core/buffer/model.ts';
import { agenda, type AgendaEntry, type AgendaQueue } from '../../../src/core/queue/agenda.ts';
import { dayBounds } from '../../../src/core/time/zonedDays.ts';
import { freeSlotsBetween, knownUntil } from '../../../src/core/queue/freeSlots.ts';
import type { UpdateList } from '../../../src/core/queue/queueModel.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';

console.log(`agenda, seed ${seed}`);

const schedules = [{ days: [...weekdays], times: ['09:00', '17:00'] }];

function update(id: string, dueAt: string | undefined, status: UpdateStatus = 'pending', profileId = 'a'): Update {
  const due = dueAt === undefined ? {} : { dueAt: new Date(dueAt) };
  return { id, profileId, service: 'bluesky', status, text: id, createdAt: new Date(0), statistics: {}, ...due };
}

function whole(items: readonly Update[]): UpdateList {
  return { status: 'loaded', items, hasMore: false, total: items.length };
}

function queueOf(items: readonly Update[], id = 'a', timeZone = 'UTC'): AgendaQueue {
  return { profile: { id, schedules, timeZone }, updates: items, queue: whole(items) };
}

/** As a person would read it. */
function lines(queues: readonly AgendaQueue[], from: string, until: string, timeZone = 'UTC'): string[] {
  const { days } = agenda(queues, { timeZone, from: new Date(from), until: new Date(until) });
  const line = (entry: AgendaEntry) =>
    `${entry.time.toISOString().slice(11, 16)} ${entry.kind === 'update' ? entry.update.id : `free ${entry.profileIds.join('+')}`}`;
  return days.flatMap(({ date, entries }) => [date, ...entries.map(line)]);
}

describe('days of all profiles together', () => {
  test('hold what goes out and what is free, soonest first', () => {
    const items = [update('late', '2026-11-30T17:00:00Z'), update('own time', '2026-12-01T10:12:00Z')];
    expect(lines([queueOf(items)], '2026-11-30T08:00:00Z', '2026-12-02T00:00:00Z')).toEqual([
      '2026-11-30',
      '09:00 free a',
      '17:00 late',
      '2026-12-01',
      '09:00 free a',
      '10:12 own time',
      '17:00 free a',
    ]);
  });

  test('a posting time of several profiles is one entry, of those that are free', () => {
    const taken = update('taken', '2026-11-30T09:00:00Z', 'pending', 'b');
    const queues = [queueOf([]), queueOf([taken], 'b'), queueOf([], 'c')];
    expect(lines(queues, '2026-11-30T08:00:00Z', '2026-12-01T00:00:00Z')).toEqual([
      '2026-11-30',
      '09:00 taken',
      '09:00 free a+c',
      '17:00 free a+b+c',
    ]);
  });

  test('a later day with an update on it has its free times, too', () => {
    const items = [update('far', '2026-12-24T09:00:00Z')];
    expect(lines([queueOf(items)], '2026-11-30T18:00:00Z', '2026-12-01T00:00:00Z')).toEqual(['2026-12-24', '09:00 far', '17:00 free a']);
  });

  test('what failed and what is a draft takes no posting time; what is sent in that minute does', () => {
    const items = [
      update('failed', '2026-11-30T09:00:00Z', 'failed'),
      update('draft', '2026-11-30T17:00:00Z', 'draft'),
      update('sending', '2026-12-01T09:00:12Z', 'sending'),
    ];
    const { schedules: times } = queueOf([]).profile;
    const free = freeSlotsBetween({ schedules: times, timeZone: 'UTC' }, whole(items), new Date('2026-11-30'), new Date('2026-12-02'));
    expect(free.map((each) => each.toISOString().slice(5, 16))).toEqual(['11-30T09:00', '11-30T17:00', '12-01T17:00']);
  });

  test('free times end where it is not known what waits', () => {
    const head = [update('one', '2026-11-30T17:00:00Z'), update('two', '2026-12-01T17:00:00Z')];
    const list = { ...whole(head), hasMore: true, total: 40 };
    const queues = [{ ...queueOf(head), queue: list }];
    expect(lines(queues, '2026-11-30T00:00:00Z', '2026-12-07T00:00:00Z')).toEqual([
      '2026-11-30',
      '09:00 free a',
      '17:00 one',
      '2026-12-01',
      '09:00 free a',
      '17:00 two',
    ]);
    expect(knownUntil({ status: 'unloaded', items: [], hasMore: false })).toBeUndefined();
    // It is being read for the first time.
    expect(knownUntil({ status: 'loading', items: [], hasMore: false })).toBeUndefined();
    // It is being read once more.
    expect(knownUntil({ ...whole([]), status: 'loading' })).toBe(Number.POSITIVE_INFINITY);
    expect(knownUntil({ ...whole(head), asOf: new Date() })).toBeUndefined();
    expect(knownUntil({ ...whole(head), isIncomplete: true })).toBeUndefined();
    // The service told that nothing of it is due before then.
    expect(knownUntil({ ...whole([]), hasMore: true, until: new Date(7) })).toBe(7);
    expect(knownUntil({ ...whole([update('old', '2026-11-01T09:00:00Z', 'failed')]), hasMore: true })).toBeUndefined();
  });

  test('a day is that of the zone that is asked for, whatever the profile’s own', () => {
    const items = [update('evening', '2026-11-30T23:30:00Z')];
    expect(lines([queueOf(items, 'a', 'America/New_York')], '2026-11-30T23:00:00Z', '2026-12-01T00:00:00Z', 'Asia/Tokyo')[0]).toBe(
      '2026-12-01',
    );
  });

  test('a day is as long as its clocks say', () => {
    const hours = (date: string, timeZone: string) => {
      const { start, end } = dayBounds(date, timeZone);
      return (end.getTime() - start.getTime()) / 3_600_000;
    };
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
    // Its clocks skip midnight.
    expect(hours('2026-04-24', 'Africa/Cairo')).toBe(23);
    expect(hours('2026-11-30', 'Europe/Berlin')).toBe(24);
  });
});

const minute = fc.integer({ min: 0, max: 14 * 24 * 4 }).map((quarter) => quarter * 15);
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Asia/Kolkata', 'Australia/Lord_Howe');
const statuses = fc.constantFrom<UpdateStatus>('pending', 'sending', 'failed', 'draft', 'needsApproval', 'other', 'sent');

test('each update stands once, each day holds its own, and nothing is free where something stands', () => {
  const queues = fc.array(fc.tuple(zones, fc.array(fc.tuple(fc.option(minute), statuses), { maxLength: 12 }), fc.boolean()), {
    maxLength: 4,
  });
  // Two weeks that begin before a change of clocks in most of these zones.
  const begins = fc.constantFrom('2026-03-22T00:00:00Z', '2026-04-18T00:00:00Z', '2026-10-19T00:00:00Z', '2026-11-30T00:00:00Z');
  fc.assert(
    fc.property(zones, begins, queues, fc.integer({ min: 0, max: 20 }), (timeZone, begin, given, length) => {
      const start = Date.parse(begin);
      const all = given.map(([zone, items, hasMore], index): AgendaQueue => {
        const id = `profile ${index}`;
        const updates = items.map(([minutes, status], at) =>
          update(`${index}/${at}`, minutes === null ? undefined : new Date(start + minutes * 60_000).toISOString(), status, id),
        );
        return { ...queueOf(updates, id, zone), queue: { ...whole(updates), hasMore } };
      });
      const from = new Date(start);
      const { days, undated } = agenda(all, { timeZone, from, until: new Date(start + length * 86_400_000) });
      const entries = days.flatMap((day) => day.entries);
      const shown = [...entries.flatMap((entry) => (entry.kind === 'update' ? [entry.update] : [])), ...undated].map(({ id }) => id);
      expect(shown.toSorted()).toEqual(all.flatMap(({ updates }) => updates.map(({ id }) => id)).toSorted());
      expect(days.map(({ date }) => date)).toEqual([...new Set(days.map(({ date }) => date))].toSorted());
      for (const day of days) {
        const date = Temporal.PlainDate.from(day.date);
        const midnights = [date, date.add({ days: 1 })].map((each) => each.toZonedDateTime(timeZone).epochMilliseconds);
        expect([day.start.getTime(), day.end.getTime()]).toEqual(midnights);
        const times = day.entries.map(({ time }) => time.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.every((time) => time >= day.start.getTime() && time < day.end.getTime())).toBe(true);
      }
      const free = entries.flatMap((entry) => (entry.kind === 'free' ? entry.profileIds.map((id) => ({ id, time: entry.time })) : []));
      expect(new Set(free.map(({ id, time }) => `${id} ${time.getTime()}`)).size).toBe(free.length);
      for (const { id, time } of free) {
        const { queue, profile } = all.find((each) => each.profile.id === id)!;
        const going = queue!.items.filter(({ status }) => status !== 'failed' && status !== 'draft');
        expect(going.some(({ dueAt }) => dueAt?.getTime() === time.getTime())).toBe(false);
        expect(time >= from).toBe(true);
        if (queue!.hasMore) expect(queue!.items.some(({ dueAt }) => dueAt && dueAt > time)).toBe(true);
        // It is one of its posting times, by the clocks of the profile; what they skip is later by the change.
        const wall = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(profile.timeZone);
        expect(['09:00', '17:00']).toContain(wall.toPlainTime().toString().slice(0, 5));
      }
    }),
    { seed, numRuns: runs(300) },
  );
});
