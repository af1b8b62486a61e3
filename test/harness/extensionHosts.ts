import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Kills the extension hosts below this process as a crash would, and resolves when VS Code has started another. Not on Windows. */
export async function killExtensionHosts(): Promise<void> {
  const killed = endExtensionHosts();
  if (killed.length === 0) throw new Error('There is no extension host to kill.');
  for (let tries = 0; extensionHosts().every((pid) => killed.includes(pid)); tries++) {
    if (tries > 200) throw new Error('VS Code started no other extension host.');
    await sleep(100);
  }
}

/** Ends the extension hosts below this process at once, also those of closed windows, and returns their ids. Not on Windows. */
export function endExtensionHosts(): number[] {
  const ended = extensionHosts();
  for (const pid of ended) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return ended;
}

/** The process ids of the extension hosts below this process. Not on Windows. */
export function extensionHosts(): number[] {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid ? [{ pid: Number(pid), parent: Number(parent), args: args! }] : [];
    });
  const below = (pid: number): typeof processes =>
    processes.filter(({ parent }) => parent === pid).flatMap((each) => [each, ...below(each.pid)]);
  return below(process.pid)
    .filter(({ args }) => args.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}
