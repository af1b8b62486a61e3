// Waiting for a server to say where it can be reached.
import type { ChildProcess } from 'node:child_process';
import { timeoutFactor } from './timeoutFactor.ts';

/** Resolves to what `pattern` captures in the program's output; rejects with that output when it ends or takes too long. */
export function waitForOutput(child: ChildProcess, pattern: RegExp, timeout = 60_000 * timeoutFactor): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = pattern.exec(output)?.[1];
      if (found !== undefined) settle(() => resolve(found));
    };
    const ended = () => settle(() => reject(new Error(`VS Code's server ended before it was ready.\n${output.trim()}`)));
    const failed = (error: Error) => settle(() => reject(error));
    const timer = setTimeout(
      () => settle(() => reject(new Error(`VS Code's server was not ready after ${timeout / 1000} s.\n${output.trim()}`))),
      timeout,
    );
    const settle = (then: () => void) => {
      clearTimeout(timer);
      for (const stream of [child.stdout, child.stderr]) {
        stream?.off('data', read);
        // Keep reading, or a full pipe would stop the server.
        stream?.resume();
      }
      child.off('exit', ended).off('error', failed);
      then();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', ended).on('error', failed);
  });
}
