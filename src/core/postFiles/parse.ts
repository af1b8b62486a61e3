import type { Service } from '../buffer/model.ts';
import { networkOf } from '../networks/networks.ts';
import { closest } from './closest.ts';
import { type FrontMatter, type KeyNames, readFrontMatter } from './frontMatter.ts';
import { closesFence, escapeLength, isConflictMark, isStrayFrontMatter, isYamlLine, kindOf, type Line, linesOf, Places } from './lines.ts';
import { networkNamed, networkNames } from './networkNames.ts';
import type { ParsedFile, PartText, Post, PostText } from './postFile.ts';
import type { TextRange } from './place.ts';
import { problem, type Problem } from './problem.ts';

/** A file of posts has at most so many UTF-16 units: a hundred times what any network takes. */
export const largestFile = 512 * 1024;

/** Words for when a post goes out that all posts of a file can share. */
export const sharedTimes: ReadonlySet<string> = new Set(['queue', 'next', 'draft']);

/**
 * Reads a file of posts. Whatever stands in it, this ends and throws nothing: what cannot be read is a problem with its
 * place.
 * @param path   of the file in the repository
 * @param names  how the repository calls keys
 */
export function parsePostFile(path: string, text: string, names?: KeyNames): ParsedFile {
  const lines = linesOf(text);
  const places = new Places(lines, text.length);
  const file = { path: path.normalize('NFC').replaceAll('\\', '/'), lineStarts: places.lineStarts };
  if (text.length > largestFile)
    return { ...file, posts: [], problems: [problem('tooLarge', places.ofLine(lines[0]!), [text.length, largestFile])] };
  const { posts, problems } = new FileReader(file.path, text, lines, places, names).read();
  return { ...file, posts, problems };
}

/** A text while it is read. */
interface OpenText {
  readonly services: readonly Service[];
  readonly mark?: TextRange;
  readonly parts: { readonly lines: Line[]; readonly from: number }[];
}

/** A post while it is read. */
interface OpenPost {
  readonly start: number;
  frontMatter: FrontMatter;
  readonly texts: OpenText[];
}

class FileReader {
  readonly #path: string;
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #places: Places;
  readonly #names: KeyNames | undefined;
  readonly #problems: Problem[] = [];
  readonly #posts: OpenPost[] = [];
  #isSharedTold = false;
  /** Whether the first mark of a merge was told, and its last did not come yet. */
  #isInConflict = false;
  /** What the front matter of the file says, for all of its posts. */
  #shared: FrontMatter = {};

  constructor(path: string, text: string, lines: readonly Line[], places: Places, names: KeyNames | undefined) {
    this.#path = path;
    this.#text = text;
    this.#lines = lines;
    this.#places = places;
    this.#names = names;
  }

  read(): Pick<ParsedFile, 'posts' | 'problems'> {
    // A byte order mark says how the file is written, and is no part of it.
    const isMarked = this.#text.startsWith('\ufeff');
    let at = this.#begin(isMarked ? 1 : 0, 0, isMarked ? 1 : 0);
    this.#shared = this.#posts[0]!.frontMatter;
    let opening: { readonly fence: string; readonly line: Line } | undefined;
    const swallowed: Line[] = [];
    while (at < this.#lines.length) {
      const line = at === 0 && isMarked ? { start: 1, text: this.#lines[0]!.text.slice(1) } : this.#lines[at]!;
      at++;
      this.#tellConflict(line);
      if (opening) {
        this.#add(line);
        if (closesFence(line.text, opening.fence)) {
          opening = undefined;
          swallowed.length = 0;
        } else if (['thread', 'post', 'comment'].includes(kindOf(line.text).kind)) swallowed.push(line);
        continue;
      }
      const escaped = escapeLength(line.text);
      if (escaped) {
        this.#add({ start: line.start + 1, text: line.text.slice(1), isKept: true });
        continue;
      }
      const found = kindOf(line.text);
      switch (found.kind) {
        case 'post':
          at = this.#begin(line.start, at);
          break;
        case 'thread':
          this.#open.parts.push({ lines: [], from: line.start });
          break;
        case 'comment':
          this.#comment(found.words, line);
          break;
        case 'hidden':
          this.#problems.push(problem('hiddenText', this.#places.ofLine(line)));
          this.#add(line);
          break;
        case 'divider': {
          const meant = closest(found.word, ['thread', 'post']);
          if (meant) this.#tellMeant(line, `---${meant}---`);
          if (meant === 'post') at = this.#begin(line.start, at);
          else if (meant) this.#open.parts.push({ lines: [], from: line.start });
          else this.#add(line);
          break;
        }
        case 'brokenMark':
          this.#tellMeant(line, `<!-- ${found.words} -->`);
          this.#comment(found.words, line);
          break;
        case 'fence':
          opening = { fence: found.fence, line };
          this.#add(line);
          break;
        default:
          if (found.kind === 'frontMatter' && isStrayFrontMatter(this.#lines, at - 1))
            this.#problems.push(problem('strayFrontMatter', this.#places.ofLine(line)));
          if (/!\[[^[\]]*\]\([^()\s][^()]*\)/u.test(line.text))
            this.#problems.push(problem('markdownPicture', this.#places.ofLine(line), [], { severity: 'warning' }));
          if (/<!--/u.test(line.text)) this.#problems.push(problem('hiddenText', this.#places.ofLine(line), [], { severity: 'warning' }));
          this.#add(line);
      }
    }
    if (opening && swallowed.length)
      this.#problems.push(problem('unclosedFence', this.#places.ofLine(opening.line), [], { severity: 'warning' }));
    return { posts: this.#finished(), problems: this.#problems };
  }

  get #open(): OpenText {
    return this.#posts.at(-1)!.texts.at(-1)!;
  }

  /**
   * Begins a post, with its front matter where one follows.
   * @returns the index of the line behind that
   */
  #begin(start: number, from: number, skip = 0): number {
    const textOf = (index: number) => this.#lines[index]!.text.slice(index === 0 ? skip : 0);
    let at = from;
    while (at < this.#lines.length && textOf(at).trim() === '') at++;
    const text: OpenText = { services: [], parts: [{ lines: [], from: this.#lines[from]?.start ?? this.#text.length }] };
    const post: OpenPost = { start, frontMatter: {}, texts: [text] };
    this.#posts.push(post);
    if (at >= this.#lines.length || kindOf(textOf(at)).kind !== 'frontMatter') return from;
    const first = at + 1;
    let last = first;
    let isMerged = false;
    const kindAt = (index: number) => kindOf(this.#lines[index]!.text).kind;
    while (last < this.#lines.length && !['frontMatter', 'post', 'thread', 'comment'].includes(kindAt(last))) {
      if (this.#tellConflict(this.#lines[last]!)) isMerged = true;
      last++;
    }
    if (last >= this.#lines.length || kindAt(last) !== 'frontMatter') {
      post.frontMatter = { isBroken: true };
      const end = this.#endMeant(first, last);
      this.#problems.push(problem('unclosedFrontMatter', this.#places.ofLine(this.#lines[end]!)));
      return last;
    }
    const begin = this.#lines[first]!.start;
    const end = this.#lines[last]!.start;
    const { frontMatter, problems } = readFrontMatter(this.#text.slice(begin, end), begin, this.#places, this.#names);
    // Two sides of a merge are no YAML together.
    if (!isMerged) this.#problems.push(...problems);
    post.frontMatter = isMerged ? { ...frontMatter, isBroken: true } : frontMatter;
    return last + 1;
  }

  /** The last line of a front matter without an end, as far as its lines look like keys. */
  #endMeant(first: number, last: number): number {
    let end = first;
    while (end < last && isYamlLine(this.#lines[end]!.text)) end++;
    return end - 1;
  }

  /** Both sides of a merge and all of its marks are one mistake. @returns whether the line is such a mark */
  #tellConflict(line: Line): boolean {
    if (!isConflictMark(line.text)) return false;
    if (!this.#isInConflict) this.#problems.push(problem('mergeConflict', this.#places.ofLine(line)));
    this.#isInConflict = !line.text.startsWith('>');
    return true;
  }

  #add(line: Line): void {
    this.#open.parts.at(-1)!.lines.push(line);
  }

  /** A line that means to be a mark, and would be published. It is read as it is meant: what only comes of it is not told. */
  #tellMeant(line: Line, meant: string): void {
    const range = this.#places.ofLine(line);
    this.#problems.push(problem('unknownDivider', range, [line.text, meant], { fix: { kind: 'replace', range, text: meant } }));
  }

  #comment(words: string, line: Line): void {
    const range = this.#places.ofLine(line);
    if (/^note\b/iu.test(words)) return;
    const services: Service[] = [];
    let searched = line.start + '<!--'.length;
    const names = words.split(',').map((each) => each.trim());
    // A thought with commas in it is one mistake.
    const isThought = names.every((each) => networkNamed(each) === undefined && closest(each, networkNames) === undefined);
    for (const name of isThought ? [words] : names) {
      const at = this.#text.indexOf(name, searched);
      searched = at + name.length;
      const meant = networkNamed(name) ? undefined : closest(name, networkNames);
      const service = networkNamed(meant ?? name);
      const isThere = service && (services.includes(service) || this.#posts.at(-1)!.texts.some((each) => each.services.includes(service)));
      if (service && !isThere) services.push(service);
      const place = name ? this.#places.range(at, searched) : range;
      if (meant)
        this.#problems.push(problem('unknownMarkMeant', place, [name, meant], { fix: { kind: 'replace', range: place, text: meant } }));
      else if (!service) this.#problems.push(problem('unknownMark', place, [name]));
      else if (isThere) this.#problems.push(problem('duplicateVariant', range, [networkOf(service).label]));
    }
    if (!isThought) this.#posts.at(-1)!.texts.push({ services, mark: range, parts: [{ lines: [], from: line.start }] });
  }

  #finished(): Post[] {
    const posts: Post[] = [];
    let sharedDetails: Post['details'] = {};
    for (const [position, { start, frontMatter, texts }] of this.#posts.entries()) {
      const end = this.#posts[position + 1]?.start ?? this.#text.length;
      const range = this.#places.range(start, end);
      const [text, ...variants] = texts.map((each) => this.#textOf(each));
      const own: FrontMatter = position === 0 ? frontMatter : { ...inherited(this.#shared), ...frontMatter };
      const isBroken = own.isBroken === true || this.#shared.isBroken === true;
      const isEmpty = texts.length === 1 && text!.parts.length === 1 && !text!.parts[0]!.text.trim() && !hasFiles(own);
      // A front matter with no text of its own is there for the posts below it.
      if (isEmpty && position === 0 && this.#posts.length > 1) {
        sharedDetails = own.details ?? {};
        continue;
      }
      if (isEmpty && !isBroken)
        this.#problems.push(problem('emptyPost', position === 0 ? this.#places.range(start, start) : this.#markOf(start)));
      if (position > 0 && !isBroken && own.when === undefined) this.#checkShared();
      const byService = Object.fromEntries(
        texts.slice(1).flatMap(({ services }, index) => services.map((service) => [service, variants[index]!] as const)),
      );
      const { profiles = [], pictures = [], details = {}, ...rest } = own;
      if (!isBroken) for (const each of [text!, ...variants]) this.#checkParts(each, pictures);
      posts.push({
        ...rest,
        path: this.#path,
        index: posts.length,
        range,
        profiles,
        pictures,
        ...(isBroken && { isBroken }),
        details: { ...sharedDetails, ...details },
        text: text!,
        variants: byService,
      });
    }
    return posts;
  }

  /** Two posts at one time that was written once: nobody meant that. */
  #checkShared(): void {
    const { when } = this.#shared;
    if (!when || sharedTimes.has(when.value.toLowerCase()) || this.#isSharedTold) return;
    this.#isSharedTold = true;
    this.#problems.push(problem('sharedTime', when.range));
  }

  #checkParts({ parts }: PostText, pictures: Post['pictures']): void {
    for (const [index, part] of parts.entries()) {
      if (index > 0 && !part.text.trim() && !pictures.some((picture) => picture.part === index + 1))
        this.#problems.push(problem('emptyPart', part.range));
    }
  }

  #markOf(start: number): TextRange {
    const { line } = this.#places.at(start);
    return this.#places.ofLine(this.#lines[line]!);
  }

  #textOf({ parts, mark }: OpenText): PostText {
    return { parts: parts.map((part) => this.#partOf(part)), ...(mark && { mark }) };
  }

  #partOf({ lines, from }: OpenText['parts'][number]): PartText {
    const isText = (line: Line) => line.isKept === true || line.text.trim() !== '';
    const first = lines.findIndex(isText);
    const kept = first < 0 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
    const last = kept.at(-1);
    return {
      text: kept.map(({ text }) => text).join('\n'),
      lineOffsets: kept.map(({ start }) => start),
      range: last ? this.#places.range(kept[0]!.start, last.start + last.text.length) : this.#markOf(from),
    };
  }
}

/** What the first front matter of a file says for the posts below it. Files go with the post that names them. */
function inherited({ profiles, tags, timeZone, isReminder, when }: FrontMatter): FrontMatter {
  const isShared = when && sharedTimes.has(when.value.toLowerCase());
  return {
    ...(profiles && { profiles }),
    ...(tags && { tags }),
    ...(timeZone && { timeZone }),
    ...(isReminder && { isReminder }),
    ...(isShared && { when }),
  };
}

function hasFiles({ pictures = [], video, document, link }: FrontMatter): boolean {
  return pictures.length > 0 || Boolean(video ?? document ?? link);
}
