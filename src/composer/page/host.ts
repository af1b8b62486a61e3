import type { ToApp, ToHost } from '../messages.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { connectPage } from '../../page/host.ts';
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
  const host = connectPage<ToApp, ToHost, { draft: Draft }>(asMessage, receive);
  return {
    post: (message) => host.post(message),
    keep: (draft) => host.keep({ draft }),
    kept: () => asDraft((host.kept() as { draft?: unknown } | undefined)?.draft),
  };
}
