// The extension as the tests see it: a folder of its own, built with the sandbox's sign-in.
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runToEnd } from './childProcess.ts';
import { repositoryDir, sandboxExtensionDir, windowExtensionDir, windowSourcesDir } from './paths.ts';

/** Assembles the sandbox flavour of the extension afresh, and returns its folder. Another is named where two may build at once. */
export async function buildSandboxExtension(folder = sandboxExtensionDir, { minify = false } = {}): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  const manifest = JSON.parse(await readFile(join(repositoryDir, 'package.json'), 'utf8')) as Record<string, unknown>;
  // Of no use to VS Code, and packaging the copy must not run our build scripts.
  delete manifest['scripts'];
  delete manifest['devDependencies'];
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));

  for await (const name of glob(['package.nls*.json', 'media', 'l10n', 'README.md', 'LICENSE*', 'CHANGELOG.md'], { cwd: repositoryDir })) {
    await cp(join(repositoryDir, name), join(folder, name), { recursive: true });
  }

  const flags = ['--sandbox', ...(minify ? ['--minify'] : []), `--outdir=${join(folder, 'dist')}`];
  await runToEnd(process.execPath, ['esbuild.js', ...flags], { cwd: repositoryDir });
  return folder;
}

/** The same, which can be ended and started anew in a running window (`window/restartable.ts`). */
export async function buildRestartableExtension(): Promise<string> {
  const folder = await buildSandboxExtension(windowExtensionDir);
  await bundle('restartable', join(folder, 'dist'), 'esm');
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, JSON.stringify({ ...manifest, main: './dist/restartable.js' }, undefined, 2));
  return folder;
}

/** Puts the driver of the window tests into this folder, as an extension of its own that starts with the window. */
export async function buildWindowDriver(folder: string): Promise<void> {
  await bundle('driver', folder, 'cjs');
  const manifest = {
    name: 'window-driver',
    publisher: 'queue-for-buffer',
    version: '0.0.0',
    engines: { vscode: '*' },
    main: './driver.js',
    activationEvents: ['onStartupFinished'],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
}

async function bundle(name: string, outdir: string, format: 'esm' | 'cjs'): Promise<void> {
  await build({
    entryPoints: [join(windowSourcesDir, `${name}.ts`)],
    bundle: true,
    outdir,
    format,
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
}
