// A real VS Code from the npm registry: the `code-server` package carries the workbench and its server.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './childProcess.ts';
import { buildWindowDriver } from './extensionCopy.ts';
import { npmCommand } from './npm.ts';
import { cacheDir, outDir } from './paths.ts';

/** Names another release of code-server than the one all tests run on. */
export const codeServerVariable = 'CODE_SERVER_VERSION';

/** code-server 4.139.1 is VS Code 1.139.1. */
export const codeServerVersion = process.env[codeServerVariable] ?? '4.139.1';

export interface InstalledVSCode {
  /** The Node.js that this VS Code was made for: what an extension finds in it is part of what the tests are to show. */
  readonly node: string;
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
  const installed = {
    serverMain: join(vscode, 'out', 'server-main.js'),
    codeServerEntry: join(codeServer, 'out', 'node', 'entry.js'),
  };

  // Written last, so that its absence tells of an unfinished install.
  const stamp = join(home, 'installed');
  const done = await readFile(stamp, 'utf8').catch(() => '');
  if (done.trim() === codeServerVersion && existsSync(installed.serverMain)) {
    return { ...installed, node: await nodeFor(home, codeServer) };
  }

  console.log(`Getting VS Code (code-server ${codeServerVersion}) from the npm registry, once, into ${home} …`);
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  // A manifest of its own keeps npm from walking up into ours. Older ones name an argon2 that has to be compiled.
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, overrides: { argon2: '^0.44.0' } }));
  // Nothing is compiled: VS Code logs the native modules it misses, and does without.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(home, 'install', `code-server@${codeServerVersion}`, ...quiet);
  await npm(vscode, 'install', '--omit=dev', ...quiet);
  const node = await nodeFor(home, codeServer);
  await writeFile(stamp, `${codeServerVersion}\n`);
  return { ...installed, node };
}

/** Our own Node.js, or one from the npm registry where this code-server was made for another. */
async function nodeFor(home: string, codeServer: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(codeServer, 'package.json'), 'utf8')) as { engines: { node: string } };
  const major = manifest.engines.node;
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const program = join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) await npm(home, 'install', `node@${major}`, '--no-audit', '--no-fund', '--loglevel=error');
  return program;
}

/**
 * A folder with those of VS Code's own extensions that a window cannot do without: its colour themes. A window with all of
 * them, of languages, debuggers and Git, takes 40 % more work to open; the test of the package has them. Beside them is the
 * tests' own driver, which this VS Code then starts like one of its own.
 */
export async function leanBuiltInExtensions(): Promise<string> {
  const { serverMain } = await installVSCode();
  const folder = join(outDir, 'built-in-extensions');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await buildWindowDriver(join(folder, 'window-driver'));
  await cp(join(serverMain, '..', '..', 'extensions', 'theme-defaults'), join(folder, 'theme-defaults'), { recursive: true });
  return folder;
}

async function npm(folder: string, ...commandLine: string[]): Promise<void> {
  const { command, args, shell } = npmCommand(...commandLine, '--prefix', folder);
  await runToEnd(command, args, { cwd: folder, shell });
}
