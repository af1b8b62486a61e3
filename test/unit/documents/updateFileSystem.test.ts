import { expect, test, vi } from 'vitest';
import type { Update } from '../../../src/core/buffer/model.ts';
import type { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { UpdateFileSystem } from '../../../src/documents/updateFileSystem.ts';
import { vscodeStub } from '../support/vscodeStub.ts';

// The extension host restarts with documents that were edited: only here can one restart without the other.
vi.mock('vscode', async () => {
  const { vscodeStub } = await import('../support/vscodeStub.ts');
  const nothing = () => ({ dispose: () => undefined });
  const workspace = { ...vscodeStub.workspace, onWillSaveTextDocument: nothing, onDidCloseTextDocument: nothing };
  return { ...vscodeStub, workspace };
});

const uri = vscodeStub.Uri.from({ scheme: 'buffer', path: '/5b0ffe12ca5cade000000001/Any.update' }) as never;
const update = (text: string) =>
  ({
    id: '5b0ffe12ca5cade000000001',
    profileId: 'p',
    service: 'linkedin',
    text,
    status: 'pending',
    createdAt: new Date(0),
  }) as unknown as Update;

/** As much of a store as a document needs, with one update. */
function storeOf(held: { text: string }, sent: string[]): QueueStore {
  const now = () => Promise.resolve(update(held.text));
  return {
    capabilities: { change: true, post: true, queues: true, drafts: true },
    onDidChange: () => ({ dispose: () => undefined }),
    current: now,
    readUpdate: now,
    update: () => update(held.text),
    profile: () => undefined,
    configuration: () => Promise.resolve(undefined),
    edit: (_id: string, { text }: { text: string }) => {
      sent.push(text);
      held.text = text;
      return Promise.resolve({ update: update(text) });
    },
  } as unknown as QueueStore;
}

test('a document that comes back with its edits is in conflict with what was changed elsewhere', async () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
  const held = { text: 'One two' };
  const sent: string[] = [];
  const session = () => new UpdateFileSystem(storeOf(held, sent), () => Promise.resolve(), memory);
  const save = (files: UpdateFileSystem, text: string) => files.writeFile(uri, new TextEncoder().encode(text));

  await session().readFile(uri);
  const restarted = session();
  held.text = 'One six';
  await expect(save(restarted, 'One two three')).rejects.toThrow('changed elsewhere');
  expect(sent).toEqual([]);
  // Told once: saving again is the person's word.
  await save(restarted, 'One two three');
  expect(sent).toEqual(['One two three']);
  // What another session saved is what is known there.
  await save(session(), 'One two four');
  expect(sent).toEqual(['One two three', 'One two four']);
});
