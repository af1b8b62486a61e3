import * as v from 'valibot';

/** What both services' answers are parsed with: tolerant about what varies, strict about what the extension relies on. */

/** The value where it can be read; missing, null and unreadable are all undefined. */
export function optional<Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(
    v.fallback(v.nullish(schema), undefined),
    v.transform((value): v.InferOutput<Schema> | undefined => value ?? undefined),
  );
}

export const text = optional(v.string());
export const flag = optional(v.boolean());
export const number = v.pipe(v.union([v.number(), v.pipe(v.string(), v.trim(), v.nonEmpty(), v.transform(Number))]), v.finite());
export const optionalNumber = optional(number);
export const count = v.pipe(v.fallback(number, 0), v.transform((value) => Math.max(0, Math.trunc(value))));

/** Every sample is 24 hex digits, but nothing promises it. What could change a path is no id. */
export const id = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.integer())]),
  v.transform(String),
  v.regex(/^(?!\.+$)[^/\\?#%\s]{1,200}$/u),
);

/** Unix seconds in every sample; milliseconds and ISO 8601 are understood where an answer has them. */
export const time = v.pipe(
  v.union([number, v.pipe(v.string(), v.nonEmpty())]),
  v.transform((value) => new Date(typeof value === 'number' ? (Math.abs(value) < 1e11 ? value * 1000 : value) : value)),
  v.date(),
);
export const optionalTime = optional(time);

/** A list whose unreadable elements are left out, so that one odd element does not hide the others. */
export function listOf<Schema extends v.GenericSchema>(element: Schema) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((elements) =>
      elements.flatMap((each) => {
        const parsed = v.safeParse(element, each);
        return parsed.success ? [parsed.output] : [];
      }),
    ),
  );
}

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

/** The zone where this machine knows it. */
export function knownTimeZone(name: string | undefined): string | undefined {
  if (!name) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
