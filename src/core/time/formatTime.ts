/** How times are shown: in a profile's own time zone, in the person's locale. */
export interface TimeStyle {
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly now?: Date;
  /** It stands within a sentence, so a day such as *tomorrow* begins with a small letter. */
  readonly isWithin?: boolean;
}

const dayLength = 86_400_000;

/**
 * A short form for a row: `Today 14:05`, `Tomorrow 9:30`, `Mon 30 Nov 9:30`, with a year when it is another one,
 * and with the zone's name where it differs from the person's own.
 */
export function shortTime(time: Date, { locale, timeZone, now = new Date(), isWithin }: TimeStyle): string {
  const clock = format(time, locale, { timeZone, hour: 'numeric', minute: '2-digit', ...foreignZone(timeZone, time) });
  const days = dayNumber(time, timeZone) - dayNumber(now, timeZone);
  if (Math.abs(days) <= 1) {
    const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
    return `${isWithin ? day : day.charAt(0).toLocaleUpperCase(locale) + day.slice(1)} ${clock}`;
  }
  const sameYear = yearOf(time, timeZone) === yearOf(now, timeZone);
  const date = format(time, locale, {
    timeZone,
    ...(sameYear ? { weekday: 'short' } : { year: 'numeric' }),
    day: 'numeric',
    month: 'short',
  });
  return `${date} ${clock}`;
}

/**
 * The shortest form, for a row whose place says the rest: `14:05` today, `Mon 9:30` within six days, else `14 Dec 9:30`.
 * The zone is not named.
 */
export function rowTime(time: Date, { locale, timeZone, now = new Date() }: TimeStyle): string {
  const clock = clockTime(time, { locale, timeZone });
  const days = dayNumber(time, timeZone) - dayNumber(now, timeZone);
  if (days === 0) return clock;
  if (Math.abs(days) < 7) return `${format(time, locale, { timeZone, weekday: 'short' })} ${clock}`;
  const year = yearOf(time, timeZone) === yearOf(now, timeZone) ? {} : ({ year: 'numeric' } as const);
  return `${format(time, locale, { timeZone, day: 'numeric', month: 'short', ...year })} ${clock}`;
}

/** The time alone, for a row whose place says the day and the zone. */
export function clockTime(time: Date, { locale, timeZone }: TimeStyle): string {
  return format(time, locale, { timeZone, hour: 'numeric', minute: '2-digit' });
}

/** When something was: the time alone where it was today, else with its date. */
export function pastTime(time: Date, { locale, timeZone, now = new Date() }: TimeStyle): string {
  const isToday = dayNumber(time, timeZone) === dayNumber(now, timeZone);
  return format(time, locale, { timeZone, ...(isToday ? {} : { dateStyle: 'medium' }), timeStyle: 'short' });
}

/** The name of a zone at an instant, such as `EST` or `GMT+5:30`. */
export function zoneName(timeZone: string, locale: string, time = new Date()): string {
  const parts = formatter(locale, { timeZone, timeZoneName: 'short' }).formatToParts(time);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** What the full form says. */
export const longTimeOptions: Intl.DateTimeFormatOptions = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

/** The full form, for a tooltip or before something is sent: weekday, date, time and the zone. */
export function longTime(time: Date, { locale, timeZone }: TimeStyle): string {
  return format(time, locale, { timeZone, ...longTimeOptions });
}

/**
 * The locale of the person's system when it speaks the language VS Code is shown in, else that language:
 * someone in London reads British times in an English VS Code.
 */
export function personLocale(displayLanguage: string, systemLocale = ofSystem()): string {
  const language = (locale: string) => locale.split('-')[0]!.toLowerCase();
  return language(systemLocale) === language(displayLanguage) ? systemLocale : displayLanguage;
}

let system: string | undefined;

/** Asked for once: each row needs it, and finding it takes as long as the row. */
function ofSystem(): string {
  return (system ??= new Intl.DateTimeFormat().resolvedOptions().locale);
}

/** Whether clocks in a zone differ from the person's own at an instant. */
export function isForeignZone(timeZone: string, time: Date): boolean {
  return wallClock(time, timeZone) !== wallClock(time, undefined);
}

function foreignZone(timeZone: string, time: Date): Intl.DateTimeFormatOptions {
  return isForeignZone(timeZone, time) ? { timeZoneName: 'short' } : {};
}

function wallClock(time: Date, timeZone: string | undefined): string {
  return format(time, 'en-GB', { timeZone, day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** Days since 1970 on the zone's own calendar. */
function dayNumber(time: Date, timeZone: string): number {
  return Math.round(Date.parse(`${isoDate(time, timeZone)}T00:00:00Z`) / dayLength);
}

function isoDate(time: Date, timeZone: string): string {
  return format(time, 'sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
}

function yearOf(time: Date, timeZone: string): string {
  return isoDate(time, timeZone).split('-')[0]!;
}

/** Making a formatter costs far more than using it, and a long queue uses the same few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** A time by these options, or a dash where it is none. */
export function format(time: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  // Parsers let no such thing through; one row that says so is better than none that show.
  return Number.isNaN(time.getTime()) ? '–' : formatter(locale, options).format(time);
}

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, made);
  }
  return made;
}
