import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { agenda } from '../core/queue/agenda.ts';
import { dateIn, dayBounds } from '../core/time/zonedDays.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import type { QueueLists } from '../core/queue/tagFilter.ts';
import { profileTrouble } from '../ui/profileWords.ts';
import type { Avatars } from './avatars.ts';
import { drawDay, drawFree } from './dayRows.ts';
import { type DayNode, isShownIn, type QueueNode, type QueueNodes, type UpdateNode } from './queueNodes.ts';
import { drawFailed, drawMessage, drawMore, DrawnRows, drawProfile, drawUpdate } from './queueRows.ts';
import { profileNames } from '../ui/profileNames.ts';
import { settings } from '../ui/settings.ts';

/** Free posting times are shown for so many days; those of a later day where an update stands on it. */
const daysAhead = 7;
/** What a timer takes, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

export interface DayTreeParts {
  readonly store: QueueStore;
  readonly avatars: Avatars;
  readonly nodes: QueueNodes;
  /** The lists that are shown: all, or those that a filter leaves. */
  readonly lists: () => QueueLists;
  /** Tells of rows that look different; of all where none are named. */
  readonly tell: (rows?: QueueNode[]) => void;
}

/** The rows as they stand now. */
interface Arranged {
  readonly today: string;
  readonly top: readonly QueueNode[];
  readonly below: ReadonlyMap<DayNode, readonly QueueNode[]>;
  readonly dayOf: ReadonlyMap<string, DayNode>;
  /** What is to go out, in its order; drafts, in that of their profiles. */
  readonly waiting: readonly Update[];
  readonly drafts: readonly Update[];
  /** When rows look different though nothing changed. */
  readonly until: Date;
}

/** What all rows stand below, as far as it is remembered how they were drawn. */
const root = { id: '' } as QueueNode;

/**
 * The queues of all profiles together, by day: what waits, and the posting times that are free between. Days are the
 * person's own, and so are the times of their rows. It asks for what a tree by profile asks for whose queues are open.
 */
export class DayTree implements vscode.Disposable {
  readonly #parts: DayTreeParts;
  readonly #drawn = new DrawnRows<QueueNode>();
  readonly #settings: vscode.Disposable;
  #arranged: Arranged | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DayTreeParts) {
    this.#parts = parts;
    this.#settings = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('buffer.showFreePostingTimes')) this.redraw();
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#settings.dispose();
  }

  /** Forgets how rows were drawn, as they are of another account. */
  forget(): void {
    this.#arranged = undefined;
    this.#drawn.clear();
  }

  getChildren(node?: QueueNode): QueueNode[] {
    if (!node) {
      this.#read();
      this.#arranged = undefined;
      const { top } = this.#now;
      this.#drawn.give(root, top);
      this.#waitForTime();
      return [...top];
    }
    const rows = [...this.#below(node)];
    if (node.kind === 'day' || node.kind === 'failed') this.#drawn.give(node, rows);
    return rows;
  }

  getParent(node: QueueNode): QueueNode | undefined {
    switch (node.kind) {
      case 'update':
        return node.section === 'failed' ? this.#parts.nodes.failed() : this.#now.dayOf.get(node.updateId);
      case 'free':
        return this.#parts.nodes.day(node.day);
      default:
        return undefined;
    }
  }

  getTreeItem(node: QueueNode): vscode.TreeItem {
    return this.#drawn.draw(node, this.#draw(node), this.#subject(node));
  }

  /** Draws anew what looks different now. */
  redraw(): void {
    this.#arranged = undefined;
    if (!this.#drawn.wasOpened(root)) return;
    this.#waitForTime();
    const isOther = this.#isToRead() || !this.#drawn.sameChildren(root, this.#now.top);
    const rows = isOther ? [] : this.#now.top.flatMap((row) => this.#different(row));
    if (isOther || rows.length) this.#parts.tell(isOther ? undefined : rows);
  }

  /** The row of an update that has not failed, after its queue is read where needed; undefined where there is none. */
  async find({ id, profileId, status }: Update): Promise<UpdateNode | undefined> {
    if (status !== 'sent' && !this.#now.dayOf.has(id)) {
      await this.#parts.lists().loadList(profileId, 'pending');
      this.#arranged = undefined;
    }
    const day = this.#now.dayOf.get(id);
    return day && this.#nodeOf(day, { id, profileId });
  }

  /** The first row of a profile. */
  firstOf(profileId: string): UpdateNode | undefined {
    this.#arranged = undefined;
    const first = this.#now.waiting.find((each) => each.profileId === profileId);
    return first && this.#nodeOf(this.#now.dayOf.get(first.id), first);
  }

  /** The updates among which one stands, in the order in which they are shown; undefined for one that stands on no day. */
  among({ id }: Update): readonly Update[] | undefined {
    const { dayOf, drafts, waiting } = this.#now;
    const day = dayOf.get(id);
    return day && (day.day === 'drafts' ? drafts : waiting);
  }

  /** All that stands on a day and behind the days, as it is shown. */
  get inOrder(): readonly Update[] {
    const { drafts, waiting } = this.#now;
    return [...waiting, ...drafts];
  }

  get #now(): Arranged {
    return (this.#arranged ??= this.#arrange());
  }

  #nodeOf(day: DayNode | undefined, { id, profileId }: Pick<Update, 'id' | 'profileId'>): UpdateNode {
    return this.#parts.nodes.update(profileId, day?.day === 'drafts' ? 'drafts' : 'pending', id);
  }

  #arrange(): Arranged {
    const { store, nodes } = this.#parts;
    const lists = this.#parts.lists();
    const now = new Date();
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const today = dateIn(timeZone, now);
    const profiles = store.isConnected && store.capabilities.queues ? store.profiles.items : [];
    const showsFree = lists === store && store.capabilities.post && settings.showsFreeTimes;
    const queues = profiles.map((profile) => {
      const { items } = lists.list(profile.id, 'pending');
      return {
        profile,
        updates: items.filter((each) => isShownIn('pending', each)),
        drafts: items.filter((each) => isShownIn('drafts', each)),
        // Nothing goes out at a time of a queue that stands still.
        queue: showsFree && !profile.isPaused && !profileTrouble(profile) ? store.list(profile.id, 'pending') : undefined,
      };
    });
    const { days, undated } = agenda(queues, { timeZone, from: now, until: dayBounds(dateAfter(today, daysAhead), timeZone).start });
    const drafts = queues.flatMap((queue) => queue.drafts);
    const below = new Map<DayNode, readonly QueueNode[]>();
    const dayOf = new Map<string, DayNode>();
    const put = (day: DayNode, updates: readonly Update[]) => {
      for (const { id } of updates) dayOf.set(id, day);
      if (updates.length)
        below.set(
          day,
          updates.map((each) => this.#nodeOf(day, each)),
        );
    };
    for (const { date, entries } of days) {
      const day = nodes.day(date);
      put(
        day,
        entries.flatMap((entry) => (entry.kind === 'update' ? [entry.update] : [])),
      );
      below.set(
        day,
        entries.map((entry) =>
          entry.kind === 'update' ? this.#nodeOf(day, entry.update) : nodes.free(date, entry.time, entry.profileIds),
        ),
      );
    }
    put(nodes.day('undated'), undated);
    put(nodes.day('drafts'), drafts);
    const entries = days.flatMap((day) => day.entries);
    const nextFree = entries.find(({ kind }) => kind === 'free')?.time;
    const { end } = dayBounds(today, timeZone);
    return {
      today,
      top: this.#top([...below.keys()], profiles, lists),
      below,
      dayOf,
      waiting: [...entries.flatMap((entry) => (entry.kind === 'update' ? [entry.update] : [])), ...undated],
      drafts,
      until: nextFree && nextFree < end ? nextFree : end,
    };
  }

  /** What failed and what is the matter first, then the days, then what there is more of. */
  #top(days: readonly DayNode[], profiles: readonly Profile[], lists: QueueLists): QueueNode[] {
    const { store, nodes } = this.#parts;
    if (!store.isConnected) return [];
    const { status, items } = store.profiles;
    if (!store.capabilities.queues) return items.map(({ id }) => nodes.profile(id));
    if (items.length === 0 && status !== 'loaded') return [nodes.message(status === 'failed' ? 'failed' : 'loading')];
    const places = profiles.map(({ id }) => ({ section: nodes.section(id, 'pending'), list: lists.list(id, 'pending') }));
    const isUnread = (state: string) => state === 'unloaded' || (state === 'loading' && lists !== store);
    const top = [
      ...(status === 'failed' ? [nodes.message('failed')] : []),
      ...(lists.failed.length ? [nodes.failed()] : []),
      ...profiles.filter(profileTrouble).map(({ id }) => nodes.profile(id)),
      ...places.filter(({ list }) => list.status === 'failed').map(({ section }) => nodes.message('failed', section)),
      ...places.filter(({ list }) => list.isIncomplete).map(({ section }) => nodes.message('incomplete', section)),
      ...days,
      ...places
        .filter(({ section, list }) => list.hasMore || (isUnread(list.status) && !this.#isToBeRead(section.profileId)))
        .map(({ section }) => nodes.more(section)),
    ];
    const isReading = places.some(({ list }) => list.status === 'loading' || list.status === 'unloaded');
    return top.length || items.length === 0 ? top : [nodes.message(isReading ? 'loading' : 'empty')];
  }

  #below(node: QueueNode): readonly QueueNode[] {
    if (node.kind === 'day') return this.#now.below.get(node) ?? [];
    if (node.kind !== 'failed') return [];
    return this.#parts.lists().failed.map(({ id, profileId }) => this.#parts.nodes.update(profileId, 'failed', id));
  }

  #subject(node: QueueNode): Update | undefined {
    return node.kind === 'update' ? this.#parts.store.update(node.updateId) : undefined;
  }

  #draw(node: QueueNode): vscode.TreeItem {
    const { store, avatars } = this.#parts;
    const lists = this.#parts.lists();
    switch (node.kind) {
      case 'day':
        return drawDay(node, this.#below(node), this.#now.today);
      case 'free':
        return drawFree(node, store);
      case 'failed':
        return drawFailed(node, store, lists);
      case 'profile': {
        const item = drawProfile(node, store, avatars);
        item.collapsibleState = vscode.TreeItemCollapsibleState.None;
        return item;
      }
      case 'update': {
        if (node.section === 'failed') return drawUpdate(node, store);
        const day = this.#now.dayOf.get(node.updateId)?.day;
        const profile = store.profile(node.profileId);
        const date = day === 'undated' || day === 'drafts' ? undefined : day;
        return drawUpdate(node, store, { icon: profile && avatars.networkIcon(profile.service), date });
      }
      case 'more':
        return this.#named(drawMore(node, lists), node.profileId);
      case 'message':
        return node.of ? this.#named(drawMessage(node, store, lists), node.of.profileId) : drawMessage(node, store, lists);
      default:
        return new vscode.TreeItem('');
    }
  }

  /** A row of a list, which stands among those of others. */
  #named(item: vscode.TreeItem, profileId: string): vscode.TreeItem {
    const { store } = this.#parts;
    const profile = store.profile(profileId);
    item.description = [profile && profileNames([profile], store.profiles.items), item.description].filter(Boolean).join(' · ');
    return item;
  }

  /** A row that looks different now, or those below it that do. */
  #different(node: QueueNode): QueueNode[] {
    if (this.#drawn.looksDifferent(node, this.#draw(node), this.#subject(node))) return [node];
    if (!this.#drawn.wasOpened(node)) return [];
    const children = this.#drawn.sameChildren(node, this.#below(node));
    return children ? children.flatMap((child) => this.#different(child)) : [node];
  }

  // What is read

  /**
   * Whether a queue is to be read without anybody asking for it. One of which a part came along with the profiles is not: a
   * row offers the rest. Nor is one for a filter, which has to ask for each.
   */
  #isToBeRead(profileId: string): boolean {
    const { store } = this.#parts;
    if (this.#parts.lists() !== store || store.profiles.status !== 'loaded' || !store.needsLoading(profileId, 'pending')) return false;
    const { hasMore, items, asOf } = store.list(profileId, 'pending');
    return !hasMore || asOf !== undefined || items.length >= store.pageSize;
  }

  #isToRead(): boolean {
    const { store } = this.#parts;
    return store.capabilities.queues && store.profiles.items.some(({ id }) => this.#isToBeRead(id));
  }

  #read(): void {
    const { store } = this.#parts;
    if (!store.isConnected) return;
    if (store.profiles.status === 'unloaded') void store.loadProfiles('shown').catch(shownAsRow);
    if (!store.capabilities.queues) return;
    for (const { id } of store.profiles.items) {
      if (this.#isToBeRead(id)) void store.loadList(id, 'pending', 'shown').catch(shownAsRow);
    }
  }

  /** A free posting time passes, and a day ends, without anything that tells so. */
  #waitForTime(): void {
    clearTimeout(this.#timer);
    const wait = this.#now.until.getTime() - Date.now();
    this.#timer = setTimeout(() => this.redraw(), Math.min(Math.max(wait, 0) + 1, longestTimer));
    this.#timer.unref();
  }
}

/** @param date  as `2026-11-30` */
function dateAfter(date: string, days: number): string {
  const after = new Date(date);
  after.setUTCDate(after.getUTCDate() + days);
  return after.toISOString().slice(0, 10);
}

/** A failed read is shown where its rows would be. */
function shownAsRow(): void {}
