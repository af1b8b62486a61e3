import { beforeEach, expect, test } from 'vitest';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { deedOf } from '../../harness/requests.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

// What the five commonest jobs cost of the requests that Buffer allows in a day, once the sidebar is shown. What was read
// is never taken for fresh here, as with a person who looks at a queue for a while before they act.
const sandbox = await ownSandbox();
let store: QueueStore;

beforeEach(async () => {
  store = new QueueStore(() => 25, newMemory(), { freshness: 0 });
  store.connect(clientOf(sandbox, 'graphql', { pause: 1 }));
  await store.loadProfiles();
  sandbox.resetRequests();
});

const cost = () => sandbox.requests().map(deedOf);
const pending = () => store.list(ids.bluesky, 'pending').items;

test('posting a selection to three profiles is one request', async () => {
  const { created } = await store.create({ profileIds: [ids.bluesky, ids.google, ids.linkedin], text: 'To three of them', when: 'queue' });
  expect(created).toHaveLength(3);
  expect(cost()).toEqual(['create']);
});

test('fixing a failed update is a look at all it holds, and one edit that also gives it back to the queue', async () => {
  const failed = store.failed.find(({ profileId }) => profileId === ids.bluesky)!;
  await store.edit(failed.id, { text: 'Mended by hand', when: 'queue' }, failed);
  expect(store.update(failed.id)?.status).toBe('pending');
  expect(cost()).toEqual(['read', 'edit']);
});

test('moving a day’s updates by a day is a look and an edit for each, and no list is read again', async () => {
  const due = pending().filter(({ status, dueAt }) => status === 'pending' && dueAt);
  const moved = due.slice(0, 3);
  for (const update of moved) await store.edit(update.id, { when: { at: new Date(update.dueAt!.getTime() + 86_400_000) } }, update);
  expect(cost()).toEqual(moved.flatMap(() => ['read', 'edit']));
});

test('finding an update by a word in it costs nothing, and editing it a look and an edit', async () => {
  const found = pending().find(({ text }) => text.startsWith('Release candidate'))!;
  expect(cost()).toEqual([]);
  await store.edit(found.id, { text: `${found.text} Soon.` }, found);
  expect(cost()).toEqual(['read', 'edit']);
});

test('a thread with two pictures is one request', async () => {
  const [url, other] = ['https://larkspur.example/one.png', 'https://larkspur.example/two.png'];
  await store.create({
    profileIds: [ids.bluesky],
    text: 'First of two parts',
    when: 'queue',
    media: { picture: url },
    details: { [ids.bluesky]: { thread: ['Second of two parts'], threadPictures: [[{ url: other }]] } },
  });
  expect(cost()).toEqual(['create']);
});
