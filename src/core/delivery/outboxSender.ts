import { EventEmitter } from 'node:events';
import { lazily } from '../async/lazily.ts';
import type { Update } from '../buffer/model.ts';
import type { Entry } from './entry.ts';
import type { OutboxSenderOptions, Owner, SenderParts } from './senderParts.ts';

export type { OutboxSenderOptions, Owner } from './senderParts.ts';

/**
 * Sends what waits in the outbox: one at a time, in order, each once. What may have arrived is looked for first. Of
 * several windows the one that takes an entry sends it; the others wait for it. This says when; `OutboxRun` does it,
 * and is loaded when there is something to send.
 */
export class OutboxSender implements SenderParts {
  readonly options: Required<OutboxSenderOptions>;
  readonly #events = new EventEmitter<{ sent: [readonly Update[], Entry] }>();
  #owner: Owner | undefined;
  #running: Promise<void> | undefined;
  #wasAskedAgain = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #loaded = lazily(async () => new (await import('./outboxRun.ts')).OutboxRun(this));
  #isDisposed = false;
  readonly #following: { dispose(): void };

  constructor(options: OutboxSenderOptions) {
    this.options = {
      log: () => {},
      leaving: () => Promise.resolve(),
      staleAfter: 120_000,
      lookAfter: 1000,
      settleAfter: 120_000,
      pause: 15_000,
      longestPause: 300_000,
      ...options,
    };
    const { outbox, staleAfter } = this.options;
    outbox.renewEvery = Math.max(staleAfter / 8, 10);
    // Whoever looks for it later would not find it, and send it again.
    options.store.onWillDestroy(async (update) => {
      if (this.#owner && (await outbox.load()).length) await (await this.#loaded()).noteDeletion(update);
    });
    // Another window can leave something behind at any time.
    this.#following = outbox.onDidChange(() => {
      const isIdle = !this.#running && !this.#timer;
      if (isIdle && outbox.entries.some(({ state }) => state !== 'failed' && state !== 'undecided')) this.soon();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#following.dispose();
    clearTimeout(this.#timer);
    this.options.outbox.dispose();
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Calls back for each entry that went out, in this window. */
  onDidSend(listener: (updates: readonly Update[], entry: Entry) => void): { dispose(): void } {
    this.#events.on('sent', listener);
    return { dispose: () => this.#events.off('sent', listener) };
  }

  tellSent(updates: readonly Update[], entry: Entry): void {
    this.#events.emit('sent', updates, entry);
  }

  get owner(): Owner | undefined {
    return this.#owner;
  }

  /** Ends in time: what has not gone out until then must not go out once others take its entry for abandoned. */
  async limit(entryId?: string): ReturnType<SenderParts['limit']> {
    const signal = AbortSignal.timeout(this.options.staleAfter / 2);
    return entryId === undefined ? { signal } : (await this.options.outbox.files()).lease.limit(entryId, signal);
  }

  /** Sends for this person from now on; for nobody while undefined. */
  connect(owner: Owner | undefined): void {
    this.#owner = owner;
    if (this.#loaded.hasBegun()) void this.#loaded().then((run) => run.restart());
    void this.run();
  }

  /** Something was put in: it is tried again after a pause. */
  soon(milliseconds = this.options.pause): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    // No timer can be longer. Nothing else is kept alive by it.
    this.#timer = setTimeout(() => void this.run(), Math.min(milliseconds, 2 ** 31 - 1)).unref();
  }

  /** The service answered something else, so it can be reached: what waits for that goes on. */
  heardFrom(): void {
    if (this.#running || !this.#timer || !this.#loaded.hasBegun()) return;
    void this.#loaded().then(({ isWaitingForConnection }) => isWaitingForConnection && void this.run());
  }

  /** Sends what can be sent now. Ends when all that waits went out, or has to wait for longer. */
  run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wasAskedAgain = true;
    this.#running ??= this.#runAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /**
   * Looks whether an entry arrived, and does not send what did not.
   * @returns what is left of it, waiting; undefined when it arrived, or it cannot be told yet and it stays as it is
   */
  async look(entry: Entry): Promise<Entry | undefined> {
    return (await this.#loaded()).lookOnly(entry);
  }

  async #runAll(): Promise<void> {
    while (this.#wasAskedAgain && !this.#isDisposed) {
      this.#wasAskedAgain = false;
      const wait = await this.#runOnce();
      if (wait !== undefined) this.soon(wait);
    }
  }

  /** @returns milliseconds after which to go on; undefined when there is nothing to do by itself */
  async #runOnce(): Promise<number | undefined> {
    const { outbox, log, pause } = this.options;
    try {
      if (!this.#owner || this.#isDisposed || !(await outbox.load()).length) return undefined;
      return await (await this.#loaded()).once();
    } catch (error) {
      // A disk that does not answer now may answer later.
      log(`outbox: ${error instanceof Error ? error.message : String(error)}`);
      return pause;
    }
  }
}
