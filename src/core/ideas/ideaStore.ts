import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BufferApi } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import type { Idea, IdeaGroup, NewIdea, PageCursor } from '../buffer/model.ts';
import { isUnwanted, type ReadOptions, type ReadPriority, SharedReads } from '../buffer/transport/sharedReads.ts';
import type { IdeaSnapshot } from './ideaSnapshot.ts';

export interface Ideas {
  readonly status: 'unloaded' | 'loading' | 'loaded' | 'failed';
  /** Newest first, of those that were read. */
  readonly items: readonly Idea[];
  /** The columns of the board in their order; none where there are none, or the service does not tell. */
  readonly groups: readonly IdeaGroup[];
  readonly error?: BufferError;
  readonly hasMore: boolean;
  /** When they were read, where that was in an earlier session or could not be done again. */
  readonly asOf?: Date;
}

interface State {
  readonly status: Ideas['status'];
  readonly items: readonly Idea[];
  readonly groups?: readonly IdeaGroup[];
  readonly error?: BufferError;
  readonly next?: PageCursor;
  readonly readAt?: Date;
  readonly isOutdated: boolean;
}

const nothing: State = { status: 'unloaded', items: [], isOutdated: true };
const pageSize = 50;
/** The most that one page of the service holds. */
const largestPage = 100;

/**
 * The ideas of an organization, as last known, and the only one that writes them.
 * Methods that talk to the service throw `BufferError`.
 */
export class IdeaStore {
  readonly #events = new EventEmitter<{ change: [] }>();
  readonly #reads = new SharedReads();
  readonly #lookAfter: number;
  #api: BufferApi | undefined;
  #state = nothing;
  #loadCache: (() => Promise<IdeaSnapshot | undefined>) | undefined;
  #cacheLoading: Promise<void> | undefined;
  /** Made here and not read since: they may stand on a page that was not read, or an answer may be from before them. */
  #made: readonly Idea[] = [];

  /** @param lookAfter  after a create without an answer, before it is looked for; milliseconds */
  constructor({ lookAfter = 1000 }: { readonly lookAfter?: number } = {}) {
    this.#lookAfter = lookAfter;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /**
   * Speaks to this account from now on; undefined where there are no ideas.
   * @param loadCache  what an earlier session left, asked for when ideas are first wanted
   */
  connect(api: BufferApi | undefined, loadCache?: () => Promise<IdeaSnapshot | undefined>): void {
    if (this.#api !== api) this.#api?.retire();
    this.#api = api?.name === 'v1' ? undefined : api;
    this.#reads.clear();
    this.#loadCache = loadCache;
    this.#cacheLoading = undefined;
    this.#made = [];
    this.#state = nothing;
    this.#events.emit('change');
  }

  /** Whether they can be read. */
  get isOffered(): boolean {
    return this.#api?.capabilities.ideas ?? false;
  }

  get ideas(): Ideas {
    const { status, items, groups = [], error, next, readAt, isOutdated } = this.#state;
    return { status, items, groups, error, hasMore: next !== undefined, asOf: isOutdated ? readAt : undefined };
  }

  /** What to keep for the next session; undefined while nothing was read. */
  snapshot(): IdeaSnapshot | undefined {
    const { items, groups, readAt } = this.#state;
    return readAt && { ideas: items, groups, readAt };
  }

  /** The first page; one request unless it is there. */
  async load(): Promise<void> {
    if (this.#state.status !== 'loaded') await this.#readHead('shown');
  }

  /** The first page, read anew. */
  refresh(): Promise<void> {
    return this.#readHead('asked');
  }

  async loadMore(): Promise<void> {
    await this.#reads.underWay('head')?.catch(() => undefined);
    const { next } = this.#state;
    if (next !== undefined) await this.#reads.read('next', 'asked', (options) => this.#fetch(next, options));
  }

  /** Gives up what is being read, as nobody looks any more; what a person asked for goes on. */
  stopReading(): void {
    this.#reads.giveUp(() => true);
  }

  /** Keeps a thought at Buffer. Where the answer is lost it is looked for, and never sent a second time. */
  async create(idea: NewIdea): Promise<Idea> {
    const api = this.#connected();
    const attempt = { idea, since: new Date(), knownIds: new Set(this.#state.items.map(({ id }) => id)) };
    const created = await api.createIdea(idea).catch(async (error: unknown) => {
      if (!(error instanceof BufferError) || error.outcome !== 'unknown') throw error;
      await sleep(this.#lookAfter);
      const { lookForIdea } = await import('./lookForIdea.ts');
      const found = await lookForIdea((page) => api.ideas(page, { priority: 'asked' }), attempt).catch(() => {
        throw error;
      });
      if (found) return found;
      throw error.asNotDone();
    });
    if (api === this.#api) this.#add(created);
    return created;
  }

  #add(created: Idea): void {
    this.#made = [...this.#made, created];
    // One alone would look as if it were all of them.
    if (this.#state.readAt) this.#set({ items: withEach(this.#state.items, [created]) });
  }

  #readHead(priority: ReadPriority): Promise<void> {
    return this.#reads.read('head', priority, async (options) => {
      await this.#reads.underWay('next')?.catch(() => undefined);
      await this.#cacheLoaded();
      if (options.signal.aborted) {
        // A view that comes back shows that it waits, and asks again only when something changed.
        this.#events.emit('change');
        throw new BufferError('cancelled', 'The read was given up.');
      }
      await this.#fetch(undefined, options);
    });
  }

  /** Shows what an earlier session left, once and only where nothing newer is known. */
  #cacheLoaded(): Promise<void> {
    this.#cacheLoading ??= this.#restore();
    return this.#cacheLoading;
  }

  async #restore(): Promise<void> {
    const api = this.#api;
    const snapshot = await this.#loadCache?.();
    if (!snapshot || api !== this.#api || this.#state.readAt) return;
    this.#set({ items: newestFirst(snapshot.ideas), groups: snapshot.groups, readAt: snapshot.readAt });
  }

  async #fetch(after: PageCursor | undefined, options: ReadOptions): Promise<void> {
    const key = after === undefined ? 'head' : 'next';
    const { status, items: held } = this.#state;
    // A view that is just being drawn must not be told to draw again, and nothing else looks different yet.
    if (status === 'failed') this.#set({ status: 'loading', error: undefined });
    else this.#state = { ...this.#state, status: 'loading' };
    try {
      // Reading the head again covers what is shown, so that a refresh takes no row away, up to a page of the service.
      const size = after === undefined ? Math.min(largestPage, Math.max(pageSize, held.length)) : pageSize;
      const madeBefore = new Set(this.#made);
      const { ideas, groups, next } = await this.#connected().ideas({ size, after }, options);
      if (!this.#reads.isCurrent(key, options)) return;
      const read = new Set(ideas.map(({ id }) => id));
      // On the last page it is certain which of them are gone.
      this.#made = this.#made.filter((idea) => !read.has(idea.id) && (next !== undefined || !madeBefore.has(idea)));
      const items = withEach([...this.#made, ...(after === undefined ? [] : this.#state.items)], ideas);
      const head = after === undefined && { readAt: new Date(), isOutdated: false, groups: groups ?? this.#state.groups };
      this.#set({ status: 'loaded', items, next, ...head });
    } catch (error) {
      if (error instanceof BufferError && this.#reads.isCurrent(key, options)) {
        if (isUnwanted(error, options)) this.#set({ status: this.#state.isOutdated ? 'unloaded' : 'loaded' });
        else this.#set({ status: 'failed', error, isOutdated: after === undefined || this.#state.isOutdated });
      }
      throw error;
    }
  }

  #connected(): BufferApi {
    if (this.#api) return this.#api;
    throw new BufferError('rejected', 'Ideas need an API key of the current Buffer API. Sign in with one to use them.');
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#events.emit('change');
  }
}

/** Both, each once, newest first: the service has them in the order of its boards. What comes second is newer. */
function withEach(ideas: readonly Idea[], others: readonly Idea[]): Idea[] {
  return newestFirst([...new Map([...ideas, ...others].map((idea) => [idea.id, idea])).values()]);
}

function newestFirst(ideas: readonly Idea[]): Idea[] {
  return ideas.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
