// How the unit tests run: `npm run test:unit`; one file of them: `npm run test:unit -- NAME`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { timeoutFactor } from './test/harness/timeoutFactor.ts';

const dir = join(import.meta.dirname, 'test', 'unit');
const all = '**/*.test.ts';
/**
 * Those that get a process each: what puts something of its own in the place of a module, which what is loaded then keeps, and
 * what starts programs, Git most of all. To start one takes ten times as long from a process that has loaded all other tests.
 */
const alone = globSync(all, { cwd: dir }).filter((file) =>
  /vi\.mock\(|child_process|gitRepository/u.test(readFileSync(join(dir, file), 'utf8')),
);

export default defineConfig({
  resolve: { alias: { vscode: join(dir, 'support', 'vscode.ts') } },
  test: {
    dir,
    setupFiles: [join(dir, 'support', 'setup.ts')],
    // What one file puts in the place of a function is not there for the next.
    restoreMocks: true,
    // A shared machine can be slow; what must be fast is measured by the benchmark.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Git as it comes, whatever whoever runs this set up; and nothing of it outlives a test, so nothing is tidied or made to last.
    env: { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(dir, 'support', 'gitconfig') },
    expect: { poll: { timeout: 10_000 * timeoutFactor } },
    // Most of a test is waiting for the local Buffer's answer.
    maxWorkers: process.env['QUICK'] ? 4 : 2,
    projects: [
      {
        extends: true,
        // Loading what a file needs takes longer than its tests: it is loaded once for all files of a worker.
        test: { name: 'unit', include: [all], exclude: [...configDefaults.exclude, ...alone], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
