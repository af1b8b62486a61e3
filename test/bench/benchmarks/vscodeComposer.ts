import { join } from 'node:path';
import { build } from 'esbuild';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import { outDir, repositoryDir } from '../../harness/paths.ts';
import type { Benchmark } from '../benchmark.ts';
import { runInExtensionHost } from '../extensionHost.ts';
import type { ComposerTimes } from '../inHost/composer.ts';
import { quantile } from '../statistics.ts';

/** A composer that can be typed into, over a webview panel that is empty and says so. */
export const composer: Benchmark = {
  name: 'vscode-composer',
  needsVSCode: true,
  run: async ({ runs = 9 }) => {
    const extension = await buildSandboxExtension(undefined, { minify: true });
    const tests = join(outDir, 'bench', 'composer.cjs');
    await build({
      absWorkingDir: repositoryDir,
      entryPoints: ['test/bench/inHost/composer.ts'],
      outfile: tests,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      external: ['vscode'],
      logLevel: 'warning',
    });
    const { composers, empties } = await runInExtensionHost<ComposerTimes>(extension, tests, { BUFFER_BENCH_RUNS: String(runs) });
    const samples = composers.map((time, run) => time / empties[run]!);
    const note = `${Math.round(quantile(composers, 0.5))} ms to ${Math.round(quantile(empties, 0.5))} ms`;
    return [{ name: 'composer ready over an empty webview', unit: 'times', samples, goal: 1.3, note }];
  },
};
