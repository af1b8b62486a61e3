import { describe, expect, test } from 'vitest';
import { timeLanguages } from '../../../src/core/time/languages.ts';
import { parseShift, shifted, type Shift } from '../../../src/core/time/parseShift.ts';

const cases: Readonly<Record<string, readonly (readonly [words: string, shift: Shift | undefined])[]>> = {
  en: [
    ['+1 day', { days: 1 }],
    ['1 day', { days: 1 }],
    ['1 day later', { days: 1 }],
    ['a day later', { days: 1 }],
    ['by 2 days', { days: 2 }],
    ['in 3 days', { days: 3 }],
    ['1d', { days: 1 }],
    ['+2w', { days: 14 }],
    ['one week', { days: 7 }],
    ['2 days earlier', { days: -2 }],
    ['2 days ago', { days: -2 }],
    ['-1 day', { days: -1 }],
    ['−3 hours', { minutes: -180 }],
    ['90 minutes', { minutes: 90 }],
    ['1 hour and 30 minutes later', { minutes: 90 }],
    ['1 month later', { months: 1 }],
    ['1 month earlier', { months: -1 }],
    ['1 year', { months: 12 }],
    // These move each time by something else, or nothing at all.
    ['tomorrow', undefined],
    ['friday', undefined],
    ['next friday', undefined],
    ['9:30', undefined],
    ['2027-01-02', undefined],
    ['0 days', undefined],
    ['some day', undefined],
    // The time of day would be left out.
    ['2 days at 9:00', undefined],
    ['1 week later at noon', undefined],
    ['1 day before 9am', undefined],
    ['270000 years', undefined],
    ['300000 years later', undefined],
    ['9999999999 hours later', undefined],
    ['move it 1 day', undefined],
    ['', undefined],
    ['-', undefined],
  ],
  de: [
    ['in 2 Tagen', { days: 2 }],
    ['+2 Tage', { days: 2 }],
    ['2 Tage später', { days: 2 }],
    ['um 3 Tage früher', { days: -3 }],
    ['vor 1 Tag', { days: -1 }],
    ['-1 Tag', { days: -1 }],
    ['1 Woche', { days: 7 }],
    ['3 Stunden später', { minutes: 180 }],
    ['morgen', undefined],
    // English is read, too.
    ['1 week later', { days: 7 }],
  ],
  fr: [
    ['2 jours plus tard', { days: 2 }],
    ['2 jours plus tôt', { days: -2 }],
    ['1 heure', { minutes: 60 }],
  ],
  es: [
    ['2 días después', { days: 2 }],
    ['2 días antes', { days: -2 }],
  ],
  it: [
    ['2 giorni dopo', { days: 2 }],
    ['2 ore prima', { minutes: -120 }],
  ],
  pt: [
    ['2 dias depois', { days: 2 }],
    ['2 dias antes', { days: -2 }],
  ],
  ja: [
    ['2日後', { days: 2 }],
    ['2日', { days: 2 }],
    ['2日前', { days: -2 }],
  ],
  ru: [
    ['через 2 дня', { days: 2 }],
    ['1 неделю назад', { days: -7 }],
  ],
  'zh-cn': [
    ['2天后', { days: 2 }],
    ['2天', { days: 2 }],
    ['-2天', { days: -2 }],
  ],
};

/** Without what moves nothing. */
const said = (shift: Shift | undefined) => shift && Object.fromEntries(Object.entries(shift).filter(([, many]) => many !== 0));

describe('words for a shift', () => {
  for (const [locale, all] of Object.entries(cases))
    test.each(all)(`${locale}: %s`, async (words, shift) => {
      expect(said(parseShift(words, { locale, languages: await timeLanguages(locale) }))).toEqual(shift);
    });
});

describe('a time that is moved', () => {
  const zone = 'America/New_York';
  test('by days shows the same on the clocks there, also where they are changed meanwhile', () => {
    // Summer time ends on 1 November 2026.
    expect(shifted(new Date('2026-10-31T13:30:00Z'), { days: 1 }, zone)).toEqual(new Date('2026-11-01T14:30:00Z'));
    expect(shifted(new Date('2026-11-01T14:30:00Z'), { days: -1 }, zone)).toEqual(new Date('2026-10-31T13:30:00Z'));
  });
  test('by hours passes so many', () => {
    expect(shifted(new Date('2026-10-31T13:30:00Z'), { minutes: 24 * 60 }, zone)).toEqual(new Date('2026-11-01T13:30:00Z'));
  });
  test('by a month ends on the last day of one that is shorter', () => {
    expect(shifted(new Date('2026-01-31T12:00:00Z'), { months: 1 }, 'UTC')).toEqual(new Date('2026-02-28T12:00:00Z'));
  });
});
