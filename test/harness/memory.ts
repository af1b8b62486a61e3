import type { Memento } from '../../src/core/files/memento.ts';

/** What VS Code remembers for an extension, for as long as the process lives. */
export function newMemory(kept = new Map<string, unknown>()): Memento {
  return { get: (key) => kept.get(key), update: (key, value) => Promise.resolve(void kept.set(key, value)) };
}
