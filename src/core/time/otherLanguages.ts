import { casual as de } from 'chrono-node/de';
import { type Chrono, ParsingComponents } from 'chrono-node/en';
import { casual as es } from 'chrono-node/es';
import { casual as fr } from 'chrono-node/fr';
import { casual as it } from 'chrono-node/it';
import { casual as ja } from 'chrono-node/ja';
import { casual as pt } from 'chrono-node/pt';
import { casual as ru } from 'chrono-node/ru';
import { casual as hans } from 'chrono-node/zh/hans';
import { numberOf } from './durations.ts';
import type { TimeLanguage } from './timeLanguage.ts';

type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const spanishNumbers = ['una?', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'];
const portugueseNumbers = ['uma?', 'dois|duas', 'tr[eê]s', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze'];
const japaneseNumbers = [...'一二三四五六七八九十'];
const chineseNumbers = ['一', '[二两兩]', ...japaneseNumbers.slice(2)];

/**
 * Adds how long from now or, with 前 behind it or such a word before it, how long ago, for a language in which the library
 * does not read it, or reads it as a time of day.
 * @param pattern   its groups are how many, of what, and what says that it is past
 * @param numbers   words for numbers from one on
 * @param replaced  such words: what reads them now is left out
 */
function withDurations(
  language: Chrono,
  pattern: RegExp,
  numbers: readonly string[],
  units: Readonly<Partial<Record<Unit, RegExp>>>,
  replaced: readonly string[] = [],
): Chrono {
  const reader = language.clone();
  reader.parsers = reader.parsers.filter((parser) => !replaced.some((words) => parser.pattern({} as never).test(words)));
  reader.parsers.push({
    pattern: () => pattern,
    extract: ({ reference }, { groups: { count = '', unit: name = '', past, ago } = {} }) => {
      const unit = (Object.keys(units) as Unit[]).find((each) => units[each]!.test(name));
      const many = /^\d+$/u.test(count) ? Number(count) : numberOf(count, numbers);
      return unit ? ParsingComponents.createRelativeFromReference(reference, { [unit]: past || ago ? -many : many }) : null;
    },
  });
  return reader;
}

/** From one day of the week, 0 for Sunday, to another one in a week that is so many from now; weeks begin on Monday. */
function daysTo(weekday: number, today: number, weeks: number): number {
  return weeks * 7 + ((weekday + 6) % 7) - ((today + 6) % 7);
}

/**
 * Adds days of the week that are told by their week or by their side of today.
 * @param pattern   its first group that matched is the day's name, of which `days` has the beginnings, Sunday first
 * @param distance  in days, by what stands beside the name
 */
function withWeekdays(
  reader: Chrono,
  pattern: RegExp,
  days: readonly string[],
  distance: (weekday: number, today: number, beside: string) => number,
): Chrono {
  reader.parsers.unshift({
    pattern: () => pattern,
    extract: ({ reference }, [found, ...groups]) => {
      const name = groups.find(Boolean)!.toLowerCase();
      const weekday = days.findIndex((each) => name.startsWith(each));
      const today = reference.getDateWithAdjustedTimezone().getDay();
      return ParsingComponents.createRelativeFromReference(reference, { day: distance(weekday, today, found.toLowerCase()) });
    },
  });
  return reader;
}

/** Which week the words of a language with such words name. */
const weeksAway: Readonly<Record<string, number>> = { 再来: 2, 来: 1, 今: 0, 先: -1, 下下: 2, 下: 1, 这: 0, 上: -1 };
const byWeek = (weekday: number, today: number, beside: string) =>
  daysTo(weekday, today, weeksAway[/^(?:再来|来|今|先|下下|下|这|上)/u.exec(beside)![0]]!);
/** The last one before today. */
const before = (weekday: number, today: number) => -(((today - weekday + 6) % 7) + 1);

const spanishDays = ['dom', 'lun', 'mar', 'mi', 'jue', 'vie', 's'];
const inSpanish = 'lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo';
const spanish = withWeekdays(
  withDurations(
    es,
    new RegExp(
      `(?<!\\p{L})(?<past>hace)\\s+(?<count>\\d{1,4}|${spanishNumbers.join('|')})\\s+` +
        '(?<unit>minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?)(?!\\p{L})',
      'iu',
    ),
    spanishNumbers,
    { minute: /^min/iu, hour: /^h/iu, day: /^d/iu, week: /^s/iu, month: /^mes/iu, year: /^a/iu },
  ),
  new RegExp(`(?<!\\p{L})(?:(?:pasado|[uú]ltimo) (${inSpanish})|(${inSpanish}) pasado)(?!\\p{L})`, 'iu'),
  spanishDays,
  before,
);

const portugueseDays = ['dom', 'seg', 'ter', 'qua', 'qui', 'sex', 's'];
const inPortuguese = '(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?|s[aá]bado|domingo';
const portugueseUnits = 'minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?|anos?';
const portugueseDuration = `(?<count>\\d{1,4}|${portugueseNumbers.join('|')})\\s+(?<unit>${portugueseUnits})`;
const portugueseBefore = '(?:em|daqui a|dentro de|(?<past>h[áa]))\\s+';
const portugueseDurations = withDurations(
  pt,
  new RegExp(`(?<!\\p{L})(?:${portugueseBefore}(?=\\S+\\s+\\p{L})|(?=.+atrás))${portugueseDuration}(?!\\p{L})(?<ago>\\s+atrás)?`, 'iu'),
  portugueseNumbers,
  { minute: /^min/iu, hour: /^h/iu, day: /^d/iu, week: /^s/iu, month: /^m[eê]s/iu, year: /^a/iu },
);
const portuguese = withWeekdays(
  portugueseDurations,
  new RegExp(`(?<!\\p{L})(?:(?:passad[ao]|[uú]ltim[ao]) (${inPortuguese})|(${inPortuguese}) passad[ao])(?!\\p{L})`, 'iu'),
  portugueseDays,
  before,
);
const japaneseDurations = withDurations(
  ja,
  /(?<count>\d{1,4}|[一二三四五六七八九十])\s*(?<unit>分|時間|日|週間|[かヶカケ]月|年)(?:後|(?<past>前))/u,
  japaneseNumbers,
  { minute: /分/u, hour: /時間/u, day: /日/u, week: /週/u, month: /月/u, year: /年/u },
);
const japanese = withWeekdays(japaneseDurations, /(?:再来|来|今|先)週の?([日月火水木金土])曜日?/u, [...'日月火水木金土'], byWeek);
const inChinese =
  /(?<count>\d{1,4}|[一二两兩三四五六七八九十])\s*[个個]?\s*(?<unit>分[钟鐘]|小[时時]|[天日]|[周週]|星期|月|年)[之以]?(?:[后後]|(?<past>前))/u;
const chineseUnits = { minute: /分/u, hour: /小/u, day: /[天日]/u, week: /[周週]|星期/u, month: /月/u, year: /年/u };
const chineseDurations = withDurations(hans, inChinese, chineseNumbers, chineseUnits, ['2小时后', '2小时前']);
// The library's weeks begin on Sunday.
chineseDurations.parsers = chineseDurations.parsers.filter(
  (parser) => !parser.pattern({} as never).test('下周日') || parser.pattern({} as never).test('周日'),
);
const chinese = withWeekdays(
  chineseDurations,
  /(?:下下|下|这|上)[个個]?(?:星期|礼拜|周)([日天一二三四五六])/u,
  [...'日一二三四五六'],
  (weekday, today, beside) => byWeek(Math.max(weekday, 0), today, beside),
);

/** Hours as they are named where a part of them is told: that of which it is one. */
const russianHours = [
  ...['первого', 'второго', 'третьего', 'четв[её]ртого', 'пятого', 'шестого', 'седьмого', 'восьмого', 'девятого', 'десятого'],
  ...['одиннадцатого', 'двенадцатого'],
];

/** Traditional signs in words for times, each before its simplified form: a reader of their own would be as large as this one. */
const traditional = '後后點点時时鐘钟週周個个兩两號号這这禮礼內内過过淩凌於于間间';

/** The languages in which VS Code is shown and that the library reads, by the start of their locales. */
export const otherLanguages: Readonly<Record<string, TimeLanguage>> = {
  de: {
    reader: de,
    spellings: [
      [/(\p{L}+(?:tag|woch))morgen(?!\p{L})/iu, '$1 vormittag'],
      [/(\p{L}+(?:tag|woch))(früh|vormittag|mittag|nachmittag|abend|nacht)(?!\p{L})/iu, '$1 $2'],
      [/(?<!\p{L})nächste[rs](?!\p{L})/iu, 'nächsten'],
      [/(?<!\p{L})kommende([nr]?) (?=woche|monat)/iu, 'nächste$1 '],
      [/(?<!\p{L})kommende[nrs]? (?=\p{L})/iu, ''],
      [/(nächste woche),? (\p{L}+(?:tag|woch))(?!\p{L})/iu, '$2 $1'],
      [/diese woche,? (?=\p{L}+(?:tag|woch)(?!\p{L}))/iu, 'diesen '],
      [/(?<![\d.:])(\d{1,2})(?: uhr |\.(?=\d\d uhr))(\d\d)(?: uhr)?(?!\d)/iu, '$1:$2 Uhr'],
      [/,? den (?=\d)/iu, ' '],
      // Else the hour is taken for a year.
      [/(?<=\d\. ?\p{L}{3,9} )(\d{1,2})(?= uhr)/iu, '$1:00'],
      [/einer halben stunde/iu, '30 Minuten'],
      [/(?<!\p{L})(?:früh|in der früh)(?!\p{L})/iu, 'vormittag'],
      [/sonnabend/iu, 'Samstag'],
      [/(?<!\p{L})jän(?!\p{L})/iu, 'Jan'],
    ],
    partsOfHours: [
      ['halb #', -30],
      ['viertel nach #', 15],
      ['viertel vor #', -15],
    ],
    fillers: /(?<!\p{L})(?:um|am|den|der|gegen|uhr)(?!\p{L})/giu,
    current: /(?<!\p{L})diese[nrms]?(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:in|nach|binnen)|[+-])\s*$/iu,
    durations: {
      before: 'in|nach|binnen|vor',
      numbers: ['eine[mnrs]?|eins?', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'],
      oneAndHalf: 'anderthalb|eineinhalb',
      halfBefore: 'einhalb',
      and: 'und|,',
      hours: 'stunden?|std|h',
      days: 'tage?n?',
      weeks: 'wochen?',
      minutes: 'min(?:uten?)?',
      minute: 'Minuten',
    },
    months: {
      day: String.raw`(?:(?:am|den|der|zum) )?(?:(?<day>\d{1,2})\.|ersten?|(?<last>letzten(?: tag)?|ende))`,
      bareDay: String.raw`(?:am|den|der|zum) (?<day>\d{1,2})\.(?!\d)`,
      of: ' (?:des |im )?',
      at: 'um',
      months: ['(?:diese[mns] )?monats?', '(?:nächste|kommende)[mnrs]? monats?', 'übernächste[mnrs]? monats?'],
    },
    between: /(?<!\p{L})(?:bis|oder|und|jede[nrs]?)(?!\p{L})|[-–—~/,]/giu,
    hoursAreTimes: true,
  },
  fr: {
    reader: fr,
    spellings: [
      [/après-demain/iu, 'dans 2 jours'],
      [/(?<!\p{L})juill(?!\p{L})/iu, 'juil'],
      [/une demi-heure/iu, '30 minutes'],
      [/(?<!\p{L})(?:un|1) an(?!\p{L})/iu, '12 mois'],
      [/(?<!(?:dans|d'ici|après|il y a) )(?<!\d)(\d{1,2}) ?heures?(?: ?(\d\d)(?!\d))?/iu, '$1h$2'],
      [/(?<!\d)(\d{1,2}) h (\d\d)(?!\d)/iu, '$1h$2'],
      [/(?<![\p{L}-])(?:à )?midi et demie?(?!\p{L})/iu, '12:30'],
      [/(?<![\p{L}-])(?:à )?minuit et demie?(?!\p{L})/iu, '0:30'],
      [/(?<!\d)(0?[1-9]|1[01]):(\d\d) (?:du soir|de l'après-midi)/iu, '$1:$2 pm'],
      [/(?<![\p{L}-])(?:à )?midi(?!\p{L})/iu, '12:00'],
      [/(?<![\p{L}-])(?:à )?minuit(?!\p{L})/iu, '0:00'],
    ],
    partsOfHours: [
      ['# ?h(?:eures?)? et demie?', 30],
      ['# ?h(?:eures?)? et quart', 15],
      ['# ?h(?:eures?)? moins le quart', -15],
    ],
    fillers: /(?<!\p{L})(?:à|a|le|au|du|vers|pour)(?!\p{L})/giu,
    current: /(?<!\p{L})ce(?:t|tte)?(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:dans|d'ici|après)|[+-])\s*$/iu,
    durations: {
      before: "dans|d'ici|après|il y a",
      after: 'plus tard|plus tôt',
      numbers: ['une?', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
      halfAfter: ' et demie?',
      and: 'et|,',
      hours: 'heures?|h',
      days: 'jours?',
      weeks: 'semaines?',
      minutes: 'min(?:utes?)?',
      minute: 'minutes',
    },
    months: {
      day: String.raw`(?:le )?(?:(?<day>\d{1,2})(?:er)?|premier(?: jour)?|(?<last>(?:à la )?fin|dernier jour))`,
      bareDay: String.raw`le (?<day>\d{1,2})(?:er)?`,
      of: ' d[eu] ',
      at: 'à',
      months: ['(?:ce )?mois', 'mois prochain'],
    },
    between: /(?<!\p{L})(?:à|au|ou|et|jusqu'(?:à|au)|chaque|(?:(?:tous )?les )?\p{L}+dis|tous les)(?!\p{L})|[-–—~/,]/giu,
    hoursAreTimes: true,
  },
  es: {
    reader: spanish,
    spellings: [
      [/(?:pr[oó]xima semana|semana (?:pr[oó]xima|que viene))/iu, 'en 1 semana'],
      [/(?:pr[oó]ximo mes|mes (?:pr[oó]ximo|que viene))(?!\p{L})/iu, 'en 1 mes'],
      [new RegExp(`(${inSpanish}) (?:pr[oó]ximo|que viene)`, 'iu'), 'próximo $1'],
      [/media hora/iu, '30 minutos'],
      [/(?<!\p{L})sept(?!\p{L})/iu, 'sep'],
      // Not March.
      [/(?<!\p{L})mar(?=,? \d{1,2} (?:de )?\p{L}{3})/iu, 'martes'],
      [/ ([ap])\. m(?!\p{L})\.?/iu, '$1m'],
      [/ (?:por|de|en) la mañana(?= a las? \d)/iu, ''],
      [/(?:al? )?mediod[ií]a/iu, '12:00'],
      [/(?:a (?:la )?)?medianoche/iu, '0:00'],
      [/pasado mañana/iu, 'en 2 días'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|por) la mañana/iu, '$1$2 am'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|por) la (?:tarde|noche)/iu, '$1$2 pm'],
      [/ (?:por|de|en) la mañana/iu, ' 9:00'],
      [/ (?:por|de|en) la (tarde|noche)/iu, ' $1'],
    ],
    partsOfHours: [
      ['# y media', 30],
      ['# y cuarto', 15],
      ['# menos cuarto', -15],
    ],
    fillers: /(?<!\p{L})(?:a|las?|el|de|del|por|en)(?!\p{L})/giu,
    current: /(?<!\p{L})est[ae](?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:en|dentro de|tras)|[+-])\s*$/iu,
    durations: {
      before: 'en|dentro de|tras|hace',
      numbers: spanishNumbers,
      halfAfter: ' y media',
      halfBefore: ' y medi[ao]',
      and: 'y|,',
      hours: 'horas?|h',
      days: 'd[ií]as?',
      weeks: 'semanas?',
      minutes: 'min(?:utos?)?',
      minute: 'minutos',
    },
    months: {
      day: String.raw`(?:el )?(?:(?:d[ií]a )?(?<day>\d{1,2})|primer(?:o| d[ií]a)|(?<last>(?:a )?fin(?:ales)?|[uú]ltimo d[ií]a))`,
      bareDay: String.raw`(?:el|(?:el )?d[ií]a) (?<day>\d{1,2})`,
      of: ' del? ',
      at: 'a las?',
      months: ['(?:este )?mes', '(?:pr[oó]ximo mes|mes (?:pr[oó]ximo|que viene|siguiente))'],
    },
    between: /(?<!\p{L})(?:al?|hasta|o|[ye]|cada|(?:todos )?los)(?!\p{L})|[-–—~/,]/giu,
    hoursAreTimes: true,
  },
  it: {
    reader: it,
    spellings: [
      [/(?:lo |la )?scors[oa] (luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica)/iu, '$1 scorso'],
      [/mezz'ora/iu, '30 minuti'],
      [/(?:a )?mezzogiorno e mezz[ao](?!\p{L})/iu, '12:30'],
      [/(?:a )?mezzogiorno/iu, '12:00'],
      [/(?:a )?mezzanotte/iu, '0:00'],
      [/(?<!\p{L})(?:alle ore |all')(?=\d)/iu, 'alle '],
      // Not March.
      [/(?<!\p{L})mar(?= \d{1,2} \p{L}{3})/iu, 'martedì'],
      [/(?<=\d-\d\d) alle (?=\d)/iu, ' '],
      // Else the hour is taken for a year.
      [/(?<=\d°? \p{L}{3,9}),? (?=\d{1,2}(?::\d\d|$))/iu, ' alle '],
    ],
    partsOfHours: [
      ['# e mezz[ao]', 30],
      ['# e (?:un )?quarto', 15],
      ['# meno (?:un )?quarto', -15],
    ],
    fillers: /(?<!\p{L})(?:alle|all|ore|il|la|di|del|per)(?!\p{L})/giu,
    current: /(?<!\p{L})(?:quest[oa]|stamattina|stamani|stasera|stanotte)(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:tra|fra|in|dopo)|[+-])\s*$/iu,
    durations: {
      before: 'tra|fra|in|dopo',
      after: String.raw`fa(?!\p{L})|(?:dopo|prima)(?!\p{L})`,
      numbers: ["un[oa']?", 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci', 'undici', 'dodici'],
      halfAfter: ' e mezz[ao]',
      halfBefore: ' e mezz[ao]',
      and: 'e|,',
      hours: 'or[ae]|h',
      days: 'giorn[oi]',
      weeks: 'settiman[ae]',
      minutes: 'min(?:ut[oi])?',
      minute: 'minuti',
    },
    months: {
      day: String.raw`(?:il )?(?:(?:giorno )?(?<day>\d{1,2})°?|primo(?: giorno)?|(?<last>(?:a )?fine|ultimo giorno))`,
      bareDay: String.raw`(?:il|(?:il )?giorno) (?<day>\d{1,2})°?`,
      of: ' (?:del |di )?',
      at: 'alle(?: ore)?',
      months: ['questo mese|(?<=fine |giorno |del |di )mese', '(?:prossimo mese|mese prossimo)'],
    },
    between: /(?<!\p{L})(?:al?|alle|fino|o|oppure|ed?|ogni|tutti i)(?!\p{L})|[-–—~/,]/giu,
    hoursAreTimes: true,
  },
  pt: {
    reader: portuguese,
    spellings: [
      [/depois de amanhã/iu, 'em 2 dias'],
      [/(?:pr[oó]xima semana|semana que vem)/iu, 'em 1 semana'],
      [/(?:pr[oó]ximo m[eê]s|m[eê]s que vem)(?!\p{L})/iu, 'em 1 mês'],
      [new RegExp(`pr[oó]xim[ao] (?=${inPortuguese})`, 'iu'), 'próximo '],
      [new RegExp(`(${inPortuguese}) que vem`, 'iu'), 'próximo $1'],
      [new RegExp(`(?<!\\p{L})n?est[ae] (?=${inPortuguese})`, 'iu'), 'este '],
      [/meia hora/iu, '30 minutos'],
      [/(?<!\p{L})sáb(?!\p{L})/iu, 'sab'],
      // Else the last letter is one before an hour.
      [/(?<!\p{L})(ter|qua|qui|sex)[rn]?[çt]a(?= \d)/iu, '$1'],
      [/(?:ao )?meio[- ]dia e meia(?!\p{L})/iu, '12:30'],
      [/(?:à )?meia[- ]noite e meia(?!\p{L})/iu, '0:30'],
      [/(?:ao )?meio[- ]dia/iu, '12:00'],
      [/(?:à )?meia[- ]noite/iu, '0:00'],
      // Of the sign behind a first day.
      [/(?<=(?<!\d)\d{1,2})o(?= de )/iu, ''],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|da|pela) manhã/iu, '$1$2 am'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|da|à) (?:tarde|noite)/iu, '$1$2 pm'],
      [/ (?:de|da|pela) manhã/iu, ' manhã'],
      [/ (?:à|de|da) (?=tarde|noite)/iu, ' '],
    ],
    partsOfHours: [
      ['#(?: horas?)? e meia', 30],
      ['#(?: horas?)? e (?:quinze|um quarto)', 15],
      ['(?:quinze|um quarto) para (?:as? )?#', -15],
    ],
    fillers: /(?<!\p{L})(?:às|as|à|a|o|na|no|dia|de|da|do|em|para)(?!\p{L})/giu,
    current: /(?<!\p{L})n?est[ae](?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:em|daqui a|dentro de)|[+-])\s*$/iu,
    durations: {
      before: 'em|daqui a|dentro de|h[áa]',
      after: 'atrás',
      numbers: portugueseNumbers,
      halfAfter: ' e mei[ao]',
      halfBefore: ' e mei[ao]',
      and: 'e|,',
      hours: 'horas?|h',
      days: 'dias?',
      weeks: 'semanas?',
      minutes: 'min(?:utos?)?',
      minute: 'minutos',
    },
    months: {
      day: String.raw`(?:no )?(?:(?:dia )?(?<day>\d{1,2})o?|primeiro(?: dia)?|(?<last>fi(?:m|nal)|[uú]ltimo dia))`,
      bareDay: String.raw`(?:no )?dia (?<day>\d{1,2})`,
      of: ' d(?:[oe] )?',
      at: '[àa]s?',
      months: ['(?:n?este )?m[eê]s', '(?:pr[oó]ximo m[eê]s|m[eê]s que vem)'],
    },
    between: /(?<!\p{L})(?:a|às|até|ou|e|toda?s?(?: [ao]s)?|cada)(?!\p{L})|[-–—~/,]/giu,
    hoursAreTimes: true,
  },
  ja: {
    reader: japanese,
    spellings: [
      [/明後日|あさって/u, '2日後'],
      [/^([日月火水木金土]) (?=\d)/u, '$1曜'],
      [/次の(?=[日月火水木金土]曜)/u, ''],
      [/再来週(?!の?[\d日月火水木金土])/u, '2週間後'],
      [/来週(?!の?[\d日月火水木金土])/u, '1週間後'],
      [/再来月(?!の?\d)/u, '2か月後'],
      [/来年(?!の?\d)/u, '1年後'],
      [/来月(?!の?\d)/u, '1か月後'],
      [/正午/u, '12:00'],
      [/今夜の?(?=\d{1,2}[時:])/u, '今日午後'],
      [/(?<!深)夜の?(?=\d{1,2}[時:])/u, '午後'],
      [/(?:早朝|朝)の?(?=\d{1,2}[時:])/u, '午前'],
      [/深夜の?(?=[0-5][時:])/u, ''],
      [/の?朝$/u, ' 9:00'],
    ],
    fillers: /[のにへ、]/gu,
    current: /今/u,
    beforeDurations: /[+-]\s*$/u,
    durations: {
      after: '[後前]',
      numbers: japaneseNumbers,
      halfAfter: '半',
      and: 'と',
      hours: '時間',
      days: '日',
      weeks: '週間',
      minutes: '分',
      minute: '分',
    },
    months: {
      day: String.raw`(?:(?<day>\d{1,2})日(?![後前間])|(?<last>末))`,
      bareDay: String.raw`(?<day>\d{1,2})日(?![後前間])`,
      of: String.raw`の?\s*`,
      isMonthFirst: true,
      at: '[の、]|午[前後]|の午[前後]',
      months: ['今月|月(?=末)', '(?<!再)来月', '再来月'],
    },
    between: /から|まで|または|毎[日週月]|か(?!月)|と|[-–—~〜、,/]/gu,
    hoursAreTimes: true,
  },
  ru: {
    reader: ru,
    spellings: [
      [/(?<!\p{L})(следующ|прошл)ая(?!\p{L})/iu, '$1ую'],
      [/(?<=\d{4}) г\./iu, ''],
      [/(?<!\p{L})вс(?!\p{L})/iu, 'вск'],
      [/(?<!\p{L})июн(?!\p{L})/iu, 'июня'],
      [/(?<!\p{L})июл(?!\p{L})/iu, 'июля'],
      [/(?<!\p{L})(фев|сен|ноя)[рбт]+(?!\p{L})/iu, '$1'],
      [/(?<!\p{L})следующее(?!\p{L})/iu, 'следующий'],
      [/(?<!\p{L})прошлое(?!\p{L})/iu, 'прошлый'],
      [/(?<=(?<!\p{L})в )(\d{1,2}) час(?:а|ов)? (\d\d) мин(?:ут[аы]?)?(?!\p{L})/iu, '$1:$2'],
      [/(?<=(?<!\p{L})в )(\d{1,2}) час(?:а|ов)? (?=утра|дня|вечера|ночи)/iu, '$1 '],
      [/(?<=(?<!\p{L})в )(\d{1,2}) час(?:а|ов)?(?!\p{L})/iu, '$1:00'],
    ],
    partsOfHours: [
      ['(?:полов[аиу]?н[аеу] |пол[- ]?)#', -30, russianHours],
      ['четверть #', -45, russianHours],
      ['без четверти #', -15],
    ],
    fillers: /(?<!\p{L})(?:в|во|на|к|г)(?!\p{L})/giu,
    current: /(?<!\p{L})эт(?:им|ой|у|от|о)(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:через|спустя)|[+-])\s*$/iu,
    durations: {
      before: 'через|спустя',
      after: '(?:тому )?назад|спустя',
      numbers: ['один|одн[ау]', 'дв[ае]', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять', 'десять'],
      oneAndHalf: 'полтор[аы]',
      halfBefore: ' с половиной',
      and: 'и|,',
      hours: 'час(?:а|ов)?|ч',
      days: 'д(?:ень|ня|ней)',
      weeks: 'недел[июьюя]',
      minutes: 'мин(?:ут[аыу]?)?',
      minute: 'минут',
    },
    months: {
      day: String.raw`(?:(?:(?<day>\d{1,2})(?:-?го)?|первого)(?: числа)?|(?<last>в конце|конец|последний день))`,
      bareDay: String.raw`(?<day>\d{1,2})(?:-?го)? числа`,
      of: ' ',
      at: 'в',
      months: ['(?:этого|в этом) месяц[ае]|(?<=(?:числа|кон[её]ц|конце|день) )месяца', '(?:следующего|в следующем) месяц[ае]'],
    },
    between: /(?<!\p{L})(?:до|по|или|и|кажд(?:ую|ый|ое))(?!\p{L})|[-–—~/,]/giu,
    hoursAreTimes: true,
  },
  zh: {
    reader: chinese,
    spellings: [
      ...Array.from(traditional.matchAll(/(.)(.)/gu), ([, from, to]) => [new RegExp(from!, 'gu'), to!] as const),
      [/\(((?:周|星期|礼拜).)\)/u, '$1'],
      [/本(?=周|星期|礼拜)/u, '这'],
      [/[现現]在|立[刻即]|即刻/u, '0分钟后'],
      [/点一刻/u, '点15分'],
      [/点三刻/u, '点45分'],
      [/半个?小时/u, '30分钟'],
      [/中午(?!\d)/u, '12:00'],
      [/下下个?(?:周|星期|礼拜)(?![\d日天一二三四五六])/u, '2周后'],
      [/下个?(?:周|星期|礼拜)(?![\d日天一二三四五六])/u, '1周后'],
      [/下个?月(?!\d)/u, '1个月后'],
      [/明年(?!\d)/u, '1年后'],
    ],
    fillers: /[在的于，]/gu,
    current: /[今这]/u,
    beforeDurations: /[+-]\s*$/u,
    durations: {
      after: '[之以]?[后後前]',
      numbers: chineseNumbers,
      halfBefore: '[个個]半',
      and: '零|又',
      hours: '[个個]?小[时時]',
      days: '天',
      weeks: '[个個]?(?:[周週]|星期|[礼禮]拜)',
      minutes: '分[钟鐘]?',
      minute: '分钟',
    },
    months: {
      day: String.raw`(?:(?<day>\d{1,2})[日号號]|(?<last>[底末]))`,
      bareDay: String.raw`(?<day>\d{1,2})[日号號](?![之以]?[后後前])`,
      of: String.raw`的?\s*`,
      isMonthFirst: true,
      at: '的|[上下]午|早上|晚上',
      months: ['[这這本][个個]?月|月(?=[底末])', '(?<!下)下[个個]?月', '下下[个個]?月'],
    },
    between: /每(?=[天周週星礼月])|到|至|或者?|和|[-–—~〜、,/]|(?<=[一二两兩三四五六七八])(?=[三四五六七八九][天个個小周週])/gu,
    hoursAreTimes: true,
  },
};
