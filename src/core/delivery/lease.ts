import { createHash, randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
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
  readonly #held = new Set<string>();
  #counter = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #asleep = new AbortController();
  #last: { readonly monotonic: number; readonly wall: number } | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  async holder(): Promise<Holder> {
    return { window: this.#window, machine: await thisMachine(), pid: process.pid };
  }

  /** Whether this window is at it just now. */
  holds(id: string): boolean {
    return this.#held.has(id);
  }

  isOwn({ window }: Holder): boolean {
    return window === this.#window;
  }

  hold(id: string): void {
    this.#held.add(id);
    if (!this.#timer && !this.#isOver) void this.#renew();
  }

  release(id: string): void {
    this.#held.delete(id);
  }

  /**
   * Ends when this window was away for so long, asleep or hung, that another one may have taken over: what has not gone
   * out by then must not.
   */
  get signal(): AbortSignal {
    return this.#asleep.signal;
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #renew(): Promise<void> {
    const { folder, disk, monotonic, every } = this.#options;
    const pause = every();
    const now = { monotonic: monotonic(), wall: Date.now() };
    const away = this.#last && Math.max(now.monotonic - this.#last.monotonic, now.wall - this.#last.wall);
    // A clock that was set on looks like sleep. Then a request ends early and is looked for, which costs little.
    if (away !== undefined && away > pause * renewalsInTime) {
      this.#asleep.abort();
      this.#asleep = new AbortController();
    }
    this.#last = this.#held.size ? now : undefined;
    const file = join(folder, `${this.#window}.lease`);
    clearTimeout(this.#timer);
    this.#timer = this.#held.size ? setTimeout(() => void this.#renew(), pause).unref() : undefined;
    // Who cannot write looks dead to others, who look before they send.
    await (this.#timer ? disk.write(file, String(++this.#counter)) : disk.remove(file)).catch(() => undefined);
  }
}

/** After so many renewals that did not come, a window takes itself for lapsed: half of what others wait. */
const renewalsInTime = 4;

/**
 * Says of other windows whether they are gone. Of one on this machine the system knows; else it is the silence that
 * tells, measured by this window's own clock and only while this window looks.
 */
export class LeaseObserver {
  readonly #options: Pick<LeaseOptions, 'folder' | 'disk' | 'monotonic'>;
  readonly #seen = new Map<string, { word: string | undefined; at: number; silence: number }>();

  constructor(options: Pick<LeaseOptions, 'folder' | 'disk' | 'monotonic'>) {
    this.#options = options;
  }

  /**
   * @param silentFor  how long its silence must have been seen, in milliseconds
   * @param glance     the longest time between two looks that counts as silence; longer ones were this computer's sleep
   */
  async isGone({ window, machine, pid }: Holder, silentFor: number, glance: number): Promise<boolean> {
    if (machine === (await thisMachine()) && !isAlive(pid)) return true;
    const { folder, disk, monotonic } = this.#options;
    const word = (await disk.read(join(folder, `${window}.lease`)))?.text;
    const now = monotonic();
    const before = this.#seen.get(window);
    const silence = before?.word === word && before ? before.silence + Math.min(now - before.at, glance) : 0;
    this.#seen.set(window, { word, at: now, silence });
    return silence >= silentFor;
  }
}

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
