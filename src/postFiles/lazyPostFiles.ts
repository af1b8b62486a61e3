import * as vscode from 'vscode';
import { lazily } from '../core/async/lazily.ts';
import type { PreviewProvider } from '../ui/previewSource.ts';
import type { PostFilesParts } from './postFiles.ts';

/** Posts in files, loaded with the first one that is opened. */
export class LazyPostFiles implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];

  /** What the preview shows of them. */
  readonly previews: () => Promise<readonly PreviewProvider[]>;

  constructor(parts: PostFilesParts) {
    const load = lazily(async () => {
      const { PostFiles } = await import('./postFiles.ts');
      const postFiles = new PostFiles(parts);
      this.#subscriptions.push(postFiles);
      return postFiles.checks;
    });
    this.previews = async () => [new (await import('./postPreviews.ts')).PostPreviews(load)];
    const look = ({ languageId }: vscode.TextDocument) => languageId === 'buffer-post' && void load();
    this.#subscriptions = [vscode.workspace.onDidOpenTextDocument(look)];
    vscode.workspace.textDocuments.forEach(look);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
