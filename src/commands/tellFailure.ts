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
  const help = helpFor(error.remedy);
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

/** What to offer where something is between this computer and the service. */
function helpFor(remedy: Remedy | undefined): Choice[] {
  switch (remedy) {
    case 'signInPage':
      return [{ title: vscode.l10n.t('Open Sign-in Page'), choice: 'vscode.open', arguments: [vscode.Uri.parse(plainPage)] }];
    case 'proxySettings':
      return [{ title: vscode.l10n.t('Open Settings'), choice: 'workbench.action.openSettings', arguments: ['http.proxy'] }];
    case 'keyring':
      return [{ title: vscode.l10n.t('Try Again'), choice: 'buffer.followAccount' }];
    case undefined:
      return [];
  }
}
