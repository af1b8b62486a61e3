import * as vscode from 'vscode';
import { NotRecorded } from '../core/delivery/deliver.ts';
import { codeOf } from '../core/delivery/disk.ts';

/** Why nothing was sent, and what became of the text, where it was this computer's disk; undefined where it was not. */
export function diskWords(error: unknown): string | undefined {
  const refused = error instanceof NotRecorded ? error : isDiskError(error) ? new NotRecorded(error) : undefined;
  switch (refused?.refusal) {
    case 'full':
      return vscode.l10n.t('This computer’s disk takes no more, so nothing was sent. Your text is still here.');
    case 'forbidden':
      return vscode.l10n.t('The folder of this extension may not be written to, so nothing was sent. Your text is still here.');
    case 'other':
      return vscode.l10n.t(
        'This computer’s disk did not take it ({0}), so nothing was sent. Your text is still here.',
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
  const send = vscode.l10n.t('Send Without a Record');
  const detail = vscode.l10n.t('Without a record nothing looks after it should the answer be lost.');
  return (await vscode.window.showErrorMessage(`${words} ${detail}`, send)) === send;
}
