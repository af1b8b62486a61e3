// The extension's side of a calendar, as in a window: the real one, over a sandbox.
import { Calendar } from '../../../src/calendar/host/calendar.ts';
import type { ToPage } from '../../../src/calendar/messages.ts';
import type { ApiName } from '../../../src/core/buffer/model.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { messageWebview } from '../../harness/messageWebview.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

export interface CalendarHost {
  readonly store: QueueStore;
  /** What was asked for beyond looking, such as `open` with an id. */
  readonly asked: readonly (readonly [what: string, ...about: unknown[]])[];
  receive: (message: unknown) => void;
  dispose(): void;
}

/** A calendar of a signed-in window. A move is the store's own, without a word in the window. */
export async function startCalendarHost(sandbox: Sandbox, api: ApiName, post: (message: ToPage) => void): Promise<CalendarHost> {
  const store = new QueueStore(() => 20, newMemory());
  store.connect(clientOf(sandbox, api));
  await store.loadProfiles();
  const { webview, receive } = messageWebview(post);
  const asked: [string, ...unknown[]][] = [];
  const calendar = new Calendar(webview, {
    store,
    log: console,
    actions: {
      open: (id) => Promise.resolve(asked.push(['open', id])),
      compose: (at, profileIds) => Promise.resolve(asked.push(['compose', at.toISOString(), profileIds])),
      move: async (id, at) => {
        asked.push(['move', id, at.toISOString()]);
        await store.edit(id, { when: { at } }).catch((error: unknown) => console.error(error));
      },
    },
  });
  return { store, asked, receive, dispose: () => calendar.dispose() };
}
