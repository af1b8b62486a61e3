// The extension as the tests see it: a folder of its own, built with the sandbox's sign-in.
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './childProcess.ts';
import { repositoryDir, sandboxExtensionDir } from './paths.ts';

/** Assembles the sandbox flavour of the extension afresh, and returns its folder. Another is named where two may build at once. */
export async function buildSandboxExtension(folder = sandboxExtensionDir): Promise<string> {
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

  await runToEnd(process.execPath, ['esbuild.js', '--sandbox', `--outdir=${join(folder, 'dist')}`], { cwd: repositoryDir });
  return folder;
}
