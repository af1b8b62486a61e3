// What is asked while something else is on its way, on both services.
import { describe, expect, test, vi } from 'vitest';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import { type ApiName, apiNames } from '../../../src/core/buffer/model.ts';
import type { Change } from '../../../src/core/queue/queueModel.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { editRulesOf } from '../support/editRules.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

const sandbox = await ownSandbox();
let store: QueueStore;
let changes: Change[];

function connect(service: ApiName): BufferApi {
  return clientOf(sandbox, service, { pause: 1 });
}

function newStore(service: ApiName): QueueStore {
  const made = new QueueStore(() => 20, newMemory());
  made.connect(connect(service));
  changes = [];
  made.onDidChange((each) => changes.push(...each));
  return made;
}

async function load(service: ApiName, ...profileIds: string[]): Promise<void> {
  store = newStore(service);
  await store.loadProfiles();
  for (const profileId of profileIds) await store.loadList(profileId, 'pending');
  sandbox.resetRequests();
}

const pending = { v1: { path: 'pending\\.json' }, graphql: { operation: 'Pending' } } as const;
const overview = { v1: { path: 'profiles\\.json' }, graphql: { operation: 'Overview' } } as const;
const shown = (profileId: string) =>
  store
    .list(profileId, 'pending')
    .items.filter(({ status }) => status === 'pending')
    .map(({ id }) => id);
const served = (profileId: string) =>
  sandbox
    .summary()
    .profiles.find(({ id }) => id === profileId)!
    .pending.map(({ id }) => id);
const pendingCount = (profileId: string) => store.profile(profileId)!.counts.pending;
let serial = 0;
const create = (profileId: string) => store.create({ profileIds: [profileId], text: `New ${++serial}`, when: 'queue' });

/** What v1 answers now comes this late. */
async function answerLate(path: string, match: string, ms = 300): Promise<void> {
  const body = await fetch(sandbox.url + path, { headers: { authorization: `Bearer ${sandbox.token}` } }).then((answer) => answer.text());
  sandbox.faults.add({ kind: 'status', status: 200, body, ms, match: { path: match } });
}

describe.each(apiNames)('a write while the profiles are read, on %s', (service) => {
  const reads: [string, () => Promise<void>, boolean][] = [
    ['a refresh that fails', () => store.refresh(), false],
    ['one in the background that fails', () => store.refreshInBackground(['pending']), false],
    ['one that is given up', () => store.refreshInBackground(['pending']), true],
  ];
  test.each(reads)('stays counted after %s', async (_name, read, isGivenUp) => {
    await load(service, ids.bluesky);
    const before = pendingCount(ids.bluesky)!;
    sandbox.faults.add({ kind: 'html', ms: 200, match: overview[service] });
    const reading = read();
    await create(ids.bluesky);
    if (isGivenUp) store.stopReading();
    await expect(reading).rejects.toMatchObject({ kind: isGivenUp ? 'cancelled' : 'intercepted' });
    expect(pendingCount(ids.bluesky)).toBe(before + 1);
  });

  // The current API tells no counts.
  test.runIf(service === 'v1')('stays counted when the answer is from before it', async () => {
    await load(service, ids.bluesky);
    const before = pendingCount(ids.bluesky)!;
    const other = pendingCount(ids.mastodon);
    await answerLate('/profiles.json', overview.v1.path);
    const reading = store.refreshInBackground([]);
    await create(ids.bluesky);
    await create(ids.bluesky);
    await store.destroy(shown(ids.bluesky)[0]!);
    await reading;
    expect(pendingCount(ids.bluesky)).toBe(before + 1);
    expect(pendingCount(ids.mastodon)).toBe(other);
    await store.refresh();
    await store.loadList(ids.bluesky, 'pending');
    expect(pendingCount(ids.bluesky)).toBe(before + 1);
  });
});

describe.each(apiNames)('an answer for the account before, on %s', (service) => {
  const writeMatch = { v1: { method: 'POST' }, graphql: { operation: '(Post|MoveToTop)$' } } as const;
  const notFound = {
    v1: { kind: 'status', status: 404, body: { code: 1020, error: 'No such update.' } },
    graphql: { kind: 'graphqlError', code: 'NOT_FOUND' },
  } as const;

  /** What is held is read anew, as if it were another's, while the answer is on its way. */
  async function change(profileId: string): Promise<() => unknown> {
    store.connect(connect(service));
    await store.loadProfiles();
    await store.loadList(profileId, 'pending');
    const state = () => structuredClone([store.profile(profileId), store.list(profileId, 'pending').items]);
    const before = state();
    changes = [];
    return () => expect([state(), changes]).toEqual([before, []]);
  }

  const writes: [string, (id: string) => Promise<unknown>][] = [
    ['an edit', (id) => store.edit(id, { text: 'Edited' })],
    ['a share', (id) => store.share(id)],
    ['a delete', (id) => store.destroy(id)],
    ['a move to the top', (id) => store.moveToTop(id)],
    ['a create', () => create(ids.bluesky)],
  ];
  test.each(writes)('changes nothing: %s', async (_name, write) => {
    await load(service, ids.bluesky);
    sandbox.faults.add({ kind: 'latency', ms: 400, match: writeMatch[service] });
    const failed = expect(write(shown(ids.bluesky)[3]!)).rejects.toMatchObject({ kind: 'cancelled' });
    await onItsWay();
    const expectUnchanged = await change(ids.bluesky);
    await failed;
    expectUnchanged();
  });

  /** Until what was asked for last is at the service: what is still here is not sent for an account that is left. */
  async function onItsWay(): Promise<void> {
    await vi.waitFor(() => expect(sandbox.requests().at(-1)?.status).toBe(0));
  }

  const questions: [string, (id: string) => Promise<unknown>][] = [
    ['an edit', (id) => store.edit(id, { text: 'Edited' })],
    ['a read', (id) => store.readUpdate(id)],
  ];
  test.each(questions)('takes nothing away that is not found: %s', async (_name, ask) => {
    await load(service, ids.bluesky);
    const id = shown(ids.bluesky)[3]!;
    sandbox.faults.add({ ...notFound[service], ms: 400, match: service === 'v1' ? { path: id } : { operation: 'Post$' } });
    const failed = expect(ask(id)).rejects.toMatchObject({ kind: 'notFound' });
    await onItsWay();
    const expectUnchanged = await change(ids.bluesky);
    await failed;
    expectUnchanged();
  });

  test.each(editRulesOf(service))('does not end a write of the present one, on %s', async (_title, { settings }) => {
    sandbox.behave(settings);
    await load(service, ids.bluesky);
    const id = shown(ids.bluesky)[3]!;
    sandbox.faults.add({ kind: 'latency', ms: 300, match: writeMatch[service] });
    sandbox.faults.add({ kind: 'latency', ms: 600, match: writeMatch[service] });
    const early = expect(store.edit(id, { text: 'Early' })).rejects.toMatchObject({ kind: 'cancelled' });
    await onItsWay();
    await change(ids.bluesky);
    const late = store.edit(id, { text: 'Late' });
    await early;
    expect(store.isBusy(id)).toBe(true);
    await late;
    expect(store.isBusy(id)).toBe(false);
  });
});

describe('the networks’ limits', () => {
  const configuration = { path: 'configuration' };

  test('are asked for anew in another account, whatever comes of the request of the one before', async () => {
    store = newStore('v1');
    sandbox.faults.add({ kind: 'latency', ms: 200, match: configuration });
    sandbox.faults.add({ kind: 'latency', ms: 500, match: configuration });
    const early = store.configuration();
    store.connect(connect('v1'));
    const late = store.configuration();
    expect(await early).toBeUndefined();
    const again = store.configuration();
    expect((await late)?.limits['twitter']).toBeDefined();
    expect(await again).toEqual(await late);
    expect(sandbox.requests()).toHaveLength(2);
  });

  test('are those of the service that is connected', async () => {
    store = newStore('v1');
    const told = await store.configuration();
    expect(Object.keys(told!.limits)).not.toEqual([]);
    store.connect(connect('graphql'));
    expect(await store.configuration()).toEqual({ limits: {} });
    store.connect(connect('v1'));
    expect(await store.configuration()).toEqual(told);
    store.connect(connect('v1'));
    sandbox.resetRequests();
    expect(await store.configuration()).toEqual(told);
    expect(sandbox.requests()).toEqual([]);
  });
});

describe.each(apiNames)('a head and the page after it, on %s', (service) => {
  const expectRight = (atLeast: number) => {
    const mine = shown(ids.x);
    expect(mine.length).toBeGreaterThanOrEqual(atLeast);
    expect(mine).toEqual(served(ids.x).slice(0, mine.length));
  };
  const slowly = () => sandbox.faults.add({ kind: 'latency', ms: 150, times: 0, match: pending[service] });

  test('a refresh during a Load More reads the head again', async () => {
    await load(service, ids.x);
    const id = shown(ids.x)[0]!;
    const before = shown(ids.x).length;
    slowly();
    const more = store.loadMore(ids.x, 'pending');
    sandbox.editElsewhere(id, 'Changed elsewhere');
    await Promise.all([more, store.refreshList(ids.x, 'pending')]);
    expect(store.update(id)!.text).toBe('Changed elsewhere');
    expectRight(before + 20);
    expect(sandbox.requests()).toHaveLength(2);
  });

  test('a Load More during a refresh loads the next page', async () => {
    await load(service, ids.x);
    const before = shown(ids.x).length;
    slowly();
    const refreshing = store.refreshList(ids.x, 'pending');
    await Promise.all([store.loadMore(ids.x, 'pending'), store.loadMore(ids.x, 'pending')]);
    await refreshing;
    expectRight(before + 20);
    expect(sandbox.requests()).toHaveLength(2);
  });

  test('whoever needs only the first rows does not read them again during a Load More', async () => {
    await load(service, ids.x);
    slowly();
    const more = store.loadMore(ids.x, 'pending');
    await store.loadList(ids.x, 'pending');
    await more;
    expect(sandbox.requests()).toHaveLength(1);
  });

  test.each(['before', 'after'])('a Load More is not given up with the head that is only shown, asked for %s', async (when) => {
    store = newStore(service);
    slowly();
    const head = store.loadList(ids.x, 'pending', 'shown').catch(() => undefined);
    if (when === 'after') store.stopReading();
    const more = store.loadMore(ids.x, 'pending');
    if (when === 'before') store.stopReading();
    await Promise.all([head, more]);
    // More than a page.
    expectRight(30);
  });

  test('none of it goes on in another account', async () => {
    await load(service, ids.x);
    slowly();
    const more = expect(store.loadMore(ids.x, 'pending')).rejects.toMatchObject({ kind: 'cancelled' });
    const refreshing = expect(store.refreshList(ids.x, 'pending')).rejects.toMatchObject({ kind: 'cancelled' });
    store.connect(connect(service));
    changes = [];
    await Promise.all([more, refreshing]);
    expect(store.list(ids.x, 'pending')).toMatchObject({ status: 'unloaded', items: [] });
    expect(changes).toEqual([]);
  });
});

describe.each(apiNames)('profiles that could not be read, on %s', (service) => {
  test('are still to be read after one read took another’s place and was given up', async () => {
    await load(service);
    const snapshot = store.snapshot();
    store.connect(connect(service), () => Promise.resolve(snapshot));
    await store.loadCache();
    sandbox.faults.add({ kind: 'latency', ms: 150, match: overview[service] });
    const reads = [store.refreshInBackground([]), store.loadProfiles('shown')].map((read) =>
      expect(read).rejects.toMatchObject({ kind: 'cancelled' }),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    store.stopReading();
    await Promise.all(reads);
    expect(store.profiles.status).toBe('unloaded');
    expect(await store.loadProfiles('shown')).not.toEqual([]);
    expect(store.asOf).toBeUndefined();
  });

  test('say so until they are, whatever is tried in the background', async () => {
    await load(service);
    sandbox.faults.add({ kind: 'html', times: 0, match: overview[service] });
    await expect(store.refresh()).rejects.toMatchObject({ kind: 'intercepted' });
    await expect(store.refreshInBackground([])).rejects.toMatchObject({ kind: 'intercepted' });
    expect(store.profiles).toMatchObject({ status: 'failed', error: { kind: 'intercepted' } });
    sandbox.faults.clear();
    expect(await store.loadProfiles()).not.toEqual([]);
    expect([store.profiles.status, store.profiles.error]).toEqual(['loaded', undefined]);
  });
});

test.each(apiNames)('a row that goes while the next page is read takes no other with it, on %s', async (service) => {
  await load(service, ids.x);
  sandbox.faults.add({ kind: 'latency', ms: 200, match: pending[service] });
  const more = store.loadMore(ids.x, 'pending');
  await store.destroy(shown(ids.x)[0]!);
  await more;
  const mine = shown(ids.x);
  expect(mine.length).toBeGreaterThan(30);
  expect(mine).toEqual(served(ids.x).slice(0, mine.length));
});
