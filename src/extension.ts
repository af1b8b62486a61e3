import * as vscode from 'vscode';
import { providerId } from './account/account.ts';
import { Connections } from './account/connections.ts';
import { createAccount } from './account/createAccount.ts';
import { signInToSandbox } from './account/sandboxSignIn.ts';
import { SignInAnswers } from './account/signInAnswers.ts';
import { SignInPrompt } from './account/signInPrompt.ts';
import { registerCommands } from './commands/commands.ts';
import { AccountFollower } from './commands/followAccount.ts';
import { Failures } from './commands/failures.ts';
import { LazyComposers } from './composer/host/lazyComposers.ts';
import type { Edited } from './core/buffer/model.ts';
import { createCore } from './core/createCore.ts';
import { userAgentOf } from './core/buffer/transport/userAgent.ts';
import { lazyCalendar } from './calendar/host/lazyCalendar.ts';
import { BackgroundRefresh } from './core/queue/backgroundRefresh.ts';
import { lazyFigures } from './figures/host/lazyFigures.ts';
import { LazyTemplateFiles } from './documents/lazyTemplateFiles.ts';
import { LazyDocuments } from './documents/lazyDocuments.ts';
import { templateScheme } from './ui/templateScheme.ts';
import { LazyPostFiles } from './postFiles/lazyPostFiles.ts';
import { updateScheme } from './ui/updateScheme.ts';
import { lazyPreviews } from './preview/host/lazyPreviews.ts';
import { Avatars } from './sidebar/avatars.ts';
import { DraftTree } from './sidebar/draftTree.ts';
import { IdeaTree } from './sidebar/ideaTree.ts';
import { LazyNextUpdate } from './sidebar/lazyNextUpdate.ts';
import { OutboxTree } from './sidebar/outboxTree.ts';
import { QueueDragAndDrop } from './sidebar/queueDragAndDrop.ts';
import { QueueTree } from './sidebar/queueTree.ts';
import { QueueView } from './sidebar/queueView.ts';
import { onUnusableSetting, settings } from './ui/settings.ts';
import { watchFolder } from './ui/watchFolder.ts';

/** Makes the parts, hands each what it needs, and registers them. Nothing here asks the network for anything. */
export async function activate(context: vscode.ExtensionContext): Promise<unknown> {
  const log = vscode.window.createOutputChannel('Buffer', { log: true });
  onUnusableSetting((line) => log.warn(line));
  const userAgent = userAgentOf(context.extension.packageJSON);
  const { globalStorageUri: own, globalState: memory, workspaceState: windowMemory, extensionUri } = context;
  const folder = (...names: string[]) => vscode.Uri.joinPath(own, ...names);

  const core = createCore({ folder: own.fsPath, memory, pageSize: () => settings.pageSize, log: (line) => log.info(line) });
  const { store, ideas, templates, drafts, outbox, sender } = core;

  // Who is signed in
  const connections = new Connections({
    address: (api) => settings.address(api),
    userAgent,
    folder: own.fsPath,
    log,
    onBudget: (windows) => view.tellBudget(windows),
    onMissing: (parts) => void view.tellMissing(parts),
  });
  const answers = new SignInAnswers({ secrets: context.secrets, log });
  const mayLeave = async () => (await import('./commands/accountCommands.ts')).mayLeave(updateScheme);
  const forget = () => void Promise.all([core.forget(), avatars.clear()]);
  const account = createAccount({ context, folder: own.fsPath, connections, answers, userAgent, log, mayLeave, forget });
  const signInPrompt = new SignInPrompt();
  const failures = new Failures(log, signInPrompt);

  // What is seen
  const avatars = new Avatars(own, vscode.Uri.joinPath(extensionUri, 'media'), userAgent);
  const tree = new QueueTree(store, avatars);
  const ideaTree = new IdeaTree(ideas, store);
  const move = failures.telling(({ updateId }: { updateId: string }, index: number) => store.move(updateId, index));
  const view = new QueueView(store, tree, new QueueDragAndDrop(store, () => tree.days !== undefined, move));
  const tellLost = async (edited: Edited) => (await import('./commands/tellEdited.ts')).tellLost(edited);
  const documents = new LazyDocuments(
    store,
    tellLost,
    failures.telling((error) => Promise.reject(error as Error)),
    windowMemory,
  );
  const templateFiles = new LazyTemplateFiles(templates);
  const showing = { store, tree, view: view.tree };
  const shared = { store, outbox, sender, drafts, log, memory, windowMemory };
  const composers = new LazyComposers({
    ...shared,
    avatars,
    userAgent,
    windowFolder: context.storageUri ?? own,
    extensionUri,
    tellLost,
    showUpdate: async (updateId) => (await import('./commands/showUpdate.ts')).showUpdate(showing, updateId),
    showQueue: async (profileId) => (await import('./commands/showUpdate.ts')).showQueue(showing, profileId),
  });

  const calendar = lazyCalendar({ ...shared, composers, extensionUri });
  const postFiles = new LazyPostFiles({ store });
  const previews = lazyPreviews({ ...shared, avatars, extensionUri, composers, others: postFiles.previews });
  const figures = lazyFigures({ ...shared, figures: core.figures, budget: () => view.budget, extensionUri });
  const faces = { composers, calendar, previews, figures };

  const follower = new AccountFollower({ account, connections, core, tree, view, ideaTree, log, memory, windowMemory });
  const backgroundRefresh = new BackgroundRefresh({
    store,
    circumstances: () => ({
      isLookedAt: vscode.window.state.focused && view.tree.visible,
      isScarce: view.isBudgetScarce || follower.connected?.rateLimiter.waiting !== undefined,
      api: follower.connected?.api.name,
    }),
  });
  account.onDidChangeSessions(async ({ added }) => {
    signInPrompt.reset();
    await follower.follow();
    if (added?.length) await (await import('./account/movingOver.ts')).forgetV1End(memory).then(() => follower.tellOfEnd());
  });

  context.subscriptions.push(
    ...[log, core, account, connections, avatars, tree, view, backgroundRefresh, documents, composers, previews, ideaTree, answers],
    templateFiles,
    ...[postFiles, calendar, figures],
    new DraftTree(drafts, store, outbox),
    new OutboxTree(outbox, sender),
    new LazyNextUpdate(store),
    vscode.authentication.registerAuthenticationProvider(providerId, 'Buffer', account),
    vscode.workspace.registerFileSystemProvider(updateScheme, documents, { isCaseSensitive: true }),
    vscode.workspace.registerFileSystemProvider(templateScheme, templateFiles, { isCaseSensitive: true }),
    vscode.window.registerUriHandler(answers),
    vscode.window.onDidChangeWindowState(() => backgroundRefresh.check()),
    view.onDidOpen(() => backgroundRefresh.check()),
    view.onDidOpen(() => follower.tellOfEnd()),
    sender.onDidSend(async (updates, { profiles }) =>
      (await import('./commands/send.ts')).tellSent(updates, profiles, store.profiles.items),
    ),
    store.onDidFail((error) => error.kind === 'unauthorized' && void signInPrompt.showOnce(error.message)),
    watchFolder(folder('drafts'), () => void drafts.load()),
    watchFolder(folder('outbox'), () => void outbox.load()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('buffer.apiUrl') || change.affectsConfiguration('buffer.graphqlUrl')) void account.follow();
    }),
    ...registerCommands({ ...shared, ...faces, account, tree, ideas, templates, view: view.tree, queueView: view, failures }),
  );
  leaving = () => Promise.all([account.settled(), core.settled()]);

  await signInToSandbox(account, (token) => connections.tryToken(token));
  await follower.follow();
  void drafts.load();
  void outbox.load();
  return SANDBOX_BUILD ? { composers } : undefined;
}

/** Whatever is under way with the sign-in and the queues is stored before the window closes. */
export async function deactivate(): Promise<void> {
  await leaving?.();
}

let leaving: (() => Promise<unknown>) | undefined;
