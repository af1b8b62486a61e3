import { basename, dirname } from 'node:path';
import type { Disk } from '../../src/core/delivery/disk.ts';

/**
 * What a computer remembers of folders on a drive of the network, as their file systems do: a name that was not there is
 * not asked for again for a while, nor a folder listed anew, unless this computer changed something in it.
 */
export class FolderCache {
  readonly #now: () => number;
  readonly #age: () => number;
  readonly #seen = new Map<string, { readonly names: readonly string[]; readonly until: number }>();

  /** @param age  for how long the next list is remembered, in milliseconds of `now` */
  constructor(now: () => number, age: () => number) {
    this.#now = now;
    this.#age = age;
  }

  /** A disk as this computer sees it. */
  over(disk: Disk): Disk {
    const changing = async <Result>(path: string, change: Promise<Result>): Promise<Result> => {
      try {
        return await change;
      } finally {
        this.#seen.delete(dirname(path));
      }
    };
    return {
      list: async (folder) => {
        const seen = this.#fresh(folder);
        if (seen) return [...seen];
        const names = await disk.list(folder);
        this.#seen.set(folder, { names, until: this.#now() + this.#age() });
        return names;
      },
      read: async (path) => (this.#lacks(path) ? undefined : disk.read(path)),
      has: async (path) => !this.#lacks(path) && disk.has(path),
      create: (path, text) => changing(path, disk.create(path, text)),
      write: (path, text) => changing(path, disk.write(path, text)),
      remove: (path) => changing(path, disk.remove(path)),
    };
  }

  /** All is asked for anew. */
  forget(): void {
    this.#seen.clear();
  }

  #fresh(folder: string): readonly string[] | undefined {
    const seen = this.#seen.get(folder);
    return seen && seen.until > this.#now() ? seen.names : undefined;
  }

  /** What is remembered as there is asked for all the same: only what is not is taken for granted. */
  #lacks(path: string): boolean {
    return this.#fresh(dirname(path))?.includes(basename(path)) === false;
  }
}
