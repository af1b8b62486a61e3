import * as vscode from 'vscode';
import type { BufferError } from '../buffer/bufferError.ts';
import { plainText } from '../plainText.ts';

/** What happened and what to do, for a request that changed nothing. */
export function sentence(error: BufferError): string {
  if (error.kind === 'rateLimited') {
    return vscode.l10n.t('Buffer allows no more requests for now. Try again in {0} seconds.', error.retryAfter ?? 60);
  }
  return plainText(error.message);
}

/** What to say when a write may or may not have arrived. */
export function unclear(error: BufferError): string {
  return vscode.l10n.t('{0} It is not known whether this was done. Refresh to see before you try again.', plainText(error.message));
}

/** Why a profile did not take an update. */
export function refusal(error: BufferError | undefined): string {
  return error ? sentence(error) : vscode.l10n.t('Buffer did not take it.');
}
