import { constants } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { access, copyFile, link, mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { remove, unlessHeld } from '../files/rename.ts';

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

export const nodeDisk: Disk = {
  list: (folder) => readdir(folder).catch(unlessMissing<string[]>([])),
  read: async (path) => {
    try {
      const [text, { mtime }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      return { text, touchedAt: mtime };
    } catch (error) {
      return unlessMissing(undefined)(error);
    }
  },
  has: (path) => access(path).then(() => true, unlessMissing(false)),
  create: async (path, text) => {
    await mkdir(dirname(path), { recursive: true });
    const half = `${path}.${randomUUID()}.tmp`;
    try {
      await writeFlushed(half, text);
      return await named(half, path);
    } finally {
      await remove(half).catch(() => undefined);
    }
  },
  write: async (path, text) => {
    const { writeFileAtomically } = await import('../files/writeFileAtomically.ts');
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomically(path, text, { flush: false });
  },
  remove,
};

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a whole file its name; false where that is taken. A link is the one step for it that all systems do at once. */
async function named(half: string, path: string): Promise<boolean> {
  try {
    await link(half, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!noLinks.has(codeOf(error))) throw error;
    // Some drives know no links, and a scanner can be at the file. A death can leave half a file then, which nobody reads.
    try {
      await unlessHeld(() => copyFile(half, path, constants.COPYFILE_EXCL));
    } catch (copying) {
      if (codeOf(copying) === 'EEXIST') return false;
      throw copying;
    }
  }
  await syncFolder(dirname(path));
  return true;
}

const unsupported = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL', 'UNKNOWN'];
const noLinks = new Set([...unsupported, 'EACCES', 'EBUSY']);

/** A name is on the disk once its folder is. Systems that let nobody open a folder write names through by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

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
