// `npm start`: VS Code with the extension, signed in to a Buffer on this machine. Nothing is ever posted.
//   --desktop   in VS Code for the desktop instead of the browser
//   --port=N    the port of the window's address
//   --no-open   prints the address instead of opening it
//   --api=v1    signed in to the old REST API instead of the current one
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { spawnTree, stopTree } from './childProcess.ts';
import { Cleanup } from './cleanup.ts';
import { codeServerUserData, startCodeServer } from './codeServer.ts';
import { desktopArguments, installDesktop } from './desktop.ts';
import { type ApiName, cleanEnvironment, quietSettings, sandboxEnvironment, sandboxSettings, type Settings } from './environment.ts';
import { buildSandboxExtension } from './extensionCopy.ts';
import { freePort } from './freePort.ts';
import { cacheDir, sampleWorkspaceDir } from './paths.ts';
import { writeSettings } from './settingsFiles.ts';
import { openInBrowser } from './showAddress.ts';
import { packExtension } from './vsix.ts';

const { values } = parseArgs({
  options: {
    desktop: { type: 'boolean', default: false },
    port: { type: 'string' },
    open: { type: 'boolean', default: true },
    api: { type: 'string', default: 'graphql' },
  },
  allowNegative: true,
});

const api: ApiName = values.api === 'v1' ? 'v1' : 'graphql';

/** Outlives a restart: the person's settings, secrets and the workspace they played with. */
const home = join(cacheDir, 'start');

// Colours are the person's own choice.
const { 'workbench.colorTheme': _, ...settings }: Settings = { ...quietSettings, 'window.autoDetectColorScheme': true };

const cleanup = new Cleanup();
try {
  console.log('Building the extension …');
  const extension = await buildSandboxExtension();
  const workspace = join(home, 'garden-notes');
  await cp(sampleWorkspaceDir, workspace, { recursive: true, force: false });
  const sandbox = await startSandbox();
  cleanup.add(() => sandbox.close());

  if (values.desktop) await onDesktop(extension, workspace, sandbox);
  else await inBrowser(extension, workspace, sandbox);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await cleanup.run();
}

/** Leaves the server running; Ctrl+C ends it. */
async function inBrowser(extension: string, workspace: string, sandbox: Sandbox): Promise<void> {
  const vsix = await packExtension(extension, 'queue-for-buffer-sandbox');
  const dataDir = join(home, 'browser');
  const userData = codeServerUserData(dataDir);
  if (!existsSync(join(userData, 'User', 'settings.json'))) await writeSettings(userData, 'User', settings);
  await writeSettings(userData, 'Machine', sandboxSettings(sandbox));

  console.log('Starting VS Code …');
  // The same port every time, where it can be: a browser keeps what the window remembers by address.
  const port = values.port === undefined ? await freePort(3210) : Number(values.port);
  const server = await startCodeServer({ dataDir, vsix, port, env: sandboxEnvironment(sandbox, api) });
  cleanup.add(() => server.stop());
  const address = server.url(workspace);
  const isOpen = values.open && (await openInBrowser(address));
  tell(isOpen ? 'VS Code is open in your browser' : 'VS Code is ready: open this in your browser', address, sandbox);
}

/** Ends when the person closes the window, too. */
async function onDesktop(extension: string, workspace: string, sandbox: Sandbox): Promise<void> {
  const program = await installDesktop();
  const options = await desktopArguments(join(home, 'desktop'), { ...settings, ...sandboxSettings(sandbox) });
  const vscode = spawnTree(program, [workspace, `--extensionDevelopmentPath=${extension}`, ...options], {
    env: cleanEnvironment(sandboxEnvironment(sandbox, api)),
    stdio: 'ignore',
  });
  cleanup.add(() => stopTree(vscode));
  tell('VS Code is open in a window of its own', program, sandbox);
  await once(vscode, 'exit');
  await cleanup.run();
}

function tell(what: string, where: string, sandbox: Sandbox): void {
  console.log(`
  ${what}

    ${where}

  Look for Buffer in the activity bar. The accounts in it live in a Buffer on this machine:
  nothing you do there is ever posted.

  You are signed in to the ${api === 'v1' ? 'old API, v1' : 'current API'}. To try the other service, sign out in the Buffer view
  and sign in again with one of these:

    current API (GraphQL)    ${sandbox.graphqlToken}
    old API (REST v1)        ${sandbox.token}

    Buffer on this machine   ${sandbox.graphqlUrl} and ${sandbox.url}
    signing in by browser    ${sandbox.authUrl}, client id ${sandbox.clientId}
    its controls             ${sandbox.controlUrl}

  Ctrl+C ends all of it.
`);
}
