import type { Memento } from '../files/memento.ts';

const key = 'buffer.lastProfiles';

/** The profiles someone chose the last time, by id. */
export function lastProfiles(memory: Memento): readonly string[] {
  const ids = memory.get(key);
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
}

/** Chooses these the next time; none forgets the choice. */
export async function rememberProfiles(memory: Memento, profileIds: readonly string[] | undefined): Promise<void> {
  await memory.update(key, profileIds);
}
