import * as vscode from 'vscode';
import { NotRecorded } from '../core/delivery/deliver.ts';
import { codeOf } from '../core/delivery/disk.ts';

/** Why nothing was sent, and what became of the text, where it was this computer's disk; undefined where it was not. */
export function diskWords(error: unknown): string | undefined {
  const refused = error instanceof NotRecorded ? error : isDiskError(error) ? new NotRecorded(error) : undefined;
  switch (refused?.refusal) {
    case 'full':
      return vscode.l10n.t('The disk is full, so nothing was sent. Your text is still here.');
    case 'forbidden':
      return vscode.l10n.t('The extension has no permission to write to its folder, so nothing was sent. Your text is still here.');
    case 'other':
      return vscode.l10n.t(
        'It could not be saved on this computer’s disk ({0}), so nothing was sent. Your text is still here.',
        codeOf(refused.cause),
      );
    case undefined:
      return undefined;
  }
}

/** What `node:fs` throws. */
function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}

/** Says that it was not sent, and whether the person wants it sent all the same. */
export async function askWithoutRecord(words: string): Promise<boolean> {
  const send = vscode.l10n.t('Send Anyway');
  const detail = vscode.l10n.t('If the answer gets lost, nobody can check whether it was delivered.');
  return (await vscode.window.showErrorMessage(`${words} ${detail}`, send)) === send;
}
