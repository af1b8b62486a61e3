import * as vscode from 'vscode';
import type { Update } from '../buffer/model.ts';
import { closedWords } from '../queue/closedWords.ts';
import { openPage } from './openPage.ts';
import { bufferPage } from './tellEdited.ts';

/**
 * What an edit from here would lose closes what edits; the person is told why, and where it can be done.
 * @throws vscode.CancellationError once that was told
 */
export async function refuseClosed({ closed }: Update): Promise<void> {
  if (!closed?.length) return;
  const open = vscode.l10n.t('Open in Buffer');
  if ((await vscode.window.showWarningMessage(closedWords(closed), open)) === open) await openPage(bufferPage);
  throw new vscode.CancellationError();
}
