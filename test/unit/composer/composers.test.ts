import * as vscode from 'vscode';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Composers as AllComposers, ComposersOptions } from '../../../src/composer/host/composers.ts';
import type { ToApp } from '../../../src/composer/messages.ts';
import type { Draft } from '../../../src/core/drafts/draft.ts';
import { draftOf } from '../../../src/core/drafts/draftUpdate.ts';
import { newMemory } from '../../harness/memory.ts';
import { composerWindow } from '../support/composerWindow.ts';
import { ids } from '../support/ids.ts';
import { noPictures } from '../support/noPictures.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const { Composers } = await import('../../../src/composer/host/composers.ts');

// All composers of a window, as tabs without pages.
const sandbox = await ownSandbox();
const told: ToApp[] = [];
let revealed = 0;
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  told.length = 0;
  revealed = 0;
  const nothing = () => ({ dispose: () => undefined });
  Object.assign(vscode, { ViewColumn: { Active: -1 } });
  Object.assign(vscode.workspace, { getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }) });
  Object.assign(vscode.window, {
    createWebviewPanel: () => ({
      webview: {
        postMessage: (message: ToApp) => Promise.resolve(told.push(message) > 0),
        onDidReceiveMessage: nothing,
        asWebviewUri: (uri: unknown) => uri,
      },
      onDidChangeViewState: nothing,
      onDidDispose: nothing,
      reveal: () => void revealed++,
    }),
  });
});

describe('an edit that was begun', () => {
  const queue: Pick<Draft, 'when'> = { when: { kind: 'queue' } };
  let composers: AllComposers;

  async function begun(when: Draft['when'] = { kind: 'keep' }) {
    const window = await composerWindow(sandbox, folder);
    const { drafts, store } = window;
    await store.loadList(ids.bluesky, 'pending');
    const update = store.list(ids.bluesky, 'pending').items[0]!;
    const draft = await drafts.save({ ...draftOf(update), revision: 3, text: 'Begun', when });
    const options = { ...window, avatars: noPictures, memory: newMemory(), windowMemory: newMemory() };
    composers = new Composers({
      ...options,
      userAgent: 'Queue for Buffer',
      extensionUri: vscode.Uri.joinPath({ path: folder } as vscode.Uri, 'extension'),
      windowFolder: { fsPath: folder } as vscode.Uri,
      log: { error: () => undefined, warn: () => undefined },
    } as unknown as ComposersOptions);
    return { update, draft, drafts };
  }

  test('comes back with the queue chosen, where it was opened to be requeued', async () => {
    const { update, draft, drafts } = await begun();
    await composers.edit(update, queue);
    expect(await drafts.open(draft.id)).toMatchObject({ text: 'Begun', ...queue });
    composers.dispose();
  });

  test('is open already: the queue is chosen there, beside what was typed', async () => {
    const { update, draft, drafts } = await begun();
    await composers.openKept(draft.id);
    await composers.edit(update, queue);
    expect(told.filter(({ type }) => type === 'open').at(-1)).toMatchObject({
      draft: { id: draft.id, text: 'Begun', revision: 4, ...queue },
    });
    expect(await drafts.open(draft.id)).toMatchObject({ text: 'Begun', ...queue });
    expect(revealed).toBe(1);
    composers.dispose();
  });

  test('keeps the time that was chosen for it, and stays as it is where nothing else is asked for', async () => {
    const chosen = { kind: 'at', words: 'tomorrow', at: '2030-01-01T00:00:00.000Z' } as const;
    const first = await begun(chosen);
    await composers.edit(first.update, queue);
    expect(await first.drafts.open(first.draft.id)).toEqual(first.draft);
    composers.dispose();
    await first.drafts.remove(first.draft.id);
    const second = await begun();
    await composers.edit(second.update);
    expect(await second.drafts.open(second.draft.id)).toEqual(second.draft);
    composers.dispose();
  });

  test('that another window ended meanwhile begins anew', async () => {
    const { update, draft } = await begun();
    const other = await composerWindow(sandbox, folder);
    await other.drafts.remove(draft.id);
    let opened = 0;
    const { createWebviewPanel } = vscode.window;
    Object.assign(vscode.window, {
      createWebviewPanel: (...given: Parameters<typeof createWebviewPanel>) => (opened++, createWebviewPanel(...given)),
    });
    await composers.edit(update, queue);
    expect(opened).toBe(1);
    composers.dispose();
  });
});
