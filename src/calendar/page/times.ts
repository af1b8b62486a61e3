/** Times as the person writes them, in any zone. Making a formatter costs far more than using it. */

let locale = 'en';
const formats = new Map<string, Intl.DateTimeFormat>();

/** Times are written as in this language and place from now on. */
export function setTimeLocale(tag: string): void {
  if (tag === locale) return;
  locale = tag;
  formats.clear();
}

/** The zone of the person's computer. */
export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Which day a week begins with here: 1 for Monday to 7 for Sunday. */
export function firstDay(): number {
  const { weekInfo, getWeekInfo } = Intl.Locale.prototype as { weekInfo?: unknown; getWeekInfo?: () => { firstDay: number } };
  if (getWeekInfo) return getWeekInfo.call(new Intl.Locale(locale)).firstDay;
  return weekInfo === undefined ? 1 : (new Intl.Locale(locale) as unknown as { weekInfo: { firstDay: number } }).weekInfo.firstDay;
}

/** `14:05`. */
export function clock(at: number, timeZone: string): string {
  return inZone('clock', timeZone, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** `2 PM`, beside a line of hours. */
export function hour(at: number, timeZone: string): string {
  return format(at, { timeZone, hour: 'numeric' });
}

/** `Monday 30 November, 14:05 GMT`: as it is spoken. */
export function spokenTime(at: number, timeZone: string): string {
  return inZone('spoken', timeZone, spoken).format(at);
}

/** `Monday 30 November`: the day of a time, as it is spoken. */
export function spokenDay(at: number, timeZone: string): string {
  return inZone('spokenDay', timeZone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** `Mon 30`. @param date  as `2026-11-30` */
export function shortDay(date: string): string {
  return format(noon(date), { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
}

/** `Monday, 30 November`. */
export function longDay(date: string): string {
  return format(noon(date), { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' });
}

/** `Mon`. */
export function weekday(date: string): string {
  return format(noon(date), { timeZone: 'UTC', weekday: 'short' });
}

/** `November 2026`. */
export function month(date: string): string {
  return format(noon(date), { timeZone: 'UTC', month: 'long', year: 'numeric' });
}

/** `23 – 29 Nov 2026`. */
export function dayRange(first: string, last: string): string {
  return formatter({ timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).formatRange(noon(first), noon(last));
}

/** `30`, with the month on its first day. */
export function dayNumber(date: string): string {
  return format(noon(date), { timeZone: 'UTC', day: 'numeric', ...(date.endsWith('-01') && { month: 'short' }) });
}

/** What a zone is called at an instant, such as `GMT+1`. */
export function zoneName(timeZone: string, at: number): string {
  const parts = inZone('zone', timeZone, { timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

const spoken = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

/** What a thousand updates ask for is found by its name. */
function inZone(name: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${timeZone}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = formatter({ ...options, timeZone })));
  return made;
}

function noon(date: string): number {
  return Date.parse(`${date}T12:00:00Z`);
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  return formatter(options).format(at);
}

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale, options)));
  return made;
}
