import * as vscode from 'vscode';

/** The walkthrough of `package.json`, as VS Code names it. */
const walkthroughId = 'queue-for-buffer.queue-for-buffer#start';

/**
 * Opens the walkthrough. VS Code learns of extensions' walkthroughs when something first asks for one, and shows its own in
 * the place of one that it does not know yet (microsoft/vscode#187958).
 */
export async function openWalkthrough(): Promise<void> {
  // A step that there is none of is refused, and asked for all the same.
  await vscode.commands.executeCommand('welcome.markStepComplete', `${walkthroughId}#none`).then(undefined, () => undefined);
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
}
