import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * Where the page's own files are, and the pictures of profiles; nothing else of the extension can be read by it.
 * @param pictures  the folder of the latter
 */
export function pageRoots(extensionUri: vscode.Uri, pictures: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), pictures];
}

/**
 * The page that loads the composer. It may run its own script and what that imports, show the pictures that the extension
 * gives it, and ask nobody for anything: what is on the web, the extension reads for it.
 */
export function composerHtml(webview: vscode.Webview, extensionUri: vscode.Uri, location: 'editor' | 'sidebar'): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `img-src blob: data: ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${attribute(file('codicon.css'))}">
    <link rel="stylesheet" href="${attribute(file('composer-styles.css'))}">
    <link rel="modulepreload" nonce="${nonce}" href="${attribute(file('chunks/page-chunk.js'))}">
    <link rel="modulepreload" nonce="${nonce}" href="${attribute(file('twitterText.js'))}">
    <title>${attribute(vscode.l10n.t('Compose Update'))}</title>
  </head>
  <body data-location="${location}" data-strings="${attribute(JSON.stringify(vscode.l10n.bundle ?? {}))}">
    <main id="app"></main>
    <script type="module" nonce="${nonce}" src="${attribute(file('composer.js'))}"></script>
  </body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
