import * as vscode from 'vscode';
import type { BufferError } from '../core/buffer/bufferError.ts';
import type { Edited } from '../core/buffer/model.ts';
import type { Memento } from '../core/files/memento.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { LazyFileSystem } from './lazyFileSystem.ts';

/** Updates as documents, and what is said of them while they are open. */
export class LazyDocuments extends LazyFileSystem {
  readonly #subscriptions: vscode.Disposable[];

  /**
   * @param tellEdited  tells the person what an edit could not keep
   * @param offerHelp   offers what a person can do about a failure
   * @param memory      keeps between sessions what open documents were filled with
   */
  constructor(store: QueueStore, tellEdited: (edited: Edited) => Promise<void>, offerHelp: (error: BufferError) => void, memory: Memento) {
    const subscriptions: vscode.Disposable[] = [];
    super(
      async (tell) => {
        const [{ UpdateFileSystem }, { UpdateDiagnostics }, { UpdateHeader }] = await Promise.all([
          import('./updateFileSystem.ts'),
          import('./updateDiagnostics.ts'),
          import('./updateHeader.ts'),
        ]);
        const files = new UpdateFileSystem(store, tellEdited, offerHelp, memory);
        const header = new UpdateHeader(store, (uri) => files.failureOf(uri));
        files.onDidSave((id) => header.tellSaved(id));
        subscriptions.push(files, files.onDidChangeFile(tell), new UpdateDiagnostics(store), header);
        return files;
      },
      {
        readDirectory: vscode.l10n.t('Updates are listed in the Buffer view.'),
        createDirectory: vscode.l10n.t('Updates have no folders.'),
        delete: vscode.l10n.t('Delete updates in the Buffer view.'),
        rename: vscode.l10n.t('Updates cannot be renamed.'),
      },
    );
    this.#subscriptions = subscriptions;
  }

  override dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    super.dispose();
  }
}
