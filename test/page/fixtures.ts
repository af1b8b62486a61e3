// What every spec gets: the composer's page as it ships, in a plain browser, with its real host and a local Buffer behind it.
//
//   import { expect, test } from './fixtures.ts';
//   test('shows its profiles', async ({ compose }) => { const composer = await compose({ … }); … });
//
// It is here in a moment what takes a window of VS Code seconds: how the page looks, what it says, how keys move in it. What
// VS Code does about it (tabs, reloads, questions) is for `test/e2e`.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test as base } from '@playwright/test';
import { type Browser, chromium, type Disposable } from 'playwright-core';
import type { Uri, Webview } from 'vscode';
import { composerHtml } from '../../src/composer/host/composerHtml.ts';
import type { ToApp } from '../../src/composer/messages.ts';
import { type Draft, emptyDraft } from '../../src/core/drafts/draft.ts';
import { browserLaunchOptions } from '../harness/browser.ts';
import type { ApiName, ColorTheme } from '../harness/environment.ts';
import { pageExtensionDir } from '../harness/paths.ts';
import { takePicture } from '../harness/takePicture.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type ComposerHost, startComposerHost } from './support/composerHost.ts';
import { type PageServer, startPageServer } from './support/pageServer.ts';
import { themeBody, themeStyles } from './support/webviewThemes.ts';

export { expect } from '@playwright/test';

export interface ComposeOptions {
  /** Changes of an empty draft. */
  readonly draft?: Partial<Draft>;
  readonly location?: 'editor' | 'sidebar';
  readonly theme?: ColorTheme;
  /** Of the page: VS Code's own parts are not in it. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly api?: ApiName;
  /** Changes what the extension says before the page hears it. */
  readonly retell?: (message: ToApp) => ToApp;
}

/** A page that can be typed into. */
export interface ComposerPage {
  readonly page: Page;
  readonly host: ComposerHost;
  /** Says something as the extension would. */
  readonly tell: (message: ToApp) => Promise<void>;
  /** Saves a picture of the page as `<name>.png`. */
  readonly picture: (name: string) => Promise<void>;
}

/** What a spec may choose, for a file or a group. */
interface Options {
  /** A page that no test was in, and none will be: for one whose clock is stopped, which cannot be undone. */
  ownPage: boolean;
}

interface Fixtures {
  sandbox: Sandbox;
  folder: string;
  /** Lets the page that is opened next speak to its extension, as VS Code does. @param kept  what an earlier page has kept */
  connect: (hear: (message: never) => unknown, kept?: object) => Promise<void>;
  /** Opens a composer; a test has one. */
  compose: (options?: ComposeOptions) => Promise<ComposerPage>;
}

interface WorkerFixtures {
  runningSandbox: Sandbox;
  browserOfWorker: Browser;
  /** The page that serves one test after another: to open one takes as long as many a test. */
  pageOfWorker: Page;
  server: PageServer;
}

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  ownPage: [false, { option: true }],

  runningSandbox: [
    async ({}, use) => {
      const sandbox = await startSandbox({ rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
      await use(sandbox);
      await sandbox.close();
    },
    { scope: 'worker' },
  ],

  browserOfWorker: [
    async ({}, use) => {
      const browser = await chromium.launch(browserLaunchOptions());
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  server: [
    async ({}, use) => {
      const server = await startPageServer(pageExtensionDir);
      await use(server);
      server.close();
    },
    { scope: 'worker' },
  ],

  sandbox: async ({ runningSandbox }, use) => {
    // Another test of this process may have begun with another account.
    runningSandbox.reset('lifelike');
    await use(runningSandbox);
  },

  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'buffer-page-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  pageOfWorker: [
    async ({ browserOfWorker }, use) => {
      const page = await newPage(browserOfWorker);
      await use(page);
      await page.context().close();
    },
    { scope: 'worker' },
  ],

  page: async ({ browserOfWorker, pageOfWorker, ownPage }, use) => {
    const page = ownPage ? await newPage(browserOfWorker) : pageOfWorker;
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    // What the page's policy forbids is told here.
    page.on('console', (message) => message.text().includes('Content Security Policy') && errors.push(message.text()));
    await use(page);
    if (ownPage) await page.context().close();
    else {
      page.removeAllListeners();
      // Else what the next page has there is under the pointer.
      await page.mouse.move(-1, -1);
    }
    expect(errors).toEqual([]);
  },

  connect: async ({ page }, use) => {
    const made: Disposable[] = [];
    await use(async (hear, kept) => {
      const receive = (text: string) => hear(JSON.parse(text) as never);
      made.push(await page.exposeFunction('sayToHost', receive), await page.addInitScript(actAsVSCode, kept));
    });
    // Closed first: a page speaks until it is gone.
    await page.goto('about:blank');
    for (const each of made) await each.dispose();
  },

  compose: async ({ page, sandbox, folder, server, connect }, use) => {
    const hosts: ComposerHost[] = [];
    await use(async (options = {}) => {
      const {
        theme = 'light',
        location = 'editor',
        size = { width: 1000, height: 500 },
        api = 'graphql',
        retell = (message) => message,
      } = options;
      const draft = { ...emptyDraft(randomUUID()), ...(options.draft && { revision: 1 }), ...options.draft };
      await page.setViewportSize(size);
      let telling = Promise.resolve();
      const tell = (message: ToApp) => {
        const told = retell(message);
        // As VS Code does: a message is text in between, and bytes beside it.
        const words = JSON.stringify(told);
        const bytes = told.type === 'picture' && told.picture ? Buffer.from(told.picture.bytes).toString('base64') : undefined;
        telling = telling.then(() => page.evaluate(hear, { words, bytes }));
        return telling;
      };
      const host = await startComposerHost({
        sandbox,
        api,
        folder,
        draft,
        location,
        post: (message) => void tell(message).catch(() => undefined),
      });
      hosts.push(host);
      await connect((message) => host.receive(message));
      server.html = inTheme(composerHtml(webviewOf(server.origin), { path: '' } as Uri, location), theme);
      await page.goto(server.origin);
      await expect(page.locator('#text-field')).toBeEditable();
      // What is loaded behind it is there.
      await expect(page.locator('#preview-title, #finished-title')).toBeVisible();
      return {
        page,
        host,
        tell,
        picture: (name) => takePicture(page, 'page', name),
      };
    });
    for (const host of hosts) host.dispose();
  },
});

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

/** As much of a webview as its page is made with. */
export function webviewOf(origin: string): Webview {
  const webview = { cspSource: origin, asWebviewUri: ({ path }: { path: string }) => `${origin}${path}` } as unknown as Webview;
  return webview;
}

/** The extension's own page, with what VS Code puts before it. */
export function inTheme(own: string, theme: ColorTheme): string {
  return own.replace('<head>', `<head><style>${themeStyles(theme)}</style>`).replace('<body ', `<body ${themeBody(theme)} `);
}

/** In the page: a message of the extension. */
export function hear({ words, bytes }: { words: string; bytes: string | undefined }): void {
  const message = JSON.parse(words) as { picture?: { bytes: Uint8Array } };
  if (message.picture && bytes !== undefined) message.picture.bytes = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  window.postMessage(message, window.origin);
}

/** In the page: what VS Code gives a webview. What the page keeps is `keptState`, too. */
function actAsVSCode(kept: unknown): void {
  const say = (globalThis as unknown as { sayToHost: (text: string) => Promise<void> }).sayToHost;
  let state = kept;
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void say(JSON.stringify(message)),
      setState: (next: unknown) => Object.assign(globalThis, { keptState: (state = next) }),
      getState: () => state,
    }),
  });
}
