// That the harness does what it promises: our extension runs, and the sandbox is there to be asked.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('runs the extension under test', async () => {
    const extension = vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.ok((await vscode.commands.getCommands(true)).includes('buffer.showLog'));
  });

  it('is told where the sandbox is', () => {
    assert.match(process.env['BUFFER_SANDBOX_CONTROL'] ?? '', /^http:\/\//);
    assert.match(vscode.workspace.getConfiguration('buffer').get('apiUrl', ''), /^http:\/\//);
  });

  it('opens the sample workspace', () => {
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.name, 'garden-notes');
  });
});
