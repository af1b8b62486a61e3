import * as v from 'valibot';
import { draft as draftSchema, type Draft, type ToApp, type ToHost } from '../messages.ts';

/** The extension, as the page sees it. */
export interface Host {
  post(message: ToHost): void;
  /** Keeps the draft with the webview itself, at once: it outlives the page and the extension. */
  keep(draft: Draft): void;
  /** What was kept before a reload. */
  kept(): Draft | undefined;
}

const types: Readonly<Record<ToApp['type'], true>> = { open: true, profiles: true, time: true, slots: true, sent: true, kept: true, notice: true };

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

/** A message that the page knows; undefined for whatever else arrives in a window. */
export function asMessage(data: unknown): ToApp | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || typeof data.type !== 'string') return undefined;
  if (!Object.hasOwn(types, data.type)) return undefined;
  if (data.type === 'open' && !asDraft('draft' in data ? data.draft : undefined)) return undefined;
  return data as ToApp;
}

/** A draft, unless an older version or something else wrote it. */
function asDraft(data: unknown): Draft | undefined {
  const result = v.safeParse(draftSchema, data);
  return result.success ? result.output : undefined;
}
