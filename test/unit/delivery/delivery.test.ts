import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliver, type Delivery } from '../../../src/core/delivery/deliver.ts';
import { type NewEntry, Outbox } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../src/core/delivery/outboxSender.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { mortal } from '../../soak/mortal.ts';
import { editRulesOf } from '../support/editRules.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { runs } from '../support/runs.ts';

const sandbox = await ownSandbox();
let folder: string;
let windows: { sender: OutboxSender }[];

beforeEach(async () => {
  windows = [];
  folder = await temporaryFolder();
});
afterEach(() => {
  for (const { sender } of windows) sender.dispose();
});

const owner = { key: 'me', label: 'Me' };

describe.each(['v1', 'graphql'] as const)('on %s', (api) => {
  /** A window of its own, over the same folder. It tries again only when told to. */
  async function newWindow(options: { staleAfter?: number; settleAfter?: number } = {}) {
    const store = new QueueStore(() => 20, newMemory());
    const life = { isOver: false };
    store.connect(mortal(clientOf(sandbox, api, { timeout: 3_000, pause: 5 }), life));
    await store.loadProfiles();
    const outbox = new Outbox(join(folder, 'outbox'));
    const sender = new OutboxSender({ store, outbox, pause: 3_600_000, lookAfter: 3_600_000, settleAfter: 0, ...options });
    sender.connect(owner);
    await sender.run();
    const window = { store, outbox, sender };
    windows.push(window);
    const die = () => {
      life.isOver = true;
      sender.dispose();
    };
    const profiles = (...wanted: string[]) => wanted.map((id) => store.profile(id)!);
    return {
      ...window,
      die,
      send: (text: string, ...to: string[]) => deliver(window, { text, profiles: profiles(...to), when: 'queue' } satisfies Delivery),
    };
  }
  const atBuffer = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text).length;
  const creates = () =>
    sandbox.requests().filter(({ path, operationName }) => operationName === 'CreatePost' || path.endsWith('/create.json')).length;
  const writing = api === 'v1' ? { method: 'POST' } : { operation: 'CreatePost' };
  const looking = api === 'v1' ? { method: 'GET', path: '/updates/' } : { operation: 'Recent' };

  test.each(['dropAfter', 'malformed', 'empty'] as const)(
    'a create whose answer was lost (%s) is found, and told as done',
    async (kind) => {
      const { send, store } = await newWindow();
      sandbox.faults.add({ kind, match: writing });
      const { created, failed, waiting } = await send('Did it arrive?', ids.bluesky, ids.mastodon);
      expect(created.map(({ profileId }) => profileId)).toEqual([ids.bluesky, ids.mastodon]);
      expect([failed, waiting]).toEqual([[], []]);
      expect(creates()).toBe(1);
      // The sidebar knows it too.
      await store.loadList(ids.bluesky, 'pending');
      expect(store.list(ids.bluesky, 'pending').items.filter(({ text }) => text === 'Did it arrive?')).toHaveLength(1);
    },
  );

  test('one that did not arrive is told so, to be sent again by the person', async () => {
    const { send } = await newWindow();
    sandbox.faults.add({ kind: 'status', status: 502, match: writing });
    const { failed } = await send('It did not', ids.bluesky);
    expect(failed).toMatchObject([{ profile: { id: ids.bluesky }, error: { kind: 'server', outcome: 'notDone' } }]);
    expect(atBuffer('It did not')).toBe(0);
  });

  test.runIf(api === 'v1')('what this service would leave out is refused before anything is sent, also out of the outbox', async () => {
    const { store, outbox, sender, die } = await newWindow();
    const profiles = [store.profile(ids.x)!];
    const more: readonly Partial<NewEntry & Delivery>[] = [
      { details: { [ids.x]: { thread: ['The second part'] } } },
      { details: { [ids.x]: { isAiGenerated: true } } },
      { when: 'draft' },
    ];
    for (const each of more) {
      const delivery = { text: 'More than v1 takes', profiles, when: 'queue' as const, ...each };
      const { created, failed } = await deliver({ store, outbox, sender }, delivery);
      expect([created, failed.map(({ error }) => error?.message)]).toEqual([[], [expect.stringContaining('current Buffer API')]]);
      // One that an earlier session left, when another service was used.
      const { id, name, service, serviceType } = profiles[0]!;
      await outbox.add({
        text: 'Of before',
        profiles: [{ id, name, service, serviceType }],
        when: 'queue',
        state: 'waiting',
        owner,
        ...each,
      });
    }
    die();
    const other = await newWindow();
    expect(other.outbox.entries.map(({ state, reason }) => [state, reason])).toEqual(
      more.map(() => ['failed', expect.stringContaining('current Buffer API')]),
    );
    expect([creates(), atBuffer('More than v1 takes'), atBuffer('Of before')]).toEqual([0, 0, 0]);
  });

  test('an update of before with the same words is not taken for it', async () => {
    const { send, store } = await newWindow();
    const state = sandbox.state;
    const profile = state.profiles.find(({ id }) => id === ids.bluesky)!;
    state.add(profile, { text: 'Same words', when: 'queue' });
    await store.refreshList(ids.bluesky, 'pending');
    sandbox.faults.add({ kind: 'status', status: 502, match: writing });
    const { created, failed } = await send('Same words', ids.bluesky);
    expect(created).toEqual([]);
    expect(failed).toHaveLength(1);
  });

  test('without a connection it waits, survives the window, and goes out once', async () => {
    const { send, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    const { waiting } = await send('Later', ids.bluesky);
    expect(waiting).toHaveLength(1);
    // The connection broke after the request was on its way: it may have arrived.
    expect(outbox.entries).toMatchObject([{ state: 'unclear', text: 'Later' }]);
    sandbox.faults.clear();
    const other = await newWindow();
    expect(other.outbox.entries).toEqual([]);
    expect(atBuffer('Later')).toBe(1);
    await Promise.all([other.sender.run(), windows[0]!.sender.run()]);
    expect(atBuffer('Later')).toBe(1);
  });

  test('what was asked for too soon waits as long as the service says', async () => {
    const { send, outbox, sender } = await newWindow();
    sandbox.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, match: writing });
    expect((await send('Too soon', ids.bluesky)).waiting).toHaveLength(1);
    expect(outbox.entries).toMatchObject([{ state: 'waiting' }]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await sender.run();
    expect(atBuffer('Too soon')).toBe(1);
  });

  test('it goes out in order, one at a time', async () => {
    const { outbox, sender } = await newWindow();
    for (const text of ['First', 'Second', 'Third']) await outbox.add(entry(text));
    sandbox.resetRequests();
    await sender.run();
    const order = [...sandbox.state.updates.values()].map(({ text }) => text).filter((text) => ['First', 'Second', 'Third'].includes(text));
    expect(order).toEqual(['First', 'Second', 'Third']);
  });

  test('what the service does not want stays with its reason, and keeps nobody behind it', async () => {
    const { outbox, sender } = await newWindow();
    await outbox.add(entry('x'.repeat(400)));
    await outbox.add(entry('Fine'));
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'failed', reason: expect.stringMatching(/./) as string }]);
    expect(atBuffer('Fine')).toBe(1);
  });

  test('a time that has passed is not made up for', async () => {
    const { outbox, sender } = await newWindow();
    await outbox.add({ ...entry('Yesterday’s news'), when: { at: new Date(Date.now() - 86_400_000) } });
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'failed', reason: expect.stringMatching(/time/) as string }]);
    expect(atBuffer('Yesterday’s news')).toBe(0);
  });

  test('nobody else’s goes out', async () => {
    const { outbox, sender } = await newWindow();
    await outbox.add({ ...entry('Of somebody else'), owner: { key: 'you', label: 'You' } });
    sandbox.resetRequests();
    await sender.run();
    expect(sandbox.requests()).toEqual([]);
    expect(outbox.entries).toHaveLength(1);
  });

  test('ten windows at once send each entry once', async () => {
    const many = await Promise.all(Array.from({ length: 10 }, () => newWindow()));
    for (let index = 0; index < 8; index++) await many[0]!.outbox.add(entry(`Entry ${index}`));
    await Promise.all(many.map(({ sender }) => sender.run()));
    for (let index = 0; index < 8; index++) expect(atBuffer(`Entry ${index}`)).toBe(1);
  });

  test('an entry that a dead window left in the middle is looked for first', async () => {
    const { outbox } = await newWindow();
    const state = sandbox.state;
    for (const [text, arrived] of [
      ['It had arrived', true],
      ['It had not', false],
    ] as const) {
      const claimed = await outbox.claim(await outbox.add(entry(text)));
      await outbox.note(claimed!, { since: new Date() });
      if (arrived)
        state.add(
          state.profiles.find(({ id }) => id === ids.bluesky)!,
          { text, when: 'queue' },
        );
    }
    const { sender } = await newWindow({ staleAfter: 0 });
    await sender.run();
    expect([atBuffer('It had arrived'), atBuffer('It had not')]).toEqual([1, 1]);
  });

  test.each([
    ['arrived', 'latency'],
    ['did not arrive', 'dropBefore'],
  ] as const)('what a window sent when it died, and %s, is looked for and goes out once', async (_, kind) => {
    const { send, die } = await newWindow();
    sandbox.faults.add({ kind, ms: 100, match: writing });
    void send('Cut off', ids.bluesky, ids.mastodon);
    await expect.poll(creates).toBe(1);
    die();
    // Not until it cannot be under way any more.
    const other = await newWindow({ staleAfter: 500 });
    expect(creates()).toBe(1);
    await expect
      .poll(async () => {
        await other.sender.run();
        return other.outbox.entries;
      })
      .toEqual([]);
    expect(atBuffer('Cut off')).toBe(2);
    expect(other.outbox.entries).toEqual([]);
  });

  describe('a refusal as a duplicate', () => {
    const emptyList =
      api === 'v1' ? { total: 0, updates: [] } : { data: { posts: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } } };
    /** A list that does not show yet what just arrived. */
    const lag = (isForEver = false) =>
      sandbox.faults.add({ kind: 'status', status: 200, body: emptyList, match: looking, times: isForEver ? 0 : api === 'v1' ? 2 : 1 });
    const words = 'Whoops, it looks like you’ve posted that one recently.';
    const refuse = () => {
      const body =
        api === 'v1'
          ? { success: false, message: words, code: 1025 }
          : { data: { post0: { __typename: 'InvalidInputError', message: words } } };
      sandbox.faults.add({ kind: 'status', status: api === 'v1' ? 400 : 200, body, match: writing });
    };

    test('after a lost answer shows that the first one arrived: it is looked for again, and told as sent', async () => {
      const { send, outbox, sender } = await newWindow();
      const sent: string[] = [];
      sender.onDidSend((updates) => sent.push(...updates.map(({ text }) => text)));
      sandbox.faults.add({ kind: 'dropAfter', match: writing });
      sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 3 });
      expect((await send('Twice', ids.bluesky)).waiting).toHaveLength(1);
      expect(outbox.entries).toMatchObject([{ state: 'unclear' }]);
      sandbox.faults.clear();
      lag();
      refuse();
      await sender.run();
      expect([sent, outbox.entries, atBuffer('Twice')]).toEqual([['Twice'], [], 1]);
    });

    test('of what is still not to be seen is left to the person, who is told that it may be there', async () => {
      const { outbox, sender } = await newWindow();
      await outbox.release((await outbox.claim(await outbox.add(entry('Unseen'))))!, 'unclear', { since: new Date() });
      lag(true);
      refuse();
      sandbox.resetRequests();
      await sender.run();
      expect(outbox.entries).toMatchObject([{ state: 'undecided', reason: expect.stringContaining('may have arrived') as string }]);
      expect(creates()).toBe(1);
    });

    test('of what the person sends again after it was not found is told as sent', async () => {
      const { send } = await newWindow();
      sandbox.faults.add({ kind: 'dropAfter', match: writing });
      lag();
      expect((await send('Once more', ids.bluesky)).failed).toHaveLength(1);
      refuse();
      const { created, failed } = await send('Once more', ids.bluesky);
      expect([created.map(({ profileId }) => profileId), failed]).toEqual([[ids.bluesky], []]);
      expect(atBuffer('Once more')).toBe(1);
    });

    test('of what was never sent before is a refusal', async () => {
      const { send, outbox, sender } = await newWindow();
      refuse();
      expect((await send('Known to Buffer', ids.bluesky)).failed).toMatchObject([{ error: { kind: 'rejected', isDuplicate: true } }]);
      refuse();
      await outbox.add(entry('Known to Buffer'));
      await sender.run();
      expect(outbox.entries).toMatchObject([{ state: 'failed', reason: words }]);
    });
  });

  test('a send that was held up for so long that another window took over is left to that one', async () => {
    const { send } = await newWindow();
    sandbox.faults.add({ kind: 'status', status: 502, ms: 300, match: writing });
    const held = send('Slow', ids.bluesky);
    await expect.poll(creates).toBe(1);
    const other = await newWindow({ staleAfter: 0 });
    await other.sender.run();
    // Whether this one finds what that one sent, or leaves it to it: it is no failure.
    expect(await held).toMatchObject({ failed: [], unclear: [] });
    expect(atBuffer('Slow')).toBe(1);
  });

  test('what failed can be kept elsewhere before the outbox lets go of it', async () => {
    const window = await newWindow();
    const profiles = [window.store.profile(ids.bluesky)!];
    let held: string[] = [];
    const told = async () => void (held = await readdir(join(folder, 'outbox')));
    const { failed } = await deliver(window, { text: 'x'.repeat(400), profiles, when: 'queue', draftId: 'a-draft' }, told);
    expect(failed).toHaveLength(1);
    expect(held).toHaveLength(1);
    expect(await readdir(join(folder, 'outbox'))).toEqual([]);
  });

  test('of more profiles than go into one request, those that have it do not get it again when the next request cannot go', async () => {
    const [first] = sandbox.state.profiles.filter(({ id }) => id === ids.bluesky);
    for (let index = 0; index < 31; index++)
      sandbox.state.profiles.push({ ...first!, id: `5160746d13f04a5e3b${String(index).padStart(6, '0')}` });
    const { store, outbox, sender } = await newWindow();
    const many = store.profiles.items.filter(({ id }) => id.startsWith('5160746d13f04a5e3b'));
    sandbox.faults.add({ kind: 'latency', ms: 1, match: writing });
    sandbox.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, match: writing });
    const { created, failed, waiting } = await deliver({ store, outbox, sender }, { text: 'To many', profiles: many, when: 'queue' });
    expect(failed).toEqual([]);
    expect([created.length, waiting.length]).toEqual(api === 'v1' ? [10, 21] : [30, 1]);
    sandbox.faults.clear();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await sender.run();
    expect(atBuffer('To many')).toBe(31);
  });

  test('nothing is sent that could not be recorded, unless the person says so by word', async () => {
    const { send, store, outbox, sender } = await newWindow();
    await rm(join(folder, 'outbox'), { recursive: true, force: true });
    await writeFile(join(folder, 'outbox'), 'a file where the folder should be');
    sandbox.resetRequests();
    await expect(send('Not on record', ids.bluesky)).rejects.toMatchObject({ name: 'NotRecorded', refusal: 'other' });
    expect(creates()).toBe(0);
    const delivery: Delivery = { text: 'By word', profiles: [store.profile(ids.bluesky)!], when: 'queue' };
    const byWord = () => deliver({ store, outbox, sender }, delivery, undefined, {});
    expect((await byWord()).created).toHaveLength(1);
    // No answer, and nothing to look after it: it is not told as failed.
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    expect(await byWord()).toMatchObject({ created: [], failed: [], waiting: [], unclear: [{ profile: { id: ids.bluesky } }] });
  });

  test('what may have arrived is looked for before it is changed', async () => {
    const { send, outbox, sender } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    await send('First words', ids.bluesky);
    // It cannot be told while there is no connection.
    expect(await sender.look(outbox.entries[0]!)).toBeUndefined();
    expect(outbox.entries).toMatchObject([{ state: 'unclear' }]);
    sandbox.faults.clear();
    expect(await sender.look(outbox.entries[0]!)).toMatchObject({ state: 'waiting', text: 'First words' });
    expect(atBuffer('First words')).toBe(0);
  });

  test.each(editRulesOf(api))(
    'a lost answer to a share, an edit or a delete is looked after as well, on %s',
    async (_title, { settings }) => {
      sandbox.behave(settings);
      const { store } = await newWindow();
      await store.loadList(ids.bluesky, 'pending');
      const [first, second, third, fourth] = store.list(ids.bluesky, 'pending').items.filter(({ status }) => status === 'pending');
      const lose = (kind: 'dropAfter' | 'dropBefore') =>
        sandbox.faults.add({ kind, match: api === 'v1' ? { method: 'POST' } : { operation: '^(EditPost|DeletePost)$' } });
      lose('dropAfter');
      await store.share(first!.id);
      expect(sandbox.state.updates.get(first!.id)!.status).toBe('sent');
      lose('dropAfter');
      expect((await store.edit(second!.id, { text: 'Edited' })).update.text).toBe('Edited');
      lose('dropAfter');
      await store.destroy(third!.id);
      expect(store.update(third!.id)).toBeUndefined();
      for (const write of [
        () => store.share(fourth!.id),
        () => store.edit(fourth!.id, { text: 'Not edited' }),
        () => store.destroy(fourth!.id),
      ]) {
        lose('dropBefore');
        await expect(write()).rejects.toMatchObject({ kind: 'offline', outcome: 'notDone' });
      }
      expect(sandbox.state.updates.get(fourth!.id)).toMatchObject({ text: fourth!.text, status: 'buffer' });
    },
  );
});

describe('the outbox on disk', () => {
  const outbox = () => new Outbox(join(folder, 'outbox'));

  test('is read as it was written, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.option(fc.webUrl(), { nil: undefined }), async (text, link) => {
        const box = outbox();
        const { id } = await box.add({ ...entry(text), media: link ? { link } : undefined });
        const read = (await outbox().load()).find((each) => each.id === id)!;
        expect(read.text).toBe(text.isWellFormed() ? text : read.text);
        expect(read.media?.link).toBe(link);
        await outbox().remove(read);
      }),
      { numRuns: runs(30) },
    );
  });

  test('leaves alone what it cannot read', async () => {
    const box = outbox();
    await box.add(entry('Readable'));
    await mkdir(join(folder, 'outbox'), { recursive: true });
    await writeFile(join(folder, 'outbox', '000000000000001-broken.0.waiting.json'), '{"text": "half');
    await writeFile(join(folder, 'outbox', 'notes.txt'), 'something else');
    expect((await outbox().load()).map(({ text }) => text)).toEqual(['Readable']);
    expect(await readdir(join(folder, 'outbox'))).toHaveLength(3);
  });

  test('what is dropped goes out nowhere, and can be put back to its old place, as it was', async () => {
    const box = outbox();
    await box.add(entry('First'));
    const claimed = await box.claim(await box.add(entry('Second')));
    const failed = await box.release(claimed!, 'failed', { reason: 'Buffer did not accept it.' });
    await box.add(entry('Third'));
    expect(await box.drop(failed)).toBe(true);
    const texts = async () => (await outbox().load()).map(({ text }) => text);
    expect(await texts()).toEqual(['First', 'Third']);
    expect(await box.drop(failed)).toBe(false);
    expect(await box.putBack(failed)).toBe(true);
    expect(await texts()).toEqual(['First', 'Second', 'Third']);
    expect((await outbox().load())[1]).toMatchObject({ state: 'failed', reason: 'Buffer did not accept it.' });
  });

  test('what is being sent cannot be dropped', async () => {
    const box = outbox();
    const claimed = await box.claim(await box.add(entry('On its way')));
    expect(await outbox().drop(claimed!)).toBe(false);
    expect(await outbox().load()).toHaveLength(1);
  });

  test('what was dropped long ago is gone for good', async () => {
    const box = outbox();
    const [old, recent] = [await box.add(entry('Old')), await box.add(entry('Recent'))];
    await box.drop(old);
    const [dropped] = await readdir(join(folder, 'outbox')).then((names) => names.filter((name) => name.startsWith(old.id)));
    const longAgo = new Date(Date.now() - 30 * 86_400_000);
    await utimes(join(folder, 'outbox', dropped!), longAgo, longAgo);
    await box.drop(recent);
    expect(await box.putBack(old)).toBe(false);
    expect(await box.putBack(recent)).toBe(true);
    expect(await box.remove(recent)).toBe(true);
    expect(await readdir(join(folder, 'outbox'))).toEqual([]);
  });

  test('a window that was away too long finds its entry taken, and does nothing to it', async () => {
    const box = outbox();
    const claimed = await box.claim(await box.add(entry('Whose?')));
    const other = outbox();
    const [stale] = await other.load();
    const taken = await other.claim(stale!);
    await expect(box.note(claimed!, { reason: 'mine' })).rejects.toMatchObject({ name: 'LostClaim' });
    await other.release(taken!, 'waiting');
    expect(await other.load()).toHaveLength(1);
  });

  test('nothing secret is in it', async () => {
    await outbox().add(entry('Plain'));
    const [name] = await readdir(join(folder, 'outbox'));
    expect(await readFile(join(folder, 'outbox', name!), 'utf8')).not.toMatch(/token|bearer/i);
  });
});

function entry(text: string): NewEntry {
  return { owner, text, profiles: [{ id: ids.bluesky, name: '@larkspur', service: 'bluesky' }], when: 'queue' };
}
