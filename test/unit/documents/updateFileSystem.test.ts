import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BufferError } from '../../../src/core/buffer/bufferError.ts';
import type { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
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
  helped.length = 0;
  sandbox.faults.clear();
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
const helped: BufferError[] = [];
const filesOf = (store: QueueStore, memory = newMemory()) =>
  new UpdateFileSystem(
    store,
    () => Promise.resolve(),
    (error) => void helped.push(error),
    memory,
  );
const newFiles = (memory = newMemory()) => filesOf(queueWindow(sandbox).store, memory);
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

const status = (code: number, headers = {}) => sandbox.faults.add({ kind: 'status', status: code, headers, times: 0 });
const proxyHeaders = { 'proxy-authenticate': 'Basic' };

test.each<[string, (id: string) => void, RegExp, string?]>([
  ['offline', () => sandbox.faults.add({ kind: 'dropBefore', times: 0 }), /connection/iu],
  ['its token revoked', () => status(401), /sign in|token|key/iu, 'unauthorized'],
  ['behind a proxy that wants a password', () => status(407, proxyHeaders), /proxy/iu, 'proxySettings'],
  ['too many requests', () => status(429, { 'retry-after': '3600' }), /no more requests until/u],
  ['Buffer out of order', () => status(500), /Sandbox fault/u],
  ['the update deleted', (id) => void sandbox.state.updates.delete(id), /not at Buffer any more/u],
  ['the update sent', (id) => void Object.assign(sandbox.state.updates.get(id)!, { status: 'sent', sentAt: 1 }), /was sent/u],
])('saving says why it cannot be done: %s', async (_, happens, reason, help) => {
  const { id, uri } = hold('As it was');
  const files = newFiles();
  await files.readFile(uri);
  shown.documents.push({ uri, isDirty: true, getText: () => 'Typed on' });
  happens(id);
  // VS Code looks first, and takes no answer for an answer.
  await Promise.resolve(files.stat(uri)).catch(() => undefined);
  const failure = await files.writeFile(uri, bytes('Typed on')).then(
    () => 'saved',
    (error: unknown) => (error as Error).message,
  );
  expect(failure).toMatch(reason);
  expect(helped.map(({ kind, remedy }) => remedy ?? kind)).toEqual(help ? [help] : []);
});

test('saving says that an update belongs to another account', async () => {
  const { uri } = hold('Mine');
  const { store } = queueWindow(sandbox);
  const connect = (token: string, owner: string) =>
    store.connect(clientOf(sandbox, 'graphql', { token: () => Promise.resolve(token) }), undefined, owner);
  connect(sandbox.graphqlToken, 'me');
  const files = filesOf(store);
  await files.readFile(uri);
  shown.documents.push({ uri, isDirty: true, getText: () => 'Typed on' });
  connect(sandbox.otherGraphqlToken, 'other');
  await expect(files.writeFile(uri, bytes('Typed on'))).rejects.toThrow('another Buffer account');
});

test('a document of somebody who is signed out says so, and opens by itself afterwards', async () => {
  const { id, uri } = hold('Not lost');
  const { store } = queueWindow(sandbox);
  store.connect(undefined);
  const files = filesOf(store);
  const changed: unknown[] = [];
  files.onDidChangeFile((events) => changed.push(...events));
  const before = await files.stat(uri);
  expect(before.permissions).toBe(1);
  expect(new TextDecoder().decode(await files.readFile(uri))).toMatch(/^You are not signed in .+ as soon as it can be read\.$/u);
  expect(files.failureOf(uri)?.kind).toBe('unauthorized');
  // What stands in the place of a text is none.
  await expect(files.writeFile(uri, bytes('Overwritten'))).rejects.toThrow('does not show the update yet');
  store.connect(clientOf(sandbox, 'graphql'), undefined, 'me');
  expect(changed).toEqual([{ type: 1, uri }]);
  // VS Code looks at it before it reads it: nobody can write into the words in between, and they go nowhere.
  const looked = await files.stat(uri);
  expect(looked.permissions).toBe(1);
  expect(looked.mtime).toBeGreaterThan(before.mtime);
  await expect(files.writeFile(uri, bytes('Overwritten'))).rejects.toThrow('does not show the update yet');
  expect(new TextDecoder().decode(await files.readFile(uri))).toBe('Not lost');
  expect(files.failureOf(uri)).toBeUndefined();
  await expect.poll(() => changed).toHaveLength(2);
  const after = await files.stat(uri);
  expect([after.permissions, after.mtime]).toEqual([undefined, looked.mtime]);
  await files.writeFile(uri, bytes('Written'));
  expect(sandbox.state.updates.get(id)!.text).toBe('Written');
});

/** What VS Code keeps of a document, by the rules of its `TextFileEditorModel`: it reads again what has another etag only. */
class DocumentModel {
  text = '';
  #mtime = Number.NEGATIVE_INFINITY;
  #etag = '';

  async resolve(files: InstanceType<typeof UpdateFileSystem>, uri: never): Promise<void> {
    const { mtime, size } = await files.stat(uri);
    const etag = `${mtime} ${size}`;
    if (etag === this.#etag) return;
    this.text = new TextDecoder().decode(await files.readFile(uri));
    // One that is older is taken for a late answer.
    if (mtime >= this.#mtime) [this.#mtime, this.#etag] = [mtime, etag];
  }
}

test('a document shows what there is, through any order of sign-outs, restarts of the extension and changes elsewhere', async () => {
  const step = fc.constantFrom('sign out', 'sign in', 'restart', 'change elsewhere', 'wait' as const);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      sandbox.reset();
      const { id, uri } = hold('Text 0');
      shown.tabs.splice(0, Infinity, { input: { uri } });
      const memory = newMemory();
      const model = new DocumentModel();
      let isIn = true;
      let files!: InstanceType<typeof UpdateFileSystem>;
      let store!: QueueStore;
      const restart = () => {
        (files as typeof files | undefined)?.dispose();
        store = queueWindow(sandbox).store;
        if (!isIn) store.connect(undefined);
        files = filesOf(store, memory);
      };
      restart();
      await model.resolve(files, uri);
      for (const [index, each] of steps.entries()) {
        if (each === 'sign out' || each === 'sign in') {
          isIn = each === 'sign in';
          store.connect(isIn ? clientOf(sandbox, 'graphql') : undefined, undefined, 'me');
        }
        if (each === 'restart') restart();
        // As long as before, as often as not.
        if (each === 'change elsewhere') sandbox.editElsewhere(id, `Text ${'1'.repeat((index % 2) + 1)}${index}`);
        if (isIn) await store.readUpdate(id);
        await model.resolve(files, uri).catch(() => undefined);
        if (isIn) expect(model.text, steps.join()).toBe(sandbox.state.updates.get(id)!.text);
      }
      files.dispose();
    }),
    { numRuns: 60 },
  );
});

test('what could not be read hides no text that a document has', async () => {
  const { uri } = hold('Read once');
  const { store } = queueWindow(sandbox);
  const files = filesOf(store);
  await files.readFile(uri);
  store.connect(undefined);
  await expect(files.readFile(uri)).rejects.toThrow('not signed in');
  const typed = hold('Never read').uri;
  shown.documents.push({ uri: typed, isDirty: true, getText: () => 'Typed' });
  await expect(files.readFile(typed)).rejects.toThrow('not signed in');
});

test('a text that somebody else wrote in the same words is no conflict later', async () => {
  const { id, uri } = hold('First');
  const files = newFiles();
  await files.readFile(uri);
  shown.documents.push({ uri, isDirty: true, getText: () => 'Other' });
  sandbox.editElsewhere(id, 'Other');
  await files.stat(uri);
  await files.writeFile(uri, bytes('Other'));
  await files.writeFile(uri, bytes('Other, typed on'));
  expect(sandbox.state.updates.get(id)!.text).toBe('Other, typed on');
});
