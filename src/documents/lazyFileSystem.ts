import * as vscode from 'vscode';
import { lazily } from '../core/async/lazily.ts';

/** What VS Code needs of a document; the rest of a file system there is not. */
export type DocumentFiles = Pick<vscode.FileSystemProvider, 'stat' | 'readFile' | 'writeFile'>;

/** Why nothing but documents is there, as far as somebody can come upon it. */
export interface Refusals {
  readonly readDirectory?: string;
  readonly createDirectory?: string;
  readonly delete?: string;
  readonly rename?: string;
}

/** Documents that are loaded with the first that is looked at, and no folders. */
export class LazyFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #files: () => Promise<DocumentFiles>;
  readonly #refusals: Refusals;

  readonly onDidChangeFile = this.#changed.event;

  /** @param load  gets a function that tells of documents which changed elsewhere */
  constructor(load: (tell: (changes: vscode.FileChangeEvent[]) => void) => Promise<DocumentFiles>, refusals: Refusals = {}) {
    this.#files = lazily(() => load((changes) => this.#changed.fire(changes)));
    this.#refusals = refusals;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  watch(): vscode.Disposable {
    // Whoever loads them tells of every change, for each document alike.
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#files()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#files()).readFile(uri);
  }

  async writeFile(...written: Parameters<DocumentFiles['writeFile']>): Promise<void> {
    await (await this.#files()).writeFile(...written);
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions(this.#refusals.readDirectory);
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions(this.#refusals.createDirectory);
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions(this.#refusals.delete);
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions(this.#refusals.rename);
  }
}
