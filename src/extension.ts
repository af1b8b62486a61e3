import * as vscode from 'vscode';
import { type Connection, providerId } from './account/account.ts';
import { Connections } from './account/connections.ts';
import { createAccount } from './account/createAccount.ts';
import { signInToSandbox } from './account/sandboxSignIn.ts';
import { SignInAnswers } from './account/signInAnswers.ts';
import { SignInPrompt } from './account/signInPrompt.ts';
import { registerCommands } from './commands/commands.ts';
import { Failures } from './commands/failures.ts';
import { LazyComposers } from './composer/host/lazyComposers.ts';
import { userAgentOf } from './core/buffer/transport/userAgent.ts';
import { Outbox } from './core/delivery/outbox.ts';
import { OutboxSender, type Owner } from './core/delivery/outboxSender.ts';
import { DraftStore } from './core/drafts/draftStore.ts';
import { DiskCache } from './core/files/diskCache.ts';
import { ideaSnapshotSchema, shortenedIdeas } from './core/ideas/ideaSnapshot.ts';
import { IdeaStore } from './core/ideas/ideaStore.ts';
import { BackgroundRefresh } from './core/queue/backgroundRefresh.ts';
import { rememberProfiles } from './core/queue/lastProfiles.ts';
import { QueueStore } from './core/queue/queueStore.ts';
import { shortened, snapshotSchema } from './core/queue/snapshot.ts';
import { UpdateDiagnostics } from './documents/updateDiagnostics.ts';
import { UpdateFileSystem } from './documents/updateFileSystem.ts';
import { updateScheme } from './documents/updateUri.ts';
import { Avatars } from './sidebar/avatars.ts';
import { DraftTree } from './sidebar/draftTree.ts';
import { IdeaTree } from './sidebar/ideaTree.ts';
import { OutboxTree } from './sidebar/outboxTree.ts';
import { QueueDragAndDrop } from './sidebar/queueDragAndDrop.ts';
import { QueueTree } from './sidebar/queueTree.ts';
import { QueueView } from './sidebar/queueView.ts';
import { settings } from './ui/settings.ts';
import { watchFolder } from './ui/watchFolder.ts';

/** Makes the parts, hands each what it needs, and registers them. Nothing here asks the network for anything. */
export async function activate(context: vscode.ExtensionContext): Promise<unknown> {
  const log = vscode.window.createOutputChannel('Buffer', { log: true });
  const note = (line: string) => log.info(line);
  const userAgent = userAgentOf(context.extension.packageJSON);
  const own = context.globalStorageUri;
  const folder = (...names: string[]) => vscode.Uri.joinPath(own, ...names);
  const memory = context.globalState;

  // What is known and written
  const store = new QueueStore(() => settings.pageSize, memory);
  const ideas = new IdeaStore();
  const drafts = new DraftStore(folder('drafts').fsPath);
  const outbox = new Outbox(folder('outbox').fsPath);
  const sender = new OutboxSender({
    store,
    outbox,
    leaving: async ({ draftId, text }, profileIds) => (draftId === undefined ? undefined : drafts.leave(draftId, profileIds, text)),
    log: note,
  });
  const cache = (of: string) => ({ folder: folder('last-known', of).fsPath, log: note });
  const queueCache = new DiskCache({ ...cache('queues'), store, schema: snapshotSchema, shortened });
  const ideaCache = new DiskCache({ ...cache('ideas'), store: ideas, schema: ideaSnapshotSchema, shortened: shortenedIdeas });

  // Who is signed in
  const connections = new Connections({
    address: settings.address,
    userAgent,
    folder: own.fsPath,
    log,
    onBudget: (windows) => view.tellBudget(windows),
    onMissing: (parts) => view.tellMissing(parts),
  });
  const answers = new SignInAnswers({ secrets: context.secrets, log });
  const mayLeave = async () => (await import('./commands/accountCommands.ts')).mayLeave(updateScheme);
  const account = createAccount({ context, folder: own.fsPath, connections, answers, userAgent, log, mayLeave });
  const signInPrompt = new SignInPrompt();
  const failures = new Failures(log, signInPrompt);

  // What is seen
  const avatars = new Avatars(folder('avatars'), vscode.Uri.joinPath(context.extensionUri, 'media'), userAgent);
  const tree = new QueueTree(store, avatars);
  const ideaTree = new IdeaTree(ideas);
  const move = failures.telling(({ updateId }: { updateId: string }, index: number) => store.move(updateId, index));
  const view = new QueueView(store, tree, new QueueDragAndDrop(store, move));
  const updateFiles = new UpdateFileSystem(store, async (edited) => (await import('./commands/tellEdited.ts')).tellLost(edited));
  const showing = { store, tree, view: view.tree };
  const composers = new LazyComposers({
    store,
    outbox,
    sender,
    drafts,
    log,
    memory,
    windowMemory: context.workspaceState,
    windowFolder: context.storageUri ?? own,
    extensionUri: context.extensionUri,
    tellLost: async (edited) => (await import('./commands/tellEdited.ts')).tellLost(edited),
    showUpdate: async (updateId) => (await import('./commands/showUpdate.ts')).showUpdate(showing, updateId),
    showQueue: async (profileId) => (await import('./commands/showUpdate.ts')).showQueue(showing, profileId),
  });

  let connected: ReturnType<Connections['connect']> | undefined;
  const backgroundRefresh = new BackgroundRefresh({
    store,
    circumstances: () => ({
      isLookedAt: vscode.window.state.focused && view.tree.visible,
      isScarce: view.isBudgetScarce || connected?.rateLimiter.waiting !== undefined,
      api: connected?.api.name,
    }),
  });

  /** Follows who is signed in, in this window or another, and where. */
  const follow = async () => {
    const connection = await account.connection().catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      return undefined;
    });
    connected?.rateLimiter.clear();
    connected = connection && connections.connect(connection);
    view.followRateLimiter(connected?.rateLimiter);
    store.connect(connected?.api, queueCache.follow(connection));
    ideas.connect(connected?.api, ideaCache.follow(connection));
    // What waits in the outbox is not tried in vain.
    sender.connect(connection && connected?.api.capabilities.post ? ownerOf(connection) : undefined);
    ideaTree.show(connection ?? {});
    await view.show(connection);
  };
  /** Whoever looks at the queues of a token of v1 is told that it ends. */
  const tellOfEnd = async () => {
    if (view.tree.visible && connected?.api.name === 'v1') await (await import('./account/movingOver.ts')).tellOfV1End(memory);
  };
  const forget = () =>
    Promise.all([store.forget(), queueCache.clear(), ideaCache.clear(), avatars.clear(), rememberProfiles(memory, undefined)]);
  account.onDidChangeSessions(async ({ added, removed }) => {
    signInPrompt.reset();
    if (removed?.length) void forget();
    await follow();
    if (added?.length) await (await import('./account/movingOver.ts')).forgetV1End(memory).then(tellOfEnd);
  });

  context.subscriptions.push(
    ...[
      log,
      account,
      connections,
      queueCache,
      ideaCache,
      avatars,
      tree,
      view,
      backgroundRefresh,
      updateFiles,
      composers,
      ideaTree,
      sender,
      answers,
    ],
    new UpdateDiagnostics(store),
    new DraftTree(drafts, store, outbox),
    new OutboxTree(outbox, sender),
    vscode.authentication.registerAuthenticationProvider(providerId, 'Buffer', account),
    vscode.workspace.registerFileSystemProvider(updateScheme, updateFiles, { isCaseSensitive: true }),
    vscode.window.registerUriHandler(answers),
    vscode.window.onDidChangeWindowState(() => backgroundRefresh.check()),
    view.onDidOpen(() => backgroundRefresh.check()),
    view.onDidOpen(tellOfEnd),
    sender.onDidSend(async (updates, { profiles }) => (await import('./commands/send.ts')).tellSent(updates, profiles)),
    store.onDidAnswer(() => sender.heardFrom()),
    store.onDidFail((error) => error.kind === 'unauthorized' && void signInPrompt.showOnce(error.message)),
    watchFolder(folder('drafts'), () => void drafts.load()),
    watchFolder(folder('outbox'), () => void outbox.load()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('buffer.apiUrl') || change.affectsConfiguration('buffer.graphqlUrl')) void account.follow();
    }),
    ...registerCommands({ account, store, tree, ideas, outbox, sender, composers, drafts, view: view.tree, failures, log, memory }),
  );
  leaving = () => Promise.all([account.settled(), queueCache.settled(), ideaCache.settled()]);

  await signInToSandbox(account, (token) => connections.tryToken(token));
  await follow();
  void drafts.load();
  void outbox.load();
  return SANDBOX_BUILD ? { composers } : undefined;
}

/** Whoever is signed in, as the outbox tells them apart: what waits goes out for nobody else. */
function ownerOf({ api, account, organization }: Connection): Owner {
  const label = organization ? `${account.label}, ${organization.name}` : account.label;
  return { key: [api, account.id, organization?.id].join('/'), label };
}

/** Whatever is under way with the sign-in and the queues is stored before the window closes. */
export async function deactivate(): Promise<void> {
  await leaving?.();
}

let leaving: (() => Promise<unknown>) | undefined;
