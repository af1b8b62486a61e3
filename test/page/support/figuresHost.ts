// The extension's side of the figures, as in a window: the real one, over a sandbox, with a stand-in for VS Code's API.
import type { ApiName } from '../../../src/core/buffer/model.ts';
import { FigureStore } from '../../../src/core/figures/figureStore.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { FiguresPanel } from '../../../src/figures/host/figuresPanel.ts';
import type { ToPage } from '../../../src/figures/messages.ts';
import { newMemory } from '../../harness/memory.ts';
import { messageWebview } from '../../harness/messageWebview.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

export interface FiguresHost {
  /** The page said something. */
  receive: (message: unknown) => void;
  dispose(): void;
}

export interface FiguresHostOptions {
  readonly sandbox: Sandbox;
  readonly api: ApiName;
  /** What the credential may do; everything where left out. */
  readonly scopes?: readonly string[];
  /** Tells the page something. */
  readonly post: (message: ToPage) => void;
}

/** The figures of a signed-in window. */
export function startFiguresHost({ sandbox, api, scopes, post }: FiguresHostOptions): FiguresHost {
  const store = new QueueStore(() => 20, newMemory());
  store.connect(clientOf(sandbox, api, { scopes }));
  const figures = new FigureStore({ profileIds: () => store.profiles.items.map(({ id }) => id) });
  figures.connect(clientOf(sandbox, api, { scopes }));
  const { webview, receive } = messageWebview(post);
  const panel = new FiguresPanel(webview, {
    figures,
    store,
    budget: () => [{ length: 86_400, quota: 250, remaining: 231, resetsAt: new Date(Date.now() + 3_600_000) }],
    log: { error: console.error, warn: console.warn } as never,
  });
  return { receive, dispose: () => panel.dispose() };
}
