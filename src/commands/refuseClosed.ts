import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { askHiddenFiles } from '../ui/askHiddenFiles.ts';
import { closedWords } from '../ui/closedWords.ts';
import { openPage } from '../ui/openPage.ts';
import type { CommandContext } from './commandContext.ts';
import { bufferPage } from './tellEdited.ts';

/**
 * What an edit from here would lose closes what edits; the person is told why, and where it can be done.
 * @throws vscode.CancellationError once that was told
 */
export async function refuseClosed({ store }: Pick<CommandContext, 'store'>, update: Update): Promise<void> {
  const { closed } = update;
  if (!closed?.length) {
    if (await askHiddenFiles(store, update)) return;
    throw new vscode.CancellationError();
  }
  const open = vscode.l10n.t('Open in Buffer');
  if ((await vscode.window.showWarningMessage(closedWords(closed), open)) === open) await openPage(bufferPage);
  throw new vscode.CancellationError();
}
