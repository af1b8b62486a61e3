import * as vscode from 'vscode';
import { lazily } from '../../core/async/lazily.ts';
import type { FiguresPanelsParts } from './figuresPanels.ts';

/** Registers the figures, which are loaded when they are first opened or VS Code gives them back. Gives what opens them, too. */
export function lazyFigures(parts: FiguresPanelsParts): vscode.Disposable & { readonly open: () => Promise<void> } {
  const panels = lazily(async () => (await import('./figuresPanels.ts')).figuresPanels(parts));
  const deserializeWebviewPanel = async (panel: vscode.WebviewPanel) => (await panels()).adopt(panel);
  return Object.assign(vscode.window.registerWebviewPanelSerializer('buffer.figures', { deserializeWebviewPanel }), {
    open: async () => (await panels()).show(),
  });
}
