import * as vscode from 'vscode';
import { BufferError } from '../buffer/bufferError.ts';

const { t } = vscode.l10n;

/** A command's handler wrapped so that whatever it throws becomes a sentence with a way on, and a line in the log. */
export function telling<Args extends unknown[]>(
  log: vscode.LogOutputChannel,
  handler: (...args: Args) => unknown,
): (...args: Args) => Promise<void> {
  const run = async (...args: Args): Promise<void> => {
    try {
      await handler(...args);
    } catch (error) {
      if (error instanceof vscode.CancellationError) return;
      log.error(error instanceof Error ? error : String(error));
      const choice = await tell(error);
      if (choice === 'retry') await run(...args);
      else if (choice) await vscode.commands.executeCommand(choice);
    }
  };
  return run;
}

interface Choice extends vscode.MessageItem {
  readonly choice: 'retry' | 'buffer.refresh' | 'buffer.showLog';
}

/** Shows an error and gives what the person chose: to try again, or a command. */
async function tell(error: unknown): Promise<Choice['choice'] | undefined> {
  const showLog: Choice = { title: t('Show Log'), choice: 'buffer.showLog' };
  if (!(error instanceof BufferError)) {
    const message = t('Something went wrong in Queue for Buffer.');
    return (await vscode.window.showErrorMessage(message, showLog))?.choice;
  }
  // Each of these was told already, or is no failure.
  if (error.kind === 'unauthorized' || error.kind === 'cancelled') return undefined;
  if (error.outcome === 'unknown') {
    const refresh: Choice = { title: t('Refresh'), choice: 'buffer.refresh' };
    return (await vscode.window.showWarningMessage(unclear(error), refresh, showLog))?.choice;
  }
  const retry: Choice = { title: t('Retry'), choice: 'retry' };
  return (await vscode.window.showErrorMessage(sentence(error), retry, showLog))?.choice;
}

/** What happened and what to do, for a request that changed nothing. */
export function sentence(error: BufferError): string {
  if (error.kind === 'rateLimited') return t('Buffer allows no more requests for now. Try again in {0} seconds.', error.retryAfter ?? 60);
  return error.message;
}

/** What to say when a write may or may not have arrived. */
export function unclear(error: BufferError): string {
  return t('{0} It is not known whether this was done. Refresh to see before you try again.', error.message);
}
