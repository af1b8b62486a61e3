import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { type Planned, knownTwins, type Twins } from '../core/queue/twins.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { headline } from './headline.ts';
import { isolated, profileNames } from './profileNames.ts';
import { plainText } from './plainText.ts';

/** What a person should know of an update before it is sent to a profile too, or at that time: from what is known by now. */
export function twinNotes(store: Pick<QueueStore, 'list' | 'profiles'>, profile: Profile, planned: Omit<Planned, 'profileId'>): string[] {
  return twinWords(knownTwins(store, { ...planned, profileId: profile.id }), profile, store);
}

/** The same in sentences, of what was found. */
export function twinWords({ same, near }: Twins, profile: Profile, { profiles }: Pick<QueueStore, 'profiles'>): string[] {
  const name = profileNames([profile], profiles.items);
  return [same && sameWords(same, profile, name), near && nearWords(near, profile, name)].filter((each) => each !== undefined);
}

function sameWords(update: Update, profile: Profile, name: string): string {
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
