import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { VictimOptions, VictimWord } from './victim.ts';

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
