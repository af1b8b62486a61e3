import * as vscode from 'vscode';
import { openUriOf } from '../queue/updateUri.ts';
import type { Parts } from './parts.ts';

/** Shows an update in the sidebar; one that lies beyond the loaded rows is opened as a document instead. */
export async function showUpdate(parts: Parts, updateId: string): Promise<void> {
  const row = await parts.tree.find(updateId);
  if (row) await parts.view.reveal(row, { select: true, focus: true });
  else await openUpdate(parts, updateId);
}

/** Opens an update as a document, or brings the open one to the front. */
export async function openUpdate({ store }: Parts, updateId: string): Promise<void> {
  const update = store.update(updateId) ?? (await store.readUpdate(updateId));
  await vscode.window.showTextDocument(openUriOf(update), { preview: true });
}
