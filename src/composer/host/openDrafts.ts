import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Which drafts this window has open in tabs. VS Code gives a tab back after a reload, but what its page kept is lost
 * where the window was cut off; then this file knows which draft was in it.
 */
export class OpenDrafts {
  readonly #file: string;
  readonly #before: string[];
  readonly #open = new Set<string>();

  /** @param file  belongs to the window's workspace */
  constructor(file: string) {
    this.#file = file;
    this.#before = read(file);
  }

  /** A draft that was open when the window was cut off and that no tab has taken yet. */
  takeOrphan(): string | undefined {
    const index = this.#before.findIndex((id) => !this.#open.has(id));
    return index < 0 ? undefined : this.#before.splice(index, 1)[0];
  }

  add(id: string): void {
    if (this.#open.has(id)) return;
    this.#open.add(id);
    this.#write();
  }

  delete(id: string): void {
    if (this.#open.delete(id)) this.#write();
  }

  /** At once: the next moment may not come. It is a few bytes, and only when a tab opens or closes. */
  #write(): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, JSON.stringify([...this.#open]));
    } catch {
      // Without it a cut-off tab comes back empty, and its draft is in the sidebar.
    }
  }
}

function read(file: string): string[] {
  try {
    const ids: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
