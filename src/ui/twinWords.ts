import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import type { Outbox } from '../core/delivery/outbox.ts';
import { waitingUpdates } from '../core/delivery/waitingUpdates.ts';
import { type Planned, knownTwins } from '../core/queue/twins.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { headline } from './headline.ts';
import { isolated, profileNames } from './profileNames.ts';
import { plainText } from './plainText.ts';

export interface TwinParts {
  readonly store: Pick<QueueStore, 'list' | 'profiles'>;
  readonly outbox: Pick<Outbox, 'entries'>;
}

/**
 * What a person should know of an update before it is sent to a profile too, or at that time: from what is known by now, also
 * of what waits in the outbox.
 * @param draftId  the draft that it is: what waits of it is no twin
 */
export function twinNotes({ store, outbox }: TwinParts, profile: Profile, planned: Omit<Planned, 'profileId'>, draftId?: string): string[] {
  const waiting = waitingUpdates(outbox.entries, profile.id, draftId);
  const { same, near } = knownTwins(store, { ...planned, profileId: profile.id }, undefined, waiting);
  const name = profileNames([profile], store.profiles.items);
  return [same && sameWords(same, profile, name, waiting), near && nearWords(near, profile, name)].filter((each) => each !== undefined);
}

function sameWords(update: Update, profile: Profile, name: string, waiting: readonly Update[]): string {
  if (waiting.includes(update)) return vscode.l10n.t('Already in the outbox for {0}.', name);
  const time = timeWords(update, profile);
  if (update.status === 'sent') return vscode.l10n.t('Already sent to {0}: {1}.', name, time);
  return time ? vscode.l10n.t('Already in the queue of {0}: {1}.', name, time) : vscode.l10n.t('Already in the queue of {0}.', name);
}

function nearWords(update: Update, profile: Profile, name: string): string {
  const words = isolated(plainText(shortened(headline(update))));
  return vscode.l10n.t('Close to another update for {0}: {1}, {2}', name, timeWords(update, profile), words);
}

function timeWords({ sentAt, dueAt }: Update, { timeZone }: Profile): string {
  const time = sentAt ?? dueAt;
  return time ? shortTime(time, { locale: personLocale(vscode.env.language), timeZone }) : '';
}

function shortened(line: string): string {
  const characters = [...line];
  return characters.length > 60 ? `${characters.slice(0, 60).join('').trimEnd()}…` : line;
}
