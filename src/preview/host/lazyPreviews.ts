import * as vscode from 'vscode';
import { lazily } from '../../core/async/lazily.ts';
import type { PreviewsOptions } from './previews.ts';
import { previewType } from './previewType.ts';

/** Registers the preview, which is loaded when it opens or VS Code gives it back. */
export class LazyPreviews implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #loaded;
  readonly #serializer = vscode.window.registerWebviewPanelSerializer(previewType, this);

  constructor(options: PreviewsOptions) {
    this.#loaded = lazily(async () => (await import('./previews.ts')).makePreviews(options));
  }

  dispose(): void {
    this.#serializer.dispose();
    if (this.#loaded.hasBegun()) void this.#loaded().then((previews) => previews.dispose());
  }

  /** Shows what is in front beside it, or an update. */
  async open(updateId?: string): Promise<void> {
    (await this.#loaded()).open(updateId);
  }

  /** Lets the preview stay with what it shows, or follow again. */
  async toggleLock(): Promise<void> {
    (await this.#loaded()).toggleLock();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    (await this.#loaded()).restore(panel, state);
  }
}
