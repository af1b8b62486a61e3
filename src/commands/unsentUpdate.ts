import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { plainText } from '../ui/plainText.ts';
import { updateIdOf } from '../ui/updateUri.ts';
import type { CommandContext } from './commandContext.ts';
import { type Target, targetUpdate } from './pickUpdate.ts';

/** What commands do before and after they change an update that has not gone out. */

/** The update a command is about and its profile; one that was sent is out of reach, whichever way it was chosen. */
export async function unsentUpdate(
  parts: CommandContext,
  target: Target | undefined,
  title: string,
): Promise<{ update: Update; profile: Profile }> {
  const { store } = parts;
  const update = await targetUpdate(parts, target, title);
  await store.loadProfiles();
  const profile = store.profile(update.profileId);
  if (update.status === 'sent' || update.status === 'sending' || !profile) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This update was sent already. Only pending updates can be changed.'));
    throw new vscode.CancellationError();
  }
  return { update, profile };
}

export function openDocument({ id }: Update): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => updateIdOf(uri) === id);
}

/** Saves what was typed into an open update, so that not an older text goes out; stops where it cannot be saved. */
export async function saveOpenText(update: Update): Promise<void> {
  const document = openDocument(update);
  if (document?.isDirty && !(await document.save())) throw new vscode.CancellationError();
}

/** @throws vscode.CancellationError where the person does not want it */
export async function confirm(question: string, detail: string, action: string): Promise<void> {
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) !== action) throw new vscode.CancellationError();
}

/** Tells for a moment, in the status bar. */
export function flash(message: string): void {
  vscode.window.setStatusBarMessage(plainText(message), 5000);
}
