import { lazily } from '../async/lazily.ts';
import type { Writer } from '../time/parseTime.ts';
import { instantOf, wallClockAt } from '../time/wallClock.ts';

/** What is written behind `when`. */
export type WhenWritten =
  | { readonly kind: 'queue' | 'next' | 'draft' | 'now' }
  /** A date and a time of day: the same instant whenever it is read. */
  | { readonly kind: 'at'; readonly at: Date }
  /** Words such as *next tuesday 9:30*: on another day they mean another one. */
  | { readonly kind: 'words'; readonly at: Date }
  | { readonly kind: 'several' | 'unknown' | 'noSuchTime' | 'noZone' };

const words: ReadonlySet<string> = new Set(['queue', 'next', 'draft', 'now']);

const inWords = lazily(() => import('../time/parseTime.ts'));

const date = String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})`;
const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?`;
const zone = String.raw`(?<zone>[Zz]|[+-]\d{2}:?\d{2})`;
const dated = new RegExp(`^${date}(?:(?:[Tt]|[ \\t]+)${clock}[ \\t]*${zone}?)?$`, 'u');

/** A day alone means this hour, as it does everywhere in the extension. */
const usualHour = 9;

/**
 * What a time in a file means.
 * @param timeZone  where it is read unless it names one; undefined where that is not known
 */
export async function readWhen(written: string, timeZone: string | undefined, now: Date, writer?: Writer): Promise<WhenWritten> {
  const word = written.trim().toLowerCase();
  if (words.has(word)) return { kind: word as 'queue' | 'next' | 'draft' | 'now' };
  const found = dated.exec(written.trim())?.groups;
  if (found) return readDated(found, timeZone);
  if (timeZone === undefined) return { kind: 'noZone' };
  // Reading words takes a library, which files with dates do not need.
  const { meaningOf, parseTime } = await inWords();
  const meant = writer ? meaningOf(written, timeZone, now, writer) : parseTime(written, timeZone, now);
  if (meant === 'several') return { kind: 'several' };
  if (!meant) return { kind: 'unknown' };
  // What is one instant whenever it is read holds a date in full, in whichever words.
  const later = [40, 400].map((days) => parseTime(written, timeZone, new Date(now.getTime() + days * 86_400_000)));
  const isFixed = later.every((each) => each?.getTime() === meant.getTime());
  return { kind: isFixed ? 'at' : 'words', at: meant };
}

function readDated(found: Readonly<Record<string, string | undefined>>, timeZone: string | undefined): WhenWritten {
  const part = (name: string) => Number(found[name] ?? 0);
  const hour = found['hour'] === undefined ? usualHour : part('hour');
  const wall = new Date(Date.UTC(part('year'), part('month') - 1, part('day'), hour, part('minute'), part('second')));
  const isDay = wall.getUTCMonth() === part('month') - 1 && wall.getUTCDate() === part('day');
  if (!isDay || hour > 23 || part('minute') > 59 || part('second') > 59) return { kind: 'noSuchTime' };
  const zone = found['zone'];
  if (zone) {
    const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone) ?? [];
    if (Number(hours) > 14 || Number(minutes) > 59) return { kind: 'noSuchTime' };
    const offset = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
    return { kind: 'at', at: new Date(wall.getTime() - offset * 60_000) };
  }
  if (timeZone === undefined) return { kind: 'noZone' };
  const at = instantOf(wall, timeZone);
  // Clocks that skip it when summer time begins never show it.
  return wallClockAt(at, timeZone).getTime() === wall.getTime() ? { kind: 'at', at } : { kind: 'noSuchTime' };
}

/** An instant as files say it: what clocks in the zone show. */
export function dateInFile(at: Date, timeZone: string): string {
  const wall = wallClockAt(at, timeZone).toISOString();
  const seconds = wall.slice(16, 19);
  return `${wall.slice(0, 10)} ${wall.slice(11, 16)}${seconds === ':00' ? '' : seconds}`;
}

const knownZones = new Map<string, boolean>();

/** Whether this is the name of a time zone. */
export function isTimeZone(name: string): boolean {
  let isKnown = knownZones.get(name);
  if (isKnown === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      // Offsets are no places: they know no summer time.
      isKnown = !/^[+-]/u.test(name);
    } catch {
      isKnown = false;
    }
    knownZones.set(name, isKnown);
  }
  return isKnown;
}
