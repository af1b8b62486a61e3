import * as vscode from 'vscode';
import { lostMentions } from '../core/buffer/mentions.ts';
import type { Update } from '../core/buffer/model.ts';

/** What a person agreed to lose, by update and words. */
const agreed = new Set<string>();

/** Whether a new text may be saved although it takes away mentions of the update: asked once for each of them. */
export async function askLostMentions(update: Update, text: string): Promise<boolean> {
  const lost = lostMentions(update, text).filter((each) => !agreed.has(`${update.id} ${each}`));
  if (lost.length === 0) return true;
  const save = vscode.l10n.t('Save Anyway');
  const names = lost.join(', ');
  const choice = await vscode.window.showWarningMessage(
    lost.length === 1 ? vscode.l10n.t('The mention of {0} gets lost.', names) : vscode.l10n.t('The mentions of {0} get lost.', names),
    {
      modal: true,
      detail: vscode.l10n.t('You changed the text there. What is left of the words is plain text; mentions are made at buffer.com.'),
    },
    save,
  );
  if (choice !== save) return false;
  for (const each of lost) agreed.add(`${update.id} ${each}`);
  return true;
}
