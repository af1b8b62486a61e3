import { writeFile } from 'node:fs/promises';
import { nodeDisk, type Disk } from '../../src/core/delivery/disk.ts';

/** A disk that refuses now and then, as a full one does or one of somebody else; also half-way through a file. */
export function faultyDisk(next: () => 'full' | 'refused' | 'half' | undefined): Disk {
  const refuse = async (path: string, text: string): Promise<void> => {
    const fault = next();
    if (!fault) return;
    // What was written until then is left under another name, as a program that dies in the middle leaves it.
    if (fault === 'half') await writeFile(`${path}.half.tmp`, text.slice(0, text.length / 2)).catch(() => undefined);
    const code = fault === 'refused' ? 'EACCES' : 'ENOSPC';
    throw Object.assign(new Error(`${code}: the disk refuses`), { code });
  };
  return {
    ...nodeDisk,
    create: async (path, text) => {
      await refuse(path, text);
      return nodeDisk.create(path, text);
    },
    write: async (path, text) => {
      await refuse(path, text);
      return nodeDisk.write(path, text);
    },
  };
}
