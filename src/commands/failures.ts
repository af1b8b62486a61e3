import * as vscode from 'vscode';
import type { SignInPrompt } from '../account/signInPrompt.ts';
import { BufferError, type Remedy } from '../core/buffer/bufferError.ts';
import { sentence, unclear } from '../ui/errorWords.ts';

interface Choice extends vscode.MessageItem {
  /** Another try, or the command that helps. */
  readonly choice: string;
  readonly arguments?: readonly unknown[];
}

/**
 * A page in whose place a network can show its own: only plain http can be answered so, and this address is reserved
 * for such uses (RFC 2606), so nobody else learns of it.
 */
const plainPage = 'http://example.com/';

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
  async attempt<Answer>(step: () => Promise<Answer>, refresh = 'buffer.refresh'): Promise<Answer> {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (!(await this.#tell(error, true, refresh))) throw new vscode.CancellationError();
      }
    }
  }

  /** Shows an error; true when the person wants to try again. */
  async #tell(error: unknown, canRetry: boolean, refresh = 'buffer.refresh'): Promise<boolean> {
    if (error instanceof vscode.CancellationError) return false;
    this.#log.error(error instanceof Error ? error : String(error));
    const showLog: Choice = { title: vscode.l10n.t('Show Log'), choice: 'buffer.showLog' };
    if (!(error instanceof BufferError)) {
      return this.#do(await vscode.window.showErrorMessage(vscode.l10n.t('Something went wrong in Queue for Buffer.'), showLog));
    }
    if (error.kind === 'cancelled') return false;
    if (error.kind === 'unauthorized') {
      await this.#signInPrompt.show(error.message);
      return false;
    }
    const help = helpFor(error.remedy);
    if (error.outcome === 'unknown') {
      const look: Choice = { title: vscode.l10n.t('Refresh'), choice: refresh };
      return this.#do(await vscode.window.showWarningMessage(unclear(error), ...help, look, showLog));
    }
    const retry: Choice = { title: vscode.l10n.t('Retry'), choice: 'retry' };
    return this.#do(await vscode.window.showErrorMessage(sentence(error), ...help, ...(canRetry ? [retry] : []), showLog));
  }

  async #do(chosen: Choice | undefined): Promise<boolean> {
    if (chosen && chosen.choice !== 'retry') await vscode.commands.executeCommand(chosen.choice, ...(chosen.arguments ?? []));
    return chosen?.choice === 'retry';
  }
}

/** What to offer where something is between this computer and the service. */
function helpFor(remedy: Remedy | undefined): Choice[] {
  switch (remedy) {
    case 'signInPage':
      return [{ title: vscode.l10n.t('Open Sign-in Page'), choice: 'vscode.open', arguments: [vscode.Uri.parse(plainPage)] }];
    case 'proxySettings':
      return [{ title: vscode.l10n.t('Open Settings'), choice: 'workbench.action.openSettings', arguments: ['http.proxy'] }];
    case undefined:
      return [];
  }
}
