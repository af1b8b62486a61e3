import type { Profile } from '../../../src/core/buffer/model.ts';

/** A profile that is connected and holds nothing, with what a test needs of it. Its names are its id where none is given. */
export function profileWith(known: Pick<Profile, 'id' | 'service'> & Partial<Profile>): Profile {
  return {
    serviceType: 'profile',
    name: known.id,
    username: known.id,
    isDefault: false,
    timeZone: 'UTC',
    counts: {},
    schedules: [],
    isDisconnected: false,
    isLocked: false,
    isPaused: false,
    ...known,
  };
}
