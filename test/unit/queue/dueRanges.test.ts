import { beforeEach, describe, expect, it } from 'vitest';
import { DueRanges, instantOf } from '../../../src/core/queue/dueRanges.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { united, without } from '../../../src/core/queue/timeSpans.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();
const day = 86_400_000;
/** The service tells whole minutes. */
const now = () => Math.floor(Date.now() / 60_000) * 60_000;
let store: QueueStore;
let ranges: DueRanges;
let all: string[];

async function signIn(api: 'graphql' | 'v1' = 'graphql'): Promise<void> {
  sandbox.reset('large');
  store = new QueueStore(() => 20, newMemory());
  store.connect(clientOf(sandbox, api));
  ranges = new DueRanges(store);
  await store.loadProfiles();
  all = store.profiles.items.map(({ id }) => id);
  sandbox.resetRequests();
}

/** What the service has within a range, by its own state. */
function there(from: number, to: number, profileIds = all): string[] {
  return [...sandbox.state.updates.values()]
    .filter(({ profileId, dueAt, isUndated }) => profileIds.includes(profileId) && !isUndated && dueAt * 1000 >= from && dueAt * 1000 < to)
    .map(({ id }) => id)
    .sort();
}

const idsIn = (from: number, to: number, profileIds = all) => ranges.updates(profileIds, { from, to }).map(({ id }) => id);

describe('spans of time', () => {
  it('are united and taken from one another', () => {
    expect(
      united([
        { from: 5, to: 9 },
        { from: 1, to: 3 },
        { from: 3, to: 4 },
        { from: 2, to: 2 },
      ]),
    ).toEqual([
      { from: 1, to: 4 },
      { from: 5, to: 9 },
    ]);
    expect(
      without({ from: 0, to: 10 }, [
        { from: 2, to: 3 },
        { from: 8, to: 20 },
      ]),
    ).toEqual([
      { from: 0, to: 2 },
      { from: 3, to: 8 },
    ]);
    expect(without({ from: 0, to: 10 }, [{ from: -5, to: 20 }])).toEqual([]);
  });
});

describe('a range of time', () => {
  beforeEach(() => signIn());

  it('is read by one request, and not again', async () => {
    const [from, to] = [now() + 8 * day, now() + 9 * day];
    await ranges.read(all, { from, to });
    expect(sandbox.requests()).toHaveLength(1);
    expect(idsIn(from, to).toSorted()).toEqual(there(from, to));
    expect(there(from, to).length).toBeGreaterThan(10);
    expect(ranges.missing(all, { from, to })).toBeUndefined();
    await ranges.read(all, { from, to });
    await ranges.read(all.slice(0, 3), { from: from + 1000, to: to - 1000 });
    expect(sandbox.requests()).toHaveLength(1);
  });

  it('goes on a page at a time, each a request, until it is whole', async () => {
    const [from, to] = [now() + 8 * day, now() + 22 * day];
    const wanted = there(from, to);
    for (let pages = 1; ranges.missing(all, { from, to }); pages++) {
      await ranges.read(all, { from, to });
      expect(sandbox.requests()).toHaveLength(pages);
      expect(pages).toBeLessThanOrEqual(Math.ceil(wanted.length / 100) + 1);
    }
    expect(wanted.length).toBeGreaterThan(200);
    expect(idsIn(from, to).toSorted()).toEqual(wanted);
  });

  it('goes on where more than a page of updates share one time', async () => {
    const at = Math.floor(Date.now() / 60_000) * 60 + 40 * 86_400;
    for (const update of [...sandbox.state.updates.values()].filter(({ status }) => status === 'buffer').slice(0, 230))
      sandbox.state.place(update, { at });
    const span = { from: at * 1000 - 1, to: at * 1000 + 1 };
    for (let pages = 0; pages < 3; pages++) await ranges.read(all, span);
    expect(ranges.missing(all, span)).toBeUndefined();
    expect(idsIn(span.from, span.to)).toHaveLength(there(span.from, span.to).length);
  });

  it('asks only for what the queues that are loaded do not hold', async () => {
    const [id] = all as [string];
    await store.loadList(id, 'pending');
    while (store.list(id, 'pending').hasMore) await store.loadMore(id, 'pending');
    sandbox.resetRequests();
    const span = { from: Date.now() + 1000, to: Date.now() + 300 * day };
    expect(ranges.missing([id], span)).toBeUndefined();
    expect(ranges.missing(all, span)?.profileIds).not.toContain(id);
    await ranges.read([id], span);
    expect(sandbox.requests()).toHaveLength(0);
    expect(idsIn(span.from, span.to, [id]).toSorted()).toEqual(there(span.from, span.to, [id]));
  });

  it('shows what went out, failed, waits and is a draft', async () => {
    const some = [...sandbox.state.updates.values()].find(({ isCustomScheduled, status }) => isCustomScheduled && status === 'buffer')!;
    some.status = 'draft';
    const other = [...sandbox.state.updates.values()].find(({ isCustomScheduled, status }) => isCustomScheduled && status === 'buffer')!;
    other.status = 'needs_approval';
    const states = new Set<string>();
    for (const [from, to] of [
      [Date.now() - 10 * day, Date.now()],
      [some.dueAt * 1000 - 1000, some.dueAt * 1000 + 1000],
      [other.dueAt * 1000 - 1000, other.dueAt * 1000 + 1000],
      [Date.now(), Date.now() + day],
    ] as const) {
      while (ranges.missing(all, { from, to })) await ranges.read(all, { from, to });
      for (const { status } of ranges.updates(all, { from, to })) states.add(status);
    }
    expect([...states].sort()).toEqual(expect.arrayContaining(['draft', 'failed', 'needsApproval', 'pending', 'sent']));
  });

  it('shows no more what is gone when it is read again', async () => {
    const [from, to] = [now() + 8 * day, now() + 9 * day];
    await ranges.read(all, { from, to });
    const [first] = idsIn(from, to) as [string];
    sandbox.state.remove(sandbox.state.updates.get(first)!);
    ranges.invalidate();
    await ranges.read(all, { from, to });
    expect(idsIn(from, to)).not.toContain(first);
    // Nor while it is read once more.
    ranges.invalidate();
    expect(idsIn(from, to)).not.toContain(first);
  });

  it.each([
    ['as many rows as came with the profiles are shown', 0],
    ['more rows are shown, which nobody reads again', 3],
  ])('shows no more after a refresh what was deleted elsewhere among the soonest: %s', async (_title, pages) => {
    const profileId = all.find((id) => store.list(id, 'pending').hasMore && store.list(id, 'pending').items.length > 3)!;
    for (let page = 0; page < pages; page++) await store.loadMore(profileId, 'pending');
    const shown = store.list(profileId, 'pending').items;
    const span = { from: now() + day / 24, to: shown.at(-1)!.dueAt!.getTime() };
    const isWithin = (dueAt: Date) => dueAt.getTime() >= span.from && dueAt.getTime() < span.to;
    const deleted = shown.filter(({ dueAt }) => isWithin(dueAt!)).filter((_each, index) => index % 2 === 0);
    for (const { id } of deleted) sandbox.state.remove(sandbox.state.updates.get(id)!);
    ranges.invalidate();
    await store.refresh();
    sandbox.resetRequests();
    while (ranges.missing([profileId], span)) await ranges.read([profileId], span);
    expect(deleted.length).toBeGreaterThan(1);
    expect(idsIn(span.from, span.to, [profileId]).toSorted()).toEqual(there(span.from, span.to, [profileId]));
    if (pages === 0) expect(sandbox.requests()).toEqual([]);
  });

  it('follows what is written, without a request', async () => {
    const [from, to] = [now() + 8 * day, now() + 9 * day];
    await ranges.read(all, { from, to });
    const [id] = idsIn(from, to) as [string];
    const at = new Date(from + day / 2);
    await store.edit(id, { when: { at } });
    sandbox.resetRequests();
    expect(ranges.updates(all, { from, to }).find((each) => each.id === id)?.dueAt).toEqual(at);
    await store.destroy(id);
    expect(idsIn(from, to)).not.toContain(id);
  });

  it('has the posting times that nothing takes, only where it is known', async () => {
    const profile = store.profiles.items.find(({ service }) => service === 'youtube')!;
    const [last] = there(0, Number.MAX_SAFE_INTEGER, [profile.id])
      .map((id) => sandbox.state.updates.get(id)!)
      .filter(({ isCustomScheduled }) => !isCustomScheduled)
      .sort((a, b) => b.dueAt - a.dueAt);
    const from = last!.dueAt * 1000 - day;
    const span = { from, to: from + 9 * day };
    expect(ranges.freeSlots(profile, span)).toEqual([]);
    await ranges.read([profile.id], span);
    const free = ranges.freeSlots(profile, span);
    expect(free.length).toBeGreaterThan(1);
    const taken = ranges.updates([profile.id], span).map((each) => instantOf(each));
    expect(free.filter((at) => taken.includes(at))).toEqual([]);
    expect(ranges.freeSlots({ ...profile, isPaused: true }, span)).toEqual([]);
  });

  describe('of a queue that moves', () => {
    const span = { from: now() + 8 * day, to: now() + 9 * day };
    let first: string;
    /** What waits in that queue and takes its posting times, by time. */
    const line = () =>
      [...sandbox.state.updates.values()]
        .filter(({ profileId, status, isCustomScheduled }) => profileId === first && status === 'buffer' && !isCustomScheduled)
        .sort((a, b) => a.dueAt - b.dueAt);

    beforeEach(async () => {
      first = all[0]!;
      while (ranges.missing(all, span)) await ranges.read(all, span);
      sandbox.resetRequests();
    });

    const expectUnknown = () => {
      expect(ranges.missing(all, span)?.profileIds).toEqual([first]);
      expect(ranges.freeSlots(store.profile(first)!, span)).toEqual([]);
    };

    it('is known no more when one before it is deleted, whoever asked for that', async () => {
      await store.destroy(line()[0]!.id);
      expectUnknown();
    });

    it('is known no more when one leaves it for a time of its own', async () => {
      await store.edit(line()[0]!.id, { when: { at: new Date(now() + 60 * day) } });
      expectUnknown();
    });

    it('is known no more when one comes in before it', async () => {
      await store.create({ profileIds: [first], text: 'Goes first', when: 'next' });
      expectUnknown();
    });

    it('is known no more when a reading tells that it moved, and is asked for again', async () => {
      sandbox.state.remove(line()[0]!);
      await store.refreshInBackground(['pending']);
      expectUnknown();
      while (ranges.missing(all, span)) await ranges.read(all, span);
      expect(idsIn(span.from, span.to).toSorted()).toEqual(there(span.from, span.to));
    });

    it('stays known when something goes to its end, when another range is read, and when one with a time of its own goes', async () => {
      await store.create({ profileIds: [first], text: 'Goes last', when: 'queue' });
      await ranges.read(all, { from: span.to, to: span.to + day });
      const own = [...sandbox.state.updates.values()].find(
        ({ profileId, status, isCustomScheduled, dueAt }) =>
          profileId === first && status === 'buffer' && isCustomScheduled && dueAt * 1000 > Date.now() + day,
      )!;
      await store.readUpdate(own.id);
      await store.destroy(own.id);
      await store.refreshInBackground(['pending']);
      expect(ranges.missing(all, span)).toBeUndefined();
    });

    it('is of the account that is signed in', () => {
      store.connect(clientOf(sandbox, 'graphql'));
      expect(ranges.missing(all, span)?.profileIds).toEqual(all);
    });
  });

  it('does not bring back what was deleted while it was read', async () => {
    const api = clientOf(sandbox, 'graphql');
    store.connect(api);
    await store.loadProfiles();
    const [from, to] = [now() + 8 * day, now() + 9 * day];
    const [deleted] = there(from, to) as [string];
    const { profileId } = await store.readUpdate(deleted);
    const due = api.due.bind(api);
    // The answer is under way while the write is answered.
    api.due = async (...asked) => {
      const answer = await due(...asked);
      await store.destroy(deleted);
      return answer;
    };
    await ranges.read(all, { from, to });
    expect(store.update(deleted)).toBeUndefined();
    expect(idsIn(from, to)).not.toContain(deleted);
    expect(ranges.missing(all, { from, to })?.profileIds).toEqual([profileId]);
  });

  it('is not known when reading it failed', async () => {
    const [from, to] = [now() + 8 * day, now() + 9 * day];
    sandbox.faults.add({ kind: 'graphqlError', match: { operation: 'Recent' }, times: 0 });
    await expect(ranges.read(all, { from, to })).rejects.toThrow();
    expect(ranges.missing(all, { from, to })).toBeDefined();
  });
});

it('is not asked for where the service lists none', async () => {
  await signIn('v1');
  expect(store.capabilities.ranges).toBe(false);
  await ranges.read(all, { from: Date.now(), to: Date.now() + day });
  expect(sandbox.requests()).toHaveLength(0);
});
