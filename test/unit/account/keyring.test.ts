import { afterEach, describe, expect, test, vi } from 'vitest';
import { CancellationError } from 'vscode';
import { BufferAccount, type SignedIn } from '../../../src/account/account.ts';
import type { Memento } from '../../../src/core/files/memento.ts';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { failureOf } from '../support/failureOf.ts';
import { ids } from '../support/ids.ts';
import { Keyring } from '../support/keyring.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();
afterEach(() => void vi.useRealTimers());

const locked = () => Promise.reject(new Error('The keyring is locked.'));
const never = () => new Promise<never>(() => {});

const memories = new WeakMap<Keyring, Memento>();

function open(keyring: Keyring) {
  const told: (() => void)[] = [];
  const kept: (() => Promise<boolean>)[] = [];
  const forgotten: string[] = [];
  // What windows of one person remember is the same, too.
  const memory = memories.get(keyring) ?? newMemory();
  memories.set(keyring, memory);
  let mayStoreAgain = 0;
  const account = new BufferAccount({
    secrets: keyring.window(),
    memory,
    forget: () => void forgotten.push('all'),
    keptAfterAll: (again) => void kept.push(again),
    storeAgain: () => Promise.resolve(mayStoreAgain-- > 0),
    address: () => sandbox.url,
    signIn: () => Promise.reject(new Error('Not asked for here.')),
    mayLeave: () => Promise.resolve(true),
    keepGrant: () => Promise.reject(new Error('Not asked for here.')),
    keyringFailed: (again) => void told.push(again),
    patience: 1_000,
  });
  let changes = 0;
  account.onDidChangeSessions(() => void changes++);
  return { account, told, kept, forgotten, changes: () => changes, storeAgain: (times: number) => void (mayStoreAgain = times) };
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

const signedIn = (id: string): SignedIn => ({ credential: { token: sandbox.token }, api: 'v1', account: { id, label: id } });

describe.each([
  ['fails', locked],
  ['hangs', never],
])('signing out while the keyring %s', (_, misbehaves) => {
  const works = (keyring: Keyring) => {
    keyring.beforeGet = keyring.beforeChange = () => Promise.resolve();
    keyring.letGo();
  };
  const isIn = async ({ account }: ReturnType<typeof open>) => (await account.connection()) !== undefined;

  test.each([
    ['nothing but the deleting', false],
    ['everything', true],
  ])('empties this computer, if %s does', async (_what, alsoReading) => {
    const keyring = new Keyring();
    const window = open(keyring);
    await window.account.adopt(signedIn('a'));
    const other = open(keyring);
    const [mine, theirs] = [(await window.account.connection())!, (await other.account.connection())!];
    expect(await theirs.token()).toBe(sandbox.token);
    vi.useFakeTimers();
    keyring.beforeChange = misbehaves;
    if (alsoReading) keyring.beforeGet = misbehaves;
    const done = window.account.removeSession();
    await vi.advanceTimersByTimeAsync(0);
    // At once, not after what a keyring may take.
    expect(window.forgotten).toEqual(['all']);
    expect(await isIn(window)).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    expect(window.kept).toHaveLength(1);
    expect(await mine.token()).toBe('');
    expect(await theirs.token()).toBe('');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(other.forgotten).toEqual(['all']);
    const afterRestart = open(keyring);
    const looks = isIn(afterRestart);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await looks).toBe(false);
    expect(keyring.size).toBe(1);
    works(keyring);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(keyring.size).toBe(0);
    expect([await isIn(window), await isIn(other), await isIn(afterRestart)]).toEqual([false, false, false]);
  });

  test('empties it of somebody whom it never told, too', async () => {
    const { account, keyring, failed, forgotten } = await openWith(misbehaves);
    await failed;
    keyring.beforeChange = misbehaves;
    const done = account.removeSession();
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    expect(forgotten).toEqual(['all']);
    expect(await account.connection()).toBeUndefined();
    works(keyring);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(keyring.size).toBe(0);
    expect(await account.connection()).toBeUndefined();
  });

  test('takes nothing of whoever signs in next', async () => {
    const keyring = new Keyring();
    const [window, other] = [open(keyring), open(keyring)];
    await window.account.adopt(signedIn('a'));
    vi.useFakeTimers();
    keyring.beforeChange = misbehaves;
    const done = window.account.removeSession();
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
    works(keyring);
    await other.account.adopt(signedIn('b'));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await window.kept[0]!()).toBe(true);
    expect((await window.account.connection())?.account.id).toBe('b');
    expect((await open(keyring).account.connection())?.account.id).toBe('b');
  });

  test('says so in words that offer another try', async () => {
    const { account, keyring } = await openWith(misbehaves);
    const asked = account.connection().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await asked).toMatchObject({ name: 'BufferError', remedy: 'keyring', message: expect.stringContaining('keyring') as string });
    works(keyring);
    await vi.advanceTimersByTimeAsync(120_000);
  });
});

describe('a sign-in that the keyring does not take', () => {
  test('is stored in another try, without being asked for once more', async () => {
    const keyring = new Keyring();
    const { account, storeAgain } = open(keyring);
    let tries = 0;
    keyring.beforeChange = () => (tries++ < 2 ? locked() : Promise.resolve());
    storeAgain(2);
    await account.adopt(signedIn('a'));
    expect((await account.connection())?.account.id).toBe('a');
  });

  test('leaves whoever was signed in before, where the person gives up', async () => {
    const keyring = new Keyring();
    const { account } = open(keyring);
    await account.adopt(signedIn('a'));
    keyring.beforeChange = locked;
    await expect(account.adopt(signedIn('b'))).rejects.toBeInstanceOf(CancellationError);
    expect((await account.connection())?.account.id).toBe('a');
  });

  test('leaves nobody, where the one before had signed out', async () => {
    const keyring = new Keyring();
    const { account } = open(keyring);
    await account.adopt(signedIn('a'));
    keyring.beforeChange = locked;
    await account.removeSession();
    await expect(account.adopt(signedIn('b'))).rejects.toBeInstanceOf(CancellationError);
    expect(await account.connection()).toBeUndefined();
  });
});

test('what is renewed while somebody signs out signs nobody in again', async () => {
  const keyring = new Keyring();
  const { account } = open(keyring);
  await account.adopt(signedIn('a'));
  const stored = keyring.window();
  const late = await stored.get('buffer.session');
  await account.removeSession();
  await stored.store('buffer.session', late!);
  await account.follow();
  expect(await account.connection()).toBeUndefined();
  expect(keyring.size).toBe(0);
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
