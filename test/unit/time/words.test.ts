// Words for times, each kind of which was once read wrong here or elsewhere (chrono's issues, Mastodon apps, schedulers).
import { describe, expect, test } from 'vitest';
import { timeLanguages } from '../../../src/core/time/languages.ts';
import { dateOrder, withIsoDates } from '../../../src/core/time/numericDates.ts';
import { meaningOf } from '../../../src/core/time/parseTime.ts';
import { timeExamples } from '../../../src/core/time/timeExamples.ts';

const monday = '2026-11-23T15:30:00Z';

/** What words mean, as the instant in short form. */
async function meaning(words: string, { zone = 'UTC', now = monday, locale = 'en' } = {}): Promise<string | undefined> {
  const meant = meaningOf(words, zone, new Date(now), { locale, languages: await timeLanguages(locale) });
  return meant instanceof Date ? meant.toISOString().replace(/(?::00)?\.\d+Z$/u, 'Z') : meant;
}

describe('a day', () => {
  const wednesday = '2026-09-16T10:10:00Z';

  test.each([
    ['the day after tomorrow at 9', 'Europe/Berlin', '2026-09-15T22:30:00Z', '2026-09-18T07:00Z'],
    ['wednesday 22:00', 'Europe/Berlin', '2026-09-16T19:00:00Z', '2026-09-16T20:00Z'],
    ['wednesday 20:00', 'Europe/Berlin', '2026-09-16T19:00:00Z', '2026-09-23T18:00Z'],
    ['16 september 20:00', 'Asia/Tokyo', '2026-09-16T01:10:00Z', '2026-09-16T11:00Z'],
    ['16 september 9:00', 'Asia/Tokyo', '2026-09-16T01:10:00Z', '2027-09-16T00:00Z'],
  ])('%j in %s at %s', async (words, zone, now, expected) => {
    expect(await meaning(words, { zone, now })).toBe(expected);
  });

  test.each([
    ['wednesday', '2026-09-23T09:00Z'],
    ['wednesday 9:00', '2026-09-23T09:00Z'],
    ['this wednesday', '2026-09-16T09:00Z'],
    ['last wednesday', '2026-09-09T09:00Z'],
    ['next wednesday', '2026-09-23T09:00Z'],
    ['thursday', '2026-09-17T09:00Z'],
    ['last friday', '2026-09-11T09:00Z'],
    ['next friday', '2026-09-25T09:00Z'],
    ['tomorrow 9', '2026-09-17T09:00Z'],
    ['friday 8', '2026-09-18T08:00Z'],
  ])('a day means nine o’clock, and a day of the week the next that is to come: %j', async (words, expected) => {
    expect(await meaning(words, { now: wednesday })).toBe(expected);
  });

  test.each([
    ['this morning', '2026-09-16T09:00Z'],
    ['yesterday 9', '2026-09-15T09:00Z'],
    ['yesterday', '2026-09-15T09:00Z'],
    ['today', '2026-09-16T09:00Z'],
    ['2 hours ago', '2026-09-16T08:10Z'],
    ['3 days ago 12:00', '2026-09-13T12:00Z'],
    ['1 september 2026 9:00', '2026-09-01T09:00Z'],
  ])('what is past is past: %j', async (words, expected) => {
    expect(await meaning(words, { now: wednesday })).toBe(expected);
  });

  test.each([
    ['morning', '2026-09-17T09:00Z'],
    ['this afternoon', '2026-09-16T15:00Z'],
    ['tonight', '2026-09-16T22:00Z'],
    ['tomorrow noon', '2026-09-17T12:00Z'],
    ['midnight', '2026-09-17T00:00Z'],
  ])('a part of a day: %j', async (words, expected) => {
    expect(await meaning(words, { now: wednesday })).toBe(expected);
  });

  test('a day of the week that is not that of its date is not guessed at', async () => {
    expect(await meaning('friday 27 november 9:00')).toBe('2026-11-27T09:00Z');
    expect(await meaning('friday 28 november 9:00')).toBeUndefined();
    expect(await meaning('friday 28 november 2026')).toBeUndefined();
  });
});

test.each([
  ['in 1 month', '2027-01-31', '2027-02-28T09:00Z'],
  ['in 3 months', '2027-01-31', '2027-04-30T09:00Z'],
  ['in 1 month and 2 days', '2027-01-31', '2027-03-02T09:00Z'],
  ['next month', '2027-10-31', '2027-11-30T09:00Z'],
  ['in 1 year', '2028-02-29', '2029-02-28T09:00Z'],
  ['in a month', '2027-03-15', '2027-04-15T09:00Z'],
])('a month ends with its last day: %j on %s', async (words, day, expected) => {
  expect(await meaning(words, { now: `${day}T12:00:00Z` })).toBe(expected);
});

test('so many hours are that long while clocks are changed, so many days are not', async () => {
  const beforeSpring = { zone: 'Europe/Berlin', now: '2027-03-27T20:00:00Z' };
  expect(await meaning('in 24 hours', beforeSpring)).toBe('2027-03-28T20:00Z');
  expect(await meaning('tomorrow 21:00', beforeSpring)).toBe('2027-03-28T19:00Z');
});

describe('the numbers of a date', () => {
  test.each<[locale: string, words: string, expected: string | undefined]>([
    ['en-GB', '5/6 14:00', '2027-06-05T14:00Z'],
    ['en-GB', '13/6', '2027-06-13T09:00Z'],
    ['en-US', '5/6 14:00', '2027-05-06T14:00Z'],
    ['en-US', '13/6', undefined],
    ['en-US', '11/23 18:00', '2026-11-23T18:00Z'],
    ['de', '5/6 14:00', '2027-06-05T14:00Z'],
    ['ja', '5/6 14:00', '2027-05-06T14:00Z'],
    ...['en-US', 'en-GB', 'de', 'fr', 'ja'].flatMap((locale): [string, string, string | undefined][] => [
      [locale, '1.10.2027', '2027-10-01T09:00Z'],
      [locale, '1.10. 14:00', '2027-10-01T14:00Z'],
      [locale, '13.6.27 8:15', '2027-06-13T08:15Z'],
      [locale, '2027/10/1', '2027-10-01T09:00Z'],
      [locale, '2027-10-01 14:00', '2027-10-01T14:00Z'],
      [locale, '30.2.2027', undefined],
    ]),
    ['en', 'tomorrow 9.30', '2026-11-24T09:30Z'],
    // There is no such month.
    ['en', '2026-13-01', undefined],
    ['en', '2027-13-01 9:00', undefined],
    // A day and a month, or an hour and minutes.
    ['en', '9.30', undefined],
    ['en', '9.12', undefined],
    ['de', '1.12', undefined],
    ['ru', '1.12', undefined],
    ['de', 'am 9.12', undefined],
    ['de', 'am 9. um 12', '2026-12-09T12:00Z'],
  ])('in %s: %j', async (locale, words, expected) => {
    expect(await meaning(words, { locale })).toBe(expected);
  });

  test('one order in a locale, whichever numbers they are', () => {
    for (const locale of ['en-US', 'en-GB', 'de', 'ja', 'pt-BR', 'sv', 'hu'])
      for (let first = 1; first <= 31; first++)
        for (let second = 1; second <= 31; second++) {
          const isDayFirst = dateOrder(locale) === 'day first';
          const [day, month] = isDayFirst ? [first, second] : [second, first];
          const iso = month > 12 ? undefined : `2027-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          expect(withIsoDates(`${first}/${second}/2027`, dateOrder(locale))).toBe(iso);
        }
  });
});

test.each([
  ['en', '1 december 18', '2026-12-01T18:00Z'],
  ['en', 'december 1 18', '2026-12-01T18:00Z'],
  ['en', 'december 1', '2026-12-01T09:00Z'],
  ['en', '1 december 2027', '2027-12-01T09:00Z'],
  ['de', '1. Dezember 18', '2026-12-01T18:00Z'],
  ['es', '1 de diciembre 18', '2026-12-01T18:00Z'],
  ['it', '1 dicembre 21', '2026-12-01T21:00Z'],
  ['it', 'ven 27 nov 21:30', '2026-11-27T21:30Z'],
  ['pt-BR', '1 de dezembro 18', '2026-12-01T18:00Z'],
])('an hour behind a date is no year, in %s: %j', async (locale, words, expected) => {
  expect(await meaning(words, { locale })).toBe(expected);
});

describe('an hour at night, or at noon', () => {
  /** Early in the day, when each hour of it is to come. */
  const now = '2026-11-23T08:00:00Z';

  // One in the afternoon was read in all of these but those at noon, which were read as at night.
  test.each([
    ['en', 'tonight at 1'],
    ['en', 'tomorrow night at 2'],
    ['en', 'friday night 12:30am'],
    ['de', 'heute Nacht um 2'],
    ['de', 'Freitagnacht um 1'],
    ['de', 'heute Mittag um 1'],
    ['fr', 'demain soir à 1h'],
    ['es', 'esta noche a la 1'],
    ['it', 'stanotte alle 2'],
    ['pt-BR', 'amanhã à noite à 1'],
    ['ja', '今夜12時'],
    ['ja', '明日の夜1時'],
    ['zh-CN', '今晚1点'],
    ['zh-CN', '明天中午1点'],
  ])('that may be that of another day is not guessed at, in %s: %j', async (locale, words) => {
    expect([undefined, 'several']).toContain(await meaning(words, { locale, now }));
  });

  test.each([
    ['en', 'tonight at 9', '2026-11-23T21:00Z'],
    ['en', 'tomorrow at 2 at night', '2026-11-24T02:00Z'],
    ['en', '12:30am', '2026-11-24T00:30Z'],
    ['de', 'morgen um 2 Uhr nachts', '2026-11-24T02:00Z'],
    ['de', 'heute Mittag um 12', '2026-11-23T12:00Z'],
    ['de', 'Sonnabend um 14 Uhr', '2026-11-28T14:00Z'],
    ['de', 'morgen Vormittag um 9', '2026-11-24T09:00Z'],
    ['it', 'domani alle 2 di notte', '2026-11-24T02:00Z'],
    ['ja', '明日の深夜1時', '2026-11-24T01:00Z'],
    ['zh-CN', '明天中午12点', '2026-11-24T12:00Z'],
  ])('is read where it is that of one day, in %s: %j', async (locale, words, expected) => {
    expect(await meaning(words, { locale, now })).toBe(expected);
  });
});

// Three or seven of them were read.
test.each([
  ['en', ['in a few days', 'a few minutes from now', 'in several hours', 'several days ago']],
  ['de', ['in einigen Stunden', 'in wenigen Minuten', 'vor einigen Tagen']],
  ['fr', ['dans quelques jours', 'il y a quelques jours']],
  ['es', ['en unos minutos', 'en algunos días', 'hace unos días']],
  ['it', ['tra qualche giorno', 'tra alcuni giorni']],
  ['ru', ['через несколько дней', 'через день']],
])('a number that says no number is not guessed at, in %s', async (locale, all) => {
  for (const words of all) expect(await meaning(words, { locale }), words).toBeUndefined();
});

test.each<[locale: string, words: string, expected: string | undefined]>([
  // Limits, which were read as the time itself.
  ['en', 'tomorrow before 9', undefined],
  ['en', 'friday after 9:00', undefined],
  ['en', '1 december before noon', undefined],
  ['it', 'domani prima delle 9', undefined],
  ['it', 'domani dopo le 9', undefined],
  // From a Friday that is past, at noon.
  ['en', 'two days after friday', undefined],
  ['en', 'the day after friday', undefined],
  ['en', '2 days before friday at 10', undefined],
  ['it', '2 giorni dopo venerdì', undefined],
  ['en', '2 hours before tomorrow', undefined],
  ['en', '2 days after 1 december', '2026-12-03T09:00Z'],
  ['en', '2 days after 1 december at 10', '2026-12-03T10:00Z'],
  ['en', '2 days after 1 december noon', '2026-12-03T12:00Z'],
  ['en', 'a week after tomorrow', '2026-12-01T09:00Z'],
  ['en', 'the day after tomorrow afternoon', '2026-11-25T15:00Z'],
  ['en', 'after 2 hours', '2026-11-23T17:30Z'],
  ['it', 'dopo 2 giorni', '2026-11-25T09:00Z'],
])('before and after another time, in %s: %j', async (locale, words, expected) => {
  expect(await meaning(words, { locale })).toBe(expected);
});

test.each([
  ['en', ['december', 'december 2027', 'may']],
  ['es', ['diciembre']],
  ['it', ['dicembre']],
  ['ru', ['декабрь', 'в декабре']],
  ['zh-CN', ['12月']],
])('a month alone is no day, in %s', async (locale, all) => {
  for (const words of all) expect(await meaning(words, { locale }), words).toBeUndefined();
});

test.each([
  ['en', 'now', '2026-11-23T15:30Z'],
  ['zh-CN', '现在', '2026-11-23T15:30Z'],
  ['zh-CN', '立刻', '2026-11-23T15:30Z'],
  ['zh-TW', '現在', '2026-11-23T15:30Z'],
  ['en', 'next weekday', '2026-11-24T09:00Z'],
  ['en', 'next weekday at 10', '2026-11-24T10:00Z'],
])('now, and the next day of work, in %s: %j', async (locale, words, expected) => {
  expect(await meaning(words, { locale })).toBe(expected);
});

test.each<[locale: string, words: string, expected: string | undefined]>([
  ['en', 'tomorrow @ 9', '2026-11-24T09:00Z'],
  ['en', 'friday at 12 noon', '2026-11-27T12:00Z'],
  ['en', '27 november, friday 9:00', '2026-11-27T09:00Z'],
  ['en', '1 december 9:00, wednesday 10:00', 'several'],
  ['en', '1 december and tuesday', 'several'],
  ['de', 'Freitag, den 27.11.2026 um 14:00 Uhr', '2026-11-27T14:00Z'],
  ['de', 'Fr. 14 Uhr', '2026-11-27T14:00Z'],
  ['de', '20.15 Uhr', '2026-11-23T20:15Z'],
  ['fr', 'dim. 9h', '2026-11-29T09:00Z'],
  ['es', 'mañana a las 9 p. m.', '2026-11-24T21:00Z'],
  ['es', 'mañana por la mañana a las 9', '2026-11-24T09:00Z'],
  ['it', '1/12/2026 alle 9', '2026-12-01T09:00Z'],
  ['pt-BR', 'terça-feira 10h', '2026-11-24T10:00Z'],
  ['pt-BR', 'terça 10h', '2026-11-24T10:00Z'],
  ['ja', '金曜日11月27日', '2026-11-27T09:00Z'],
  ['ja', '土曜日11月27日', undefined],
  ['zh-CN', '2026年12月1日星期二', '2026-12-01T09:00Z'],
  ['zh-CN', '12月1日(周二) 9:00', '2026-12-01T09:00Z'],
  ['zh-CN', '12月1日星期三', undefined],
])('one time is not taken for several, in %s: %j', async (locale, words, expected) => {
  expect(await meaning(words, { locale })).toBe(expected);
});

test.each([
  ['fr', 'lundis 9h'],
  ['fr', 'les lundis à 9h'],
  ['es', 'los lunes'],
  ['es', 'los lunes a las 9'],
])('each such day is not the next one, in %s: %j', async (locale, words) => {
  expect(await meaning(words, { locale })).toBe('several');
});

test.each([
  ['tomorrow UTC', 'Europe/Berlin', monday, '2026-11-24T09:00Z'],
  ['friday ET', 'Asia/Tokyo', monday, '2026-11-27T14:00Z'],
  // A week on, America has left summer time.
  ['friday ET', 'UTC', '2026-10-31T12:00:00Z', '2026-11-06T14:00Z'],
  ['8pm ET', 'Asia/Tokyo', monday, '2026-11-24T01:00Z'],
  ['8am PT', 'Pacific/Auckland', '2026-11-23T15:30:00Z', '2026-11-23T16:00Z'],
  ['friday 13:00 GMT+5:30', 'UTC', monday, '2026-11-27T07:30Z'],
])('a zone in the words: %j in %s', async (words, zone, now, expected) => {
  expect(await meaning(words, { zone, now })).toBe(expected);
});

test.each([
  ['en', ['monday to friday 9:00', 'friday 8pm - 10pm', 'tomorrow 8-10pm', 'friday 8pm or 9pm', 'monday 9:00 and friday 10:00']],
  ['de', ['Montag bis Freitag 9:00', 'Freitag 20-22 Uhr']],
  ['fr', ['lundi à vendredi 9h', 'vendredi 20h - 22h']],
  ['es', ['de lunes a viernes 9:00']],
])('several times are not one, in %s', async (locale, all) => {
  for (const words of all) expect(await meaning(words, { locale }), words).toBe('several');
});

test.each([
  ['en', '18h', undefined],
  ['en', 'tomorrow 18h', undefined],
  ['en', '18h30', '2026-11-23T18:30Z'],
  ['en', 'in 18h', '2026-11-24T09:30Z'],
  ['en', 'in 2h 30m', '2026-11-23T18:00Z'],
  ['de', '18h', '2026-11-23T18:00Z'],
  ['fr', 'demain 18h', '2026-11-24T18:00Z'],
  ['fr', 'dans 18h', '2026-11-24T09:30Z'],
])('an hour or so many hours, in %s: %j', async (locale, words, expected) => {
  expect(await meaning(words, { locale })).toBe(expected);
});

describe('in the languages that VS Code is shown in', () => {
  test.each([
    ['de', 'übermorgen um 9', '2026-11-25T09:00Z'],
    ['de', 'heute Abend', '2026-11-23T18:00Z'],
    ['de', 'morgen früh', '2026-11-24T09:00Z'],
    ['de', 'morgen Mittag', '2026-11-24T12:00Z'],
    ['de', 'nächsten Freitag', '2026-12-04T09:00Z'],
    ['de', '27.11. 14 Uhr', '2026-11-27T14:00Z'],
    ['de', 'am 1. Dezember um 9:30 Uhr', '2026-12-01T09:30Z'],
    ['de', 'gestern 9', '2026-11-22T09:00Z'],
    ['fr', 'après-demain à 9h', '2026-11-25T09:00Z'],
    ['fr', 'ce matin', '2026-11-23T09:00Z'],
    ['fr', 'le 1er décembre à 9h30', '2026-12-01T09:30Z'],
    ['es', 'pasado mañana a las 9', '2026-11-25T09:00Z'],
    ['es', 'mañana por la mañana', '2026-11-24T09:00Z'],
    ['es', '1 de diciembre 9:30', '2026-12-01T09:30Z'],
    ['es', 'mañana a las 8 de la mañana', '2026-11-24T08:00Z'],
    ['es', 'viernes a las 8:30 de la noche', '2026-11-27T20:30Z'],
    ['pt-BR', 'amanhã às 8 da manhã', '2026-11-24T08:00Z'],
    ['pt-BR', 'sexta às 8 da noite', '2026-11-27T20:00Z'],
    ['fr', 'demain après-midi', '2026-11-24T14:00Z'],
    ['fr', 'demain à midi', '2026-11-24T12:00Z'],
    ['fr', 'demain à minuit', '2026-11-24T00:00Z'],
    ['it', 'dopodomani alle 9', '2026-11-25T09:00Z'],
    ['it', 'venerdì alle 20', '2026-11-27T20:00Z'],
    ['pt-BR', 'daqui a 30 minutos', '2026-11-23T16:00Z'],
    ['pt-BR', 'ontem 9:00', '2026-11-22T09:00Z'],
    ['pt-BR', 'sexta às 20h', '2026-11-27T20:00Z'],
    ['ja', '明日の午前9時', '2026-11-24T09:00Z'],
    ['ja', '１２月１日 ９：３０', '2026-12-01T09:30Z'],
    ['ja', '昨日 9:00', '2026-11-22T09:00Z'],
    ['ru', 'в пятницу в 20:00', '2026-11-27T20:00Z'],
    ['ru', 'завтра утром', '2026-11-24T09:00Z'],
    ['zh-CN', '明天下午3点', '2026-11-24T15:00Z'],
    ['zh-CN', '两小时后', '2026-11-23T17:30Z'],
    ['zh-TW', '後天9點', '2026-11-25T09:00Z'],
  ])('%s: %j', async (locale, words, expected) => {
    expect(await meaning(words, { locale })).toBe(expected);
  });

  test.each(['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'ja', 'ru', 'zh-CN', 'zh-TW'])(
    '%s: what the prompt suggests, and English',
    async (locale) => {
      const expected = ['2026-11-24T09:30Z', '2026-11-27T20:00Z', '2026-11-23T17:30Z'];
      for (const [index, words] of timeExamples(locale).entries()) expect(await meaning(words, { locale }), words).toBe(expected[index]);
      expect(await meaning('friday 8pm', { locale })).toBe('2026-11-27T20:00Z');
    },
  );
});
