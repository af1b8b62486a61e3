import * as vscode from 'vscode';

let isTelling = false;

/** Tells that it cannot be known who is signed in, and lets the person have it tried again at once. */
export async function tellKeyringFailure(again: () => void): Promise<void> {
  if (isTelling) return;
  isTelling = true;
  try {
    const tryAgain = vscode.l10n.t('Try Again');
    const words = vscode.l10n.t(
      'Your sign-in could not be read from this computer’s keyring. It is tried again by itself; what you wrote is kept.',
    );
    if ((await vscode.window.showWarningMessage(words, tryAgain)) === tryAgain) again();
  } finally {
    isTelling = false;
  }
}
