import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BufferError, type BufferErrorKind } from '../buffer/bufferError.ts';
import type { Update } from '../buffer/model.ts';
import type { NetworkType, QueueStore } from '../queue/queueStore.ts';
import type { Attempt } from './lookFor.ts';
import { type Entry, LostClaim, type Outbox } from './outbox.ts';

export interface OutboxSenderOptions {
  readonly store: QueueStore;
  readonly outbox: Outbox;
  readonly log?: (line: string) => void;
  /** Hears which profiles are about to leave an entry, before they do. */
  readonly leaving?: (entry: Entry, profileIds: readonly string[]) => Promise<void>;
  /** An entry that a window has had for so long without a word was left by one that died. Milliseconds; more than a request can take. */
  readonly staleAfter?: number;
  /** After a create without an answer, before it is looked for. Milliseconds. */
  readonly lookAfter?: number;
  /** Between tries while there is no connection: the first, and the longest. Milliseconds. */
  readonly pause?: number;
  readonly longestPause?: number;
}

/** Whoever is signed in, as entries know it. */
export interface Owner {
  readonly key: string;
  readonly label: string;
}

/**
 * Sends what waits in the outbox: one at a time, in order, each once. What may have arrived is looked for first. Of
 * several windows the one that takes an entry sends it; the others wait for it.
 */
export class OutboxSender {
  readonly #options: Required<OutboxSenderOptions>;
  readonly #events = new EventEmitter<{ sent: [readonly Update[], Entry] }>();
  #owner: Owner | undefined;
  #running: Promise<void> | undefined;
  #wasAskedAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #tries = 0;
  #isDisposed = false;
  readonly #following: { dispose(): void };

  constructor(options: OutboxSenderOptions) {
    this.#options = {
      log: () => {},
      leaving: () => Promise.resolve(),
      staleAfter: 120_000,
      lookAfter: 1000,
      pause: 15_000,
      longestPause: 300_000,
      ...options,
    };
    // Another window can leave something behind at any time.
    this.#following = this.#options.outbox.onDidChange(() => {
      if (!this.#running && !this.#timer && this.#options.outbox.entries.some(({ state }) => state !== 'failed')) this.soon();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#following.dispose();
    clearTimeout(this.#timer);
  }

  /** Calls back for each entry that went out, in this window. */
  onDidSend(listener: (updates: readonly Update[], entry: Entry) => void): { dispose(): void } {
    this.#events.on('sent', listener);
    return { dispose: () => this.#events.off('sent', listener) };
  }

  get owner(): Owner | undefined {
    return this.#owner;
  }

  /** Ends in time: what has not gone out until then must not go out once others take its entry for abandoned. */
  limit(): AbortSignal {
    return AbortSignal.timeout(this.#options.staleAfter / 2);
  }

  /** Sends for this person from now on; for nobody while undefined. */
  connect(owner: Owner | undefined): void {
    this.#owner = owner;
    this.#tries = 0;
    void this.run();
  }

  /** Something was put in: it is tried again after a pause. */
  soon(): void {
    this.#later(this.#options.pause);
  }

  /** The service answered something else, so it can be reached: what waits for that goes on. */
  heardFrom(): void {
    if (this.#running || !this.#timer || this.#tries === 0) return;
    void this.run();
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
   * @returns what is left of it, waiting; undefined when it arrived, or could not be looked for and stays as it is
   */
  async look(entry: Entry): Promise<Entry | undefined> {
    // In the queues of somebody else there is nothing to be seen of it.
    if (entry.owner.key !== this.#owner?.key) return undefined;
    const claimed = await this.#options.outbox.claim(entry);
    const looked = claimed && (await this.#look(claimed));
    return typeof looked === 'object' ? this.#options.outbox.release(looked, 'waiting', neverSent) : undefined;
  }

  async #runAll(): Promise<void> {
    while (this.#wasAskedAgain && !this.#isDisposed) {
      this.#wasAskedAgain = false;
      const wait = await this.#runOnce();
      if (wait !== undefined) this.#later(wait);
    }
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    this.#timer = setTimeout(() => void this.run(), milliseconds);
    // Nothing else is kept alive by it.
    this.#timer.unref();
  }

  /** @returns milliseconds after which to go on; undefined when there is nothing to do by itself */
  async #runOnce(): Promise<number | undefined> {
    for (;;) {
      const owner = this.#owner;
      if (!owner || this.#isDisposed) return undefined;
      const mine = (await this.#options.outbox.load()).filter(({ owner: { key }, state }) => key === owner.key && state !== 'failed');
      // What someone sends just now is in no row.
      const next = mine.find((entry) => !isFirstTry(entry) || this.#isAbandoned(entry));
      if (!next) {
        this.#tries = 0;
        return mine.length ? this.#options.pause : undefined;
      }
      // Its turn comes before that of those behind it.
      if (next.state === 'sending' && !this.#isAbandoned(next)) return this.#options.pause;
      const claimed = await this.#options.outbox.claim(next);
      if (!claimed) {
        // Another window took it, or the person did.
        await sleep(20);
        continue;
      }
      // One that was left in the middle may have been sent.
      const wait = await this.#send(next.state === 'sending' ? { ...claimed, since: next.since ?? next.touchedAt } : claimed, owner);
      if (wait !== undefined) return Number.isFinite(wait) ? wait : undefined;
    }
  }

  #isAbandoned({ state, touchedAt }: Entry): boolean {
    return state === 'sending' && Date.now() - touchedAt.getTime() >= this.#options.staleAfter;
  }

  /** One claimed entry. @returns milliseconds to wait, where nothing more can be sent for now */
  async #send(claimed: Entry, owner: Owner): Promise<number | undefined> {
    try {
      const looked = await this.#look(claimed);
      if (typeof looked === 'number' || looked === undefined) return looked;
      return await this.#create(looked, claimed.since !== undefined, owner);
    } catch (error) {
      if (error instanceof LostClaim) return undefined;
      throw error;
    }
  }

  /** What is left of an entry after looking for what may have arrived of it; undefined when nothing is. */
  async #look(entry: Entry): Promise<Entry | number | undefined> {
    if (!entry.since) return entry;
    const { store, outbox, log } = this.#options;
    try {
      const found = await (await import('./lookFor.ts')).lookFor(store, attemptOf(entry, entry.since));
      log(`outbox: looked for an update, ${found.length ? 'found it' : 'it is not there'}`);
      store.take(found);
      return await this.#arrived(entry, found);
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      await outbox.release(entry, 'unclear', { reason: error.message });
      return this.#pauseAfter(error);
    }
  }

  async #create(before: Entry, wasSent: boolean, owner: Owner): Promise<number | undefined> {
    const { store, outbox, log } = this.#options;
    if (typeof before.when === 'object' && before.when.at.getTime() <= Date.now()) {
      return this.#fail(before, 'Its time has passed before it could be sent.');
    }
    const profileIds = before.profiles.map(({ id }) => id);
    // Noted first: whatever happens from here on, it is looked for before it is sent once more.
    const entry = await outbox.note(before, {
      since: before.since ?? new Date(),
      knownIds: [...new Set([...before.knownIds, ...store.idsOf(profileIds)])],
      reason: undefined,
    });
    const back = (reason?: string) =>
      outbox.release(entry, wasSent ? 'unclear' : 'waiting', { since: before.since, knownIds: before.knownIds, reason });
    if (this.#owner?.key !== owner.key) {
      await back();
      return undefined;
    }
    try {
      const { text, when, media, details } = entry;
      const { created, refused } = await store.create({ profileIds, text, when, media, details }, networksOf(entry), {
        signal: this.limit(),
      });
      log(`outbox: sent to ${created.length} of ${profileIds.length} profiles`);
      const rest = await this.#arrived(entry, created);
      if (!rest) return undefined;
      const unclear = refused.find(({ error }) => error?.outcome === 'unknown')?.error;
      if (unclear) {
        await outbox.release(rest, 'unclear', { reason: unclear.message });
        return this.#options.lookAfter;
      }
      const passing = refused.find(({ error }) => error && waits(error))?.error;
      const duplicate = wasSent ? refused.find(({ error }) => error?.isDuplicate)?.error : undefined;
      if (duplicate && !passing) return await this.#lookAgain(rest, before, duplicate);
      if (!passing) return await this.#fail(rest, refused[0]?.error?.message ?? 'Buffer did not take it.');
      // Those among them that are not wanted are refused again, and then stay alone.
      await outbox.release(rest, 'waiting', { ...neverSent, reason: passing.message });
      return this.#pauseAfter(passing);
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      log(`outbox: ${error.kind}, ${error.outcome}`);
      if (error.outcome === 'unknown') {
        await outbox.release(entry, 'unclear', { reason: error.message });
        return this.#options.lookAfter;
      }
      if (wasSent && error.isDuplicate) return await this.#lookAgain(entry, before, error);
      if (!waits(error)) return await this.#fail(entry, error.message);
      await back(error.message);
      return this.#pauseAfter(error);
    }
  }

  /**
   * A refusal as a duplicate of what was sent before shows that it had arrived: what is there now is told as done. What
   * is still not to be seen is left to the person, as it may be there all the same.
   * @param before  as it was before it was sent again
   */
  async #lookAgain(entry: Entry, before: Entry, duplicate: BufferError): Promise<number | undefined> {
    const { store, outbox, log } = this.#options;
    const attempt = attemptOf({ ...before, profiles: entry.profiles }, before.since ?? before.touchedAt);
    const found = await (await import('./lookFor.ts')).lookFor(store, attempt).catch((error: unknown) => {
      if (!(error instanceof BufferError)) throw error;
      return error;
    });
    if (found instanceof BufferError) {
      await outbox.release(entry, 'unclear', { since: before.since, knownIds: before.knownIds, reason: found.message });
      return this.#pauseAfter(found);
    }
    log(`outbox: Buffer has it already, ${found.length ? 'found it' : 'but it is not there'}`);
    store.take(found);
    const rest = await this.#arrived(entry, found);
    if (!rest) return undefined;
    if (found.length === 0)
      return this.#fail(
        rest,
        `${duplicate.message} It was sent once and its answer was lost, so it may have arrived. Look at Buffer before you send it again.`,
      );
    // The others were refused with those that have it.
    await outbox.release(rest, 'unclear', { since: before.since, knownIds: before.knownIds, reason: duplicate.message });
    return this.#options.lookAfter;
  }

  /** Takes the profiles that have it out of an entry; undefined when none is left, and so the entry is out too. */
  async #arrived(entry: Entry, updates: readonly Update[]): Promise<Entry | undefined> {
    if (updates.length === 0) return entry;
    const { outbox } = this.#options;
    const has = new Set(updates.map(({ profileId }) => profileId));
    const profiles = entry.profiles.filter(({ id }) => !has.has(id));
    await this.#options.leaving(entry, [...has]);
    const rest = profiles.length ? await outbox.note(entry, { profiles }) : undefined;
    if (!rest) await outbox.done(entry);
    this.#tries = 0;
    this.#events.emit('sent', updates, entry);
    return rest;
  }

  async #fail(entry: Entry, reason: string): Promise<undefined> {
    await this.#options.outbox.release(entry, 'failed', { reason, ...neverSent });
    return undefined;
  }

  /** Milliseconds; without end where only signing in helps. */
  #pauseAfter({ kind, retryAfter }: BufferError): number {
    const { pause, longestPause } = this.#options;
    if (kind === 'unauthorized') return Number.POSITIVE_INFINITY;
    return retryAfter === undefined ? Math.min(longestPause, pause * 2 ** this.#tries++) : retryAfter * 1000;
  }
}

/** A person sends it and waits for the answer; it is in the outbox only in case that the window dies. */
export function isFirstTry({ state, generation }: Entry): boolean {
  return state === 'sending' && generation === 0;
}

function attemptOf({ text, media, details, profiles, knownIds }: Entry, since: Date): Attempt {
  return { text, media, details, profileIds: profiles.map(({ id }) => id), since, knownIds };
}

/** What is known of an entry that certainly did not arrive. */
export const neverSent = { since: undefined, knownIds: [] };

function networksOf({ profiles }: Entry): Record<string, NetworkType> {
  return Object.fromEntries(profiles.map(({ id, service, serviceType }) => [id, { service, serviceType }]));
}

const passing: ReadonlySet<BufferErrorKind> = new Set([
  'offline',
  'timeout',
  'rateLimited',
  'server',
  'unauthorized',
  'cancelled',
  'malformed',
  'intercepted',
]);

/** Whether waiting helps: there is no way to the service, no right to ask now, or it is out of order. */
export function waits({ kind }: BufferError): boolean {
  return passing.has(kind);
}
