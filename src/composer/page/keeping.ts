import type { Draft } from '../../core/drafts/draft.ts';
import { textLength } from './counting.ts';
import type { Host } from './host.ts';

/** A text of this length goes to the extension with every letter, so that a cut-off window loses none. */
const shortText = 10_000;
/** A longer one goes this often at most (ms). */
const interval = 120;

/** Keeps each state of a draft at once with the webview, and soon with the extension. */
export function draftKeeper(host: Host): { keep(draft: Draft): void; flush(): void } {
  let waiting: Draft | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    host.post({ type: 'changed', draft: waiting });
    waiting = undefined;
  }

  for (const [target, type] of [
    [document, 'visibilitychange'],
    [window, 'pagehide'],
    [window, 'blur'],
  ] as const) {
    target.addEventListener(type, flush);
  }
  return {
    keep(draft) {
      host.keep(draft);
      waiting = draft;
      if (textLength(draft) <= shortText) flush();
      else timer ??= setTimeout(flush, interval);
    },
    flush,
  };
}
