import type * as vscode from 'vscode';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MissingPart } from '../../../src/core/buffer/missingPart.ts';
import { permissions } from '../../../src/core/buffer/permissions.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const closing = vi.hoisted(() => ({ listeners: [] as ((document: { uri: unknown }) => void)[] }));
vi.mock('vscode', async () => {
  const { vscodeStub } = await import('../support/vscodeStub.ts');
  const languages = { registerCodeLensProvider: () => ({ dispose: () => undefined }) };
  const onDidCloseTextDocument = (listener: (document: { uri: unknown }) => void) => {
    closing.listeners.push(listener);
    return { dispose: () => undefined };
  };
  const Range = function () {} as unknown;
  class CodeLens {
    readonly command: unknown;
    constructor(_range: unknown, command: unknown) {
      this.command = command;
    }
  }
  return { ...vscodeStub, languages, Range, CodeLens, workspace: { ...vscodeStub.workspace, onDidCloseTextDocument } };
});

const { UpdateHeader } = await import('../../../src/documents/updateHeader.ts');
const { QueueStore } = await import('../../../src/core/queue/queueStore.ts');
const { updateUri } = await import('../../../src/ui/updateUri.ts');

const sandbox = await ownSandbox();

beforeEach(() => {
  sandbox.reset();
  closing.listeners.length = 0;
});

/** The documents of a window, by what its credential was given; a key where left out. */
async function documents(scopes?: readonly string[], knows = true) {
  const missing: MissingPart[] = [];
  const failed: unknown[] = [];
  if (scopes) sandbox.state.grantAccess('granted', sandbox.state.users[0]!.id, sandbox.state.now() + 3600, scopes);
  const api = clientOf(sandbox, 'graphql', {
    ...(scopes && { token: () => Promise.resolve('granted'), ...(knows && { scopes }) }),
    onMissing: (parts) => void missing.push(...parts),
  });
  const store = new QueueStore(() => 20, newMemory());
  store.connect(api);
  store.onDidFail((error) => failed.push(error));
  await store.loadProfiles();
  await store.loadList(ids.bluesky, 'sent');
  await store.loadList(ids.bluesky, 'pending');
  const [sent, pending] = (['sent', 'pending'] as const).map((section) => store.list(ids.bluesky, section).items[0]!);
  const header = new UpdateHeader(store, () => undefined);
  let told = 0;
  header.onDidChangeCodeLenses(() => void told++);
  sandbox.resetRequests();
  const lenses = async ({ id, text }: { readonly id: string; readonly text: string }) =>
    (await header.provideCodeLenses({ uri: updateUri({ id, text }), getText: () => text } as vscode.TextDocument)).flatMap(({ command }) =>
      command!.title.startsWith('$(comment) ') ? [command!] : [],
    );
  /** What stands there once everything that was asked for is answered. */
  const settled = async (update: { readonly id: string; readonly text: string }) => {
    await lenses(update);
    const asked = sandbox.requests().length;
    if (asked) await new Promise((resolve) => setTimeout(resolve, 50));
    return lenses(update);
  };
  const close = ({ id, text }: { readonly id: string; readonly text: string }) => {
    for (const each of closing.listeners) each({ uri: updateUri({ id, text }) });
  };
  return { store, sent: sent!, pending: pending!, lenses, settled, close, missing, failed, told: () => told };
}

const requests = () => sandbox.requests().map(({ operationName }) => operationName);

function write(updateId: string): void {
  sandbox.state.notes.set(updateId, [
    { id: 'n2', text: 'Said $(star) **it**,\nand more', author: { name: null, email: 'guild@larkspur.example' }, createdAt: 1_780_000_600 },
    { id: 'n1', text: `Well done. ${'👍🏽'.repeat(200)}`, author: { name: 'Ann', email: '' }, createdAt: 1_780_000_000 },
    { id: 'n3', text: '  ', createdAt: 1_780_000_900 },
    { id: 'n4', text: 'By nobody', createdAt: 1_780_001_000 },
  ]);
}

test('stand above what was sent, oldest first, for one request each time it is opened', async () => {
  const { sent, lenses, close, told } = await documents();
  write(sent.id);
  expect(await lenses(sent)).toEqual([]);
  await expect.poll(told).toBe(1);
  const notes = await lenses(sent);
  expect(notes.map(({ title, command }) => [title, command])).toEqual([
    [`$(comment) Note by Ann: Well done. ${'👍🏽'.repeat(109)}…`, ''],
    // What others wrote is text.
    ['$(comment) Note by guild@larkspur.example: Said $\u2060(star) **it**, and more', ''],
    ['$(comment) Note: By nobody', ''],
  ]);
  expect(notes[1]!.tooltip).toMatch(/^Said \$\(star\) \*\*it\*\*,\nand more\n\n.*\d/u);
  await lenses(sent);
  expect(requests()).toEqual(['CollaborationNotes']);
  close(sent);
  await lenses(sent);
  await expect.poll(told).toBe(2);
  expect(requests()).toEqual(['CollaborationNotes', 'CollaborationNotes']);
});

test('cost nothing where an update is edited, nor without the permission for them', async () => {
  const key = await documents();
  write(key.pending.id);
  expect(await key.settled(key.pending)).toEqual([]);
  expect(requests()).toEqual([]);
  const without = await documents(permissions);
  write(without.sent.id);
  expect(await without.settled(without.sent)).toEqual([]);
  expect([requests(), without.missing, without.failed]).toEqual([[], [], []]);
  const given = await documents([...permissions, 'notes:read']);
  write(given.sent.id);
  await given.lenses(given.sent);
  await expect.poll(given.told).toBe(1);
  expect(await given.lenses(given.sent)).toHaveLength(3);
});

test.each(['refused', 'unknown'] as const)('that are %s leave no trace, and are asked for once', async (how) => {
  const { sent, lenses, settled, missing, failed, told, store } = await documents(how === 'refused' ? permissions : undefined, false);
  write(sent.id);
  if (how === 'unknown') sandbox.state.lacking.add('Query.collaborationNotes');
  expect(await store.notes(sent.id)).toEqual([]);
  expect(await settled(sent)).toEqual([]);
  expect([requests(), told()]).toEqual([['CollaborationNotes'], 0]);
  await store.loadList(ids.mastodon, 'sent');
  expect(await lenses(sent)).toEqual([]);
  expect([requests(), missing, failed]).toEqual([['CollaborationNotes', 'Sent'], [], []]);
});

test('that could not be read for now are read with the next opening', async () => {
  const { sent, lenses, close, missing, failed, told } = await documents();
  write(sent.id);
  sandbox.faults.add({ kind: 'status', status: 503, times: 9, match: { operation: 'CollaborationNotes' } });
  await lenses(sent);
  await expect.poll(() => requests().length).toBeGreaterThan(0);
  close(sent);
  sandbox.faults.clear();
  await expect
    .poll(async () => {
      close(sent);
      await lenses(sent);
      return told();
    })
    .toBeGreaterThan(0);
  expect([missing, failed]).toEqual([[], []]);
});
