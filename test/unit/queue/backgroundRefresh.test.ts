import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Profile, Update } from '../../../src/core/buffer/model.ts';
import { BackgroundRefresh, type Circumstances } from '../../../src/core/queue/backgroundRefresh.ts';

const minute = 60_000;
let now: number;
let circumstances: Circumstances;
let due: (number | undefined)[];
let isPaused: boolean;
let readAt: number | undefined;
let fails: boolean;
let asked: number[];
let refresh: BackgroundRefresh;

beforeEach(() => {
  now = 1_000_000 * minute;
  circumstances = { isLookedAt: true, isScarce: false, api: 'graphql' };
  [due, isPaused, readAt, fails, asked] = [[], false, now, false, []];
  refresh = new BackgroundRefresh({
    circumstances: () => circumstances,
    now: () => now,
    store: {
      get profiles() {
        return { status: 'loaded' as const, items: [{ id: 'p', isPaused } as Profile] };
      },
      get profilesReadAt() {
        return readAt;
      },
      list: () => ({
        status: 'loaded',
        hasMore: false,
        items: due.map(
          (minutes) =>
            ({ status: 'pending', dueAt: minutes === undefined ? undefined : new Date((1_000_000 + minutes) * minute) }) as Update,
        ),
      }),
      refreshInBackground: async () => {
        asked.push(now / minute - 1_000_000);
        if (fails) throw new Error('offline');
        readAt = now;
      },
    },
  });
});
afterEach(() => refresh.dispose());

async function live(minutes: number): Promise<number[]> {
  for (let half = 0; half < minutes * 2; half++) {
    now += minute / 2;
    await refresh.check();
  }
  return asked;
}

describe('what is looked at is refreshed by itself', () => {
  test('every 15 minutes with the current API, every 5 with v1', async () => {
    expect(await live(50)).toEqual([15, 30, 45]);
    circumstances = { ...circumstances, api: 'v1' };
    asked = [];
    expect(await live(11)).toEqual([50.5, 55.5, 60.5]);
  });

  test('once an update must have gone out, but not twice for one that did not, and at most every 5 minutes', async () => {
    due = [6, 7, 8];
    expect(await live(20)).toEqual([7, 12]);
  });

  test('not for what has no time, nor for a queue that stands still', async () => {
    due = [undefined];
    expect(await live(14)).toEqual([]);
    [due, isPaused] = [[7], true];
    expect(await live(0.5)).toEqual([]);
  });

  test.each<[string, Partial<Circumstances>]>([
    ['the view is closed or another window is in front', { isLookedAt: false }],
    ['requests are scarce', { isScarce: true }],
    ['nobody is signed in', { api: undefined }],
  ])('never while %s', async (_, change) => {
    circumstances = { ...circumstances, ...change };
    due = [1];
    expect(await live(60)).toEqual([]);
  });

  test('never before the profiles were read for the first time', async () => {
    readAt = undefined;
    expect(await live(60)).toEqual([]);
  });

  test('a failure is not repeated before the usual pause, and not told', async () => {
    fails = true;
    expect(await live(26)).toEqual([15, 20, 25]);
  });
});
