// Packing the extension as a .vsix, for `npm start` and for tests.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd } from './childProcess.ts';
import { outDir, repositoryDir } from './paths.ts';

/** Packs the extension in `folder`, running its `vscode:prepublish` script where it has one, into `out/<name>.vsix`. */
export async function packExtension(folder: string, name: string): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const vsix = join(outDir, `${name}.vsix`);
  const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  // The bundle holds the dependencies. What the Marketplace alone asks for is no reason not to try it here.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  // As a program and not through its API, which prints a page about each package.
  await runToEnd(process.execPath, [vsce, 'package', ...options], { cwd: folder });
  return vsix;
}

/** Packs what people install, as `npm run package` does. */
export async function packRelease(name: string): Promise<string> {
  await mkdir(outDir, { recursive: true });
  const vsix = join(outDir, `${name}.vsix`);
  await runToEnd(process.execPath, [join(repositoryDir, 'scripts', 'build', 'package.ts'), '--out', vsix], { cwd: repositoryDir });
  return vsix;
}
