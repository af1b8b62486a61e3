import * as vscode from 'vscode';

let isTelling = false;

/** Tells that it cannot be known who is signed in, and lets the person have it tried again at once. */
export async function tellKeyringFailure(again: () => void): Promise<void> {
  if (isTelling) return;
  isTelling = true;
  try {
    const words = vscode.l10n.t(
      'The keyring is locked: your sign-in could not be read from it. It is tried again by itself; what you wrote is kept.',
    );
    if (await wantsAgain(words)) again();
  } finally {
    isTelling = false;
  }
}

/** Tells somebody who signed out that the keyring still holds the key, until it let go of it. */
export async function tellKept(again: () => Promise<boolean>): Promise<void> {
  const words = vscode.l10n.t(
    'You are signed out, but the keyring is locked and still holds your key. It is not used any more and is deleted later.',
  );
  while (await wantsAgain(words)) if (await again()) return;
}

/** Whether to try once more to keep a sign-in. */
export function askToStoreAgain(): Promise<boolean> {
  return wantsAgain(vscode.l10n.t('The keyring is locked: your sign-in could not be stored in it. Unlock it and try again.'));
}

async function wantsAgain(words: string): Promise<boolean> {
  const tryAgain = vscode.l10n.t('Try Again');
  return (await vscode.window.showWarningMessage(words, tryAgain)) === tryAgain;
}
