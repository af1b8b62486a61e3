import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import type { WorkbenchOptions, WorkerOptions } from './fixtures.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

const isPictures = Boolean(process.env['PICTURES']);

export default defineConfig<WorkbenchOptions, WorkerOptions>({
  testDir: '.',
  // The pictures of the README are taken the same way, when asked for.
  testMatch: isPictures ? '**/*.pictures.ts' : '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  globalSetup: './globalSetup.ts',
  // Each has a VS Code server and a sandbox of its own, and a window keeps more than a core busy: on two, two take longer.
  workers: isPictures || availableParallelism() <= 2 ? 1 : 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A shared machine can be slow beyond any time-out; a test that needs another try is listed as flaky.
  retries: process.env['CI'] ? 2 : 0,
  timeout: 60_000 * timeoutFactor,
  expect: { timeout: 10_000 * timeoutFactor },
  reporter: [['list'], ['html', { open: 'never', outputFolder: '../../test-results/e2e-report' }]],
  // The same tests on both of Buffer's services. Where the service plays no part (`@once`), one is enough.
  projects: [
    { name: 'graphql', use: { api: 'graphql' } },
    ...(isPictures ? [] : [{ name: 'v1', use: { api: 'v1' as const }, grepInvert: /@once/ }]),
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000 * timeoutFactor,
    // Costly to take: `--trace on` where a failure needs a closer look.
    trace: process.env['CI'] ? 'on-first-retry' : 'off',
    screenshot: 'only-on-failure',
  },
});
