import * as vscode from 'vscode';
import { lazily } from '../../core/async/lazily.ts';
import type { Previews, PreviewsOptions } from './previews.ts';
import { previewType } from './previewType.ts';

export interface LazyPreviews extends vscode.Disposable {
  readonly load: () => Promise<Previews>;
}

/** Registers the preview, which is loaded when it opens or VS Code gives it back. */
export function lazyPreviews(options: PreviewsOptions): LazyPreviews {
  const load = lazily(async () => (await import('./previews.ts')).makePreviews(options));
  const serializer = vscode.window.registerWebviewPanelSerializer(previewType, {
    deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
  });
  return Object.assign(serializer, { load });
}
