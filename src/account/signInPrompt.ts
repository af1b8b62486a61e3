import * as vscode from 'vscode';
import { plainText } from '../ui/plainText.ts';

/** Asks a person to sign in: once at a time, however many requests met a missing or refused token. */
export class SignInPrompt {
  #isShown = false;
  #wasDismissed = false;

  /** For something the person just did. @param reason  what happened, in a sentence */
  async show(reason: string): Promise<void> {
    if (this.#isShown) return;
    this.#isShown = true;
    try {
      const signIn = vscode.l10n.t('Sign In');
      const choice = await vscode.window.showErrorMessage(plainText(reason), signIn);
      this.#wasDismissed = choice !== signIn;
      if (choice === signIn) await vscode.commands.executeCommand('buffer.signIn');
    } finally {
      this.#isShown = false;
    }
  }

  /** For what goes on by itself: says it once, until someone signs in. */
  async showOnce(reason: string): Promise<void> {
    if (!this.#wasDismissed) await this.show(reason);
  }

  /** Someone signed in or out, so what was said is over. */
  reset(): void {
    this.#wasDismissed = false;
  }
}
