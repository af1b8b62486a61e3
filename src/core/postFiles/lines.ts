import { networkNamed } from './networkNames.ts';
import type { Place, TextRange } from './place.ts';

/** A line of a file, without its end. */
export interface Line {
  readonly start: number;
  readonly text: string;
  /** It stays where it is blank, also at the beginning or the end of a text. */
  readonly isKept?: boolean;
}

/** The lines of a text, whichever way they end. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/gu)) {
    lines.push({ start, text: text.slice(start, index) });
    start = index + end.length;
  }
  lines.push({ start, text: text.slice(start) });
  return lines;
}

/** Tells places of a file by where its lines begin. */
export class Places {
  readonly lineStarts: readonly number[];
  readonly length: number;

  constructor(lines: readonly Line[], length: number) {
    this.lineStarts = lines.map(({ start }) => start);
    this.length = length;
  }

  at(offset: number): Place {
    const known = Math.min(Math.max(0, offset), this.length);
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= known) low = middle;
      else high = middle - 1;
    }
    return { offset: known, line: low, column: known - this.lineStarts[low]! };
  }

  range(start: number, end: number): TextRange {
    return { start: this.at(start), end: this.at(Math.max(start, end)) };
  }

  ofLine({ start, text }: Line): TextRange {
    return this.range(start, start + text.length);
  }
}

const fence = /^ {0,3}(?<fence>`{3,}(?=[^`]*$)|~{3,})/u;
const threadMark = /^-{3,}[ \t]*thread[ \t]*-{3,}[ \t]*$/iu;
const postMark = /^-{3,}[ \t]*post[ \t]*-{3,}[ \t]*$/iu;
/** A line that means to divide, whatever its word is. */
const divider = /^ {0,3}-{2,}[ \t]*(?<word>[a-z]{3,12})[ \t]*-{2,}\s*$/iu;
/** One that was not written to its end, or whose hyphens an editor made into dashes. */
const halfDivider = /^ {0,3}(?:-{3,}\s*|(?:--|[–—])[-–—]*\s*(?=\w+\s*[-–—]))(?<word>thread|post)\s*[-–—]*\s*$/iu;
const comment = /^<!--(?<words>(?:(?!-->).)*)-->[ \t]*$/u;
const commentStart = /^ {0,3}<!--/u;
const frontMatterMark = /^---[ \t]*$/u;
/** What Git writes where a merge left both sides. */
const conflict = /^(?:<{7}|>{7}|\|{7})(?: |$)/u;

/** What a line is, where it stands in no code block. */
export type LineKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'thread' | 'post' | 'frontMatter' | 'conflict' }
  | { readonly kind: 'divider'; readonly word: string }
  | { readonly kind: 'comment' | 'brokenMark'; readonly words: string }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'fence'; readonly fence: string };

/** What a line outside of code blocks is. */
export function kindOf(text: string): LineKind {
  if (text.trim() === '') return { kind: 'blank' };
  // Most lines begin with a letter.
  if (!/^[\s\p{Cf}]*[-–—<>|`~!]/u.test(text)) return { kind: 'text' };
  if (threadMark.test(text)) return { kind: 'thread' };
  if (postMark.test(text)) return { kind: 'post' };
  if (frontMatterMark.test(text)) return { kind: 'frontMatter' };
  if (conflict.test(text)) return { kind: 'conflict' };
  const words = comment.exec(text)?.groups?.['words'];
  if (words !== undefined) return { kind: 'comment', words: words.trim() };
  const networks = brokenMark(text);
  if (networks !== undefined) return { kind: 'brokenMark', words: networks };
  if (commentStart.test(text)) return { kind: 'hidden' };
  const opening = fence.exec(text)?.groups?.['fence'];
  if (opening !== undefined) return { kind: 'fence', fence: opening };
  // Nobody sees a zero-width space beside a mark.
  const seen = text.replace(/\p{Cf}+/gu, '');
  const word = (divider.exec(seen) ?? halfDivider.exec(seen))?.groups?.['word'];
  return word === undefined ? { kind: 'text' } : { kind: 'divider', word };
}

/** The networks that a line names as a mark does, and is none: everybody would get the text below it. */
function brokenMark(line: string): string | undefined {
  const text = line.trim();
  if (!/[<>]/u.test(text) || !/--|<!/u.test(text)) return undefined;
  const words = /^(?=\S*[<!-])\S{1,6}?(?:\s*[-<!>]+)*\s*(?<words>[a-z][a-z ,]*)-\W{0,3}$/iu.exec(text)?.groups?.['words']?.trim();
  return words?.split(',').every((each) => networkNamed(each.trim())) ? words : undefined;
}

/** Whether a line ends a code block that began with these signs. */
export function closesFence(text: string, opening: string): boolean {
  const found = /^ {0,3}(?<fence>`{3,}|~{3,})[ \t]*$/u.exec(text)?.groups?.['fence'];
  return found !== undefined && found[0] === opening[0] && found.length >= opening.length;
}

/** Whether a merge left both sides in a line; in code blocks, too. */
export function isConflictMark(text: string): boolean {
  return conflict.test(text);
}

const keyLine = /^(?:profiles|when|timezone|images|tags):(?:\s|$)/u;
const yamlLine = /^(?:\s*(?:#|- |[\]}])|\s+\S|[^\s:]+:(?:\s|$))/u;

/** Whether a line looks like one of YAML. */
export function isYamlLine(text: string): boolean {
  return yamlLine.test(text);
}

/** Whether three hyphens within a text begin a front matter, which would be published. */
export function isStrayFrontMatter(lines: readonly Line[], first: number): boolean {
  let isKeyed = false;
  for (let at = first + 1; at < lines.length; at++) {
    const { text } = lines[at]!;
    if (frontMatterMark.test(text)) return isKeyed;
    if (!yamlLine.test(text)) return false;
    isKeyed ||= keyLine.test(text);
  }
  return false;
}

/**
 * How many backslashes are to be taken from the beginning of a line: one in front of what would otherwise be a mark, a
 * code block or a line that is left out.
 */
export function escapeLength(text: string): 0 | 1 {
  if (!text.startsWith('\\')) return 0;
  const { kind } = kindOf(text.replace(/^\\+/u, ''));
  return kind === 'text' ? 0 : 1;
}
