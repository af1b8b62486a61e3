import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PostingSchedule } from '../../../src/core/buffer/model.ts';
import { isSlot, slotsAfter } from '../../../src/core/networks/postingSchedule.ts';
import { isForeignZone, longTime, pastTime, personLocale, rowTime, shortTime, zoneName } from '../../../src/core/time/formatTime.ts';
import { parseTime } from '../../../src/core/time/parseTime.ts';

const now = new Date('2026-11-23T15:30:00Z');
const utc = (text: string) => new Date(`${text}Z`);

describe('words', () => {
  test.each([
    ['tomorrow 9:30', 'Europe/Berlin', '2026-11-24T08:30:00'],
    ['tomorrow 9:30', 'Asia/Kolkata', '2026-11-24T04:00:00'],
    ['tomorrow', 'Europe/Berlin', '2026-11-24T08:00:00'],
    ['tomorrow morning', 'Europe/Berlin', '2026-11-24T08:00:00'],
    ['tonight', 'Europe/Berlin', '2026-11-23T21:00:00'],
    ['friday 8pm', 'America/New_York', '2026-11-28T01:00:00'],
    ['in 2 hours', 'America/New_York', '2026-11-23T17:30:00'],
    ['2027-01-15 14:00', 'Asia/Tokyo', '2027-01-15T05:00:00'],
    ['2027-07-15 14:00', 'Europe/Berlin', '2027-07-15T12:00:00'],
    ['tomorrow 9:30 UTC', 'Asia/Tokyo', '2026-11-25T09:30:00'],
    ['2026-12-01T09:30:00+02:00', 'Asia/Tokyo', '2026-12-01T07:30:00'],
    ['tomorrow 9:30:15', 'UTC', '2026-11-24T09:30:15'],
    // It is 21:00 on the 23rd in Kolkata, so tonight's 20:00 is gone.
    ['8pm', 'Asia/Kolkata', '2026-11-24T14:30:00'],
  ])('%j in %s', (words, zone, expected) => {
    expect(parseTime(words, zone, now)).toEqual(utc(expected));
  });

  test.each(['half nine tomorrow', 'tomorrow or friday', 'not tomorrow 9:30'])('%j is not guessed at', (words) => {
    expect(parseTime(words, 'UTC', now)).toBeUndefined();
  });

  test.each(['', 'soon', 'hello world', '31 february 9:00'])('%j holds no time', (words) => {
    expect(parseTime(words, 'UTC', now)).toBeUndefined();
  });

  test('a time that daylight saving skips moves on by an hour', () => {
    expect(parseTime('2027-03-28 02:30', 'Europe/Berlin', now)).toEqual(utc('2027-03-28T01:30:00'));
  });

  test('anything typed gives a time or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9:./ apm-]{0,20}$/)), (words) => {
        const time = parseTime(words, 'Europe/Berlin', now);
        expect(time === undefined || !Number.isNaN(time.getTime())).toBe(true);
      }),
    );
  });
});

describe('shown times', () => {
  const style = { locale: 'en-GB', timeZone: 'UTC', now };
  /** Without what differs between machines: a leading zero (version of ICU), and the zone, named where it is not the machine's. */
  const plain = (time: string) => time.replace(/\b0(?=\d:)/, '').replace(/ (UTC|GMT)(?=[^+]*$)/, '');

  test.each([
    ['2026-11-23T18:05:00', 'Today 18:05'],
    ['2026-11-24T09:30:00', 'Tomorrow 09:30'],
    ['2026-11-22T09:30:00', 'Yesterday 09:30'],
    ['2026-11-30T09:30:00', 'Mon 30 Nov 09:30'],
    ['2027-01-04T09:30:00', '4 Jan 2027 09:30'],
    ['9999-12-31T23:59:00', '31 Dec 9999 23:59'],
  ])('%s is %s', (time, expected) => {
    expect(plain(shortTime(utc(time), style))).toBe(plain(expected));
  });

  test('a day is today in the profile’s zone, not in the person’s', () => {
    const time = utc('2026-11-24T02:00:00');
    expect(plain(shortTime(time, style))).toBe('Tomorrow 2:00');
    expect(shortTime(time, { ...style, timeZone: 'America/New_York' })).toMatch(/^Today 21:00/);
  });

  test('another zone is named', () => {
    expect(longTime(now, { locale: 'en-GB', timeZone: 'Asia/Kolkata' })).toMatch(/^Monday,? 23 November 2026 at 21:00 GMT\+5:30$/);
  });

  test('in the person’s language, and their own kind of it', () => {
    expect(personLocale('en', 'en-GB')).toBe('en-GB');
    expect(personLocale('de', 'en-GB')).toBe('de');
    expect(shortTime(utc('2026-11-24T09:30:00'), { ...style, locale: 'de' })).toMatch(/^Morgen 0?9:30/);
  });
});

describe('any time', () => {
  /** Whether a lone zero leads differs between versions of ICU. */
  const plain = (time: string) => time.replace(/\b0(?=\d:)/, '');
  const zones = [
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Africa/Casablanca',
    'America/Sao_Paulo',
    '+05:30',
  ];
  const forms = (time: Date, timeZone: string, locale = 'en-GB') => {
    const style = { locale, timeZone, now };
    return [shortTime(time, style), rowTime(time, style), longTime(time, style), pastTime(time, style)];
  };

  test('has words, in any zone and language', () => {
    const times = fc.date({ min: utc('0001-01-02T00:00:00'), max: utc('9999-12-31T23:59:59'), noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), fc.constantFrom('en', 'de', 'ar', 'ja', 'fa-IR', 'th-TH'), (time, zone, locale) => {
        for (const words of forms(time, zone, locale)) expect(words).toMatch(/\p{N}/u);
        expect(zoneName(zone, locale, time)).not.toBe('');
        expect(typeof isForeignZone(zone, time)).toBe('boolean');
        expect(typeof isSlot([{ days: ['mon'], times: ['09:00'] }], zone, time)).toBe('boolean');
      }),
    );
  });

  test('that is none is said to be none, and throws nothing', () => {
    for (const words of forms(new Date(Number.NaN), 'UTC')) expect(words).toMatch(/–/);
    expect(isForeignZone('UTC', new Date(Number.NaN))).toBe(false);
  });

  test('at 0 and at the end of the year 9999', () => {
    expect(plain(rowTime(new Date(0), { locale: 'en-GB', timeZone: 'UTC', now }))).toBe('1 Jan 1970 0:00');
    expect(rowTime(utc('9999-12-31T23:59:59'), { locale: 'en-GB', timeZone: 'UTC', now })).toBe('31 Dec 9999 23:59');
  });

  test.each([
    // Clocks go forward: an hour that is not there, or half of one.
    ['America/New_York', '2026-03-08T06:59:00', '01:59', '03:00'],
    ['Europe/Berlin', '2026-03-29T00:59:00', '01:59', '03:00'],
    ['Australia/Lord_Howe', '2026-10-03T15:29:00', '01:59', '02:30'],
    // Clocks go back: an hour that is there twice.
    ['America/New_York', '2026-11-01T05:59:00', '01:59', '01:00'],
    ['Europe/Berlin', '2026-10-25T00:59:00', '02:59', '02:00'],
    ['Australia/Lord_Howe', '2026-04-04T14:59:00', '01:59', '01:30'],
    // Samoa left out a whole day.
    ['Pacific/Apia', '2011-12-30T09:59:00', '23:59', '00:00'],
  ])('around the change of clocks in %s at %s', (timeZone, before, last, first) => {
    const at = utc(before);
    const style = { locale: 'en-GB', timeZone, now: at };
    expect(plain(rowTime(at, style))).toBe(plain(last));
    const after = new Date(at.getTime() + 60_000);
    expect(plain(rowTime(after, { ...style, now: after }))).toBe(plain(first));
  });

  test('a day that a change of clocks makes longer or shorter is still one day away', () => {
    const style = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
    expect(shortTime(utc('2026-10-25T22:30:00'), { ...style, now: utc('2026-10-24T22:30:00') })).toMatch(/^Today/);
    expect(shortTime(utc('2026-10-25T23:30:00'), { ...style, now: utc('2026-10-24T22:30:00') })).toMatch(/^Tomorrow/);
    expect(shortTime(utc('2026-03-29T22:30:00'), { ...style, now: utc('2026-03-28T23:30:00') })).toMatch(/^Tomorrow/);
  });
});

describe('posting times', () => {
  const daily = (...times: string[]): PostingSchedule[] => [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], times }];
  const first = (count: number, ...args: Parameters<typeof slotsAfter>) =>
    [...slotsAfter(...args).take(count)].map((each) => each.toISOString());

  test('in turn, in the profile’s zone', () => {
    expect(first(3, daily('09:00', '18:30'), 'America/New_York', now)).toEqual([
      '2026-11-23T23:30:00.000Z',
      '2026-11-24T14:00:00.000Z',
      '2026-11-24T23:30:00.000Z',
    ]);
  });

  test('only on their days', () => {
    expect(first(2, [{ days: ['sat'], times: ['10:00'] }], 'UTC', now)).toEqual(['2026-11-28T10:00:00.000Z', '2026-12-05T10:00:00.000Z']);
  });

  test('across the change of clocks the wall time stays', () => {
    expect(first(2, daily('09:00'), 'Europe/Berlin', utc('2027-03-26T12:00:00'))).toEqual([
      '2027-03-27T08:00:00.000Z',
      '2027-03-28T07:00:00.000Z',
    ]);
  });

  test('a schedule without times ends', () => {
    expect(first(1, [], 'UTC', now)).toEqual([]);
    expect(first(1, [{ days: [], times: ['10:00'] }], 'UTC', now)).toEqual([]);
  });

  test('a posting time is recognised as one, and nothing else is', () => {
    const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    const schedules = fc.constant(daily('06:13', '12:00', '23:59'));
    fc.assert(
      fc.property(
        zones,
        schedules,
        fc.date({ min: utc('2026-01-01T00:00:00'), max: utc('2030-01-01T00:00:00'), noInvalidDate: true }),
        (zone, schedule, after) => {
          const [slot] = slotsAfter(schedule, zone, after);
          expect(slot!.getTime()).toBeGreaterThan(after.getTime());
          expect(isSlot(schedule, zone, slot!)).toBe(true);
          expect(isSlot(schedule, zone, new Date(slot!.getTime() + 60_000))).toBe(false);
        },
      ),
    );
  });
});
