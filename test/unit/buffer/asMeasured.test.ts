import { beforeEach, describe, expect, test } from 'vitest';
import type { NetworkDetails, Update } from '../../../src/core/buffer/model.ts';
import type { MissingPart } from '../../../src/core/buffer/missingPart.ts';
import { outcomeOf } from '../../../src/core/queue/editOutcome.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { behaviours } from '../../sandbox/behaviours.ts';
import { clientOf } from '../../sandbox/client.ts';
import { graphqlCalls } from './graphql/graphqlCalls.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';

/** What a person does, with the service as it was measured: each was refused, lost or told wrongly once. */

const sandbox = await ownSandbox();
const plain = graphqlCalls(() => sandbox);
let store: QueueStore;
let missing: readonly MissingPart[];

beforeEach(() => {
  missing = [];
  store = newStore();
});

function newStore(): QueueStore {
  const made = new QueueStore(() => 100, newMemory());
  made.connect(clientOf(sandbox, 'graphql', { onMissing: (parts) => (missing = parts) }));
  return made;
}

/** At a whole minute: the service cuts seconds off. */
const inDays = (days: number) => new Date(Math.ceil(Date.now() / 60_000) * 60_000 + days * 86_400_000);
const automatic = { mode: 'addToQueue', schedulingType: 'automatic' };
const picture = (name: string) => ({
  image: { url: `https://larkspur.example/${name}.png`, metadata: { altText: `A picture of ${name}` } },
});
const film = { video: { url: 'https://larkspur.example/a.mp4', metadata: { thumbnailOffset: 1500 } } };
const written = () =>
  sandbox.requests().filter(({ operationName }) => /^(EditPost|CreatePost|MoveToTop|DeletePost)$/.test(operationName ?? ''));
/** What waits for whom, as the service remembers it. */
const waiting = (profileId: string) =>
  [...sandbox.state.updates.values()]
    .filter((each) => each.profileId === profileId && !['sent', 'error'].includes(each.status))
    .map(({ id }) => id)
    .sort();
const shown = (profileId: string) =>
  store
    .list(profileId, 'pending')
    .items.filter(({ status }) => status !== 'failed')
    .map(({ id }) => id)
    .sort();

async function made(input: object): Promise<string> {
  const post = await plain.create({ ...automatic, ...input });
  expect(post).toHaveProperty('id');
  return post.id as string;
}

describe('the sidebar', () => {
  test.each(behaviours.approvalFilter.settings)('shows every row of every queue, also what needs approval (%s)', async (approvalFilter) => {
    sandbox.behave({ approvalFilter });
    await store.loadProfiles();
    for (const { id } of store.profiles.items) {
      await store.loadList(id, 'pending');
      while (store.list(id, 'pending').hasMore) await store.loadMore(id, 'pending');
      expect(shown(id)).toEqual(waiting(id));
    }
    const approvals = store.profiles.items
      .flatMap(({ id }) => store.list(id, 'pending').items)
      .filter(({ status }) => status === 'needsApproval');
    expect(approvals.length).toBeGreaterThan(0);
  });

  test.each(behaviours.failedField.settings)('opens though dailyPostingLimits fails, and says so (%s)', async (failedField) => {
    sandbox.behave({ failedField, dailyPostingLimits: 'fails' });
    await store.loadProfiles();
    await store.refresh();
    expect(store.profiles.status).toBe('loaded');
    await store.loadList(ids.bluesky, 'pending');
    expect(shown(ids.bluesky)).toEqual(waiting(ids.bluesky));
    expect(missing.map(({ part }) => part)).toEqual(['dailyLimits']);
  });

  test.each(behaviours.failedField.settings)('shows what was sent though figures may not be read (%s)', async (failedField) => {
    sandbox.behave({ failedField });
    const token = 'an-access-token-without-insights';
    sandbox.state.grantAccess(token, sandbox.state.users[0]!.id, sandbox.state.now() + 3600, ['account:read', 'posts:read', 'posts:write']);
    store.connect(clientOf(sandbox, 'graphql', { token: () => Promise.resolve(token), onMissing: (parts) => (missing = parts) }));
    await store.loadList(ids.bluesky, 'sent');
    expect(store.list(ids.bluesky, 'sent').items.length).toBeGreaterThan(20);
    expect(missing).toMatchObject([{ part: 'figures', isForbidden: true }]);
  });

  test('does not believe a list that lacks what is there: one of the missing is asked for, and the rows stay', async () => {
    await store.loadProfiles();
    const before = shown(ids.bluesky);
    sandbox.faults.add({ kind: 'shortLists', times: 0 });
    sandbox.resetRequests();
    await store.refresh();
    expect(shown(ids.bluesky)).toEqual(before);
    expect(store.list(ids.bluesky, 'pending')).toMatchObject({ isIncomplete: true, asOf: expect.any(Date) as Date });
    // One is asked for, however many queues look like it.
    expect(sandbox.requests().filter(({ operationName }) => operationName === 'Post')).toHaveLength(1);
    sandbox.faults.clear();
    await store.refresh();
    expect(store.list(ids.bluesky, 'pending').isIncomplete).toBe(false);
  });

  test('believes a list whose updates are gone', async () => {
    await store.loadProfiles();
    for (const update of [...sandbox.state.updates.values()])
      if (update.profileId === ids.bluesky && update.status === 'buffer') sandbox.state.remove(update);
    await store.refresh();
    await store.loadList(ids.bluesky, 'pending');
    expect(shown(ids.bluesky)).toEqual(waiting(ids.bluesky));
    expect(store.list(ids.bluesky, 'pending').isIncomplete).toBe(false);
  });
});

describe.each(behaviours.editPost.settings)('where editPost is of the kind "%s"', (editPost) => {
  beforeEach(() => sandbox.behave({ editPost }));

  test('an update with a video is edited, given another time, and brought back', async () => {
    const id = await made({
      channelId: ids.youtube,
      text: 'A film',
      assets: [film],
      metadata: { youtube: { title: 'A film', categoryId: '28' } },
    });
    expect((await store.edit(id, { text: 'Another text' })).update).toMatchObject({
      text: 'Another text',
      media: { video: film.video.url },
    });
    const at = inDays(3);
    expect((await store.edit(id, { when: { at } })).update.dueAt).toEqual(at);
    const kept = await store.restorable(id);
    await store.destroy(id);
    const restored = await store.restore(kept!, { at });
    expect((await plain.read(restored.id)).assets).toMatchObject([{ source: film.video.url, video: { thumbnailOffset: 1500 } }]);
  });

  test.each([
    ['scheduled', () => ({ at: inDays(2) })],
    ['added to the queue', () => 'queue' as const],
  ])('a draft that is %s leaves the drafts', async (_how, when) => {
    const id = await made({ channelId: ids.bluesky, text: 'Not for ever a draft', saveToDraft: true });
    const before = await store.readUpdate(id);
    const edited = await store.edit(id, { when: when() });
    expect(edited.update.status).toBe('pending');
    expect(outcomeOf(before, edited, when())).toBe('done');
    expect((await plain.read(id)).status).toBe('scheduled');
  });

  test('an update that is moved to the drafts leaves the queue', async () => {
    const id = await made({ channelId: ids.bluesky, text: 'Not yet' });
    const before = await store.readUpdate(id);
    const edited = await store.edit(id, { when: 'draft' });
    expect(outcomeOf(before, edited, 'draft')).toBe('done');
    expect((await plain.read(id)).status).toBe('draft');
  });

  test('a draft whose text is edited stays one', async () => {
    const id = await made({ channelId: ids.bluesky, text: 'A draft', saveToDraft: true });
    expect((await store.edit(id, { text: 'Still a draft' })).update).toMatchObject({ status: 'draft', text: 'Still a draft' });
  });

  test('another time is the time that the service has', async () => {
    await store.loadList(ids.linkedin, 'pending');
    const { id } = store.list(ids.linkedin, 'pending').items.find(({ status }) => status === 'pending')!;
    const at = inDays(9);
    expect((await store.edit(id, { when: { at } })).update.dueAt).toEqual(at);
    expect(new Date((await plain.read(id)).dueAt)).toEqual(at);
  });

  test('a text on X goes out at once', async () => {
    const id = await made({ channelId: ids.x, text: 'Now, please' });
    const { update } = await store.share(id);
    expect(['sent', 'sending']).toContain(update.status);
    expect(['sent', 'sending']).toContain((await plain.read(id)).status);
  });

  test('an update for Instagram with several pictures is edited', async () => {
    const id = await made({
      channelId: ids.instagram,
      text: 'Three of them',
      assets: ['one', 'two', 'three'].map(picture),
      metadata: { instagram: { type: 'post', shouldShareToFeed: true } },
    });
    expect((await store.edit(id, { text: 'Still three of them' })).update.attachments).toHaveLength(3);
  });

  test('a thread on Threads keeps the pictures of its first part, though nothing tells what its parts carry', async () => {
    const assets = [picture('one'), picture('two')];
    const thread = [
      { text: 'First', assets },
      { text: 'Second', assets: [] },
    ];
    const id = await made({ channelId: ids.threads, text: 'First', assets, metadata: { threads: { thread } } });
    expect((await store.edit(id, { text: 'Another first' })).update).toMatchObject({ text: 'Another first', hidesFiles: true });
    const stored = sandbox.state.updates.get(id)!.details?.thread as readonly { readonly assets: readonly { readonly alt?: string }[] }[];
    expect(stored.map(({ assets: each }) => each.map(({ alt }) => alt))).toEqual([['A picture of one', 'A picture of two'], []]);
  });

  test('a post on Threads that becomes a thread keeps its picture, in its first part', async () => {
    const id = await made({ channelId: ids.threads, text: 'Alone', assets: [picture('one')] });
    const { update, lost } = await store.edit(id, { details: { thread: ['Second'], threadPictures: [[]] } });
    expect({ lost, thread: update.details?.thread }).toEqual({ lost: [], thread: ['Second'] });
    const stored = sandbox.state.updates.get(id)!.details?.thread as readonly { readonly assets: readonly { readonly alt?: string }[] }[];
    expect(stored.map(({ assets }) => assets.map(({ alt }) => alt))).toEqual([['A picture of one'], []]);
  });

  test('a thread on Threads that was made here is known to carry nothing only as long as its parts got no pictures', async () => {
    const details = { thread: ['Second'] };
    const threadPictures = [[{ url: picture('one').image.url }]];
    const create = async (text: string, given: NetworkDetails) => {
      const { created } = await store.create({
        profileIds: [ids.threads],
        text,
        when: 'queue',
        details: { [ids.threads]: given },
      });
      return created[0]!.id;
    };
    expect(store.isMadeHere(await create('With one', { ...details, threadPictures }))).toBe(false);
    const id = await create('Without', { ...details, threadPictures: [[]] });
    expect(store.isMadeHere(id)).toBe(true);
    await store.edit(id, { text: 'Another first' });
    expect(store.isMadeHere(id)).toBe(true);
    await store.edit(id, { details: { ...details, threadPictures } });
    expect(store.isMadeHere(id)).toBe(false);
  });

  test('nothing is sent for an edit that changes nothing', async () => {
    const id = await made({ channelId: ids.bluesky, text: 'As it is' });
    sandbox.resetRequests();
    await store.edit(id, { text: 'As it is' });
    expect(written()).toEqual([]);
  });
});

describe.each(behaviours.editPost.settings)('what an answer shows to be lost where editPost is of the kind "%s"', (editPost) => {
  beforeEach(() => sandbox.behave({ editPost }));

  const edits = () => written().filter(({ operationName }) => operationName === 'EditPost').length;

  test('is put back by one more edit', async () => {
    const id = await made({ channelId: ids.bluesky, text: 'Four', assets: ['a', 'b', 'c', 'd'].map(picture) });
    await store.readUpdate(id);
    sandbox.resetRequests();
    sandbox.faults.add({ kind: 'forgets', match: { operation: 'EditPost' } });
    const { update, lost } = await store.edit(id, { text: 'Still four' });
    expect(lost).toEqual([]);
    expect(update).toMatchObject({
      text: 'Still four',
      attachments: ['a', 'b', 'c', 'd'].map((name) => ({ description: `A picture of ${name}` })),
    });
    expect((await plain.read(id)).assets).toHaveLength(4);
    expect(edits()).toBe(2);
  });

  test('is told where it cannot be put back', async () => {
    const id = await made({ channelId: ids.bluesky, text: 'Four', assets: ['a', 'b', 'c', 'd'].map(picture) });
    await store.readUpdate(id);
    sandbox.resetRequests();
    sandbox.faults.add({ kind: 'forgets', match: { operation: 'EditPost' }, times: 0 });
    const { lost } = await store.edit(id, { when: { at: inDays(4) } });
    expect(lost).toEqual(['attachments']);
    expect(edits()).toBe(2);
  });

  test('keeps the time that the first edit gave', async () => {
    const id = await made({ channelId: ids.bluesky, text: 'Four', assets: ['a', 'b'].map(picture) });
    await store.readUpdate(id);
    sandbox.faults.add({ kind: 'forgets', match: { operation: 'EditPost' } });
    const at = inDays(4);
    expect((await store.edit(id, { when: { at } })).update.dueAt).toEqual(at);
    expect(new Date((await plain.read(id)).dueAt)).toEqual(at);
  });
});

describe('posting', () => {
  const remindersOnly = () =>
    store.profiles.items.filter(
      ({ service, serviceType }) =>
        (service === 'instagram' && serviceType === 'profile') || (service === 'facebook' && serviceType === 'group'),
    );

  test.each(behaviours.editPost.settings)('to a profile that takes reminders only makes one, and it stays one (%s)', async (editPost) => {
    sandbox.behave({ editPost });
    await store.loadProfiles();
    expect(remindersOnly().length).toBeGreaterThan(0);
    for (const { id, service } of remindersOnly()) {
      const details = { [id]: { type: 'post' } };
      const { created, refused } = await store.create({
        profileIds: [id],
        text: 'By hand',
        when: 'queue',
        media: { picture: 'https://larkspur.example/a.png' },
        details,
      });
      expect(refused).toEqual([]);
      expect(created).toMatchObject([{ service, isReminder: true }]);
      const edited = await store.edit(created[0]!.id, { when: { at: inDays(2) } });
      expect(edited.update.isReminder).toBe(true);
    }
  });

  test('a thread with a picture to Threads gives its first part the picture', async () => {
    await store.loadProfiles();
    const { created } = await store.create({
      profileIds: [ids.threads],
      text: 'First',
      when: 'queue',
      media: { picture: 'https://larkspur.example/a.png', description: 'A' },
      details: { [ids.threads]: { thread: ['Second'] } },
    });
    const stored = sandbox.state.updates.get(created[0]!.id)!;
    const thread = stored.details?.thread as readonly {
      readonly text: string;
      readonly assets: readonly { readonly url: string; readonly alt?: string }[];
    }[];
    expect(thread.map(({ text, assets }) => [text, assets.map(({ url }) => url)])).toEqual([
      ['First', ['https://larkspur.example/a.png']],
      ['Second', []],
    ]);
  });

  test('a link’s card to a network that nobody told us of arrives', async () => {
    await store.loadProfiles();
    const unknown = store.profiles.items.find(({ service }) => service === 'substack')!;
    const { created, refused } = await store.create({
      profileIds: [unknown.id],
      text: 'Read this',
      when: 'queue',
      media: { link: 'https://larkspur.example/post', title: 'A post' },
    });
    expect(refused).toEqual([]);
    expect(sandbox.state.updates.get(created[0]!.id)?.media?.link).toBe('https://larkspur.example/post');
  });
});

describe('Undo of a deletion brings back', () => {
  const roundTrip = async (input: object): Promise<Update> => {
    const id = await made(input);
    const kept = await store.restorable(id);
    await store.destroy(id);
    return store.restore(kept!);
  };

  test('a draft as a draft', async () => {
    expect(await roundTrip({ channelId: ids.bluesky, text: 'A draft', saveToDraft: true })).toMatchObject({
      status: 'draft',
      text: 'A draft',
    });
  });

  test('a reminder as a reminder', async () => {
    expect(await roundTrip({ channelId: ids.bluesky, text: 'By hand', schedulingType: 'notification' })).toMatchObject({
      isReminder: true,
    });
  });

  test('what failed as a draft, and never quietly to the queue', async () => {
    await store.loadProfiles();
    const failed = store.failed.find(({ service }) => service === 'bluesky')!;
    const kept = await store.restorable(failed.id);
    await store.destroy(failed.id);
    expect(await store.restore(kept!)).toMatchObject({ status: 'draft', text: failed.text });
  });

  test('every picture, with what describes it', async () => {
    const restored = await roundTrip({ channelId: ids.bluesky, text: 'Four', assets: ['a', 'b', 'c', 'd'].map(picture) });
    expect(restored.attachments?.map(({ description }) => description)).toEqual([
      'A picture of a',
      'A picture of b',
      'A picture of c',
      'A picture of d',
    ]);
  });
});

describe('what a person is told comes from the answer', () => {
  const update = (change: Partial<Update>): Update => ({
    id: 'u',
    profileId: 'p',
    service: 'bluesky',
    status: 'pending',
    text: 'x',
    createdAt: new Date(0),
    statistics: {},
    dueAt: inDays(1),
    ...change,
  });
  const answered = (change: Partial<Update>) => ({ update: update(change), lost: [] });

  test.each([
    ['a draft that stays one', update({ status: 'draft' }), answered({ status: 'draft' }), 'queue' as const, 'stillDraft'],
    ['a time that was not taken', update({}), answered({}), { at: inDays(5) }, 'notMoved'],
    ['another time', update({}), answered({ dueAt: inDays(6) }), { at: inDays(5) }, 'movedElse'],
    ['seconds that were cut off', update({}), answered({ dueAt: inDays(5) }), { at: new Date(inDays(5).getTime() + 44_000) }, 'done'],
    ['one that did not go out', update({}), answered({}), 'now' as const, 'notShared'],
    ['one that is going out', update({}), answered({ status: 'sending' }), 'now' as const, 'done'],
  ] as const)('%s', (_name, before, edited, when, outcome) => {
    expect(outcomeOf(before, edited, when)).toBe(outcome);
  });
});
