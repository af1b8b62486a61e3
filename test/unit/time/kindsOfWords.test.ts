// Four kinds of words for a time in each language that is read, on Monday, 23 November 2026, at 15:30: what is more than
// one time, what is past, durations with a fraction, and days that are told by their month in words.
import { describe, expect, test } from 'vitest';
import { timeLanguages } from '../../../src/core/time/languages.ts';
import { meaningOf } from '../../../src/core/time/parseTime.ts';

type Row = readonly [words: string, expected: string | undefined];

const several = (...all: string[]): Row[] => all.map((words) => [words, 'several']);
/** Two hours, three days, two weeks, a month, 90 minutes, and a year ago. */
const past = (...all: string[]): Row[] => {
  const expected = [
    '2026-11-23T13:30Z',
    '2026-11-20T09:00Z',
    '2026-11-09T09:00Z',
    '2026-10-23T09:00Z',
    '2026-11-23T14:00Z',
    '2025-11-23T09:00Z',
    '2026-11-21T09:00Z',
    '2026-11-23T14:30Z',
  ];
  return all.map((words, index) => [words, expected[index]]);
};
/** One and a half hours, two and a half hours, 2 hours and 30 minutes; in figures, then in words. */
const halves = (...all: string[]): Row[] => {
  const expected = ['17:00', '18:00', '16:00', '18:00', '17:00', '18:00'];
  return all.map((words, index) => [words, `2026-11-23T${expected[index]}Z`]);
};
/** The fifth of next month, at nine and at 18:00; the 28th of this month; the first of the month after next. */
const months = (...all: string[]): Row[] => {
  const expected = ['2026-12-05T09:00Z', '2026-12-05T18:00Z', '2026-11-28T09:00Z', '2026-12-01T09:00Z', '2027-01-05T09:00Z'];
  return all.map((words, index) => [words, expected[index]]);
};

/** The next fifth at nine and at 18:00, the next 31st, and the last day of next month. */
const days = (...all: string[]): Row[] =>
  all.map((words, index) => [words, ['2026-12-05T09:00Z', '2026-12-05T18:00Z', '2026-12-31T09:00Z', '2026-12-31T09:00Z'][index]]);
/** Tomorrow at eight, at half past, and at twelve. */
const hours = (...all: (string | undefined)[]): Row[] =>
  all.flatMap((words, index) => (words ? [[words, `2026-11-24T${['08:00', '08:30', '12:00'][index]}Z`] as const] : []));
const none = (...all: string[]): Row[] => all.map((words) => [words, undefined]);

const table: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>> = {
  'a range, or a choice': {
    en: several(
      'friday 20-22',
      'friday 8 to 10pm',
      'friday from 8 to 10',
      'friday between 8 and 10',
      'friday 20:00–22:00',
      'monday to friday',
      'monday - friday',
      '1 to 3 december',
      '1-3 december 9:00',
      'december 1-3',
      'friday or saturday',
      'friday and saturday 9:00',
      'from tomorrow until friday',
      '8:00, 12:00 and 18:00',
      'in 2-3 hours',
      'in 2 or 3 days',
      'friday 8 or 9',
      '1.12.-3.12.',
      '12/1 - 12/3',
      '2026-12-01/2026-12-03',
      'every friday 9:00',
    ),
    de: several(
      'Freitag 20-22',
      'Freitag 20 bis 22 Uhr',
      'Freitag von 20 bis 22 Uhr',
      'Freitag zwischen 20 und 22 Uhr',
      'Freitag 20:00–22:00',
      'Montag bis Freitag',
      'Montag - Freitag',
      '1. bis 3. Dezember',
      '1.-3. Dezember 9:00',
      'vom 1. bis 3. Dezember',
      'Freitag oder Samstag',
      'Freitag und Samstag 9:00',
      'von morgen bis Freitag',
      'um 8:00, 12:00 und 18:00',
      'in 2-3 Stunden',
      'in 2 oder 3 Tagen',
      'in zwei bis drei Tagen',
      '1.12.-3.12.',
      '1.12. - 3.12.',
      'jeden Freitag 9:00',
    ),
    fr: several(
      'vendredi 20-22',
      'vendredi 20h-22h',
      'vendredi de 20h à 22h',
      'vendredi entre 20h et 22h',
      'vendredi 20:00–22:00',
      'du lundi au vendredi',
      'lundi - vendredi',
      'du 1er au 3 décembre',
      '1-3 décembre 9h',
      'vendredi ou samedi',
      'vendredi et samedi 9h',
      'de demain à vendredi',
      "de demain jusqu'à vendredi",
      '8h, 12h et 18h',
      'dans 2-3 heures',
      'dans 2 ou 3 jours',
      'dans deux à trois jours',
      'chaque vendredi 9h',
      'tous les vendredis 9h',
    ),
    es: several(
      'viernes 20-22',
      'viernes de 20 a 22',
      'viernes de 20:00 a 22:00',
      'viernes entre las 20 y las 22',
      'viernes 20:00–22:00',
      'de lunes a viernes',
      'lunes - viernes',
      'del 1 al 3 de diciembre',
      '1-3 de diciembre 9:00',
      'viernes o sábado',
      'viernes y sábado 9:00',
      'desde mañana hasta el viernes',
      'a las 8:00, 12:00 y 18:00',
      'en 2-3 horas',
      'en 2 o 3 días',
      'en dos o tres días',
      'cada viernes 9:00',
      'todos los viernes 9:00',
    ),
    it: several(
      'venerdì 20-22',
      'venerdì dalle 20 alle 22',
      'venerdì dalle 20:00 alle 22:00',
      'venerdì tra le 20 e le 22',
      'venerdì 20:00–22:00',
      'da lunedì a venerdì',
      'lunedì - venerdì',
      'dal 1 al 3 dicembre',
      '1-3 dicembre 9:00',
      'venerdì o sabato',
      'venerdì e sabato 9:00',
      'da domani fino a venerdì',
      'alle 8:00, 12:00 e 18:00',
      'tra 2-3 ore',
      'tra 2 o 3 giorni',
      'tra due o tre giorni',
      'ogni venerdì 9:00',
    ),
    'pt-BR': several(
      'sexta 20-22',
      'sexta das 20 às 22',
      'sexta das 20h às 22h',
      'sexta entre 20h e 22h',
      'sexta 20:00–22:00',
      'de segunda a sexta',
      'segunda - sexta',
      'de 1 a 3 de dezembro',
      '1-3 de dezembro 9:00',
      'sexta ou sábado',
      'sexta e sábado 9:00',
      'de amanhã até sexta',
      'às 8:00, 12:00 e 18:00',
      'em 2-3 horas',
      'em 2 ou 3 dias',
      'em dois ou três dias',
      'toda sexta às 9:00',
      'de segunda-feira a sexta-feira',
    ),
    ja: several(
      '金曜日 20-22時',
      '金曜日 20時から22時',
      '金曜日20時から22時まで',
      '金曜日 20:00〜22:00',
      '金曜日 20:00~22:00',
      '金曜日20時～22時',
      '月曜日から金曜日',
      '月曜日から金曜日まで',
      '12月1日から3日',
      '12月1日〜3日',
      '12月1日-3日',
      '金曜日か土曜日',
      '金曜日と土曜日 9:00',
      '金曜日または土曜日',
      '明日から金曜日まで',
      '2〜3時間後',
      '2、3日後',
      '8:00と12:00',
      '毎週金曜日 9:00',
      '金曜日 20:00–22:00',
    ),
    ru: several(
      'пятница 20-22',
      'в пятницу с 20 до 22',
      'в пятницу с 20:00 до 22:00',
      'в пятницу между 20 и 22',
      'пятница 20:00–22:00',
      'с понедельника по пятницу',
      'понедельник - пятница',
      'с 1 по 3 декабря',
      '1-3 декабря 9:00',
      'в пятницу или субботу',
      'в пятницу и в субботу 9:00',
      'с завтра до пятницы',
      'в 8:00, 12:00 и 18:00',
      'через 2-3 часа',
      'через 2 или 3 дня',
      'каждую пятницу 9:00',
    ),
    'zh-CN': several(
      '周五20-22点',
      '周五20点到22点',
      '周五从20点到22点',
      '周五20点至22点',
      '周五 20:00–22:00',
      '周一到周五',
      '周一至周五',
      '从周一到周五',
      '12月1日到3日',
      '12月1日至3日',
      '12月1-3日',
      '周五或周六',
      '周五或者周六',
      '周五和周六 9:00',
      '从明天到周五',
      '2到3小时后',
      '2-3小时后',
      '两三天后',
      '每周五 9:00',
      '周五20点~22点',
    ),
    'zh-TW': several('週五20點到22點', '週一至週五', '每週五 9:00', '2到3小時後'),
  },
  'so long ago': {
    en: past('2 hours ago', '3 days ago', '2 weeks ago', 'a month ago', '90 minutes ago', 'a year ago', 'two days ago', 'an hour ago'),
    de: past(
      'vor 2 Stunden',
      'vor 3 Tagen',
      'vor 2 Wochen',
      'vor einem Monat',
      'vor 90 Minuten',
      'vor einem Jahr',
      'vor zwei Tagen',
      'vor einer Stunde',
    ),
    fr: past(
      'il y a 2 heures',
      'il y a 3 jours',
      'il y a 2 semaines',
      'il y a un mois',
      'il y a 90 minutes',
      'il y a un an',
      'il y a deux jours',
      'il y a une heure',
    ),
    es: past(
      'hace 2 horas',
      'hace 3 días',
      'hace 2 semanas',
      'hace un mes',
      'hace 90 minutos',
      'hace un año',
      'hace dos días',
      'hace una hora',
    ),
    it: past('2 ore fa', '3 giorni fa', '2 settimane fa', 'un mese fa', '90 minuti fa', 'un anno fa', 'due giorni fa', "un'ora fa"),
    'pt-BR': past('há 2 horas', 'há 3 dias', 'há 2 semanas', 'há um mês', 'há 90 minutos', 'há um ano', 'há dois dias', 'há uma hora'),
    pt: past(
      '2 horas atrás',
      '3 dias atrás',
      'há 2 semanas atrás',
      'um mês atrás',
      '90 minutos atrás',
      'um ano atrás',
      'dois dias atrás',
      'uma hora atrás',
    ),
    ja: past('2時間前', '3日前', '2週間前', '1か月前', '90分前', '1年前', '二日前', '1時間前'),
    ru: past('2 часа назад', '3 дня назад', '2 недели назад', 'месяц назад', '90 минут назад', 'год назад', 'два дня назад', 'час назад'),
    'zh-CN': past('2小时前', '3天前', '2周前', '一个月前', '90分钟前', '一年前', '两天前', '一小时前'),
    'zh-TW': past('2小時前', '3天前', '2週前', '一個月前', '90分鐘前', '一年前', '兩天前', '一小時前'),
  },
  'hours and a half': {
    en: halves(
      'in 1.5 hours',
      'in 2.5 hours',
      'in 0.5 hours',
      'in 2 hours and 30 minutes',
      'in an hour and a half',
      'in two and a half hours',
    ),
    de: halves(
      'in 1,5 Stunden',
      'in 2,5 Stunden',
      'in 0,5 Stunden',
      'in 2 Stunden und 30 Minuten',
      'in anderthalb Stunden',
      'in zweieinhalb Stunden',
    ),
    fr: halves(
      'dans 1,5 heure',
      'dans 2,5 heures',
      'dans 0,5 heure',
      'dans 2 heures et 30 minutes',
      'dans une heure et demie',
      'dans deux heures et demie',
    ),
    es: halves('en 1,5 horas', 'en 2,5 horas', 'en 0,5 horas', 'en 2 horas y 30 minutos', 'en hora y media', 'en dos horas y media'),
    it: halves('tra 1,5 ore', 'tra 2,5 ore', 'tra 0,5 ore', 'tra 2 ore e 30 minuti', "tra un'ora e mezza", 'tra due ore e mezza'),
    'pt-BR': halves('em 1,5 hora', 'em 2,5 horas', 'em 0,5 hora', 'em 2 horas e 30 minutos', 'em uma hora e meia', 'em duas horas e meia'),
    ja: halves('1.5時間後', '2.5時間後', '0.5時間後', '2時間30分後', '1時間半後', '2時間半後'),
    ru: halves(
      'через 1,5 часа',
      'через 2,5 часа',
      'через 0,5 часа',
      'через 2 часа 30 минут',
      'через полтора часа',
      'через два с половиной часа',
    ),
    'zh-CN': halves('1.5小时后', '2.5小时后', '0.5小时后', '2小时30分钟后', '一个半小时后', '两个半小时后'),
    'zh-TW': halves('1.5小時後', '2.5小時後', '0.5小時後', '2小時30分鐘後', '一個半小時後', '兩個半小時後'),
  },
  'a day of a month told by words': {
    en: months('5th of next month', '5th of next month at 18:00', '28th of this month', 'the first of next month'),
    de: months(
      'am 5. nächsten Monats',
      'am 5. nächsten Monats um 18 Uhr',
      'am 28. dieses Monats',
      'am ersten nächsten Monats',
      'am 5. übernächsten Monats',
    ),
    fr: months('le 5 du mois prochain', 'le 5 du mois prochain à 18h', 'le 28 de ce mois', 'le 1er du mois prochain'),
    es: months('el 5 del próximo mes', 'el 5 del mes que viene a las 18:00', 'el 28 de este mes', 'el primero del próximo mes'),
    it: months('il 5 del mese prossimo', 'il 5 del prossimo mese alle 18', 'il 28 di questo mese', 'il primo del mese prossimo'),
    'pt-BR': months('dia 5 do próximo mês', 'dia 5 do mês que vem às 18h', 'dia 28 deste mês', 'primeiro do próximo mês'),
    ja: months('来月5日', '来月5日18時', '今月28日', '来月1日', '再来月5日'),
    ru: months(
      '5 числа следующего месяца',
      '5 числа следующего месяца в 18:00',
      '28 числа этого месяца',
      'первого числа следующего месяца',
    ),
    'zh-CN': months('下个月5号', '下个月5号18点', '这个月28号', '下月1日', '下下个月5号'),
    'zh-TW': months('下個月5號', '下個月5號18點', '這個月28號', '下月1日', '下下個月5號'),
  },
  'a day of the month alone, and an end of one': {
    en: days('the 5th', 'on the 5th at 18:00', 'the 31st', 'end of next month'),
    de: days('am 5.', 'am 5. um 18 Uhr', 'am 31.', 'Ende nächsten Monats'),
    fr: days('le 5', 'le 5 à 18h', 'le 31', 'fin du mois prochain'),
    es: days('el 5', 'el 5 a las 18:00', 'el día 31', 'fin del próximo mes'),
    it: days('il 5', 'il 5 alle 18', 'il 31', 'fine del prossimo mese'),
    'pt-BR': days('dia 5', 'no dia 5 às 18h', 'dia 31', 'fim do próximo mês'),
    ja: days('5日', '5日18時', '31日', '来月末'),
    ru: days('5 числа', '5 числа в 18:00', '31 числа', 'в конце следующего месяца'),
    'zh-CN': days('5号', '5号18点', '31号', '下个月底'),
    'zh-TW': days('5號', '5號18點', '31號', '下個月底'),
  },
  'an hour by its name': {
    en: hours('tomorrow at eight', undefined, 'tomorrow at twelve'),
    de: hours('morgen um acht', undefined, 'morgen um zwölf'),
    fr: hours('demain à huit heures', 'demain à huit heures et demie', 'demain à douze heures'),
    es: hours('mañana a las ocho', 'mañana a las ocho y media', 'mañana a las doce'),
    it: hours('domani alle otto', 'domani alle otto e mezza', 'domani alle dodici'),
    'pt-BR': hours('amanhã às oito', 'amanhã às oito e meia', 'amanhã às doze'),
    ru: hours('завтра в восемь'),
    ja: hours('明日八時', '明日八時半'),
    'zh-CN': hours('明天八点', '明天八点半'),
  },
  'what is no range': {
    en: none('friday - maybe', 'tomorrow and nothing', 'to 9', 'in 2 hours or so'),
    de: none('Freitag - vielleicht', 'morgen und sonst nichts'),
    es: none('viernes a la playa', 'mañana y nada'),
    fr: none('demain à Paris', 'vendredi et rien'),
  },
};

/** What words mean, as the instant in short form. */
async function meaning(words: string, locale: string, now = '2026-11-23T15:30:00Z'): Promise<string | undefined> {
  const meant = meaningOf(words, 'UTC', new Date(now), { locale, languages: await timeLanguages(locale) });
  return meant instanceof Date ? meant.toISOString().replace(/(?::00)?\.\d+Z$/u, 'Z') : meant;
}

const rows = Object.entries(table).flatMap(([kind, languages]) =>
  Object.entries(languages).flatMap(([locale, all]) => all.map(([words, expected]) => [kind, locale, words, expected] as const)),
);

test.each(rows)('%s, in %s: %j', async (_, locale, words, expected) => {
  expect(await meaning(words, locale)).toBe(expected);
});

describe('a day without its month', () => {
  test.each([
    ['the 23rd', '2026-12-23T09:00Z'],
    ['the 23rd 18:00', '2026-11-23T18:00Z'],
    ['the 23rd 9:00', '2026-12-23T09:00Z'],
    ['the 31st', '2026-12-31T09:00Z'],
    ['31st of this month', undefined],
  ])('is the next that is to come: %j', async (words, expected) => {
    expect(await meaning(words, 'en')).toBe(expected);
  });

  test('is not taken from one that has it', async () => {
    for (const [locale, words] of [
      ['en', 'december 5th'],
      ['de', 'am 5. Dezember'],
      ['fr', 'le 5 décembre'],
      ['es', 'el 5 de diciembre'],
      ['it', 'il 5 dicembre'],
      ['pt-BR', 'dia 5 de dezembro'],
      ['ja', '12月5日'],
      ['ru', '5 декабря'],
      ['zh-CN', '12月5日'],
    ] as const)
      expect(await meaning(words, locale), words).toBe('2026-12-05T09:00Z');
  });

  test('is not taken from a duration', async () => {
    for (const [locale, words] of [
      ['en', 'in 1 month'],
      ['de', 'in 1 Monat'],
      ['fr', 'dans 1 mois'],
      ['es', 'en 1 mes'],
      ['it', 'tra 1 mese'],
      ['pt-BR', 'em 1 mês'],
      ['ja', '1か月後'],
      ['ru', 'через 1 месяц'],
      ['zh-CN', '1个月后'],
    ] as const)
      expect(await meaning(words, locale), words).toBe('2026-12-23T09:00Z');
  });
});

test('hours and a half before now, and days and weeks and a half', async () => {
  expect(await meaning('vor 1,5 Stunden', 'de')).toBe('2026-11-23T14:00Z');
  expect(await meaning("un'ora e mezza fa", 'it')).toBe('2026-11-23T14:00Z');
  expect(await meaning('hace una hora y media', 'es')).toBe('2026-11-23T14:00Z');
  expect(await meaning('in anderthalb Tagen', 'de')).toBe('2026-11-25T03:30Z');
  expect(await meaning('in 1.5 weeks', 'en')).toBe('2026-12-04T03:30Z');
});

test('a text that was pasted is no range, and asks no more of the reader than that', async () => {
  expect(await meaning('8:00, '.repeat(3000), 'it')).not.toBeInstanceOf(Date);
  expect(await meaning(`venerdì ${'a - '.repeat(3000)}`, 'it')).toBeUndefined();
});
