import * as vscode from 'vscode';
import type { Capabilities } from '../core/buffer/bufferApi.ts';
import type { NewShareTime, Profile, Update } from '../core/buffer/model.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { takesSlot } from '../core/queue/queueOrder.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { profileNames } from '../ui/profileNames.ts';

/**
 * What takes a move back: the drafts, a time that is still to come, else the end of the queue.
 * @param before  as it was
 * @returns undefined where nothing does
 */
export function timeBack(before: Update, profile: Profile, { requeue }: Pick<Capabilities, 'requeue'>): NewShareTime | undefined {
  if (before.status === 'draft') return 'draft';
  if (before.status !== 'pending') return undefined;
  if (requeue && (takesSlot(before, profile) || !before.dueAt)) return 'queue';
  return before.dueAt && before.dueAt.getTime() > Date.now() ? { at: before.dueAt } : undefined;
}

/** Where an update stands after it was moved. */
export function placeWords({ status, dueAt, isFixedTime }: Update, profile: Profile, { profiles }: Pick<QueueStore, 'profiles'>): string {
  const { timeZone } = profile;
  const name = profileNames([profile], profiles.items);
  if (status === 'draft') return vscode.l10n.t('Moved to the drafts of {0} at Buffer.', name);
  const time = dueAt && longTime(dueAt, { locale: personLocale(vscode.env.language), timeZone });
  if (time && isFixedTime) return vscode.l10n.t('Scheduled on {0}: {1}.', name, time);
  return time ? vscode.l10n.t('Queued for {0}: {1}.', name, time) : vscode.l10n.t('Queued for {0}.', name);
}
