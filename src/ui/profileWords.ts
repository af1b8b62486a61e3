import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

/** Why nothing can be posted to a profile; undefined where it can. */
export function profileTrouble(profile: Profile): { readonly short: string; readonly long: string } | undefined {
  if (profile.isDisconnected) {
    return {
      short: vscode.l10n.t('disconnected'),
      long: vscode.l10n.t('Buffer lost its connection to this profile. Reconnect it at buffer.com.'),
    };
  }
  if (profile.isLocked) return { short: vscode.l10n.t('locked'), long: vscode.l10n.t('Your Buffer plan does not cover this profile.') };
  return undefined;
}

/** How many updates wait, as far as it is known: a service that tells no counts leaves it open for a long queue. */
export function pendingWords(profile: Profile, store: QueueStore): string | undefined {
  if (profile.counts.pending !== undefined) return vscode.l10n.t('{0} pending', profile.counts.pending);
  const { length } = store.list(profile.id, 'pending').items.filter(({ status }) => status !== 'failed' && status !== 'draft');
  return length ? vscode.l10n.t('{0}+ pending', length) : undefined;
}
