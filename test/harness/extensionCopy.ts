// The extension as the tests see it: a folder of its own, built with the sandbox's sign-in.
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './childProcess.ts';
import { repositoryDir, sandboxExtensionDir } from './paths.ts';

/** Assembles the sandbox flavour of the extension in `out/sandbox/`, afresh, and returns that folder. */
export async function buildSandboxExtension(): Promise<string> {
  await rm(sandboxExtensionDir, { recursive: true, force: true });
  await mkdir(sandboxExtensionDir, { recursive: true });

  const manifest = JSON.parse(await readFile(join(repositoryDir, 'package.json'), 'utf8')) as Record<string, unknown>;
  // Of no use to VS Code, and packaging the copy must not run our build scripts.
  delete manifest['scripts'];
  delete manifest['devDependencies'];
  await writeFile(join(sandboxExtensionDir, 'package.json'), JSON.stringify(manifest, undefined, 2));

  for await (const name of glob(['package.nls*.json', 'media', 'l10n', 'README.md', 'LICENSE*', 'CHANGELOG.md'], { cwd: repositoryDir })) {
    await cp(join(repositoryDir, name), join(sandboxExtensionDir, name), { recursive: true });
  }

  await runToEnd(process.execPath, ['esbuild.js', '--sandbox', `--outdir=${join(sandboxExtensionDir, 'dist')}`], { cwd: repositoryDir });
  return sandboxExtensionDir;
}
