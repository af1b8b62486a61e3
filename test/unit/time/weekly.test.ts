import { expect, test } from 'vitest';
import { weeklyTimes } from '../../../src/core/time/weekly.ts';

const times = (first: string, timeZone: string, count: number, after = first) =>
  weeklyTimes(new Date(first), timeZone, count, new Date(after)).map((each) => each.toISOString());

test('each week has the same weekday and time by the clocks of the zone, also over a change of clocks', () => {
  // Berlin goes from UTC+1 to UTC+2 on 28 March 2027.
  expect(times('2027-03-15T08:30:00Z', 'Europe/Berlin', 3)).toEqual([
    '2027-03-22T08:30:00.000Z',
    '2027-03-29T07:30:00.000Z',
    '2027-04-05T07:30:00.000Z',
  ]);
});

test('a night without that hour moves its own alone', () => {
  expect(times('2027-03-21T01:30:00Z', 'Europe/Berlin', 2)).toEqual(['2027-03-28T01:30:00.000Z', '2027-04-04T00:30:00.000Z']);
});

test('the first is the first after the given instant, itself where it is later', () => {
  expect(times('2027-01-04T09:00:00Z', 'UTC', 2, '2027-01-18T09:00:00Z')).toEqual(['2027-01-25T09:00:00.000Z', '2027-02-01T09:00:00.000Z']);
  expect(times('2027-01-04T09:00:00Z', 'UTC', 1, '2026-12-01T00:00:00Z')).toEqual(['2027-01-04T09:00:00.000Z']);
});
