import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { BufferAccount } from '../../../src/account/account.ts';
import { Connections } from '../../../src/account/connections.ts';
import { AccountFollower, type FollowedParts } from '../../../src/commands/followAccount.ts';
import { createCore } from '../../../src/core/createCore.ts';
import { newMemory } from '../../harness/memory.ts';
import { failureOf } from '../support/failureOf.ts';
import { Keyring } from '../support/keyring.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();
afterEach(() => void vi.restoreAllMocks());

const quiet = () => {};
const noLog = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** A window with everything behind the sidebar; of the sidebar itself only what it is told. */
async function open(keyring: Keyring, showIdeas: () => unknown = quiet) {
  const folder = await temporaryFolder();
  const memory = newMemory();
  const account = new BufferAccount({
    secrets: keyring.window(),
    memory,
    forget: quiet,
    address: () => sandbox.url,
    signIn: () => Promise.reject(new Error('Not asked for here.')),
    mayLeave: () => Promise.resolve(true),
    keepGrant: () => Promise.reject(new Error('Not asked for here.')),
  });
  const connections = new Connections({
    address: () => sandbox.url,
    userAgent: 'QueueForBuffer/test',
    folder,
    log: noLog,
    onBudget: quiet,
    onMissing: quiet,
  });
  const core = createCore({ folder, memory, pageSize: () => 20, log: quiet });
  const shown: string[] = [];
  const view = {
    show: (connection: unknown, isLocked: boolean) => void shown.push(connection ? 'signed in' : isLocked ? 'locked' : 'signed out'),
    followRateLimiter: quiet,
  };
  const parts = {
    account,
    connections,
    core,
    view,
    tree: { filteredBy: [] },
    ideaTree: { show: showIdeas },
    log: noLog,
    memory,
    windowMemory: memory,
  };
  const follower = new AccountFollower(parts as unknown as FollowedParts);
  account.onDidChangeSessions(() => follower.follow());
  onTestFinished(() => {
    for (const each of [core, connections, account]) each.dispose();
  });
  return { account, core, follower, shown };
}

test('a keyring that does not tell is no sign-out: everything says so until it does', async () => {
  vi.spyOn(vscode.commands, 'executeCommand');
  const keyring = new Keyring();
  const before = await open(keyring);
  await before.account.adopt({ credential: { token: sandbox.token }, api: 'v1', account: { id: 'a', label: 'A' } });
  keyring.beforeGet = () => Promise.reject(new Error('The keyring is locked.'));
  const { account, core, follower, shown } = await open(keyring);
  await follower.follow();
  expect(shown).toEqual(['locked']);
  expect(await failureOf(core.store.refresh())).toMatchObject({ kind: 'offline', remedy: 'keyring' });
  expect(await failureOf(account.follow())).toMatchObject({ remedy: 'keyring' });
  keyring.beforeGet = () => Promise.resolve();
  await account.follow();
  await vi.waitFor(() => expect(shown).toEqual(['locked', 'signed in']));
  await core.store.refresh();
  expect(core.store.profiles.items.length).toBeGreaterThan(0);
});

test('a keyring that tells of nobody after all shows a sign-out', async () => {
  const keyring = new Keyring();
  keyring.beforeGet = () => Promise.reject(new Error('The keyring is locked.'));
  const { account, core, follower, shown } = await open(keyring);
  await follower.follow();
  keyring.beforeGet = () => Promise.resolve();
  await account.follow();
  await vi.waitFor(() => expect(shown).toEqual(['locked', 'signed out']));
  expect(await failureOf(core.store.refresh())).toMatchObject({ kind: 'unauthorized' });
});

test('who signs out while the words for a sign-in are loaded is signed out everywhere', async () => {
  const keyring = new Keyring();
  const before = await open(keyring);
  await before.account.adopt({ credential: { token: sandbox.token }, api: 'v1', account: { id: 'a', label: 'A' } });
  const loading = Promise.withResolvers<undefined>();
  const waits = [loading.promise];
  const { account, core, follower, shown } = await open(keyring, () => waits.shift());
  const first = follower.follow();
  await vi.waitFor(() => expect(waits).toEqual([]));
  await account.removeSession();
  await vi.waitFor(() => expect(shown).toEqual(['signed out']));
  loading.resolve(undefined);
  await first;
  expect(shown).toEqual(['signed out']);
  expect(await failureOf(core.store.refresh())).toMatchObject({ kind: 'unauthorized' });
});
