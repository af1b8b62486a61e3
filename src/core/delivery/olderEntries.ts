import { join } from 'node:path';
import type { Disk } from './disk.ts';
import type { EntryState } from './entry.ts';
import type { Generations } from './generations.ts';

/** `id.generation.state.json`: the first versions had the state in the name, and all else in the file. */
const olderName = /^([\w-]+)\.\d+\.(waiting|sending|unclear|failed)\.json$/;

/**
 * Makes entries of what the first versions of the extension left in the outbox, each once, whichever windows try. What was
 * being sent may have arrived, so it is looked for. A file that says nothing is left as it is.
 * @param textOf  an entry's file, of what the older one held
 * @throws what `node:fs` throws
 */
export async function adoptOlder(
  folder: string,
  disk: Disk,
  entries: Generations,
  textOf: (content: object, state: EntryState) => string,
): Promise<void> {
  for (const name of await disk.list(folder)) {
    const [, id, state] = olderName.exec(name) ?? [];
    if (!id) continue;
    const path = join(folder, name);
    const content = objectIn((await disk.read(path))?.text);
    if (!content) continue;
    await entries.add(id, textOf(content, state === 'sending' ? 'unclear' : (state as EntryState)));
    await disk.remove(path);
  }
}

function objectIn(text = ''): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
