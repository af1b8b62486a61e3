import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';

/** What of `node:fs/promises` it takes; the part that a test exchanges. */
export interface FolderOpener {
  open(path: string, flags: 'r'): Promise<Pick<fs.FileHandle, 'sync' | 'close'>>;
}

/**
 * Ends when names that came into a folder, or left it, are on the disk: a file that is there is found again after a power
 * cut only then. Systems that let nobody open a folder write names through by themselves.
 * @param made  the first folder that had to be made on the way to it, whose own name is to be kept, too
 */
export async function syncFolder(folder: string, made?: string, files: FolderOpener = fs): Promise<void> {
  await syncOne(folder, files);
  if (made) for (let each = folder; each.length >= made.length; each = dirname(each)) await syncOne(dirname(each), files);
}

async function syncOne(folder: string, files: FolderOpener): Promise<void> {
  const handle = await files.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
