import type { Component, ParsedResult, ParsingComponents } from 'chrono-node/en';
import { type DurationWords, inWholeMinutes, numberOf } from './durations.ts';
import { english } from './english.ts';
import { withMonthDays } from './monthDays.ts';
import { dateOrder, noYear, withIsoDates } from './numericDates.ts';
import { readShown } from './shownTime.ts';
import type { TimeLanguage } from './timeLanguage.ts';
import { instantOf, wallClockAt } from './wallClock.ts';
import { WallDate, withoutZone } from './wallDate.ts';

/** Whose words they are. */
export interface Writer {
  /** Says in which order the numbers of a date stand. */
  readonly locale: string;
  /** In which words are tried, in this order. */
  readonly languages: readonly TimeLanguage[];
}

/** What words mean: an instant, several times (as a range is), or nothing that could be told. */
export type TimeMeant = Date | 'several' | undefined;

/** When the words are read, and where. */
interface Reading {
  /** The words as they are before any is replaced by what the library knows. */
  readonly typed: string;
  readonly language: TimeLanguage;
  readonly timeZone: string;
  readonly now: Date;
  /** What clocks in the zone show now. */
  readonly wallNow: Date;
}

const minuteLength = 60_000;

/**
 * The hour at which words are read, whatever time it is: no part of the day begins then, so what the library took
 * from its clock is told from what the words say.
 */
const hourOfReading = 7;

/** Abbreviations that stand for whichever of two offsets a place has on that day. */
const places: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
  CET: 'Europe/Paris',
};

/**
 * What makes a limit of a time (*tomorrow before 9*: the library takes it for that time), or another time of it (*2 days
 * after friday*: it counts from the nearest one, be it past).
 */
const around = /\S (?:before|after|prima|dopo) (.*)$/iu;

/** In each language that is read. */
const night =
  String.raw`(?:(?<!mid)night|evening|(?<!sonn)abend|(?<!mitter)nacht|nuit|soir|noche|notte|sera(?!\p{L})|noite` +
  String.raw`|ноч|вечер|晚|(?<!深)夜)`;
const atNight = new RegExp(night, 'iu');
/** One of the hours behind it, as in *tomorrow night at 1 am*, is on the next day for some. */
const nightBefore = new RegExp(`${night}\\D*\\d`, 'iu');
const atNoon = /(?<!vor|nach)mittag|中午/iu;

const inEnglish: Writer = { locale: 'en', languages: [english] };

/**
 * The instant that words such as `tomorrow 9:30`, `in 2 hours` or `2026-12-01 14:00` mean, read in a time zone
 * unless they name one. A day without a time, or a morning, means nine. What names no day, or a day without its year,
 * means the next one that is to come. Undefined where the words hold no time, or more than one.
 */
export function parseTime(words: string, timeZone: string, now = new Date(), writer = inEnglish): Date | undefined {
  const meant = meaningOf(words, timeZone, now, writer);
  return meant === 'several' ? undefined : meant;
}

/** What `parseTime` tells, and besides whether there was more than one time. */
export function meaningOf(words: string, timeZone: string, now: Date, { locale, languages }: Writer): TimeMeant {
  // Digits of full width, spaces that do not break, one apostrophe.
  const plain = words.normalize('NFKC').replaceAll('’', "'").trim();
  const shown = readShown(plain, { locale, timeZone });
  if (shown) return shown;
  // As `Fri. 9:00` and `Sa., 28. Nov.`: the library ends a time there.
  const isoWords = withIsoDates(plain.replaceAll(/(?<=\p{L}{2})\.(?=,? )/gu, ''), dateOrder(locale));
  if (isoWords === undefined) return undefined;
  // An hour alone behind a day, as in `tomorrow 9`; what stands behind a number and a dot, as in `1.12`, is none.
  const forms = [isoWords, isoWords.replace(/(?<=\p{L}\.? ?|,? )(?:[01]?\d|2[0-3])$/u, '$&:00')];
  const wallNow = wallClockAt(now, timeZone);
  let meant: TimeMeant;
  for (const language of languages) {
    const read = forms.map((form) => readIn({ typed: plain, language, timeZone, now, wallNow }, form));
    const instants = read.filter((each) => each instanceof Date);
    // The library takes the hour in `1 december 18` for a year, which is past.
    if (instants.length > 0) return instants.find((each) => each > now) ?? instants[0];
    meant ??= read.find(Boolean);
  }
  return (
    meant ?? (languages.some((language) => isSeveral({ typed: plain, language, timeZone, now, wallNow }, isoWords)) ? 'several' : undefined)
  );
}

const lastWord = /(?:\d[\d.:]*|[^\s\d]+)$/u;
const firstWord = /^(?:\d[\d.:]*|[^\s\d]+)/u;

/**
 * Whether words that are no time are one as soon as what stands on a side of a word such as *to* or *or* is left out, as
 * that side is *20* in *Friday 20-22*, or *2* in *in 2 or 3 days*.
 */
function isSeveral(reading: Reading, words: string): boolean {
  const { between, durations } = reading.language;
  // Each side is read, and nobody tells a range in as many words.
  if (words.length > 100) return false;
  const number = new RegExp(`\\d|(?<!\\p{L})(?:${durations.numbers.join('|')})$`, 'iu');
  const isTime = (side: string) => readIn(reading, side) !== undefined;
  return Array.from(words.matchAll(between)).some(({ 0: found, index }) => {
    const [before, after] = [words.slice(0, index).trimEnd(), words.slice(index + found.length).trimStart()];
    // Such as *every Friday*.
    if (!before) return isTime(after);
    const [last = '', first = ''] = [lastWord.exec(before)?.[0], firstWord.exec(after)?.[0]];
    return [
      [after, before],
      [before, after],
      [before.slice(0, -last.length) + after, last],
      [before + after.slice(first.length), first],
    ].some(([kept, left]) => (number.test(left!) || isTime(left!)) && isTime(kept!));
  });
}

function readIn(reading: Reading, typed: string): TimeMeant {
  let meant: TimeMeant;
  for (const form of withMonthDays(typed, reading.language.months, reading.wallNow)) {
    meant = readForm(reading, form);
    // Of the days that a number alone can be, the next that is to come.
    if (!(meant instanceof Date) || meant > reading.now) break;
  }
  return meant;
}

function readForm(reading: Reading, typed: string): TimeMeant {
  const { language, wallNow } = reading;
  const words = withClockTimes(spelled(typed, language), language);
  if (words === undefined) return undefined;
  // In most years the library drops a 29 February whose year is left open.
  return (
    meaningIn(find(words, language, wallNow), words, reading) ??
    meaningIn(find(words, language, leapYear(wallNow)).filter(isLeapDay), words, reading)
  );
}

function meaningIn(results: readonly ParsedResult[], words: string, reading: Reading): TimeMeant {
  const { language } = reading;
  const [result, ...others] = withWeekday(results, words);
  if (!result) return undefined;
  if (others.length > 0 || result.end) return 'several';
  // Words that were not understood would silently make it another time than was meant.
  const rest = words.replace(result.text, ' ').replace(language.fillers, '');
  return /[\p{L}\p{N}]/u.test(rest) ? undefined : instantOfResult(result, words, reading);
}

/** As one, a date and the day of the week beside it where the library finds two times, as in `12月1日周二 9:00`. */
function withWeekday(results: readonly ParsedResult[], words: string): readonly ParsedResult[] {
  const [first, second] = results;
  if (!first || !second || results.length > 2 || first.end || second.end) return results;
  const [date, weekday] = first.start.isCertain('weekday') ? [second, first] : [first, second];
  const isBeside = /^[ ,(]*$/u.test(words.slice(first.index + first.text.length, second.index));
  const isDate = date.start.isCertain('day') && !date.start.isCertain('weekday') && !weekday.start.isCertain('day');
  const isOneHour = !(first.start.isCertain('hour') && second.start.isCertain('hour'));
  if (!isBeside || !isDate || !isOneHour || !weekday.start.isCertain('weekday')) return results;
  for (const name of ['weekday', 'hour', 'minute', 'second', 'meridiem'] as const)
    if (weekday.start.isCertain(name)) (date.start as ParsingComponents).assign(name, weekday.start.get(name)!);
  return [{ ...date, text: words.slice(first.index, second.index + second.text.length) }];
}

/**
 * Numbers that each reader takes for another one: three, or seven; and *every other day*, which it takes for tomorrow.
 */
const vague = new RegExp(
  String.raw`(?<!\p{L})(?:(?:a )?few|several|einigen?|wenigen?|mehreren?|quelques|un[oa]s|algun[oa]s` +
    String.raw`|qualche|alcun[ei]|несколько|через день)(?!\p{L})`,
  'iu',
);

/** The words with those that the language's reader knows, and without a number that says no number. */
export function spelled(words: string, language: TimeLanguage): string {
  const { durations, months, spellings = [] } = language;
  const numbered = words.replace(vague, '?');
  const told = withHours(withPartsOfHours(inWholeMinutes(numbered, durations), language), durations, months.at);
  return spellings.reduce((all, [from, to]) => all.replace(from, to), told);
}

const partsOfHours = new WeakMap<TimeLanguage, readonly (readonly [told: RegExp, minutes: number, names: readonly string[]])[]>();

/** The words with a time that is told by the half or the quarter of an hour, as in *half past eight*, in figures. */
function withPartsOfHours(words: string, language: TimeLanguage): string {
  let made = partsOfHours.get(language);
  if (!made) {
    made = (language.partsOfHours ?? []).map(([around, minutes, names = language.durations.numbers]) => {
      const hour = `([1-9]|1\\d|2[0-3]|${names.join('|')})`;
      return [new RegExp(`(?<![\\p{L}\\d.:])${around.replace('#', hour)}(?![\\p{L}\\d.:-])`, 'iu'), minutes, names];
    });
    partsOfHours.set(language, made);
  }
  return made.reduce(
    (all, [told, minutes, names]) =>
      all.replace(told, (_, name: string) => {
        const named = Number(name) || numberOf(name, names);
        // The half before one is that after twelve.
        return `${minutes < 0 ? named - 1 || 12 : named}:${(minutes + 60) % 60}`;
      }),
    words,
  );
}

/** The words with an hour that is named, as in *at eight*, in figures. */
function withHours(words: string, { numbers, halfAfter = '(?!)' }: DurationWords, at: string): string {
  const hour = new RegExp(`(?<=(?<!\\p{L})(?:${at})\\s+)(${numbers.join('|')})(${halfAfter})?(?!\\p{L})`, 'iu');
  return words.replace(hour, (_, name: string, half?: string) => `${numberOf(name, numbers)}${half ? ':30' : ''}`);
}

const hourLetter = /(?<![\d.:])(?<hour>\d{1,2}) ?h(?:(?<minute>\d{2})|(?= *(?:$|,| (?!ago|later|from|and|\d))))/giu;

/** The words with `18h30` as a time of day; undefined where it could be a duration as well. */
function withClockTimes(words: string, { beforeDurations, hoursAreTimes }: TimeLanguage): string | undefined {
  let clock = '';
  let end = 0;
  for (const { 0: found, index, groups } of words.matchAll(hourLetter)) {
    if (beforeDurations.test(words.slice(0, index))) continue;
    const minute = groups?.['minute'];
    if (!hoursAreTimes && !minute) return undefined;
    clock += `${words.slice(end, index)}${groups!['hour']}:${minute ?? '00'}`;
    end = index + found.length;
  }
  return clock + words.slice(end);
}

function find(words: string, { reader }: TimeLanguage, wallNow: Date): readonly ParsedResult[] {
  return withoutZone(() => reader.parse(words, { instant: reference(wallNow), timezone: 0 }));
}

function instantOfResult({ start, text }: ParsedResult, words: string, reading: Reading): Date | undefined {
  const { now, timeZone, wallNow, language } = reading;
  const tags = start.tags();
  if (tags.has('casualReference/now')) return now;
  const isRelative = tags.has('result/relativeDate');
  const isLength = tags.has('result/relativeDateAndTime');
  const other = around.exec(text)?.[1];
  if (other && (!isRelative || isLength || find(other, language, wallNow)[0]?.start.isCertain('weekday'))) return undefined;
  // So many hours from now are that long, also where clocks are changed meanwhile.
  if (isLength) return new Date(now.getTime() + wallOf(start) - reference(wallNow).getTime());

  if (start.isCertain('hour') && isOddHour(start.get('hour')!, reading.typed)) return undefined;

  const instantAt = clocksOf(start, text) ?? ((wall: Date) => instantOf(wall, timeZone));
  const at = ({ year, month, day }: Day) => {
    const date = new Date(Date.UTC(year, month - 1, day));
    // Such as 31 February.
    // The day from which others are counted is at noon for the library.
    const time = other && !start.isCertain('hour') && start.get('hour') === 12 ? 9 * 60 * minuteLength : timeOf(start);
    return date.getUTCDate() === day ? instantAt(new Date(date.getTime() + time)) : undefined;
  };
  const isCurrent = language.current.test(words);
  const next = (days: Iterable<Day>) => {
    for (const day of days) {
      const instant = at(day);
      if (instant && (isCurrent || instant > now)) return instant;
    }
    return undefined;
  };

  const named: Day = { year: start.get('year')!, month: start.get('month')!, day: start.get('day')! };
  const today = dayOf(wallNow);
  const weekday = start.isCertain('weekday') ? start.get('weekday')! : undefined;
  if (weekday !== undefined && !start.isCertain('day') && !start.isCertain('month') && !isRelative) {
    const coming = plus(today, (weekday - wallNow.getUTCDay() + 7) % 7);
    return isBareWeekday(words, language, coming) ? next([coming, plus(coming, 7), plus(coming, 14)]) : at(named);
  }
  const dated = () => {
    if (isRelative) return at(named);
    // Of a month alone, the library takes the first day, or today's.
    if (start.isCertain('month') && !start.isCertain('day')) return undefined;
    if (start.isCertain('year') && named.year !== noYear) return at(named);
    // Far enough for a 29 February.
    if (start.isCertain('month')) return next(Array.from({ length: 9 }, (_, years) => ({ ...named, year: today.year + years })));
    if (start.isCertain('day'))
      return next(Array.from({ length: 3 }, (_, months) => ({ ...dayOf(monthAfter(wallNow, months)), day: named.day })));
    // In a zone of their own, words can mean a time on the day before.
    return isTimed(start) ? next([-1, 0, 1, 2].slice(isCurrent ? 1 : 0).map((days) => plus(today, days))) : undefined;
  };
  const instant = dated();
  // A day of the week beside a date is for the reader's sake; where they disagree one of them is wrong.
  const isRight =
    weekday === undefined || !instant || start.isCertain('timezoneOffset') || wallClockAt(instant, timeZone).getUTCDay() === weekday;
  return isRight ? instant : undefined;
}

function isLeapDay({ start }: ParsedResult): boolean {
  return start.isCertain('month') && start.get('month') === 2 && start.get('day') === 29 && !start.isCertain('year');
}

/** A day in the leap year that comes next, or is. */
function leapYear(wall: Date): Date {
  const year = Array.from({ length: 9 }, (_, years) => wall.getUTCFullYear() + years).find(
    (each) => new Date(Date.UTC(each, 1, 29)).getUTCDate() === 29,
  );
  return new Date(Date.UTC(year!, 1, 1));
}

interface Day {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
}

function dayOf(wall: Date): Day {
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

function plus({ year, month, day }: Day, days: number): Day {
  return dayOf(new Date(Date.UTC(year, month - 1, day + days)));
}

function monthAfter(wall: Date, months: number): Date {
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + months, 1));
}

/** Whether nothing such as *next* or *last* stands beside the day of the week: on the day before, the words mean that day. */
function isBareWeekday(words: string, language: TimeLanguage, coming: Day): boolean {
  const { year, month, day } = coming;
  const [result] = find(words, language, new Date(Date.UTC(year, month - 1, day - 1, 12)));
  return result?.start.get('day') === day && result.start.get('month') === month;
}

/** How the offset or the zone that the words name leads from what clocks show there to an instant. */
function clocksOf(start: ParsedResult['start'], text: string): ((wall: Date) => Date) | undefined {
  if (!start.isCertain('timezoneOffset')) return undefined;
  const place = places[/\b([A-Z]{2,3})\)?$/u.exec(text.toUpperCase())?.[1] ?? ''];
  return (wall) => (place ? instantOf(wall, place) : new Date(wall.getTime() - start.get('timezoneOffset')! * minuteLength));
}

/**
 * Whether nobody can tell which hour is meant: twelve and those after it begin the next day for some who say that it is at
 * night, and the library takes them for the afternoon; and at noon it takes one for that at night.
 */
function isOddHour(hour: number, words: string): boolean {
  if (atNoon.test(words)) return hour < 10;
  return hour < 5 ? nightBefore.test(words) : hour >= 12 && hour < 17 && atNight.test(words);
}

/** Whether the words say a time of day or a part of the day. */
function isTimed(start: ParsedResult['start']): boolean {
  if (start.isCertain('hour')) return true;
  // What the library takes for a day alone is noon, or the time at which it reads.
  return start.get('hour') !== hourOfReading && (start.get('hour') !== 12 || start.get('meridiem') !== null);
}

/** The time of day that the words say (ms). */
function timeOf(start: ParsedResult['start']): number {
  const hour = start.get('hour')!;
  if (start.isCertain('hour')) return (hour * 60 + start.get('minute')!) * minuteLength + (start.get('second') ?? 0) * 1000;
  // A part of the day begins with an hour; what is morning for the library is too early for a post.
  const isPartOfDay = isTimed(start) && (hour === 0 || hour >= 12);
  return (isPartOfDay ? hour : 9) * 60 * minuteLength;
}

function wallOf(start: ParsedResult['start']): number {
  const part = (name: Component) => start.get(name) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'), part('millisecond'));
}

/** The day of a wall clock's time, at the hour at which words are read. */
function reference(wall: Date): WallDate {
  return new WallDate(wall.getTime() - (wall.getTime() % (24 * 60 * minuteLength)) + hourOfReading * 60 * minuteLength);
}
