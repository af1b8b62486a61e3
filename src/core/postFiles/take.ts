import type { Update } from '../buffer/model.ts';
import { fingerprintOf, fingerprintThere, says } from './fingerprint.ts';
import { kindOf } from './lines.ts';
import { nameOfNetwork } from './networkNames.ts';
import { apart, type PlanItem } from './plan.ts';
import { type ParsedFile, type PartText, type Post, type PostText, textOf } from './postFile.ts';
import type { RecordEntry } from './record.ts';
import { type StatusSurroundings, wantedIn } from './status.ts';
import type { Wanted } from './wanted.ts';
import { escaped, timeToWrite } from './write.ts';

/** What stands in a file from one place to another is exchanged. In UTF-16 units of the file. */
export interface FileEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A post as Buffer has it now, in its file. */
export interface Taken {
  /** In their order; none overlaps another. */
  readonly edits: readonly FileEdit[];
  /** What the record says of it once they are made. */
  readonly note: RecordEntry;
}

/** What a file has words for that are changed here; all else is for its writer. */
const takable: ReadonlySet<string> = new Set(['text', 'thread', 'when']);

/**
 * Makes a file say of one post at one profile what Buffer has, by the fewest changes: nothing else in it is touched, and
 * no other post at no other profile says anything else afterwards.
 * @param item    of a plan, with its entry
 * @param update  as Buffer has it, in full
 * @returns or the fields that have to be written by hand
 */
export async function takeTheirs(
  path: string,
  text: string,
  item: PlanItem,
  update: Update,
  around: Pick<StatusSurroundings, 'config' | 'now' | 'profiles' | 'tags' | 'hashOf'>,
): Promise<Taken | { readonly byHand: readonly string[] }> {
  const { wanted, entry } = item;
  const before = await wantedIn(path, text, around);
  const mine = before?.wanted.find((each) => isSame(each, wanted));
  if (!wanted || !entry || !before || !mine) return { byHand: ['text'] };
  const fields = apart(entry, wanted, update);
  const hard = fields.filter((field) => !takable.has(field));
  if (hard.length > 0) return { byHand: hard };
  const post = before.parsed.posts[wanted.part - 1]!;
  const others = before.wanted.filter((each) => each.part === wanted.part && each !== mine);
  const file = new Editor(text, before.parsed);
  if (fields.includes('when')) {
    if (others.length > 0) return { byHand: ['when'] };
    file.when(post, timeOf(update, post.timeZone?.value ?? around.config.timezone ?? wanted.profile.timeZone), around.config.keys);
  }
  if (fields.includes('text') || fields.includes('thread')) {
    const parts = [update.text, ...(update.details?.thread ?? [])];
    if (others.some(({ profile: { service } }) => service === wanted.profile.service)) return { byHand: ['text'] };
    const isShared = others.some(({ profile: { service } }) => textOf(post, service) === textOf(post, wanted.profile.service));
    if (isShared) file.ownText(post, wanted.profile.service, parts);
    else if (!file.text(textOf(post, wanted.profile.service), parts)) return { byHand: ['thread'] };
  }
  const edits = file.edits();
  // Nobody is to find another post changed: what came of it is read once more.
  const after = await wantedIn(path, applied(text, edits), around);
  const now = after?.wanted.find((each) => isSame(each, wanted));
  if (!now || !isOnlyThat(before.wanted, after!.wanted, mine, now, fields, update)) return { byHand: fields };
  const said = fingerprintOf(now);
  const sent = Object.fromEntries([
    ...Object.entries(fingerprintOf(wanted)).filter(([field]) => !fields.includes(field)),
    ...Object.entries(said).filter(([field]) => fields.includes(field)),
  ]);
  return { edits, note: { ...entry, state: 'queued', at: around.now, sent, seen: fingerprintThere(update) } };
}

/** A text with its edits made. */
export function applied(text: string, edits: readonly FileEdit[]): string {
  return edits.toReversed().reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);
}

function isSame(one: Wanted, other: Wanted | undefined): boolean {
  return one.part === other?.part && one.handle === other.handle;
}

function isOnlyThat(
  before: readonly Wanted[],
  after: readonly Wanted[],
  mine: Wanted,
  now: Wanted,
  fields: readonly string[],
  update: Update,
): boolean {
  if (before.length !== after.length || !fields.every((field) => says(update, now, field))) return false;
  return before.every((one, index) => {
    const other = after[index]!;
    const [was, is] = [fingerprintOf(one), fingerprintOf(other)];
    const all = new Set([...Object.keys(was), ...Object.keys(is)]);
    return isSame(one, other) && [...all].every((field) => was[field] === is[field] || (one === mine && fields.includes(field)));
  });
}

function timeOf({ status, isFixedTime, dueAt }: Update, timeZone: string): string {
  if (status === 'draft') return 'draft';
  return isFixedTime && dueAt ? timeToWrite(dueAt, timeZone) : 'queue';
}

/** A file while edits of it are gathered. */
class Editor {
  readonly #text: string;
  readonly #end: string;
  readonly #parsed: ParsedFile;
  readonly #edits: FileEdit[] = [];

  constructor(text: string, parsed: ParsedFile) {
    this.#text = text;
    this.#parsed = parsed;
    // Whichever way the file ends its lines, it goes on so.
    this.#end = /\r\n|\n|\r/u.exec(text)?.[0] ?? '\n';
  }

  edits(): readonly FileEdit[] {
    return this.#edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  }

  when(post: Post, word: string, keys: Readonly<Record<string, string>>): void {
    const { when, frontMatter, range } = post;
    // What all posts of the file share is not this one's to change.
    const isOwn = when && when.range.start.offset >= range.start.offset && when.range.end.offset <= range.end.offset;
    if (isOwn) return this.#put(when.range.start.offset, when.range.end.offset, word);
    const key = Object.entries(keys).find(([, ours]) => ours === 'when')?.[0] ?? 'when';
    const line = `${key}: ${word}${this.#end}`;
    if (frontMatter) return this.#put(this.#lineStart(frontMatter.end.offset), this.#lineStart(frontMatter.end.offset), line);
    const first = range.start.offset;
    const at = kindOf(this.#text.slice(first, this.#lineEnd(first))).kind === 'post' ? this.#nextLine(first) : first;
    this.#put(at, at, `---${this.#end}${line}---${this.#end}`);
  }

  /** The text of a network that has it for itself. @returns whether its parts are as many as they were */
  text({ parts }: PostText, texts: readonly string[]): boolean {
    if (parts.length !== texts.length) return false;
    for (const [index, part] of parts.entries()) this.#part(part, texts[index]!);
    return true;
  }

  /** A text of its own for a network that had one with others. */
  ownText(post: Post, service: string, texts: readonly string[]): void {
    const { mark } = textOf(post, service);
    const name = nameOfNetwork(service);
    if (mark) {
      const rest = Object.keys(post.variants).filter((each) => each !== service && post.variants[each] === post.variants[service]);
      this.#put(mark.start.offset, mark.end.offset, `<!-- ${rest.map(nameOfNetwork).join(', ')} -->`);
    }
    const at = post.range.end.offset;
    const before = this.#text.slice(0, at);
    const gap = /(?:\r\n|\n|\r)$/u.test(before) ? (/(?:\r\n|\n|\r){2}$/u.test(before) ? '' : this.#end) : this.#end.repeat(2);
    const lines = texts.map((each) => escaped(each).join(this.#end)).join(`${this.#end.repeat(2)}---thread---${this.#end}`);
    const isLast = at === this.#text.length;
    this.#put(at, at, `${gap}<!-- ${name} -->${this.#end}${lines}${this.#end}${isLast ? '' : this.#end}`);
  }

  /** Line by line: what stands between them, such as a note, stays. */
  #part(part: PartText, text: string): void {
    const lines = escaped(text);
    if (part.lineOffsets.length === 0) {
      const at = this.#nextLine(part.range.start.offset);
      return lines.length > 0 ? this.#put(at, at, `${lines.join(this.#end)}${this.#end}`) : undefined;
    }
    const starts = part.lineOffsets.map((offset) => this.#lineStart(offset));
    const old = starts.map((start) => this.#text.slice(start, this.#lineEnd(start)));
    const kept = inCommon(old, lines);
    let [from, to] = [0, 0];
    for (const [one, other] of [...kept, [old.length, lines.length] as const]) {
      const news = lines.slice(to, other);
      const gone = starts.slice(from, one);
      // As many as there were are exchanged; the rest comes or goes with its line.
      for (const [index, start] of gone.entries()) {
        const line = news.shift();
        if (line === undefined) {
          const isAtEnd = this.#nextLine(start) === this.#text.length && this.#lineEnd(start) === this.#text.length;
          if (isAtEnd) this.#put(this.#endBefore(start), this.#lineEnd(start), '');
          else this.#put(start, this.#nextLine(start), '');
        } else if (index === gone.length - 1) {
          this.#put(start, this.#lineEnd(start), [line, ...news.splice(0)].join(this.#end));
        } else this.#put(start, this.#lineEnd(start), line);
      }
      if (news.length > 0) {
        if (one < starts.length) this.#put(starts[one]!, starts[one]!, news.map((each) => `${each}${this.#end}`).join(''));
        else {
          const at = this.#lineEnd(starts.at(-1)!);
          this.#put(at, at, news.map((each) => `${this.#end}${each}`).join(''));
        }
      }
      [from, to] = [one + 1, other + 1];
    }
  }

  #put(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  #lineStart(offset: number): number {
    const start = this.#parsed.lineStarts.findLast((each) => each <= offset) ?? 0;
    return start === 0 && this.#text.startsWith('\ufeff') ? 1 : start;
  }

  #lineEnd(offset: number): number {
    const found = this.#text.slice(offset).search(/[\r\n]/u);
    return found < 0 ? this.#text.length : offset + found;
  }

  #nextLine(offset: number): number {
    return this.#parsed.lineStarts.find((each) => each > offset) ?? this.#text.length;
  }

  /** Where the line before ends. */
  #endBefore(start: number): number {
    return /(?:\r\n|\n|\r)$/u.exec(this.#text.slice(0, start))?.index ?? start;
  }
}

/** Places of lines that two texts have in common, in order: as many as can be. */
function inCommon(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let a = one.length - 1; a >= 0; a--)
    for (let b = other.length - 1; b >= 0; b--)
      lengths[a]![b] = one[a] === other[b] ? lengths[a + 1]![b + 1]! + 1 : Math.max(lengths[a + 1]![b]!, lengths[a]![b + 1]!);
  const pairs: (readonly [number, number])[] = [];
  for (let [a, b] = [0, 0]; a < one.length && b < other.length;) {
    if (one[a] === other[b]) pairs.push([a++, b++]);
    else if (lengths[a + 1]![b]! >= lengths[a]![b + 1]!) a++;
    else b++;
  }
  return pairs;
}
