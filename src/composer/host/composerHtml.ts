import * as vscode from 'vscode';
import { webviewPage } from '../../ui/webviewPage.ts';

/** The page that loads the composer. */
export function composerHtml(webview: vscode.Webview, extensionUri: vscode.Uri, location: 'editor' | 'sidebar'): string {
  return webviewPage(webview, extensionUri, {
    name: 'composer',
    title: vscode.l10n.t('Compose Update'),
    preload: ['chunks/page-chunk.js', 'twitterText.js'],
    data: { location },
  });
}
