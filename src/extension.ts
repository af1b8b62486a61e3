import * as vscode from 'vscode';
import { BufferAccount, providerId } from './account/account.ts';
import { askForToken } from './account/askForToken.ts';
import { signInToSandbox } from './account/sandboxSignIn.ts';
import { SignInPrompt } from './account/signInPrompt.ts';
import { createRestV1 } from './buffer/restV1.ts';
import { mayLeave } from './commands/accountCommands.ts';
import { registerCommands } from './commands/commands.ts';
import { Failures } from './commands/failures.ts';
import { showUpdate } from './commands/showUpdate.ts';
import { Composers } from './composer/composers.ts';
import { DraftStore } from './composer/draftStore.ts';
import { DraftTree } from './composer/draftTree.ts';
import { Avatars } from './queue/avatars.ts';
import { rememberProfiles } from './queue/lastProfiles.ts';
import { QueueDragAndDrop } from './queue/queueDragAndDrop.ts';
import { QueueStore } from './queue/queueStore.ts';
import { QueueTree } from './queue/queueTree.ts';
import { QueueView } from './queue/queueView.ts';
import { UpdateDiagnostics } from './queue/updateDiagnostics.ts';
import { UpdateFileSystem } from './queue/updateFileSystem.ts';
import { updateScheme } from './queue/updateUri.ts';
import { settings } from './settings.ts';

/** Makes the parts, hands each what it needs, and registers them. Nothing here asks the network for anything. */
export async function activate(context: vscode.ExtensionContext): Promise<unknown> {
  const log = vscode.window.createOutputChannel('Buffer', { log: true });
  const connectTo = (token: () => Promise<string | undefined>) =>
    createRestV1({ baseUrl: settings.apiUrl, token, log: (line) => log.debug(line) });
  const whoHas = (token: string) => connectTo(() => Promise.resolve(token)).account();

  const account = new BufferAccount({
    secrets: context.secrets,
    apiUrl: () => settings.apiUrl,
    signIn: () => askForToken(whoHas),
    mayLeave: () => mayLeave(updateScheme),
  });
  const store = new QueueStore(() => settings.pageSize, context.globalState);
  const avatars = new Avatars(
    vscode.Uri.joinPath(context.globalStorageUri, 'avatars'),
    vscode.Uri.joinPath(context.extensionUri, 'media'),
  );
  const tree = new QueueTree(store, avatars);
  const signInPrompt = new SignInPrompt();
  const failures = new Failures(log, signInPrompt);
  const move = failures.telling(({ updateId }: { updateId: string }, index: number) => store.move(updateId, index));
  const view = new QueueView(store, tree, new QueueDragAndDrop(store, move));

  const updateFiles = new UpdateFileSystem(store);
  const drafts = new DraftStore(vscode.Uri.joinPath(context.globalStorageUri, 'drafts'));
  const composers = new Composers({
    store,
    drafts,
    log,
    memory: context.globalState,
    windowMemory: context.workspaceState,
    windowFolder: context.storageUri ?? context.globalStorageUri,
    extensionUri: context.extensionUri,
    showUpdate: (updateId) => showUpdate({ store, tree, view: view.tree }, updateId),
  });

  /** Follows who is signed in, in this window or another, and where. */
  const follow = async () => {
    const isSignedIn = await account.token().then(Boolean, (error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      return false;
    });
    store.connect(isSignedIn ? connectTo(() => account.token()) : undefined);
    await view.show(isSignedIn);
  };
  const forget = () => Promise.all([store.forget(), avatars.clear(), rememberProfiles(context.globalState, undefined)]);

  context.subscriptions.push(
    log,
    account,
    avatars,
    tree,
    view,
    vscode.authentication.registerAuthenticationProvider(providerId, 'Buffer', account),
    updateFiles,
    vscode.workspace.registerFileSystemProvider(updateScheme, updateFiles, { isCaseSensitive: true }),
    new UpdateDiagnostics(store),
    drafts,
    composers,
    new DraftTree(drafts, store),
    account.onDidChangeSessions(({ removed }) => {
      signInPrompt.reset();
      if (removed?.length) void forget();
      void follow();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('buffer.apiUrl')) void account.follow();
    }),
    store.onDidFail((error) => {
      if (error.kind === 'unauthorized') void signInPrompt.showOnce(error.message);
    }),
    ...registerCommands({ account, store, tree, composers, drafts, view: view.tree, failures, log, memory: context.globalState }),
  );

  await signInToSandbox(account, whoHas);
  await follow();
  void drafts.load();
  return SANDBOX_BUILD ? { composers } : undefined;
}
