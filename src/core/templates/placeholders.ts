/** What stands in a template for what is still to be said: `{{name}}`. */
const placeholder = /\{\{([^{}\r\n]{1,100})\}\}/gu;

/** The names of a template's placeholders, each once, in the order of the text. */
export function placeholdersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name]) => name!.trim()))].filter(Boolean);
}

/** The first placeholder from a place on, with where it begins and ends. */
export function placeholderFrom(
  text: string,
  from: number,
): { readonly name: string; readonly start: number; readonly end: number } | undefined {
  for (const found of text.slice(from).matchAll(placeholder)) {
    const name = found[1]!.trim();
    const start = from + found.index;
    if (name) return { name, start, end: start + found[0].length };
  }
  return undefined;
}

/** A template's text with words in the place of placeholders; those without words stay. */
export function filledIn(text: string, words: ReadonlyMap<string, string>): string {
  return text.replace(placeholder, (whole, name: string) => words.get(name.trim()) || whole);
}

/**
 * A template as a snippet of the editor: each placeholder is a tab stop with its name to type over, the same one
 * everywhere the name stands; all else is text, whatever a snippet would make of it.
 */
export function snippetOf(text: string): string {
  const names = placeholdersIn(text);
  let snippet = '';
  let at = 0;
  for (const match of text.matchAll(placeholder)) {
    const name = match[1]!.trim();
    snippet += escaped(text.slice(at, match.index));
    snippet += name ? `\${${names.indexOf(name) + 1}:${escaped(name)}}` : escaped(match[0]);
    at = match.index + match[0].length;
  }
  return snippet + escaped(text.slice(at));
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/gu, '\\$&');
}
