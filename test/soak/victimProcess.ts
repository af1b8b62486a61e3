import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { VictimOptions, VictimWord } from './victim.ts';

/** Makes one file of the victim, so that one starts in a tenth of a second. @returns where it is */
export async function buildVictim(folder: string): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = join(folder, 'victim.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'victim.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2023',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}

/** A window in a process of its own. */
export class VictimProcess {
  readonly #process: ChildProcess;
  readonly #exit: Promise<unknown>;

  constructor(file: string, options: VictimOptions, hear: (word: VictimWord) => void) {
    this.#process = fork(file, [JSON.stringify(options)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#exit = once(this.#process, 'exit');
    this.#process.on('message', (word: VictimWord) => hear(word));
  }

  /** Its time stands still. */
  stop(): void {
    this.#process.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process.kill('SIGCONT');
  }

  /** As `kill -9`, or as the power goes. Ends when it is gone, and all that it said was heard. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exit;
  }
}
