import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Disk, nodeDisk } from '../../../src/core/delivery/disk.ts';
import { recordClaimed } from '../../../src/core/delivery/deliver.ts';
import type { Entry, NewEntry } from '../../../src/core/delivery/entry.ts';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { clientOf } from '../../sandbox/client.ts';
import { deliveryWindow, me } from '../support/deliveryWindow.ts';
import { FolderCache } from '../../soak/folderCache.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

// Who is at an entry, and when another window may take it over.
const sandbox = await ownSandbox();
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

const entry = (text: string): NewEntry => ({
  owner: me,
  text,
  profiles: [{ id: ids.bluesky, name: '@larkspur', service: 'bluesky' }],
  when: 'queue',
});
/** A window over the folder, with a clock of its own that nobody sets. */
const newOutbox = () => {
  const clock = { now: 0 };
  const outbox = new Outbox(join(folder, 'outbox'), { monotonic: () => clock.now });
  return { outbox, clock };
};
const claimed = async (outbox: Outbox) => (await outbox.claim(await outbox.add(entry('Mine'))))!;
/** As if the entry were one of this other process, on this machine or another. */
async function handTo(holder: Partial<NonNullable<Entry['holder']>>): Promise<void> {
  const [name] = await readdir(join(folder, 'outbox'));
  const file = join(folder, 'outbox', name!);
  const stored = JSON.parse(await readFile(file, 'utf8')) as { content: { holder: object } };
  Object.assign(stored.content.holder, { window: 'another', ...holder });
  await writeFile(file, JSON.stringify(stored));
}
const sign = async (word: string) => {
  const windows = join(folder, 'outbox-ledger', 'windows');
  await mkdir(windows, { recursive: true });
  await writeFile(join(windows, 'another.lease'), word);
};

describe('an entry that another window is at', () => {
  const silentFor = 120_000;
  const glance = 30_000;

  /** How it looks to a window that glances at it every fifteen seconds. */
  async function watched(seconds: number, each: (second: number) => Promise<unknown> = async () => {}) {
    const { outbox, clock } = newOutbox();
    const [held] = await outbox.load();
    const files = await outbox.files();
    for (let second = 0; second <= seconds; second += 15) {
      clock.now = second * 1000;
      await each(second);
      if (await files.isAbandoned(held!, silentFor, glance)) return second;
    }
    return 'held';
  }

  test('is its own as long as it gives signs of life, however long that is', async () => {
    await claimed(newOutbox().outbox);
    await sign('0');
    await handTo({ machine: 'elsewhere' });
    expect(await watched(3_600, (second) => sign(String(second)))).toBe('held');
  });

  test('is free once it was silent for long enough, by the clock of the one that waits', async () => {
    await claimed(newOutbox().outbox);
    await sign('1');
    await handTo({ machine: 'elsewhere' });
    expect(await watched(3_600)).toBe(120);
  });

  test('is free at once when its process is gone from this machine', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await claimed(newOutbox().outbox);
    await sign('1');
    await handTo({ pid });
    expect(await watched(3_600)).toBe(0);
  });

  test('is not free because a process of that number is gone from another machine', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await claimed(newOutbox().outbox);
    await sign('1');
    await handTo({ pid, machine: 'elsewhere' });
    expect(await watched(105)).toBe('held');
  });

  test.each([1, -1])('does not care how the wall clock is set meanwhile (%i day)', async (days) => {
    await claimed(newOutbox().outbox);
    await sign('1');
    await handTo({ machine: 'elsewhere' });
    const real = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => real + days * 86_400_000);
    try {
      expect(await watched(3_600)).toBe(120);
    } finally {
      clock.mockRestore();
    }
  });

  test('is not free because this computer slept: what it did not see was no silence', async () => {
    await claimed(newOutbox().outbox);
    await sign('1');
    await handTo({ machine: 'elsewhere' });
    const { outbox, clock } = newOutbox();
    const [held] = await outbox.load();
    const files = await outbox.files();
    expect(await files.isAbandoned(held!, silentFor, glance)).toBe(false);
    clock.now = 8 * 3_600_000;
    expect(await files.isAbandoned(held!, silentFor, glance)).toBe(false);
  });

  test('is not free for the window itself, whatever its clocks say, until it lets go', async () => {
    const { outbox, clock } = newOutbox();
    const held = await claimed(outbox);
    clock.now = 8 * 3_600_000;
    const files = await outbox.files();
    expect(await files.isAbandoned(held, silentFor, glance)).toBe(false);
    files.lease.release(held.id);
    expect(await files.isAbandoned(held, silentFor, glance)).toBe(true);
  });
});

describe('a window that was away for longer than others wait', () => {
  test('gives up what it was sending', async () => {
    const { outbox, clock } = newOutbox();
    outbox.renewEvery = 1_000;
    const held = await claimed(outbox);
    const { lease } = await outbox.files();
    const { signal } = lease.limit(held.id, new AbortController().signal);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(signal!.aborted).toBe(false);
    clock.now += 3_600_000;
    await expect.poll(() => signal!.aborted).toBe(true);
    const noted = await outbox.note(held, {});
    expect(lease.limit(noted.id, new AbortController().signal).signal!.aborted).toBe(false);
    lease.dispose();
  });

  test('has lost what another one took meanwhile, also once it looked into the outbox as it woke', async () => {
    const { outbox, clock } = newOutbox();
    const held = await claimed(outbox);
    const other = await newOutbox().outbox.files();
    const taken = (await other.claim(held))!;
    const released = await other.release(taken, 'unclear');
    clock.now += 3_600_000;
    const files = await outbox.files();
    // What was listed is just being claimed by the other one again, or is to be had.
    const again = (await other.claim(released))!;
    expect(await files.claim(released)).toBeUndefined();
    expect(await files.claim(await other.release(again, 'unclear'))).toBeUndefined();
    const { lastCheck } = files.lease.limit(held.id, new AbortController().signal);
    expect(lastCheck).toThrow('away');
    // Its own try ends, and then it may.
    files.lease.release(held.id);
    expect(await files.claim((await outbox.load())[0]!)).toMatchObject({ state: 'sending' });
    for (const each of [files, other]) each.lease.dispose();
  });

  test.each(['graphql', 'v1'] as const)('sends nothing that was about to leave, though no timer has told it yet (%s)', async (api) => {
    const clock = { now: 0 };
    const { store, send, sender, outbox } = await deliveryWindow(sandbox, api, folder, { outboxOptions: { monotonic: () => clock.now } });
    let sleeps = 1;
    const token = () => {
      // The computer sleeps while the keyring is asked.
      if (sleeps-- > 0) clock.now += 3_600_000;
      return Promise.resolve(api === 'v1' ? sandbox.token : sandbox.graphqlToken);
    };
    const profiles = store.profiles.items;
    store.connect(clientOf(sandbox, api, { token }));
    vi.spyOn(store, 'profile').mockImplementation((id) => profiles.find((each) => each.id === id));
    sandbox.resetRequests();
    expect(await send('Asleep', ids.bluesky)).toMatchObject({ created: [], failed: [], waiting: [{ error: { outcome: 'notDone' } }] });
    expect(sandbox.requests()).toEqual([]);
    expect(outbox.entries).toMatchObject([{ state: 'waiting' }]);
    await sender.run();
    expect(outbox.entries).toEqual([]);
  });

  test('sends nothing that it had claimed before', async () => {
    const clock = { now: 0 };
    let sleepsAfter = '';
    const disk: Disk = {
      ...nodeDisk,
      create: async (path, text) => {
        const isMade = await nodeDisk.create(path, text);
        if (sleepsAfter && path.endsWith(sleepsAfter)) clock.now += 3_600_000;
        return isMade;
      },
    };
    const { outbox, sender } = await deliveryWindow(sandbox, 'graphql', folder, { outboxOptions: { disk, monotonic: () => clock.now } });
    await outbox.add(entry('Slept after it was claimed'));
    // The second generation is the claim, the third says that it is on its way.
    sleepsAfter = '.2.json';
    sandbox.resetRequests();
    await sender.run();
    expect(sandbox.requests()).toEqual([]);
    expect(outbox.entries).toMatchObject([{ state: 'waiting' }]);
  });
});

test('a window in the middle of a send is not taken over, whatever the wall clock says', async () => {
  const { send } = await deliveryWindow(sandbox, 'graphql', folder, { staleAfter: 4_000 });
  sandbox.faults.add({ kind: 'latency', ms: 600, match: { operation: 'CreatePost' } });
  const sent = send('Slow', ids.bluesky);
  const creates = () => sandbox.requests().filter(({ operationName }) => operationName === 'CreatePost').length;
  await expect.poll(creates).toBe(1);
  const other = await deliveryWindow(sandbox, 'graphql', folder, { staleAfter: 4_000 });
  const real = Date.now();
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real + 3_600_000);
  await other.sender.run();
  clock.mockRestore();
  expect((await sent).created).toHaveLength(1);
  expect(creates()).toBe(1);
});

describe('what several windows do with entries', () => {
  test('is seen whole by whoever reads meanwhile', async () => {
    const { outbox } = newOutbox();
    for (let index = 0; index < 5; index++) await outbox.add(entry(`Entry ${index}`));
    const moves = { isOver: false };
    const moving = (async () => {
      for (let round = 0; round < 8; round++)
        for (const each of await outbox.load()) {
          const taken = await outbox.claim(each);
          if (taken) await outbox.release(await outbox.note(taken, { reason: `round ${round}` }), 'waiting');
        }
      moves.isOver = true;
    })();
    const seen = new Set<string>();
    const reader = newOutbox().outbox;
    while (!moves.isOver) seen.add((await reader.load()).map(({ text }) => text).join());
    await moving;
    expect([...seen]).toEqual(['Entry 0,Entry 1,Entry 2,Entry 3,Entry 4']);
  });

  test('is read again where it went on between the list and the file', async () => {
    const { outbox } = newOutbox();
    const added = await outbox.add(entry('Moving'));
    let claim: Entry | undefined;
    let moves = 0;
    const disk: Disk = {
      ...nodeDisk,
      // Another window is at it just after it was listed, each time for a while.
      list: async (path) => {
        const names = await nodeDisk.list(path);
        if (path.endsWith('outbox') && moves++ < 4)
          claim = claim ? await outbox.note(claim, { reason: `move ${moves}` }) : await outbox.claim(added);
        return names;
      },
    };
    const reader = new Outbox(join(folder, 'outbox'), { disk });
    expect(await reader.load()).toMatchObject([{ text: 'Moving', state: 'sending' }]);
  });

  test('a note of a window that lost it does not bring back what another one finished', async () => {
    const [one, other] = [newOutbox().outbox, newOutbox().outbox];
    const first = await claimed(one);
    const [seen] = await other.load();
    const second = await other.claim(seen!);
    await other.done(second!);
    await expect(one.note(first, { reason: 'late' })).rejects.toMatchObject({ name: 'LostClaim' });
    expect(await other.load()).toEqual([]);
    expect(await readdir(join(folder, 'outbox'))).toEqual([]);
  });

  test('one of many takes an entry', async () => {
    const added = await newOutbox().outbox.add(entry('For one'));
    const all = await Promise.all(Array.from({ length: 12 }, () => newOutbox().outbox.claim(added)));
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  test('an update is one entry’s, whoever asks first', async () => {
    const files = await Promise.all(Array.from({ length: 8 }, () => newOutbox().outbox.files()));
    const answers = await Promise.all(files.map((each, index) => each.settle('u1', `entry ${index}`)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await files[0]!.settle('u1', `entry ${answers.indexOf(true)}`)).toBe(true);
  });

  test('one of two windows claims a draft, and the other one when that one is gone', async () => {
    const [one, other] = [await newOutbox().outbox.files(), await newOutbox().outbox.files()];
    const letGo = await one.claimDraft('d1', 120_000, 30_000);
    expect(letGo).toBeDefined();
    expect(await other.claimDraft('d1', 120_000, 30_000)).toBeUndefined();
    await letGo!();
    const again = await other.claimDraft('d1', 120_000, 30_000);
    expect(again).toBeDefined();
    expect(await one.claimDraft('d1', 0, 30_000)).toBeDefined();
  });

  test('a window that is just claiming a draft is not gone for another try of its own', async () => {
    const [written, answered] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
    let creates = 0;
    const slow: Disk = {
      ...nodeDisk,
      create: async (path, text) => {
        const isMade = await nodeDisk.create(path, text);
        if (creates++ > 0) return isMade;
        written.resolve(undefined);
        await answered.promise;
        return isMade;
      },
    };
    const files = await new Outbox(join(folder, 'outbox'), { disk: slow }).files();
    const first = files.claimDraft('d1', 120_000, 30_000);
    await written.promise;
    expect(await files.claimDraft('d1', 120_000, 30_000)).toBeUndefined();
    answered.resolve(undefined);
    expect(await (await first)!()).toBe(true);
    expect(await files.claimDraft('d1', 120_000, 30_000)).toBeDefined();
  });

  test('a draft whose claim the disk refused is free for the next try', async () => {
    let isFull = true;
    const full: Disk = { ...nodeDisk, create: (...made) => (isFull ? Promise.reject(new Error('full')) : nodeDisk.create(...made)) };
    const files = await new Outbox(join(folder, 'outbox'), { disk: full }).files();
    await expect(files.claimDraft('d1', 120_000, 30_000)).rejects.toThrow('full');
    isFull = false;
    expect(await files.claimDraft('d1', 120_000, 30_000)).toBeDefined();
  });

  test('what a window did not say while it was at something else, or at nothing, is no silence', async () => {
    const quiet: Disk = { ...nodeDisk, write: () => Promise.resolve() };
    const clock = { now: 0 };
    const one = await new Outbox(join(folder, 'outbox'), { disk: quiet, process: { machine: 'elsewhere', pid: 1 } }).files();
    const other = await new Outbox(join(folder, 'outbox'), { monotonic: () => clock.now }).files();
    for (let draft = 0; draft < 20; draft++) {
      const letGo = await one.claimDraft(`d${draft}`, 120_000, 30_000);
      expect(await other.claimDraft(`d${draft}`, 120_000, 30_000)).toBeUndefined();
      clock.now += 3_600_000;
      expect(await letGo!()).toBe(true);
    }
  });

  test('a draft that went out on another computer is known as that, though a network drive shows it late', async () => {
    const cache = new FolderCache(
      () => 0,
      () => 60_000,
    );
    const one = newOutbox().outbox;
    const other = new Outbox(join(folder, 'outbox'), { disk: cache.over(nodeDisk), process: { machine: 'elsewhere', pid: 1 } });
    expect(await other.load()).toEqual([]);
    const letGo = await (await one.files()).claimDraft('d1', 120_000, 30_000);
    await one.add({ ...entry('Of a draft'), draftId: 'd1' });
    await letGo!();
    expect(await (await other.files()).claimDraft('d1', 120_000, 30_000)).toBeDefined();
    await other.load();
    expect(other.ofDraft('d1')).toMatchObject([{ text: 'Of a draft' }]);
  });

  test('a window that slept while it had a draft learns that another one took it over, and sends nothing of it', async () => {
    const one = await deliveryWindow(sandbox, 'graphql', folder, { outboxOptions: { process: { machine: 'elsewhere', pid: 1 } } });
    const other = await newOutbox().outbox.files();
    const letGo = await (await one.outbox.files()).claimDraft('d1', 120_000, 30_000);
    expect(await other.claimDraft('d1', 0, 30_000)).toBeDefined();
    const delivery = { text: 'Of a draft', profiles: one.profiles(ids.bluesky), when: 'queue', draftId: 'd1' } as const;
    await expect(recordClaimed(one, [delivery], letGo!)).rejects.toMatchObject({ name: 'LostClaim' });
    expect(await one.outbox.load()).toEqual([]);
  });
});

describe('a file of a newer version', () => {
  /** The only entry, as a newer version would have written it. */
  async function makeNewer(): Promise<string> {
    const [name] = await readdir(join(folder, 'outbox'));
    const file = join(folder, 'outbox', name!);
    const stored = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...stored, version: 2, more: 'than we know' }));
    return file;
  }

  test('is not sent, not changed, and told; nor does its draft go out', async () => {
    const { outbox, sender } = await deliveryWindow(sandbox, 'graphql', folder);
    await outbox.add({ ...entry('From tomorrow'), draftId: 'a-draft' });
    const file = await makeNewer();
    const before = await readFile(file, 'utf8');
    sandbox.resetRequests();
    await sender.run();
    expect(sandbox.requests()).toEqual([]);
    expect(outbox.entries).toEqual([]);
    expect(outbox.unreadable).toMatchObject([{ isNewer: true, draftId: 'a-draft' }]);
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  test('hides an older state of the same entry', async () => {
    const { outbox, sender } = await deliveryWindow(sandbox, 'graphql', folder);
    const added = await outbox.add(entry('Older'));
    await writeFile(join(folder, 'outbox', `${added.id}.1.json`), '{"version": 2}');
    sandbox.resetRequests();
    await sender.run();
    expect(sandbox.requests()).toEqual([]);
    expect(await outbox.load()).toEqual([]);
  });
});

test('one entry’s error does not stop the others', async () => {
  const { outbox, sender } = await deliveryWindow(sandbox, 'graphql', folder);
  const first = await outbox.add(entry('Broken'));
  for (const text of ['Second', 'Third']) await outbox.add(entry(text));
  const files = await outbox.files();
  const claim = files.claim.bind(files);
  vi.spyOn(files, 'claim').mockImplementation((each, change) =>
    each.id === first.id ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })) : claim(each, change),
  );
  await sender.run();
  const at = (text: string) => [...sandbox.state.updates.values()].filter((update) => update.text === text).length;
  expect([at('Broken'), at('Second'), at('Third')]).toEqual([0, 1, 1]);
  vi.restoreAllMocks();
  await sender.run();
  expect(at('Broken')).toBe(1);
});
