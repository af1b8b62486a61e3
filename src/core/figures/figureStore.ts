import { EventEmitter } from 'node:events';
import type { BufferApi } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import type { FigurePage, FigureSums, MeasuredUpdate } from '../buffer/model.ts';
import { type Covered, isKnown, readSince, type Span, toRead, withCovered } from './coverage.ts';
import type { FigureSnapshot } from './figureSnapshot.ts';

export interface FigureStoreOptions {
  /** All profiles there are. */
  readonly profileIds: () => readonly string[];
  /** Milliseconds. */
  readonly now?: () => number;
}

/** How it stands with a period. */
export interface Shown {
  /** Of the period, newest first. */
  readonly updates: readonly MeasuredUpdate[];
  /** Of a period as long before it; undefined where that was not read. */
  readonly before?: readonly MeasuredUpdate[];
  /** What the service makes of both, where it was asked and told. */
  readonly sums?: FigureSums;
  readonly sumsBefore?: FigureSums;
  /** Whether all of it is there. */
  readonly isWhole: boolean;
  readonly isReading: boolean;
  /** Requests that it takes to have all of it, at least; undefined where nobody knows. */
  readonly requestsLeft?: number;
  readonly error?: BufferError;
  /** When the oldest of it was read. */
  readonly readAt?: Date;
}

/** Sums of one period, by its ends. */
interface KeptSums extends Span {
  readonly readAt: number;
  readonly sums?: FigureSums;
  readonly sumsBefore?: FigureSums;
}

/** Pages of a time that were not read to the end, of a service that tells only then what is known: they go on there. */
interface Begun {
  readonly span: Span;
  readonly profileIds: readonly string[];
  readonly after: string;
  /** The updates on them. */
  readonly seen: ReadonlySet<string>;
  readonly readAt: number;
}

interface Outcome {
  readonly isReading: boolean;
  readonly requestsLeft?: number;
  readonly error?: BufferError;
}

const day = 86_400_000;
/** How long after its time an update goes out at most. */
const lateness = 3_600_000;
/** What was due so lately may be on its way still; in milliseconds. */
const underWay = 600_000;
/** The most that a page holds. */
const pageSize = 100;
/** Nobody looks at what is older. */
const longestKept = 400 * day;
/** Sums of a period hold for a while, and so do pages that were begun: figures are taken in once a day. */
const sumsHold = 3_600_000;
/** Of a period that never ends there is no sum: the service's longest is a year. */
const longestSum = 365 * day;

/**
 * What became of the updates that were sent: read once, kept on disk, and read again only where figures may have changed.
 * Methods that talk to the service throw nothing; `shown` tells what failed.
 */
export class FigureStore {
  readonly #options: FigureStoreOptions;
  readonly #events = new EventEmitter<{ change: []; connect: [] }>();
  #api: BufferApi | undefined;
  #updates = new Map<string, MeasuredUpdate>();
  #covered: readonly Covered[] = [];
  #sums: KeptSums | undefined;
  #begun: Begun | undefined;
  #outcome: Outcome = { isReading: false };
  #loadCache: (() => Promise<FigureSnapshot | undefined>) | undefined;
  #cacheLoading: Promise<void> | undefined;
  #reading: AbortController | undefined;

  constructor(options: FigureStoreOptions) {
    this.#options = options;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** Calls back when it speaks to another account: what is shown has to be read of that one. */
  onDidConnect(listener: () => void): { dispose(): void } {
    this.#events.on('connect', listener);
    return { dispose: () => this.#events.off('connect', listener) };
  }

  get isConnected(): boolean {
    return this.#api !== undefined;
  }

  /** Whether there are any to be read: a service that is not permitted to tell them has none. */
  get isOffered(): boolean {
    return this.#api?.capabilities.figures ?? false;
  }

  /** Speaks to this account from now on. @param loadCache  what an earlier session left */
  connect(api: BufferApi | undefined, loadCache?: () => Promise<FigureSnapshot | undefined>): void {
    this.stopReading();
    this.#api = api;
    this.#loadCache = loadCache;
    this.#cacheLoading = undefined;
    this.#updates = new Map();
    this.#covered = [];
    this.#sums = undefined;
    this.#begun = undefined;
    this.#outcome = { isReading: false };
    this.#events.emit('change');
    this.#events.emit('connect');
  }

  /** What is known of a period. */
  shown(period: Span): Shown {
    const { from, to } = period;
    const before = { from: 2 * from - to, to: from };
    const now = this.#now();
    const isWhole = isKnown(this.#covered, period, now);
    const readAt = readSince(this.#covered, period);
    const sums = this.#sums?.from === from && this.#sums.to === to ? this.#sums : undefined;
    return {
      updates: this.#between(period),
      before: isKnown(this.#covered, before, now) ? this.#between(before) : undefined,
      sums: sums?.sums,
      sumsBefore: sums?.sumsBefore,
      isWhole,
      readAt: readAt === undefined ? undefined : new Date(readAt),
      ...this.#outcome,
      ...(isWhole && { requestsLeft: undefined }),
    };
  }

  /** What to keep for the next session; undefined while nothing was read. */
  snapshot(): FigureSnapshot | undefined {
    if (this.#covered.length === 0) return undefined;
    return { updates: [...this.#updates.values()].sort(newestFirst), covered: this.#covered };
  }

  /**
   * Reads what is not known of a period, a page after the other; what came stays, whatever becomes of the next one.
   * @param most   where it would take more requests than this, it stops after the first and tells how many
   * @param anew   reads also what is known
   */
  async read(period: Span, { most = Number.POSITIVE_INFINITY, anew = false } = {}): Promise<void> {
    this.stopReading();
    const api = this.#api;
    if (!api?.capabilities.figures) return;
    const reading = new AbortController();
    this.#reading = reading;
    const isLeft = () => reading.signal.aborted || api !== this.#api;
    await this.#cacheLoaded();
    if (isLeft()) return;
    // Cursors may count them: they are the same for all pages.
    const profileIds = this.#options.profileIds();
    if (profileIds.length === 0) return this.#set({ isReading: false });
    const spans = toRead(this.#covered, period, this.#now(), anew);
    if (spans.length === 0) return this.#set({ isReading: false });
    this.#set({ isReading: true });
    try {
      let done = 0;
      for (const wanted of spans) {
        const begun = anew ? undefined : this.#begunOf(wanted, profileIds);
        const span = begun?.span ?? wanted;
        let after = begun?.after;
        let { to } = span;
        const seen = new Set(begun?.seen);
        do {
          const sumsOf = done === 0 ? this.#sumsOf(period) : undefined;
          // The service lists by the time for which an update was meant.
          const request = { profileIds, from: new Date(span.from - underWay), to: new Date(span.to), sumsOf, after };
          const page: FigurePage = await api.figures(request, { signal: reading.signal, priority: 'asked' });
          if (isLeft()) return;
          done += 1;
          for (const each of page.updates) seen.add(each.id);
          to = this.#take(page, span, to);
          if (page.next === undefined) this.#dropGone(span, seen);
          if (sumsOf) this.#sums = { ...period, readAt: this.#now(), sums: page.sums, sumsBefore: page.sumsBefore };
          after = page.next;
          const isUntold = page.readFrom === undefined && after !== undefined;
          this.#begun = isUntold ? { span, profileIds, after: after!, seen, readAt: this.#now() } : undefined;
          const requestsLeft = page.requestsLeft ?? this.#pagesLeft(period, anew ? done : undefined);
          const isEnough = done === 1 && (requestsLeft ?? 0) > most;
          this.#set({ isReading: !isEnough, requestsLeft: after === undefined && wanted === spans.at(-1) ? undefined : requestsLeft });
          if (isEnough) return;
        } while (after !== undefined);
      }
      this.#set({ isReading: false });
    } catch (error) {
      if (isLeft()) return;
      if (!(error instanceof BufferError)) throw error;
      this.#set({ ...this.#outcome, isReading: false, error });
    }
  }

  /** Gives up what is being read; what came so far stays. */
  stopReading(): void {
    this.#reading?.abort();
    if (this.#outcome.isReading) this.#outcome = { ...this.#outcome, isReading: false };
  }

  /** What was begun of a time a while ago at most; what was sent since then is too young to have figures. */
  #begunOf({ from, to }: Span, profileIds: readonly string[]): Begun | undefined {
    const begun = this.#begun;
    const isSame = begun?.span.from === from && begun.span.to <= to && begun.span.to > to - sumsHold;
    if (!isSame || begun.readAt < this.#now() - sumsHold || begun.profileIds.join() !== profileIds.join()) return undefined;
    return begun;
  }

  /** @returns until where what was sent is not known yet */
  #take({ updates, readFrom }: FigurePage, span: Span, to: number): number {
    for (const each of updates) this.#updates.set(each.id, each);
    if (!readFrom) return to;
    // Others of that very moment may be on the next page.
    const isEnd = readFrom.getTime() <= span.from;
    const from = isEnd ? span.from : readFrom.getTime() + 1;
    if (from >= to) return to;
    const end = Math.min(to, this.#now() - underWay);
    if (from < end) this.#covered = withCovered(this.#covered, { from, to: end, readAt: this.#now() });
    return from;
  }

  /** What was not among all that was read of a time is gone at Buffer. Some went out a while after they were due. */
  #dropGone({ from, to }: Span, seen: ReadonlySet<string>): void {
    const oldest = this.#now() - longestKept;
    for (const [id, { sentAt }] of this.#updates) {
      const at = sentAt.getTime();
      if (at < oldest || (at > from + lateness && at <= to && !seen.has(id))) this.#updates.delete(id);
    }
  }

  /** The sums of a period are asked for where nobody asked a moment ago. */
  #sumsOf({ from, to }: Span): { readonly from: Date; readonly to: Date } | undefined {
    const kept = this.#sums;
    if (kept?.from === from && kept.to === to && kept.readAt > this.#now() - sumsHold) return undefined;
    return to - from <= longestSum ? { from: new Date(from), to: new Date(to) } : undefined;
  }

  /** How many pages are missing, by what the service counts in the period. @param done  of those that are read anew */
  #pagesLeft(period: Span, done: number | undefined): number | undefined {
    const count = this.#sums?.from === period.from && this.#sums.to === period.to ? this.#sums.sums?.figures['postCount'] : undefined;
    if (count === undefined) return undefined;
    const rest = done === undefined ? count - this.#between(period).length : count - done * pageSize;
    return Math.max(0, Math.ceil(rest / pageSize));
  }

  #between({ from, to }: Span): readonly MeasuredUpdate[] {
    return [...this.#updates.values()].filter(({ sentAt }) => sentAt.getTime() >= from && sentAt.getTime() <= to).sort(newestFirst);
  }

  #cacheLoaded(): Promise<void> {
    this.#cacheLoading ??= this.#restore();
    return this.#cacheLoading;
  }

  async #restore(): Promise<void> {
    const api = this.#api;
    const snapshot = await this.#loadCache?.();
    if (!snapshot || api !== this.#api || this.#covered.length > 0) return;
    this.#updates = new Map(snapshot.updates.map((each) => [each.id, each]));
    this.#covered = snapshot.covered;
    this.#events.emit('change');
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #set(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#events.emit('change');
  }
}

function newestFirst(one: MeasuredUpdate, other: MeasuredUpdate): number {
  return other.sentAt.getTime() - one.sentAt.getTime() || (one.id < other.id ? 1 : -1);
}
