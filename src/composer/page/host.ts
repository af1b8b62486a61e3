import type { ToApp, ToHost } from '../messages.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { asDraft, asMessage } from './incoming.ts';

/** The extension, as the page sees it. */
export interface Host {
  post(message: ToHost): void;
  /** Keeps the draft with the webview itself, at once: it outlives the page and the extension. */
  keep(draft: Draft): void;
  /** What was kept before a reload. */
  kept(): Draft | undefined;
}

/** Connects the page with the extension; `receive` gets what the extension says. */
export function connect(receive: (message: ToApp) => void): Host {
  const api = acquireVsCodeApi<{ draft?: unknown }>();
  window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    // VS Code passes messages on from a frame of the page's own origin, and takes `window.parent` away.
    if (origin !== window.origin) return;
    const message = asMessage(data);
    if (message) receive(message);
  });
  return {
    post: (message) => api.postMessage(message),
    keep: (draft) => void api.setState({ draft }),
    kept: () => asDraft(api.getState()?.draft),
  };
}
