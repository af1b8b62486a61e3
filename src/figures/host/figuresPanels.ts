import * as vscode from 'vscode';
import { pageRoots, webviewPage } from '../../ui/webviewPage.ts';
import { FiguresPanel, type FiguresPanelParts } from './figuresPanel.ts';
import type { Figures } from '../../core/figures/figures.ts';

/** The page that shows the figures. */
export function figuresHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  return webviewPage(webview, extensionUri, { name: 'figures', title: vscode.l10n.t('Insights') });
}

export interface FiguresPanelsParts extends Omit<FiguresPanelParts, 'figures'> {
  readonly figures: () => Promise<Figures>;
  readonly extensionUri: vscode.Uri;
}

/** The figures of this window, over what is known of them. */
export async function figuresPanels({ figures, extensionUri, ...parts }: FiguresPanelsParts): Promise<FiguresPanels> {
  return new FiguresPanels({ ...parts, figures: (await figures()).store }, extensionUri);
}

/** The one tab with the figures of this window. */
export class FiguresPanels {
  readonly #parts: FiguresPanelParts;
  readonly #extensionUri: vscode.Uri;
  #open: { readonly panel: vscode.WebviewPanel; readonly host: FiguresPanel } | undefined;

  constructor(parts: FiguresPanelParts, extensionUri: vscode.Uri) {
    this.#parts = parts;
    this.#extensionUri = extensionUri;
  }

  /** Shows it, in a new tab unless there is one. */
  show(): void {
    if (this.#open) return this.#open.panel.reveal();
    this.adopt(vscode.window.createWebviewPanel('buffer.figures', vscode.l10n.t('Insights'), vscode.ViewColumn.Active, {}));
  }

  /** A tab of before a reload. Its page remembers what it showed. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.#open) return void panel.dispose();
    const { webview } = panel;
    webview.options = {
      enableScripts: true,
      localResourceRoots: pageRoots(this.#extensionUri, vscode.Uri.joinPath(this.#extensionUri, 'dist')),
    };
    const host = new FiguresPanel(webview, this.#parts);
    this.#open = { panel, host };
    panel.onDidDispose(() => {
      host.dispose();
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    webview.html = figuresHtml(webview, this.#extensionUri);
  }
}
