import { defineConfig } from '@playwright/test';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/page',
  globalSetup: './globalSetup.ts',
  // The composer's host is the real one, with a stand-in for VS Code's API.
  tsconfig: './tsconfig.json',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A shared machine can be slow beyond any time-out; a test that needs another try is listed as flaky.
  retries: process.env['CI'] ? 2 : 0,
  timeout: 30_000 * timeoutFactor,
  expect: { timeout: 5_000 * timeoutFactor },
  reporter: [['list'], ['html', { open: 'never', outputFolder: '../../test-results/page-report' }]],
  use: { trace: process.env['CI'] ? 'on-first-retry' : 'off', screenshot: 'only-on-failure' },
});
