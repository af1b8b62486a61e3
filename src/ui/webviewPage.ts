import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface WebviewPage {
  /** What its script and its styles are called in `dist`: `<name>.js` and `<name>-styles.css`. */
  readonly name: string;
  readonly title: string;
  /** Files in `dist` that the script imports at once, so that all are asked for together. */
  readonly preload?: readonly string[];
  /** What the page finds in `document.body.dataset`. */
  readonly data?: Readonly<Record<string, string>>;
}

/** Languages that are written from right to left, and of which there is, or may be, a language pack. */
const rightToLeft = /^(?:ar|ckb|dv|fa|he|iw|ps|sd|ug|ur|yi)(?:-|$)/iu;

/**
 * A page that runs in a webview. It may run its own script and what that imports, show the pictures that the extension gives
 * it, and ask nobody for anything: what is on the web, the extension reads for it.
 */
export function webviewPage(webview: vscode.Webview, extensionUri: vscode.Uri, { name, title, preload = [], data }: WebviewPage): string {
  const file = (path: string) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', path)).toString());
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `img-src blob: data: ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  const kept = { ...data, strings: JSON.stringify(vscode.l10n.bundle ?? {}) };
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}"${rightToLeft.test(vscode.env.language) ? ' dir="rtl"' : ''}>
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${file('codicon.css')}">
    <link rel="stylesheet" href="${file(`${name}-styles.css`)}">
    ${preload.map((path) => `<link rel="modulepreload" nonce="${nonce}" href="${file(path)}">`).join('\n    ')}
    <title>${attribute(title)}</title>
  </head>
  <body${Object.entries(kept)
    .map(([key, value]) => ` data-${key}="${attribute(value)}"`)
    .join('')}>
    <main id="app"></main>
    <script type="module" nonce="${nonce}" src="${file(`${name}.js`)}"></script>
  </body>
</html>`;
}

/**
 * Where a page's own files are, and the pictures of profiles; nothing else of the extension can be read by it.
 * @param pictures  the folder of the latter
 */
export function pageRoots(extensionUri: vscode.Uri, pictures: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), pictures];
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
