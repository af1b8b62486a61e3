import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { codeOf, type Disk, diskOver, type Files } from '../../src/core/delivery/disk.ts';
import type { Journal } from './journal.ts';

export interface JournaledOptions {
  readonly journal: Journal;
  /** Where it keeps what was removed. */
  readonly trash: string;
  /** Awaited before each thing that is done to it: a window can die or sleep there. */
  readonly step?: () => Promise<void>;
  /** Hears of each file that was made or removed. */
  readonly made?: (path: string, text?: string) => void;
  /** What goes wrong with the next file that is written. */
  readonly fault?: () => 'full' | 'refused' | 'half' | 'answerLost' | undefined;
}

/**
 * The extension's own way to a disk, over one that can lose power (`Journal`) and refuses now and then, as a full one
 * does or one of somebody else; also half-way through a file. Nothing is synced in truth, as nobody pulls the plug.
 */
export function journaledDisk({ journal, trash, step = async () => {}, made = () => {}, fault = () => undefined }: JournaledOptions): Disk {
  fs.mkdirSync(trash, { recursive: true });
  let isAnswerLost = false;
  const done = async <Result>(work: () => Result): Promise<Result> => {
    await step();
    const result = work();
    // As with a real one, the answer is for a later turn.
    await turn();
    return result;
  };
  const files: Files = {
    open: (path, flags, mode) =>
      done(() => {
        const file = fs.openSync(path, flags, mode);
        const isFolder = flags === 'r';
        if (!isFolder) {
          journal.note({ kind: 'data', path });
          journal.note({ kind: 'name', path });
        }
        return {
          writeFile: (text: unknown) =>
            done(() => {
              fs.writeFileSync(file, text as string);
              // The soak's days go by in minutes: what is kept for some days would be as new for ever, or gone at once.
              fs.futimesSync(file, Date.now() / 1000, Date.now() / 1000);
            }),
          sync: () => done(() => journal.note({ kind: isFolder ? 'syncedFolder' : 'syncedFile', path })),
          close: () => done(() => fs.closeSync(file)),
        };
      }),
    link: async (from, to) => {
      await done(() => {
        fs.linkSync(from, to);
        journal.note({ kind: 'name', path: to });
        journal.alias(from, to);
      });
      if (!isAnswerLost) return;
      isAnswerLost = false;
      fs.linkSync(from, to);
    },
    copyFile: (from, to, mode) =>
      done(() => {
        fs.copyFileSync(from, to, mode);
        journal.note({ kind: 'name', path: to });
        journal.note({ kind: 'data', path: to });
      }),
    mkdir: (path, options) =>
      done(() => {
        const made = fs.mkdirSync(path, options);
        for (let each = path; made && each.length >= made.length; each = dirname(each)) journal.note({ kind: 'name', path: each });
        return made;
      }),
    remove: (path) =>
      done(() => {
        const kept = join(trash, randomUUID());
        try {
          fs.linkSync(path, kept);
          fs.unlinkSync(path);
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return;
          throw error;
        }
        journal.note({ kind: 'removal', path, kept });
      }),
  };
  const refuse = (path: string, text: string): void => {
    const happens = fault();
    isAnswerLost = happens === 'answerLost';
    if (!happens || isAnswerLost) return;
    // What was written until then is left under another name, as a program that dies in the middle leaves it.
    if (happens === 'half' && fs.existsSync(dirname(path))) fs.writeFileSync(`${path}.half.tmp`, text.slice(0, text.length / 2));
    const code = happens === 'refused' ? 'EACCES' : 'ENOSPC';
    throw Object.assign(new Error(`${code}: the disk refuses`), { code });
  };
  const real = diskOver(files);
  return {
    list: (folder) => done(() => unlessMissing(() => fs.readdirSync(folder), [])),
    read: (path) =>
      done(() => unlessMissing(() => ({ text: fs.readFileSync(path, 'utf8'), touchedAt: fs.statSync(path).mtime }), undefined)),
    has: (path) => done(() => fs.existsSync(path)),
    create: async (path, text) => {
      refuse(path, text);
      const isMade = await real.create(path, text);
      if (isMade) made(path, text);
      return isMade;
    },
    write: (path, text) =>
      done(() => {
        refuse(path, text);
        fs.mkdirSync(dirname(path), { recursive: true });
        journal.note({ kind: 'write', path, before: unlessMissing(() => fs.readFileSync(path, 'utf8'), undefined) });
        fs.writeFileSync(path, text);
      }),
    remove: async (path) => {
      await real.remove(path);
      made(path);
    },
  };
}

function unlessMissing<Answer>(work: () => Answer, answer: Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return answer;
    throw error;
  }
}
