// The extension's side of a composer, as in a window: the real one, over a sandbox, with a stand-in for VS Code's API.
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { Composer, type ComposerFrame, type Cursor } from '../../../src/composer/host/composer.ts';
import { WebReader } from '../../../src/ui/webReader.ts';
import type { ToApp } from '../../../src/composer/messages.ts';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../src/core/delivery/outboxSender.ts';
import type { ApiName } from '../../../src/core/buffer/model.ts';
import type { Draft } from '../../../src/core/drafts/draft.ts';
import { DraftStore } from '../../../src/core/drafts/draftStore.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { isOwnService } from '../../../src/ui/ownService.ts';
import { newMemory } from '../../harness/memory.ts';
import { messageWebview } from '../../harness/messageWebview.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

export interface ComposerHost {
  readonly store: QueueStore;
  /** What the frame was asked for, such as `close`. */
  readonly asked: readonly string[];
  /** Where the cursor was told to be. */
  readonly cursors: readonly Cursor[];
  /** The page said something. */
  receive: (message: unknown) => void;
  dispose(): void;
}

export interface ComposerHostOptions {
  readonly sandbox: Sandbox;
  readonly api: ApiName;
  readonly folder: string;
  readonly draft: Draft;
  readonly location: 'editor' | 'sidebar';
  /** Tells the page something. */
  readonly post: (message: ToApp) => void;
}

/** A composer of a signed-in window, with its own drafts and outbox in a folder. */
export async function startComposerHost({ sandbox, api, folder, draft, location, post }: ComposerHostOptions): Promise<ComposerHost> {
  const store = new QueueStore(() => 20, newMemory());
  store.connect(clientOf(sandbox, api));
  const outbox = new Outbox(join(folder, 'outbox'));
  const sender = new OutboxSender({ store, outbox, pause: 3_600_000, lookAfter: 3_600_000 });
  await store.loadProfiles();
  sender.connect({ key: 'me', label: 'Me' });
  const { webview, receive } = messageWebview(post);
  const asked: string[] = [];
  const cursors: Cursor[] = [];
  const note = (what: string) => () => Promise.resolve(void asked.push(what));
  const frame: ComposerFrame = {
    location,
    rename: () => undefined,
    close: () => void asked.push('close'),
    show: note('show'),
    showQueue: note('showQueue'),
    ready: () => undefined,
    typed: () => undefined,
    moved: (cursor) => void cursors.push(cursor),
  };
  const log = { error: console.error, warn: console.warn } as unknown as vscode.LogOutputChannel;
  const drafts = new DraftStore(join(folder, 'drafts'));
  const composer = new Composer(webview, frame, draft, {
    store,
    outbox,
    sender,
    drafts,
    memory: newMemory(),
    log,
    avatars: { folder: { path: folder } as vscode.Uri, fileOf: () => undefined, onDidLoad: () => ({ dispose: () => undefined }) },
    web: new WebReader({ userAgent: 'Queue for Buffer', isOwn: (url) => isOwnService(url, [sandbox.url]) }),
    tellLost: () => Promise.resolve(),
  });
  return {
    store,
    asked,
    cursors,
    receive,
    dispose: () => {
      composer.dispose();
      sender.dispose();
    },
  };
}
