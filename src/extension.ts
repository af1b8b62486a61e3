import * as vscode from 'vscode';
import { BufferAccount, type Connection, providerId, type SignedIn } from './account/account.ts';
import type { Grant } from './account/grant.ts';
import { GrantKeeper } from './account/grantKeeper.ts';
import { forgetV1End, tellOfV1End } from './account/movingOver.ts';
import { SignInAnswers, signInWithBrowser } from './account/oauthSignIn.ts';
import { RateLimitFiles } from './core/files/rateLimitFiles.ts';
import { recognise } from './account/recognise.ts';
import { signIn } from './account/signIn.ts';
import { signInToSandbox } from './account/sandboxSignIn.ts';
import { SignInPrompt } from './account/signInPrompt.ts';
import type { BufferApi } from './core/buffer/bufferApi.ts';
import type { ApiName } from './core/buffer/model.ts';
import { createGraphql, type GraphqlOptions } from './core/buffer/graphql/graphqlApi.ts';
import { RateLimiter, rateLimits } from './core/buffer/transport/rateLimiter.ts';
import { createRestV1 } from './core/buffer/restV1/restV1Api.ts';
import { userAgentOf } from './core/buffer/transport/userAgent.ts';
import { mayLeave } from './commands/accountCommands.ts';
import { registerCommands } from './commands/commands.ts';
import { Failures } from './commands/failures.ts';
import { tellSent } from './commands/send.ts';
import { showQueue, showUpdate } from './commands/showUpdate.ts';
import { tellLost } from './commands/tellEdited.ts';
import { Composers } from './composer/host/composers.ts';
import { DraftStore } from './core/drafts/draftStore.ts';
import { DraftTree } from './sidebar/draftTree.ts';
import { Outbox } from './core/delivery/outbox.ts';
import { OutboxSender, type Owner } from './core/delivery/outboxSender.ts';
import { OutboxTree } from './sidebar/outboxTree.ts';
import { ideaSnapshotSchema, shortenedIdeas } from './core/ideas/ideaSnapshot.ts';
import { IdeaStore } from './core/ideas/ideaStore.ts';
import { IdeaTree } from './sidebar/ideaTree.ts';
import { DiskCache } from './core/files/diskCache.ts';
import { Avatars } from './sidebar/avatars.ts';
import { BackgroundRefresh } from './core/queue/backgroundRefresh.ts';
import { rememberProfiles } from './core/queue/lastProfiles.ts';
import { QueueDragAndDrop } from './sidebar/queueDragAndDrop.ts';
import { QueueStore } from './core/queue/queueStore.ts';
import { QueueTree } from './sidebar/queueTree.ts';
import { QueueView } from './sidebar/queueView.ts';
import { shortened, snapshotSchema } from './core/queue/snapshot.ts';
import { UpdateDiagnostics } from './documents/updateDiagnostics.ts';
import { UpdateFileSystem } from './documents/updateFileSystem.ts';
import { updateScheme } from './documents/updateUri.ts';
import { settings } from './ui/settings.ts';
import { watchFolder } from './ui/watchFolder.ts';

/** Makes the parts, hands each what it needs, and registers them. Nothing here asks the network for anything. */
export async function activate(context: vscode.ExtensionContext): Promise<unknown> {
  const log = vscode.window.createOutputChannel('Buffer', { log: true });
  const userAgent = userAgentOf(context.extension.packageJSON);
  const connectTo = (
    api: ApiName,
    options: Pick<GraphqlOptions, 'token' | 'renewToken' | 'rateLimiter' | 'scopes'>,
    organizationId?: string,
  ): BufferApi => {
    const http = {
      ...options,
      baseUrl: settings.address(api),
      userAgent,
      log: (line: string) => log.debug(line),
      logAnswer: (line: string) => log.warn(line),
    };
    return api === 'v1'
      ? createRestV1(http)
      : createGraphql({
          ...http,
          organizationId,
          onBudget: (windows) => view.tellBudget(windows),
          onMissing: (parts) => view.tellMissing(parts),
        });
  };
  /** By credential, so that what it has used up counts on when it is connected anew. */
  const rateLimiters = new Map<string, RateLimiter>();
  const rateLimiterOf = (api: ApiName, accountId: string, first = () => new RateLimiter(rateLimits[api])): RateLimiter => {
    const key = [api, settings.address(api), accountId].join(' ');
    const known = rateLimiters.get(key);
    if (known) return known;
    const rateLimiter = first();
    rateLimiter.share(
      new RateLimitFiles({ folder: vscode.Uri.joinPath(context.globalStorageUri, 'pace').fsPath, key, log: (line) => log.info(line) }),
    );
    rateLimiters.set(key, rateLimiter);
    return rateLimiter;
  };
  const tryToken = async (token: string): Promise<SignedIn> => {
    const tried = { v1: new RateLimiter(rateLimits.v1), graphql: new RateLimiter(rateLimits.graphql) };
    const signedIn = await recognise((api) => connectTo(api, { token: () => Promise.resolve(token), rateLimiter: tried[api] }).account());
    rateLimiterOf(signedIn.api, signedIn.account.id, () => tried[signedIn.api]);
    return { ...signedIn, credential: { token } };
  };
  const answers = new SignInAnswers({ secrets: context.secrets, log });
  const account = new BufferAccount({
    secrets: context.secrets,
    address: (api) => settings.address(api),
    signIn: () => {
      const client = settings.oauthClient;
      const inBrowser = client && (() => signInWithBrowser({ ...client, answers, extensionId: context.extension.id, userAgent }));
      return signIn({ tryToken, inBrowser, log: (line) => log.info(line) });
    },
    mayLeave: () => mayLeave(updateScheme),
    keepGrant: (grants) =>
      new GrantKeeper({
        store: grants,
        folder: vscode.Uri.joinPath(context.globalStorageUri, 'sign-in').fsPath,
        refresh: (grant) => renew(grant, userAgent),
        log: (line) => log.info(line),
      }),
  });
  const store = new QueueStore(() => settings.pageSize, context.globalState);
  const ideas = new IdeaStore();
  const kept = (of: string) => ({
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'last-known', of).fsPath,
    log: (line: string) => log.info(line),
  });
  const lastQueues = new DiskCache({ ...kept('queues'), store, schema: snapshotSchema, shortened });
  const lastIdeas = new DiskCache({ ...kept('ideas'), store: ideas, schema: ideaSnapshotSchema, shortened: shortenedIdeas });
  const avatars = new Avatars(
    vscode.Uri.joinPath(context.globalStorageUri, 'avatars'),
    vscode.Uri.joinPath(context.extensionUri, 'media'),
    userAgent,
  );
  const tree = new QueueTree(store, avatars);
  const ideaTree = new IdeaTree(ideas);
  const signInPrompt = new SignInPrompt();
  const failures = new Failures(log, signInPrompt);
  const move = failures.telling(({ updateId }: { updateId: string }, index: number) => store.move(updateId, index));
  const view = new QueueView(store, tree, new QueueDragAndDrop(store, move));

  const updateFiles = new UpdateFileSystem(store, tellLost);
  const draftFolder = vscode.Uri.joinPath(context.globalStorageUri, 'drafts');
  const drafts = new DraftStore(draftFolder.fsPath);
  const outboxFolder = vscode.Uri.joinPath(context.globalStorageUri, 'outbox');
  const outbox = new Outbox(outboxFolder.fsPath);
  const sender = new OutboxSender({
    store,
    outbox,
    leaving: async ({ draftId, text }, profileIds) => (draftId === undefined ? undefined : drafts.leave(draftId, profileIds, text)),
    log: (line) => log.info(line),
  });
  const composers = new Composers({
    store,
    outbox,
    sender,
    drafts,
    log,
    tellLost,
    memory: context.globalState,
    windowMemory: context.workspaceState,
    windowFolder: context.storageUri ?? context.globalStorageUri,
    extensionUri: context.extensionUri,
    showUpdate: (updateId) => showUpdate({ store, tree, view: view.tree }, updateId),
    showQueue: (profileId) => showQueue({ store, tree, view: view.tree }, profileId),
  });

  let rateLimiter: RateLimiter | undefined;
  let apiName: ApiName | undefined;
  const backgroundRefresh = new BackgroundRefresh({
    store,
    circumstances: () => ({
      isLookedAt: vscode.window.state.focused && view.tree.visible,
      isScarce: view.isBudgetScarce || rateLimiter?.waiting !== undefined,
      api: apiName,
    }),
  });

  /** Follows who is signed in, in this window or another, and where. */
  const follow = async () => {
    const connection = await account.connection().catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      return undefined;
    });
    rateLimiter?.clear();
    rateLimiter = connection && rateLimiterOf(connection.api, connection.account.id);
    apiName = connection?.api;
    view.followRateLimiter(rateLimiter);
    const api = connection && connectTo(connection.api, { ...connection, rateLimiter }, connection.organization?.id);
    store.connect(api, lastQueues.follow(connection));
    ideas.connect(api, lastIdeas.follow(connection));
    // What waits in the outbox is not tried in vain.
    sender.connect(connection && api?.capabilities.post ? ownerOf(connection) : undefined);
    ideaTree.show(connection ?? {});
    await view.show(connection);
  };
  /** Whoever looks at the queues of a token of v1 is told that it ends. */
  const tellOfEnd = async () => {
    if (view.tree.visible && (await account.connection())?.api === 'v1') await tellOfV1End(context.globalState);
  };
  const forget = () =>
    Promise.all([store.forget(), lastQueues.clear(), lastIdeas.clear(), avatars.clear(), rememberProfiles(context.globalState, undefined)]);

  context.subscriptions.push(
    log,
    account,
    lastQueues,
    lastIdeas,
    avatars,
    tree,
    view,
    backgroundRefresh,
    view.onDidOpen(() => backgroundRefresh.check()),
    vscode.window.onDidChangeWindowState(() => backgroundRefresh.check()),
    vscode.authentication.registerAuthenticationProvider(providerId, 'Buffer', account),
    view.onDidOpen(tellOfEnd),
    updateFiles,
    vscode.workspace.registerFileSystemProvider(updateScheme, updateFiles, { isCaseSensitive: true }),
    new UpdateDiagnostics(store),
    watchFolder(draftFolder, () => void drafts.load()),
    composers,
    new DraftTree(drafts, store, outbox),
    ideaTree,
    new OutboxTree(outbox, sender),
    sender,
    sender.onDidSend((updates, { profiles }) => tellSent(updates, profiles)),
    store.onDidAnswer(() => sender.heardFrom()),
    watchFolder(outboxFolder, () => void outbox.load()),
    answers,
    vscode.window.registerUriHandler(answers),
    account.onDidChangeSessions(({ added, removed }) => {
      signInPrompt.reset();
      if (added?.length) void forgetV1End(context.globalState).then(tellOfEnd);
      if (removed?.length) void forget();
      void follow();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('buffer.apiUrl') || change.affectsConfiguration('buffer.graphqlUrl')) void account.follow();
    }),
    store.onDidFail((error) => {
      if (error.kind === 'unauthorized') void signInPrompt.showOnce(error.message);
    }),
    { dispose: () => rateLimiters.forEach((rateLimiter) => rateLimiter.dispose()) },
    ...registerCommands({
      account,
      store,
      tree,
      ideas,
      outbox,
      sender,
      composers,
      drafts,
      view: view.tree,
      failures,
      log,
      memory: context.globalState,
    }),
  );

  leaving = () => Promise.all([account.settled(), lastQueues.settled(), lastIdeas.settled()]);

  await signInToSandbox(account, tryToken);
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

/** Loaded when the first grant ends. */
async function renew(grant: Grant, userAgent: string): Promise<Grant> {
  return (await import('./account/oauth.ts')).refresh(grant, { userAgent });
}

/** Whatever is under way with the sign-in and the queues is stored before the window closes. */
export async function deactivate(): Promise<void> {
  await leaving?.();
}

let leaving: (() => Promise<unknown>) | undefined;
