import * as vscode from 'vscode';

/** Updates that failed and are being mended as documents: saving one puts it back into its queue. */
const wanted = new Set<string>();
const changed = new vscode.EventEmitter<string>();

/** Tells the id of an update that is to be requeued when it is saved, or is not any more. */
export const onDidChangeRequeue = changed.event;

export function isRequeuedOnSave(updateId: string): boolean {
  return wanted.has(updateId);
}

export function setRequeueOnSave(updateId: string, isWanted: boolean): void {
  if (wanted.has(updateId) === isWanted) return;
  if (isWanted) wanted.add(updateId);
  else wanted.delete(updateId);
  changed.fire(updateId);
}
