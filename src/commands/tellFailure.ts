import * as vscode from 'vscode';
import type { SignInPrompt } from '../account/signInPrompt.ts';
import { BufferError } from '../core/buffer/bufferError.ts';
import { sentence, unclear } from '../ui/errorWords.ts';
import { helpFor } from '../ui/help.ts';

interface Choice extends vscode.MessageItem {
  /** Another try, or the command that helps. */
  readonly choice: string;
  readonly arguments?: readonly unknown[];
}

export interface FailureOptions {
  /** Whether another try of just this step is offered. */
  readonly canRetry: boolean;
  /** The command that shows what became of a step of which that is not known. */
  readonly refresh?: string;
  readonly signInPrompt: SignInPrompt;
}

/** Shows an error with what helps; true when the person wants to try again. */
export async function tellFailure(
  error: unknown,
  { canRetry, refresh = 'buffer.refresh', signInPrompt }: FailureOptions,
): Promise<boolean> {
  const showLog: Choice = { title: vscode.l10n.t('Show Log'), choice: 'buffer.showLog' };
  if (!(error instanceof BufferError)) {
    return follow(await vscode.window.showErrorMessage(vscode.l10n.t('Something went wrong in Queue for Buffer.'), showLog));
  }
  if (error.kind === 'cancelled') return false;
  if (error.kind === 'unauthorized') {
    await signInPrompt.show(error.message);
    return false;
  }
  const known = helpFor(error.remedy);
  const help: Choice[] = known ? [{ title: known.title, choice: known.command, arguments: known.arguments }] : [];
  if (error.outcome === 'unknown') {
    const look: Choice = { title: vscode.l10n.t('Refresh'), choice: refresh };
    return follow(await vscode.window.showWarningMessage(unclear(error), ...help, look, showLog));
  }
  const retry: Choice = { title: vscode.l10n.t('Retry'), choice: 'retry' };
  return follow(
    await vscode.window.showErrorMessage(sentence(error), ...help, ...(canRetry && error.remedy !== 'keyring' ? [retry] : []), showLog),
  );
}

async function follow(chosen: Choice | undefined): Promise<boolean> {
  if (chosen && chosen.choice !== 'retry') await vscode.commands.executeCommand(chosen.choice, ...(chosen.arguments ?? []));
  return chosen?.choice === 'retry';
}
