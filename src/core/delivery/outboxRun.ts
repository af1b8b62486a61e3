import { setTimeout as sleep } from 'node:timers/promises';
import { BufferError, type BufferErrorKind } from '../buffer/bufferError.ts';
import type { Update } from '../buffer/model.ts';
import type { NetworkType } from '../queue/queueStore.ts';
import { type Entry, isFirstTry, LostClaim, neverSent } from './entry.ts';
import { attemptOf, couldBe, isMadeSince, lookFor } from './lookFor.ts';
import { abandonedAs } from './outboxFiles.ts';
import type { Owner, SenderParts } from './senderParts.ts';

/** Waits without end: only the person, or a sign-in, helps. */
const forEver = Number.POSITIVE_INFINITY;

/** One round through the outbox, and what is done with each entry. docs/delivery.md has the states. */
export class OutboxRun {
  readonly #sender: SenderParts;
  #tries = 0;
  #looks = 0;

  constructor(sender: SenderParts) {
    this.#sender = sender;
  }

  get isWaitingForConnection(): boolean {
    return this.#tries > 0;
  }

  /** Somebody else is signed in. */
  restart(): void {
    this.#tries = 0;
    this.#looks = 0;
  }

  /** Sends what can be sent. @returns milliseconds after which to go on; undefined when there is nothing to do by itself */
  async once(): Promise<number | undefined> {
    const { outbox, log, pause } = this.#sender.options;
    /** Those at which something went wrong that has nothing to do with the others. */
    const skipped = new Set<string>();
    const again = () => (skipped.size ? pause : undefined);
    for (;;) {
      const { owner } = this.#sender;
      if (!owner || this.#sender.isDisposed) return undefined;
      const all = await outbox.load();
      const mine = all.filter(({ id, owner: { key }, state }) => key === owner.key && !isTheirs(state) && !skipped.has(id));
      const next = await this.#next(mine);
      if (next === 'later') return pause;
      if (!next) {
        this.restart();
        return mine.length ? pause : again();
      }
      try {
        const claimed = await outbox.claim(next);
        if (!claimed) {
          // Another window took it, or the person did.
          await sleep(20);
          continue;
        }
        const wait = await this.#act(claimed, next.state === 'sending' ? abandonedAs(next) : next.state, owner);
        if (wait !== undefined) return Number.isFinite(wait) ? wait : again();
      } catch (error) {
        if (error instanceof LostClaim) continue;
        log(`outbox: an entry was left for later: ${error instanceof Error ? error.message : String(error)}`);
        skipped.add(next.id);
        (await outbox.files()).lease.release(next.id);
      }
    }
  }

  /** The first that is to be done something with; `later` where another window is at it. */
  async #next(mine: readonly Entry[]): Promise<Entry | 'later' | undefined> {
    const { outbox, staleAfter, pause } = this.#sender.options;
    const files = await outbox.files();
    const gone = new Set<Entry>();
    // Each is watched from when it is first seen, so all are at once.
    for (const entry of mine)
      if (entry.state === 'sending' && (await files.isAbandoned(entry, staleAfter, Math.max(2 * pause, staleAfter / 4)))) gone.add(entry);
    for (const entry of mine) {
      if (entry.state !== 'sending' || gone.has(entry)) return entry;
      // What someone sends just now is in no row; the turn of all others comes before that of those behind them.
      if (!isFirstTry(entry)) return 'later';
    }
    return undefined;
  }

  /** Looks for an entry and does not send it. @see OutboxSender.look */
  async lookOnly(entry: Entry): Promise<Entry | undefined> {
    const { outbox } = this.#sender.options;
    // In the queues of somebody else there is nothing to be seen of it.
    if (entry.owner.key !== this.#sender.owner?.key) return undefined;
    const claimed = await outbox.claim(entry);
    if (!claimed) return undefined;
    try {
      const looked = await this.#look(claimed);
      return typeof looked === 'object' ? await outbox.release(looked, 'waiting', neverSent) : undefined;
    } finally {
      (await outbox.files()).lease.release(entry.id);
    }
  }

  /** The person deletes an update: where an entry that is still there can have become it, it has, and is not looked for. */
  async noteDeletion(update: Update): Promise<void> {
    const { outbox } = this.#sender.options;
    const files = await outbox.files();
    const mine = outbox.entries.filter(({ owner }) => owner.key === this.#sender.owner?.key);
    const whose = await files.settledBy(update.id);
    for (const { id } of couldBe(mine, update)) if ((whose ?? id) === id && (await files.noteDeletion(update, id))) return;
  }

  /** One claimed entry. @returns milliseconds to wait, where nothing more can be sent for now */
  async #act(claimed: Entry, state: Entry['state'], owner: Owner): Promise<number | undefined> {
    // A window died while the person did something with it.
    if (isTheirs(state)) {
      await this.#sender.options.outbox.release(claimed, state);
      return undefined;
    }
    const looked = state === 'unclear' ? await this.#look(claimed) : claimed;
    if (typeof looked === 'number' || looked === undefined) return looked;
    return this.#create(looked, owner);
  }

  /**
   * What is left of an entry after looking for what may have arrived of it; undefined when nothing is, or the person is
   * asked.
   * @param duplicate  the service refused it once more, as it has it
   */
  async #look(whole: Entry, duplicate?: BufferError): Promise<Entry | number | undefined> {
    const entry = await this.#leaveFound(whole);
    if (!entry) return undefined;
    const { outbox, log, settleAfter, pause } = this.#sender.options;
    const { store } = this.#sender.options;
    try {
      const looked = await lookFor({ store, outbox, settleAfter }, entry.id, attemptOf(entry));
      const { arrived, missing, open, undecided, doubts, times, wait } = looked;
      log(`outbox: looked for an update: ${arrived.length} there, ${missing.length} not, ${open.length + undecided.length} unclear`);
      const rest = await this.#arrived(entry, idsOf(arrived), arrived);
      if (!rest) return undefined;
      if (open.length && !duplicate) {
        await outbox.release(rest, 'unclear', times);
        // Early once, as most come within seconds, and then when it is certain.
        return this.#looks++ ? wait : Math.min(wait, pause);
      }
      if (undecided.length || duplicate) {
        const reason = duplicate
          ? `${duplicate.message} Its answer was lost once, so it may have arrived. Look at Buffer before you send it again.`
          : doubts.some(({ text }) => text === entry.text)
            ? 'Its answer was lost, and an update that says the same was made at that time: whether it is this one cannot be told any more.'
            : doubts.length
              ? 'Its answer was lost, and an update was made at that time that says something else now: it may be this one, changed since.'
              : 'Its answer was lost, and it was not to be seen in time: it may have arrived and be gone again.';
        await outbox.release(rest, 'undecided', { ...times, doubts, reason });
        return undefined;
      }
      return { ...rest, ...times };
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      // More was posted since than can be looked through; that does not get better.
      if (error.kind === 'rejected') {
        await outbox.release(entry, 'undecided', { reason: error.message });
        return undefined;
      }
      await outbox.release(entry, 'unclear', { reason: error.message });
      return this.#pauseAfter(error);
    }
  }

  async #create(before: Entry, owner: Owner): Promise<number | undefined> {
    const { store, outbox, log } = this.#sender.options;
    if (typeof before.when === 'object' && before.when.at.getTime() <= (store.serviceNow() ?? new Date()).getTime()) {
      return this.#fail(before, 'Its time has passed before it could be sent.');
    }
    const profileIds = before.profiles.map(({ id }) => id);
    const wasSent = before.since !== undefined;
    const now = store.serviceNow();
    const sentAt = now ?? new Date();
    // On the disk first: whatever happens from here on, it is looked for before it is sent once more.
    const entry = await outbox.note(before, {
      since: before.since ?? sentAt,
      sentAt,
      isGuessed: before.isGuessed || !now || undefined,
      isSlow: undefined,
      isAnswered: undefined,
      lookedAt: undefined,
      // What came since the first time can be what was sent then.
      knownIds: wasSent ? before.knownIds : store.idsOf(profileIds),
      reason: undefined,
      isOnItsWay: true,
    });
    const asBefore = { ...timesOf(before), isOnItsWay: undefined };
    if (this.#sender.owner?.key !== owner.key) {
      await outbox.release(entry, wasSent ? 'unclear' : 'waiting', asBefore);
      return undefined;
    }
    try {
      const limit = await this.#sender.limit(entry.id);
      const { text, when, media, details, options } = entry;
      const { created, refused } = await store.create({ profileIds, text, when, media, details, ...options }, networksOf(entry), {
        ...limit,
        owner: entry.owner.key,
      });
      log(`outbox: sent to ${created.length} of ${profileIds.length} profiles`);
      const files = await outbox.files();
      const marked: Update[] = [];
      for (const update of created) if (await files.settleCertain(update, entry.id)) marked.push(update);
      const rest = await this.#arrived(entry, idsOf(marked), marked);
      if (!rest) return undefined;
      const unclear = refused.find(({ error }) => error?.outcome === 'unknown')?.error;
      if (unclear) return await this.#unclear(rest, unclear);
      if (marked.length < created.length) {
        // What cannot be noted as what became of this one, and could be taken for another one's, stays until it can.
        const found = created.filter((each) => !marked.includes(each)).map(({ id, profileId }) => ({ updateId: id, profileId }));
        await outbox.release(rest, 'unclear', { found });
        return this.#sender.options.lookAfter;
      }
      const passing = refused.find(({ error }) => error && waits(error))?.error;
      const duplicate = wasSent ? refused.find(({ error }) => error?.isDuplicate)?.error : undefined;
      if (duplicate && !passing) return await this.#duplicate({ ...rest, ...timesOf(before) }, duplicate);
      if (!passing) return await this.#fail(rest, refused[0]?.error?.message ?? 'Buffer did not take it.');
      // Those among them that are not wanted are refused again, and then stay alone.
      await outbox.release(rest, wasSent ? 'unclear' : 'waiting', { ...(wasSent ? asBefore : neverSent), reason: passing.message });
      return this.#pauseAfter(passing);
    } catch (error) {
      if (!(error instanceof BufferError)) {
        await outbox.release(entry, 'unclear', { isOnItsWay: undefined });
        throw error;
      }
      log(`outbox: ${error.kind}, ${error.outcome}`);
      if (error.outcome === 'unknown') return this.#unclear(entry, error);
      if (wasSent && error.isDuplicate) return await this.#duplicate({ ...entry, ...timesOf(before) }, error);
      if (!waits(error)) return await this.#fail(entry, error.message);
      await outbox.release(entry, wasSent ? 'unclear' : 'waiting', { ...asBefore, reason: error.message });
      return this.#pauseAfter(error);
    }
  }

  async #unclear(entry: Entry, error: BufferError): Promise<number> {
    const { outbox, lookAfter } = this.#sender.options;
    await outbox.release(entry, 'unclear', { reason: error.message, ...marksOf(error) });
    this.#looks = 0;
    return lookAfter;
  }

  /**
   * A refusal as a duplicate of what was sent before shows that it had arrived: what is there now is told as done. What
   * is still not to be seen is left to the person, as it may be there all the same.
   * @param entry  with the times of before it was sent again
   */
  async #duplicate(entry: Entry, duplicate: BufferError): Promise<number | undefined> {
    const { outbox, lookAfter } = this.#sender.options;
    const count = entry.profiles.length;
    const looked = await this.#look(entry, duplicate);
    if (typeof looked !== 'object') return looked;
    // The others were refused with those that have it.
    await outbox.release(looked, looked.profiles.length < count ? 'unclear' : 'undecided', { reason: duplicate.message });
    return lookAfter;
  }

  /** What is known to have arrived leaves an entry before it is looked for: it may have been changed, or deleted, since. */
  async #leaveFound(entry: Entry): Promise<Entry | undefined> {
    const files = await this.#sender.options.outbox.files();
    const has: string[] = [];
    const deleted = (await files.deletedOf(entry)).filter(({ createdAt }) => isMadeSince(entry, createdAt));
    for (const { updateId, profileId } of [...files.foundOf(entry), ...deleted])
      if (await files.settle(updateId, entry.id)) has.push(profileId);
    return this.#arrived(entry, has, []);
  }

  /**
   * Takes the profiles that have it out of an entry; undefined when none is left, and so the entry is out too.
   * @param updates  those of which nobody has heard
   */
  async #arrived(entry: Entry, has: readonly string[], updates: readonly Update[]): Promise<Entry | undefined> {
    if (has.length === 0) return entry;
    const { outbox, leaving } = this.#sender.options;
    const profiles = entry.profiles.filter(({ id }) => !has.includes(id));
    await leaving(entry, has);
    const rest = profiles.length ? await outbox.note(entry, { profiles, found: undefined }) : undefined;
    if (!rest) await outbox.done(entry, true);
    this.restart();
    if (updates.length) this.#sender.tellSent(updates, entry);
    return rest;
  }

  async #fail(entry: Entry, reason: string): Promise<undefined> {
    await this.#sender.options.outbox.release(entry, 'failed', { reason, ...neverSent });
    return undefined;
  }

  /** Milliseconds; without end where only signing in helps. */
  #pauseAfter({ kind, retryAfter }: BufferError): number {
    const { pause, longestPause } = this.#sender.options;
    if (kind === 'unauthorized') return forEver;
    return retryAfter === undefined ? Math.min(longestPause, pause * 2 ** this.#tries++) : retryAfter * 1000;
  }
}

function idsOf(updates: readonly Update[]): string[] {
  return updates.map(({ profileId }) => profileId);
}

/** Whether it is the person's turn. */
function isTheirs(state: Entry['state']): state is 'failed' | 'undecided' {
  return state === 'failed' || state === 'undecided';
}

function timesOf({ since, sentAt, isGuessed, isSlow, isAnswered, lookedAt, knownIds }: Entry) {
  return { since, sentAt, isGuessed, isSlow, isAnswered, lookedAt, knownIds };
}

/** What an error without a certain outcome says of when it is certain. */
export function marksOf({ kind }: BufferError): Pick<Entry, 'isSlow' | 'isAnswered'> {
  // A failure of the server can be that of a gateway that waited for it in vain.
  const isSlow = kind === 'timeout' || kind === 'server' || kind === 'cancelled';
  return { isSlow: isSlow || undefined, isAnswered: kind === 'malformed' || undefined };
}

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
