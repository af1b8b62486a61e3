import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dateIn, dayBounds, hoursOf, onDay, startOfWeek } from '../../../src/core/time/zonedDays.ts';

const hour = 3_600_000;
const hoursIn = (date: string, zone: string) => {
  const { start, end } = dayBounds(date, zone);
  return (end.getTime() - start.getTime()) / hour;
};
const wall = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

describe('days of a zone', () => {
  it('are as long as its clocks make them', () => {
    expect(hoursIn('2027-03-28', 'Europe/Berlin')).toBe(23);
    expect(hoursIn('2026-10-25', 'Europe/Berlin')).toBe(25);
    expect(hoursIn('2027-03-14', 'America/New_York')).toBe(23);
    expect(hoursIn('2026-11-01', 'America/New_York')).toBe(25);
    expect(hoursIn('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
    expect(hoursIn('2027-04-04', 'Australia/Lord_Howe')).toBe(24.5);
    expect(hoursIn('2027-04-04', 'Asia/Tokyo')).toBe(24);
  });

  it('have the full hours that a clock shows, none twice by mistake', () => {
    expect(
      hoursOf('2027-03-28', 'Europe/Berlin')
        .map((at) => wall(at, 'Europe/Berlin'))
        .slice(0, 4),
    ).toEqual(['00:00', '01:00', '03:00', '04:00']);
    expect(
      hoursOf('2026-10-25', 'Europe/Berlin')
        .map((at) => wall(at, 'Europe/Berlin'))
        .slice(0, 5),
    ).toEqual(['00:00', '01:00', '02:00', '02:00', '03:00']);
    expect(
      hoursOf('2026-10-04', 'Australia/Lord_Howe')
        .map((at) => wall(at, 'Australia/Lord_Howe'))
        .slice(0, 4),
    ).toEqual(['00:00', '01:00', '03:00', '04:00']);
    expect(hoursOf('2026-06-01', 'Asia/Kolkata')).toHaveLength(24);
  });

  it('are one after the other', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Pacific/Apia', 'Australia/Lord_Howe'])
      for (let date = '2026-03-01'; date < '2027-04-10'; date = addDays(date, 1))
        expect([zone, date, dayBounds(date, zone).end]).toEqual([zone, date, dayBounds(addDays(date, 1), zone).start]);
  });

  it('begin weeks and months where they are', () => {
    expect(startOfWeek('2026-11-27', 1)).toBe('2026-11-23');
    expect(startOfWeek('2026-11-27', 7)).toBe('2026-11-22');
    expect(startOfWeek('2026-11-23', 1)).toBe('2026-11-23');
    expect(addMonths('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(dateIn('Pacific/Auckland', new Date('2026-11-27T12:00:00Z'))).toBe('2026-11-28');
  });
});

it('the same time of another day is what clocks show, also over a change of them', () => {
  const zone = 'Europe/Berlin';
  const at = Date.parse('2027-03-27T08:30:00Z');
  expect(wall(onDay(at, '2027-03-29', zone), zone)).toBe('09:30');
  expect(onDay(at, '2027-03-29', zone) - at).toBe(47 * hour);
  // Half past two does not exist on that day.
  expect(wall(onDay(Date.parse('2027-03-27T01:30:00Z'), '2027-03-28', zone), zone)).toBe('03:30');
});
