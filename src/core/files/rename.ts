import * as fs from 'node:fs/promises';

/** What is asked of a file system that may be held up; the parts that a test exchanges. */
export interface PatienceOptions {
  readonly platform?: NodeJS.Platform;
  /** For how long it is tried, in milliseconds. */
  readonly patience?: number;
  readonly files?: Pick<typeof fs, 'rename' | 'rm'>;
}

/**
 * Renames a file or a folder; on Windows again and again for a while where something else holds it, as scanners and
 * indexers do with every file that was just written.
 * @throws what `node:fs` throws
 */
export function rename(from: string, to: string, options?: PatienceOptions): Promise<void> {
  return unlessHeld(() => (options?.files ?? fs).rename(from, to), options);
}

/**
 * Removes a file in the same way; a folder with all that is in it where it is `recursive`. What is not there counts as
 * removed.
 * @throws what `node:fs` throws
 */
export function remove(path: string, options?: PatienceOptions & { readonly recursive?: boolean }): Promise<void> {
  return unlessHeld(() => (options?.files ?? fs).rm(path, { ...options, force: true }), options);
}

/**
 * Does something with a file, and again where that fails because the file is held, on Windows, until patience ends.
 * @throws what it throws
 */
export async function unlessHeld<Result>(work: () => Promise<Result>, options?: PatienceOptions): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((options?.platform ?? process.platform) !== 'win32') throw error;
    return (await import('./whileHeld.ts')).whileHeld(work, error, options?.patience);
  }
}
