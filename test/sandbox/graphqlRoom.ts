import { LimitReached, InvalidInput } from './graphqlErrors.ts';
import type { Content } from './metadata.ts';
import type { Profile, State, Update } from './state.ts';

// Whether there is room for a post, and whether it was said already.

/** How many may wait: in a channel, or on the Free plan in the organization, as one is told by either. */
export function checkRoom(state: State, profile: Profile): void {
  const owner = state.users.find(({ id }) => id === profile.userId)!;
  const isShared = owner.plan === 'free' && state.settings.freePlan === 'perOrganization';
  const channels = isShared ? state.profiles.filter(({ organizationId }) => organizationId === profile.organizationId) : [profile];
  const scheduled = channels.reduce((sum, channel) => sum + state.pending(channel).length, 0);
  const allowed = state.queueLimit(profile);
  if (scheduled >= allowed)
    throw new LimitReached(`Scheduled posts limit reached. You have ${scheduled} scheduled posts out of ${allowed} allowed.`);
}

/** For how long, in seconds, what was posted may not be said again: minutes, and the figure is the sandbox's own. */
const recently = 900;

/**
 * Refuses near-identical texts with the same files. What the sentences begin and end with, and that they are of this
 * type, is the sandbox's own.
 */
export function checkRepeat(state: State, profile: Profile, content: Content): void {
  if (state.settings.duplicates === 'taken') return;
  const key = keyOf(content.text, content.assets);
  const same = [...state.updates.values()].filter(
    ({ profileId, text, assets = [] }) => profileId === profile.id && keyOf(text, assets) === key,
  );
  if (same.some(({ status }) => status === 'buffer')) throw new InvalidInput("It looks like you've already got this one scheduled.");
  const isRecent = ({ status, sentAt, dueAt }: Update) =>
    ['sent', 'sending', 'error'].includes(status) && (sentAt ?? dueAt) > state.now() - recently;
  if (same.some(isRecent)) throw new InvalidInput("Whoops, it looks like you've posted that one recently. Change it a little, or wait.");
}

/** Texts that differ in case, spaces and marks alone are near-identical. */
function keyOf(text: string, assets: Content['assets']): string {
  return JSON.stringify([
    text
      .toLowerCase()
      .replace(/[\s\p{P}]+/gu, ' ')
      .trim(),
    assets.map(({ url }) => url),
  ]);
}
