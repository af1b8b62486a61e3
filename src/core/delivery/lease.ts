import { createHash, randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RequestOptions } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import type { Disk } from './disk.ts';

/** A window, as what it is at names it. */
export interface Holder {
  readonly window: string;
  readonly machine: string;
  readonly pid: number;
}

export interface LeaseOptions {
  readonly folder: string;
  readonly disk: Disk;
  /** What this process is, where not what the system says. */
  readonly process?: Pick<Holder, 'machine' | 'pid'>;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** Between renewals, in milliseconds; asked before each. */
  readonly every: () => number;
}

/**
 * That a window is alive, for the others: a file with a number that grows as long as the window is at something. The
 * number says it, not a time, as no two clocks need to agree on it.
 */
export class Lease {
  readonly #options: LeaseOptions;
  readonly #window = randomUUID();
  /** What this window is at, and what ends when it may have lost it. */
  readonly #held = new Map<string, AbortSignal>();
  #counter = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #asleep = new AbortController();
  #last: { readonly monotonic: number; readonly wall: number } | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  async holder(): Promise<Holder> {
    return { window: this.#window, ...(this.#options.process ?? { machine: await thisMachine(), pid: process.pid }) };
  }

  /** Whether this window is at it just now. */
  holds(id: string): boolean {
    return this.#held.has(id);
  }

  isOwn({ window }: Holder): boolean {
    return window === this.#window;
  }

  /** To be called before a claim is made, or made good once more: from then on time counts. */
  hold(id: string): void {
    this.#check();
    this.#held.set(id, this.#asleep.signal);
    if (!this.#timer && !this.#isOver) void this.#renew();
  }

  release(id: string): void {
    this.#held.delete(id);
  }

  /**
   * For a request of what this window holds: it ends when the window was away for so long, asleep or hung, that another
   * one may have taken over. What has not gone out by then must not, so it is looked at once more as it leaves: no timer
   * says that in time, as timers sleep, too.
   */
  limit(id: string, signal: AbortSignal): Pick<RequestOptions, 'signal' | 'lastCheck'> {
    const held = AbortSignal.any([signal, this.#held.get(id) ?? AbortSignal.abort()]);
    const lastCheck = () => {
      this.#check();
      if (held.aborted) throw new BufferError('timeout', 'This window was away while it was to be sent. It is tried again.');
    };
    return { signal: held, lastCheck };
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** Whether it was away for too long since it last gave a sign of life. */
  #check(): void {
    const { monotonic, every } = this.#options;
    const now = { monotonic: monotonic(), wall: Date.now() };
    const away = this.#last && Math.max(now.monotonic - this.#last.monotonic, now.wall - this.#last.wall);
    // A clock that was set on looks like sleep. Then a request ends early and is looked for, which costs little.
    if (away !== undefined && away > every() * renewalsInTime) {
      this.#asleep.abort();
      this.#asleep = new AbortController();
      this.#last = now;
    }
  }

  async #renew(): Promise<void> {
    const { folder, disk, monotonic, every } = this.#options;
    const pause = every();
    this.#check();
    this.#last = this.#held.size ? { monotonic: monotonic(), wall: Date.now() } : undefined;
    const file = join(folder, `${this.#window}.lease`);
    clearTimeout(this.#timer);
    this.#timer = this.#held.size ? setTimeout(() => void this.#renew(), pause).unref() : undefined;
    // Who cannot write looks dead to others, who look before they send.
    await (this.#timer ? disk.write(file, String(++this.#counter)) : disk.remove(file)).catch(() => undefined);
  }
}

/** After so many renewals that did not come, a window takes itself for lapsed: half of what others wait. */
const renewalsInTime = 4;

type ObserverOptions = Pick<LeaseOptions, 'folder' | 'disk' | 'monotonic' | 'process'>;

/**
 * Says of other windows whether they are gone. Of one on this machine the system knows; else it is the silence that
 * tells, measured by this window's own clock and only while this window looks.
 */
export class LeaseObserver {
  readonly #options: ObserverOptions;
  readonly #seen = new Map<string, { word: string | undefined; at: number; silence: number }>();

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  /**
   * @param claim      what the window is at, and since when: what it did not say before that was no silence
   * @param silentFor  how long its silence must have been seen, in milliseconds
   * @param glance     the longest time between two looks that counts as silence; longer ones were this computer's sleep
   */
  async isGone({ window, machine, pid }: Holder, claim: string, silentFor: number, glance: number): Promise<boolean> {
    const { folder, disk, monotonic, process: own } = this.#options;
    if (machine === (own?.machine ?? (await thisMachine())) && !isAlive(pid)) return true;
    const word = (await disk.read(join(folder, `${window}.lease`)))?.text;
    const now = monotonic();
    const key = `${window} ${claim}`;
    const before = this.#seen.get(key);
    const silence = before?.word === word && before ? before.silence + Math.min(now - before.at, glance) : 0;
    if (this.#seen.size > mostSeen) this.#seen.clear();
    this.#seen.set(key, { word, at: now, silence });
    return silence >= silentFor;
  }
}

/** Claims of others that are remembered; forgotten ones are watched anew. */
const mostSeen = 1_000;

/** Whether there is a process of this number on this machine. One of somebody else is one too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

let machine: Promise<string> | undefined;

/**
 * Where numbers of processes mean the same: this computer since it was started and, as containers count their own, this
 * container. Only a hash of it is written.
 */
function thisMachine(): Promise<string> {
  machine ??= Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]).then((marks) =>
    createHash('sha256')
      .update([hostname(), process.platform, ...marks].join(' '))
      .digest('hex')
      .slice(0, 16),
  );
  return machine;
}
