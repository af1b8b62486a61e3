import { expect, test, vi } from 'vitest';
import { newMemory } from '../../harness/memory.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { vscodeStub } from '../support/vscodeStub.ts';

// The extension host restarts with documents that were edited: only here can one restart without the other.
vi.mock('vscode', async () => {
  const { vscodeStub } = await import('../support/vscodeStub.ts');
  const nothing = () => ({ dispose: () => undefined });
  const workspace = { ...vscodeStub.workspace, onWillSaveTextDocument: nothing, onDidCloseTextDocument: nothing };
  return { ...vscodeStub, workspace };
});

const { UpdateFileSystem } = await import('../../../src/documents/updateFileSystem.ts');
const { queueWindow } = await import('../support/queueWindow.ts');

const sandbox = await ownSandbox();

test('a document that comes back with its edits is in conflict with what was changed elsewhere', async () => {
  const profile = sandbox.state.profiles.find(({ id }) => id === ids.mastodon)!;
  const held = sandbox.state.add(profile, { text: 'One two', when: 'queue' });
  const uri = vscodeStub.Uri.from({ scheme: 'buffer', path: `/${held.id}/Any.update` }) as never;
  const memory = newMemory();
  const session = () => new UpdateFileSystem(queueWindow(sandbox).store, () => Promise.resolve(), memory);
  const save = (files: InstanceType<typeof UpdateFileSystem>, text: string) => files.writeFile(uri, new TextEncoder().encode(text));
  const atBuffer = () => sandbox.state.updates.get(held.id)!.text;

  await session().readFile(uri);
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
  const profile = sandbox.state.profiles.find(({ id }) => id === ids.mastodon)!;
  const held = sandbox.state.add(profile, { text: 'Not remembered', when: 'queue' });
  const uri = vscodeStub.Uri.from({ scheme: 'buffer', path: `/${held.id}/Any.update` }) as never;
  const memory = { get: () => undefined, update: () => Promise.reject(new Error('full')) };
  const files = new UpdateFileSystem(queueWindow(sandbox).store, () => Promise.resolve(), memory);
  expect(new TextDecoder().decode(await files.readFile(uri))).toBe('Not remembered');
  await files.writeFile(uri, new TextEncoder().encode('Sent all the same'));
  expect(sandbox.state.updates.get(held.id)!.text).toBe('Sent all the same');
});
