import * as vscode from 'vscode';

const { t } = vscode.l10n;

/** Tells that the token is refused, once at a time however many requests met it. */
export class RejectedToken {
  #isShown = false;

  async tell(): Promise<void> {
    if (this.#isShown) return;
    this.#isShown = true;
    try {
      const signIn = t('Sign In');
      const choice = await vscode.window.showErrorMessage(t('Buffer does not accept your token any more. Sign in again to go on.'), signIn);
      if (choice === signIn) await vscode.commands.executeCommand('buffer.signIn');
    } finally {
      this.#isShown = false;
    }
  }
}
