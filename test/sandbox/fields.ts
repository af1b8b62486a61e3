import { DateTime } from 'luxon';
import { Refusal } from './refusal.ts';

/** The parameters of a request, as the form or the query held them: text, lists and maps of text. */
export type Fields = Readonly<Record<string, unknown>>;

/** A text, exactly as it was sent. */
export function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value !== undefined && typeof value !== 'string') throw new Refusal('outOfBounds', name);
  return value;
}

/** A text that has to be there, though it may be empty. */
export function requiredTextIn(fields: Fields, name: string): string {
  const value = textIn(fields, name);
  if (value === undefined) throw new Refusal('missingParameter', name);
  return value;
}

/** `true` and `false`, or `1` and `0`. */
export function flagIn(fields: Fields, name: string, fallback = false): boolean {
  const value = textIn(fields, name);
  if (value === undefined) return fallback;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new Refusal('outOfBounds', name);
}

/** A whole number within bounds. */
export function integerIn(fields: Fields, name: string, min: number, max = Infinity): number | undefined {
  const value = textIn(fields, name);
  if (value === undefined) return undefined;
  const number = /^-?\d+$/u.test(value) ? Number(value) : NaN;
  if (!(number >= min && number <= max)) throw new Refusal('outOfBounds', name);
  return number;
}

/** A list that has to be there, `name[]=a&name[]=b`. */
export function requiredListIn(fields: Fields, name: string): string[] {
  const value = fields[name];
  if (value === undefined) throw new Refusal('missingParameter', name);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw new Refusal('outOfBounds', name);
  return value;
}

/** A map, `name[key]=value`; an empty text is an empty map. */
export function mapIn(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (value === '') return {};
  if (!isMap(value)) throw new Refusal('outOfBounds', name);
  return value;
}

/** A time as unix seconds or ISO 8601; without an offset it is UTC. Gives unix seconds. */
export function instantIn(fields: Fields, name: string): number | undefined {
  const value = textIn(fields, name);
  if (value === undefined) return undefined;
  if (/^\d+$/u.test(value)) return Number(value);
  const time = DateTime.fromISO(value, { zone: 'utc' });
  if (!time.isValid) throw new Refusal('outOfBounds', name);
  return time.toUnixInteger();
}

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
