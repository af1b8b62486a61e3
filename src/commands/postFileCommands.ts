import * as vscode from 'vscode';
import type { CommandContext } from './commandContext.ts';

/**
 * Queues the posts of a file: the one it is called on, else the one in front.
 * @param resolves  `true` asks also of what was changed at Buffer alone which it is to be
 */
export async function queueFile(context: CommandContext, target?: unknown, resolves?: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
  if (uri) await (await import('../postFiles/queueFiles.ts')).queueFile(context, uri, resolves === true);
}

/** Queues the posts of all files in a folder: the one it is called on, else one of those that are open. */
export async function queueFolder(context: CommandContext, target?: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : await openFolder();
  if (uri) await (await import('../postFiles/queueFiles.ts')).queueFolder(context, uri);
}

/** Writes a file for each update that waits, into the folder that it is called on, else into one that is asked for. */
export async function exportQueueAsFiles(context: CommandContext, target?: unknown): Promise<void> {
  const { exportQueue } = await import('../postFiles/exportQueue.ts');
  const open = target instanceof vscode.Uri ? undefined : await openFolder();
  await exportQueue(context, target instanceof vscode.Uri ? { folder: target } : { open });
}

async function openFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? (await vscode.window.showWorkspaceFolderPick())?.uri : folders[0]?.uri;
}
