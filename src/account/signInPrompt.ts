import * as vscode from 'vscode';

/** Asks a person to sign in: once at a time, however many requests met a missing or refused token. */
export class SignInPrompt {
  #isShown = false;

  /** @param reason  what happened, in a sentence */
  async show(reason: string): Promise<void> {
    if (this.#isShown) return;
    this.#isShown = true;
    try {
      const signIn = vscode.l10n.t('Sign In');
      if ((await vscode.window.showErrorMessage(reason, signIn)) === signIn) await vscode.commands.executeCommand('buffer.signIn');
    } finally {
      this.#isShown = false;
    }
  }
}
