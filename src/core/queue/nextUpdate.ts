import type { Profile, Update } from '../buffer/model.ts';
import type { QueueStore } from './queueStore.ts';

export interface NextUpdate {
  readonly update: Update;
  readonly profile: Profile;
  readonly time: Date;
}

/** What goes out next of all that is held; asks nothing. Nothing of a queue that stands still. */
export function nextUpdate({ profiles, list }: Pick<QueueStore, 'profiles' | 'list'>, now = Date.now()): NextUpdate | undefined {
  let next: NextUpdate | undefined;
  for (const profile of profiles.items) {
    if (profile.isPaused || profile.isDisconnected || profile.isLocked) continue;
    for (const update of list(profile.id, 'pending').items) {
      const { status, dueAt } = update;
      if (status !== 'pending' || !dueAt || dueAt.getTime() <= now || (next && next.time <= dueAt)) continue;
      next = { update, profile, time: dueAt };
    }
  }
  return next;
}
