import { longTime, longTimeOptions } from './formatTime.ts';
import { instantsOf } from './wallClock.ts';

interface Form {
  readonly pattern: RegExp;
  readonly months: readonly string[];
  readonly weekdays: readonly string[];
}

const forms = new Map<string, Form>();

/**
 * The instant that a time in its full form (`longTime`) shows, in any language that it can be shown in, read in a zone
 * unless it names another offset. Undefined where the words have another form, or a day that is not that day of the week.
 */
export function readShown(words: string, { locale, timeZone }: { locale: string; timeZone: string }): Date | undefined {
  const { pattern, months, weekdays } = formOf(locale);
  const parts = pattern.exec(words)?.groups;
  if (!parts) return undefined;
  const month = months.indexOf(parts['month']!.toLocaleLowerCase(locale));
  const hours =
    parts['dayPeriod'] === undefined ? [Number(parts['hour'])] : [Number(parts['hour']) % 12, (Number(parts['hour']) % 12) + 12];
  for (const hour of hours) {
    const wall = new Date(Date.UTC(Number(parts['year']), month, Number(parts['day']), hour, Number(parts['minute'])));
    if (wall.getUTCDate() !== Number(parts['day']) || weekdays[wall.getUTCDay()] !== parts['weekday']!.toLocaleLowerCase(locale)) continue;
    const offset = offsetIn(parts['zone']);
    const instants = offset === undefined ? instantsOf(wall, timeZone) : [new Date(wall.getTime() - offset * 60_000)];
    // The form says which half of the day it is in, and which of two hours where clocks go back, by what it would show.
    const right = instants.find((instant) => {
      const shown = pattern.exec(plain(longTime(instant, { locale, timeZone })))?.groups;
      if (offset !== undefined) return isSameHalf(parts['dayPeriod'], wall, locale);
      return shown?.['dayPeriod'] === parts['dayPeriod'] && (!parts['zone'] || shown?.['zone'] === parts['zone']);
    });
    if (right) return right;
  }
  return undefined;
}

function isSameHalf(dayPeriod: string | undefined, wall: Date, locale: string): boolean {
  return formOf(locale).pattern.exec(plain(longTime(wall, { locale, timeZone: 'UTC' })))?.groups?.['dayPeriod'] === dayPeriod;
}

/** Minutes that a name such as `GMT+5:30` says; undefined for one that says none. */
function offsetIn(zone: string | undefined): number | undefined {
  const [, sign, hours = 0, minutes = 0] = /^(?:GMT|UTC)(?:([+\-−–])(\d{1,2})(?::?(\d{2}))?)?$/u.exec(zone ?? '') ?? [''];
  if (!zone || (sign === undefined && !/^(?:GMT|UTC)$/u.test(zone))) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '+' || !sign ? 1 : -1);
}

/** As a person may type it: with plain spaces. */
function plain(words: string): string {
  return words.normalize('NFKC').trim();
}

function formOf(locale: string): Form {
  let form = forms.get(locale);
  if (!form) forms.set(locale, (form = makeForm(locale)));
  return form;
}

function makeForm(locale: string): Form {
  const format = new Intl.DateTimeFormat(locale, { ...longTimeOptions, timeZone: 'UTC' });
  const partOf = (type: Intl.DateTimeFormatPartTypes, time: number) =>
    plain(format.formatToParts(time).find((part) => part.type === type)?.value ?? '').toLocaleLowerCase(locale);
  const months = Array.from({ length: 12 }, (_, month) => partOf('month', Date.UTC(2026, month, 1)));
  // The first of February 2026 is a Sunday.
  const weekdays = Array.from({ length: 7 }, (_, day) => partOf('weekday', Date.UTC(2026, 1, 1 + day)));
  const periods = new Set(Array.from({ length: 24 }, (_, hour) => partOf('dayPeriod', Date.UTC(2026, 0, 1, hour))));
  const anyOf = (names: Iterable<string>) =>
    [...names]
      .sort((one, other) => other.length - one.length)
      .map(escaped)
      .join('|');
  const patterns: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {
    month: `(?<month>${anyOf(months)})`,
    weekday: `(?<weekday>${anyOf(weekdays)})`,
    dayPeriod: `(?<dayPeriod>${anyOf(periods)})`,
    year: '(?<year>\\d{4})',
    day: '(?<day>\\d{1,2})',
    hour: '(?<hour>\\d{1,2})',
    minute: '(?<minute>\\d{2})',
    // The one part that people leave out, as it is their own zone.
    timeZoneName: '(?<zone>[^\\s\\d,]\\S*)?',
  };
  // Commas come and go between versions of ICU.
  const literal = (text: string) =>
    plain(text.replaceAll(/[\s\p{Zs}]+/gu, ' ')).length === 0
      ? '[\\s,]*'
      : `[\\s,]*${escaped(text.replaceAll(/[\s,]+/gu, ' ').trim()).replaceAll(' ', '[\\s,]+')}[\\s,]*`;
  const source = format.formatToParts(0).map(({ type, value }) => patterns[type] ?? literal(value.normalize('NFKC')));
  return { pattern: new RegExp(`^${source.join('')}$`, 'iu'), months, weekdays };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}
