// A real VS Code from the npm registry: the `code-server` package carries the workbench and its server.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './childProcess.ts';
import { npmCommand } from './npm.ts';
import { cacheDir, outDir } from './paths.ts';

/** code-server 4.139.1 is VS Code 1.139.1. */
export const codeServerVersion = '4.139.1';

export interface InstalledVSCode {
  /** VS Code's own server, which serves the bare workbench and loads extensions under development. */
  readonly serverMain: string;
  /** code-server's front end to it: installs packages, keeps settings and secrets. */
  readonly codeServerEntry: string;
}

/** Gets VS Code once; afterwards only looks that it is there. Redoes an install that was cut short. */
export async function installVSCode(): Promise<InstalledVSCode> {
  const home = join(cacheDir, `code-server-${codeServerVersion}`);
  const codeServer = join(home, 'node_modules', 'code-server');
  const vscode = join(codeServer, 'lib', 'vscode');
  const installed: InstalledVSCode = {
    serverMain: join(vscode, 'out', 'server-main.js'),
    codeServerEntry: join(codeServer, 'out', 'node', 'entry.js'),
  };

  // Written last, so that its absence tells of an unfinished install.
  const stamp = join(home, 'installed');
  const done = await readFile(stamp, 'utf8').catch(() => '');
  if (done.trim() === codeServerVersion && existsSync(installed.serverMain)) return installed;

  console.log(`Getting VS Code (code-server ${codeServerVersion}) from the npm registry, once, into ${home} …`);
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  // A manifest of its own keeps npm from walking up into ours.
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true }));
  // Nothing is compiled: VS Code logs the native modules it misses, and does without.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(home, 'install', `code-server@${codeServerVersion}`, ...quiet);
  await npm(vscode, 'install', '--omit=dev', ...quiet);
  await writeFile(stamp, `${codeServerVersion}\n`);
  return installed;
}

/**
 * A folder with those of VS Code's own extensions that a window cannot do without: its colour themes. A window with all of
 * them, of languages, debuggers and Git, takes 40 % more work to open; the test of the package has them.
 */
export async function leanBuiltInExtensions(): Promise<string> {
  const { serverMain } = await installVSCode();
  const folder = join(outDir, 'built-in-extensions');
  await cp(join(serverMain, '..', '..', 'extensions', 'theme-defaults'), join(folder, 'theme-defaults'), { recursive: true });
  return folder;
}

async function npm(folder: string, ...commandLine: string[]): Promise<void> {
  const { command, args, shell } = npmCommand(...commandLine, '--prefix', folder);
  await runToEnd(command, args, { cwd: folder, shell });
}
