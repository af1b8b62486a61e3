import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { RepositoryFiles } from '../core/postFiles/repositoryFiles.ts';
import type { Git } from '../core/git/git.ts';

/** The files of a work tree: those that Git has, and new ones that it does not ignore. */
export function nodeFiles(git: Git, root: string): RepositoryFiles {
  const at = (path: string) => join(root, path);
  /** As the disk has it: a Mac's may be written in another form than ours. */
  const names = new Map<string, string>();
  const onDisk = (path: string) => at(names.get(path) ?? path);
  return {
    list: async () => {
      const all = await git.run(['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
      const paths = [...new Set(all.split('\0').filter(Boolean))];
      const found: string[] = [];
      for (const path of paths) {
        const name = path.normalize('NFC');
        names.set(name, path);
        if (await stat(at(path)).catch(() => undefined)) found.push(name);
      }
      return found;
    },
    read: (path) => readFile(onDisk(path)),
    stat: async (path) => {
      const found = await stat(onDisk(path)).catch(() => undefined);
      return found && { isFile: found.isFile(), size: found.size };
    },
    realpath: async (path) => {
      const [top, real] = await Promise.all([realpath(root), realpath(onDisk(path)).catch(() => undefined)]);
      if (real === undefined) return undefined;
      const inside = relative(top, real);
      return inside.startsWith('..') || inside === '' || /^[A-Za-z]:/u.test(inside) ? undefined : inside.split(sep).join('/');
    },
  };
}
