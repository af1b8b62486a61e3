import * as vscode from 'vscode';

/** The person would rather paste a key. */
export const useKey = Symbol('useKey');

export interface Waiting {
  /** Ends when the person gives up. */
  readonly signal: AbortSignal;
  /** The browser came back, so there is nothing left to choose. */
  readonly answered: () => void;
}

/**
 * Waits for a browser, which may never come back, with what a person can do meanwhile on the screen from the first
 * moment. A notification says that it goes on and can be cancelled, but VS Code gives its progress no other button; and
 * a message with buttons cannot be taken away again, so it would stay when all is done. So the choices are a list, as the
 * one that began this, which stays open while the person is in the browser and goes with the answer. A list is also
 * closed by any other list that opens, so closing it ends nothing: the notification stays, and its Cancel.
 * @returns what came of it, or `useKey`
 * @throws vscode.CancellationError when the person gives up
 */
export async function waitForBrowser<Answer>(
  openAgain: () => Thenable<unknown>,
  act: (waiting: Waiting) => Promise<Answer>,
): Promise<Answer | typeof useKey> {
  const end = new AbortController();
  const choices = showChoices({ useKey: () => end.abort(useKey), openAgain, cancel: () => end.abort(new vscode.CancellationError()) });
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Allow access to your Buffer account in your browser.'),
    cancellable: true,
  };
  try {
    return await vscode.window.withProgress(progress, async (_progress, cancellation) => {
      const subscription = cancellation.onCancellationRequested(() => end.abort(new vscode.CancellationError()));
      try {
        return await act({ signal: end.signal, answered: () => void choices.dispose() });
      } finally {
        subscription.dispose();
      }
    });
  } catch (error) {
    if (!end.signal.aborted) throw error;
    if (end.signal.reason === useKey) return useKey;
    throw end.signal.reason as Error;
  } finally {
    choices.dispose();
  }
}

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => unknown;
}

function showChoices({
  useKey,
  openAgain,
  cancel,
}: {
  readonly useKey: () => void;
  readonly openAgain: () => Thenable<unknown>;
  readonly cancel: () => void;
}): vscode.Disposable {
  const list = vscode.window.createQuickPick<Choice>();
  list.title = vscode.l10n.t('Sign In to Buffer');
  list.placeholder = vscode.l10n.t('Waiting for your browser');
  list.busy = true;
  list.ignoreFocusOut = true;
  list.items = [
    { label: vscode.l10n.t('$(key) Use a Key Instead'), choose: useKey },
    // One that does not open is VS Code's to tell.
    { label: vscode.l10n.t('$(globe) Open the Browser Again'), choose: () => openAgain().then(undefined, () => undefined) },
    { label: vscode.l10n.t('$(close) Cancel'), choose: cancel },
  ];
  list.onDidAccept(() => list.selectedItems[0]?.choose());
  list.show();
  return list;
}
