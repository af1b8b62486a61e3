import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import type { Waiting } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { inNumbers } from './numbers.ts';

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

/** A number of updates; with a plus where the service has more than are loaded, as a row's tooltip then says in words. */
export function countWords({ count, isAll }: Waiting): string {
  return isAll ? inNumbers(count) : `${inNumbers(count)}+`;
}

/** How many updates wait, as far as it is known: a service that tells no counts leaves it open for a long queue. */
export function pendingWords(profile: Pick<Profile, 'id'>, store: QueueStore): string | undefined {
  const waiting = store.waiting(profile.id);
  return waiting && (waiting.count || waiting.isAll) ? vscode.l10n.t('{0} pending', countWords(waiting)) : undefined;
}

/** The same where there is room for a sentence. */
export function pendingSentence(profile: Pick<Profile, 'id'>, store: QueueStore): string | undefined {
  const waiting = store.waiting(profile.id);
  if (!waiting || waiting.isAll) return pendingWords(profile, store);
  return waiting.count
    ? vscode.l10n.t('At least {0} pending; the others are counted once they are loaded', inNumbers(waiting.count))
    : undefined;
}
