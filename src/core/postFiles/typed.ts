import { kindOf, linesOf } from './lines.ts';

/** What somebody is at in a front matter, as far as one line tells: it is broken while one types. */
export interface Typed {
  /** The keys that it belongs to, as they are written, the outermost first. */
  readonly keys: readonly string[];
  /** A word alone in its line can be either: then it is a key. */
  readonly kind: 'key' | 'value';
  /** All of it, with its quotes and what stands behind the cursor. In UTF-16 units from the beginning of the file. */
  readonly start: number;
  readonly end: number;
  readonly quote?: string;
  /** Whether it is a key that has its colon. */
  readonly hasColon?: boolean;
}

/** What stands at a place of a file; undefined in a comment, and where there is no front matter. */
export function typedAt(text: string, offset: number): Typed | undefined {
  const begin = frontMatterBegin(text, offset);
  return begin === undefined ? undefined : new Scanner(text, offset).from(begin);
}

/** Where the front matter begins that a place is in. */
function frontMatterBegin(text: string, offset: number): number | undefined {
  const lines = linesOf(text);
  const is = (line: (typeof lines)[number], kind: string) => kindOf(line.text.replace(/^\uFEFF/u, '')).kind === kind;
  let isOpen = false;
  let mayBegin = true;
  let begin: number | undefined;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const isHere = !next || next.start > offset;
    if (is(line, 'frontMatter')) {
      if (isHere) return undefined;
      if (isOpen) isOpen = false;
      else if (mayBegin) {
        isOpen = true;
        begin = next.start;
      }
      mayBegin = false;
    } else if (isHere) return isOpen ? begin : undefined;
    else if (is(line, 'post')) {
      mayBegin = true;
      isOpen = false;
    } else if (!is(line, 'blank')) mayBegin = false;
  }
  return undefined;
}

/** Goes through a front matter up to a place, and remembers which keys and brackets are open there. */
class Scanner {
  readonly #text: string;
  readonly #offset: number;
  readonly #levels: { readonly indent: number; readonly key: string }[] = [];
  readonly #brackets: { readonly sign: string; key?: string }[] = [];

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  from(begin: number): Typed | undefined {
    /** The indentation of a key whose text is in the lines below it. */
    let folded: number | undefined;
    for (let start = begin; start <= this.#offset;) {
      const end = this.#lineEnd(start);
      const indent = /^ */u.exec(this.#text.slice(start, end))![0].length;
      const isBlank = this.#text.slice(start, end).trim() === '';
      if (folded !== undefined && !isBlank && indent <= folded) folded = undefined;
      if (folded === undefined) {
        // Whoever types has not closed the bracket yet.
        if (indent === 0 && !/^[\]}\s]|^$/u.test(this.#text.slice(start, end))) this.#brackets.length = 0;
        const found = this.#line(start, indent, end);
        if (found !== undefined) return found === 'nothing' ? undefined : found;
        const [key] = this.#levels.slice(-1);
        if (key && /:\s+[|>][-+\d]*\s*$/u.test(this.#text.slice(start, end))) folded = key.indent;
      } else if (this.#offset <= end) return undefined;
      start = end + (this.#text.startsWith('\r\n', end) ? 2 : 1);
    }
    return undefined;
  }

  #lineEnd(from: number): number {
    const found = this.#text.slice(from).search(/[\r\n]/u);
    return found < 0 ? this.#text.length : from + found;
  }

  /** @returns undefined where the place is in another line */
  #line(start: number, indent: number, end: number): Typed | 'nothing' | undefined {
    let at = start + indent;
    let isValue = false;
    const isFlow = () => this.#brackets.length > 0;
    if (!isFlow())
      for (const { 0: dash } of this.#text.slice(at, end).matchAll(/- +|-$/guy)) {
        if (this.#offset <= at) return 'nothing';
        this.#leave(at - start + 1);
        isValue = true;
        at += dash.length;
      }
    let isFirst = !isFlow();
    /** Behind a value nothing begins before a comma. */
    let isOver = false;
    while (at <= end) {
      const from = at;
      while (at < end && /[ \t]/u.test(this.#text[at]!)) at++;
      const sign = this.#text.slice(at, at + 1);
      const isEmpty = at === end || (isFlow() && /[,\]}]/u.test(sign));
      // A blank in front of what follows belongs to nothing but where nothing follows.
      if (this.#offset < at || (this.#offset === at && isEmpty))
        return this.#offset < from || isOver ? 'nothing' : this.#empty(isValue, start);
      if (at === end) return undefined;
      if (sign === '#' && (at === start || /\s/u.test(this.#text[at - 1]!))) return this.#offset <= end ? 'nothing' : undefined;
      if ((isFlow() || isFirst || isValue) && (sign === '[' || sign === '{')) {
        this.#brackets.push({ sign });
        isValue = false;
        isFirst = false;
        isOver = false;
        at++;
      } else if (isFlow() && /[,\]}]/u.test(sign)) {
        if (sign === ',') delete this.#brackets.at(-1)!.key;
        else this.#brackets.pop();
        isOver = sign !== ',';
        at++;
      } else {
        const { end: last, quote } = this.#scalar(at, end);
        const colon = /^[ \t]*:(?=[\s,[\]{}]|$)/u.exec(this.#text.slice(last, end))?.[0];
        const isKey = colon !== undefined && (isFlow() ? this.#brackets.at(-1)!.sign === '{' : isFirst);
        if (isKey && !isFlow()) this.#leave(at - start);
        const blank = /^[ \t]*/u.exec(this.#text.slice(last, end))![0].length;
        // What is typed after a blank goes on with the same word.
        if (this.#offset <= last || (!quote && !isKey && this.#offset <= last + blank))
          return this.#typed(at, Math.max(last, this.#offset), { isKey, isValue, quote, column: at - start });
        at = last;
        if (isKey) {
          const key = quote ? this.#text.slice(from, last).trim().slice(1, -1) : this.#text.slice(from, last).trim();
          if (isFlow()) this.#brackets.at(-1)!.key = key;
          else this.#levels.push({ indent: last - start - key.length - (quote ? 2 : 0), key });
          at += colon.length;
          isValue = !isFlow();
        } else if (isFlow() && colon) at += colon.length;
        isFirst = false;
        isOver = !isKey;
      }
    }
    return undefined;
  }

  /** Leaves the keys that a line at this column does not belong to. */
  #leave(column: number): void {
    while ((this.#levels.at(-1)?.indent ?? -1) >= column) this.#levels.pop();
  }

  #empty(isValue: boolean, start: number): Typed {
    return this.#typed(this.#offset, this.#offset, { isKey: false, isValue, column: this.#offset - start });
  }

  #typed(
    start: number,
    end: number,
    {
      isKey,
      isValue,
      quote,
      column,
    }: { readonly isKey: boolean; readonly isValue: boolean; readonly quote?: string; readonly column: number },
  ): Typed {
    const flow = this.#brackets.flatMap(({ key }) => key ?? []);
    const top = this.#brackets.at(-1);
    const kind = top ? (top.sign === '{' && top.key === undefined ? 'key' : 'value') : isKey || !isValue ? 'key' : 'value';
    const levels = this.#levels.filter(({ indent }) => top || isValue || indent < column);
    return {
      keys: [...levels.map(({ key }) => key), ...flow],
      kind: isKey ? 'key' : kind,
      start,
      end,
      ...(quote && { quote }),
      ...(isKey && { hasColon: true }),
    };
  }

  /** A word with its quotes, or without any, as far as it goes in its line. */
  #scalar(start: number, end: number): { readonly end: number; readonly quote?: string } {
    const rest = this.#text.slice(start, end);
    const isFlow = this.#brackets.length > 0;
    const quote = /^["']/u.exec(rest)?.[0];
    const quoted = quote && (quote === '"' ? /^"(?:[^"\\]|\\.)*"/u : /^'(?:[^']|'')*'/u).exec(rest)?.[0];
    if (quoted) return { end: start + quoted.length, quote };
    const plain = (isFlow ? /^(?:(?![,[\]{}]|:(?=[\s,[\]{}]|$)|\s#).)+/u : /^(?:(?!:(?=\s|$)|\s#).)+/u).exec(rest)?.[0] ?? rest.slice(0, 1);
    return { end: start + plain.trimEnd().length, ...(quote && { quote }) };
  }
}
