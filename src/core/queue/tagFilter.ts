import { BufferError } from '../buffer/bufferError.ts';
import type { PageCursor, Tag, Update } from '../buffer/model.ts';
import type { ReadPriority } from '../buffer/transport/sharedReads.ts';
import type { Change, Section, UpdateList } from './queueModel.ts';
import type { QueueStore } from './queueStore.ts';

/** Lists of updates as a view draws them: all of them, or those that a filter leaves. */
export type QueueLists = Pick<QueueStore, 'failed' | 'list' | 'needsLoading' | 'loadList' | 'loadMore' | 'refreshList'>;

interface Read {
  readonly status: 'loading' | 'loaded' | 'failed';
  readonly error?: BufferError;
  readonly ids: readonly string[];
  readonly next?: PageCursor;
  /** When the profiles had been read that were known then: where they are read again, so is this. */
  readonly profilesReadAt: number | undefined;
}

/**
 * The queues as they look through a filter: updates that have one of some tags. A list that is loaded whole is looked
 * through here; of any other the service tells what is in it. What is held of the queues stays as it is, so that taking
 * the filter away asks for nothing.
 */
export class TagFilter implements QueueLists {
  readonly tags: readonly Tag[];
  readonly #ids: readonly string[];
  readonly #store: QueueStore;
  readonly #tell: (change: Change) => void;
  readonly #reads = new Map<string, Read>();
  readonly #underWay = new Map<string, Promise<void>>();

  /** @param tell  is told of each list that looks different */
  constructor(store: QueueStore, tags: readonly Tag[], tell: (change: Change) => void) {
    this.#store = store;
    this.tags = tags;
    this.#ids = tags.map(({ id }) => id);
    this.#tell = tell;
  }

  get failed(): readonly Update[] {
    return this.#store.failed.filter((update) => this.#has(update));
  }

  list(profileId: string, section: Section): UpdateList {
    const all = this.#store.list(profileId, section);
    const own = all.items.filter((update) => this.#has(update));
    if (isWhole(all)) return { ...all, items: own, total: undefined };
    const read = this.#reads.get(keyOf(profileId, section));
    if (!read) return { status: 'unloaded', items: own, hasMore: false };
    const found = read.ids.flatMap((id) => this.#store.update(id) ?? []).filter((each) => this.#has(each) && belongsIn(each, section));
    // What was made or changed here since is in the list that is held.
    const last = found.at(-1);
    const isCovered = (update: Update) => read.next === undefined || (last !== undefined && order(section, update, last) <= 0);
    const items = [...new Map([...found, ...own.filter(isCovered)].map((each) => [each.id, each])).values()];
    items.sort((a, b) => order(section, a, b));
    return { status: read.status, items, error: read.error, hasMore: read.next !== undefined };
  }

  needsLoading(profileId: string, section: Section): boolean {
    const all = this.#store.list(profileId, section);
    if (isWhole(all)) return this.#store.needsLoading(profileId, section);
    // The profiles bring along the heads of queues, which may be all of them.
    if (['unloaded', 'loading'].includes(this.#store.profiles.status)) return false;
    const read = this.#reads.get(keyOf(profileId, section));
    return read === undefined || (read.status !== 'loading' && read.profilesReadAt !== this.#store.profilesReadAt);
  }

  async loadList(profileId: string, section: Section, priority: ReadPriority = 'asked'): Promise<void> {
    if (isWhole(this.#store.list(profileId, section))) return this.#store.loadList(profileId, section, priority);
    if (this.needsLoading(profileId, section)) await this.#read(profileId, section, priority);
  }

  async loadMore(profileId: string, section: Section): Promise<void> {
    const next = this.#reads.get(keyOf(profileId, section))?.next;
    if (next !== undefined) await this.#read(profileId, section, 'asked', next);
  }

  async refreshList(profileId: string, section: Section): Promise<void> {
    if (isWhole(this.#store.list(profileId, section))) return this.#store.refreshList(profileId, section);
    await this.#read(profileId, section, 'asked');
  }

  #has({ tags = [] }: Update): boolean {
    return tags.some(({ id }) => this.#ids.includes(id));
  }

  /** Two who want the same page share one request. */
  #read(profileId: string, section: Section, priority: ReadPriority, after?: PageCursor): Promise<void> {
    const key = `${keyOf(profileId, section)} ${after ?? ''}`;
    const reading = this.#underWay.get(key) ?? this.#fetch(profileId, section, priority, after).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  async #fetch(profileId: string, section: Section, priority: ReadPriority, after: PageCursor | undefined): Promise<void> {
    const key = keyOf(profileId, section);
    const before = this.#reads.get(key);
    const profilesReadAt = this.#store.profilesReadAt;
    const ids = before?.ids ?? [];
    this.#reads.set(key, { ...before, ids, status: 'loading', error: undefined, profilesReadAt });
    const held = after === undefined ? [] : ids;
    const heldUntil = held.map((id) => this.#store.update(id)?.dueAt).findLast(Boolean);
    const size = this.#store.pageSize;
    try {
      const page = await this.#store.readTagged(
        profileId,
        section,
        { size, tagIds: this.#ids, ...(after !== undefined && { after, held: held.length, heldUntil }) },
        { priority },
      );
      const all = [...new Set([...held, ...page.updates.map(({ id }) => id)])];
      this.#reads.set(key, { status: 'loaded', ids: all, next: page.next, profilesReadAt });
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      this.#reads.set(key, { ...before, ids, status: 'failed', error, profilesReadAt });
      throw error;
    } finally {
      this.#tell({ kind: 'section', profileId, section });
    }
  }
}

/** Whether a list holds all that the service has, as far as that is known. */
function isWhole({ status, hasMore, isIncomplete, asOf }: UpdateList): boolean {
  return (status === 'loaded' || status === 'loading') && !hasMore && !isIncomplete && asOf === undefined;
}

function belongsIn({ status }: Update, section: Section): boolean {
  return (status === 'sent') === (section === 'sent');
}

/** Soonest first what waits, failed ones before; latest first what was sent; those without a time last. */
function order(section: Section, a: Update, b: Update): number {
  if (section === 'sent') return (b.sentAt ?? b.dueAt ?? b.createdAt).getTime() - (a.sentAt ?? a.dueAt ?? a.createdAt).getTime();
  const failed = Number(b.status === 'failed') - Number(a.status === 'failed');
  const due = ({ dueAt }: Update) => dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return failed || due(a) - due(b);
}

function keyOf(profileId: string, section: Section): string {
  return `${section} ${profileId}`;
}
