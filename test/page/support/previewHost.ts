// The extension's side of the preview, as in a window: the real one, with updates that a test gives it.
import type { Page } from '@playwright/test';
import type * as vscode from 'vscode';
import type { PreviewUpdate } from '../../../src/core/preview/previewUpdate.ts';
import { Preview } from '../../../src/preview/host/preview.ts';
import type { ToPage } from '../../../src/preview/messages.ts';
import { isOwnService } from '../../../src/ui/ownService.ts';
import type { PreviewPlace, PreviewSource } from '../../../src/ui/previewSource.ts';
import { WebReader } from '../../../src/ui/webReader.ts';
import type { ColorTheme } from '../../harness/environment.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { vscodeStub } from '../../unit/support/vscodeStub.ts';
import { hear, inTheme, webviewOf } from '../fixtures.ts';
import type { PageServer } from './pageServer.ts';

export interface PreviewPage {
  /** Other updates are shown from now on, as while somebody types. */
  readonly type: (updates: readonly PreviewUpdate[]) => void;
  readonly scroll: (place: PreviewPlace) => void;
  /** What the preview's tab is called. */
  readonly title: () => string;
  readonly preview: Preview;
}

export interface PreviewPageOptions {
  readonly page: Page;
  /** Lets the page speak to its extension. */
  readonly connect: (hear: (message: never) => void) => Promise<void>;
  readonly server: PageServer;
  readonly sandbox: Sandbox;
  readonly updates: readonly PreviewUpdate[];
  readonly theme?: ColorTheme;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Opens a preview in a plain browser. */
export async function openPreview({
  page,
  connect,
  server,
  sandbox,
  updates,
  theme = 'light',
  size,
}: PreviewPageOptions): Promise<PreviewPage> {
  await page.setViewportSize(size ?? { width: 600, height: 900 });
  const changed = new vscodeStub.EventEmitter();
  const scrolled = new vscodeStub.EventEmitter();
  let shown = updates;
  const source: PreviewSource = {
    key: 'test:1',
    title: () => 'First words',
    updates: () => Promise.resolve(shown),
    onDidChange: changed.event as vscode.Event<void>,
    onDidScroll: scrolled.event as vscode.Event<PreviewPlace>,
    dispose: () => undefined,
  };
  let listener: (message: unknown) => void = () => undefined;
  let telling = Promise.resolve();
  const tell = (message: ToPage) => {
    // As VS Code does: a message is text in between, and bytes beside it.
    const words = JSON.stringify(message);
    const bytes = message.type === 'picture' && message.picture ? Buffer.from(message.picture.bytes).toString('base64') : undefined;
    telling = telling.then(() => page.evaluate(hear, { words, bytes }));
    return telling.then(() => true);
  };
  const webview = {
    ...webviewOf(server.origin),
    html: '',
    postMessage: (message: ToPage) => tell(message).catch(() => false),
    onDidReceiveMessage: (listen: (message: unknown) => void) => {
      listener = listen;
      return { dispose: () => undefined };
    },
  };
  let title = '';
  const preview = new Preview(
    webview,
    (words) => {
      title = words;
    },
    {
      store: { profile: () => undefined, onDidChange: () => ({ dispose: () => undefined }) },
      log: { error: console.error, warn: console.warn },
      avatars: { folder: { path: '' } as vscode.Uri, fileOf: () => undefined, onDidLoad: () => ({ dispose: () => undefined }) },
      extensionUri: { path: '' } as vscode.Uri,
      web: new WebReader({ userAgent: 'Queue for Buffer', isOwn: (url) => isOwnService(url, [sandbox.url]) }),
    },
    source,
    {},
  );
  await connect((message) => listener(message));
  server.html = inTheme(webview.html, theme);
  await page.goto(server.origin);
  await page.locator('.cards, .empty').waitFor();
  return {
    preview,
    title: () => title,
    type: (next) => {
      shown = next;
      changed.fire();
    },
    scroll: (place) => scrolled.fire(place),
  };
}
