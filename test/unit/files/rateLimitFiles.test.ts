import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RateLimitFiles, type RateLimitFilesOptions } from '../../../src/core/files/rateLimitFiles.ts';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import type { BufferError } from '../../../src/core/buffer/bufferError.ts';
import { RateLimiter, type RateLimiterOptions, rateLimits } from '../../../src/core/buffer/transport/rateLimiter.ts';
import type { Priority } from '../../../src/core/buffer/priority.ts';
import type { RateLimitLedger, RateLimitUsage } from '../../../src/core/buffer/transport/rateLimitLedger.ts';
import type { LimitedWindowTask } from '../../sandbox/limitedWindow.ts';
import { clientOf } from '../../sandbox/client.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { failureOf } from '../support/failureOf.ts';
import { fastClock, shortMinute } from '../support/fastClock.ts';
import { ids } from '../support/ids.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { runs } from '../support/runs.ts';

const key = 'v1 https://example.com somebody';
/** As long as what a window told counts by `fastClock`. */
const shortLife = 8_000;

let sandbox: Sandbox;
let parent: string;
let folder: string;
let open: RateLimiter[];

beforeEach(async () => {
  parent = await temporaryFolder();
  folder = join(parent, 'pace');
  open = [];
});
afterEach(async () => {
  for (const rateLimiter of open) rateLimiter.dispose();
  await sandbox.close();
  // What is under way may yet write.
  await wait(20);
});

interface Window {
  readonly api: BufferApi;
  readonly rateLimiter: RateLimiter;
}

async function start(options: SandboxOptions): Promise<void> {
  sandbox = await startSandbox(options);
}

/** One more window at the same account. */
function openWindow(
  service: 'v1' | 'graphql' = 'v1',
  limiterOptions: RateLimiterOptions = rateLimits[service],
  files: Partial<RateLimitFilesOptions> = {},
): Window {
  const rateLimiter = new RateLimiter(limiterOptions);
  open.push(rateLimiter);
  rateLimiter.share(new RateLimitFiles({ folder, key, ...files }));
  return { api: clientOf(sandbox, service, { rateLimiter }), rateLimiter };
}

/** Reads of profiles that there are none of: nothing but requests. Answers with how each ended. */
const read = ({ api }: Window, name: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      api.pending(`${name}${index}`, { size: 20 }, { priority: 'shown' }).then(
        () => '',
        (error: unknown) => (error as BufferError).kind,
      ),
    ),
  );
const paths = () => sandbox.requests().map(({ path }) => path);
const statuses = () => new Set(sandbox.requests().map(({ status }) => status));
const tooMany = (seconds: number) =>
  ({
    kind: 'status',
    status: 429,
    body: '{"code":429,"error":"Too many requests."}',
    headers: { 'Retry-After': String(seconds) },
  }) as const;

describe('the limit of all windows', () => {
  test.each([0, 300])(
    'a window that starts %i ms after another, both with more than they may, causes not one 429',
    async (after) => {
      const clock = fastClock();
      await start({ now: clock.now });
      clock.hold();
      sandbox.faults.add({ kind: 'latency', ms: 100, times: 0 });
      const [one, other] = [openWindow('v1', clock.rateLimiter), openWindow('v1', clock.rateLimiter)];
      const first = read(one, 'one', 40);
      await wait(after);
      const second = read(other, 'other', 40);
      // All that reads may take of the first minute is taken by both together; a person may still write.
      await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(54), { timeout: 15_000 });
      await wait(200);
      expect(sandbox.requests()).toHaveLength(54);
      await other.api.create({ profileIds: [ids.bluesky], text: 'Meanwhile', when: 'queue' }, () => 'bluesky');
      clock.release();
      expect([...(await first), ...(await second)]).toEqual(Array(80).fill('notFound'));
      expect(sandbox.requests()).toHaveLength(81);
      expect(statuses()).toEqual(new Set([200, 404]));
    },
    30_000,
  );

  test('what a process asked for before it was killed in the middle of it counts until it is over', async () => {
    const clock = fastClock();
    await start({ now: clock.now });
    clock.hold();
    // Some of them are on their way for longer than it lives.
    sandbox.faults.add({ kind: 'latency', ms: 60_000, times: 0, match: { path: 'child(?:2[5-9]|[3-9]\\d)' } });
    const task: LimitedWindowTask = {
      url: sandbox.url,
      token: sandbox.token,
      folder,
      key,
      lifetime: shortLife,
      rateLimiter: shortMinute,
      requests: 100,
    };
    const child = fork(join(import.meta.dirname, '../../sandbox/limitedWindow.ts'), [JSON.stringify(task)], { execArgv: [] });
    // All but one of the eight places are for reads.
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(25 + 7), { timeout: 25_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const own = openWindow('v1', clock.rateLimiter, { lifetime: shortLife });
    const reading = read(own, 'own', 50);
    // All that was left, and nothing more: those that were on their way are counted, too.
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(54), { timeout: 15_000 });
    await wait(300);
    expect(sandbox.requests()).toHaveLength(54);
    clock.release();
    expect(await reading).toEqual(Array(50).fill('notFound'));
    expect(statuses().has(429)).toBe(false);
    expect(own.rateLimiter.waiting).toBeUndefined();
  });

  test('whatever comes when in two windows, no window of time holds more than the limit, and everything goes out', async () => {
    await start({});
    const request = fc.record({
      window: fc.nat({ max: 1 }),
      after: fc.oneof(fc.constant(0), fc.nat({ max: 300 })),
      takes: fc.integer({ min: 1, max: 900 }),
      /** When on its way the service counts it. */
      counted: fc.double({ min: 0, max: 1, noNaN: true }),
      priority: fc.constantFrom<Priority>('write', 'asked', 'shown', 'background'),
      isGivenUp: fc.boolean(),
    });
    const delays = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 20, size: 'max' });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 12 }),
        fc.boolean(),
        delays,
        fc.array(request, { maxLength: 60, size: 'max' }),
        async (limit, isWatched, disk, requests) => {
          vi.useFakeTimers();
          const per = 1_000;
          const table = new Table(disk, isWatched);
          const windows = [0, 1].map(() => {
            const rateLimiter = new RateLimiter({ limit, parallel: 6, per, patience: { read: 1e9, write: 1e9 } });
            rateLimiter.share(table.ledger());
            return rateLimiter;
          });
          try {
            const counted: number[] = [];
            let givenUp = 0;
            const send = async ({ window, takes, counted: part, priority, isGivenUp }: (typeof requests)[number]) => {
              const stop = new AbortController();
              if (isGivenUp) setTimeout(() => stop.abort(), takes / 10);
              const permit = await windows[window]!.acquire({ priority, signal: stop.signal }).catch(() => undefined);
              if (!permit) {
                givenUp++;
                return;
              }
              counted.push(Date.now() + part * takes);
              await new Promise((resolve) => setTimeout(resolve, takes));
              permit.release();
            };
            const all: Promise<void>[] = [];
            for (const each of requests) {
              await vi.advanceTimersByTimeAsync(each.after);
              all.push(send(each));
            }
            await vi.advanceTimersByTimeAsync(3_000 * (requests.length + 1));
            await Promise.all(all);
            counted.sort((a, b) => a - b);
            expect(counted.length + givenUp).toBe(requests.length);
            expect(counted.every((time, index) => index < limit || time - counted[index - limit]! >= per)).toBe(true);
            expect(windows.map(({ waiting }) => waiting)).toEqual([undefined, undefined]);
          } finally {
            for (const rateLimiter of windows) rateLimiter.dispose();
            vi.useRealTimers();
          }
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

describe('a 429', () => {
  test.each(['v1', 'graphql'] as const)(
    'of %s silences all windows at once, and each shows it; then everything goes out by itself',
    async (service) => {
      await start({});
      const [one, other] = [openWindow(service), openWindow(service)];
      // Who never asked follows nobody.
      await failureOf(other.api.update('none'));
      sandbox.faults.add(tooMany(3));
      let told = 0;
      other.rateLimiter.onDidChange(() => told++);
      const reading = failureOf(one.api.update('refused'));
      await vi.waitFor(() => expect(one.rateLimiter.waiting).toMatchObject({ count: 1 }), { interval: 5 });
      await vi.waitFor(() => expect(other.rateLimiter.waiting).toMatchObject({ count: 0 }), { interval: 5 });
      expect(told).toBe(1);
      expect(other.rateLimiter.waiting!.until).toEqual(one.rateLimiter.waiting!.until);
      // Nor does one ask that is only opened now.
      const third = openWindow(service);
      const later = Promise.all([failureOf(other.api.update('other')), failureOf(third.api.update('third'))]);
      await vi.waitFor(() => expect([other, third].map(({ rateLimiter }) => rateLimiter.waiting?.count)).toEqual([1, 1]));
      await wait(500);
      expect(sandbox.requests()).toHaveLength(2);
      expect((await Promise.all([reading, later])).flat()).toMatchObject(Array(3).fill({ kind: 'notFound' }));
      expect(sandbox.requests().filter(({ status }) => status === 429)).toHaveLength(1);
      for (const { rateLimiter } of [one, other, third]) expect(rateLimiter.waiting).toBeUndefined();
    },
    20_000,
  );

  test('that is for long counts also when its window is long gone; a write is told when', async () => {
    await start({});
    const one = openWindow('v1', rateLimits.v1, { lifetime: 200 });
    sandbox.faults.add(tooMany(3_600));
    await failureOf(one.api.account());
    one.rateLimiter.dispose();
    await wait(300);
    const other = openWindow('v1', rateLimits.v1, { lifetime: 200 });
    const failed = await failureOf(other.api.destroy('none'));
    expect(failed).toMatchObject({ kind: 'rateLimited', outcome: 'notDone' });
    expect(failed.retryAfter).toBeGreaterThan(3_500);
    expect(sandbox.requests()).toHaveLength(1);
  });
});

describe('the files', () => {
  test('are made with the first request, hold times and a count only, and are nobody else’s to read', async () => {
    await start({});
    const one = openWindow();
    await wait(150);
    expect(await readdir(parent)).toEqual([]);
    await read(one, 'none', 3);
    await vi.waitFor(async () =>
      expect(JSON.parse(await readFile(join(folder, (await readdir(folder))[0]!), 'utf8'))).toMatchObject({ running: 0 }),
    );
    const [name, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/^[\da-f]{32}\.[\da-f-]{36}\.json$/);
    // Windows has no such bits; there the folder is the person's own.
    if (process.platform !== 'win32') expect((await stat(join(folder, name!))).mode & 0o077).toBe(0);
    const told = JSON.parse(await readFile(join(folder, name!), 'utf8'));
    expect(told).toEqual({ version: 1, at: expect.any(Number), running: 0, answered: Array(3).fill(expect.any(Number)), silentUntil: 0 });
  });

  test('of another account count for nothing', async () => {
    await start({});
    const options = { ...rateLimits.v1, limit: 10 };
    const [one, other, somebodyElse] = [
      openWindow('v1', options),
      openWindow('v1', options),
      openWindow('v1', options, { key: 'v1 https://example.com somebody-else' }),
    ];
    // One after another, so that nothing but the last is told late.
    for (let index = 0; index < 9; index++) await read(one, `one${index}`, 1);
    const waiting = read(other, 'other', 9);
    await vi.waitFor(() => expect(other.rateLimiter.waiting).toMatchObject({ count: 9 }));
    await read(somebodyElse, 'else', 9);
    expect(paths().filter((each) => each.includes('/other'))).toEqual([]);
    expect(sandbox.requests()).toHaveLength(18);
    other.rateLimiter.clear();
    expect(await waiting).toEqual(Array(9).fill('cancelled'));
  });

  test('of windows that are long gone, of another clock or unreadable count for nothing, and go', async () => {
    await start({});
    const one = openWindow();
    await read(one, 'one', 1);
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1));
    const [own] = await readdir(folder);
    const prefix = own!.split('.')[0]!;
    const now = Date.now();
    const put = async (name: string, told: object | string, age = 0) => {
      const path = join(folder, name);
      await writeFile(path, typeof told === 'string' ? told : JSON.stringify(told));
      await utimes(path, (now - age) / 1000, (now - age) / 1000);
    };
    const full = { version: 1, at: now, running: 60, answered: [], silentUntil: 0 };
    await put(`${prefix}.gone.json`, { ...full, at: now - 100_000 }, 100_000);
    await put(`${prefix}.half.json.tmp`, '{"version":1', 100_000);
    await put(`${prefix}.broken.json`, '{"version":1');
    await put(`${prefix}.future.json`, { ...full, at: now + 3_600_000, silentUntil: now + 7_200_000 });
    await put(`${prefix}.forever.json`, { ...full, silentUntil: 1e15 });
    await put(`${'0'.repeat(32)}.somebody.json`, { ...full, at: now - 100_000 }, 100_000);
    const kept = [own, `${prefix}.broken.json`, `${prefix}.future.json`, `${prefix}.forever.json`];
    const other = openWindow();
    expect(await read(other, 'other', 20)).toEqual(Array(20).fill('notFound'));
    await vi.waitFor(async () =>
      expect((await readdir(folder)).filter((name) => kept.includes(name) || !name.startsWith(prefix))).toHaveLength(kept.length),
    );
    // Those that go, go one after the other.
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(kept.length + 1));
    // One that is right does count.
    await put(`${prefix}.busy.json`, { ...full, at: Date.now() });
    expect(await failureOf(other.api.destroy('none'))).toMatchObject({ kind: 'rateLimited' });
  });

  test('that cannot be written stop no request, and this is told once', async () => {
    await start({});
    await writeFile(folder, 'This is no folder.');
    const lines: string[] = [];
    const one = openWindow('v1', rateLimits.v1, { log: (line) => lines.push(line) });
    expect(await read(one, 'one', 20)).toEqual(Array(20).fill('notFound'));
    expect(lines).toEqual([expect.stringMatching(/^What is asked for could not be shared with other windows: E\w+$/)]);
    // Once they can be, they are.
    await rm(folder);
    await read(one, 'more', 1);
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('are written and read again when the folder was taken away', async () => {
    await start({});
    const options = { ...rateLimits.v1, limit: 30 };
    const [one, other] = [openWindow('v1', options), openWindow('v1', options)];
    await read(one, 'one', 2);
    await read(other, 'other', 2);
    // The last of what may be told late is.
    await wait(200);
    await rm(folder, { recursive: true });
    await mkdir(folder);
    // The first does not know yet that its file is gone; what it asks for next is told, with all that was before.
    await read(one, 'one', 24);
    expect(await failureOf(other.api.destroy('none'))).toMatchObject({ kind: 'notFound' });
    expect(await failureOf(one.api.destroy('none'))).toMatchObject({ kind: 'notFound' });
    expect(await failureOf(other.api.destroy('none'))).toMatchObject({ kind: 'rateLimited' });
    expect(sandbox.requests()).toHaveLength(30);
  });

  test.skipIf(process.platform === 'win32')(
    'on a disk that hangs make one request wait for a moment, and the next ones not at all',
    async () => {
      await start({});
      // Long beside what twenty answers take on a busy machine.
      const patience = 2000;
      const one = openWindow('v1', rateLimits.v1, { patience });
      await read(one, 'one', 1);
      const [own] = await readdir(folder);
      // Whoever opens a pipe to read it waits until somebody writes.
      const pipe = join(folder, `${own!.split('.')[0]!}.pipe.json`);
      await promisify(execFile)('mkfifo', [pipe]);
      try {
        const started = performance.now();
        await read(one, 'slow', 1);
        const first = performance.now();
        await read(one, 'fast', 20);
        expect(first - started).toBeGreaterThanOrEqual(patience - 10);
        expect(performance.now() - first).toBeLessThan(patience - 10);
      } finally {
        await writeFile(pipe, '');
      }
    },
  );
});

/** A ledger within one process whose disk takes as long as it is told to. */
class Table {
  readonly #told = new Map<number, RateLimitUsage>();
  readonly #listeners = new Set<(by: number) => void>();
  readonly #disk: readonly number[];
  readonly #isWatched: boolean;
  #uses = 0;
  #ledgers = 0;

  constructor(disk: readonly number[], isWatched: boolean) {
    this.#disk = disk;
    this.#isWatched = isWatched;
  }

  #wait(): Promise<void> {
    const ms = this.#disk[this.#uses++ % this.#disk.length];
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  ledger(): RateLimitLedger {
    const id = ++this.#ledgers;
    let own: RateLimitUsage;
    let timer: NodeJS.Timeout | undefined;
    let others: readonly RateLimitUsage[] = [];
    const look = () => (others = [...this.#told].filter(([other]) => other !== id).map(([, use]) => use));
    const write = () => {
      this.#told.set(id, own);
      for (const each of this.#listeners) each(id);
    };
    return {
      get others() {
        return others;
      },
      onDidChange: (listener) => {
        if (!this.#isWatched) return { dispose: () => {} };
        const told = (by: number) => {
          if (by === id) return;
          setTimeout(() => {
            look();
            listener();
          }, 5);
        };
        this.#listeners.add(told);
        return { dispose: () => this.#listeners.delete(told) };
      },
      exchange: async (use) => {
        own = use;
        await this.#wait();
        write();
        await this.#wait();
        look();
        await this.#wait();
      },
      tell: (use) => {
        own = use;
        clearTimeout(timer);
        timer = setTimeout(write, 100);
      },
      dispose: () => clearTimeout(timer),
    };
  }
}
