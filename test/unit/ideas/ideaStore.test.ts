import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import type { Idea } from '../../../src/core/buffer/model.ts';
import { type IdeaSnapshot, ideaSnapshotSchema, shortenedIdeas } from '../../../src/core/ideas/ideaSnapshot.ts';
import { IdeaStore } from '../../../src/core/ideas/ideaStore.ts';
import { DiskCache } from '../../../src/core/files/diskCache.ts';
import { clientOf } from '../../sandbox/client.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const sandbox = await ownSandbox();

function connect(): BufferApi {
  return clientOf(sandbox, 'graphql', { pause: 1 });
}

function newWindow(api = connect(), loadCache?: Parameters<IdeaStore['connect']>[1]): IdeaStore {
  const store = new IdeaStore({ lookAfter: 1 });
  store.connect(api, loadCache);
  return store;
}

const texts = ({ ideas }: IdeaStore) => ideas.items.map(({ text }) => text);
const atBuffer = () => sandbox.state.library.ideas.map(({ text }) => text);
const asked = () => sandbox.requests().map(({ operationName }) => operationName);
/** Stand before whatever is made later. */
function fillBoards(count: number): void {
  const { library } = sandbox.state;
  for (let index = 0; index < count; index++)
    library.ideas.push({ ...library.ideas[0]!, id: sandbox.state.newId(), text: `Older ${index}`, position: index / 1000 });
}
const creates = () => asked().filter((operation) => operation === 'CreateIdea').length;

describe('ideas', () => {
  it('are newest first, in whatever order the service has them', async () => {
    const idea = (id: string, day: number): Idea => ({ id, text: id, createdAt: new Date(Date.UTC(2031, 4, day)) });
    const pages = [{ ideas: [idea('old', 1), idea('new', 3)], next: 'more' }, { ideas: [idea('newest', 4), idea('middle', 2)] }];
    const store = newWindow({ capabilities: { ideas: true }, ideas: () => Promise.resolve(pages.shift()) } as unknown as BufferApi);
    await store.load();
    expect(store.ideas.items.map(({ id }) => id)).toEqual(['new', 'old']);
    await store.loadMore();
    expect(store.ideas.items.map(({ id }) => id)).toEqual(['newest', 'new', 'middle', 'old']);
  });

  it('come with all that Buffer keeps of them, and with their groups, in one request', async () => {
    const store = newWindow();
    await store.load();
    expect(asked()).toEqual(['Ideas']);
    const { groups, items } = store.ideas;
    expect(groups.map(({ name, isLocked }) => [name, isLocked])).toEqual([
      ['To do', false],
      ['In progress', false],
      ['Done', true],
    ]);
    const [first, second] = items;
    expect(first).toMatchObject({
      title: 'Glossary week',
      groupId: groups[0]!.id,
      services: ['twitter', 'bluesky'],
      date: expect.any(Date) as Date,
    });
    expect(first!.tags!.map(({ name, color }) => [name, color])).toEqual([['Docs', '#00a25b']]);
    expect(second!.files!.map(({ kind, description }) => [kind, description])).toEqual([
      ['picture', 'Bars, number 1'],
      ['picture', 'Bars, number 2'],
    ]);
  });

  it('know their groups on further pages, too', async () => {
    fillBoards(150);
    const store = newWindow();
    await store.load();
    while (store.ideas.hasMore) await store.loadMore();
    expect(store.ideas.groups).toHaveLength(3);
    const wanted = sandbox.requests().map(({ form }) => (form['variables'] as { wantsGroups: boolean }).wantsGroups);
    expect(wanted.filter(Boolean)).toHaveLength(1);
    expect(wanted.length).toBeGreaterThan(1);
  });

  it.each(['Query.ideaGroups', 'IdeaContent.media', 'IdeaContent.tags', 'Idea.groupId', 'IdeaContent.date'])(
    'are read where Buffer has no %s',
    async (coordinate) => {
      sandbox.lack([coordinate]);
      try {
        const store = newWindow();
        await store.load();
        expect(store.ideas.items).toHaveLength(sandbox.state.library.ideas.length);
        expect(store.ideas.groups).toHaveLength(coordinate === 'Query.ideaGroups' ? 0 : 3);
      } finally {
        sandbox.lack([]);
      }
    },
  );

  it('are kept in the group that a person chose', async () => {
    const store = newWindow();
    await store.load();
    const [todo] = store.ideas.groups;
    expect(await store.create({ text: 'In its place', groupId: todo!.id })).toMatchObject({ groupId: todo!.id });
    expect(sandbox.state.library.ideas.at(-1)).toMatchObject({ text: 'In its place', groupId: todo!.id });
  });

  it('made while they are being read are not taken away by that answer', async () => {
    const store = newWindow();
    sandbox.faults.add({ kind: 'latency', ms: 200, match: { operation: 'Ideas' } });
    const reading = store.load();
    await store.create({ text: 'Made meanwhile' });
    await reading;
    expect(texts(store).filter((text) => text === 'Made meanwhile')).toHaveLength(1);
    expect(store.ideas.items).toHaveLength(sandbox.state.library.ideas.length);
  });

  it('made here are shown although the service has them on a page that was not read', async () => {
    fillBoards(150);
    const store = newWindow();
    await store.create({ text: 'Just saved' });
    await store.load();
    expect(texts(store)[0]).toBe('Just saved');
    await store.refresh();
    expect(texts(store)[0]).toBe('Just saved');
    while (store.ideas.hasMore) await store.loadMore();
    expect(texts(store).filter((text) => text === 'Just saved')).toHaveLength(1);
    expect(store.ideas.items).toHaveLength(sandbox.state.library.ideas.length);
  });

  it('made here and deleted elsewhere are gone with the next refresh', async () => {
    const store = newWindow();
    await store.load();
    await store.create({ text: 'Not for long' });
    sandbox.state.library.ideas.splice(
      sandbox.state.library.ideas.findIndex(({ text }) => text === 'Not for long'),
      1,
    );
    await store.refresh();
    expect(texts(store)).not.toContain('Not for long');
  });

  it('that nobody looks at any more are not waited for, and read when they are looked at again', async () => {
    const store = newWindow();
    sandbox.faults.add({ kind: 'latency', ms: 10_000, match: { operation: 'Ideas' } });
    const reading = store.load();
    await expect.poll(asked).toEqual(['Ideas']);
    store.stopReading();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    expect(store.ideas).toMatchObject({ status: 'unloaded', error: undefined });
    await store.load();
    expect(store.ideas.items).toHaveLength(sandbox.state.library.ideas.length);
  });

  it('that were given up before anything was asked are asked for again by a view that comes back', async () => {
    const cached = Promise.withResolvers<undefined>();
    const store = newWindow(connect(), () => cached.promise);
    const reading = store.load();
    store.stopReading();
    // As a view does: it asks again when it is told that something changed.
    const askedAgain = new Promise<void>((resolve) =>
      store.onDidChange(() => resolve(store.ideas.status === 'unloaded' ? store.load() : undefined)),
    );
    cached.resolve(undefined);
    await Promise.all([reading, askedAgain]);
    expect(store.ideas.items).toHaveLength(sandbox.state.library.ideas.length);
  }, 2_000);

  it('of one account do not land in another', async () => {
    const store = newWindow();
    sandbox.faults.add({ kind: 'latency', ms: 200, match: { operation: 'Ideas' } });
    const reading = store.load();
    await expect.poll(asked).toEqual(['Ideas']);
    store.connect(undefined);
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    expect(store.ideas).toMatchObject({ status: 'unloaded', items: [] });
  });
});

describe('an idea whose answer was lost', () => {
  const unclear = ['dropAfter', 'malformed', 'empty'] as const;

  it.each(unclear)('and that arrived is found: %s', async (kind) => {
    const store = newWindow();
    await store.load();
    sandbox.faults.add({ kind, match: { operation: 'CreateIdea' } });
    const made = await store.create({ text: 'Kept for later\nwith a second line' });
    expect(atBuffer().filter((text) => text === 'Kept for later\nwith a second line')).toHaveLength(1);
    expect(store.ideas.items[0]).toEqual(made);
    expect(creates()).toBe(1);
  });

  it('and that did not arrive can be sent again', async () => {
    const store = newWindow();
    const before = atBuffer();
    sandbox.faults.add({ kind: 'status', status: 502, match: { operation: 'CreateIdea' } });
    await expect(store.create({ text: 'Not there' })).rejects.toMatchObject({ outcome: 'notDone' });
    expect(atBuffer()).toEqual(before);
    expect(creates()).toBe(1);
    await store.create({ text: 'Not there' });
    expect(atBuffer()).toEqual([...before, 'Not there']);
  });

  it('is not mistaken for one with the same text that was there before', async () => {
    const store = newWindow();
    await store.create({ text: 'Twice' });
    await store.load();
    sandbox.faults.add({ kind: 'status', status: 502, match: { operation: 'CreateIdea' } });
    await expect(store.create({ text: 'Twice' })).rejects.toMatchObject({ outcome: 'notDone' });
  });

  it('and cannot be looked for is told as unclear, and not sent again', async () => {
    const store = newWindow();
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreateIdea' } });
    sandbox.faults.add({ kind: 'dropBefore', times: 0, match: { operation: 'Ideas' } });
    await expect(store.create({ text: 'Nobody knows' })).rejects.toMatchObject({ outcome: 'unknown' });
    expect(creates()).toBe(1);
  });

  it('is not said to be absent where one that looks older says the same', async () => {
    const { ideas } = sandbox.state.library;
    ideas[0] = { ...ideas[0]!, text: 'Since when?' };
    const store = newWindow();
    sandbox.faults.add({ kind: 'status', status: 502, match: { operation: 'CreateIdea' } });
    await expect(store.create({ text: 'Since when?' })).rejects.toMatchObject({ outcome: 'unknown' });
  });

  it('is found on any page of the boards', async () => {
    fillBoards(150);
    const store = newWindow();
    await store.load();
    sandbox.faults.add({ kind: 'dropAfter', match: { operation: 'CreateIdea' } });
    expect((await store.create({ text: 'Behind all others' })).text).toBe('Behind all others');
    expect(creates()).toBe(1);
  });
});

describe('what was last known of ideas', () => {
  const owner = { api: 'graphql', account: { id: 'someone' } } as const;

  async function keeping(
    work: (newKept: (api?: BufferApi) => { store: IdeaStore; kept: DiskCache<IdeaSnapshot> }, folder: string) => Promise<void>,
  ): Promise<void> {
    const folder = join(await temporaryFolder(), 'ideas');
    const all: DiskCache<IdeaSnapshot>[] = [];
    try {
      await work((api = connect()) => {
        const store = new IdeaStore({ lookAfter: 1 });
        const kept = new DiskCache({
          store,
          format: () => Promise.resolve({ schema: ideaSnapshotSchema, shortened: shortenedIdeas }),
          folder,
          log: () => {},
          pause: 1,
        });
        all.push(kept);
        store.connect(api, kept.follow(owner));
        return { store, kept };
      }, folder);
    } finally {
      for (const kept of all) {
        kept.dispose();
        await kept.settled();
      }
    }
  }

  it('is shown with its age where Buffer cannot be reached, and new ones afterwards', async () => {
    await keeping(async (newKept) => {
      const { store: first, kept } = newKept();
      await first.load();
      const shown = texts(first);
      await kept.settled();
      kept.dispose();

      const { store } = newKept();
      sandbox.faults.add({ kind: 'dropBefore', times: 0 });
      await expect(store.load()).rejects.toMatchObject({ kind: 'offline' });
      expect(texts(store)).toEqual(shown);
      expect(store.ideas).toMatchObject({ status: 'failed', asOf: first.snapshot()!.readAt });
      sandbox.faults.clear();
      await connect().createIdea({ text: 'Made elsewhere' });
      await store.load();
      expect(texts(store)).toEqual(['Made elsewhere', ...shown]);
      expect(store.ideas).toMatchObject({ status: 'loaded', asOf: undefined });
    });
  });

  it('is shown before Buffer answers', async () => {
    await keeping(async (newKept) => {
      const { store: first, kept } = newKept();
      await first.load();
      await kept.settled();
      kept.dispose();
      const { store } = newKept();
      sandbox.faults.add({ kind: 'latency', ms: 300 });
      const reading = store.load();
      await expect.poll(() => texts(store), { interval: 5 }).toEqual(texts(first));
      expect(store.ideas.status).toBe('loading');
      await reading;
    });
  });

  it('is gone with the account', async () => {
    await keeping(async (newKept, folder) => {
      const { store, kept } = newKept();
      await store.load();
      await kept.settled();
      expect(await readdir(folder)).toHaveLength(1);
      await kept.clear();
      await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    });
  });

  it('is read as an earlier version left it', () => {
    const idea = { id: 'a', text: 'Of old', createdAt: '2026-01-02T03:04:05.000Z' };
    const read = v.parse(ideaSnapshotSchema, { ideas: [idea], readAt: '2026-01-03T00:00:00.000Z' });
    expect(read.ideas).toEqual([{ ...idea, createdAt: new Date(idea.createdAt) }]);
    const store = newWindow(connect(), () => Promise.resolve(read));
    expect(store.ideas.groups).toEqual([]);
  });

  it('comes back as it was, whatever is in it', () => {
    const date = fc.date({ noInvalidDate: true });
    const idea = fc.record(
      {
        id: fc.string(),
        title: fc.string(),
        text: fc.string({ unit: 'grapheme' }),
        createdAt: date,
        updatedAt: date,
        groupId: fc.string(),
        date,
        services: fc.array(fc.string()),
        tags: fc.array(fc.record({ id: fc.string(), name: fc.string(), color: fc.string() }, { noNullPrototype: true })),
        files: fc.array(
          fc.record(
            {
              kind: fc.constantFrom('picture', 'video', 'document', 'link', 'other'),
              url: fc.string(),
              thumbnail: fc.string(),
              description: fc.string(),
            },
            { requiredKeys: ['kind', 'url'], noNullPrototype: true },
          ),
        ),
      },
      { requiredKeys: ['id', 'text', 'createdAt'], noNullPrototype: true },
    );
    const group = fc.record({ id: fc.string(), name: fc.string(), isLocked: fc.boolean() }, { noNullPrototype: true });
    const snapshot = fc.record(
      { ideas: fc.array(idea), groups: fc.array(group), readAt: date },
      { requiredKeys: ['ideas', 'readAt'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(snapshot, (each) => {
        expect(v.parse(ideaSnapshotSchema, JSON.parse(JSON.stringify(each)))).toEqual(each);
      }),
    );
  });
});
