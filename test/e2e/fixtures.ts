// What every spec gets: a window of a real VS Code with the extension in it, and the local Buffer behind it.
//
//   import { expect, test } from './fixtures.ts';
//   test('shows the queue', async ({ workbench, sandbox }) => { … });
//
// The window is open and ready, on a fresh browser profile, signed in to the service that the project is for; the
// sandbox's data is as new. It is the very VS Code that `npm start` opens, with the packaged extension: one under
// VS Code's own test driver would show no notification toasts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type BrowserContext } from '@playwright/test';
import { startSandbox, type Sandbox, type Seed } from '../sandbox/sandbox.ts';
import { browserLaunchOptions } from '../harness/browser.ts';
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
import { resultsDir } from '../harness/paths.ts';
import { copySampleWorkspace } from '../harness/sampleWorkspace.ts';
import { writeSettings } from '../harness/settingsFiles.ts';
import { WorkbenchPage } from '../harness/workbenchPage.ts';

/** Tells where the packed extension is, from `globalSetup.ts` to the workers. */
export const vsixVariable = 'BUFFER_E2E_VSIX';

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
      const server = await startCodeServer({ dataDir, vsix: process.env[vsixVariable]!, env });
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

  // A persistent context, because secrets belong to the browser's profile: they shall survive a reload.
  context: async ({ playwright, server, viewport, colorTheme }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'buffer-profile-'));
    const context: BrowserContext = await playwright.chromium.launchPersistentContext(profile, {
      ...browserLaunchOptions(),
      viewport,
      locale: 'en-US',
      timezoneId: testEnvironment['TZ'],
      reducedMotion: 'reduce',
      colorScheme: colorTheme === 'light' || colorTheme === 'highContrastLight' ? 'light' : 'dark',
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },

  page: async ({ context }, use) => use(context.pages()[0] ?? (await context.newPage())),

  // The sandbox is reset by now, before the extension asks it for anything.
  workbench: async (
    { page, server, dataDir, ownFolder, workspaceFolder, sandbox, colorTheme, userSettings, machineSettings },
    use,
    { project },
  ) => {
    // What moves is drawn again and again, without a graphics card at that.
    const settings = { ...quietSettings, 'workbench.reduceMotion': 'on', 'workbench.colorTheme': colorThemes[colorTheme], ...userSettings };
    await writeSettings(codeServerUserData(dataDir), 'User', settings);
    await writeSettings(codeServerUserData(dataDir), 'Machine', { ...sandboxSettings(sandbox), ...machineSettings });
    // Drafts of the test before would stand in the sidebar.
    await rm(ownFolder, { recursive: true, force: true, maxRetries: 5 });
    const workbench = new WorkbenchPage(page, join(resultsDir, 'screens', project.name));
    await workbench.open(server.url(workspaceFolder));
    await use(workbench);
  },
});
