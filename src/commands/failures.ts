import * as vscode from 'vscode';
import type { SignInPrompt } from '../account/signInPrompt.ts';

/** Turns whatever a command throws into a sentence with a way on, and a line in the log. */
export class Failures {
  readonly #log: vscode.LogOutputChannel;
  readonly #signInPrompt: SignInPrompt;

  constructor(log: vscode.LogOutputChannel, signInPrompt: SignInPrompt) {
    this.#log = log;
    this.#signInPrompt = signInPrompt;
  }

  /** A handler that tells its failures instead of throwing them. */
  telling<Args extends unknown[]>(handler: (...args: Args) => unknown): (...args: Args) => Promise<void> {
    return async (...args) => {
      try {
        await handler(...args);
      } catch (error) {
        await this.#tell(error, false);
      }
    };
  }

  /**
   * Does one step and offers to try just that one again when it failed and certainly changed nothing. What was asked
   * and chosen before it stays as it was, so a second try is for the same thing.
   * @param refresh  the command that shows what became of a step of which that is not known
   * @throws vscode.CancellationError when the person leaves it at that
   */
  async attempt<Answer>(step: () => Promise<Answer>, refresh?: string): Promise<Answer> {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (!(await this.#tell(error, true, refresh))) throw new vscode.CancellationError();
      }
    }
  }

  async #tell(error: unknown, canRetry: boolean, refresh?: string): Promise<boolean> {
    if (error instanceof vscode.CancellationError) return false;
    this.#log.error(error instanceof Error ? error : String(error));
    const { tellFailure } = await import('./tellFailure.ts');
    return tellFailure(error, { canRetry, refresh, signInPrompt: this.#signInPrompt });
  }
}
