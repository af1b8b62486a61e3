import * as vscode from 'vscode';
import { lazily } from '../core/async/lazily.ts';
import type { TemplateStore } from '../core/templates/templateStore.ts';

/** Templates as documents, loaded with the first that is opened. */
export class LazyTemplateFiles implements vscode.FileSystemProvider {
  readonly #files;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly readDirectory = refuse;
  readonly createDirectory = refuse;
  readonly delete = refuse;
  readonly rename = refuse;

  constructor(templates: () => Promise<TemplateStore>) {
    this.#files = lazily(async () => new (await import('./templateFiles.ts')).TemplateFiles(await templates()));
  }

  watch(): vscode.Disposable {
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
}

/** Templates have no folders and keep their names; they are deleted by their command. */
function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}
