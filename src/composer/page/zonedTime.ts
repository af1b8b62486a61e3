/** What a clock in this zone shows at an instant, as a date picker takes it: `2031-05-01T09:30`. */
export function clockTime(instant: Date, timeZone: string): string {
  return Number.isNaN(instant.getTime())
    ? ''
    : new Date(instant.getTime() + offset(instant.getTime(), timeZone)).toISOString().slice(0, 16);
}

/** The instant at which a clock in this zone shows a time; an hour later where clocks are put forward over it. */
export function instantOf(clock: string, timeZone: string): Date | undefined {
  const wall = Date.parse(`${clock}Z`);
  if (Number.isNaN(wall)) return undefined;
  const [before, after] = [offset(wall - day, timeZone), offset(wall + day, timeZone)];
  // Of two instants with the same time, the first; with none, the offset of before leads past the gap.
  const matching = [before, after].find((each) => offset(wall - each, timeZone) === each);
  return new Date(wall - (matching ?? before));
}

/** The zone that the person's computer is in. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A zone that this browser knows. */
export function knownZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return ownZone();
  }
}

const day = 24 * 60 * 60 * 1000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC at an instant (ms). */
function offset(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
