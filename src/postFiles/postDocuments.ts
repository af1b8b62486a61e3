import * as vscode from 'vscode';
import { filesOf } from '../core/postFiles/config.ts';
import { normalPath } from '../core/postFiles/record.ts';
import { postLanguage } from './postLanguage.ts';
import { type Configs, pathIn, rootOf } from './repository.ts';

/** These have the language by their name. */
const usualName = '.buffer.md';

/**
 * Gives Markdown files that hold posts by their repository's configuration the language of posts, each once: whoever takes
 * it back means that.
 */
export class PostDocuments implements vscode.Disposable {
  readonly #configs: Configs;
  readonly #given = new Set<string>();
  readonly #subscriptions: { dispose(): void }[];

  constructor(configs: Configs) {
    this.#configs = configs;
    const lookAtAll = () => vscode.workspace.textDocuments.forEach((document) => void this.#look(document));
    this.#subscriptions = [vscode.workspace.onDidOpenTextDocument((document) => void this.#look(document)), configs.onDidChange(lookAtAll)];
    lookAtAll();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const { uri, languageId } = document;
    const key = uri.toString();
    if (languageId !== 'markdown' || uri.path.endsWith(usualName) || this.#given.has(key)) return;
    if (!vscode.workspace.getWorkspaceFolder(uri)) return;
    const root = await rootOf(uri);
    const { config } = await this.#configs.of(root);
    if (document.isClosed || !filesOf(config)(normalPath(pathIn(root, uri)))) return;
    this.#given.add(key);
    await vscode.languages.setTextDocumentLanguage(document, postLanguage);
  }
}
