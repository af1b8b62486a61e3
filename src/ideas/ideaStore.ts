import { EventEmitter } from 'node:events';
import type { BufferApi } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import type { Idea, NewIdea, PageCursor } from '../buffer/model.ts';

export interface Ideas {
  readonly status: 'unloaded' | 'loading' | 'loaded' | 'failed';
  /** Newest first, of those that were read. */
  readonly items: readonly Idea[];
  readonly error?: BufferError;
  readonly hasMore: boolean;
}

const pageSize = 50;

/**
 * The ideas of an organization, as last known, and the only one that writes them.
 * Methods that talk to the service throw `BufferError`.
 */
export class IdeaStore {
  readonly #events = new EventEmitter<{ change: [] }>();
  #api: BufferApi | undefined;
  #status: Ideas['status'] = 'unloaded';
  #items: readonly Idea[] = [];
  #error: BufferError | undefined;
  #next: PageCursor | undefined;
  #request: Promise<void> | undefined;

  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** Speaks to this account from now on; undefined where there are no ideas. */
  connect(api: BufferApi | undefined): void {
    this.#api = api?.capabilities.ideas ? api : undefined;
    this.#request = undefined;
    this.#set('unloaded', []);
  }

  get isOffered(): boolean {
    return this.#api !== undefined;
  }

  get ideas(): Ideas {
    return { status: this.#status, items: this.#items, error: this.#error, hasMore: this.#next !== undefined };
  }

  /** The first page; one request unless it is there. */
  async load(): Promise<void> {
    if (this.#status !== 'loaded') await this.refresh();
  }

  /** The first page, read anew. */
  refresh(): Promise<void> {
    this.#request ??= this.#read(undefined).finally(() => (this.#request = undefined));
    return this.#request;
  }

  async loadMore(): Promise<void> {
    if (this.#next === undefined) return;
    this.#request ??= this.#read(this.#next).finally(() => (this.#request = undefined));
    await this.#request;
  }

  /** Keeps a thought at Buffer. */
  async create(idea: NewIdea): Promise<Idea> {
    const api = this.#connected();
    const created = await api.createIdea(idea);
    if (api === this.#api && this.#status === 'loaded') this.#set('loaded', [created, ...this.#items], this.#next);
    return created;
  }

  async #read(after: PageCursor | undefined): Promise<void> {
    const api = this.#connected();
    this.#set('loading', this.#items, this.#next);
    try {
      const { ideas, next } = await api.ideas({ size: pageSize, after });
      if (api !== this.#api) return;
      const known = new Set(after ? this.#items.map(({ id }) => id) : []);
      this.#set('loaded', after ? [...this.#items, ...ideas.filter(({ id }) => !known.has(id))] : ideas, next);
    } catch (error) {
      if (api === this.#api && error instanceof BufferError) {
        this.#set('failed', this.#items, this.#next, error);
      }
      throw error;
    }
  }

  #connected(): BufferApi {
    if (this.#api) return this.#api;
    throw new BufferError('rejected', 'Ideas need an API key of the current Buffer API. Sign in with one to use them.');
  }

  #set(status: Ideas['status'], items: readonly Idea[], next?: PageCursor, error?: BufferError): void {
    this.#status = status;
    // The service has them in the order of its boards.
    this.#items = items.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    this.#next = next;
    this.#error = error;
    this.#events.emit('change');
  }
}
