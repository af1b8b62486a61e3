// Runs inside the extension host, which it tells by one line of its log what it found.
import * as vscode from 'vscode';

/** In milliseconds, one of each in turn. */
export interface ComposerTimes {
  readonly composers: readonly number[];
  readonly empties: readonly number[];
}

/** Called by VS Code as the module for tests. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('queue-for-buffer.queue-for-buffer')!;
  const { composers } = (await extension.activate()) as { composers: { onDidReady: vscode.Event<void> } };
  const composer = async () => {
    const ready = new Promise<void>((resolve) => {
      const listener = composers.onDidReady(() => {
        listener.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('buffer.newUpdate');
    await ready;
  };
  // The very first webviews of a window, and the code that is loaded with the first composer, are another matter.
  for (let count = 0; count < 2; count++) {
    await timed(empty);
    await timed(composer);
  }
  const times = { composers: [] as number[], empties: [] as number[] };
  for (let count = 0; count < Number(process.env['BUFFER_BENCH_RUNS']); count++) {
    times.empties.push(await timed(empty));
    times.composers.push(await timed(composer));
  }
  console.log(`${process.env['BUFFER_REPORT_MARK']!}${JSON.stringify(times)}`);
}

async function empty(): Promise<void> {
  const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.One, { enableScripts: true });
  const ready = new Promise((resolve) => panel.webview.onDidReceiveMessage(resolve));
  panel.webview.html = '<!DOCTYPE html><html><body><script>acquireVsCodeApi().postMessage(1)</script></body></html>';
  await ready;
}

async function timed(open: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await open();
  const took = performance.now() - started;
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return took;
}
