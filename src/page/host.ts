/** The extension, as a page sees it. */
export interface PageHost<ToHost, State> {
  post(message: ToHost): void;
  /** Keeps this with the webview itself, at once: it outlives the page and the extension. */
  keep(state: State): void;
  /** What was kept before a reload. An older version may have written it: to be checked. */
  kept(): unknown;
}

/**
 * Connects a page with the extension. To be called once: VS Code gives its API to a page only once.
 * @param asMessage  checks what arrived; undefined for whatever the page does not know
 * @param receive    gets what the extension says
 */
export function connectPage<ToPage, ToHost, State>(
  asMessage: (data: unknown) => ToPage | undefined,
  receive: (message: ToPage) => void,
): PageHost<ToHost, State> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    // VS Code passes messages on from a frame of the page's own origin, and takes `window.parent` away.
    if (origin !== window.origin) return;
    const message = asMessage(data);
    if (message !== undefined) receive(message);
  });
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => void api.setState(state),
    kept: () => api.getState(),
  };
}
