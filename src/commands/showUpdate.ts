import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openUriOf } from '../ui/updateUri.ts';
import type { CommandContext } from './commandContext.ts';

/** Shows an update in the sidebar; one that lies beyond the loaded rows is opened as a document instead. */
export async function showUpdate(parts: Pick<CommandContext, 'store' | 'tree' | 'view'>, updateId: string): Promise<void> {
  const { tree, view } = parts;
  // A view that was never shown draws its first rows now; a row revealed meanwhile would be lost.
  await vscode.commands.executeCommand('buffer.queue.focus');
  const row = await tree.find(updateId);
  if (!row) return openUpdate(parts, updateId);
  // Rows that are being drawn while one is revealed make VS Code forget about it, silently.
  for (let tries = 0; tries < 5; tries++) {
    await view.reveal(row, { select: true, focus: true });
    await setTimeout(150);
    if (view.selection.includes(row)) return;
  }
}

/** Shows what waits for a profile, as it is at Buffer now. */
export async function showQueue({ store, tree, view }: Pick<CommandContext, 'store' | 'tree' | 'view'>, profileId: string): Promise<void> {
  await vscode.commands.executeCommand('buffer.queue.focus');
  if (!store.capabilities.queues) return;
  await store.refreshList(profileId, 'pending');
  const row = tree.pendingOf(profileId);
  if (row) await view.reveal(row, { select: true, focus: true, expand: true });
}

/**
 * Opens an update as a document, or brings the open one to the front.
 * @param preserveFocus  leaves the keyboard in the sidebar, as the Explorer does when a file is looked at
 */
export async function openUpdate(
  { store }: Pick<CommandContext, 'store'>,
  updateId: string,
  { preserveFocus = false } = {},
): Promise<void> {
  const update = store.update(updateId) ?? (await store.readUpdate(updateId));
  await vscode.window.showTextDocument(openUriOf(update), { preview: true, preserveFocus });
}
