import * as vscode from 'vscode';

/** What to say of files that a newer version of the extension wrote, or that are damaged; nothing where there are none. */
export function unreadableWords(count: number): string | undefined {
  return count > 0
    ? vscode.l10n.t('Left alone, as this version cannot read them: {0}. A newer version of the extension may.', count)
    : undefined;
}
