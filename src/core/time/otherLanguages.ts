import { casual as de } from 'chrono-node/de';
import { type Chrono, ParsingComponents } from 'chrono-node/en';
import { casual as es } from 'chrono-node/es';
import { casual as fr } from 'chrono-node/fr';
import { casual as it } from 'chrono-node/it';
import { casual as ja } from 'chrono-node/ja';
import { casual as pt } from 'chrono-node/pt';
import { casual as ru } from 'chrono-node/ru';
import { casual as hans } from 'chrono-node/zh/hans';
import type { TimeLanguage } from './timeLanguage.ts';

type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';

const numerals = '〇一二三四五六七八九十';

/**
 * Adds how long from now, for a language in which the library does not read it, or reads it as a time of day.
 * @param replaced  such words: what reads them now is left out
 */
function withDurations(language: Chrono, pattern: RegExp, units: Readonly<Record<Unit, RegExp>>, replaced?: string): Chrono {
  const reader = language.clone();
  if (replaced) reader.parsers = reader.parsers.filter((parser) => !parser.pattern({} as never).test(replaced));
  reader.parsers.push({
    pattern: () => pattern,
    extract: ({ reference }, [, count = '', name = '']) => {
      const unit = (Object.keys(units) as Unit[]).find((each) => units[each].test(name));
      const numeral = count === '两' || count === '兩' ? 2 : numerals.indexOf(count);
      const many = /^\d+$/u.test(count) ? Number(count) : Math.max(numeral, 1);
      return unit ? ParsingComponents.createRelativeFromReference(reference, { [unit]: many }) : null;
    },
  });
  return reader;
}

const portuguese = withDurations(
  pt,
  /(?<!\p{L})(?:em|daqui a|dentro de)\s+(\d{1,4}|uma?)\s+(minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?)(?!\p{L})/iu,
  { minute: /^min/iu, hour: /^h/iu, day: /^d/iu, week: /^s/iu, month: /^m[eê]s/iu },
);
const japanese = withDurations(ja, /(\d{1,4})(分|時間|日|週間|[かヶカケ]月)後/u, {
  minute: /分/u,
  hour: /時間/u,
  day: /日/u,
  week: /週/u,
  month: /月/u,
});
const inChinese = /(\d{1,4}|[一二两兩三四五六七八九十])\s*[个個]?\s*(分[钟鐘]|小[时時]|[天日]|[周週]|星期|月)[之以]?[后後]/u;
const chineseUnits = { minute: /分/u, hour: /小/u, day: /[天日]/u, week: /[周週]|星期/u, month: /月/u };
const chinese = withDurations(hans, inChinese, chineseUnits, '2小时后');

/** Traditional signs in words for times, each before its simplified form: a reader of their own would be as large as this one. */
const traditional = '後后點点時时鐘钟週周個个兩两號号這这禮礼內内過过淩凌於于間间';

/** The languages in which VS Code is shown and that the library reads, by the start of their locales. */
export const otherLanguages: Readonly<Record<string, TimeLanguage>> = {
  de: {
    reader: de,
    spellings: [
      [/(?<!\p{L})(?:früh|in der früh)(?!\p{L})/iu, 'vormittag'],
      [/sonnabend/iu, 'Samstag'],
    ],
    fillers: /(?<!\p{L})(?:um|am|den|der|gegen|uhr)(?!\p{L})/giu,
    current: /(?<!\p{L})diese[nrms]?(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:in|nach|binnen)|[+-])\s*$/iu,
    hoursAreTimes: true,
  },
  fr: {
    reader: fr,
    spellings: [
      [/après-demain/iu, 'dans 2 jours'],
      [/(?<![\p{L}-])(?:à )?midi(?!\p{L})/iu, '12:00'],
      [/(?<![\p{L}-])(?:à )?minuit(?!\p{L})/iu, '0:00'],
    ],
    fillers: /(?<!\p{L})(?:à|a|le|au|du|vers|pour)(?!\p{L})/giu,
    current: /(?<!\p{L})ce(?:t|tte)?(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:dans|d'ici|après)|[+-])\s*$/iu,
    hoursAreTimes: true,
  },
  es: {
    reader: es,
    spellings: [
      [/pasado mañana/iu, 'en 2 días'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|por) la mañana/iu, '$1$2 am'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|por) la (?:tarde|noche)/iu, '$1$2 pm'],
      [/ (?:por|de|en) la mañana/iu, ' 9:00'],
      [/ (?:por|de|en) la tarde/iu, ' tarde'],
    ],
    fillers: /(?<!\p{L})(?:a|las?|el|los|de|del|por|en)(?!\p{L})/giu,
    current: /(?<!\p{L})est[ae](?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:en|dentro de|tras)|[+-])\s*$/iu,
    hoursAreTimes: true,
  },
  it: {
    reader: it,
    fillers: /(?<!\p{L})(?:alle|all|ore|il|la|di|del|per)(?!\p{L})/giu,
    current: /(?<!\p{L})(?:quest[oa]|stamattina|stamani|stasera|stanotte)(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:tra|fra|in|dopo)|[+-])\s*$/iu,
    hoursAreTimes: true,
  },
  pt: {
    reader: portuguese,
    spellings: [
      [/depois de amanhã/iu, 'em 2 dias'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|da|pela) manhã/iu, '$1$2 am'],
      [/(?<![\d:])(0?[1-9]|1[01])((?::\d\d)?) (?:de|da|à) (?:tarde|noite)/iu, '$1$2 pm'],
      [/ (?:de|da|pela) manhã/iu, ' manhã'],
      [/ (?:à|de|da) (?=tarde|noite)/iu, ' '],
    ],
    fillers: /(?<!\p{L})(?:às|as|à|a|o|na|no|de|da|do|em|para)(?!\p{L})/giu,
    current: /(?<!\p{L})n?est[ae](?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:em|daqui a|dentro de)|[+-])\s*$/iu,
    hoursAreTimes: true,
  },
  ja: {
    reader: japanese,
    spellings: [[/明後日|あさって/u, '2日後']],
    fillers: /[のにへ、]/gu,
    current: /今/u,
    beforeDurations: /[+-]\s*$/u,
    hoursAreTimes: true,
  },
  ru: {
    reader: ru,
    fillers: /(?<!\p{L})(?:в|во|на|к|г)(?!\p{L})/giu,
    current: /(?<!\p{L})эт(?:им|ой|у|от|о)(?!\p{L})/iu,
    beforeDurations: /(?:(?<!\p{L})(?:через|спустя)|[+-])\s*$/iu,
    hoursAreTimes: true,
  },
  zh: {
    reader: chinese,
    spellings: Array.from(traditional.matchAll(/(.)(.)/gu), ([, from, to]) => [new RegExp(from!, 'gu'), to!]),
    fillers: /[在的于，]/gu,
    current: /[今这]/u,
    beforeDurations: /[+-]\s*$/u,
    hoursAreTimes: true,
  },
};
