import type { ParsedResult } from 'chrono-node/en';
import { spelled, type Writer } from './parseTime.ts';
import { timeLanguageOf } from './timeExamples.ts';
import type { TimeLanguage } from './timeLanguage.ts';
import { instantOf, wallClockAt } from './wallClock.ts';
import { WallDate, withoutZone } from './wallDate.ts';

/** How far times are moved: whole days by the calendar, so that clocks show the same time then, and minutes as they pass. */
export interface Shift {
  readonly months?: number;
  readonly days?: number;
  readonly minutes?: number;
}

const minuteLength = 60_000;
const dayLength = 24 * 60 * minuteLength;

/** So many months from these are never equally many days, for years: what differs is months, what does not is days. */
const references = [Date.UTC(2026, 0, 15, 7), Date.UTC(2028, 1, 15, 7), Date.UTC(2027, 5, 15, 7), Date.UTC(2028, 2, 15, 7)] as const;
const hourOfReferences = 7;

/** How each language says how long from now (with `$` for how long), and that something is so much later, or earlier. */
const sayings: Readonly<Record<string, readonly [fromNow: string, later: RegExp, earlier: RegExp]>> = {
  en: ['in $', /^by | later$/giu, / (?:earlier|before|back|ago)$/iu],
  de: ['in $', /^um | (?:später|danach)$/giu, /^vor | (?:früher|davor|eher)$/iu],
  fr: ['dans $', /^de | (?:plus tard|après)$/giu, /^il y a | (?:plus tôt|avant)$/iu],
  es: ['en $', / (?:más tarde|después)$/giu, /^hace | (?:más temprano|antes)$/iu],
  it: ['tra $', /^di | (?:più tardi|dopo)$/giu, / (?:prima|fa)$/iu],
  pt: ['em $', / (?:mais tarde|depois)$/giu, /^há | (?:mais cedo|antes|atrás)$/iu],
  ja: ['$後', /後$/gu, /前$/u],
  ru: ['через $', /^на | (?:позже|спустя)$/giu, / (?:раньше|назад)$/iu],
  zh: ['$后', /[后後]$/gu, /前$/u],
};

/**
 * What words such as `+1 day`, `1 week later`, `2 hours earlier` or `in 3 days` mean as a move of any time. Undefined where
 * they say nothing of that kind, name a day or a time of day, or move nothing.
 */
export function parseShift(words: string, { locale, languages }: Writer): Shift | undefined {
  const plain = words.normalize('NFKC').trim();
  const own = timeLanguageOf(locale)?.slice(0, 2) ?? 'en';
  for (const language of languages) {
    const [fromNow, later, earlier] = sayings[language === languages[0] ? own : 'en']!;
    const isBack = /^[-−–]/u.test(plain) || earlier.test(plain);
    const long = plain
      .replace(/^[-−–+]\s*/u, '')
      .replace(earlier, '')
      .replace(later, '');
    const shift = readIn(language, fromNow.replace('$', long)) ?? readIn(language, long);
    if (shift) return isBack ? { months: 0 - (shift.months ?? 0), days: 0 - (shift.days ?? 0), minutes: 0 - (shift.minutes ?? 0) } : shift;
  }
  return undefined;
}

/** The time that a shift makes of another, by the clocks of a zone. */
export function shifted(time: Date, { months = 0, days = 0, minutes = 0 }: Shift, timeZone: string): Date {
  let moved = time;
  if (months || days) {
    const wall = new WallDate(wallClockAt(time, timeZone).getTime());
    wall.setMonth(wall.getMonth() + months);
    wall.setDate(wall.getDate() + days);
    moved = instantOf(wall, timeZone);
  }
  return new Date(moved.getTime() + minutes * minuteLength);
}

function readIn(language: TimeLanguage, typed: string): Shift | undefined {
  const words = spelled(typed, language);
  const starts = references.flatMap((reference) => {
    const [result, ...others] = withoutZone(() => language.reader.parse(words, { instant: new WallDate(reference), timezone: 0 }));
    const isAll = result && !others.length && !result.end && !/[\p{L}\p{N}]/u.test(words.replace(result.text, ' '));
    return isAll ? [result.start] : [];
  });
  const [start] = starts;
  // Such as *Friday* or *tomorrow*, which move each time by something else.
  if (!start || starts.length < references.length || !start.tags().has('result/relativeDate')) return undefined;
  const isTimed = start.tags().has('result/relativeDateAndTime');
  // A time of day would be left out.
  if (!isTimed && (start.isCertain('hour') || start.get('hour') !== hourOfReferences || start.get('minute') !== 0)) return undefined;
  if (isTimed) return some({ minutes: Math.round((wallOf(start) - references[0]) / minuteLength) });
  const [days = 0, ...others] = starts.map((each, index) => Math.round((dayOf(each) - references[index]!) / dayLength));
  if (others.every((each) => each === days)) return some({ days });
  return some({ months: (start.get('year')! - 2026) * 12 + start.get('month')! - 1, days: start.get('day')! - 15 });
}

/** Nobody means to move anything by more, and calendars end somewhere. Days. */
const furthest = 100 * 366;

function some(shift: Shift): Shift | undefined {
  const { months = 0, days = 0, minutes = 0 } = shift;
  const isFar = Math.abs(months * 31 + days + (minutes * minuteLength) / dayLength) > furthest;
  return !isFar && (months || days || minutes) ? shift : undefined;
}

function wallOf(start: ParsedResult['start']): number {
  const part = (name: Parameters<typeof start.get>[0]) => start.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

function dayOf(start: ParsedResult['start']): number {
  return Date.UTC(start.get('year')!, start.get('month')! - 1, start.get('day')!, 7);
}
