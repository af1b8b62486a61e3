// The tests that a change of the code can be noticed by, for `npm run mutation`: those of what is changed, and as few tries
// of each property as before a commit. Left out is what takes minutes to say again what others say at once.
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const dir = join(import.meta.dirname, '..', 'unit');

export default defineConfig({
  resolve: { alias: { vscode: join(dir, 'support', 'vscode.ts') } },
  test: {
    include: ['test/unit/{delivery,buffer,time,queue,files}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/{soak,explorer,fullDisk,everyComputer,everySetting}.test.ts'],
    env: { QUICK: '1', SEED: '20261127' },
    setupFiles: [join(dir, 'support', 'setup.ts')],
    restoreMocks: true,
    testTimeout: 30_000,
    // A test that fails on a slow machine alone must not end the first run, nor count as noticing a change.
    retry: 1,
    isolate: false,
  },
});
