import * as v from 'valibot';
import { linesOf, Places } from './lines.ts';
import { problem, type Problem } from './problem.ts';
import { isTimeZone } from './times.ts';
import { postKeys } from './frontMatter.ts';

/** Where a repository's configuration stands. */
export const configPath = '.buffer/config.json';

/** What a repository says for all of its posts. */
export interface PostFilesConfig {
  /** Which files hold posts, with `*`, `**`, `?` and `{a,b}`; `{network}` stands for a network's name, whose profile is meant then. */
  readonly files: readonly string[];
  /** For posts that name none. */
  readonly profiles: readonly string[];
  readonly when: 'queue' | 'next' | 'draft';
  /** For times without a zone; else those of each profile. */
  readonly timezone?: string;
  /** For posts that name none. */
  readonly tags: readonly string[];
  /** What happens to a post whose time has passed before it could be queued: nothing, or it goes to the front of the queue. */
  readonly late: 'refuse' | 'next';
  /** Where pictures of the repository are served from, with `{path}` and, if wanted, `{commit}`. */
  readonly pictures?: string;
  /** Keys that the repository calls otherwise: ours by theirs. */
  readonly keys: Readonly<Record<string, string>>;
  /** Keys of theirs that mean nothing here. */
  readonly ignore: readonly string[];
}

export const usualConfig: PostFilesConfig = {
  files: ['**/*.buffer.md'],
  profiles: [],
  when: 'queue',
  tags: [],
  late: 'refuse',
  keys: {},
  ignore: [],
};

const words = v.pipe(
  v.array(v.pipe(v.string(), v.nonEmpty('a word is empty'), v.maxLength(500)), 'write a list, such as ["…"]'),
  v.maxLength(200),
);

const schema = v.strictObject({
  $schema: v.optional(v.string()),
  files: v.optional(
    v.pipe(
      words,
      v.minLength(1, 'name at least one'),
      // One that was meant to leave files out would leave none out.
      v.check((globs) => !globs.some((each) => each.startsWith('!')), 'a pattern names files, and leaves none out with !'),
      v.check((globs) => globs.every((each) => (each.match(/\*+|\?/gu) ?? []).length <= 8), 'a pattern has at most eight wildcards'),
    ),
  ),
  profiles: v.optional(words),
  when: v.optional(v.picklist(['queue', 'next', 'draft'], 'write queue, next or draft')),
  timezone: v.optional(v.pipe(v.string(), v.check(isTimeZone, 'write it as Europe/Berlin'))),
  tags: v.optional(words),
  late: v.optional(v.picklist(['refuse', 'next'], 'write refuse or next')),
  pictures: v.optional(
    v.pipe(
      v.string(),
      v.check((address) => /^https:\/\/[^\s{}]+\//u.test(address) && URL.canParse(address), 'it begins with https://'),
      v.check((address) => address.includes('{path}'), 'it holds {path}, where the path of a picture belongs'),
    ),
  ),
  keys: v.optional(v.record(v.string(), v.picklist(postKeys, `each value is one of ${postKeys.join(', ')}`))),
  ignore: v.optional(words),
});

/** Reads a repository's configuration. With a problem, nothing in the repository is sent. */
export function parseConfig(text: string): { readonly config: PostFilesConfig; readonly problems: readonly Problem[] } {
  const lines = linesOf(text);
  const places = new Places(lines, text.length);
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  let told: unknown;
  try {
    told = JSON.parse(plain);
  } catch (error) {
    // Whether a position is told depends on the mistake.
    const at = text.length - plain.length + breakIn(plain);
    return { config: usualConfig, problems: [problem('invalidJson', places.range(at, at + 1), [(error as Error).message])] };
  }
  const keys = keysIn(text);
  const twice = keys.filter(({ key }, index) => keys.findIndex((each) => each.key === key) < index);
  const placeOf = ({ at, end }: (typeof keys)[number]) => places.range(at, end);
  if (twice.length > 0) return { config: usualConfig, problems: twice.map((each) => problem('duplicateKey', placeOf(each), [each.key])) };
  // A list is an object to the schema.
  const read = v.safeParse(schema, Array.isArray(told) ? 'a list' : told);
  if (read.success) {
    const said = Object.fromEntries(Object.entries(read.output).filter(([key]) => key !== '$schema'));
    return { config: { ...usualConfig, ...said }, problems: [] };
  }
  const problems = read.issues.map((issue) => {
    const found = keys.find(({ key }) => key === issue.path?.[0]?.key);
    const why = issue.message.startsWith('Invalid key') ? 'there is no such key' : issue.message;
    return problem('invalidConfig', found ? placeOf(found) : places.ofLine(lines[0]!), [found?.key ?? configPath, why]);
  });
  return { config: usualConfig, problems };
}

/** Where a text can become no JSON any more. */
function breakIn(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (mayGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function mayGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    return /^Unterminated|end of JSON/u.test(message) || message.includes(` position ${text.length}`);
  }
}

/** The keys of an object in JSON, where they stand. */
function keysIn(json: string): { readonly key: string; readonly at: number; readonly end: number }[] {
  let depth = 0;
  return [...json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{[]|[}\]]/gu)].flatMap(({ 0: found, 1: word, 2: colon, index: at }) => {
    if (word === undefined) depth += /[{[]/u.test(found) ? 1 : -1;
    if (word === undefined || colon === undefined || depth !== 1) return [];
    return [{ key: String(JSON.parse(word)), at, end: at + word.length }];
  });
}

const known = new WeakMap<readonly string[], readonly RegExp[]>();
const special = /[.+^$()|[\]\\]/gu;

/** Says which files hold posts, and the network that a file's path names. */
export function filesOf({ files }: Pick<PostFilesConfig, 'files'>): (path: string) => { readonly network?: string } | undefined {
  let patterns = known.get(files);
  if (!patterns) {
    patterns = files.map(expressionOf);
    known.set(files, patterns);
  }
  const all = patterns;
  return (path) => {
    for (const pattern of all) {
      const found = pattern.exec(path.normalize('NFC'));
      if (found) return found.groups?.['network'] ? { network: found.groups['network'] } : {};
    }
    return undefined;
  };
}

function expressionOf(glob: string): RegExp {
  let isNetworkSaid = false;
  const source = glob
    .normalize('NFC')
    .replace(/^\.?\//u, '')
    .replaceAll(/(?:\*\*\/)+/gu, '**/')
    .replaceAll(/\*\*\/|\*\*|\*|\?|\{network\}|\{(?<choices>[^{}]*)\}|[.+^$()|[\]\\{}]/gu, (sign: string, choices?: string) => {
      if (sign === '**/') return '(?:[^/]+/)*';
      if (sign === '**') return '.*';
      if (sign === '*') return '[^/]*';
      if (sign === '?') return '[^/]';
      if (sign === '{network}') {
        if (isNetworkSaid) return '[^/.]+';
        isNetworkSaid = true;
        return '(?<network>[^/.]+)';
      }
      if (choices !== undefined)
        return `(?:${choices
          .split(',')
          .map((each) =>
            each
              .replaceAll(special, String.raw`\$&`)
              .replaceAll('?', '[^/]')
              .replaceAll('*', '[^/]*'),
          )
          .join('|')})`;
      return `\\${sign}`;
    });
  return new RegExp(`^${source}$`, 'u');
}
