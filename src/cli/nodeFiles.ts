import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { RepositoryFiles } from '../core/postFiles/repositoryFiles.ts';
import type { Git } from '../core/git/git.ts';

/** What Git has of a work tree. */
interface Listed {
  /** Also what is not in this checkout; a Mac's disk may have names in another form than ours. */
  readonly names: ReadonlyMap<string, string>;
  /** Files that a sparse checkout leaves out, or that a merge has not decided on. */
  readonly undecided: ReadonlySet<string>;
  readonly submodules: readonly string[];
}

/** The files of a work tree: those that Git has, and new ones that it does not ignore. */
export function nodeFiles(git: Git, root: string): RepositoryFiles {
  const at = (path: string) => join(root, path);
  let listed: Promise<Listed> | undefined;
  const names = new Map<string, string>();
  const onDisk = (path: string) => at(names.get(path) ?? path);
  const look = () => {
    listed = listedBy(git);
    return listed;
  };
  const within = async (path: string) => {
    const [top, real] = await Promise.all([realpath(root), realpath(path).catch(() => undefined)]);
    if (real === undefined) return undefined;
    const inside = relative(top, real);
    return inside.startsWith('..') || /^[A-Za-z]:/u.test(inside) ? undefined : inside.split(sep).join('/');
  };
  return {
    list: async () => {
      const all = await look();
      const found: string[] = [];
      for (const [name, path] of all.names) {
        names.set(name, path);
        if (await isThere(at(path))) found.push(name);
      }
      return found;
    },
    read: (path) => readFile(onDisk(path)),
    stat: async (path) => {
      const found = await stat(onDisk(path)).catch(() => undefined);
      return found && { isFile: found.isFile(), size: found.size };
    },
    realpath: async (path) => (await within(onDisk(path))) || undefined,
    isGone: async (path) => {
      const { undecided, submodules } = await (listed ?? look());
      if (undecided.has(path) || submodules.some((each) => path === each || path.startsWith(`${each}/`))) return false;
      for (const form of ['NFC', 'NFD']) if (await isThere(at(path.normalize(form)))) return false;
      for (let above = dirname(path); above !== '.'; above = dirname(above)) {
        const isLink = (await lstat(at(above)).catch(() => undefined))?.isSymbolicLink();
        // What a folder held is behind a link now, and that leads to nowhere from here.
        if (isLink && (await within(at(above))) === undefined) return false;
      }
      return true;
    },
  };
}

async function listedBy(git: Git): Promise<Listed> {
  const said = await git.run(['ls-files', '-t', '--stage', '--cached', '--others', '--exclude-standard', '-z']);
  const names = new Map<string, string>();
  const undecided = new Set<string>();
  const submodules: string[] = [];
  for (const line of said.split('\0')) {
    const [, tag, mode, path] = /^(?:(\S) (\d+) [\da-f]+ \d\t|\? )(.+)$/su.exec(line) ?? [];
    if (path === undefined) continue;
    const name = path.normalize('NFC');
    if (mode === '160000') submodules.push(name);
    else names.set(name, path);
    if (tag === 'S' || tag === 'M') undecided.add(name);
  }
  return { names, undecided, submodules };
}

/** Whether something has this name, be it a link that leads to nowhere or something that nobody may look at. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'));
  }
}
