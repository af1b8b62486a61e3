import type { Draft } from '../messages.ts';
import type { Host } from './host.ts';

/** The extension hears of changes this often at most (ms). */
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

  for (const [target, type] of [[document, 'visibilitychange'], [window, 'pagehide'], [window, 'blur']] as const) {
    target.addEventListener(type, flush);
  }
  return {
    keep(draft) {
      host.keep(draft);
      waiting = draft;
      timer ??= setTimeout(flush, interval);
    },
    flush,
  };
}
