import * as vscode from 'vscode';
import { afterEach, expect, test, vi } from 'vitest';
import type { Outbox } from '../../../src/core/delivery/outbox.ts';
import { emptyDraft } from '../../../src/core/drafts/draft.ts';
import type { DraftStore } from '../../../src/core/drafts/draftStore.ts';
import type { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { DraftTree } from '../../../src/sidebar/draftTree.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

Object.assign(vscode.window, { createTreeView: () => ({ dispose: () => undefined }) });

const minutes = 60_000;

/** The view over so many drafts, and one that was discarded some minutes ago. */
function viewOf(count: number, discardedAgo: number) {
  vi.useFakeTimers();
  let isThere: unknown;
  vi.spyOn(vscode.commands, 'executeCommand').mockImplementation(((_: string, name: string, value: unknown) => {
    if (name === 'buffer.hasDrafts') isThere = value;
    return Promise.resolve();
  }) as never);
  const changed = new vscode.EventEmitter<void>();
  const kept = (id: string, ago: number) => ({ draft: emptyDraft(id), savedAt: new Date(Date.now() - ago * minutes) });
  const drafts = {
    drafts: Array.from({ length: count }, (_, index) => kept(String(index), 0)),
    discarded: [kept('gone', discardedAgo)],
    unreadable: [],
    onDidChange: changed.event,
  } as unknown as DraftStore;
  const outbox = { ofDraft: () => [], onDidChange: changed.event } as unknown as Outbox;
  const tree = new DraftTree(drafts, { profiles: { items: [] } } as unknown as QueueStore, outbox);
  changed.fire();
  return { tree, isThere: () => isThere };
}

test('what was just discarded keeps the view in sight for an hour, then it goes by itself', () => {
  const { tree, isThere } = viewOf(0, 5);
  expect([tree.getChildren().length, isThere()]).toEqual([1, true]);
  vi.advanceTimersByTime(54 * minutes);
  expect(isThere()).toBe(true);
  vi.advanceTimersByTime(2 * minutes);
  expect(isThere()).toBe(false);
  tree.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test('older ones stand below the drafts, and keep no view in sight without them', () => {
  expect(viewOf(0, 90).isThere()).toBe(false);
  const { tree, isThere } = viewOf(2, 90);
  expect([tree.getChildren().at(-1), isThere()]).toEqual(['discarded', true]);
});
