import * as vscode from 'vscode';
import { BufferError } from '../buffer/bufferError.ts';
import type { Account } from '../buffer/model.ts';

/** Where Buffer shows the tokens of a person's own apps. */
export const tokenPage = vscode.Uri.parse('https://buffer.com/developers/apps');

/**
 * Asks for a token in a masked box, checks it with the service and stays open with the reason while it is refused.
 * @param check  who a token belongs to; throws `BufferError`
 * @throws vscode.CancellationError when the person gives up
 */
export function askForToken(check: (token: string) => Promise<Account>): Promise<{ token: string; account: Account }> {
  const input = vscode.window.createInputBox();
  const getToken: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('link-external'), tooltip: vscode.l10n.t('Get a token at buffer.com') };
  input.title = vscode.l10n.t('Sign In to Buffer');
  input.prompt = vscode.l10n.t('Paste your Buffer access token. It is kept in VS Code’s secret storage.');
  input.placeholder = vscode.l10n.t('Access token');
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
        const account = await check(token);
        resolve({ token, account });
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
  if (!/^[\x21-\x7e]+$/.test(token)) return vscode.l10n.t('A token has no spaces or special characters. Copy it again, without what is around it.');
  return undefined;
}

function refusal(error: unknown): string {
  if (error instanceof BufferError && error.kind === 'unauthorized') {
    return vscode.l10n.t('Buffer does not know this token. Check that it was copied whole and was not revoked.');
  }
  return error instanceof BufferError ? vscode.l10n.t('The token could not be checked: {0}', error.message) : vscode.l10n.t('The token could not be checked.');
}
