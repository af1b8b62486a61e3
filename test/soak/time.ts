import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

// Time as the soak makes it: what runs on one of its computers has that computer's clocks and timers, however it asks
// for them. So all of delivery runs with its times as shipped, hundreds of times faster, and clocks can be set and sleep.

const running = new AsyncLocalStorage<Computer>();
const real = {
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  now: performance.now.bind(performance),
  timeout: AbortSignal.timeout.bind(AbortSignal),
  sleep: timersPromises.setTimeout,
};

/** True time. It goes on only when told to, so a computer that stalls is no gap in it. */
export class World {
  #now = real.Date.now();
  readonly timers = new Set<WorldTimer>();

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** Lets time go by; timers that are over by then fire, those first that are over longest. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
    this.fire();
  }

  fire(): void {
    const due = [...this.timers].filter((each) => each.left <= 0).sort((a, b) => a.left - b.left);
    for (const each of due) each.fire();
  }
}

/** A computer with a wall clock that can be set, and a monotonic one that stands still while it sleeps. */
export class Computer {
  readonly world: World;
  #ahead = 0;
  #slept = 0;
  #sleepsSince: number | undefined;
  #awake: Promise<void> = Promise.resolve();
  #wake = () => {};

  /** @param ahead  of true time, in milliseconds */
  constructor(world: World, ahead = 0) {
    this.world = world;
    this.#ahead = ahead;
  }

  get isAsleep(): boolean {
    return this.#sleepsSince !== undefined;
  }

  wall(): number {
    return Math.floor((this.#sleepsSince ?? this.world.now) + this.#ahead);
  }

  monotonic(): number {
    return (this.#sleepsSince ?? this.world.now) - this.#slept - epoch;
  }

  set(by: number): void {
    this.#ahead += by;
  }

  suspend(): void {
    if (this.isAsleep) return;
    this.#sleepsSince = this.world.now;
    this.#awake = new Promise((resolve) => (this.#wake = resolve));
  }

  /** @param isTimersFirst  whether timers come before what came from the disk meanwhile */
  resume(isTimersFirst: boolean): void {
    if (this.#sleepsSince === undefined) return;
    this.#slept += this.world.now - this.#sleepsSince;
    this.#sleepsSince = undefined;
    if (isTimersFirst) this.world.fire();
    this.#wake();
  }

  /** Ends when it is not asleep. */
  awake(): Promise<void> {
    return this.#awake;
  }

  run<Result>(work: () => Result): Result {
    return running.run(this, work);
  }
}

/** What monotonic clocks count from. */
const epoch = real.Date.now() - 1_000_000;

class WorldTimer {
  readonly #computer: Computer;
  readonly #work: () => void;
  readonly #delay: number;
  #due: number;

  constructor(computer: Computer, delay: number, work: () => void) {
    this.#computer = computer;
    this.#work = work;
    this.#delay = delay;
    this.#due = computer.monotonic() + delay;
    computer.world.timers.add(this);
  }

  /** Milliseconds. */
  get left(): number {
    return this.#computer.isAsleep ? 1 : this.#due - this.#computer.monotonic();
  }

  fire(): void {
    if (this.#computer.world.timers.delete(this)) this.#computer.run(this.#work);
  }

  end(): void {
    this.#computer.world.timers.delete(this);
  }

  refresh(): this {
    this.#due = this.#computer.monotonic() + this.#delay;
    this.#computer.world.timers.add(this);
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return false;
  }
}

class ComputerDate extends real.Date {
  constructor(...parts: [] | [number]) {
    if (parts.length) super(...parts);
    else super(ComputerDate.now());
  }

  static override now(): number {
    return running.getStore()?.wall() ?? real.Date.now();
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof real.Date;
  }
}

/** Gives what runs on a computer that one's time. @returns takes it back */
export function giveTime(): () => void {
  const setTimeout = (work: (...all: unknown[]) => void, delay = 0, ...all: unknown[]) => {
    const computer = running.getStore();
    return computer ? new WorldTimer(computer, delay, () => work(...all)) : real.setTimeout(work, delay, ...all);
  };
  const clearTimeout = (timer: unknown) => (timer instanceof WorldTimer ? timer.end() : real.clearTimeout(timer as NodeJS.Timeout));
  const timeout = (milliseconds: number) => {
    const computer = running.getStore();
    if (!computer) return real.timeout(milliseconds);
    const controller = new AbortController();
    new WorldTimer(computer, milliseconds, () => controller.abort(new DOMException('It took too long.', 'TimeoutError')));
    return controller.signal;
  };
  const sleep = (delay: number, value?: unknown, options: { signal?: AbortSignal; ref?: boolean } = {}) => {
    const computer = running.getStore();
    if (!computer) return real.sleep(delay, value, options);
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const stop = () => {
        timer.end();
        reject(signal!.reason as Error);
      };
      const timer = new WorldTimer(computer, delay, () => {
        signal?.removeEventListener('abort', stop);
        resolve(value);
      });
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  };
  Object.assign(globalThis, { Date: ComputerDate, setTimeout, clearTimeout });
  Object.assign(AbortSignal, { timeout });
  performance.now = () => running.getStore()?.monotonic() ?? real.now();
  Object.assign(timersPromises, { setTimeout: sleep });
  syncBuiltinESMExports();
  return () => {
    Object.assign(globalThis, { Date: real.Date, setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Object.assign(AbortSignal, { timeout: real.timeout });
    Reflect.deleteProperty(performance, 'now');
    Object.assign(timersPromises, { setTimeout: real.sleep });
    syncBuiltinESMExports();
  };
}
