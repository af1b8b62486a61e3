import * as v from 'valibot';
import { asId, asList, asNumber, asText, asTime } from './readers.ts';

/** What both services' answers are parsed with: tolerant about what varies, strict about what the extension relies on. */

/** The value where it can be read; missing, null and unreadable are all undefined. */
export function optional<Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(
    v.fallback(v.nullish(schema), undefined),
    v.transform((value): v.InferOutput<Schema> | undefined => value ?? undefined),
  );
}

/** A schema of what a reader of single values makes of one. @template Input  what the service promises there */
function readBy<Input, Output>(read: (value: unknown) => Output | undefined) {
  return v.pipe(
    v.custom<Input>(() => true),
    v.rawTransform(({ dataset, addIssue, NEVER }): Output => {
      const value = read(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: 'It cannot be read.' });
      return NEVER;
    }),
  );
}

const words = readBy<string, string>(asText);
export const text = optional(words);
export const flag = optional(v.boolean());
export const number = readBy<number | string, number>(asNumber);
export const optionalNumber = optional(number);
export const count = v.pipe(
  v.fallback(number, 0),
  v.transform((value) => Math.max(0, Math.trunc(value))),
);
export const id = readBy<string | number, string>(asId);
export const time = readBy<string | number, Date>(asTime);
export const optionalTime = optional(time);

/**
 * A list whose unreadable elements are left out, so that one odd element does not hide the others. Where none of them
 * can be read it is no such list: empty would be a lie.
 */
export function listOf<Schema extends v.GenericSchema>(element: Schema) {
  return v.pipe(
    v.array(v.unknown()),
    v.rawTransform(({ dataset, addIssue, NEVER }): v.InferOutput<Schema>[] => {
      const read = dataset.value.flatMap((each) => {
        const parsed = v.safeParse(element, each);
        return parsed.success ? [parsed.output] : [];
      });
      if (read.length > 0 || dataset.value.length === 0) return read;
      addIssue({ message: 'None of the elements can be read.' });
      return NEVER;
    }),
  );
}

/** The same, of elements that are read without a schema: undefined is what cannot be read. */
export function listBy<Element>(read: (raw: unknown) => Element | undefined) {
  return v.pipe(
    v.custom<readonly unknown[]>(Array.isArray),
    v.rawTransform(({ dataset, addIssue, NEVER }): Element[] => {
      const elements = asList(dataset.value, read);
      if (elements) return elements;
      addIssue({ message: 'None of the elements can be read.' });
      return NEVER;
    }),
  );
}

/** What a schema makes of a value; undefined where it does not fit. */
export function valueOf<Schema extends v.GenericSchema>(schema: Schema, raw: unknown): v.InferOutput<Schema> | undefined {
  const parsed = v.safeParse(schema, raw);
  return parsed.success ? parsed.output : undefined;
}

/** What a table holds for a word of the service; undefined for any other word, also those that every object knows. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string | undefined): Value | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}

/** A time of day, such as `9:05`; the seconds that may follow do not matter. */
export const clockTime = v.pipe(
  v.string(),
  v.regex(/^([01]?\d|2[0-3]):[0-5]\d(:|$)/),
  v.transform((value) => value.split(':', 2).join(':').padStart(5, '0')),
);

/** An empty PHP map arrives as `[]`, so anything but an object counts as none. */
export const numbersByName = v.pipe(
  v.fallback(v.record(v.string(), v.unknown()), {}),
  v.transform((all) => {
    const numbers: Record<string, number> = {};
    for (const [name, value] of Object.entries(all)) {
      const parsed = v.safeParse(number, value);
      if (parsed.success) numbers[name] = parsed.output;
    }
    return numbers;
  }),
);

/** By name; looking a zone up takes longer than reading the profile that it is of. */
const zones = new Map<string, string | undefined>();

/** The zone where this machine knows it. */
export function knownTimeZone(name: string | undefined): string | undefined {
  if (!name) return undefined;
  if (!zones.has(name)) zones.set(name, zoneOf(name));
  return zones.get(name);
}

function zoneOf(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
