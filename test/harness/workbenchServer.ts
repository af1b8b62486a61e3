// VS Code's own server with a fresh data folder: the workbench the tests run in.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { spawnTree, stopTree } from './childProcess.ts';
import { cleanEnvironment, type Settings } from './environment.ts';
import { waitForOutput } from './listening.ts';
import { writeSettings } from './settingsFiles.ts';
import { installVSCode } from './vscode.ts';

export interface WorkbenchServerOptions {
  readonly userSettings?: Settings;
  readonly machineSettings?: Settings;
  /** Added to the environment of the server, and so of every extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkbenchUrlOptions {
  /** The folder to open as the workspace. */
  readonly folder: string;
  /** An extension to load from its folder, as F5 does. */
  readonly extensionDevelopmentPath?: string;
  /** A module whose `run()` is called inside the extension host. */
  readonly extensionTestsPath?: string;
}

export interface WorkbenchServer {
  readonly origin: string;
  /** The address of a window. */
  url(options: WorkbenchUrlOptions): string;
  /** Replaces the User settings; a window opened afterwards starts with them. */
  setUserSettings(settings: Settings): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a free port and resolves once it listens. */
export async function startWorkbenchServer(options: WorkbenchServerOptions = {}): Promise<WorkbenchServer> {
  const { node, serverMain } = await installVSCode();
  const dataDir = await mkdtemp(join(tmpdir(), 'buffer-workbench-'));
  const userData = join(dataDir, 'data');
  await writeSettings(userData, 'User', options.userSettings ?? {});
  await writeSettings(userData, 'Machine', options.machineSettings ?? {});

  const server = spawnTree(
    node,
    [
      serverMain,
      '--host=127.0.0.1',
      '--port=0',
      '--without-connection-token',
      '--accept-server-license-terms',
      `--server-data-dir=${dataDir}`,
      // Lets a page name the extension and the tests to load.
      '--enable-smoke-test-driver',
      '--disable-workspace-trust',
      '--disable-telemetry',
      // A closed page does not say goodbye; its extension host would stay for three hours.
      '--reconnection-grace-time=5',
    ],
    { env: cleanEnvironment(options.env) },
  );
  const stop = async () => {
    await stopTree(server);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const port = await waitForOutput(server, /agent listening on (\d+)/);
    const host = `127.0.0.1:${port}`;
    return {
      origin: `http://${host}`,
      url: (window) => windowUrl(host, window),
      setUserSettings: (settings) => writeSettings(userData, 'User', settings),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function windowUrl(host: string, { folder, extensionDevelopmentPath, extensionTestsPath }: WorkbenchUrlOptions): string {
  const remote = (path: string) => `vscode-remote://${host}${pathToFileURL(path).pathname}`;
  const payload: [string, string][] = [];
  if (extensionDevelopmentPath) payload.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  const query = new URLSearchParams({
    folder: decodeURIComponent(pathToFileURL(folder).pathname),
    payload: JSON.stringify(payload),
  });
  return `http://${host}/?${query.toString()}`;
}
