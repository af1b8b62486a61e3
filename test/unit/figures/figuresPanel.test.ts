import { expect, test, vi } from 'vitest';
import type { ToPage } from '../../../src/figures/messages.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const { FigureStore } = await import('../../../src/core/figures/figureStore.ts');
const { QueueStore } = await import('../../../src/core/queue/queueStore.ts');
const { FiguresPanel } = await import('../../../src/figures/host/figuresPanel.ts');

const sandbox = await ownSandbox();

function newPanel() {
  const store = new QueueStore(() => 20, newMemory());
  const figures = new FigureStore({ profileIds: () => store.profiles.items.map(({ id }) => id) });
  const told: ToPage['told'][] = [];
  let say: (message: unknown) => void = () => undefined;
  const webview = {
    postMessage: ({ told: now }: ToPage) => Promise.resolve(told.push(now)),
    onDidReceiveMessage: (listen: typeof say) => {
      say = listen;
      return { dispose: () => undefined };
    },
  };
  const log = { warn: vi.fn(), error: vi.fn() };
  const panel = new FiguresPanel(webview as never, { figures, store, budget: () => [], log });
  const connect = () => {
    store.connect(clientOf(sandbox, 'graphql'));
    figures.connect(clientOf(sandbox, 'graphql'));
  };
  return { panel, told, connect, figures, store, say: (message: unknown) => say(message) };
}

const until = (check: () => void) => vi.waitFor(check, 10_000);
const period = () => ({ from: Date.now() - 30 * 86_400_000, to: Date.now() });

test('a page that is there before anybody is signed in shows the figures once somebody is', async () => {
  const { panel, told, connect, say } = newPanel();
  say({ type: 'show', ...period() });
  await until(() => expect(told.at(-1)?.problem).toBe('Sign in to Buffer to see your insights.'));
  connect();
  await until(() => expect(told.at(-1)).toMatchObject({ isWhole: true, isReading: false, problem: undefined }));
  expect(told.findLast(({ updates }) => updates)!.updates!.length).toBeGreaterThan(0);
  // Somebody else signs in: nothing of the one before is left, and theirs is read.
  const before = told.length;
  connect();
  await until(() => expect(told.length).toBeGreaterThan(before + 1));
  await until(() => expect(told.at(-1)).toMatchObject({ isWhole: true, isReading: false }));
  panel.dispose();
});

test('that the profiles could not be read is told', async () => {
  const { panel, told, connect, say } = newPanel();
  sandbox.faults.add({ kind: 'graphqlError', field: 'Query.channels', code: 'BAD_USER_INPUT', times: 1 });
  connect();
  say({ type: 'show', ...period() });
  await until(() => expect(told.at(-1)?.problem).toEqual(expect.any(String)));
  say({ type: 'show', ...period() });
  await until(() => expect(told.at(-1)).toMatchObject({ isWhole: true, problem: undefined }));
  expect(told.at(-1)!.profiles.map(({ id }) => id)).toContain(ids.bluesky);
  panel.dispose();
});
