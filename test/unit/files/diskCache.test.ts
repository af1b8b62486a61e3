import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import { type ApiName, apiNames, type Update } from '../../../src/core/buffer/model.ts';
import { DiskCache, type Owner } from '../../../src/core/files/diskCache.ts';
import type { Change, Section } from '../../../src/core/queue/queueModel.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { shortened, type Snapshot, snapshotSchema } from '../../../src/core/queue/snapshot.ts';
import { pastTime } from '../../../src/core/time/formatTime.ts';
import { newMemory } from '../../harness/memory.ts';
import { clientOf } from '../../sandbox/client.ts';
import { editRulesOf } from '../support/editRules.ts';
import { ids } from '../support/ids.ts';
import { ownSandbox } from '../support/ownSandbox.ts';
import { profileWith } from '../support/profile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

let service: ApiName = 'v1';

const sandbox = await ownSandbox();
let folder: string;
let windows: Window[];
let log: string[];

interface Window {
  readonly store: QueueStore;
  readonly kept: DiskCache<Snapshot>;
}

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'last-known');
  windows = [];
  log = [];
});
afterEach(async () => {
  for (const { kept } of windows) {
    kept.dispose();
    await kept.settled();
  }
});

const format = () => Promise.resolve({ schema: snapshotSchema, shortened });

const owner = (id = 'someone'): Owner => ({ api: service, account: { id }, organization: service === 'v1' ? undefined : { id: 'org' } });

function connect(baseUrl?: string): BufferApi {
  return clientOf(sandbox, service, { pause: 1, ...(baseUrl !== undefined && { baseUrl }) });
}

/** A window as it starts: signed in, and nothing was looked at yet. */
function newWindow({ api = connect(), of = owner() }: { api?: BufferApi; of?: Owner } = {}): Window {
  const store = new QueueStore(() => 20, newMemory());
  const kept = new DiskCache({ store, format, folder, log: (line) => log.push(line), pause: 5 });
  store.connect(api, kept.follow(of));
  windows.push({ store, kept });
  return { store, kept };
}

/** A window in which some lists were looked at, and which was closed. */
async function session(
  lists: readonly [string, Section][] = [
    [ids.bluesky, 'pending'],
    [ids.linkedin, 'sent'],
    [ids.x, 'pending'],
  ],
  of = owner(),
): Promise<QueueStore> {
  const { store, kept } = newWindow({ of });
  await store.loadProfiles();
  for (const [profileId, section] of lists) await store.loadList(profileId, section);
  await kept.settled();
  kept.dispose();
  sandbox.resetRequests();
  return store;
}

const nowhere = () => connect('http://127.0.0.1:1/nobody');
/** Without what is only there to be sent back, which no session keeps. */
const rows = (store: QueueStore, profileId: string, section: Section) =>
  store.list(profileId, section).items.map(({ source: _, ...update }): Update => update);
const waiting = (store: QueueStore, profileId: string) => rows(store, profileId, 'pending').filter(({ status }) => status === 'pending');
const requestCount = () => sandbox.requests().length;
const fileNames = async () => (await readdir(folder).catch(() => [])).sort();
const onlyFile = async () => join(folder, (await fileNames())[0]!);

describe.each(apiNames)('what was last known, on %s', (name) => {
  beforeAll(() => {
    service = name;
  });

  test('is shown with no request, then refreshed with one', async () => {
    const before = await session();
    const { store } = newWindow();
    await store.loadCache();
    expect(requestCount()).toBe(0);
    expect(store.profiles.items).toEqual(before.profiles.items);
    for (const [profileId, section] of [
      [ids.bluesky, 'pending'],
      [ids.linkedin, 'sent'],
      [ids.x, 'pending'],
    ] as const) {
      expect(rows(store, profileId, section)).toEqual(rows(before, profileId, section));
      expect(store.list(profileId, section).total).toBe(before.list(profileId, section).total);
    }
    expect(store.asOf!.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await store.loadProfiles();
    expect(requestCount()).toBe(1);
    expect(store.asOf).toBeUndefined();
  });

  test('shows before the answer comes, and a section on show is not asked for beside it', async () => {
    await session();
    const { store } = newWindow();
    const shown: (readonly [number, string])[] = [];
    store.onDidChange((changes) => {
      if (changes.some(({ kind }) => kind === 'profiles')) shown.push([store.profiles.items.length, store.profiles.status]);
      // As a tree does that draws an open section.
      if (store.needsLoading(ids.bluesky, 'pending')) void store.loadList(ids.bluesky, 'pending');
    });
    await store.loadProfiles();
    expect(shown[0]![0]).toBeGreaterThan(10);
    expect(shown.at(-1)![1]).toBe('loaded');
    await expect.poll(() => store.list(ids.bluesky, 'pending').asOf).toBeUndefined();
    // The list follows the profiles, which could have brought it along.
    expect(requestCount()).toBe(2);
  });

  test('gives way to what is true now', async () => {
    const before = await session();
    const [first, second] = waiting(before, ids.bluesky);
    sandbox.editElsewhere(second!.id, 'Changed since');
    const { store } = newWindow();
    await store.loadProfiles();
    await store.loadList(ids.bluesky, 'pending');
    expect(store.update(second!.id)?.text).toBe('Changed since');
    expect(store.update(first!.id)?.text).toBe(first!.text);
    expect(store.list(ids.bluesky, 'pending').asOf).toBeUndefined();
    await store.loadMore(ids.x, 'pending');
    const queue = sandbox
      .summary()
      .profiles.find(({ id }) => id === ids.x)!
      .pending.map(({ id }) => id);
    const pending = waiting(store, ids.x).map(({ id }) => id);
    expect(pending.length).toBeGreaterThan(20);
    expect(pending).toEqual(queue.slice(0, pending.length));
  });

  test('is there offline, and says how old it is', async () => {
    const before = await session();
    const { store } = newWindow({ api: nowhere() });
    expect(await store.loadProfiles()).toHaveLength(before.profiles.items.length);
    expect(store.profiles).toMatchObject({ status: 'failed', error: { kind: 'offline' } });
    expect(store.asOf).toBeInstanceOf(Date);
    await expect(store.loadList(ids.bluesky, 'pending')).rejects.toMatchObject({ kind: 'offline' });
    expect(store.list(ids.bluesky, 'pending').asOf).toBeInstanceOf(Date);
    expect(rows(store, ids.bluesky, 'pending')).toEqual(rows(before, ids.bluesky, 'pending'));
    await expect(store.loadMore(ids.x, 'pending')).rejects.toMatchObject({ kind: 'offline' });
  });

  test('outlives a session that never got through', async () => {
    const before = await session();
    const offline = newWindow({ api: nowhere() });
    await offline.store.loadProfiles();
    await offline.kept.settled();
    const { store } = newWindow();
    await store.loadCache();
    expect(rows(store, ids.linkedin, 'sent')).toEqual(rows(before, ids.linkedin, 'sent'));
  });

  test.each(editRulesOf(name))(
    'can be written to at once, without an older state being sent along, on %s',
    async (_title, { settings }) => {
      sandbox.behave(settings);
      const before = await session();
      const [, second, third] = waiting(before, ids.bluesky);
      const { store } = newWindow();
      await store.loadCache();
      await store.destroy(second!.id);
      sandbox.editElsewhere(third!.id, 'Changed since');
      expect((await store.current(third!.id)).text).toBe('Changed since');
      await store.edit(third!.id, { text: 'Mine' });
      const queue = sandbox.summary().profiles.find(({ id }) => id === ids.bluesky)!.pending;
      expect(queue.map(({ id }) => id)).not.toContain(second!.id);
      expect(queue.find(({ id }) => id === third!.id)!.text).toBe('Mine');
      await store.loadProfiles();
      await store.loadList(ids.bluesky, 'pending');
      expect(waiting(store, ids.bluesky).map(({ id }) => id)).toEqual(queue.map(({ id }) => id));
    },
  );

  test('is nobody else’s', async () => {
    await session();
    const { store } = newWindow({ of: owner('someone else') });
    await store.loadCache();
    expect(store.profiles.items).toEqual([]);
    // Not even when the file is put in the other one’s place.
    const json = await readFile(await onlyFile(), 'utf8');
    await session([], owner('someone else'));
    for (const each of await fileNames()) await writeFile(join(folder, each), json);
    const other = newWindow({ of: owner('someone else') });
    await other.store.loadCache();
    expect(other.store.profiles.items).toEqual([]);
  });

  test('holds no token, and is for this person’s eyes only', async () => {
    await session();
    const json = await readFile(await onlyFile(), 'utf8');
    for (const token of [sandbox.token, sandbox.graphqlToken, 'Bearer']) expect(json).not.toContain(token);
    if (process.platform !== 'win32') expect((await stat(await onlyFile())).mode & 0o777).toBe(0o600);
    expect(await onlyFile()).not.toContain('someone');
  });
});

describe('the file', () => {
  beforeAll(() => {
    service = 'v1';
  });

  const spoilt: [string, (json: string) => string][] = [
    ['truncated', (json) => json.slice(0, json.length / 2)],
    ['empty', () => ''],
    ['no JSON', () => '<!doctype html>'],
    ['of an older version', (json) => json.replace('"version":1', '"version":0')],
    ['of a later version', (json) => json.replace('"version":1', '"version":2')],
    ['of another shape', (json) => json.replace('"serviceType"', '"kind"')],
    ['with a time that is none', (json) => json.replace(/"createdAt":"[^"]*"/, '"createdAt":"yesterday"')],
    ['huge', (json) => json + ' '.repeat(3 * 1024 * 1024)],
  ];
  test.each(spoilt)('is dropped quietly when it is %s, and written anew', async (_name, spoil) => {
    await session();
    const file = await onlyFile();
    await writeFile(file, spoil(await readFile(file, 'utf8')));
    const { store, kept } = newWindow();
    await store.loadCache();
    expect(store.profiles).toEqual({ status: 'unloaded', items: [] });
    expect(store.asOf).toBeUndefined();
    await store.loadProfiles();
    await kept.settled();
    const again = newWindow();
    await again.store.loadCache();
    expect(again.store.profiles.items).not.toHaveLength(0);
    expect(log.length).toBeLessThanOrEqual(1);
  });

  test('a folder that cannot be written to stops nothing', async () => {
    await writeFile(folder, 'not a folder');
    const { store, kept } = newWindow();
    await store.loadProfiles();
    await kept.settled();
    expect(store.profiles.status).toBe('loaded');
    expect(log.join()).not.toContain(folder);
    await rm(folder);
  });

  test('is gone with the sign-out, that of every account, and does not come back', async () => {
    await session([], owner('another'));
    const { store, kept } = newWindow();
    await store.loadProfiles();
    await kept.settled();
    expect(await fileNames()).toHaveLength(2);
    const reading = store.loadList(ids.bluesky, 'pending');
    await kept.clear();
    await reading;
    await new Promise((resolve) => setTimeout(resolve, 30));
    store.connect(undefined, kept.follow(undefined));
    await kept.settled();
    expect(await fileNames()).toEqual([]);
  });

  test('one account’s queues are not kept under another’s name', async () => {
    const { store, kept } = newWindow();
    await store.loadProfiles();
    store.connect(connect(), kept.follow(owner('another')));
    await kept.settled();
    expect(await fileNames()).toEqual([]);
  });

  test('is whole whenever it is read, whoever writes', async () => {
    const [one, other] = [newWindow(), newWindow()];
    await Promise.all([one.store.loadProfiles(), other.store.loadProfiles()]);
    await Promise.all([one.kept.settled(), other.kept.settled()]);
    const writing = [one, other].map(async ({ store, kept }) => {
      for (let times = 0; times < 15; times++) {
        await store.refreshList(ids.bluesky, 'pending');
        await kept.settled();
      }
    });
    const over = new AbortController();
    const all = Promise.all(writing).finally(() => over.abort());
    while (!over.signal.aborted) {
      const { store } = newWindow();
      await store.loadCache();
      expect(store.profiles.items).not.toHaveLength(0);
      windows.pop()!.kept.dispose();
    }
    await all;
    expect(await fileNames()).toHaveLength(1);
  });

  test('what crashed windows and former organizations left does not pile up', async () => {
    await mkdir(folder, { recursive: true });
    const old = new Date(Date.now() - 3_600_000);
    for (let index = 0; index < 20; index++) {
      for (const name of [`${index}.json`, `${index}.tmp`]) {
        await writeFile(join(folder, name), '{}');
        await utimes(join(folder, name), old, old);
      }
    }
    await session();
    expect(await fileNames()).toHaveLength(8);
  });

  const keep = async (snapshot: Snapshot) => {
    let changed = (): void => undefined;
    const store = {
      snapshot: () => snapshot,
      onDidChange: (listener: (changes: readonly Change[]) => void) => {
        changed = () => listener([]);
        return { dispose: () => undefined };
      },
    };
    const kept = new DiskCache({ store, format, folder, log: (line) => log.push(line), pause: 5 });
    const loadCache = kept.follow(owner())!;
    changed();
    await kept.settled();
    kept.dispose();
    return loadCache();
  };
  const profile = profileWith({ id: 'p', service: 'twitter', name: '@p', isDefault: true });
  const update = (id: number, text: string): Update => ({
    id: `u${id}`,
    profileId: 'p',
    service: 'twitter',
    status: 'pending',
    text,
    createdAt: new Date(0),
    statistics: {},
  });
  const now = new Date();
  const snapshotOf = (updates: Update[]): Snapshot => ({
    profiles: [profile],
    readAt: now,
    lists: [{ profileId: 'p', section: 'pending', readAt: now, updates, hasMore: false }],
  });

  test('holds 100 updates a list at most, and tells that there are more', async () => {
    const kept = await keep(snapshotOf(Array.from({ length: 250 }, (_, index) => update(index, 'x'))));
    expect(kept!.lists[0]).toMatchObject({ hasMore: true });
    expect(kept!.lists[0]!.updates).toHaveLength(100);
  });

  test('is no larger than 2 MB, whatever the updates are', async () => {
    const kept = await keep(snapshotOf(Array.from({ length: 100 }, (_, index) => update(index, 'é'.repeat(50_000)))));
    expect(kept!.lists[0]!.updates.length).toBeGreaterThan(5);
    expect((await stat(await onlyFile())).size).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(await keep({ ...snapshotOf([]), profiles: [{ ...profile, name: 'x'.repeat(3_000_000) }] })).toBeUndefined();
    expect(await fileNames()).toEqual([]);
  });

  test('1,100 updates of eleven profiles are read in little time', async () => {
    const lists = Array.from({ length: 11 }, (_, list) => ({
      profileId: 'p',
      section: 'pending' as const,
      readAt: now,
      hasMore: false,
      updates: Array.from({ length: 100 }, (__, index) => update(list * 100 + index, 'x'.repeat(200))),
    }));
    const json = JSON.stringify({ profiles: [profile], readAt: now, lists });
    v.parse(snapshotSchema, JSON.parse(json));
    const started = performance.now();
    v.parse(snapshotSchema, JSON.parse(json));
    // A few milliseconds; the bound is for machines that do other things meanwhile.
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('any update comes back as it was', async () => {
    const date = fc.date({ noInvalidDate: true });
    const text = fc.string({ unit: 'binary' });
    const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
    const updates: fc.Arbitrary<Update[]> = fc.uniqueArray(
      fc.record({
        id: text,
        profileId: fc.constant('p'),
        service: text,
        status: fc.constantFrom('pending', 'sending', 'sent', 'failed', 'draft', 'needsApproval', 'other'),
        text,
        createdAt: date,
        updatedAt: maybe(date),
        dueAt: maybe(date),
        isFixedTime: maybe(fc.boolean()),
        sentAt: maybe(date),
        media: maybe(
          fc.record({
            link: maybe(text),
            title: maybe(text),
            description: maybe(text),
            picture: maybe(text),
            thumbnail: maybe(text),
            video: maybe(text),
          }),
        ),
        // Names that belong to every object are no names of numbers.
        statistics: fc.dictionary(
          text.filter((key) => !(key in {}) && key !== 'prototype'),
          fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
          { noNullPrototype: true },
        ),
        via: maybe(text),
        serviceUpdateId: maybe(text),
        failure: maybe(fc.record({ message: text, helpUrl: maybe(text) })),
        url: maybe(text),
        details: maybe(
          fc.record({ type: maybe(text), thread: maybe(fc.array(text)), startsAt: maybe(date), isMadeForKids: maybe(fc.boolean()) }),
        ),
        actions: maybe(fc.array(fc.constantFrom('edit', 'delete', 'shareNow', 'shareNext', 'reschedule', 'queue'))),
        isReminder: maybe(fc.boolean()),
      }),
      { selector: ({ id }) => id, maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(updates, async (all) => {
        const snapshot = snapshotOf(all);
        const store = new QueueStore(() => 20, newMemory());
        store.connect(nowhere(), () => Promise.resolve(v.parse(snapshotSchema, JSON.parse(JSON.stringify(snapshot)))));
        await store.loadCache();
        expect(store.list('p', 'pending').items).toEqual(all);
        expect(store.profiles.items).toEqual([profile]);
        expect(store.snapshot()).toEqual(snapshot);
      }),
    );
  });
});

describe('how old it is', () => {
  const now = new Date('2026-11-23T10:40:00Z');
  const style = { locale: 'en-GB', timeZone: 'UTC', now };

  test('is told by the clock on the same day, and with the date later on', () => {
    expect(pastTime(new Date('2026-11-23T10:32:00Z'), style)).toBe('10:32');
    expect(pastTime(new Date('2026-11-22T10:32:00Z'), style)).toBe('22 Nov 2026, 10:32');
    expect(pastTime(new Date('2026-11-23T10:32:00Z'), { ...style, locale: 'en-US' })).toMatch(/^10:32\sAM$/u);
    expect(pastTime(new Date('2026-11-20T10:32:00Z'), { ...style, locale: 'de' })).toBe('20.11.2026, 10:32');
  });
});
