import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';

/**
 * Calls back when a JSON file in a folder of the extension's own came, went or changed, as other windows of the same
 * person make and remove them. The folder is made first: VS Code watches none that is not there yet.
 */
export function watchFolder(folder: vscode.Uri, changed: () => void): vscode.Disposable {
  let watcher: vscode.Disposable | undefined;
  let isDisposed = false;
  const watch = () => {
    if (isDisposed) return;
    const files = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.json'));
    watcher = vscode.Disposable.from(files, files.onDidCreate(changed), files.onDidChange(changed), files.onDidDelete(changed));
  };
  void mkdir(folder.fsPath, { recursive: true }).then(watch, watch);
  return new vscode.Disposable(() => {
    isDisposed = true;
    watcher?.dispose();
  });
}
