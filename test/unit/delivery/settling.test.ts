import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { deliver, type Delivered, unrecorded } from '../../../src/core/delivery/deliver.ts';
import { type Disk, nodeDisk } from '../../../src/core/delivery/disk.ts';
import { apiNames } from '../../../src/core/buffer/model.ts';
import { ids } from '../support/ids.ts';
import { deliveryWindow, me, type WindowOptions } from '../support/deliveryWindow.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// When a create whose answer was lost counts as not made, and what it is told by: the service's time, on a clock of the
// test's own.
const start = new Date('2026-10-26T14:00:00Z').getTime();
let now = start;
/** Done once the service has had so many requests. */
let then: { readonly requests: number; readonly work: () => void } | undefined;
const time = () => {
  const { requests = Infinity, work } = then ?? {};
  if (work && sandbox.requests().length >= requests) {
    then = undefined;
    work();
  }
  return new Date(now);
};
const sandbox = await ownSandbox({ now: time, rateLimit: Infinity, graphqlLimits: Infinity });
let folder: string;

beforeEach(async () => {
  now = start;
  then = undefined;
  sandbox.reset();
  folder = await temporaryFolder();
});

const later = (seconds: number) => void (now += seconds * 1000);

describe.each(apiNames)('on %s', (api) => {
  const writing = api === 'v1' ? { method: 'POST' } : { operation: 'CreatePost' };
  const looking = api === 'v1' ? { method: 'GET', path: '/updates/' } : { operation: 'Recent' };
  const newWindow = (options?: WindowOptions) => deliveryWindow(sandbox, api, folder, options);
  const at = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text);
  const profileOf = (id: string) => sandbox.state.profiles.find((each) => each.id === id)!;
  const requests = (match: RegExp) => sandbox.requests().filter(({ path, operationName }) => match.test(operationName ?? path)).length;

  test.each([
    // Longer than what is not slow would be waited for.
    [504, 250],
    [502, 60],
    ['drop', 90],
    ['hang', 60],
  ] as const)('what is carried out after the look (%s, %i s later) is not sent again', async (answer, by) => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'late', by: by * 1000, answer, match: writing });
    expect(await send('Late', ids.bluesky)).toMatchObject({ created: [], failed: [], waiting: [{ isUnclear: true }] });
    for (let seconds = 0; seconds < 400; seconds += 20) {
      later(20);
      await sender.run();
    }
    // The service refuses what it has already: what was made says too little.
    expect([at('Late').length, requests(/create/iu)]).toEqual([1, 1]);
    expect(outbox.entries).toEqual([]);
  });

  test('what is carried out between two requests of a look that takes long is not sent again', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'late', by: 78_000, answer: 504, match: writing });
    await send('Late in a look', ids.x);
    later(20);
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'unclear' }]);
    // More than one page on both services; and before the second this computer sleeps, or the network does.
    for (let index = 0; index < 120; index++) sandbox.state.add(profileOf(ids.x), { text: `Newer ${index}`, when: 'now' });
    then = { requests: sandbox.requests().length + 2, work: () => later(400) };
    await sender.run();
    expect(then).toBeUndefined();
    expect(requests(/create/iu)).toBe(1);
    for (let seconds = 0; seconds < 60; seconds += 20) {
      later(20);
      await sender.run();
    }
    expect([at('Late in a look').length, requests(/create/iu), outbox.entries]).toEqual([1, 1, []]);
  });

  test('what a list does not hold yet is not sent again', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'lag', by: 45_000, times: 0 });
    expect((await send('Lagging', ids.bluesky)).waiting).toMatchObject([{ isUnclear: true }]);
    for (let seconds = 0; seconds < 200; seconds += 15) {
      later(15);
      await sender.run();
    }
    expect([at('Lagging').length, outbox.entries]).toEqual([1, []]);
  });

  test('what never came goes out once enough of the service’s time has gone by, and not before', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    await send('Never came', ids.bluesky);
    for (const seconds of [30, 60, 25]) {
      later(seconds);
      await sender.run();
      expect(outbox.entries).toMatchObject([{ state: 'unclear' }]);
    }
    later(10);
    await sender.run();
    expect([at('Never came').length, outbox.entries]).toEqual([1, []]);
  });

  test.each([6, 60, -6, -60])('a computer whose clock is %i minutes ahead finds what arrived', async (minutes) => {
    const { send } = await newWindow();
    const ahead = vi.spyOn(Date, 'now').mockImplementation(() => now + minutes * 60_000);
    try {
      sandbox.faults.add({ kind: 'dropAfter', match: writing });
      expect((await send('On another clock', ids.bluesky)).created).toHaveLength(1);
    } finally {
      ahead.mockRestore();
    }
    expect(at('On another clock')).toHaveLength(1);
  });

  test('what was sent before the service told its time is found by the answer to the look', async () => {
    const before = await newWindow();
    const { store, outbox, sender } = await newWindow({ isAsking: false });
    const entry = { owner: me, text: 'First of all', profiles: before.profiles(ids.bluesky), when: 'queue' as const };
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    await outbox.add(entry);
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'unclear', isGuessed: true }]);
    expect(store.serviceNow()).toBeUndefined();
    await sender.run();
    expect([at('First of all').length, outbox.entries]).toEqual([1, []]);
  });

  test('what arrived is found among hundreds of newer ones', async () => {
    const parts = await newWindow();
    const { sender, outbox } = parts;
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    await deliver(parts, { text: 'Under many', profiles: parts.profiles(ids.x), when: 'now' });
    sandbox.faults.clear();
    later(20);
    for (let index = 0; index < 520; index++) sandbox.state.add(profileOf(ids.x), { text: `Newer ${index}`, when: 'now' });
    await sender.run();
    expect([at('Under many').length, outbox.entries]).toEqual([1, []]);
    later(400);
    await sender.run();
    expect(at('Under many')).toHaveLength(1);
  });

  // The pages of GraphQL begin after a row, not after a number of rows.
  test.runIf(api === 'v1')('what slipped from one page to the other while they were read is not sent again', async () => {
    const { send, sender, outbox } = await newWindow();
    const profile = profileOf(ids.x);
    const add = (text: string, at: number) => sandbox.state.add(profile, { text, when: { at: now / 1000 + at }, mayRepeat: true });
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'lag', by: 60_000, times: 0 });
    await send('At the border', ids.x);
    sandbox.faults.clear();
    sandbox.state.edit(at('At the border')[0]!, { when: { at: now / 1000 + 5_000 } });
    const before = sandbox.state.pending(profile).filter(({ createdAt }) => createdAt * 1000 >= start).length - 1;
    const added = Array.from({ length: 100 - before }, (_, index) => add(`Before ${index}`, 1_000 + index));
    for (let index = 0; index < 20; index++) add(`Behind ${index}`, 6_000 + index);
    later(400);
    const pending = sandbox.state.pending.bind(sandbox.state);
    const listing = vi.spyOn(sandbox.state, 'pending').mockImplementation((of) => {
      const rows = pending(of);
      if (added.length === 0 || sandbox.requests().at(-1)?.path !== `/1/profiles/${of.id}/updates/pending.json`) return rows;
      // Between the first page and the second.
      const gone = added.splice(0)[0]!;
      queueMicrotask(() => {
        sandbox.state.remove(gone);
        add('Comes instead', 9_000);
      });
      return rows;
    });
    onTestFinished(() => listing.mockRestore());
    for (let seconds = 0; seconds < 200; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect(added).toEqual([]);
    expect([at('At the border').length, requests(/create/iu), outbox.entries]).toEqual([1, 1, []]);
  });

  test('more than can be looked through is told as not known', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    await send('Under too many', ids.x);
    sandbox.faults.clear();
    later(20);
    for (let index = 0; index < 1_100; index++) sandbox.state.add(profileOf(ids.x), { text: `Newer ${index}`, when: 'now' });
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'undecided' }]);
    expect(at('Under too many')).toHaveLength(1);
  });

  test('of two equal texts that were sent on purpose, one that arrived is one', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    await send('Twice on purpose', ids.bluesky);
    later(30);
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    await send('Twice on purpose', ids.bluesky);
    sandbox.faults.clear();
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'unclear', text: 'Twice on purpose' }]);
    expect(at('Twice on purpose')).toHaveLength(1);
  });

  test('of two equal texts, what was sent without a record is not the other one', async () => {
    const parts = await newWindow();
    const { send, sender, outbox, profiles } = parts;
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    await send('Twice, once unrecorded', ids.bluesky);
    sandbox.faults.clear();
    later(5);
    const delivery = { text: 'Twice, once unrecorded', profiles: profiles(ids.bluesky), when: 'queue' } as const;
    for (const lost of [false, true]) {
      if (lost) sandbox.behave({ duplicates: 'taken' });
      const delivered = await deliver(parts, delivery, undefined, unrecorded([delivery])[0]);
      expect(delivered.created.map(({ id }) => id)).toEqual([at('Twice, once unrecorded').at(-1)!.id]);
      await sender.run();
      expect(outbox.entries).toMatchObject([{ state: 'unclear' }]);
      // The second one has to be found, and is not the first.
      sandbox.faults.add({ kind: 'dropAfter', match: writing });
    }
    sandbox.faults.clear();
    expect(at('Twice, once unrecorded')).toHaveLength(2);
  });

  test.each([
    ['the first', 'an equal', 0],
    ['the first', 'an equal', 300],
    ['the first', 'another', 300],
    ['the first, which was deleted since,', 'another', 0],
    ['the first, which was deleted since,', 'another', 300],
    ['the second', 'an equal', 0],
    ['the second', 'an equal', 300],
  ] as const)(
    'of two updates, %s arrived, and %s text did not; that could not be noted for %i s, and nothing is sent twice',
    async (which, kind, fullFor) => {
      sandbox.behave({ duplicates: 'taken' });
      let isFull = false;
      const full = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
      const disk: Disk = {
        ...nodeDisk,
        create: (path, text) => (isFull && path.includes('settled') ? full() : nodeDisk.create(path, text)),
      };
      const one = await newWindow({ outboxOptions: { disk } });
      const other = await newWindow();
      const sendOne = async () => {
        isFull = true;
        expect((await one.send('Twice on a full disk', ids.bluesky)).created).toHaveLength(1);
      };
      const loseOther = async () => {
        sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
        sandbox.faults.add({ kind: 'dropBefore', match: writing });
        await other.send(kind === 'another' ? 'Other' : 'Twice on a full disk', ids.bluesky);
        sandbox.faults.clear();
        later(5);
      };
      if (which !== 'the second') {
        sandbox.faults.add({ kind: 'latency', ms: 300, match: writing });
        const sent = sendOne();
        await expect.poll(async () => (await other.outbox.load()).length).toBe(1);
        // Its request is on its way while the other one's is lost.
        await expect.poll(() => requests(/create/i)).toBeGreaterThan(0);
        await loseOther();
        await sent;
        if (which !== 'the first') sandbox.state.remove(at('Twice on a full disk')[0]!);
      } else {
        await loseOther();
        await sendOne();
      }
      for (let seconds = 0; seconds < fullFor; seconds += 20) {
        for (const { sender } of [one, other]) await sender.run();
        later(20);
      }
      isFull = false;
      for (let seconds = 0; seconds < 600; seconds += 20) {
        for (const { sender } of [one, other]) await sender.run();
        later(20);
      }
      const expected = kind === 'an equal' ? [2, 0, []] : [which === 'the first' ? 1 : 0, 1, []];
      expect([at('Twice on a full disk').length, at('Other').length, await other.outbox.load()]).toEqual(expected);
    },
  );

  test.each([
    ['no note', (path: string) => path.includes('settled')],
    ['nothing', () => true],
  ])('what was told as done is not sent again, though the disk took %s, and it is deleted at Buffer since', async (_, refuses) => {
    let hasRoom = false;
    const full = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    const isFull = (path: string) => !hasRoom && at('Done and deleted').length > 0 && refuses(path);
    const disk: Disk = {
      ...nodeDisk,
      create: (path, text) => (isFull(path) ? full() : nodeDisk.create(path, text)),
      write: (path, text) => (isFull(path) ? full() : nodeDisk.write(path, text)),
      remove: (path) => (isFull(path) ? full() : nodeDisk.remove(path)),
    };
    const { send, sender, outbox } = await newWindow({ outboxOptions: { disk } });
    expect((await send('Done and deleted', ids.bluesky)).created).toHaveLength(1);
    hasRoom = true;
    sandbox.state.remove(at('Done and deleted')[0]!);
    for (let seconds = 0; seconds < 200; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect([at('Done and deleted').length, outbox.entries]).toEqual([0, []]);
  });

  test('what was told as done is not sent again, though its window died before it let go, and the person deleted it', async () => {
    const full = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    const disk: Disk = { ...nodeDisk, create: (path, text) => (path.includes('settled') ? full() : nodeDisk.create(path, text)) };
    const gone = { machine: 'this', pid: 2 ** 22 + 1 };
    const one = await newWindow({ outboxOptions: { disk, process: gone } });
    const other = await newWindow({ outboxOptions: { process: { machine: 'this', pid: process.pid } } });
    const delivery = { text: 'Told as done', profiles: one.profiles(ids.bluesky), when: 'queue' } as const;
    const told = await new Promise<Delivered>((resolve) => {
      void deliver(one, delivery, (delivered) => {
        resolve(delivered);
        return new Promise(() => {});
      });
    });
    one.die();
    await other.store.loadList(ids.bluesky, 'pending');
    await other.store.destroy(told.created[0]!.id);
    for (let seconds = 0; seconds < 400; seconds += 20) {
      await other.sender.run();
      later(20);
    }
    expect([at('Told as done').length, other.outbox.entries]).toEqual([0, []]);
  });

  test('what arrived is not sent again where nobody can read whose it is: the person is asked', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    await send('Half a mark', ids.bluesky);
    sandbox.faults.clear();
    // As a window leaves it that dies while it makes it, on a drive without links.
    await nodeDisk.create(join(folder, 'outbox-ledger', 'settled', `${at('Half a mark')[0]!.id}.json`), '"0000');
    for (let seconds = 0; seconds < 200; seconds += 20) {
      later(20);
      await sender.run();
    }
    expect(requests(/create/iu)).toBe(1);
    expect(outbox.entries).toMatchObject([{ state: 'undecided', doubts: [{ text: 'Half a mark' }] }]);
  });

  test('what the person deletes while it is looked for is not sent again', async () => {
    const { send, sender, outbox, store } = await newWindow();
    sandbox.faults.add({ kind: 'late', by: 40_000, answer: 504, match: writing });
    await send('Late and deleted', ids.bluesky);
    later(45);
    await store.refreshList(ids.bluesky, 'pending');
    await store.destroy(at('Late and deleted')[0]!.id);
    for (let seconds = 0; seconds < 600; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect([at('Late and deleted').length, outbox.entries]).toEqual([0, []]);
  });

  test('what was deleted from here does not stand for what is sent once more', async () => {
    const { send, sender, outbox, store } = await newWindow();
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    await send('Once more', ids.bluesky);
    sandbox.faults.clear();
    await store.refreshList(ids.bluesky, 'pending');
    await store.destroy(at('Once more')[0]!.id);
    const [entry] = await outbox.load();
    later(20);
    expect(await outbox.retry(entry!, true)).toBe(true);
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    for (let seconds = 0; seconds < 600; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect([at('Once more').length, outbox.entries]).toEqual([1, []]);
  });

  test('what could have come late and gone while this computer slept for hours is not sent again: the person is asked', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'late', by: 30_000, answer: 504, match: writing });
    expect((await send('Slept over', ids.bluesky)).waiting).toMatchObject([{ isUnclear: true }]);
    later(40);
    await sandbox.commitLate(true);
    sandbox.state.remove(at('Slept over')[0]!);
    later(36_000);
    for (let seconds = 0; seconds < 600; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect([at('Slept over').length, outbox.entries]).toMatchObject([0, [{ state: 'undecided' }]]);
  });

  test('of two equal texts, the one that was changed at Buffer is not the reason to send the other one again', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const { send, sender, outbox, store } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    await send('Twice, one changed', ids.bluesky);
    sandbox.editElsewhere(at('Twice, one changed')[0]!.id, 'Changed');
    later(60);
    await store.account();
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    await send('Twice, one changed', ids.bluesky);
    sandbox.faults.clear();
    for (let seconds = 0; seconds < 900; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect([at('Twice, one changed').length, outbox.entries]).toMatchObject([1, [{ state: 'undecided' }]]);
  });

  test.each([true, false])(
    'what arrived is found though the look takes long (the service’s time was known before: %s)',
    async (isAsking) => {
      const { profiles } = await newWindow();
      const parts = await newWindow({ isAsking });
      sandbox.faults.add({ kind: 'dropAfter', match: writing });
      const taken = { seconds: 0 };
      const spies = [performance.now.bind(performance), Date.now.bind(Date)].map((real, index) =>
        vi.spyOn(index ? Date : performance, 'now').mockImplementation(() => real() + taken.seconds * 1000),
      );
      const recent = parts.store.recent.bind(parts.store);
      const looks = vi.spyOn(parts.store, 'recent').mockImplementation(async (...asked) => {
        // Its answer is a minute on its way.
        later(60);
        taken.seconds += 60;
        return recent(...asked);
      });
      try {
        const delivery = { text: 'Looked for slowly', profiles: profiles(ids.bluesky), when: 'queue' } as const;
        expect((await deliver(parts, delivery)).created).toHaveLength(1);
      } finally {
        for (const each of [...spies, looks]) each.mockRestore();
      }
    },
  );

  test('after this computer slept, what was made meanwhile is not what is sent now', async () => {
    sandbox.behave({ duplicates: 'taken' });
    const { send, sender, outbox } = await newWindow();
    // Its own clocks stood still.
    later(900);
    sandbox.state.add(profileOf(ids.bluesky), { text: 'Made meanwhile', when: 'queue' });
    later(900);
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    expect(await send('Made meanwhile', ids.bluesky)).toMatchObject({ created: [], waiting: [{ isUnclear: true }] });
    for (let seconds = 0; seconds < 400; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect([at('Made meanwhile').length, outbox.entries]).toEqual([2, []]);
  });

  test('a text that leads elsewhere is another one', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    await send('See https://ex.co/video1', ids.bluesky);
    sandbox.state.add(profileOf(ids.bluesky), { text: 'See https://ex.co/video2', when: 'queue' });
    sandbox.faults.clear();
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'unclear' }]);
  });

  test('what was edited at Buffer before the look is not sent again: the person is asked, with both texts', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    await send('As written', ids.bluesky);
    later(10);
    sandbox.editElsewhere(at('As written')[0]!.id, 'As edited');
    sandbox.faults.clear();
    sandbox.resetRequests();
    for (let seconds = 0; seconds < 200; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect(outbox.entries).toMatchObject([{ state: 'undecided', text: 'As written', doubts: [{ text: 'As edited' }] }]);
    expect(requests(/create/i)).toBe(0);
  });

  test('what may have been deleted at Buffer before the look is not sent again: the person is asked', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: looking, times: 0 });
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    await send('Gone', ids.bluesky);
    sandbox.state.remove(at('Gone')[0]!);
    later(600);
    sandbox.faults.clear();
    for (let seconds = 0; seconds < 200; seconds += 20) {
      await sender.run();
      later(20);
    }
    expect(outbox.entries).toMatchObject([{ state: 'undecided' }]);
    expect(at('Gone')).toHaveLength(0);
    const [entry] = outbox.entries;
    expect(await outbox.retry(entry!)).toBe(false);
    expect(await outbox.retry(entry!, true)).toBe(true);
    await sender.run();
    expect(at('Gone')).toHaveLength(1);
  });

  test.each(['settle', 'retry'] as const)('what a look finds while the person is asked is not sent again (%s)', async (how) => {
    const { sender, outbox, profiles } = await newWindow();
    const both = profiles(ids.bluesky, ids.mastodon);
    const asked = await outbox.add({
      owner: me,
      text: 'Found meanwhile',
      profiles: both,
      when: 'queue',
      state: 'unclear',
      since: new Date(now),
    });
    later(5);
    sandbox.state.add(profileOf(ids.bluesky), { text: 'Found meanwhile', when: 'queue' });
    await sender.run();
    expect(outbox.entries).toMatchObject([{ state: 'unclear', profiles: [{ id: ids.mastodon }] }]);
    expect(await (how === 'settle' ? outbox.settle(asked, []) : outbox.retry(asked, true))).toBe(true);
    await sender.run();
    expect(at('Found meanwhile').map(({ profileId }) => profileId)).toEqual([ids.bluesky, ids.mastodon]);
    expect(outbox.entries).toEqual([]);
  });

  test('what a look and the person find between them is over', async () => {
    const { sender, outbox, profiles } = await newWindow();
    const both = profiles(ids.bluesky, ids.mastodon);
    const asked = await outbox.add({
      owner: me,
      text: 'Found by both',
      profiles: both,
      when: 'queue',
      state: 'unclear',
      since: new Date(now),
    });
    later(5);
    sandbox.state.add(profileOf(ids.bluesky), { text: 'Found by both', when: 'queue' });
    await sender.run();
    expect(await outbox.settle(asked, [ids.mastodon])).toBe(true);
    await sender.run();
    expect([at('Found by both').length, outbox.entries]).toEqual([1, []]);
  });

  test('somebody else’s update of the same time is no reason to ask', async () => {
    const { send, sender, outbox } = await newWindow();
    sandbox.faults.add({ kind: 'dropBefore', match: writing });
    await send('Mine', ids.bluesky);
    sandbox.state.add(profileOf(ids.bluesky), { text: 'Of a colleague', when: 'queue' });
    for (let seconds = 0; seconds < 200; seconds += 20) {
      later(20);
      await sender.run();
    }
    expect([at('Mine').length, outbox.entries]).toEqual([1, []]);
  });

  test('a create that is answered costs one request, and a lost answer one look', async () => {
    const { send } = await newWindow();
    sandbox.resetRequests();
    await send('Answered', ids.bluesky);
    expect(sandbox.requests()).toHaveLength(1);
    sandbox.faults.add({ kind: 'dropAfter', match: writing });
    sandbox.resetRequests();
    await send('Lost', ids.bluesky);
    expect(sandbox.requests()).toHaveLength(api === 'v1' ? 3 : 2);
  });
});
