// VS Code behind code-server's own front end: installs a .vsix, keeps settings and secrets, restarts where it was.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runToEnd, spawnTree, stopTree } from './childProcess.ts';
import { cleanEnvironment } from './environment.ts';
import { waitForOutput } from './listening.ts';
import { installVSCode } from './vscode.ts';

export interface CodeServerOptions {
  /** Where all it remembers is kept: user data and extensions. */
  readonly dataDir: string;
  /** The extension to install. */
  readonly vsix: string;
  /** 0, the default, is any that is free. */
  readonly port?: number;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The built-in extensions it has, in place of all of them. The oldest code-server that is tried knows no such choice. */
  readonly builtInExtensions?: string;
}

export interface CodeServer {
  readonly origin: string;
  /** The address of a window with this folder open. */
  url(folder: string): string;
  stop(): Promise<void>;
}

/** The folder that holds `User/settings.json` and `Machine/settings.json`. */
export function codeServerUserData(dataDir: string): string {
  return join(dataDir, 'user-data');
}

/** The folder extensions are unpacked into. */
export function codeServerExtensions(dataDir: string): string {
  return join(dataDir, 'extensions');
}

/** Installs the extension and starts the server; resolves once it listens. */
export async function startCodeServer({ dataDir, vsix, port = 0, env, builtInExtensions }: CodeServerOptions): Promise<CodeServer> {
  const { node, codeServerEntry } = await installVSCode();
  const folders = [
    `--user-data-dir=${codeServerUserData(dataDir)}`,
    `--extensions-dir=${codeServerExtensions(dataDir)}`,
    // Else it writes a configuration into the person's home.
    `--config=${join(dataDir, 'config.yaml')}`,
  ];
  // PORT and PASSWORD would win over what we say here. Its own logs stay out of the person's home, too.
  const { PORT: _port, PASSWORD: _password, ...inherited } = cleanEnvironment(env);
  // Left to itself, code-server sends the browser to other addresses of this machine through a proxy of its own.
  const environment = { ...inherited, XDG_DATA_HOME: join(dataDir, 'share'), VSCODE_PROXY_URI: '' };

  await runToEnd(node, [codeServerEntry, ...folders, '--install-extension', vsix, '--force'], { env: environment });

  const server = spawnTree(
    node,
    [
      codeServerEntry,
      ...folders,
      '--auth=none',
      `--bind-addr=127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      ...(builtInExtensions === undefined ? [] : [`--vscode-option=builtin-extensions-dir=${builtInExtensions}`]),
    ],
    { env: environment },
  );
  try {
    const origin = await waitForOutput(server, /server listening on (http:\/\/[\d.]+:\d+)/);
    return {
      origin,
      url: (folder) => {
        const query = new URLSearchParams({ folder: decodeURIComponent(pathToFileURL(folder).pathname) });
        return `${origin}/?${query.toString()}`;
      },
      stop: () => stopTree(server),
    };
  } catch (error) {
    await stopTree(server);
    throw error;
  }
}
