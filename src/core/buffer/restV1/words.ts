/**
 * What v1 says went wrong. Its documents promise words; its own clients also read `{message}`, `{text}` and
 * `{text, link}`, so words are looked for wherever an object of this kind may hold them.
 */

/** Keys of words, the likeliest first; under any other key they are taken where these hold none. */
const wordKeys = ['text', 'message', 'error', 'description'];
const linkKeys = ['link', 'url', 'href'];
/** Objects within objects, before it is no message any more. */
const deepest = 5;

/** The words in an error of whatever shape; undefined where there are none. */
export function wordsIn(error: unknown, depth = deepest): string | undefined {
  if (typeof error === 'string') return error.trim() ? error.toWellFormed() : undefined;
  return first(partsOf(error, depth), (part) => wordsIn(part, depth - 1));
}

/** The address that an error refers to, where it has one. */
export function linkIn(error: unknown, depth = deepest): string | undefined {
  if (!isObject(error) || depth === 0) return undefined;
  const link = first(linkKeys, (key) => (Object.hasOwn(error, key) ? error[key] : undefined));
  return typeof link === 'string' ? link : first(partsOf(error, depth), (part) => linkIn(part, depth - 1));
}

/** What may hold words, the likeliest first. */
function partsOf(error: unknown, depth: number): readonly unknown[] {
  if (!isObject(error) || depth === 0) return [];
  const likely = wordKeys.filter((key) => Object.hasOwn(error, key));
  const others = Object.keys(error).filter((key) => !wordKeys.includes(key) && !linkKeys.includes(key));
  return [...likely, ...others].map((key) => error[key]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What the first element gives that gives anything. */
function first<Element, Value>(elements: readonly Element[], give: (element: Element) => Value | undefined): Value | undefined {
  for (const element of elements) {
    const value = give(element);
    if (value !== undefined) return value;
  }
  return undefined;
}
