import { afterEach, describe, expect, test, vi } from 'vitest';
import { BufferAccount } from '../../../src/account/account.ts';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { clientOf } from '../../sandbox/client.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { Keyring } from '../support/keyring.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();
afterEach(() => void vi.useRealTimers());

const locked = () => Promise.reject(new Error('The keyring is locked.'));
const never = () => new Promise<never>(() => {});

function open(keyring: Keyring) {
  const told: (() => void)[] = [];
  const account = new BufferAccount({
    secrets: keyring.window(),
    address: () => sandbox.url,
    signIn: () => Promise.reject(new Error('Not asked for here.')),
    mayLeave: () => Promise.resolve(true),
    keepGrant: () => Promise.reject(new Error('Not asked for here.')),
    keyringFailed: (again) => void told.push(again),
    patience: 1_000,
  });
  let changes = 0;
  account.onDidChangeSessions(() => void changes++);
  return { account, told, changes: () => changes };
}

/** A window that opens while the keyring of a person who is signed in misbehaves. */
async function openWith(misbehaves: () => Promise<never>) {
  const keyring = new Keyring();
  await open(keyring).account.adopt({ credential: { token: sandbox.token }, api: 'v1', account: { id: 'a', label: 'A' } });
  keyring.beforeGet = misbehaves;
  vi.useFakeTimers();
  const window = open(keyring);
  const failed = window.account.connection().then(
    () => undefined,
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(1_000);
  return { ...window, keyring, failed };
}

describe.each([
  ['fails', locked],
  ['hangs', never],
])('a keyring that %s', (_, misbehaves) => {
  test('is told once, and who is signed in follows by itself as soon as it answers', async () => {
    const { account, told, changes, keyring, failed } = await openWith(misbehaves);
    expect(await failed).toBeInstanceOf(Error);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told).toHaveLength(1);
    expect(changes()).toBe(0);
    keyring.beforeGet = () => Promise.resolve();
    keyring.letGo();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(changes()).toBe(1);
    expect(await (await account.connection())!.token()).toBe(sandbox.token);
  });

  test('is tried again when the person says so', async () => {
    const { told, changes, keyring } = await openWith(misbehaves);
    keyring.beforeGet = () => Promise.resolve();
    keyring.letGo();
    told[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(changes()).toBe(1);
  });

  test('in the middle of a session is followed by the same one', async () => {
    const { account, changes, keyring } = await openWith(() => Promise.reject(new Error('Not yet.')));
    keyring.beforeGet = () => Promise.resolve();
    await account.follow();
    keyring.beforeGet = misbehaves;
    const failed = account.follow().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    await failed;
    const before = changes();
    keyring.beforeGet = () => Promise.resolve();
    keyring.letGo();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(changes()).toBe(before + 1);
  });
});

describe.each(apiNames)('a token for %s that cannot be read', (service) => {
  const good = service === 'v1' ? sandbox.token : sandbox.graphqlToken;
  const create = (token: () => Promise<string>, timeout = 5_000) =>
    clientOf(sandbox, service, { token, pause: 1, timeout }).create(
      { profileIds: [ids.bluesky], text: 'New', when: 'queue' },
      () => 'bluesky',
    );

  test('once is read again, for a write as well', async () => {
    let tries = 0;
    const made = await create(() => (tries++ === 0 ? locked() : Promise.resolve(good)));
    expect(made.updates).toHaveLength(1);
  });

  test('says nothing of the token: it is waited for, and nobody has to sign in', async () => {
    expect(await failureOf(create(locked))).toMatchObject({ kind: 'offline', outcome: 'notDone' });
  });

  test('is not waited for without end', async () => {
    expect(await failureOf(create(never, 20))).toMatchObject({ kind: 'offline', outcome: 'notDone' });
  });
});
