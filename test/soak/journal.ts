import { appendFileSync, existsSync, linkSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Something that was done to a disk and is not on it for good yet. */
export type Unsynced =
  /** What a file holds. */
  | { readonly kind: 'data'; readonly path: string }
  /** A name that a file got, or a folder that was made. */
  | { readonly kind: 'name'; readonly path: string }
  /** A name that is gone; what it named is kept under another one. */
  | { readonly kind: 'removal'; readonly path: string; readonly kept: string }
  /** A file that was written over; undefined where there was none. */
  | { readonly kind: 'write'; readonly path: string; readonly before?: string };

type Line = Unsynced | { readonly kind: 'syncedFile'; readonly path: string } | { readonly kind: 'syncedFolder'; readonly path: string };

/** What a power cut can take from a disk, as POSIX has it: files by what they hold, and names by their folder. */
export class Journal {
  #unsynced: Unsynced[] = [];
  readonly #file: string | undefined;

  /** @param file  where it is kept, for whoever outlives this process */
  constructor(file?: string) {
    this.#file = file;
  }

  static from(file: string): Journal {
    const journal = new Journal();
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines) journal.#take(JSON.parse(line) as Line);
    return journal;
  }

  note(line: Line): void {
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    this.#take(line);
  }

  /** A further name of a file holds what the file holds. */
  alias(path: string, name: string): void {
    if (this.#unsynced.some((each) => each.kind === 'data' && each.path === path)) this.note({ kind: 'data', path: name });
  }

  #take(line: Line): void {
    if (line.kind === 'syncedFile') this.#unsynced = this.#unsynced.filter(({ kind, path }) => kind !== 'data' || path !== line.path);
    else if (line.kind === 'syncedFolder')
      this.#unsynced = this.#unsynced.filter(({ kind, path }) => kind === 'data' || dirname(path) !== line.path);
    else this.#unsynced.push(line);
  }

  /** All that was done lasts. */
  settle(): void {
    for (const each of this.#unsynced) if (each.kind === 'removal') rmSync(each.kept, { force: true });
    this.#unsynced = [];
  }

  /** The power goes: of what was not synced some, all or nothing is gone. @returns how much */
  cut(random: () => number): number {
    const share = [0, 1, random()][Math.floor(random() * 3)]!;
    let count = 0;
    for (const each of this.#unsynced.reverse()) {
      const isLost = random() < share;
      if (isLost) count++;
      if (isLost) undo(each, random);
      if (each.kind === 'removal') rmSync(each.kept, { force: true });
    }
    this.#unsynced = [];
    return count;
  }
}

function undo(each: Unsynced, random: () => number): void {
  const { path } = each;
  if (each.kind === 'removal') {
    if (!existsSync(path) && existsSync(dirname(path))) linkSync(each.kept, path);
  } else if (!existsSync(path)) return;
  else if (each.kind === 'name') rmSync(path, { recursive: true });
  else if (each.kind === 'data') truncateSync(path, Math.floor((random() * readFileSync(path).length) / 2));
  else if (each.before !== undefined) writeFileSync(path, each.before);
  else if (random() < 0.5) writeFileSync(path, '');
  else unlinkSync(path);
}
