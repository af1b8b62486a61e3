// The Mocha suite as the extension host can load it: one CommonJS file a test file.
import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryDir, workbenchTestsDir } from './paths.ts';

/** Bundles `test/workbench/` into `out/workbench/`, afresh, and returns the module for `extensionTestsPath`. */
export async function buildWorkbenchTests(): Promise<string> {
  await rm(workbenchTestsDir, { recursive: true, force: true });
  const entryPoints = ['test/workbench/index.ts'];
  for await (const test of glob('test/workbench/**/*.test.ts', { cwd: repositoryDir })) entryPoints.push(test);
  await build({
    absWorkingDir: repositoryDir,
    entryPoints,
    outbase: 'test/workbench',
    outdir: workbenchTestsDir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    // mocha is found in node_modules, above out/; bundled it would lose its reporters.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(workbenchTestsDir, 'index.cjs');
}
