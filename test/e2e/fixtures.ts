// What every spec gets: a window of a real VS Code with the extension in it, and the local Buffer behind it.
//
//   import { expect, test } from './fixtures.ts';
//   test('shows the queue', async ({ workbench, sandbox }) => { … });
//
// The window is open and ready, in a browser that remembers nothing, signed in to the service that the project is for;
// the sandbox's data is as new. It is the very VS Code that `npm start` opens, with the packaged extension: one under
// VS Code's own test driver would show no notification toasts.
//
// Server and browser stay for all tests of a worker, because VS Code's code is read and compiled once that way. What a
// test leaves in them is cleared before the next; `reset.spec.ts` holds that to it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
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
import { resultsDir } from '../harness/paths.ts';
import { copySampleWorkspace } from '../harness/sampleWorkspace.ts';
import { writeSettings } from '../harness/settingsFiles.ts';
import { WorkbenchPage } from '../harness/workbenchPage.ts';

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
}

interface TestFixtures {
  /** The window, open and ready. */
  workbench: WorkbenchPage;
  /** The local Buffer behind the extension. */
  sandbox: Sandbox;
  /** The folder open as the workspace: a copy of its own for each test. */
  workspaceFolder: string;
  /** Where the extension keeps its files. */
  ownFolder: string;
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
}

export const test = base.extend<TestFixtures & WorkbenchOptions, WorkerFixtures & WorkerOptions>({
  api: ['graphql', { option: true, scope: 'worker' }],
  colorTheme: ['light', { option: true }],
  userSettings: [{}, { option: true }],
  machineSettings: [{}, { option: true }],
  seed: ['lifelike', { option: true }],

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
    async ({ runningSandbox, dataDir, api }, use) => {
      const env = { ...testEnvironment, ...sandboxEnvironment(runningSandbox, api) };
      const server = await startCodeServer({
        dataDir,
        vsix: process.env[vsixVariable]!,
        env,
        ...(process.env[builtInVariable] && { builtInExtensions: process.env[builtInVariable] }),
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  sandbox: async ({ runningSandbox, seed }, use) => {
    runningSandbox.reset(seed);
    await use(runningSandbox);
  },

  workspaceFolder: async ({}, use) => {
    const workspace = await copySampleWorkspace();
    await use(workspace.folder);
    await workspace.remove();
  },

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

  context: async ({ browserOfWorker, server, runningSandbox, dataDir, actionTimeout }, use) => {
    const { context } = browserOfWorker;
    // The browser is older than the test, so Playwright has not given it the test's own time-out.
    context.setDefaultTimeout(actionTimeout);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    await use(context);
    await browserOfWorker.reset(server.origin, [new URL(runningSandbox.authUrl).origin]);
    // The extension of a closed window could still write.
    if (process.platform !== 'win32') endExtensionHosts();
    // Settings, what extensions keep, the history of files.
    for (const folder of ['User', 'Machine']) {
      await rm(join(codeServerUserData(dataDir), folder), { recursive: true, force: true, maxRetries: 5 });
    }
  },

  page: async ({ context, viewport, colorTheme }, use) => {
    const page = await context.newPage();
    if (viewport) await page.setViewportSize(viewport);
    const isLight = colorTheme === 'light' || colorTheme === 'highContrastLight';
    await page.emulateMedia({ colorScheme: isLight ? 'light' : 'dark', reducedMotion: 'reduce' });
    await use(page);
  },

  // The sandbox is reset by now, before the extension asks it for anything.
  workbench: async ({ page, server, dataDir, workspaceFolder, sandbox, colorTheme, userSettings, machineSettings }, use, { project }) => {
    const userData = codeServerUserData(dataDir);
    // What moves is drawn again and again, without a graphics card at that.
    const settings = { ...quietSettings, 'workbench.reduceMotion': 'on', 'workbench.colorTheme': colorThemes[colorTheme], ...userSettings };
    await writeSettings(userData, 'User', settings);
    await writeSettings(userData, 'Machine', { ...sandboxSettings(sandbox), ...machineSettings });
    const workbench = new WorkbenchPage(page, join(resultsDir, 'screens', project.name));
    await workbench.open(server.url(workspaceFolder));
    await use(workbench);
  },
});
