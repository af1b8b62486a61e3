import { isUtf8 } from 'node:buffer';
import type { Configuration, Profile } from '../buffer/model.ts';
import { type CheckedFile, type CheckedPost, checkFile } from './check.ts';
import { configPath, filesOf, parseConfig, type PostFilesConfig, usualConfig } from './config.ts';
import { linesOf, Places } from './lines.ts';
import { parsePostFile } from './parse.ts';
import type { TextRange } from './place.ts';
import { hasErrors, problem, type Problem } from './problem.ts';
import { normalPath } from './record.ts';
import type { RepositoryFiles } from './repositoryFiles.ts';
import { addressed, localFilesOf, type Target } from './resolve.ts';
import { handleOf, type Wanted } from './wanted.ts';

const start = { offset: 0, line: 0, column: 0 };
const atStart = { start, end: start };

/** All posts of a repository, as they were read. */
export interface ReadPosts {
  readonly config: PostFilesConfig;
  /** Of the configuration: with one, nothing in the repository is sent. */
  readonly configProblems: readonly Problem[];
  readonly files: readonly CheckedFile[];
}

/** What is known beside the files. */
export interface Beside {
  readonly now: Date;
  readonly profiles?: readonly Profile[];
  readonly limits?: Configuration;
  readonly tagNames?: readonly string[];
  /** Only these files; all where left out. */
  readonly isAsked?: (path: string) => boolean;
}

/** A post at a profile, and what of the repository goes along with it. */
export interface WantedPost extends Wanted {
  /** Paths by the addresses that stand for them. */
  readonly localFiles: readonly string[];
}

/** Reads the configuration and all posts of a repository, and holds them against what their networks take. Asks no service. */
export async function readPosts(files: RepositoryFiles, beside: Beside): Promise<ReadPosts> {
  const { config, problems } = await readConfig(files);
  if (hasErrors(problems)) return { config, configProblems: problems, files: [] };
  const isPost = filesOf(config);
  const paths = (await files.list()).filter((path) => isPost(path) && (beside.isAsked?.(path) ?? true)).sort();
  const read: CheckedFile[] = [];
  // What has passed is for the plan to judge by: it knows what was queued before.
  const around = { ...beside, config: { ...config, late: 'refuse' as const }, files };
  for (const path of paths) {
    const text = await textOf(files, path);
    read.push(typeof text === 'string' ? await checkFile(path, text, around) : unread(path, text));
  }
  return { config, configProblems: problems, files: read };
}

/** The configuration of a repository; as usual where there is none. */
export async function readConfig(
  files: RepositoryFiles,
): Promise<{ readonly config: PostFilesConfig; readonly problems: readonly Problem[] }> {
  const isThere = (await files.stat(configPath)) !== undefined || !(await files.isGone(configPath));
  if (!isThere) return { config: usualConfig, problems: [] };
  // Without what it says, posts would mean something else.
  const text = await textOf(files, configPath);
  return typeof text === 'string' ? parseConfig(text) : { config: usualConfig, problems: [text] };
}

/** What a file says, or why it cannot be read. */
async function textOf(files: RepositoryFiles, path: string): Promise<string | Problem> {
  // A link that leads out of the repository could hold anybody's words.
  const isOut = (await files.realpath(path)) === undefined && (await files.stat(path)) !== undefined;
  if (isOut) return problem('outside', atStart);
  try {
    const bytes = await files.read(path);
    // A byte order mark is no column of the first line: no editor shows one there.
    const text = new TextDecoder().decode(bytes);
    // Where letters are lost, others would be published in their place.
    return isUtf8(bytes) ? text : problem('unreadable', placeOf(text, '\ufffd'), ['its letters are not in UTF-8']);
  } catch (error) {
    const isNowhere = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isNowhere ? 'a link leads nowhere, or this checkout leaves it out' : (error as Error).message;
    return problem('unreadable', atStart, [why]);
  }
}

/** One that cannot be read is there all the same: what was queued from it stays. */
function unread(path: string, why: Problem): CheckedFile {
  return { parsed: parsePostFile(path, ''), posts: [], problems: [why] };
}

/** Whether something may be sent from a file. */
export function isSendable({ problems }: CheckedFile): boolean {
  return !hasErrors(problems);
}

/**
 * What the posts of files want of their profiles, as far as that is known. Files with an error want nothing.
 * @param tagIds     ids of tags by their names
 * @param addressOf  where a file of the repository is served from
 * @param hashOf     what its bytes are
 */
export async function wantedOf(
  files: readonly CheckedFile[],
  {
    tagIds = new Map(),
    addressOf = (path) => path,
    hashOf = (path) => Promise.resolve(path),
  }: {
    readonly tagIds?: ReadonlyMap<string, string>;
    readonly addressOf?: (path: string) => string;
    readonly hashOf?: (path: string) => Promise<string>;
  } = {},
): Promise<WantedPost[]> {
  const wanted: WantedPost[] = [];
  for (const file of files) {
    if (!isSendable(file)) continue;
    for (const { post, targets } of file.posts)
      for (const target of targets) {
        const { profile, when } = target;
        if (!profile || when === undefined) continue;
        const localFiles = localFilesOf(target);
        const hashes = await Promise.all(localFiles.map(async (path) => [addressOf(path), await hashOf(path)] as const));
        const { media, details } = addressed(target, addressOf);
        const ids = target.tagNames.flatMap((name) => tagIds.get(name) ?? []);
        wanted.push({
          path: normalPath(file.parsed.path),
          part: post.index + 1,
          profile,
          handle: handleOf(profile),
          content: { text: target.text, ...(media && { media }), ...(Object.keys(details).length > 0 && { details }) },
          when,
          ...((ids.length > 0 || target.isReminder) && {
            options: { ...(ids.length > 0 && { tagIds: ids }), ...(target.isReminder && { isReminder: true }) },
          }),
          files: Object.fromEntries(hashes),
          localFiles,
        });
      }
  }
  return wanted;
}

/** The tags that posts have, by name. */
export function tagNamesOf(files: readonly CheckedFile[]): string[] {
  return [...new Set(files.flatMap(({ posts }) => posts.flatMap(({ targets }) => targets.flatMap(({ tagNames }) => tagNames))))];
}

/** All posts with their files. */
export function postsOf(
  files: readonly CheckedFile[],
): { readonly file: CheckedFile; readonly post: CheckedPost; readonly targets: readonly Target[] }[] {
  return files.flatMap((file) => file.posts.map((post) => ({ file, post, targets: post.targets })));
}

/** Where a letter first stands in a text. */
function placeOf(text: string, letter: string): TextRange {
  const at = Math.max(0, text.indexOf(letter));
  return new Places(linesOf(text), text.length).range(at, at + letter.length);
}
