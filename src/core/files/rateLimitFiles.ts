import { createHash, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { RateLimitLedger, RateLimitUsage } from '../buffer/transport/rateLimitLedger.ts';
import { remove } from './rename.ts';
import { writeFileAtomically } from './writeFileAtomically.ts';

export interface RateLimitFilesOptions {
  /** A folder that all windows share, made when first needed. */
  readonly folder: string;
  /** What tells this credential from others; only a hash of it is written. */
  readonly key: string;
  /** Told once when the windows cannot share. */
  readonly log?: (line: string) => void;
  /** Milliseconds for which what a window told counts without another word of it. */
  readonly lifetime?: number;
  /** Milliseconds that a request waits at most for a disk that hangs. */
  readonly patience?: number;
}

/** A window of time, and the longest that a request under way in a window that died can have taken. */
const defaultLifetime = 91_000;
/** So long that it is the disk, and not a window that is just starting or busy. */
const defaultPatience = 1_000;
/** Between what may be told late and the telling, in milliseconds. */
const pause = 100;
/** What was written this much later than now was written by another clock. */
const tolerance = 1_000;
/** The service never means longer. */
const longestSilence = 31 * 86_400_000;

const time = v.pipe(v.number(), v.minValue(0));
const content = v.pipe(
  v.object({
    version: v.literal(1),
    /** When it was written. */
    at: time,
    running: v.pipe(v.number(), v.integer(), v.minValue(0)),
    answered: v.array(time),
    silentUntil: time,
  }),
  v.check(({ at, silentUntil }) => silentUntil <= at + longestSilence),
);
type Told = v.InferOutput<typeof content>;

const nothing: RateLimitUsage = { running: 0, answered: [], silentUntil: 0 };

/**
 * The ledger of a credential as small files, one for each window, which nobody but that window writes: there is nothing
 * to lock. They hold times and a count. What a window that died has told counts until it is too old to matter.
 */
export class RateLimitFiles implements RateLimitLedger {
  readonly #folder: string;
  readonly #prefix: string;
  readonly #ownName: string;
  readonly #log: (line: string) => void;
  readonly #lifetime: number;
  readonly #patience: number;
  readonly #events = new EventEmitter<{ change: [] }>();
  #own = nothing;
  /** The own use as it is in the file. */
  #written = nothing;
  #told: readonly Told[] = [];
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Writing and reading, under way and after that. */
  #current: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isReady = false;
  #isStuck = false;
  #hasFailed = false;
  #isDisposed = false;

  constructor({ folder, key, log = () => {}, lifetime = defaultLifetime, patience = defaultPatience }: RateLimitFilesOptions) {
    this.#folder = folder;
    // There is no way back to an account from this, but for whoever knows the account.
    this.#prefix = `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.`;
    this.#ownName = `${this.#prefix}${randomUUID()}.json`;
    this.#log = log;
    this.#lifetime = lifetime;
    this.#patience = patience;
  }

  get others(): readonly RateLimitUsage[] {
    const now = Date.now();
    const told = this.#told.filter((each) => this.#counts(each, now));
    return told.map((each) => (this.#isRecent(each, now) ? each : { ...nothing, silentUntil: each.silentUntil }));
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  async exchange(use: RateLimitUsage): Promise<void> {
    if (this.#isDisposed) return;
    this.#own = use;
    const done = this.#sync().then(() => {
      this.#isStuck = false;
    });
    // A disk that did not answer the last one is waited for by nobody until it does.
    if (this.#isStuck) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#isStuck = true;
        resolve();
      }, this.#patience).unref();
    });
    await Promise.race([done, enough]);
    clearTimeout(timer);
  }

  tell(use: RateLimitUsage): void {
    const isKnown = isSame(use, this.#own);
    this.#own = use;
    if (isKnown || this.#isDisposed) return;
    this.#timer ??= setTimeout(() => void this.#sync(), pause).unref();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#stopWatching();
  }

  /** Writes what is new and reads, one at a time. Who asks meanwhile waits for the next, which has what is newest. */
  #sync(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next ??= (this.#current ?? Promise.resolve()).then(async () => {
      this.#current = this.#next;
      this.#next = undefined;
      if (!this.#isDisposed) await this.#writeAndRead().catch((error: unknown) => this.#fail(error));
    });
    return this.#next;
  }

  async #writeAndRead(): Promise<void> {
    if (!this.#isReady) await this.#begin();
    const own = this.#own;
    if (!isSame(own, this.#written)) {
      const path = join(this.#folder, this.#ownName);
      const told: Told = { version: 1, at: Date.now(), running: own.running, answered: [...own.answered], silentUntil: own.silentUntil };
      await writeFileAtomically(path, JSON.stringify(told), { flush: false });
      this.#written = own;
    }
    const names = (await readdir(this.#folder)).filter(
      (name) => name.startsWith(this.#prefix) && name.endsWith('.json') && name !== this.#ownName,
    );
    const told = (await Promise.all(names.map((name) => this.#read(name)))).filter((each) => each !== undefined);
    const isNew = JSON.stringify(told) !== JSON.stringify(this.#told);
    this.#told = told;
    if (isNew) this.#events.emit('change');
  }

  async #begin(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#isReady = true;
    // Whatever was there before may be gone with the folder.
    this.#written = nothing;
    this.#watch();
    void this.#tidy().catch(() => undefined);
  }

  /** Learns at once what others tell. Where the system has no watcher left, it is learnt with the next request. */
  #watch(): void {
    this.#stopWatching();
    if (this.#isDisposed) return;
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, (_, name) => {
        const isOther = name === null || (name.startsWith(this.#prefix) && name.endsWith('.json') && name !== this.#ownName);
        if (isOther) void this.#sync();
      });
      this.#watcher.on('error', () => this.#stopWatching());
    } catch {
      this.#stopWatching();
    }
  }

  #stopWatching(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  async #read(name: string): Promise<Told | undefined> {
    const json = await readFile(join(this.#folder, name), 'utf8').catch(() => undefined);
    const told = v.safeParse(v.pipe(v.string(), v.parseJson(), content), json);
    return told.success ? told.output : undefined;
  }

  #counts(told: Told, now: number): boolean {
    return this.#isRecent(told, now) || (told.silentUntil > now && told.at - tolerance <= now);
  }

  #isRecent({ at }: Told, now: number): boolean {
    return at - tolerance <= now && at + this.#lifetime > now;
  }

  /** Removes what windows left behind that nobody counts any more, of any credential. */
  async #tidy(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name !== this.#ownName);
    await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const now = Date.now();
        if ((await stat(path)).mtimeMs + this.#lifetime > now) return;
        const told = await this.#read(name);
        if (!told || !this.#counts(told, now)) await remove(path);
      }),
    );
  }

  #fail(error: unknown): void {
    // The folder may be back the next time.
    this.#isReady = false;
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    this.#log(`What is asked for could not be shared with other windows: ${code}`);
  }
}

function isSame(one: RateLimitUsage, other: RateLimitUsage): boolean {
  return (
    JSON.stringify([one.running, one.answered, one.silentUntil]) === JSON.stringify([other.running, other.answered, other.silentUntil])
  );
}
