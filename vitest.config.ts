// How the unit tests run: `npm run test:unit`; one file of them: `npm run test:unit -- NAME`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const dir = join(import.meta.dirname, 'test', 'unit');
const all = '**/*.test.ts';
/** Those that put something of their own in the place of a module, which what is loaded then keeps: each needs modules of its own. */
const withMocks = globSync(all, { cwd: dir }).filter((file) => readFileSync(join(dir, file), 'utf8').includes('vi.mock('));

/** Those that start many processes: a process that holds much takes long to start another. They have one of their own. */
const withProcesses = ['cli/**/*.test.ts', 'postFiles/soak.test.ts'];

/** Files of one project after another: a worker goes on to the next file only within its project. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const order = ['processes', 'unit', 'mocks'];
    return sorted.toSorted((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name));
  }
}

export default defineConfig({
  resolve: { alias: { vscode: join(dir, 'support', 'vscode.ts') } },
  test: {
    dir,
    // What one file puts in the place of a function is not there for the next.
    restoreMocks: true,
    // A shared machine can be slow; what must be fast is measured by the benchmark.
    testTimeout: 30_000,
    // Git as it comes, whatever whoever runs this set up; and nothing of it outlives a test, so nothing is tidied or made to last.
    env: { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(dir, 'support', 'gitconfig') },
    expect: { poll: { timeout: 10_000 } },
    // Most of a test is waiting for the local Buffer's answer.
    maxWorkers: process.env['QUICK'] ? 4 : 2,
    // Loading what a file needs takes longer than its tests: it is loaded once for all files of a worker,
    // and what was compiled is kept, for the next run as for the other projects.
    isolate: false,
    experimental: { fsModuleCache: true },
    sequence: { sequencer: ByProject },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [all], exclude: [...configDefaults.exclude, ...withMocks, ...withProcesses] },
      },
      { extends: true, test: { name: 'processes', include: withProcesses } },
      { extends: true, test: { name: 'mocks', include: withMocks, setupFiles: join(dir, 'support', 'mocksAnew.ts') } },
    ],
  },
});
