import * as vscode from 'vscode';
import type { SignInPrompt } from '../account/signInPrompt.ts';
import { BufferError } from '../buffer/bufferError.ts';
import { sentence, unclear } from '../queue/errorWords.ts';

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
    const run = async (...args: Args): Promise<void> => {
      try {
        await handler(...args);
      } catch (error) {
        const choice = await this.#tell(error);
        if (choice === 'retry') await run(...args);
        else if (choice) await vscode.commands.executeCommand(choice);
      }
    };
    return run;
  }

  /** Shows an error and gives what the person chose: to try again, or a command. */
  async #tell(error: unknown): Promise<Choice['choice'] | undefined> {
    if (error instanceof vscode.CancellationError) return undefined;
    this.#log.error(error instanceof Error ? error : String(error));
    const showLog: Choice = { title: vscode.l10n.t('Show Log'), choice: 'buffer.showLog' };
    if (!(error instanceof BufferError)) {
      return (await vscode.window.showErrorMessage(vscode.l10n.t('Something went wrong in Queue for Buffer.'), showLog))?.choice;
    }
    if (error.kind === 'cancelled') return undefined;
    if (error.kind === 'unauthorized') {
      await this.#signInPrompt.show(error.message);
      return undefined;
    }
    if (error.outcome === 'unknown') {
      const refresh: Choice = { title: vscode.l10n.t('Refresh'), choice: 'buffer.refresh' };
      return (await vscode.window.showWarningMessage(unclear(error), refresh, showLog))?.choice;
    }
    const retry: Choice = { title: vscode.l10n.t('Retry'), choice: 'retry' };
    return (await vscode.window.showErrorMessage(sentence(error), retry, showLog))?.choice;
  }
}

interface Choice extends vscode.MessageItem {
  readonly choice: 'retry' | 'buffer.refresh' | 'buffer.showLog';
}
