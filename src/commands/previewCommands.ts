import * as vscode from 'vscode';
import type { CommandContext } from './commandContext.ts';
import { type Target, updateIdIn } from './pickUpdate.ts';

/** Shows how an update will look, beside what is in front: that of a row, those of a file of posts, else what is written there. */
export async function openPreview({ previews }: CommandContext, target?: Target): Promise<void> {
  (await previews.load()).open(updateIdIn(target), target instanceof vscode.Uri ? target : undefined);
}

/** Lets the preview stay with what it shows, or follow what is in front again. */
export async function lockPreview({ previews }: CommandContext): Promise<void> {
  (await previews.load()).toggleLock();
}
