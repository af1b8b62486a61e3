import { beforeEach, expect, test, vi } from 'vitest';
import { newMemory } from '../../harness/memory.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { vscodeStub } from '../support/vscodeStub.ts';

// The extension host restarts with documents that were edited: only here can one restart without the other.
const shown = vi.hoisted(() => ({
  documents: [] as { uri: unknown; isDirty: boolean; getText: () => string }[],
  tabs: [] as { input: unknown }[],
  changed: [] as ((change: { document: unknown }) => void)[],
}));
vi.mock('vscode', async () => {
  const { vscodeStub } = await import('../support/vscodeStub.ts');
  const nothing = () => ({ dispose: () => undefined });
  const onDidChangeTextDocument = (listener: (change: { document: unknown }) => void) => {
    shown.changed.push(listener);
    return nothing();
  };
  const events = { onWillSaveTextDocument: nothing, onDidCloseTextDocument: nothing, onDidChangeTextDocument };
  const workspace = { ...vscodeStub.workspace, ...events, textDocuments: shown.documents };
  return {
    ...vscodeStub,
    FileChangeType: { Changed: 1, Deleted: 3 },
    workspace,
    window: { ...vscodeStub.window, tabGroups: { all: [{ tabs: shown.tabs }] } },
  };
});

const { UpdateFileSystem } = await import('../../../src/documents/updateFileSystem.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();

beforeEach(() => {
  for (const each of Object.values(shown)) each.length = 0;
});

/** An update in a queue, and its document. */
function hold(text: string) {
  const held = sandbox.state.add(
    sandbox.state.profiles.find(({ id }) => id === ids.mastodon)!,
    { text, when: 'queue' },
  );
  return { id: held.id, uri: vscodeStub.Uri.from({ scheme: 'buffer', path: `/${held.id}/Any.update` }) as never };
}
const newFiles = (memory = newMemory()) => new UpdateFileSystem(queueWindow(sandbox).store, () => Promise.resolve(), memory);
const bytes = (text: string) => new TextEncoder().encode(text);

test('a document that comes back with its edits is in conflict with what was changed elsewhere', async () => {
  const held = hold('One two');
  const { uri } = held;
  const memory = newMemory();
  const session = () => newFiles(memory);
  const save = (files: InstanceType<typeof UpdateFileSystem>, text: string) => files.writeFile(uri, bytes(text));
  const atBuffer = () => sandbox.state.updates.get(held.id)!.text;

  await session().readFile(uri);
  shown.tabs.push({ input: { uri } });
  const restarted = session();
  // As long as before, so that its size tells nothing.
  sandbox.editElsewhere(held.id, 'One six');
  await expect(save(restarted, 'One two three')).rejects.toThrow('changed elsewhere');
  expect(atBuffer()).toBe('One six');
  // Told once: saving again is the person's word.
  await save(restarted, 'One two three');
  expect(atBuffer()).toBe('One two three');
  // What another session saved is what is known there.
  await save(session(), 'One two four');
  expect(atBuffer()).toBe('One two four');
});

test('a memory that fails keeps nobody from opening and saving', async () => {
  const { id, uri } = hold('Not remembered');
  const files = newFiles({ get: () => undefined, update: () => Promise.reject(new Error('full')) });
  expect(new TextDecoder().decode(await files.readFile(uri))).toBe('Not remembered');
  await files.writeFile(uri, bytes('Sent all the same'));
  expect(sandbox.state.updates.get(id)!.text).toBe('Sent all the same');
});

test('what somebody else reads of an edited document does not hide a conflict', async () => {
  const { id, uri } = hold('Old one');
  const files = newFiles();
  await files.readFile(uri);
  const document = { uri, isDirty: true, getText: () => 'Old one, typed on' };
  shown.documents.push(document);
  sandbox.editElsewhere(id, 'New one');
  await files.stat(uri);
  // A search through what is open, or a comparison.
  expect(new TextDecoder().decode(await files.readFile(uri))).toBe('New one');
  await expect(files.writeFile(uri, bytes('Old one, typed on'))).rejects.toThrow('changed elsewhere');
});

test('what a reverted document was filled with is no conflict', async () => {
  const { id, uri } = hold('Old two');
  const files = newFiles();
  await files.readFile(uri);
  const document = { uri, isDirty: true, getText: () => 'Old two, typed on' };
  shown.documents.push(document);
  sandbox.editElsewhere(id, 'New two');
  await files.stat(uri);
  await files.readFile(uri);
  Object.assign(document, { isDirty: false, getText: () => 'New two' });
  for (const tell of shown.changed) tell({ document });
  document.isDirty = true;
  await files.writeFile(uri, bytes('New two, typed on'));
  expect(sandbox.state.updates.get(id)!.text).toBe('New two, typed on');
});

test('documents that are open are remembered, and a limited number', async () => {
  const kept = new Map<string, unknown>([['buffer.documents', { closed: 'a', inTab: 'b', inDiff: 'c', open: 'd' }]]);
  const uriOf = (id: string) => vscodeStub.Uri.from({ scheme: 'buffer', path: `/${id}/Any.update` });
  shown.documents.push({ uri: uriOf('open'), isDirty: true, getText: () => '' });
  shown.tabs.push({ input: { uri: uriOf('inTab') } }, { input: { original: uriOf('x'), modified: uriOf('inDiff') } }, { input: undefined });
  const files = newFiles(newMemory(kept));
  expect(kept.get('buffer.documents')).toEqual({ inTab: 'b', inDiff: 'c', open: 'd' });

  kept.set('buffer.documents', Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`id${index}`, 'e'])));
  const { id, uri } = hold('One of many');
  await files.readFile(uri);
  const ofMany = Object.keys(kept.get('buffer.documents') as object);
  expect([ofMany.length, ofMany.at(-2), ofMany.at(-1)]).toEqual([200, 'id499', id]);
});
