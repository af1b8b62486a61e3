import { expect } from 'vitest';
import type { ApiName, UpdateStatus } from '../../../src/core/buffer/model.ts';
import { IdeaStore } from '../../../src/core/ideas/ideaStore.ts';
import { outcomeOf } from '../../../src/core/queue/editOutcome.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Update as StoredUpdate } from '../../sandbox/state.ts';
import { ids } from './ids.ts';

// What a person does in a day. After each step, what they see is what the service holds: nothing is lost, nothing is
// there twice, and what they were told is so.

/** Four queues whose networks hold what the others do not: links that are shortened, threads, parts that are not told. */
const places = [ids.linkedin, ids.bluesky, ids.threads, ids.mastodon];

/** The words for what the service calls otherwise. */
const statuses: Readonly<Record<StoredUpdate['status'], UpdateStatus>> = {
  draft: 'draft',
  needs_approval: 'needsApproval',
  buffer: 'pending',
  sending: 'sending',
  sent: 'sent',
  error: 'failed',
};

/** As one line: which it is, what is the matter with it, its minute, and its words. The service may cut seconds off. */
function lineOf(id: string, status: UpdateStatus, due: number | undefined, text: string): string {
  return `${id} ${status} ${due === undefined ? 'undated' : Math.floor(due / 60_000)} ${text}`;
}

/** A window that holds nothing yet. */
export function newStore(sandbox: Sandbox, api: ApiName, options: Parameters<typeof clientOf>[2] = {}): QueueStore {
  const store = new QueueStore(() => 100, newMemory());
  store.connect(clientOf(sandbox, api, { pause: 1, ...options }));
  return store;
}

/** Reads all that waits in a queue. */
export async function readWhole(store: QueueStore, profileId: string): Promise<void> {
  await store.loadList(profileId, 'pending');
  while (store.list(profileId, 'pending').hasMore) await store.loadMore(profileId, 'pending');
}

/** A queue as it is shown. */
export function shown(store: QueueStore, profileId: string): string[] {
  return store
    .list(profileId, 'pending')
    .items.map(({ id, status, dueAt, text }) => lineOf(id, status, dueAt?.getTime(), text))
    .sort();
}

/** The same as the service holds it; v1 lists what failed with what was sent, and neither drafts nor what waits for somebody. */
export function held({ state }: Sandbox, api: ApiName, profileId: string): string[] {
  const listed: readonly StoredUpdate['status'][] = api === 'v1' ? ['buffer'] : ['draft', 'needs_approval', 'buffer', 'sending', 'error'];
  return [...state.updates.values()]
    .filter((update) => update.profileId === profileId && listed.includes(update.status))
    .map(({ id, status, dueAt, isUndated, text }) => lineOf(id, statuses[status], isUndated ? undefined : dueAt * 1000, text))
    .sort();
}

/** All that an update holds but its place in the queue, which moves with the others'. */
function contentOf({ dueAt, isCustomScheduled, isUndated: _undated, ...content }: StoredUpdate): string {
  return JSON.stringify({ ...content, dueAt: isCustomScheduled ? dueAt : undefined });
}

/** Reads every queue to its end. @returns the store that did */
export async function readEverything(sandbox: Sandbox, api: ApiName): Promise<QueueStore> {
  const store = newStore(sandbox, api);
  await store.loadProfiles();
  for (const { id } of store.profiles.items) {
    await readWhole(store, id);
    expect(shown(store, id)).toEqual(held(sandbox, api, id));
    expect(store.list(id, 'pending').isIncomplete).toBe(false);
  }
  return store;
}

/**
 * Reads all queues; makes, edits, moves, keeps as a draft, deletes, brings back and shares an update in four of them; has
 * one refused; and keeps an idea.
 * @param at  a time to come, with seconds
 */
export async function aDay(sandbox: Sandbox, api: ApiName, at: Date): Promise<void> {
  const { state } = sandbox;
  const store = await readEverything(sandbox, api);
  const before = new Map([...state.updates].map(([id, update]) => [id, contentOf(update)]));
  const made = new Set<string>();
  for (const [index, profileId] of places.entries()) {
    // Each at a time of its own, as two of them at one are in no certain order.
    for (const id of await inOnePlace(sandbox, store, api, profileId, new Date(at.getTime() + index * 3_600_000))) made.add(id);
  }
  await oneRefused(sandbox, store, api);
  if (store.capabilities.ideas) await anIdea(sandbox);
  // What nobody touched is as it was, and nobody else's is there.
  const others = [...state.updates].filter(([id]) => !made.has(id));
  expect(others.map(([id, update]) => [id, contentOf(update)])).toEqual([...before]);
  const again = await readEverything(sandbox, api);
  for (const { id } of again.profiles.items) expect(shown(again, id)).toEqual(held(sandbox, api, id));
}

/** @returns what was made on the way, also what is gone again */
async function inOnePlace(sandbox: Sandbox, store: QueueStore, api: ApiName, profileId: string, at: Date): Promise<string[]> {
  const stored = (id: string) => sandbox.state.updates.get(id)!;
  const agree = () => expect(shown(store, profileId)).toEqual(held(sandbox, api, profileId));
  const media = { picture: 'https://larkspur.example/a.png', description: 'A lark' };
  const text = `What we learned: https://larkspur.example/a/long/address?of=${profileId}`;
  const { created, refused } = await store.create({ profileIds: [profileId], text, when: 'queue', media });
  expect(refused).toEqual([]);
  const { id } = created[0]!;
  agree();

  const edited = await store.edit(id, { text: `${text} And what we did not.` });
  expect([edited.lost, edited.update.text]).toEqual([[], stored(id).text]);
  expect(stored(id).text).toMatch(/And what we did not\.$/u);
  agree();

  const moved = await store.edit(id, { when: { at } });
  expect([moved.lost, outcomeOf(edited.update, moved, { at })]).toEqual([[], 'done']);
  expect(Math.floor(stored(id).dueAt / 60)).toBe(Math.floor(at.getTime() / 60_000));
  agree();
  // A time that it has stays its own when something else changes.
  await store.edit(id, { text: 'Short' });
  expect([stored(id).isCustomScheduled, Math.floor(stored(id).dueAt / 60)]).toEqual([true, Math.floor(at.getTime() / 60_000)]);
  agree();
  if (store.capabilities.drafts) await throughTheDrafts(store, id, agree);

  expect(stored(id).media).toMatchObject(media);
  const kept = (await store.restorable(id))!;
  const whole = ({ text, media, assets }: StoredUpdate) => ({ text, media, assets });
  const was = whole(stored(id));
  await store.destroy(id);
  agree();
  const restored = await store.restore(kept);
  expect([stored(restored.id).status, whole(stored(restored.id))]).toEqual(['buffer', was]);
  agree();

  await store.share(restored.id);
  expect(['sent', 'sending']).toContain(stored(restored.id).status);
  agree();
  return [id, restored.id];
}

async function throughTheDrafts(store: QueueStore, id: string, agree: () => void): Promise<void> {
  const before = store.update(id)!;
  const draft = await store.edit(id, { when: 'draft' });
  expect([draft.lost, outcomeOf(before, draft, 'draft')]).toEqual([[], 'done']);
  agree();
  expect((await store.edit(id, { text: 'Still a draft' })).update).toMatchObject({ status: 'draft', text: 'Still a draft' });
  agree();
  const queued = await store.edit(id, { when: 'queue' });
  expect([queued.lost, outcomeOf(draft.update, queued, 'queue'), queued.update.status]).toEqual([[], 'done', 'pending']);
  agree();
}

/** One that its network does not take is told in the service's words, and is nowhere. */
async function oneRefused(sandbox: Sandbox, store: QueueStore, api: ApiName): Promise<void> {
  const count = sandbox.state.updates.size;
  const refused = await store.create({ profileIds: [ids.bluesky], text: 'x'.repeat(400), when: 'queue' }).then(
    ({ created, refused: [first] }) => (created.length > 0 ? undefined : first?.error),
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({
    kind: 'rejected',
    outcome: 'notDone',
    message: expect.stringMatching(/too long|exceed|characters/u) as string,
  });
  expect(sandbox.state.updates.size).toBe(count);
  expect(shown(store, ids.bluesky)).toEqual(held(sandbox, api, ids.bluesky));
}

async function anIdea(sandbox: Sandbox): Promise<void> {
  const ideas = new IdeaStore({ lookAfter: 1 });
  ideas.connect(clientOf(sandbox, 'graphql', { pause: 1 }));
  const organizationId = sandbox.state.organizations[0]!.id;
  const known = () => sandbox.state.library.ideas.filter((idea) => idea.organizationId === organizationId).map(({ id }) => id);
  await ideas.create({ text: 'For another day' });
  await ideas.load();
  while (ideas.ideas.hasMore) await ideas.loadMore();
  expect(ideas.ideas.items.map(({ id }) => id).sort()).toEqual(known().sort());
  expect(sandbox.state.library.ideas.filter(({ text }) => text === 'For another day')).toHaveLength(1);
}
