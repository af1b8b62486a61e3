import * as vscode from 'vscode';
import { rememberProfiles } from '../queue/lastProfiles.ts';
import type { QueueNode } from '../queue/queueNodes.ts';
import type { Parts } from './parts.ts';

/** The language of updates, as `package.json` names it. */
export const updateLanguage = 'buffer-update';

/** Opens an empty document to write an update in; the button above it posts it. Called on a profile, that one is chosen. */
export async function newUpdate({ memory }: Parts, node?: QueueNode): Promise<void> {
  if (node && 'profileId' in node) await rememberProfiles(memory, [node.profileId]);
  const document = await vscode.workspace.openTextDocument({ language: updateLanguage });
  await vscode.window.showTextDocument(document);
}
