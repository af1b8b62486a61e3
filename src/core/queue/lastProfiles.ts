import type { Memory } from '../files/memento.ts';

const key = 'buffer.lastProfiles';

/** The profiles someone chose the last time, by id. */
export function lastProfiles(memory: Memory): readonly string[] {
  const ids = memory.get(key);
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}

/** Chooses these the next time; none forgets the choice. */
export async function rememberProfiles(memory: Memory, profileIds: readonly string[] | undefined): Promise<void> {
  await memory.update(key, profileIds);
}
