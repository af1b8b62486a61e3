import * as vscode from 'vscode';

/** Opens an empty document to write an update in; `Post Selection…` sends it. */
export async function newUpdate(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'buffer-update' });
  await vscode.window.showTextDocument(document);
}
