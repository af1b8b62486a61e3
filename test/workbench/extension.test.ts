import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deedOf } from '../harness/requests.ts';
import type { RequestRecord, Sandbox } from '../sandbox/sandbox.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

const control = process.env['BUFFER_SANDBOX_CONTROL']!;
const extension = vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer')!;

interface Manifest {
  contributes: {
    commands: { command: string; title: string; category: string; enablement?: string }[];
    configuration: { properties: Record<string, { scope?: string; description?: string; markdownDescription?: string }> };
  };
  capabilities: { untrustedWorkspaces: { supported: boolean; restrictedConfigurations: string[] } };
}
const manifest = extension.packageJSON as Manifest;

type State = ReturnType<Sandbox['summary']>;
const state = async () => (await (await fetch(`${control}/state`)).json()) as State;
const requests = async () => (await (await fetch(`${control}/requests`)).json()) as RequestRecord[];
const call = (path: string, method = 'POST', body?: unknown) =>
  fetch(control + path, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

/** The pending update of the sandbox that holds this text, as a document's address. */
async function addressOf(words: string): Promise<{ uri: vscode.Uri; id: string; text: string }> {
  const found = (await state()).profiles.flatMap(({ pending }) => pending).find(({ text }) => text.includes(words))!;
  return { uri: vscode.Uri.from({ scheme: 'buffer', path: `/${found.id}/Any name.update` }), id: found.id, text: found.text };
}

describe('activation', () => {
  it('asks Buffer for no queue', async () => {
    await call('/requests', 'DELETE');
    const started = performance.now();
    await extension.activate();
    console.log(
      `${process.env['BUFFER_REPORT_MARK'] ?? ''}      activated, code loading included, in ${Math.round(performance.now() - started)} ms`,
    );
    // The sandbox's build checks its token at the first start; the shipped one has no such step.
    assert.deepEqual(
      (await requests()).map(deedOf).filter((deed) => deed !== 'account'),
      [],
    );
  });
});

describe('the composer', () => {
  // What it takes beside an empty webview is for `npm run bench -- vscode-composer` to say.
  it('opens in a tab', async () => {
    const { composers } = (await extension.activate()) as { composers: { onDidReady: vscode.Event<void> } };
    const ready = new Promise<void>((resolve) => {
      const listener = composers.onDidReady(() => {
        listener.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('buffer.newUpdate');
    await ready;
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'New Update');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // A webview of VS Code 1.100, also an empty one, now and then needs half a minute.
  }).timeout(120_000 * timeoutFactor);
});

describe('the manifest', () => {
  it('names exactly the commands that exist', async () => {
    await extension.activate();
    const registered = (await vscode.commands.getCommands(true)).filter((id) =>
      /^buffer\.(?!(queue|composer|drafts|ideas|outbox)\.)/.test(id),
    );
    // Rows, links and the lines above a document call these; nobody chooses them by name.
    const onlyCalled = [
      'buffer.continueDraft',
      'buffer.followAccount',
      'buffer.loadMore',
      'buffer.loadMoreIdeas',
      'buffer.rescheduleTo',
      'buffer.retry',
      'buffer.showInSidebar',
    ];
    assert.deepEqual(
      registered.filter((id) => !onlyCalled.includes(id)).sort(),
      manifest.contributes.commands.map(({ command }) => command).sort(),
    );
  });

  it('titles every command in words', () => {
    for (const { title, category } of manifest.contributes.commands) {
      assert.equal(category, 'Buffer');
      assert.doesNotMatch(title, /%/);
    }
  });

  it('explains every setting, and keeps from workspaces where a token is sent', () => {
    for (const { description, markdownDescription } of Object.values(manifest.contributes.configuration.properties)) {
      assert.ok((description ?? markdownDescription)!.length > 20);
    }
    const ofTheMachine = Object.entries(manifest.contributes.configuration.properties).filter(([, { scope }]) => scope === 'machine');
    const sending = ['buffer.apiUrl', 'buffer.authUrl', 'buffer.graphqlUrl', 'buffer.oauthClientId'];
    assert.deepEqual(ofTheMachine.map(([name]) => name).sort(), sending);
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted(), sending);
  });
});

describe('a workspace', () => {
  it('cannot set where the token is sent', async () => {
    const names = ['apiUrl', 'graphqlUrl', 'authUrl', 'oauthClientId'];
    const now = () => names.map((name) => vscode.workspace.getConfiguration('buffer').get(name));
    const before = now();
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const file = vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
    const evil = Object.fromEntries(names.map((name) => [`buffer.${name}`, 'https://evil.example']));
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(evil)));
    try {
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.deepEqual(now(), before);
      for (const name of names) {
        await assert.rejects(async () =>
          vscode.workspace.getConfiguration('buffer').update(name, 'https://evil.example', vscode.ConfigurationTarget.Workspace),
        );
      }
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });
});

describe('the authentication provider', () => {
  it('gives the session to VS Code', async () => {
    const accounts = await vscode.authentication.getAccounts('buffer');
    // API v1 tells no name.
    const label = process.env['BUFFER_SANDBOX_API'] === 'v1' ? 'Buffer 000001 (API v1)' : 'Larkspur Docs';
    assert.deepEqual(
      accounts.map((account) => account.label),
      [label],
    );
  });
});

describe('an update as a document', () => {
  beforeEach(() => call('/reset'));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('reads as it is on Buffer, every character', async () => {
    const { uri, text } = await addressOf('👩‍👩‍👧‍👦');
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), text);
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), text);
  });

  it('saves as an edit', async () => {
    const { uri, id } = await addressOf('Release candidate');
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'Edited: ');
    await vscode.workspace.applyEdit(edit);
    assert.ok(await document.save());
    const saved = (await state()).profiles.flatMap(({ pending }) => pending).find((each) => each.id === id)!;
    assert.match(saved.text, /^Edited: Release candidate/);
  });

  it('is of its own language, which wraps and is saved by hand only', async () => {
    const { uri } = await addressOf('Release candidate');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'buffer-update');
    const scope = { uri, languageId: 'buffer-update' };
    assert.equal(vscode.workspace.getConfiguration('editor', scope).get('wordWrap'), 'on');
    assert.equal(vscode.workspace.getConfiguration('files', scope).get('autoSave'), 'off');
  });

  for (const path of [
    '/',
    '/x',
    '/../../etc/passwd',
    '/..%2f..%2fuser/x.update',
    '/5b0ffe12ca5cade000000001/../../x.update',
    '/a b/x.update',
  ]) {
    it(`${path} is nothing`, async () => {
      await call('/requests', 'DELETE');
      await assert.rejects(async () => vscode.workspace.fs.readFile(vscode.Uri.from({ scheme: 'buffer', path })));
      assert.deepEqual(await requests(), []);
    });
  }

  it('another person’s update is not shown, and not written', async () => {
    const { pending } = (await state()).profiles.find(({ id }) => id.endsWith('0c'))!;
    const { id, text } = pending[0]!;
    const foreign = vscode.Uri.from({ scheme: 'buffer', path: `/${id}/x.update` });
    // Where the service says more than that there is none, the document gives the reason.
    const shown = await Promise.resolve(vscode.workspace.fs.readFile(foreign)).then(String, () => '');
    assert.ok(text && !shown.includes(text), shown);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(foreign, new TextEncoder().encode('Mine now')));
    assert.deepEqual((await state()).profiles.find((each) => each.id.endsWith('0c'))!.pending, pending);
  });

  it('cannot be deleted, renamed or listed as a file', async () => {
    const { uri } = await addressOf('Release candidate');
    await assert.rejects(async () => vscode.workspace.fs.delete(uri));
    await assert.rejects(async () => vscode.workspace.fs.rename(uri, uri.with({ path: '/x/y.update' })));
    await assert.rejects(async () => vscode.workspace.fs.readDirectory(uri.with({ path: '/' })));
  });
});

describe('what is too long', () => {
  it('gets a diagnostic on just the characters that are too many', async () => {
    await call('/reset');
    const { pending } = (await state()).profiles.find(({ service }) => service === 'bluesky')!;
    const uri = vscode.Uri.from({ scheme: 'buffer', path: `/${pending[0]!.id}/Any name.update` });
    const { document } = await vscode.window.showTextDocument(uri);
    const { length } = document.getText();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.positionAt(length), 'x'.repeat(300 - length) + 'YYY');
    await vscode.workspace.applyEdit(edit);
    const diagnostics = await eventually(() => {
      const all = vscode.languages.getDiagnostics(uri);
      return all.length ? all : undefined;
    });
    assert.equal(document.getText(diagnostics[0]!.range), 'YYY');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

async function eventually<Value>(look: () => Value | undefined): Promise<Value> {
  for (let tries = 0; tries < 50; tries++) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not happen within 5 s.');
}
