// An extension of the tests' own in each of their windows: does what the tests ask of it over a socket, to leave a window as
// it was found. What people do is done with mouse and keyboard, never here.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { driverVariable } from './driverVariable.ts';
import type { Restartable } from './restartable.ts';

export interface Request {
  readonly id: number;
  readonly action: keyof typeof actions;
  readonly value?: string;
}

export interface Answer {
  readonly id: number;
  readonly error?: string;
}

const actions = {
  /** Nothing open, nothing told. */
  async close(): Promise<void> {
    await run('workbench.action.closeQuickOpen');
    for (let tries = 0; vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0); tries++) {
      if (tries === 40) throw new Error('The editors do not close.');
      await run('workbench.action.revertAndCloseActiveEditor');
    }
    for (const command of ['closePanel', 'closeAuxiliaryBar']) await run(`workbench.action.${command}`);
    // A composer in the side bar has the focus no more.
    await run('workbench.action.focusActiveEditorGroup');
    await run('notifications.clearAll');
  },
  /**
   * Makes the settings of the colour theme and of the extension what this says as JSON, the person's and the machine's: VS Code
   * knows which is whose. Without its native parts, this one does not see that a file of its settings was written.
   */
  async configure(json = '{}'): Promise<void> {
    const wanted = JSON.parse(json) as Readonly<Record<string, unknown>>;
    const configuration = vscode.workspace.getConfiguration();
    const properties: object = found()?.packageJSON.contributes.configuration.properties ?? {};
    for (const name of ['workbench.colorTheme', ...Object.keys(properties)]) {
      if (isDeepStrictEqual(configuration.inspect(name)?.globalValue, wanted[name])) continue;
      await configuration.update(name, wanted[name], vscode.ConfigurationTarget.Global);
    }
  },
  /** Ends the extension, which keeps nothing. */
  async end(): Promise<void> {
    await extension()?.end();
    await run('notifications.clearAll');
    await run('workbench.view.explorer');
    // Files were put back meanwhile, which it may have seen half done.
    await run('workbench.files.action.refreshFilesExplorer');
  },
  /** Starts it anew. */
  async begin(): Promise<void> {
    await extension()?.start();
  },
  /** Starts it anew with what it kept, and a keyring that is locked. */
  async lock(): Promise<void> {
    await extension()?.lock();
  },
  unlock(): Promise<void> {
    extension()?.unlock();
    return Promise.resolve();
  },
};

export function activate(context: vscode.ExtensionContext): void {
  const port = Number(process.env[driverVariable]);
  if (!port) return;
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  createInterface(socket).on('line', (line) => {
    const { id, action, value } = JSON.parse(line) as Request;
    actions[action](value).then(
      () => answer({ id }),
      (error: unknown) => answer({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  const answer = (each: Answer) => socket.write(`${JSON.stringify(each)}\n`);
  context.subscriptions.push({ dispose: () => socket.destroy() });
}

function run(command: string): Thenable<unknown> {
  return vscode.commands.executeCommand(command);
}

function found(): vscode.Extension<Restartable> | undefined {
  return vscode.extensions.getExtension<Restartable>('queue-for-buffer.queue-for-buffer');
}

/** Undefined while nothing has asked for it in this window. */
function extension(): Restartable | undefined {
  return found()?.isActive ? found()!.exports : undefined;
}
