import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { characterCounter } from '../core/queue/characterCounter.ts';
import { hintWords } from '../ui/hintWords.ts';
import { closedWords } from '../ui/closedWords.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { isRequeuedOnSave, onDidChangeRequeue } from '../ui/requeueOnSave.ts';
import { updateScheme } from '../ui/updateScheme.ts';
import { updateIdOf } from '../ui/updateUri.ts';

/** Counts an open update as its network does, while typing: the overflow is underlined, the status bar shows the count. */
export class UpdateDiagnostics implements vscode.Disposable {
  readonly #store: QueueStore;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('buffer');
  readonly #status = vscode.window.createStatusBarItem('buffer.count', vscode.StatusBarAlignment.Right, 100);
  readonly #subscriptions: { dispose(): void }[];
  #soon: NodeJS.Timeout | undefined;

  constructor(store: QueueStore) {
    this.#store = store;
    this.#status.name = vscode.l10n.t('Buffer Character Count');
    const { workspace, window } = vscode;
    this.#subscriptions = [
      this.#diagnostics,
      this.#status,
      workspace.onDidOpenTextDocument((document) => void this.#check(document)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === updateScheme) this.#checkSoon(document);
      }),
      // It went, failed or is to be requeued: what is said of it holds no more.
      store.onDidChange((changes) => {
        const ids = new Set(changes.flatMap((change) => (change.kind === 'update' ? [change.updateId] : [])));
        this.#checkOpen((id) => ids.has(id));
      }),
      onDidChangeRequeue((changed) => this.#checkOpen((id) => id === changed)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#diagnostics.delete(uri);
        if (!window.activeTextEditor) this.#status.hide();
      }),
      window.onDidChangeActiveTextEditor((editor) => (editor ? void this.#check(editor.document) : this.#status.hide())),
    ];
    for (const document of workspace.textDocuments) void this.#check(document);
  }

  dispose(): void {
    clearTimeout(this.#soon);
    for (const each of this.#subscriptions) each.dispose();
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const isActive = () => !document.isClosed && vscode.window.activeTextEditor?.document === document;
    const update = this.#updateOf(document);
    if (!update || update.status === 'sent') {
      this.#diagnostics.delete(document.uri);
      if (isActive()) this.#status.hide();
      return;
    }
    const countIn = await characterCounter(this.#store);
    const { service } = update;
    const text = document.getText().replaceAll('\r\n', '\n');
    const { count, limit, overflowsAt } = countIn(
      text,
      this.#store.profile(update.profileId) ?? { service, serviceType: 'profile' },
      update,
    );
    // The status bar makes icons of `$(x)`.
    const network = plainText(networkOf(service).label);
    const start = new vscode.Position(0, 0);
    const tooLong =
      overflowsAt !== undefined &&
      new vscode.Diagnostic(
        new vscode.Range(positionIn(text, overflowsAt), positionIn(text, text.length)),
        vscode.l10n.t('Too long for {0}: {1} of {2} characters.', network, inNumbers(count), inNumbers(limit)),
        vscode.DiagnosticSeverity.Error,
      );
    const { textHints } = await import('../core/networks/textHints.ts');
    const hints = textHints(text, service).map(
      (hint) => new vscode.Diagnostic(new vscode.Range(start, start), hintWords(hint, network), vscode.DiagnosticSeverity.Warning),
    );
    // Whoever wonders why nothing can be typed finds the reason where problems are told.
    const isClosed = update.closed?.length
      ? new vscode.Diagnostic(
          new vscode.Range(start, positionIn(text, text.length)),
          closedWords(update.closed),
          vscode.DiagnosticSeverity.Information,
        )
      : undefined;
    const failed = update.status === 'failed' && new vscode.Diagnostic(new vscode.Range(start, start), failedWords(update));
    // It may have been closed meanwhile: nobody would take away what is told now.
    if (document.isClosed) return;
    this.#diagnostics.set(
      document.uri,
      [failed, tooLong, isClosed, ...hints].filter((each) => each !== undefined && each !== false),
    );
    if (!isActive()) return;
    this.#status.text = Number.isFinite(limit) ? `${network} ${inNumbers(count)}/${inNumbers(limit)}` : `${network} ${inNumbers(count)}`;
    this.#status.tooltip = vscode.l10n.t('Characters as {0} counts them', network);
    this.#status.backgroundColor = overflowsAt === undefined ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground');
    this.#status.show();
  }

  #checkOpen(isMeant: (id: string) => boolean): void {
    for (const document of vscode.workspace.textDocuments) {
      const id = updateIdOf(document.uri);
      if (id !== undefined && isMeant(id)) void this.#check(document);
    }
  }

  /** While typing, once for a burst of changes. */
  #checkSoon(document: vscode.TextDocument): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#check(document), 80);
  }

  #updateOf({ uri }: vscode.TextDocument) {
    const id = uri.scheme === updateScheme ? updateIdOf(uri) : undefined;
    return id ? this.#store.update(id) : undefined;
  }
}

/** Why it was not sent, and what becomes of it when it is saved. */
function failedWords({ id, failure }: Update): string {
  const reason = vscode.l10n.t('Not sent: {0}', failure?.message ?? vscode.l10n.t('the network refused it.'));
  return isRequeuedOnSave(id) ? `${reason} ${vscode.l10n.t('Save to put it back into the queue.')}` : reason;
}

/** A place in a text with Unix line ends, whatever ends the document's own lines have. */
function positionIn(text: string, index: number): vscode.Position {
  const before = text.slice(0, index).split('\n');
  return new vscode.Position(before.length - 1, before.at(-1)!.length);
}
