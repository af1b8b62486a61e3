import type * as vscode from 'vscode';

/** The extension's end of a webview whose page is elsewhere, as far as messages go. */
export interface MessageWebview {
  readonly webview: vscode.Webview;
  /** What the page says. */
  readonly receive: (message: unknown) => void;
}

/** @param post  what the page is told goes there */
export function messageWebview(post: (message: never) => unknown): MessageWebview {
  let listener: (message: unknown) => void = () => undefined;
  const webview = {
    postMessage: (message: never) => Promise.resolve(post(message)).then(() => true),
    onDidReceiveMessage: (listen: (message: unknown) => void) => {
      listener = listen;
      return { dispose: () => undefined };
    },
  } as unknown as vscode.Webview;
  return { webview, receive: (message) => listener(message) };
}
