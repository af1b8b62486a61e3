// The entry of the extension in the window tests: the extension as it is, which can be ended and started anew within a
// running window, as if its window had just been opened by somebody who was never here.
import { rm } from 'node:fs/promises';
import { commands, type ExtensionContext, type Memento, type SecretStorage } from 'vscode';
import type * as ExtensionModule from '../../../src/extension.ts';

type Extension = Pick<typeof ExtensionModule, 'activate' | 'deactivate'>;

/** What the driver finds as the extension's exports. */
export interface Restartable {
  /** Ends the extension, and forgets all that it kept. */
  end(): Promise<void>;
  start(): Promise<void>;
  /** Starts it anew with all that it kept, and with a keyring that nobody can read. */
  lock(): Promise<void>;
  unlock(): void;
}

/** What the extension says of itself to `when` clauses once something has changed; a new window knows nothing of these. */
const contexts = ['hasDrafts', 'hasOutbox', 'hasNoProfiles', 'hasFailed', 'composerInSidebar', 'byDay'];

export async function activate(context: ExtensionContext): Promise<Restartable> {
  // The bundle beside this file.
  const extension = (await import(new URL('./extension.js', import.meta.url).href)) as Extension;
  let subscriptions: ExtensionContext['subscriptions'] = [];
  let isLocked = false;
  const secrets = lockable(context.secrets, () => isLocked);

  const start = async () => {
    subscriptions = [];
    const own = Object.create(context, { subscriptions: { value: subscriptions }, secrets: { value: secrets } }) as ExtensionContext;
    await extension.activate(own);
  };
  const stop = async () => {
    // In the order in which VS Code does it.
    await extension.deactivate();
    for (const each of subscriptions.splice(0)) await each.dispose();
  };
  const end = async () => {
    await stop();
    isLocked = false;
    await forget(context.globalState);
    await forget(context.workspaceState);
    await forgetSecrets(context.secrets);
    for (const each of contexts) await commands.executeCommand('setContext', `buffer.${each}`, undefined);
    for (const folder of [context.globalStorageUri, context.storageUri])
      if (folder) await rm(folder.fsPath, { recursive: true, force: true, maxRetries: 5 });
  };

  context.subscriptions.push({ dispose: () => subscriptions.forEach((each) => void each.dispose()) });
  const lock = async () => {
    await stop();
    isLocked = true;
    await start();
  };
  await start();
  return { end, start, lock, unlock: () => void (isLocked = false) };
}

/** The keyring of VS Code, which can be as one that is locked. */
function lockable(secrets: KeyedSecrets, isLocked: () => boolean): KeyedSecrets {
  const ask = async <Answer>(question: () => Thenable<Answer>) => {
    if (isLocked()) throw new Error('The keyring is locked.');
    return question();
  };
  return {
    get: (key) => ask(() => secrets.get(key)),
    store: (key, value) => ask(() => secrets.store(key, value)),
    delete: (key) => ask(() => secrets.delete(key)),
    keys: () => ask(async () => (await secrets.keys?.()) ?? []),
    onDidChange: secrets.onDidChange,
  };
}

async function forget(memory: Memento): Promise<void> {
  for (const key of memory.keys()) await memory.update(key, undefined);
}

/** What lists its keys is newer than the oldest VS Code that the types are of. */
type KeyedSecrets = SecretStorage & { keys?(): Thenable<string[]> };

async function forgetSecrets(secrets: KeyedSecrets): Promise<void> {
  for (const key of (await secrets.keys?.()) ?? []) await secrets.delete(key);
}
