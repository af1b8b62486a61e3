import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { remove } from '../files/rename.ts';
import { writeFileAtomically } from '../files/writeFileAtomically.ts';
import type { Draft, KeptDraft } from './draft.ts';

/** How long a draft that was thrown away can be brought back. Milliseconds. */
const discardedFor = 7 * 86_400_000;

/** Writes the copy of a draft. @returns the first folder that was made for it, if one was. @throws what `node:fs` throws */
export async function writeDiscarded(folder: string, draft: Draft): Promise<string | undefined> {
  const made = await mkdir(folder, { recursive: true });
  await writeFileAtomically(join(folder, `${draft.id}.json`), JSON.stringify({ version: 1, draft, savedAt: Date.now() }));
  return made;
}

/** The copies that are there, latest first; what is older than a week goes for good. */
export async function readDiscarded(
  folder: string,
  names: readonly string[],
  read: (id: string) => Promise<KeptDraft | 'unreadable' | undefined>,
): Promise<readonly KeptDraft[]> {
  const found: KeptDraft[] = [];
  for (const name of names) {
    if (!name.endsWith('.json')) continue;
    const kept = await read(name.slice(0, -'.json'.length));
    if (!kept || kept === 'unreadable') continue;
    if (Date.now() - kept.savedAt.getTime() <= discardedFor) found.push(kept);
    else await remove(join(folder, name)).catch(() => undefined);
  }
  return found.sort((a, b) => b.savedAt.getTime() - a.savedAt.getTime());
}
