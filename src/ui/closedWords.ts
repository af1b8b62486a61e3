import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { cardsHidden, detailsHidden } from './askHiddenFiles.ts';

/** Why an update is edited at Buffer and not here: what an edit from here would lose (`Update.closed`). */
export function closedWords(closed: readonly string[]): string {
  return vscode.l10n.t('Edit this update at Buffer: an edit from here would lose {0}.', closed.map(closedWord).join(', '));
}

function closedWord(reason: string): string {
  const words: Readonly<Record<string, string>> = {
    attachment: vscode.l10n.t('a file of an unknown kind'),
    network: vscode.l10n.t('settings of its network'),
    title: vscode.l10n.t('its title'),
    retweet: vscode.l10n.t('the comment on what it shares'),
    extraMedia: vscode.l10n.t('its further pictures'),
    video: vscode.l10n.t('its video'),
    altText: vscode.l10n.t('the alternative text of its picture'),
  };
  return Object.hasOwn(words, reason) ? words[reason]! : vscode.l10n.t('something this version does not know');
}

/** What Undo could not bring back of a deleted update, in a sentence; nothing where it can bring back all. */
export function undoLoses(kept: Update | undefined, { drafts }: { readonly drafts: boolean }): string | undefined {
  if (!kept) return vscode.l10n.t('Buffer did not tell all that it holds.');
  if (kept.closed?.length) return vscode.l10n.t('it holds {0}.', kept.closed.map(closedWord).join(', '));
  if (kept.hidesFiles) return vscode.l10n.t('Buffer does not tell which pictures the parts of its thread carry.');
  if (kept.hidesCards) return cardsHidden();
  if (kept.hidesDetails) return detailsHidden();
  if (kept.status === 'failed' && !drafts) return vscode.l10n.t('it had failed, and is restored as one that goes out.');
  return undefined;
}
