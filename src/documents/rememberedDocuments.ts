import { createHash } from 'node:crypto';
import type { Memento } from '../core/files/memento.ts';

/** What is known of a document that is open, over a restart of extensions. */
export interface RememberedDocument {
  /** Of the text that it was filled with; undefined while it was not. */
  readonly digest?: string;
  /** The newest version that VS Code was told of it; undefined where an earlier release remembered it. */
  readonly mtime?: number;
}

const key = 'buffer.documents';
/** So many are remembered. */
const most = 200;

/**
 * What open documents were filled with, as they can come back with their edits in another session. It is a hint: without it
 * a conflict with what was changed before a restart is not told, and nothing else may fail with it.
 */
export class RememberedDocuments {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** @param id  of the update */
  get(id: string): RememberedDocument | undefined {
    const known = this.#all()[id];
    return typeof known === 'string' ? { digest: known } : known;
  }

  set(id: string, document: RememberedDocument): Promise<void> {
    const { [id]: _, ...others } = this.#all();
    const newest = Object.entries(others).slice(1 - most);
    return this.#keep({ ...Object.fromEntries(newest), [id]: document });
  }

  delete(id: string): Promise<void> {
    const { [id]: _, ...others } = this.#all();
    return this.#keep(others);
  }

  /** Forgets all others. */
  async keepOnly(ids: ReadonlySet<string | undefined>): Promise<void> {
    const all = Object.entries(this.#all());
    const kept = all.filter(([id]) => ids.has(id));
    if (kept.length < all.length) await this.#keep(Object.fromEntries(kept));
  }

  #all(): Readonly<Record<string, RememberedDocument | string>> {
    return (this.#memory.get(key) as Readonly<Record<string, RememberedDocument | string>> | undefined) ?? {};
  }

  async #keep(documents: Readonly<Record<string, RememberedDocument | string>>): Promise<void> {
    try {
      await this.#memory.update(key, documents);
    } catch {
      // It lasts as long as this session.
    }
  }
}

/** Stands for a text where only that is asked whether it is another one. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
