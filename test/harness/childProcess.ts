// Child processes that never outlive the one that started them, with all of their own children.
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();
const windows = process.platform === 'win32';

// The last resort, where nobody got to stop() any more: only synchronous calls are possible here.
process.on('exit', () => {
  for (const child of running) signalTree(child, 'SIGKILL');
});

/** Starts a program as the head of a process group of its own, so that stopTree() reaches what it starts too. */
export function spawnTree(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  // On Windows `detached` would open a console window; taskkill /T finds the children there without it.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: !windows });
  running.add(child);
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends a program started with spawnTree() and everything under it: first politely, after `patience` ms by force. */
export async function stopTree(child: ChildProcess, patience = 3_000): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const gone = once(child, 'exit');
    signalTree(child, 'SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
  }
  // The head may have gone while a grandchild (an extension host, a file watcher) has not.
  signalTree(child, 'SIGKILL');
  running.delete(child);
}

/** Runs a program to its end; rejects, with all it printed, when it fails. */
export async function runToEnd(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawnTree(command, args, options);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  running.delete(child);
  if (code !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}\n${output.trim()}`);
  }
  return output;
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone, which is what we want.
  }
}
