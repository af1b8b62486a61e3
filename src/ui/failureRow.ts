import * as vscode from 'vscode';
import type { BufferError } from '../core/buffer/bufferError.ts';
import { sentence } from './errorWords.ts';

/** Makes a row say what failed; a click on it tries again or, where only that helps, signs in. */
export function drawFailure(item: vscode.TreeItem, error: BufferError | undefined, retry: vscode.Command): void {
  const signIn = error?.kind === 'unauthorized';
  item.label = signIn ? vscode.l10n.t('Sign in again') : error ? sentence(error) : '';
  item.description = signIn ? error.message : vscode.l10n.t('Try again');
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  // A string: whatever stands in it is text.
  item.tooltip = [
    error && (signIn ? error.message : sentence(error)),
    signIn ? vscode.l10n.t('Click to sign in again.') : vscode.l10n.t('Click to try again.'),
  ]
    .filter(Boolean)
    .join('\n\n');
  item.contextValue = 'failure';
  item.command = signIn ? { command: 'buffer.signIn', title: vscode.l10n.t('Sign In') } : retry;
}
