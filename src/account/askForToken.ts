import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { SignedIn } from './account.ts';

/** Where a person makes a key of the current API. Those of v1 are given out no more. */
export const tokenPage = vscode.Uri.parse('https://publish.buffer.com/settings/api');

/**
 * Asks for a token in a masked box, checks it with the service and stays open with the reason while it is refused.
 * @param tryToken  whose a token is; throws `BufferError`
 * @throws vscode.CancellationError when the person gives up
 */
export function askForToken(tryToken: (token: string) => Promise<SignedIn>): Promise<SignedIn> {
  const input = vscode.window.createInputBox();
  const getToken: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: vscode.l10n.t('Get an API key at buffer.com'),
  };
  input.title = vscode.l10n.t('Sign In to Buffer');
  input.prompt = vscode.l10n.t('Paste your Buffer API key, or an access token of the old API. It is kept in VS Code’s secret storage.');
  input.placeholder = vscode.l10n.t('API key or access token');
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [getToken];

  return new Promise((resolve, reject) => {
    input.onDidTriggerButton(() => void vscode.env.openExternal(tokenPage));
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidHide(() => {
      input.dispose();
      reject(new vscode.CancellationError());
    });
    input.onDidAccept(async () => {
      const token = input.value.trim();
      input.validationMessage = problemWith(token);
      if (input.validationMessage || input.busy) return;
      input.busy = true;
      input.enabled = false;
      try {
        resolve(await tryToken(token));
        input.hide();
      } catch (error) {
        input.validationMessage = refusal(error);
      } finally {
        input.busy = false;
        input.enabled = true;
      }
    });
    input.show();
  });
}

/** What is wrong with a token at first sight: a header can hold only visible ASCII. */
function problemWith(token: string): string | undefined {
  if (!token) return vscode.l10n.t('Paste a token first.');
  if (!/^[\x21-\x7e]+$/.test(token)) return vscode.l10n.t('A token has no spaces or special characters. Copy the token alone.');
  return undefined;
}

function refusal(error: unknown): string {
  if (error instanceof BufferError && error.kind === 'unauthorized') {
    return vscode.l10n.t('Buffer does not know this token. Check that it was copied whole and was not revoked.');
  }
  return error instanceof BufferError
    ? vscode.l10n.t('The token could not be checked: {0}', error.message)
    : vscode.l10n.t('The token could not be checked.');
}
