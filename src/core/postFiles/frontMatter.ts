import { isAlias, isMap, isScalar, isSeq, Lexer, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Service, TaggedUser } from '../buffer/model.ts';
import { detailKinds, type DetailName } from '../buffer/networkDetails.ts';
import { fieldsFor, networkNeeds } from '../networks/networkNeeds.ts';
import { networkOf } from '../networks/networks.ts';
import { closest } from './closest.ts';
import type { Places } from './lines.ts';
import { networkNamed, networkNames } from './networkNames.ts';
import type { Post, WrittenDetails, WrittenDocument, WrittenLink, WrittenPicture, WrittenVideo, Written } from './postFile.ts';
import type { TextRange } from './place.ts';
import { quoted } from './profileNames.ts';
import { problem, type Fix, type Problem, type ProblemCode } from './problem.ts';

/** The keys of a post, apart from networks. */
export const postKeys = ['profiles', 'when', 'timezone', 'images', 'video', 'document', 'link', 'tags', 'reminder'] as const;
export type PostKey = (typeof postKeys)[number];

/** How a repository calls keys that it had before. */
export interface KeyNames {
  /** Our key by theirs. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Theirs that mean nothing here. */
  readonly ignore?: readonly string[];
}

/** What a front matter says. */
export type FrontMatter = Omit<Partial<Post>, 'path' | 'index' | 'range' | 'text' | 'variants'>;

/** More than this is no front matter of a post. UTF-16 units. */
const longest = 64 * 1024;

/**
 * Reads a front matter. Values are the words that stand there: `9:30` is no number and `no` no boolean, as YAML's smallest
 * schema has none of them.
 * @param start  where it begins in the file
 */
export function readFrontMatter(
  written: string,
  start: number,
  places: Places,
  names: KeyNames = {},
): { readonly frontMatter: FrontMatter; readonly problems: readonly Problem[] } {
  // A line may end in each way that a file's lines do; the parser knows but two of them.
  const source = written.replace(/\r(?!\n)/gu, '\n');
  const whole = places.range(start, start + source.length);
  if (source.length > longest)
    return { frontMatter: { frontMatter: whole }, problems: [problem('frontMatterTooLarge', whole, [source.length, longest])] };
  const reader = new Reader(start, places, names);
  let root: Node | null;
  let yaml: Problem[];
  try {
    const document = parseDocument(source, { schema: 'failsafe', prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    root = document.contents;
    yaml = yamlProblems(source, start, places, document.errors);
  } catch (error) {
    // Nested so deep that the parser gives up.
    yaml = [problem('invalidYaml', whole, [(error as Error).message])];
    return { frontMatter: { frontMatter: whole, isBroken: true }, problems: yaml };
  }
  const frontMatter = reader.read(root, whole);
  // What was made of broken YAML is nobody's mistake.
  if (yaml.length > 0) return { frontMatter: { ...frontMatter, frontMatter: whole, isBroken: true }, problems: yaml };
  return { frontMatter: { ...frontMatter, frontMatter: whole }, problems: reader.problems };
}

interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** What is to be mended: the first error, as those behind it mostly come of it, and handles without quotes in front of that. */
function yamlProblems(source: string, start: number, places: Places, errors: readonly YamlError[]): Problem[] {
  const found: Problem[] = [];
  for (const { code, message, pos } of errors.toSorted((one, other) => one.pos[0] - other.pos[0])) {
    const handle = /^@[^\s,[\]{}]*/u.exec(source.slice(pos[0]))?.[0];
    if (code === 'BAD_SCALAR_START' && handle) {
      const range = places.range(start + pos[0], start + pos[0] + handle.length);
      found.push(problem('quoteHandle', range, [handle], { fix: { kind: 'replace', range, text: `"${handle}"` } }));
      continue;
    }
    const [from, to] = placeOfError(source, code, pos);
    // Its own sentence is for programmers.
    const why = code === 'MULTIPLE_DOCS' ? 'a line of three dots ends it, and what stands below would be left out' : message;
    found.push(problem('invalidYaml', places.range(start + from, start + to), [why.split('\n', 1)[0]!]));
    break;
  }
  return found;
}

/** Where a person mends it: the parser tells of what was left open only once it comes to something else. */
function placeOfError(source: string, code: string, [from, to]: YamlError['pos']): readonly [number, number] {
  let at = 0;
  let open: readonly [number, number] | undefined;
  for (const token of new Lexer().lex(source)) {
    if (at >= from && !open) break;
    // A quoted text over several lines is one whose quote was forgotten.
    if (/^["']/u.test(token) && /\n/u.test(token) && at <= from) open = [at, at + token.indexOf('\n')];
    // The lexer has signs of its own that stand nowhere in the text.
    if (source.startsWith(token, at)) at += token.length;
  }
  if (open) return open;
  const [first] = /^[ \t]*\S[^\n]*/mu.exec(source) ?? [''];
  // A line that begins no key at the margin ends what it began: all keys behind it are told.
  if (code === 'UNEXPECTED_TOKEN' && /^(?:[ \t&*!|>]|[^:]*$)/u.test(first) && (from === 0 || source[from - 1] === '\n')) {
    const start = source.indexOf(first);
    return [start, start + first.trimEnd().length];
  }
  if (code !== 'BAD_INDENT' || !/^\S/u.test(source.slice(from))) return [from, to];
  const line = source.slice(0, from).lastIndexOf('\n') + 1;
  const last = source.slice(0, line).trimEnd().length;
  return last > 0 && /[[{,]/u.test(source.slice(0, last)) ? [last - 1, last] : [from, to];
}

type Readers = Readonly<Record<string, (value: Node | null, key: TextRange, name: string) => void>>;

class Reader {
  readonly problems: Problem[] = [];
  readonly #start: number;
  readonly #places: Places;
  readonly #names: KeyNames;

  constructor(start: number, places: Places, names: KeyNames) {
    this.#start = start;
    this.#places = places;
    this.#names = names;
  }

  read(root: Node | null, whole: TextRange): FrontMatter {
    if (root === null || (isScalar(root) && root.value === '' && !root.tag)) return {};
    if (!isMap(root)) {
      if (this.problems.length === 0) this.#tell('notAMap', isAlias(root) ? whole : this.#rangeOf(root));
      return {};
    }
    const said: { -readonly [Key in keyof FrontMatter]: FrontMatter[Key] } = {};
    const details: Record<Service, WrittenDetails> = {};
    const readers: Readers = {
      profiles: (value, key, name) => {
        said.profiles = this.#words(value, key, name);
        // Who names nobody does not mean those of the configuration.
        if (isSeq(value) && value.items.length === 0) this.#tell('emptyValue', this.#rangeOf(value), [name]);
      },
      tags: (value, key, name) => (said.tags = this.#words(value, key, name)),
      when: (value, key, name) => (said.when = this.#word(value, key, name)),
      timezone: (value, key, name) => (said.timeZone = this.#word(value, key, name)),
      reminder: (value, key, name) => (said.isReminder = this.#flag(value, key, name)),
      images: (value, key, name) => (said.pictures = this.#pictures(value, key, name)),
      video: (value, key, name) => (said.video = this.#video(value, key, name)),
      document: (value, key, name) => (said.document = this.#document(value, key, name)),
      link: (value, key, name) => (said.link = this.#link(value, key, name)),
    };
    this.#map(root, readers, {
      ours: this.#names.keys,
      ignored: this.#names.ignore,
      others: networkNames,
      other: (name, value, key) => {
        const service = networkNamed(name);
        if (!service) return false;
        // A network has several names, in capitals or not.
        if (Object.hasOwn(details, service)) this.#tell('duplicateKey', key, [name]);
        else details[service] = this.#details(service, value, key);
        return true;
      },
    });
    if (Object.keys(details).length) said.details = details;
    return said;
  }

  #tell(code: ProblemCode, range: TextRange, values: readonly (string | number)[] = [], fix?: Fix): void {
    this.problems.push(problem(code, range, values, { fix }));
  }

  #rangeOf(node: Node): TextRange {
    const [from, to] = node.range ?? [0, 0];
    return this.#places.range(this.#start + from, this.#start + to);
  }

  /** Whether it is plain: what stands for something else is not followed, so that a small file stays a small one. */
  #isPlain(node: Node): boolean {
    const { tag } = node as { tag?: string };
    if (!isAlias(node) && !(node as { anchor?: string }).anchor && (!tag || tag.startsWith('tag:yaml.org,2002:'))) return true;
    this.#tell('alias', this.#rangeOf(node));
    return false;
  }

  #map(
    map: YAMLMap,
    readers: Readers,
    more: {
      readonly ours?: Readonly<Record<string, string>>;
      readonly ignored?: readonly string[];
      readonly others?: readonly string[];
      readonly other?: (name: string, value: Node | null, key: TextRange) => boolean;
      readonly unknown?: (name: string, meant: string | undefined, key: TextRange, fix: Fix | undefined) => void;
    } = {},
  ): void {
    if (!this.#isPlain(map)) return;
    const seen = new Set<string>();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
        this.#tell('notAMap', this.#rangeOf(pair.key));
        continue;
      }
      if (!this.#isPlain(pair.key)) continue;
      const written = pair.key.value;
      // A repository's own `tags` may be another thing than ours.
      if (more.ignored?.includes(written)) continue;
      const key = this.#rangeOf(pair.key);
      const name = more.ours && Object.hasOwn(more.ours, written) ? more.ours[written]! : written;
      if (seen.has(name)) {
        this.#tell('duplicateKey', key, [written]);
        continue;
      }
      seen.add(name);
      if (Object.hasOwn(readers, name)) readers[name]!(pair.value, key, written);
      else if (!more.other?.(name, pair.value, key)) {
        const names = [...Object.keys(more.ours ?? {}), ...Object.keys(readers), ...(more.others ?? [])];
        const meant = closest(
          written,
          names.filter((each) => !more.ignored?.includes(each)),
        );
        const fix = meant === undefined ? undefined : ({ kind: 'replace', range: key, text: meant } as const);
        if (more.unknown) more.unknown(written, meant, key, fix);
        else if (meant === undefined) this.#tell('unknownKey', key, [written]);
        else this.#tell('unknownKeyMeant', key, [written, meant], fix);
      }
    }
  }

  #word(node: Node | null, key: TextRange, name: string): Written | undefined {
    if (node && !this.#isPlain(node)) return undefined;
    if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '')
      return { value: node.value.trim(), range: this.#rangeOf(node) };
    if (node === null || isScalar(node)) this.#tell('emptyValue', key, [name]);
    else this.#tell('takesOne', this.#rangeOf(node), [name]);
    return undefined;
  }

  /** The same, as it stands: a text may begin with white space. */
  #text(node: Node | null, key: TextRange, name: string): Written | undefined {
    const found = this.#word(node, key, name);
    return found && { ...found, value: String((node as { value?: unknown }).value) };
  }

  #words(node: Node | null, key: TextRange, name: string): Written[] {
    if (!isSeq(node)) {
      const word = this.#word(node, key, name);
      return word ? [word] : [];
    }
    if (!this.#isPlain(node)) return [];
    return (node.items as (Node | null)[]).flatMap((each) => {
      const word = this.#word(each, key, name);
      return word ? [word] : [];
    });
  }

  #flag(node: Node | null, key: TextRange, name: string): Written<boolean> | undefined {
    const word = this.#word(node, key, name);
    if (!word) return undefined;
    if (word.value === 'true' || word.value === 'false') return { value: word.value === 'true', range: word.range };
    const meant = ['yes', 'on'].includes(word.value.toLowerCase()) ? 'true' : 'false';
    const fix = ['yes', 'on', 'no', 'off'].includes(word.value.toLowerCase())
      ? ({ kind: 'replace', range: word.range, text: meant } as const)
      : undefined;
    this.#tell('takesFlag', word.range, [name], fix);
    return undefined;
  }

  #number(node: Node | null, key: TextRange, name: string, what: ProblemCode, isRight: (value: number) => boolean): number | undefined {
    const word = this.#word(node, key, name);
    if (!word) return undefined;
    const value = /^\d+(?:\.\d+)?$/u.test(word.value) ? Number(word.value) : Number.NaN;
    if (isRight(value)) return value;
    this.#tell(what, word.range, [name]);
    return undefined;
  }

  #items(node: Node | null, key: TextRange, name: string): Node[] {
    if (isSeq(node)) return this.#isPlain(node) ? (node.items as (Node | null)[]).filter((each) => each !== null) : [];
    if (node === null) this.#tell('emptyValue', key, [name]);
    return node === null ? [] : [node];
  }

  /** A word, or the map that says more; the word alone stands for one of its keys. */
  #wordOr(node: Node | null, key: TextRange, name: string, alone: (word: Written) => void, readers: Readers): boolean {
    if (isMap(node)) this.#map(node, readers);
    else {
      const word = this.#word(node, key, name);
      if (word) alone(word);
    }
    return node !== null;
  }

  #pictures(node: Node | null, key: TextRange, name: string): WrittenPicture[] {
    return this.#items(node, key, name).flatMap((item) => {
      let src: Written | undefined;
      let alt: Written | undefined;
      let altRange: TextRange | undefined;
      let part = 1;
      let people: TaggedUser[] | undefined;
      this.#wordOr(item, key, name, (word) => (src = word), {
        src: (value, at, each) => (src = this.#word(value, at, each)),
        alt: (value, at, each) => {
          altRange = at;
          // One that is empty is told as what it is: no description.
          const isEmpty = value === null || (isScalar(value) && typeof value.value === 'string' && value.value.trim() === '');
          alt = isEmpty ? undefined : this.#text(value, at, each);
        },
        part: (value, at, each) =>
          (part = this.#number(value, at, each, 'takesPart', (given) => Number.isInteger(given) && given >= 1) ?? 1),
        people: (value, at, each) => (people = this.#people(value, at, each)),
      });
      const range = this.#rangeOf(item);
      const altFix = src && this.#altFix(item, src);
      if (src)
        return [
          { src, ...(alt && { alt }), part, ...(people && { people }), range, ...(altRange && { altRange }), ...(altFix && { altFix }) },
        ];
      this.#tellMissing(item, 'src');
      return [];
    });
  }

  /** A key that has to be there; where it is and says nothing, or was written otherwise, that is told already. */
  #tellMissing(node: Node | null, name: string): void {
    if (!isMap(node) || node.items.some(({ key }) => isScalar(key) && key.value === name)) return;
    const range = this.#rangeOf(node);
    const isTold = this.problems.some(({ range: { start } }) => start.offset >= range.start.offset && start.offset < range.end.offset);
    if (!isTold) this.#tell('emptyValue', range, [name]);
  }

  /** Where a description is to be written; undefined where its key is there already. */
  #altFix(item: Node, src: Written): Fix | undefined {
    if (!isMap(item)) return { kind: 'addAlt', range: src.range, text: `{ src: ${quoted(src.value)}, alt: "" }` };
    const keys = item.items.map(({ key }) => key as Node);
    if (keys.some((key) => isScalar(key) && key.value === 'alt')) return undefined;
    const { end } = src.range;
    const { column } = this.#rangeOf(keys[0]!).start;
    return { kind: 'addAlt', range: { start: end, end }, text: item.flow ? ', alt: ""' : `\n${' '.repeat(column)}alt: ""` };
  }

  #people(node: Node | null, key: TextRange, name: string): TaggedUser[] {
    const isFraction = (value: number) => value >= 0 && value <= 1;
    return this.#items(node, key, name).flatMap((item) => {
      const found: { handle?: Written; x?: number; y?: number } = {};
      if (!isMap(item)) this.#tell('takesPeople', this.#rangeOf(item), [name]);
      else
        this.#map(item, {
          handle: (value, at, each) => (found.handle = this.#word(value, at, each)),
          x: (value, at, each) => (found.x = this.#number(value, at, each, 'takesFraction', isFraction)),
          y: (value, at, each) => (found.y = this.#number(value, at, each, 'takesFraction', isFraction)),
        });
      const { handle, x = 0.5, y = 0.5 } = found;
      return handle ? [{ handle: handle.value.replace(/^@/u, ''), x, y }] : [];
    });
  }

  #video(node: Node | null, key: TextRange, name: string): WrittenVideo | undefined {
    let src: Written | undefined;
    let title: Written | undefined;
    let seconds: number | undefined;
    const isSaid = this.#wordOr(node, key, name, (word) => (src = word), {
      src: (value, at, each) => (src = this.#word(value, at, each)),
      title: (value, at, each) => (title = this.#text(value, at, each)),
      cover: (value, at, each) => (seconds = this.#number(value, at, each, 'takesSeconds', (given) => given >= 0)),
    });
    if (!src && isSaid) this.#tellMissing(node, 'src');
    return (
      src && {
        src,
        ...(title && { title }),
        ...(seconds !== undefined && { coverAt: Math.round(seconds * 1000) }),
        range: this.#rangeOf(node!),
      }
    );
  }

  #document(node: Node | null, key: TextRange, name: string): WrittenDocument | undefined {
    const found: { src?: Written; title?: Written; cover?: Written } = {};
    this.#wordOr(node, key, name, (word) => (found.src = word), {
      src: (value, at, each) => (found.src = this.#word(value, at, each)),
      title: (value, at, each) => (found.title = this.#text(value, at, each)),
      cover: (value, at, each) => (found.cover = this.#word(value, at, each)),
    });
    if (!found.src) this.#tellMissing(node, 'src');
    return found.src && { ...found, src: found.src, range: this.#rangeOf(node!) };
  }

  #link(node: Node | null, key: TextRange, name: string): WrittenLink | undefined {
    const found: { url?: Written; title?: Written; description?: Written; image?: Written } = {};
    this.#wordOr(node, key, name, (word) => (found.url = word), {
      url: (value, at, each) => (found.url = this.#word(value, at, each)),
      title: (value, at, each) => (found.title = this.#text(value, at, each)),
      description: (value, at, each) => (found.description = this.#text(value, at, each)),
      image: (value, at, each) => (found.image = this.#word(value, at, each)),
    });
    if (!found.url) this.#tellMissing(node, 'url');
    return found.url && { ...found, url: found.url, range: this.#rangeOf(node!) };
  }

  #details(service: Service, node: Node | null, key: TextRange): WrittenDetails {
    const found: Partial<Record<DetailName, Written>> = {};
    const { label } = networkOf(service);
    if (!isMap(node)) {
      this.#tell('takesKeys', node ? this.#rangeOf(node) : key, [label]);
      return found;
    }
    const readers = Object.fromEntries(
      detailNames(service).map((name) => [
        name,
        (value: Node | null, at: TextRange, written: string) => {
          const word = this.#text(value, at, written);
          if (word) found[name] = word;
        },
      ]),
    );
    this.#map(node, readers, {
      unknown: (name, meant, at, fix) =>
        meant === undefined
          ? this.#tell('unknownDetail', at, [label, name])
          : this.#tell('unknownDetailMeant', at, [label, name, meant], fix),
    });
    return found;
  }
}

/** What a file can say for one network beside the text. A thread is said by the text itself. */
export function detailNames(service: Service): DetailName[] {
  const all = new Set(networkNeeds(service).fields.map(({ name }) => name));
  return [...all].filter((name) => detailKinds[name] !== 'texts' && detailKinds[name] !== 'pictures');
}

/** The words that one of these can be. */
export function detailChoices(service: Service, name: DetailName): readonly string[] {
  if (detailKinds[name] === 'flag') return ['true', 'false'];
  return [...networkNeeds(service).fields, ...fieldsFor(service)].find((field) => field.name === name)?.choices ?? [];
}
