import { constants } from 'node:fs';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { remove, unlessHeld } from '../files/rename.ts';
import { syncFolder } from '../files/syncFolder.ts';
import { writeFileAtomically } from '../files/writeFileAtomically.ts';

/** What delivery asks of a file system. Everything but `list`, `read` and `has` throws what `node:fs` throws. */
export interface Disk {
  /** The names in a folder; none where it is not there. */
  list(folder: string): Promise<string[]>;
  /** A file's text and when it was written; undefined where it is not there. @throws what `node:fs` throws else */
  read(path: string): Promise<{ readonly text: string; readonly touchedAt: Date } | undefined>;
  has(path: string): Promise<boolean>;
  /**
   * Makes a file, whole and on the disk before it has its name; false where there is one of that name. Of several who
   * try, in whichever window or machine, one makes it.
   */
  create(path: string, text: string): Promise<boolean>;
  /** Writes a file whatever was there, of which nothing needs to last. */
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** What of `node:fs/promises` a disk writes by; the parts that a test exchanges. */
export interface Files {
  open(path: string, flags: 'r' | 'wx', mode?: number): Promise<Pick<fs.FileHandle, 'writeFile' | 'sync' | 'close'>>;
  link(from: string, to: string): Promise<void>;
  copyFile(from: string, to: string, mode: number): Promise<void>;
  /** @returns the first folder that it had to make */
  mkdir(path: string, options: { readonly recursive: true }): Promise<string | undefined>;
  remove(path: string): Promise<void>;
}

/** A disk that makes its files this way. */
export function diskOver(files: Files): Disk {
  return {
    list: (folder) => fs.readdir(folder).catch(unlessMissing<string[]>([])),
    read: async (path) => {
      try {
        const [text, { mtime }] = await Promise.all([fs.readFile(path, 'utf8'), fs.stat(path)]);
        return { text, touchedAt: mtime };
      } catch (error) {
        return unlessMissing(undefined)(error);
      }
    },
    has: (path) => fs.access(path).then(() => true, unlessMissing(false)),
    create: async (path, text) => {
      const folder = dirname(path);
      const made = await files.mkdir(folder, { recursive: true });
      const half = `${path}.${randomUUID()}.tmp`;
      try {
        await writeFlushed(files, half, text);
        if (!(await named(files, half, path))) return false;
        await syncFolder(folder, made, files);
        return true;
      } finally {
        await files.remove(half).catch(() => undefined);
      }
    },
    write: async (path, text) => {
      await files.mkdir(dirname(path), { recursive: true });
      await writeFileAtomically(path, text, { flush: false });
    },
    remove: (path) => files.remove(path),
  };
}

export const nodeDisk: Disk = diskOver({ ...fs, remove });

async function writeFlushed(files: Files, path: string, text: string): Promise<void> {
  const file = await files.open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a whole file its name; false where that is taken. A link is the one step for it that all systems do at once. */
async function named(files: Files, half: string, path: string): Promise<boolean> {
  try {
    await files.link(half, path);
  } catch (error) {
    // Over a network the answer to it can be lost, and what asks again by itself is told that the name is taken: by us.
    if (codeOf(error) === 'EEXIST') return isSameFile(half, path);
    if (!noLinks.has(codeOf(error))) throw error;
    // Some drives know no links, and a scanner can be at the file. A death can leave half a file then, which nobody reads.
    try {
      await unlessHeld(() => files.copyFile(half, path, constants.COPYFILE_EXCL));
    } catch (copying) {
      if (codeOf(copying) === 'EEXIST') return false;
      throw copying;
    }
  }
  return true;
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => fs.stat(path, { bigint: true }).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

const unsupported = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL', 'UNKNOWN'];
const noLinks = new Set([...unsupported, 'EACCES', 'EBUSY']);

function unlessMissing<Answer>(answer: Answer): (error: unknown) => Answer {
  return (error) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return answer;
    throw error;
  };
}

/** The system's code of an error, such as `ENOSPC`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
