/**
 * How single values of an answer are read: tolerant about what varies. Whatever cannot be read is undefined. `wire.ts` makes
 * schemas of these; what comes by the hundred is read with them at once, as a schema for each of an update's dozens of
 * fields takes many times what a look at the value does.
 */

/** An object as it came. */
export type Raw = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Raw | undefined {
  return typeof value === 'object' && value !== null ? (value as Raw) : undefined;
}

/** Text that every network and address can hold: half a character of UTF-16 is none. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toWellFormed() : undefined;
}

export function asFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** As nearly every id is; the other pattern takes ten times as long. */
const usualId = /^[\w-]{1,200}$/;
const idPattern = /^(?!\.+$)[^/\\?#%\s\p{Cc}]{1,200}$/u;

/** Every sample is 24 hex digits, but nothing promises it. What could change a path, or be put into none, is no id. */
export function asId(value: unknown): string | undefined {
  const id = Number.isInteger(value) ? String(value) : value;
  if (typeof id !== 'string') return undefined;
  return usualId.test(id) || (idPattern.test(id) && id.isWellFormed()) ? id : undefined;
}

/** The end of the year 9999 in Unix seconds, in milliseconds an instant of 1978, long before Buffer. */
const lastSecond = 253_402_300_799;
const isoDate = /^\d{4}-\d{2}-\d{2}/;
const earliest = Date.parse('0001-01-02T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Unix seconds in every sample; milliseconds and ISO 8601 are understood where an answer has them. Calendars end with
 * the years 1 and 9999; what lies beyond is no time.
 */
export function asTime(value: unknown): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const words = typeof value === 'string' && isoDate.test(value) ? value : undefined;
  const number = words === undefined ? asNumber(value) : undefined;
  if (words === undefined && number === undefined) return undefined;
  // Twice as fast as a Date made of the words.
  const time = words !== undefined ? Date.parse(words) : Math.abs(number!) <= lastSecond ? number! * 1000 : number!;
  return time >= earliest && time <= latest ? new Date(time) : undefined;
}

/** A list without its unreadable elements; none at all where not one of them can be read. */
export function asList<Element>(value: unknown, read: (element: unknown) => Element | undefined): Element[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const elements: Element[] = [];
  for (const each of value as readonly unknown[]) {
    const element = read(each);
    if (element !== undefined) elements.push(element);
  }
  return elements.length > 0 || value.length === 0 ? elements : undefined;
}
