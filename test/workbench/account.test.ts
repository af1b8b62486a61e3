import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { BufferAccount } from '../../src/account/account.ts';
import { GrantKeeper } from '../../src/account/grantKeeper.ts';
import { newMemory } from '../harness/memory.ts';

/**
 * A keyring that several windows share, as VS Code's is on a desktop: each hears of every change, also of its own, and
 * before the write is over. The one of the VS Code that runs these tests belongs to one window alone.
 */
class SharedKeyring {
  readonly #secrets = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  isBroken = false;

  window(): vscode.SecretStorage {
    return {
      get: async (key) => {
        if (this.isBroken) throw new Error('The keyring is locked.');
        return this.#secrets.get(key);
      },
      store: async (key, value) => {
        this.#secrets.set(key, value);
        this.#changed.fire({ key });
      },
      delete: async (key) => {
        this.#secrets.delete(key);
        this.#changed.fire({ key });
      },
      onDidChange: this.#changed.event,
    };
  }
}

const tokenOf = async (account: BufferAccount) => (await account.connection())?.token();

describe('the account in several windows', () => {
  const person = { id: 'a1', label: 'Someone' };
  let apiUrl: string;
  let keyring: SharedKeyring;
  const newWindow = () => {
    const account = new BufferAccount({
      secrets: keyring.window(),
      memory: newMemory(),
      forget: () => {},
      address: () => apiUrl,
      signIn: () => Promise.resolve({ credential: { token: 'token-1' }, api: 'v1', account: person }),
      mayLeave: () => Promise.resolve(true),
      keepGrant: (store) => new GrantKeeper({ store, folder: tmpdir(), refresh: () => Promise.reject(new Error('Not asked for here.')) }),
    });
    const events: string[] = [];
    account.onDidChangeSessions(({ added, removed }) => events.push(...(removed ?? []).map(() => 'out'), ...(added ?? []).map(() => 'in')));
    return { account, events };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  beforeEach(() => {
    apiUrl = 'https://api.example.com/1';
    keyring = new SharedKeyring();
  });

  it('signing in and out in one is followed in the other, each told once', async () => {
    const [one, other] = [newWindow(), newWindow()];
    await one.account.createSession();
    await settled();
    assert.equal(await tokenOf(other.account), 'token-1');
    await other.account.removeSession();
    await settled();
    assert.equal(await tokenOf(one.account), undefined);
    assert.deepEqual(
      [one.events, other.events],
      [
        ['in', 'out'],
        ['in', 'out'],
      ],
    );
  });

  it('a token is used for no other address than it was given for', async () => {
    const { account, events } = newWindow();
    await account.createSession();
    apiUrl = 'https://evil.example';
    await account.follow();
    assert.equal(await tokenOf(account), undefined);
    assert.deepEqual(await account.getSessions(), []);
    apiUrl = 'https://api.example.com/1';
    await account.follow();
    assert.equal(await tokenOf(account), 'token-1');
    assert.deepEqual(events, ['in', 'out', 'in']);
  });

  it('a keyring that fails once is asked again', async () => {
    const { account } = newWindow();
    await account.createSession();
    const { account: later } = newWindow();
    keyring.isBroken = true;
    await assert.rejects(() => tokenOf(later));
    keyring.isBroken = false;
    assert.equal(await tokenOf(later), 'token-1');
  });
});
