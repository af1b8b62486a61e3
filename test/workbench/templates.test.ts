import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RequestRecord, Sandbox } from '../sandbox/sandbox.ts';

const control = process.env['BUFFER_SANDBOX_CONTROL']!;
const isOnV1 = process.env['BUFFER_SANDBOX_API'] === 'v1';

const asked = async () =>
  ((await (await fetch(`${control}/requests`)).json()) as RequestRecord[]).map(({ operationName }) => operationName);

/** An update that waits, open as a document with the cursor at its end. */
async function openUpdate(): Promise<vscode.TextEditor> {
  const { profiles } = (await (await fetch(`${control}/state`)).json()) as ReturnType<Sandbox['summary']>;
  const { id } = profiles.flatMap(({ pending }) => pending).find(({ text }) => text.includes('Release candidate'))!;
  const editor = await vscode.window.showTextDocument(vscode.Uri.from({ scheme: 'buffer', path: `/${id}/Any name.update` }));
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

async function eventually(isSo: () => unknown): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not happen within 10 s.');
}

describe('in an update that is open', () => {
  beforeEach(async () => {
    await fetch(`${control}/reset`, { method: 'POST' });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('the snippets work that a person has for its language, and no others', async () => {
    const [{ uri }] = vscode.workspace.workspaceFolders as [vscode.WorkspaceFolder];
    await mkdir(join(uri.fsPath, '.vscode'), { recursive: true });
    const body = 'Merged: ${1:count}.$0';
    const snippets = {
      'Sign off': { scope: 'buffer-update', prefix: 'so', body },
      Other: { scope: 'markdown', prefix: 'so', body: 'Not this' },
    };
    await writeFile(join(uri.fsPath, '.vscode', 'own.code-snippets'), JSON.stringify(snippets));
    const editor = await openUpdate();
    const insert = (name: string) => vscode.commands.executeCommand('editor.action.insertSnippet', { name, langId: 'buffer-update' });
    // VS Code reads new snippets when it sees the file.
    await eventually(async () => {
      await insert('Sign off');
      return editor.document.getText().endsWith('Merged: count.');
    });
    assert.equal(editor.document.getText(editor.selection), 'count');
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await insert('Other');
    assert.ok(!editor.document.getText().includes('Not this'));
  });

  it('a template is put at the cursor, with its placeholders to type over', async function () {
    if (isOnV1) this.skip();
    const editor = await openUpdate();
    const inserting = vscode.commands.executeCommand('buffer.insertTemplate');
    await eventually(async () => (await asked()).includes('PostTemplates'));
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return editor.document.getText().endsWith('I am name. Ask me anything about topic!');
    });
    await inserting;
    assert.equal(editor.document.getText(editor.selection), 'name');
  });
});
