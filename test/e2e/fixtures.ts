// What every spec gets: a window of a real VS Code with the extension in it, and the local Buffer behind it.
//
//   import { expect, test } from './fixtures.ts';
//   test('shows the queue', async ({ workbench, sandbox }) => { … });
//
// The window is open and ready, in a browser that remembers nothing, signed in to the service that the project is for;
// the sandbox's data is as new. It is the very VS Code that `npm start` opens, with the packaged extension: one under
// VS Code's own test driver would show no notification toasts.
//
// Opening a window takes longer than most tests, so one serves a test after another: what a test leaves in it is cleared, and
// the extension started anew. `test.use({ ownWindow: true })` is for tests that leave what cannot be cleared that way, as a
// moved side bar, or that are about a new window. Server and browser stay for all tests of a worker, because VS Code's code is
// read and compiled once that way. `reset.spec.ts` holds both kinds of clearing to it.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, test as base } from '@playwright/test';
import { startSandbox, type Sandbox, type Seed } from '../sandbox/sandbox.ts';
import { type KeptBrowser, startKeptBrowser } from '../harness/keptBrowser.ts';
import { type CodeServer, codeServerUserData, startCodeServer } from '../harness/codeServer.ts';
import {
  type ApiName,
  colorThemes,
  quietSettings,
  sandboxEnvironment,
  sandboxSettings,
  testEnvironment,
  type ColorTheme,
  type Settings,
} from '../harness/environment.ts';
import { endExtensionHosts } from '../harness/extensionHosts.ts';
import { sampleWorkspaceDir } from '../harness/paths.ts';
import { copySampleWorkspace, type SampleWorkspace } from '../harness/sampleWorkspace.ts';
import { writeSettings } from '../harness/settingsFiles.ts';
import { driverVariable } from '../harness/window/driverVariable.ts';
import { WindowDriver } from '../harness/windowDriver.ts';
import { WorkbenchPage } from '../harness/workbenchPage.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

/** Tells where the packed extension is, from `globalSetup.ts` to the workers. */
export const vsixVariable = 'BUFFER_E2E_VSIX';
/** Tells where VS Code's own extensions are that the windows get. */
export const builtInVariable = 'BUFFER_E2E_BUILT_IN';

export { expect } from '@playwright/test';

/** What a spec may choose, for a file or a group: `test.use({ colorTheme: 'dark' })`. The window's size is Playwright's `viewport`. */
export interface WorkbenchOptions {
  colorTheme: ColorTheme;
  /** User settings on top of the quiet ones. */
  userSettings: Settings;
  /** Settings that belong to the machine, on top of where the sandbox is. */
  machineSettings: Settings;
  /** What the sandbox holds when the test begins. */
  seed: Seed;
  /** A window that no test was in, and none will be. */
  ownWindow: boolean;
}

interface TestFixtures {
  /** The window, open and ready. */
  workbench: WorkbenchPage;
  /** The local Buffer behind the extension. */
  sandbox: Sandbox;
  /** The folder open as the workspace: as new for each test. */
  workspaceFolder: string;
  /** Where the extension keeps its files. */
  ownFolder: string;
  /** Does the same in one colour theme after another; what is open stays. */
  inEachTheme: (themes: readonly ColorTheme[], look: (theme: ColorTheme) => Promise<unknown>) => Promise<void>;
  /** The window, which may have served other tests. */
  windowOfTest: { readonly window: OpenWindow; readonly isNew: boolean };
}

interface OpenWindow {
  readonly page: Page;
  readonly workspace: SampleWorkspace;
  /** The settings it was opened with, but for those that are changed while it is open. */
  readonly settings: string;
}

/** What a project chooses. */
export interface WorkerOptions {
  /** Which of Buffer's services the extension speaks to. */
  api: ApiName;
}

interface WorkerFixtures {
  runningSandbox: Sandbox;
  dataDir: string;
  server: CodeServer;
  browserOfWorker: KeptBrowser;
  driver: WindowDriver;
  /** The window that serves one test after another, while there is one. */
  kept: { window?: OpenWindow };
}

export const test = base.extend<TestFixtures & WorkbenchOptions, WorkerFixtures & WorkerOptions>({
  api: ['graphql', { option: true, scope: 'worker' }],
  colorTheme: ['light', { option: true }],
  userSettings: [{}, { option: true }],
  machineSettings: [{}, { option: true }],
  seed: ['lifelike', { option: true }],
  ownWindow: [false, { option: true }],

  runningSandbox: [
    async ({}, use) => {
      const sandbox = await startSandbox();
      await use(sandbox);
      await sandbox.close();
    },
    { scope: 'worker' },
  ],

  dataDir: [
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'buffer-e2e-'));
      await use(dataDir);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ runningSandbox, dataDir, api, driver }, use) => {
      const env = { ...testEnvironment, ...sandboxEnvironment(runningSandbox, api), [driverVariable]: String(driver.port) };
      const server = await startCodeServer({
        dataDir,
        vsix: process.env[vsixVariable]!,
        env,
        ...(process.env[builtInVariable] && { builtInExtensions: process.env[builtInVariable] }),
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 * timeoutFactor },
  ],

  sandbox: async ({ runningSandbox, seed }, use) => {
    runningSandbox.reset(seed);
    await use(runningSandbox);
  },

  workspaceFolder: async ({ windowOfTest }, use) => use(windowOfTest.window.workspace.folder),

  ownFolder: async ({ dataDir }, use) => {
    await use(join(codeServerUserData(dataDir), 'User', 'globalStorage', 'queue-for-buffer.queue-for-buffer'));
  },

  browserOfWorker: [
    async ({ playwright }, use) => {
      const browser = await startKeptBrowser(playwright.chromium, testEnvironment['TZ']!);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  driver: [
    async ({}, use) => {
      const driver = await WindowDriver.listen();
      await use(driver);
      driver.close();
    },
    { scope: 'worker' },
  ],

  kept: [async ({}, use) => use({}), { scope: 'worker' }],

  context: async ({ browserOfWorker, server, actionTimeout }, use) => {
    const { context } = browserOfWorker;
    // The browser is older than the test, so Playwright has not given it the test's own time-out.
    context.setDefaultTimeout(actionTimeout);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    await use(context);
  },

  windowOfTest: async ({ context, browserOfWorker, kept, driver, server, runningSandbox, dataDir, userSettings, ownWindow }, use, info) => {
    const pages = [new URL(runningSandbox.authUrl).origin];
    const close = async (window: OpenWindow) => {
      kept.window = undefined;
      await browserOfWorker.reset(server.origin, pages);
      // The extension of a closed window could still write.
      if (process.platform !== 'win32') endExtensionHosts();
      // Settings, what extensions keep, the history of files.
      for (const folder of ['User', 'Machine']) {
        await rm(join(codeServerUserData(dataDir), folder), { recursive: true, force: true, maxRetries: 5 });
      }
      await window.workspace.remove();
    };
    // The extension's own settings are changed in a running window, too.
    const others = Object.entries(userSettings).filter(([name]) => !name.startsWith('buffer.'));
    const settings = JSON.stringify(others);
    if (kept.window && (ownWindow || kept.window.settings !== settings)) await close(kept.window);
    const isNew = kept.window === undefined;
    const window = kept.window ?? { page: await context.newPage(), workspace: await copySampleWorkspace(), settings };
    await use({ window, isNew });
    // An older VS Code is without the driver.
    const isLeft =
      !ownWindow && process.env[builtInVariable] && info.errors.length === 0 && (await leave(window, driver, browserOfWorker, pages));
    if (isLeft) kept.window = window;
    else await close(window);
  },

  page: async ({ windowOfTest, viewport, colorTheme }, use) => {
    const { page } = windowOfTest.window;
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia(mediaOf(colorTheme));
    await use(page);
  },

  // The sandbox is reset by now, before the extension asks it for anything.
  workbench: async (
    { page, windowOfTest, server, driver, dataDir, workspaceFolder, sandbox, colorTheme, userSettings, machineSettings },
    use,
    { project },
  ) => {
    const workbench = new WorkbenchPage(page, project.name);
    const settings = settingsOf(colorTheme, userSettings);
    const ofMachine = { ...sandboxSettings(sandbox), ...machineSettings };
    if (windowOfTest.isNew) {
      const userData = codeServerUserData(dataDir);
      await writeSettings(userData, 'User', settings);
      await writeSettings(userData, 'Machine', ofMachine);
      await workbench.open(server.url(workspaceFolder));
    } else {
      await driver.ask('configure', JSON.stringify({ ...settings, ...ofMachine }));
      await workbench.isIn(colorTheme);
      await driver.ask('begin');
    }
    await use(workbench);
  },

  inEachTheme: async ({ workbench, page, driver, sandbox, userSettings, machineSettings }, use) => {
    const ofMachine = { ...sandboxSettings(sandbox), ...machineSettings };
    await use(async (themes, look) => {
      for (const theme of themes) {
        await page.emulateMedia(mediaOf(theme));
        await driver.ask('configure', JSON.stringify({ ...settingsOf(theme, userSettings), ...ofMachine }));
        await workbench.isIn(theme);
        await look(theme);
      }
    });
  },
});

function mediaOf(theme: ColorTheme) {
  const isLight = theme === 'light' || theme === 'highContrastLight';
  return { colorScheme: isLight ? 'light' : 'dark', reducedMotion: 'reduce' } as const;
}

function settingsOf(theme: ColorTheme, own: Settings): Settings {
  // What moves is drawn again and again, without a graphics card at that.
  return { ...quietSettings, 'workbench.reduceMotion': 'on', 'workbench.colorTheme': colorThemes[theme], ...own };
}

/** Leaves a window as if nobody had been in it; false where that cannot be. */
async function leave({ page, workspace }: OpenWindow, driver: WindowDriver, browser: KeptBrowser, origins: readonly string[]) {
  try {
    await browser.closeOthers(page, origins);
    await driver.ask('close');
    // Menus and questions; before, a composer would have taken the key for itself.
    for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
    await page.evaluate("navigator.clipboard.writeText('')");
    // As they are found.
    for (const [view, isOpen] of [
      ['Queue', true],
      ['Ideas', false],
    ] as const) {
      const other = page.locator(`.pane-header[aria-expanded="${!isOpen}"]`).filter({ hasText: view });
      if (await other.isVisible()) await other.click();
    }
    for (const name of await readdir(workspace.folder)) await rm(join(workspace.folder, name), { recursive: true, force: true });
    await cp(sampleWorkspaceDir, workspace.folder, { recursive: true });
    await driver.ask('end');
    return true;
  } catch {
    return false;
  }
}
