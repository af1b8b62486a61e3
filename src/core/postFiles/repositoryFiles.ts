import { posix } from 'node:path';

/** What is asked of a repository's files. Paths are its own: with `/`, without one in front. */
export interface RepositoryFiles {
  /** All files, without those of `.git`. */
  list(): Promise<readonly string[]>;
  read(path: string): Promise<Uint8Array>;
  /** Undefined where nothing is there. */
  stat(path: string): Promise<{ readonly isFile: boolean; readonly size: number } | undefined>;
  /** Where a path leads once links are followed; undefined where that is outside of the repository. */
  realpath(path: string): Promise<string | undefined>;
  /**
   * Whether a path that is not among the files was deleted. It was not where something stands in its place, or where only
   * this checkout leaves it out.
   */
  isGone(path: string): Promise<boolean>;
}

/**
 * A path that stands in a file, as one of the repository; with a `/` in front it begins at the top.
 * @returns undefined where it leads out
 */
export function pathFrom(file: string, written: string): string | undefined {
  if (written.includes('\0') || written.includes('\\')) return undefined;
  const path = posix.normalize(written.startsWith('/') ? written.slice(1) : posix.join(posix.dirname(file), written)).normalize('NFC');
  return path === '..' || path.startsWith('../') || path.startsWith('/') || path === '.' ? undefined : path;
}

/** Whether this is an address, instead of a path. */
export function isAddress(written: string): boolean {
  return /^[a-z][a-z\d+.-]*:/iu.test(written);
}
