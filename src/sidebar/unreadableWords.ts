import * as vscode from 'vscode';

/** What to say of files that a newer version of the extension wrote, or that are damaged; nothing where there are none. */
export function unreadableWords(count: number): string | undefined {
  return count > 0
    ? vscode.l10n.t('This version of the extension cannot read these and leaves them unchanged: {0}. Update the extension.', count)
    : undefined;
}
