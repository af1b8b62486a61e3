import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { signInWithBrowser } from '../../src/account/oauthSignIn.ts';
import { SignInAnswers } from '../../src/account/signInAnswers.ts';
import { useKey } from '../../src/account/waitForBrowser.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
/** Where nobody listens. */
const nobody = 'http://127.0.0.1:9';
const answer = (query: string, path = '/signed-in') => vscode.Uri.from({ scheme: 'vscode', authority: 'a.b', path, query });

describe('answers to a sign-in in the browser', () => {
  /** What the windows share, and what each logs. */
  let secrets: Map<string, string>;
  let changed: vscode.EventEmitter<vscode.SecretStorageChangeEvent>;
  let warnings: string[];

  const newWindow = () =>
    new SignInAnswers({
      secrets: {
        keys: async () => [...secrets.keys()],
        get: async (key: string) => secrets.get(key),
        store: async (key: string, value: string) => {
          secrets.set(key, value);
          changed.fire({ key });
        },
        delete: async (key: string) => {
          secrets.delete(key);
          changed.fire({ key });
        },
        onDidChange: changed.event,
      } as vscode.SecretStorage,
      log: { warn: (line: string) => warnings.push(line) } as unknown as vscode.LogOutputChannel,
    });
  const never = new AbortController().signal;

  beforeEach(() => {
    secrets = new Map();
    changed = new vscode.EventEmitter();
    warnings = [];
  });

  it('go to the attempt whose state they have', async () => {
    const window = newWindow();
    const [one, other] = [window.expect('one', never), window.expect('other', never)];
    await window.handleUri(answer('code=2&state=other&iss=https%3A%2F%2Fauth.example'));
    await window.handleUri(answer('code=1&state=one'));
    assert.equal((await one).searchParams.get('code'), '1');
    assert.deepEqual(Object.fromEntries((await other).searchParams), { code: '2', state: 'other', iss: 'https://auth.example' });
    assert.deepEqual(warnings, []);
  });

  it('reach the window that waits for them when they come to another one', async () => {
    const [waiting, last] = [newWindow(), newWindow()];
    const attempt = waiting.expect('one', never);
    await last.handleUri(answer('code=the-code&state=one'));
    assert.equal((await attempt).searchParams.get('code'), 'the-code');
    await settled();
    assert.ok(!warnings.join().includes('the-code'));
  });

  it('are ignored the second time, and when nobody asked, with a warning that does not hold the code', async () => {
    const window = newWindow();
    const attempt = window.expect('one', never);
    await window.handleUri(answer('code=the-code&state=one'));
    await attempt;
    await window.handleUri(answer('code=the-code&state=one'));
    await window.handleUri(answer('code=the-code&state=nobodys'));
    await window.handleUri(answer('code=the-code'));
    await window.handleUri(answer('code=the-code&state=one', '/elsewhere'));
    assert.equal(warnings.length, 4);
    assert.ok(!warnings.join().includes('the-code'));
  });

  it('are waited for no longer than asked', async () => {
    const window = newWindow();
    const options = { answers: window, extensionId: 'a.b', authUrl: nobody, clientId: 'an-app' };
    let opened = '';
    const attempt = signInWithBrowser({ ...options, timeout: 50, open: async (url) => (opened = url) });
    await assert.rejects(attempt, { name: 'BufferError', kind: 'timeout' });
    const { searchParams } = new URL(opened);
    await window.handleUri(answer(`code=late&state=${searchParams.get('state')}`));
    assert.deepEqual(warnings, ['Ignored an answer to a sign-in that is over.']);
    assert.ok(URL.canParse(searchParams.get('redirect_uri')!));
  });

  it('are not waited for when the browser does not open', async () => {
    const options = { answers: newWindow(), extensionId: 'a.b', authUrl: nobody, clientId: 'an-app' };
    await assert.rejects(signInWithBrowser({ ...options, open: () => Promise.reject(new Error('No browser.')) }), /No browser/);
  });

  it('are not waited for by someone who would rather paste a key, which the list that is open offers first', async () => {
    const options = { answers: newWindow(), extensionId: 'a.b', authUrl: nobody, clientId: 'an-app' };
    const attempt = signInWithBrowser({
      ...options,
      open: () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
    });
    assert.equal(await attempt, useKey);
  });
});
