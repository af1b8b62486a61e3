import * as vscode from 'vscode';
import type { Edited } from '../core/buffer/model.ts';
import { lazily } from '../core/async/lazily.ts';
import type { Memento } from '../core/files/memento.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import type { UpdateFileSystem } from './updateFileSystem.ts';

/** Updates as documents, and what is said of them while they are open; loaded with the first that is looked at. */
export class LazyDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #store: QueueStore;
  readonly #tellEdited: (edited: Edited) => Promise<void>;
  readonly #memory: Memento;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #files = lazily(() => this.#load());

  readonly onDidChangeFile = this.#changed.event;

  /**
   * @param tellEdited  tells the person what an edit could not keep
   * @param memory      keeps between sessions what open documents were filled with
   */
  constructor(store: QueueStore, tellEdited: (edited: Edited) => Promise<void>, memory: Memento) {
    this.#store = store;
    this.#tellEdited = tellEdited;
    this.#memory = memory;
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  watch(): vscode.Disposable {
    // The store tells of every change, for each document alike.
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#files()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#files()).readFile(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    return (await this.#files()).writeFile(uri, content);
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('Updates are listed in the Buffer view.'));
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('Updates have no folders.'));
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('Delete updates in the Buffer view.'));
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('Updates cannot be renamed.'));
  }

  async #load(): Promise<UpdateFileSystem> {
    const [{ UpdateFileSystem }, { UpdateDiagnostics }, { UpdateHeader }] = await Promise.all([
      import('./updateFileSystem.ts'),
      import('./updateDiagnostics.ts'),
      import('./updateHeader.ts'),
    ]);
    const files = new UpdateFileSystem(this.#store, this.#tellEdited, this.#memory);
    files.onDidChangeFile((changes) => this.#changed.fire(changes));
    this.#subscriptions.push(files, new UpdateDiagnostics(this.#store), new UpdateHeader(this.#store));
    return files;
  }
}
