import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  // The pictures of the README are taken the same way, when asked for.
  testMatch: process.env['PICTURES'] ? '**/*.pictures.ts' : '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  // One VS Code server and one sandbox: tests take turns.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // A shared machine can be slow beyond any time-out; a test that needs the second try is listed as flaky.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['html', { open: 'never', outputFolder: '../../test-results/e2e-report' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
