import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';
import type { MissingPart } from '../../../src/core/buffer/missingPart.ts';
import { RateLimiter } from '../../../src/core/buffer/transport/rateLimiter.ts';

const fake = vi.hoisted(() => {
  const event = () => {
    const listeners = new Set<(value: unknown) => void>();
    const on = (listener: (value: unknown) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    };
    return Object.assign(on, { fire: (value: unknown) => [...listeners].forEach((listener) => listener(value)) });
  };
  const tree = {
    visible: true,
    selection: [] as unknown[],
    message: undefined as string | undefined,
    description: undefined as string | undefined,
    onDidCollapseElement: event(),
    onDidChangeSelection: event(),
    onDidChangeVisibility: event(),
    dispose: () => undefined,
  };
  return { tree, onDidChangeActiveTextEditor: event(), onDidChangeTextEditorSelection: event() };
});

const contexts = new Map<string, unknown>();

vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...args: unknown[]) => text.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])) },
  env: { language: 'en' },
  window: {
    createTreeView: () => fake.tree,
    onDidChangeActiveTextEditor: fake.onDidChangeActiveTextEditor,
    onDidChangeTextEditorSelection: fake.onDidChangeTextEditorSelection,
  },
  TextEditorSelectionChangeKind: { Keyboard: 1, Mouse: 2, Command: 3 },
  Uri: { from: (parts: object) => parts },
  commands: {
    executeCommand: (_command: string, key: string, value: unknown) => {
      contexts.set(key, value);
      return Promise.resolve();
    },
  },
}));

const { QueueView } = await import('../../../src/sidebar/queueView.ts');
const { sentence } = await import('../../../src/ui/errorWords.ts');
const { updateUri } = await import('../../../src/ui/updateUri.ts');

const stopped: unknown[][] = [];
let view: InstanceType<typeof QueueView>;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-05T10:00:00Z') });
  Object.assign(fake.tree, { visible: true, selection: [], message: undefined, description: undefined });
  stopped.length = 0;
  const store = {
    onDidChange: () => ({ dispose: () => undefined }),
    stopReading: (...place: unknown[]) => stopped.push(place),
    failed: [],
    allWaiting: { count: 0, isAll: false },
  };
  view = new QueueView(store as never, {} as never, {} as never);
});
afterEach(() => {
  view.dispose();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A pace that was just told to wait, with reads that do. */
async function waitingRateLimiter(seconds: number, reads: number): Promise<RateLimiter> {
  const rateLimiter = new RateLimiter({ parallel: 3 });
  view.followRateLimiter(rateLimiter);
  const permit = await rateLimiter.acquire({ priority: 'shown' });
  permit.release({ status: 429, headers: new Headers({ 'retry-after': String(seconds) }) });
  for (let count = 0; count < reads; count++)
    void rateLimiter.acquire({ priority: 'shown' }).then(
      (each) => each.release(),
      () => undefined,
    );
  await settle();
  return rateLimiter;
}

describe('the countdown', () => {
  test('counts the seconds while requests wait, and is gone when they go', async () => {
    await waitingRateLimiter(23, 12);
    expect(fake.tree.message).toBe('Buffer allows no more requests for now. 12 wait; the next goes out in 23 s.');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fake.tree.message).toBe('Buffer allows no more requests for now. 12 wait; the next goes out in 3 s.');
    await vi.advanceTimersByTimeAsync(3_001);
    expect(fake.tree.message).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not worth a word for two seconds', async () => {
    await waitingRateLimiter(2, 5);
    expect(fake.tree.message).toBeUndefined();
  });

  test('tells a time of day where it takes long, and ends by itself though nobody waits', async () => {
    await waitingRateLimiter(3_600, 3);
    expect(fake.tree.message).toMatch(/^Buffer allows no more requests until 1?\d:00.[AP]M\.$/u);
    await vi.advanceTimersByTimeAsync(3_601_000);
    expect(fake.tree.message).toBeUndefined();
  });

  test('stands still while nobody looks', async () => {
    await waitingRateLimiter(30, 1);
    fake.tree.visible = false;
    fake.tree.onDidChangeVisibility.fire({ visible: false });
    expect(vi.getTimerCount()).toBe(1);
    fake.tree.visible = true;
    await vi.advanceTimersByTimeAsync(10_000);
    fake.tree.onDidChangeVisibility.fire({ visible: true });
    expect(fake.tree.message).toContain('in 20 s');
  });

  test('makes way for the budget again, and another account has none of it', async () => {
    view.tellBudget([{ length: 900, quota: 100, remaining: 4, resetsAt: new Date(Date.now() + 600_000) }]);
    expect(fake.tree.message).toContain('4 of 100 requests');
    await waitingRateLimiter(10, 1);
    expect(fake.tree.message).toContain('1 wait');
    await vi.advanceTimersByTimeAsync(10_001);
    expect(fake.tree.message).toContain('4 of 100 requests');
    await waitingRateLimiter(10, 1);
    view.followRateLimiter(undefined);
    await view.show(undefined);
    expect(fake.tree.message).toBeUndefined();
  });
});

test('what is said of the requests goes away when they are whole again', async () => {
  view.tellBudget([{ length: 900, quota: 1500, remaining: 4, resetsAt: new Date(Date.now() + 600_000) }]);
  expect(fake.tree.message).toContain('4 of 1,500 requests');
  await vi.advanceTimersByTimeAsync(600_001);
  expect(fake.tree.message).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test('a permission that is missing is one line, behind what is more urgent, and no menu has what needs it', async () => {
  await view.show({ api: 'graphql', scopes: ['account:read', 'posts:read', 'posts:write', 'ideas:read', 'ideas:write', 'offline_access'] });
  const line = 'Figures need the permission insights:read: sign in again to give it.';
  expect(fake.tree.message).toBe(line);
  expect([contexts.get('buffer.lacksPermission'), contexts.get('buffer.cannotPost')]).toEqual([true, false]);
  view.tellBudget([{ length: 900, quota: 100, remaining: 4, resetsAt: new Date(Date.now() + 600_000) }]);
  expect(fake.tree.message).toContain('4 of 100 requests');
  await view.show({ api: 'graphql', scopes: ['account:read'] });
  expect(fake.tree.message).toContain('posts:read (queues), posts:write (posting and editing), insights:read (figures)');
  expect([contexts.get('buffer.cannotPost'), contexts.get('buffer.cannotReadQueues')]).toEqual([true, true]);
  // A key does not tell what it is good for.
  await view.show({ api: 'graphql' });
  expect(fake.tree.message).toBeUndefined();
  await view.show(undefined);
  expect([contexts.get('buffer.lacksPermission'), contexts.get('buffer.cannotPost')]).toEqual([false, false]);
});

test('of two accounts that are shown at once, the later one stays', async () => {
  const first = view.show({ api: 'graphql', scopes: ['account:read'], organization: { id: 'o', name: 'Larkspur' } });
  await Promise.all([first, view.show(undefined)]);
  expect(fake.tree.message).toBeUndefined();
  expect(fake.tree.description).toBeUndefined();
  expect([contexts.get('buffer.account'), contexts.get('buffer.cannotPost')]).toEqual(['signedOut', false]);
});

test('what Buffer’s latest answer lacked is told, however long the words of the one before take', async () => {
  const missing = (part: MissingPart['part']) => ({ part, reason: 'Not today.', isForbidden: false });
  await Promise.all([view.tellMissing([missing('figures')]), view.tellMissing([missing('dailyLimits')])]);
  expect(fake.tree.message).toBe('Not shown: daily limits. Buffer answered: Not today.');
  await Promise.all([view.tellMissing([missing('figures')]), view.tellMissing([])]);
  expect(fake.tree.message).toBeUndefined();
  // No queue shows these.
  await view.tellMissing([missing('sums')]);
  expect(fake.tree.message).toBeUndefined();
});

test('what is folded or hidden is not read on', () => {
  fake.tree.onDidCollapseElement.fire({ element: { kind: 'section', profileId: 'p', section: 'sent' } });
  fake.tree.onDidCollapseElement.fire({ element: { kind: 'profile', profileId: 'p' } });
  fake.tree.onDidChangeVisibility.fire({ visible: true });
  fake.tree.onDidChangeVisibility.fire({ visible: false });
  expect(stopped).toEqual([['p', 'sent'], ['p'], []]);
});

test('a long wait is told as a time, a short one in seconds', async () => {
  const limited = (retryAfter?: number) => new BufferError('rateLimited', 'Wait.', { retryAfter });
  const error = limited(89);
  expect(sentence(error)).toBe('Buffer allows no more requests for now. Try again in 89 seconds.');
  expect(sentence(limited(7_200))).toMatch(/^Buffer allows no more requests until 1?\d:00.[AP]M\.$/u);
  expect(sentence(limited(3 * 86_400))).toMatch(/^Buffer allows no more requests until Sun 1?\d:00.[AP]M\.$/u);
  expect(sentence(limited())).toContain('in 60 seconds');
  await vi.advanceTimersByTimeAsync(80_000);
  expect(sentence(error)).toContain('in 9 seconds');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sentence(error)).toBe('Buffer allowed no more requests. Try again now.');
});

describe('where the person was at work last', () => {
  const select = (...ids: string[]) => {
    fake.tree.selection = ids.map((updateId) => ({ kind: 'update', updateId }));
    fake.tree.onDidChangeSelection.fire({ selection: fake.tree.selection });
  };
  const open = (updateId: string) => fake.onDidChangeActiveTextEditor.fire({ document: { uri: updateUri({ id: updateId, text: 'T' }) } });
  const type = (kind?: number) => fake.onDidChangeTextEditorSelection.fire({ kind });

  test('is here once rows are chosen, also where that opens one of them', () => {
    expect(view.isLastUsed).toBe(false);
    select('a');
    expect(view.isLastUsed).toBe(true);
    open('a');
    select('a', 'b');
    expect(view.isLastUsed).toBe(true);
    // What VS Code or another extension moved.
    type();
    type(3);
    expect(view.isLastUsed).toBe(true);
  });

  test.each([
    ['writes or goes to another place', () => type(1)],
    ['clicks into the text', () => type(2)],
    ['goes to another document', () => open('c')],
  ])('is an editor once the person %s there', (_words, act) => {
    select('a', 'b');
    act();
    expect(view.isLastUsed).toBe(false);
    select('b');
    expect(view.isLastUsed).toBe(true);
  });

  test('is not here where nothing is chosen any more, or the view is hidden', () => {
    select();
    expect(view.isLastUsed).toBe(false);
    select('a');
    fake.tree.visible = false;
    expect(view.isLastUsed).toBe(false);
  });
});
