import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { remove, rename } from './rename.ts';

export interface WriteOptions {
  /** Whether it is on the disk, not only on its way there, before it takes the old one's place. True unless told. */
  readonly flush?: boolean;
  /** Who may read and write it; this person alone unless told. */
  readonly mode?: number;
}

/**
 * Writes a file such that whoever reads it, in whichever window or after a crash, finds
 * the old text or the new one, each of them whole. What a crash leaves half-written ends in `.tmp`.
 * @throws what `node:fs` throws; the old text is still there then
 */
export async function writeFileAtomically(path: string, text: string, { flush = true, mode = 0o600 }: WriteOptions = {}): Promise<void> {
  const half = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(half, text, { flush, mode });
    await rename(half, path);
  } catch (error) {
    await remove(half).catch(() => undefined);
    throw error;
  }
}
