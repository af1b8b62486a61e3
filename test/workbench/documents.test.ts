import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deedOf } from '../harness/requests.ts';
import type { RequestRecord, Sandbox } from '../sandbox/sandbox.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

const control = process.env['BUFFER_SANDBOX_CONTROL']!;
type State = ReturnType<Sandbox['summary']>;

const call = (path: string, method = 'POST', body?: unknown) =>
  fetch(control + path, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
const pending = async () => ((await (await fetch(`${control}/state`)).json()) as State).profiles.flatMap((profile) => profile.pending);
const writes = async () =>
  ((await (await fetch(`${control}/requests`)).json()) as RequestRecord[])
    .map(deedOf)
    .filter((deed) => deed === 'edit' || deed === 'create');

/** A pending update, by its place, that no other test looks at, shown in an editor: what was saved of it is still known after a reset. */
async function shown(place: number): Promise<{ document: vscode.TextDocument; was: string }> {
  const { id, text } = (await pending()).filter((each) => !each.text.includes('Release candidate')).at(place)!;
  const uri = vscode.Uri.from({ scheme: 'buffer', path: `/${id}/Any name.update` });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return { document, was: text };
}

async function type(document: vscode.TextDocument, words: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), words);
  await vscode.workspace.applyEdit(edit);
}

/** Why the next save begins. */
function nextSave(): Promise<vscode.TextDocumentSaveReason> {
  return new Promise((resolve) => {
    const listening = vscode.workspace.onWillSaveTextDocument(({ reason }) => {
      listening.dispose();
      resolve(reason);
    });
  });
}

async function closeAll(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors)
    if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

describe('an update as a document, in an editor as people set it up', () => {
  const files = () => vscode.workspace.getConfiguration('files');

  beforeEach(async () => {
    await vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer')!.activate();
    await call('/reset');
    await call('/requests', 'DELETE');
  });

  afterEach(async () => {
    await call('/faults', 'DELETE');
    for (const name of ['autoSave', 'autoSaveDelay', 'insertFinalNewline'])
      await files().update(name, undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  it('is not sent by a save that nobody asked for, whatever its language is', async () => {
    const { document, was } = await shown(2);
    await vscode.languages.setTextDocumentLanguage(document, 'markdown');
    await files().update('insertFinalNewline', true, vscode.ConfigurationTarget.Global);
    await files().update('autoSaveDelay', 50, vscode.ConfigurationTarget.Global);
    await files().update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    const save = nextSave();
    await type(document, 'Half a wo');
    assert.equal(await save, vscode.TextDocumentSaveReason.AfterDelay);
    assert.deepEqual(await writes(), []);
    assert.ok(document.isDirty);

    await files().update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    // VS Code takes a save that comes while another one of the same text is under way for that one.
    assert.ok((await document.save()) || (await document.save()));
    const texts = (await pending()).map(({ text }) => text);
    assert.ok(texts.includes(`Half a wo${was}`), texts.join('\n'));
    // The next test may find the same document in memory.
    await vscode.languages.setTextDocumentLanguage(document, 'buffer-update');
  }).timeout(60_000 * timeoutFactor);

  it('tells why it is not saved while Buffer cannot be read', async () => {
    const { document } = await shown(3);
    await type(document, 'More: ');
    await call('/faults', 'POST', { kind: 'status', status: 500, times: 20 });
    await assert.rejects(
      async () => vscode.workspace.fs.writeFile(document.uri, Buffer.from('Other words')),
      /Sandbox fault|failed on its side \(500\)/u,
    );
  });

  it('says so where there is no such update any more, as a tab of an earlier session may show one', async () => {
    const uri = vscode.Uri.from({ scheme: 'buffer', path: '/000000000000000000000000/gone.update' });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /^This update is not at Buffer any more/u);
    await assert.rejects(
      async () => vscode.workspace.fs.writeFile(uri, Buffer.from('Other words')),
      /not at Buffer any more|read-?only|NoPermissions/iu,
    );
    assert.deepEqual(await writes(), []);
    const asked = (await (await fetch(`${control}/requests`)).json()) as RequestRecord[];
    assert.ok(asked.length > 0 && asked.every((request) => deedOf(request) === 'read'), JSON.stringify(asked));
  });

  it('is not saved with NUL in it', async () => {
    const { document } = await shown(4);
    await assert.rejects(
      async () => vscode.workspace.fs.writeFile(document.uri, Buffer.from('one\ntwo\0')),
      /U\+0000 in line 2, column 4/u,
    );
    assert.deepEqual(await writes(), []);
  });
});
