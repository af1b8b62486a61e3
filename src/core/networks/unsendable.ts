/** A character that no text can be sent with, and where it stands: line and column count from one. */
export interface Unsendable {
  /** Such as `U+0000`. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** NUL, which services cut texts at, and half of a character: what is sent for it is another one. */
// oxlint-disable-next-line no-control-regex -- NUL is what is looked for
const forbidden = /\u0000|\p{Surrogate}/u;

/** The first character of a text that cannot be sent as it is. */
export function unsendableIn(text: string): Unsendable | undefined {
  const index = text.search(forbidden);
  if (index < 0) return undefined;
  const before = text.slice(0, index).split('\n');
  const name = `U+${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`;
  return { name, line: before.length, column: before.at(-1)!.length + 1 };
}
