import * as vscode from 'vscode';

/** Whether the folder is not trusted; then that is told, with the way to trust it. @param words  what is not done */
export function refuseUntrusted(words: string): boolean {
  if (vscode.workspace.isTrusted) return false;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  void vscode.window.showWarningMessage(words, manage).then((chosen) => {
    if (chosen === manage) void vscode.commands.executeCommand('workbench.trust.manage');
  });
  return true;
}
