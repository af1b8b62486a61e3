import { EventEmitter } from 'node:events';
import { BufferError } from '../bufferError.ts';
import type { ApiName, BudgetWindow } from '../model.ts';
import { isHigherPriority, priorities, type Priority } from '../priority.ts';
import type { RateLimitLedger, RateLimitUsage } from './rateLimitLedger.ts';
import { isScarce, retryAfterSeconds } from './requestBudget.ts';

export interface RateLimiterOptions {
  /** Requests within any `per` milliseconds, for a service that does not tell what is left; no limit of our own without. */
  readonly limit?: number;
  readonly per?: number;
  /** Requests at the same time; the last of them is for writes. */
  readonly parallel?: number;
  /** Milliseconds that a read or a write waits because the service says so, before it fails with the time instead. */
  readonly patience?: { readonly read: number; readonly write: number };
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic?: () => number;
}

/** As the services document their limits; v1 for any 60 seconds, with half a second for what is late on its way. */
export const rateLimits: Readonly<Record<ApiName, RateLimiterOptions>> = {
  v1: { limit: 60, per: 60_500, parallel: 8 },
  graphql: { parallel: 3 },
};

/** What one request needs to go out, through all its tries. */
export interface PermitRequest {
  priority: Priority;
  readonly signal?: AbortSignal;
  /** Its place among those of the same priority; given when it is first asked for. */
  order?: number;
}

/** What came of a request, as far as it tells when the next one may go. */
export interface PermitAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** What is left of each window, where the answer told. */
  readonly windows?: readonly BudgetWindow[];
}

/** The right to send one request. To be ended whatever came of it. */
export interface Permit {
  /** Lets the next one go, and learns from the answer, if there was one. */
  release(answer?: PermitAnswer): void;
  /** It was not sent after all. */
  giveBack(): void;
}

/** Requests that have to wait for more than their turn. */
export interface Waiting {
  readonly count: number;
  /** When it began. */
  readonly since: Date;
  /** When the next one goes out, or could. */
  readonly until: Date;
}

interface Entry {
  readonly request: PermitRequest;
  readonly resolve: (permit: Permit) => void;
  readonly reject: (error: BufferError) => void;
}

/** What is said of every request that came too soon. */
export const tooOften = 'Buffer was asked too often. Wait a moment.';

const defaultPatience = { read: 60_000, write: 5_000 };
/** Milliseconds of silence after a 429 that names none, and after any. */
const usualSilence = 60_000;
const shortestSilence = 1_000;
/** Requests of a window that are tried however many others there seem to be. */
const leastShare = 8;
/** Milliseconds for which it is not read again what other windows told, and after which it is while somebody waits. */
const freshFor = 50;
const staleAfter = 1_000;
/** Milliseconds before another try to go, at most, where two windows were at it at the same time. */
const longestStandBack = 40;
/** Milliseconds by which a clock goes wrong without having been set. */
const drift = 500;

/**
 * One for all that a credential asks for: as fast as the limits allow and no faster, the most urgent first.
 *
 * A request takes its place in the window from when it is sent until `per` after its answer, so it does not matter when
 * between the two the service counted it: no window of the service's ever holds more than the limit. The last places
 * are kept for what is more urgent. Where the service tells what is left, that counts, less what it may not have counted
 * yet. After a 429 nobody sends until its time is over. Others who use the credential must have caused it, so reads keep
 * for a while to what they got until then, and leave the others theirs.
 *
 * Windows that share a ledger count as one: places are told to the others before they are used, and a silence is
 * everybody's.
 */
export class RateLimiter {
  readonly #limit: number;
  readonly #per: number;
  readonly #parallel: number;
  readonly #patience: { readonly read: number; readonly write: number };
  readonly #now: () => number;
  readonly #monotonic: () => number;
  /** By how much the wall clock was ahead of the other one. */
  #ahead = Number.NEGATIVE_INFINITY;
  readonly #events = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  #queue: Entry[] = [];
  #lastOrder = 0;
  /** When the requests of the window were answered, oldest first; and which of them were let through. */
  #answered: number[] = [];
  #accepted: number[] = [];
  /** What reads may have of a window that is shared with others. */
  #share = Number.POSITIVE_INFINITY;
  #sharedUntil = 0;
  #running = 0;
  /** All that were ever sent, and ended. */
  #sentCount = 0;
  #endedCount = 0;
  #silentUntil = 0;
  #ledger: RateLimitLedger | undefined;
  #ledgerSubscription: { dispose(): void } | undefined;
  /** When the other windows were last asked what they use, and what that was. */
  #lookedAt = 0;
  #runningElsewhere = 0;
  #answeredElsewhere: readonly number[] = [];
  #silentElsewhere = 0;
  /** Who goes out as soon as the other windows know. */
  readonly #booked = new Set<Entry>();
  #isBooking = false;
  /** What the service told, and how many of our requests it had counted for sure. */
  #told: { readonly windows: readonly BudgetWindow[]; readonly counted: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #waiting: Waiting | undefined;

  constructor({
    limit = Number.POSITIVE_INFINITY,
    per = 60_000,
    parallel = Number.POSITIVE_INFINITY,
    patience = defaultPatience,
    now = Date.now,
    monotonic = () => performance.now(),
  }: RateLimiterOptions = {}) {
    this.#limit = limit;
    this.#per = per;
    this.#parallel = parallel;
    this.#patience = patience;
    this.#now = now;
    this.#monotonic = monotonic;
  }

  /** Counts what other windows use from now on, and tells them what this one does. Nothing is read before a request. */
  share(ledger: RateLimitLedger): void {
    this.#ledgerSubscription?.dispose();
    this.#ledger = ledger;
    this.#ledgerSubscription = ledger.onDidChange(() => this.#advance());
    ledger.tell(this.#use());
  }

  /** Ends the sharing, and what still waits. */
  dispose(): void {
    this.#ledgerSubscription?.dispose();
    this.#ledger?.dispose();
    this.#ledger = undefined;
    this.clear();
    clearTimeout(this.#timer);
  }

  /** Calls back when other requests wait, or until another time. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** Who waits until when, unless requests go out as they come. After a 429 also where nobody waits. */
  get waiting(): Waiting | undefined {
    return this.#waiting && this.#waiting.until.getTime() > this.#now() ? this.#waiting : undefined;
  }

  /**
   * The right to send one request, when its turn has come.
   * @throws BufferError `rateLimited` where it would have to wait for too long, `cancelled` when given up meanwhile
   */
  acquire(request: PermitRequest): Promise<Permit> {
    return new Promise((resolve, reject) => {
      const { signal } = request;
      if (signal?.aborted) return reject(cancelled());
      request.order ??= ++this.#lastOrder;
      const leave = () => {
        this.#queue = this.#queue.filter((each) => each !== entry);
        this.#booked.delete(entry);
        reject(cancelled());
        this.#advance();
      };
      const entry: Entry = {
        request,
        resolve: (permit) => {
          signal?.removeEventListener('abort', leave);
          resolve(permit);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(entry);
      this.#advance();
    });
  }

  /** Somebody in more of a hurry wants the same. */
  hurry(request: PermitRequest, priority: Priority): void {
    if (!isHigherPriority(priority, request.priority)) return;
    request.priority = priority;
    this.#advance();
  }

  /** Nobody wants any more what still waits. */
  clear(): void {
    for (const { reject } of [...this.#booked, ...this.#queue.splice(0)]) reject(cancelled());
    this.#booked.clear();
    this.#advance();
  }

  /** Lets go who may, sends away who would wait for too long, and wakes up for the next one. */
  #advance(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#queue.sort(
      (a, b) => priorities.indexOf(a.request.priority) - priorities.indexOf(b.request.priority) || a.request.order! - b.request.order!,
    );
    const now = this.#look();
    if (this.#ledger) {
      this.#book(this.#ledger, now);
      // What the others use is known in a moment, and all that follows then done.
      if (this.#isBooking) return;
    } else {
      for (const entry of this.#takeNext(now)) entry.resolve(this.#begin());
    }
    this.#sendAway(now);

    const [next] = this.#queue;
    const until = next ? this.#freeAt(next.request.priority, now) : this.#silence;
    // Nobody who would wait for longer than a timer can be set is in the queue any more.
    const longest = this.#ledger ? staleAfter : until - now;
    if (next && until > now) this.#timer = setTimeout(() => this.#advance(), Math.min(until - now, longest));
    this.#tell(
      until > now ? { count: this.#queue.length, since: this.waiting?.since ?? new Date(now), until: new Date(until) } : undefined,
    );
  }

  /** Brings up to date what is used, here and elsewhere; answers with now. */
  #look(): number {
    const now = this.#now();
    this.#followClock(now);
    // Nothing was answered later than now, whatever became of the clock.
    const recent = (times: readonly number[]) => times.map((time) => Math.min(time, now)).filter((time) => time + this.#per > now);
    this.#answered = recent(this.#answered);
    this.#accepted = recent(this.#accepted);
    const others = this.#ledger?.others ?? [];
    const silence = this.#silence;
    this.#runningElsewhere = others.reduce((sum, { running }) => sum + running, 0);
    this.#answeredElsewhere = recent(others.flatMap(({ answered }) => answered));
    this.#silentElsewhere = Math.max(0, ...others.map(({ silentUntil }) => silentUntil));
    if (this.#silence > Math.max(silence, now)) this.#keepToShare(now);
    return now;
  }

  /** A silence lasts as long as it was meant to, also where the clock is set back; it would begin anew, or last for hours. */
  #followClock(now: number): void {
    const ahead = now - this.#monotonic();
    const back = this.#ahead - ahead;
    if (Math.abs(back) > drift) this.#ahead = ahead;
    // One that is set on looks like sleep, in which the time of a silence went by.
    if (!(back > drift && Number.isFinite(back))) return;
    this.#silentUntil -= back;
    this.#sharedUntil -= back;
    const shifted = (window: BudgetWindow) => ({ ...window, resetsAt: new Date(window.resetsAt.getTime() - back) });
    if (this.#told) this.#told = { ...this.#told, windows: this.#told.windows.map(shifted) };
  }

  /** The first that may go, taken out of the queue. Who is less urgent may less, so the first that may not is the end. */
  *#takeNext(now: number): Generator<Entry> {
    for (let next = this.#queue[0]; next && this.#mayGo(next, now); next = this.#queue[0]) {
      this.#queue.shift();
      yield next;
    }
  }

  /** Begins to let go who may, unless that is under way or known to be nobody. */
  #book(ledger: RateLimitLedger, now: number): void {
    const [next] = this.#queue;
    if (!next || this.#isBooking) return;
    if (!this.#mayGo(next, now) && Math.abs(now - this.#lookedAt) < freshFor) return;
    this.#isBooking = true;
    void this.#letGoTogether(ledger, now).finally(() => {
      this.#isBooking = false;
      this.#advance();
    });
  }

  /** Lets go who may, once the others know of it and it is still right by what they say. */
  async #letGoTogether(ledger: RateLimitLedger, before: number): Promise<void> {
    let places = 0;
    for (const entry of this.#takeNext(before)) {
      this.#booked.add(entry);
      this.#running++;
      this.#sentCount++;
      places++;
    }
    await ledger.exchange(this.#use());
    this.#running -= places;
    this.#sentCount -= places;
    const now = this.#look();
    this.#lookedAt = now;
    // Without those who gave up meanwhile.
    const booked = [...this.#booked];
    this.#booked.clear();
    const staying = booked.filter((entry) => {
      if (!this.#mayGo(entry, now)) return true;
      entry.resolve(this.#begin());
      return false;
    });
    this.#queue.unshift(...staying);
    if (booked.length < places) ledger.tell(this.#use());
    if (!staying.length) return;
    // Another window wanted the same places, and may have seen this one want them: neither keeps them, and the first to
    // try again has them.
    await ledger.exchange(this.#use());
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longestStandBack));
    this.#lookedAt = 0;
  }

  /** What the other windows have to know. */
  #use(): RateLimitUsage {
    const running = Number.isFinite(this.#limit) ? this.#running : 0;
    // A copy, as what was told stays as it was told.
    return { running, answered: [...this.#answered], silentUntil: this.#silentUntil };
  }

  #mayGo({ request: { priority } }: Entry, now: number): boolean {
    const parallel = priority === 'write' ? this.#parallel : Math.max(1, this.#parallel - 1);
    return this.#running < parallel && this.#freeAt(priority, now) <= now;
  }

  #sendAway(now: number): void {
    let writes = 0;
    this.#queue = this.#queue.filter(({ request: { priority }, reject }) => {
      const isWrite = priority === 'write';
      // A read waits for its place in our own window as long as it takes; that is never told to it as a failure.
      const until = Math.max(this.#saidUntil(priority, now), isWrite ? this.#placeAt(priority, now, writes++) : 0);
      if (until - now <= (isWrite ? this.#patience.write : this.#patience.read)) return true;
      reject(new BufferError('rateLimited', tooOften, { code: 429, retryAfter: Math.ceil((until - now) / 1000) }));
      return false;
    });
  }

  /** When a request may go, as far as time alone decides it. */
  #freeAt(priority: Priority, now: number): number {
    return Math.max(this.#saidUntil(priority, now), this.#placeAt(priority, now));
  }

  /** When there is a place in the window that we count ourselves, with some others going first. */
  #placeAt(priority: Priority, now: number, others = 0): number {
    const limit = priority === 'write' || now >= this.#sharedUntil ? this.#limit : Math.min(this.#limit, this.#share);
    const answered = this.#answeredElsewhere.length
      ? [...this.#answered, ...this.#answeredElsewhere].sort((a, b) => a - b)
      : this.#answered;
    const excess = this.#running + this.#runningElsewhere + answered.length + others - (limit - reserve(priority, limit));
    if (excess < 0) return 0;
    return (answered[excess] ?? now) + this.#per;
  }

  /** Until when the service wants no such request. */
  #saidUntil(priority: Priority, now: number): number {
    const uncounted = this.#told ? this.#sentCount - this.#told.counted : 0;
    const closed = (this.#told?.windows ?? []).filter((window) => !isOpen(priority, window, uncounted));
    const until = closed.map(({ resetsAt }) => {
      const time = resetsAt.getTime();
      // When it should be open again, one request finds out; the others wait for its answer.
      return time <= now && this.#running > 0 ? now + 1_000 : time;
    });
    return Math.max(this.#silence, ...until);
  }

  /** Until when the service wants nothing at all, whoever was told so. */
  get #silence(): number {
    return Math.max(this.#silentUntil, this.#silentElsewhere);
  }

  #begin(): Permit {
    const counted = this.#endedCount + 1;
    this.#running++;
    this.#sentCount++;
    let isOver = false;
    const over = (then: () => void) => {
      if (isOver) return;
      isOver = true;
      this.#running--;
      then();
      this.#ledger?.tell(this.#use());
      this.#advance();
    };
    return {
      release: (answer) =>
        over(() => {
          this.#endedCount++;
          if (Number.isFinite(this.#limit)) {
            this.#answered.push(this.#now());
            if (answer?.status !== 429) this.#accepted.push(this.#now());
          }
          if (answer) this.#learn(answer, counted);
        }),
      giveBack: () =>
        over(() => {
          this.#sentCount--;
        }),
    };
  }

  #learn({ status, headers, windows = [] }: PermitAnswer, counted: number): void {
    const now = this.#now();
    if (windows.length && counted >= (this.#told?.counted ?? 0)) this.#told = { windows, counted };
    if (status !== 429) return;
    const silence = Math.max(shortestSilence, (retryAfterSeconds(headers, now) ?? usualSilence / 1000) * 1000);
    this.#silentUntil = Math.max(this.#silentUntil, now + silence);
    this.#keepToShare(now);
    // Whoever asks next, in any window, shall know.
    void this.#ledger?.exchange(this.#use());
  }

  /** Reads shall not ask for more than all that is known to have been asked for until now. */
  #keepToShare(now: number): void {
    this.#share = Math.max(leastShare, this.#accepted.length + this.#running + this.#answeredElsewhere.length + this.#runningElsewhere);
    this.#sharedUntil = now + 2 * this.#per;
  }

  #tell(waiting: Waiting | undefined): void {
    const before = this.#waiting;
    this.#waiting = waiting;
    if (before?.count !== waiting?.count || before?.until.getTime() !== waiting?.until.getTime()) this.#events.emit('change');
  }
}

/** Places of a window that are kept for what is more urgent. */
function reserve(priority: Priority, limit: number): number {
  const share = { write: 0, asked: 0.05, shown: 0.1, background: 0.25 }[priority];
  return Number.isFinite(limit) ? Math.min(limit - 1, Math.ceil(limit * share)) : 0;
}

/** A window of days is too long to be kept from a person: only its very last requests are for writes. */
function isOpen(priority: Priority, window: BudgetWindow, uncounted: number): boolean {
  const remaining = window.remaining - uncounted;
  if (remaining <= 0) return false;
  if (priority === 'write') return true;
  if (priority === 'background' && isScarce({ ...window, remaining })) return false;
  return remaining > Math.min(5, Math.ceil(window.quota * 0.02), window.quota - 1);
}

function cancelled(): BufferError {
  return new BufferError('cancelled', 'The request was cancelled.');
}
