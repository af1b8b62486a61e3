import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { takesRemindersOnly } from '../core/networks/networks.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { inNumbers } from './numbers.ts';
import { isolated, profileNames } from './profileNames.ts';

/** Buffer's Free plan lets so many updates wait in one queue; no other plan lets so few. Measured: `creating-6` of docs/live-service.md. */
const freeLimit = 10;

/** Whether the plan is the free one, as far as its limits tell. */
export function isFreePlan({ scheduledLimit }: Pick<QueueStore, 'scheduledLimit'>): boolean {
  return scheduledLimit !== undefined && scheduledLimit <= freeLimit;
}

/** What a person should know of a profile before they post to it: what would be refused, or taken and not published. */
export function profileNotes(profile: Profile, store: QueueStore): string[] {
  const name = profileNames([profile], store.profiles.items);
  return [
    profile.isPaused
      ? vscode.l10n.t('The queue of {0} is paused: Buffer takes the update and publishes nothing until the queue is resumed.', name)
      : undefined,
    takesRemindersOnly(profile)
      ? vscode.l10n.t('{0} takes reminders only: Buffer’s app reminds you to publish the update yourself.', name)
      : undefined,
    roomNote(profile, store),
    profile.today?.isReached
      ? vscode.l10n.t(
          '{0} has reached its limit for today: {1} updates.',
          name,
          inNumbers(profile.today.limit ?? profile.today.scheduled + profile.today.sent),
        )
      : undefined,
  ].filter((note) => note !== undefined);
}

/** Says that a queue is full by the plan. Drafts do not count. */
function roomNote(profile: Profile, store: QueueStore): string | undefined {
  const limit = store.scheduledLimit;
  if (!limit) return undefined;
  const scheduled = store.list(profile.id, 'pending').items.filter(({ status }) => status === 'pending' || status === 'sending').length;
  if (scheduled < limit) return undefined;
  const place = networkOf(profile.service).label;
  return isFreePlan(store)
    ? vscode.l10n.t(
        'Free: {0} of {1} scheduled on {2} ({3}). Buffer refuses another one until one went out.',
        inNumbers(scheduled),
        inNumbers(limit),
        place,
        isolated(profile.name),
      )
    : vscode.l10n.t(
        '{0} of {1} scheduled on {2} ({3}). Buffer refuses another one until one went out.',
        inNumbers(scheduled),
        inNumbers(limit),
        place,
        isolated(profile.name),
      );
}
