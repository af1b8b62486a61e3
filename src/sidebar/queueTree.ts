import * as vscode from 'vscode';
import type { Avatars } from './avatars.ts';
import {
  type DayNode,
  type FreeNode,
  isShownIn,
  listOf,
  type ProfileNode,
  type QueueNode,
  QueueNodes,
  type RowPlace,
  type SectionNode,
  type ShownSection,
  type UpdateNode,
} from './queueNodes.ts';
import type { DayTree, DayTreeParts } from './dayTree.ts';
import type * as queueRows from './queueRows.ts';
import type { DrawnRows } from './drawnRows.ts';
import { drawProfile } from './profileRow.ts';
import { lazily } from '../core/async/lazily.ts';
import type { Tag, Update } from '../core/buffer/model.ts';
import type { Change, Section } from '../core/queue/queueModel.ts';
import type { QueueLists, TagFilter } from '../core/queue/tagFilter.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

type Rows = typeof queueRows;

/** Those that stand below profiles. */
type LowerNode = Exclude<QueueNode, ProfileNode | DayNode | FreeNode>;

/**
 * The sidebar: store in, rows out. Asking for a section's rows is what loads it, so a closed one costs nothing;
 * rows are given at once from what is known, and drawn again when the answer comes.
 */
export class QueueTree implements vscode.TreeDataProvider<QueueNode>, vscode.Disposable {
  readonly #store: QueueStore;
  readonly #avatars: Avatars;
  readonly #nodes = new QueueNodes();
  readonly #changed = new vscode.EventEmitter<QueueNode[] | undefined>();
  readonly #subscriptions: { dispose(): void }[];
  /** The profiles that were drawn with a section of drafts. */
  readonly #withDrafts = new Set<string>();
  /** Where the row of an update that has not gone out was drawn last. */
  readonly #drawnIn = new Map<string, RowPlace>();
  /** How many updates wait, as each profile's row was drawn, or told to be. */
  readonly #drawnCounts = new Map<string, string>();
  /** Whether the top was drawn with a row for what failed; undefined before it was drawn. */
  #withFailed: boolean | undefined;

  #filter: TagFilter | undefined;
  #days: DayTree | undefined;
  /** How rows look that a sidebar does not begin with. */
  #rows: Rows | undefined;
  #drawn: DrawnRows<QueueNode> | undefined;
  readonly #loadRows = lazily(async () => {
    this.#rows = await import('./queueRows.ts');
    this.#drawn = new this.#rows.DrawnRows();
    return this.#rows;
  });

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: QueueStore, avatars: Avatars) {
    this.#store = store;
    this.#avatars = avatars;
    this.#subscriptions = [
      this.#changed,
      store.onDidChange((changes) => this.#redraw(changes)),
      avatars.onDidLoad((profileId) => this.#redraw([{ kind: 'profile', profileId }])),
    ];
  }

  dispose(): void {
    this.#days?.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }

  /** The lists that are shown: all, or those that a filter leaves. */
  get lists(): QueueLists {
    return this.#filter ?? this.#store;
  }

  /** The tags of the filter; none where all is shown. */
  get filteredBy(): readonly Tag[] {
    return this.#filter?.tags ?? [];
  }

  /** Shows what a filter leaves from now on; all where there is none. */
  show(filter: TagFilter | undefined): void {
    this.#filter = filter;
    this.#changed.fire(undefined);
  }

  /** The rows by day; undefined where they stand by profile. */
  get days(): DayTree | undefined {
    return this.#days;
  }

  /** Groups rows by day from now on; by profile where nothing makes those. */
  group(makeDays?: (parts: DayTreeParts) => DayTree): void {
    this.#days?.dispose();
    this.#days = makeDays?.({
      store: this.#store,
      avatars: this.#avatars,
      nodes: this.#nodes,
      lists: () => this.lists,
      tell: (rows) => this.#changed.fire(rows),
    });
    this.#changed.fire(undefined);
  }

  /** What a filter leaves is read again where the profiles were. */
  reread(): void {
    if (this.#filter) this.#changed.fire(undefined);
  }

  /** Tells of a list that looks different. */
  tell(change: Change): void {
    this.#redraw([change]);
  }

  getChildren(node?: QueueNode): QueueNode[] {
    if (this.#days) return this.#days.getChildren(node);
    if (!node) return this.#profiles();
    if (node.kind === 'profile') {
      if (!this.#store.capabilities.queues) return [];
      return this.#sections(node.profileId).map((section) => this.#nodes.section(node.profileId, section));
    }
    if (node.kind !== 'section' && node.kind !== 'failed') return [];
    const rows = node.kind === 'failed' ? this.#failedRows() : this.#updates(node);
    if (node.kind === 'failed') for (const row of rows) if (row.kind === 'update') this.#drawnIn.set(row.updateId, 'failed');
    this.#drawn?.give(node, rows);
    return rows;
  }

  getParent(node: QueueNode): QueueNode | undefined {
    if (this.#days) return this.#days.getParent(node);
    switch (node.kind) {
      case 'section':
        return this.#nodes.profile(node.profileId);
      case 'update':
        return node.section === 'failed' ? this.#nodes.failed() : this.#nodes.section(node.profileId, node.section);
      case 'more':
        return this.#nodes.section(node.profileId, node.section);
      case 'message':
        return node.of;
      default:
        return undefined;
    }
  }

  getTreeItem(node: QueueNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    if (this.#days) return this.#days.getTreeItem(node);
    if (node.kind === 'profile') {
      this.#drawnCounts.set(node.profileId, this.#countOf(node.profileId));
      return drawProfile(node, this.#store, this.#avatars);
    }
    const draw = (rows: Rows) => this.#drawn!.draw(node, this.#draw(node as LowerNode, rows), this.#subject(node));
    return this.#rows ? draw(this.#rows) : this.#loadRows().then(draw);
  }

  /** Its tooltip tells more of an update than its row. */
  #subject(node: QueueNode): Update | undefined {
    return node.kind === 'update' ? this.#store.update(node.updateId) : undefined;
  }

  #draw(node: LowerNode, rows: Rows): vscode.TreeItem {
    switch (node.kind) {
      case 'failed':
        return rows.drawFailed(node, this.#store, this.lists);
      case 'section':
        return rows.drawSection(node, this.#store, this.lists);
      case 'update':
        return rows.drawUpdate(node, this.#store);
      case 'more':
        return rows.drawMore(node, this.lists);
      case 'message':
        return rows.drawMessage(node, this.#store, this.lists);
    }
  }

  /** Tooltips are made when the pointer rests on a row, not for each of 250. */
  async resolveTreeItem(item: vscode.TreeItem, node: QueueNode): Promise<vscode.TreeItem> {
    if (node.kind !== 'update') return item;
    const { picturedTooltip } = await import('./updateTooltip.ts');
    item.tooltip = await picturedTooltip(node, this.#store, this.#avatars, this.#days !== undefined || node.section === 'failed');
    return item;
  }

  /** The row of an update, loading its section first where needed; undefined where it is not among the loaded. */
  async find(updateId: string): Promise<UpdateNode | undefined> {
    const update = this.#store.update(updateId);
    if (!update || !this.#store.capabilities.queues) return undefined;
    if (this.#isAmongFailed(update)) return this.#nodes.update(update.profileId, 'failed', updateId);
    if (this.#days) return this.#days.find(update);
    const section = this.#store.sectionOf(update);
    await this.lists.loadList(update.profileId, section);
    const shown = this.lists.list(update.profileId, section).items.find(({ id }) => id === updateId);
    return shown && this.#nodes.update(update.profileId, this.#sectionOf(shown), updateId);
  }

  /** Where the row of an update stands, by what is known. */
  placeOf(update: Update): RowPlace {
    return this.#sectionOf(update);
  }

  /** The row of a profile's queue; the first of its rows, if there is one, where they stand by day. */
  pendingOf(profileId: string): QueueNode | undefined {
    return this.#days ? this.#days.firstOf(profileId) : this.#nodes.section(profileId, 'pending');
  }

  #profiles(): QueueNode[] {
    this.#withFailed = this.lists.failed.length > 0;
    const rows = this.#profileRows();
    return this.#withFailed && this.#store.capabilities.queues ? [this.#nodes.failed(), ...rows] : rows;
  }

  #failedRows(): UpdateNode[] {
    return this.lists.failed.map(({ id, profileId }) => this.#nodes.update(profileId, 'failed', id));
  }

  #isAmongFailed({ id, status }: Update): boolean {
    return status === 'failed' && this.lists.failed.some((each) => each.id === id);
  }

  #profileRows(): QueueNode[] {
    if (!this.#store.isConnected) return [];
    const { status, items } = this.#store.profiles;
    if (status === 'unloaded') void this.#store.loadProfiles('shown').catch(shownAsRow);
    if (status === 'failed') return [this.#nodes.message('failed'), ...items.map(({ id }) => this.#nodes.profile(id))];
    if (items.length === 0 && status !== 'loaded') return [this.#nodes.message('loading')];
    return items.map(({ id }) => this.#nodes.profile(id));
  }

  #sections(profileId: string): ShownSection[] {
    const hasDrafts = this.#hasDrafts(profileId);
    if (hasDrafts) this.#withDrafts.add(profileId);
    else this.#withDrafts.delete(profileId);
    return hasDrafts ? ['pending', 'drafts', 'sent'] : ['pending', 'sent'];
  }

  #hasDrafts(profileId: string): boolean {
    return this.lists.list(profileId, 'pending').items.some((each) => isShownIn('drafts', each));
  }

  #sectionOf(update: Update): RowPlace {
    if (this.#isAmongFailed(update)) return 'failed';
    const section = this.#store.sectionOf(update);
    return section === 'pending' && isShownIn('drafts', update) ? 'drafts' : section;
  }

  #updates(node: SectionNode): QueueNode[] {
    const { profileId } = node;
    const section = listOf(node.section);
    if (this.lists.needsLoading(profileId, section)) void this.lists.loadList(profileId, section, 'shown').catch(shownAsRow);
    const rows = this.#rowsIn(node);
    if (section === 'pending') for (const row of rows) if (row.kind === 'update') this.#drawnIn.set(row.updateId, node.section);
    return rows;
  }

  /** What stands in a section. */
  #rowsIn(node: SectionNode): QueueNode[] {
    const { profileId } = node;
    const section = listOf(node.section);
    const { status, items, hasMore, isIncomplete } = this.lists.list(profileId, section);
    const shown = items.filter((each) => isShownIn(node.section, each));
    const rows: QueueNode[] = shown.map(({ id }) => this.#nodes.update(profileId, node.section, id));
    // Of drafts there is one list with what waits, and that says how it stands.
    if (node.section === 'drafts') return rows;
    if (hasMore) rows.push(this.#nodes.more(node));
    if (status === 'failed') rows.unshift(this.#nodes.message('failed', node));
    else if (isIncomplete) rows.unshift(this.#nodes.message('incomplete', node));
    if (rows.length === 0) rows.push(this.#nodes.message(status === 'loaded' ? 'empty' : 'loading', node));
    return rows;
  }

  #redraw(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === 'profiles')) {
      if (!this.#store.isConnected) {
        this.#nodes.clear();
        this.#drawnIn.clear();
        this.#drawnCounts.clear();
        this.#drawn?.clear();
      }
      this.#days?.forget();
      this.#changed.fire(undefined);
      return;
    }
    if (this.#days) return this.#days.redraw();
    if (this.#withFailed !== undefined && this.#withFailed !== this.lists.failed.length > 0) {
      this.#changed.fire(undefined);
      return;
    }
    const rows = new Set<QueueNode>();
    for (const change of changes) for (const row of this.#rowsOf(change)) rows.add(row);
    // What it counts follows from its lists, where the service tells no counts.
    for (const [profileId, drawn] of this.#drawnCounts) {
      const count = this.#countOf(profileId);
      if (count === drawn) continue;
      this.#drawnCounts.set(profileId, count);
      rows.add(this.#nodes.profile(profileId));
    }
    // A section draws its own rows.
    const outermost = [...rows].filter((row) => !rows.has(this.getParent(row)!)).flatMap((row) => this.#different(row));
    if (outermost.length) this.#changed.fire(outermost);
  }

  /** A row that looks different now, or those below it that do. */
  #different(node: QueueNode): QueueNode[] {
    if (node.kind === 'profile' || !this.#rows || !this.#drawn) return [node];
    if (this.#drawn.looksDifferent(node, this.#draw(node as LowerNode, this.#rows), this.#subject(node))) return [node];
    if (node.kind !== 'section' && node.kind !== 'failed') return [];
    // Who looks at it again reads what is to be read.
    if (node.kind === 'section' && this.lists.needsLoading(node.profileId, listOf(node.section))) return [node];
    // Its rows are drawn when it is opened.
    if (!this.#drawn.wasOpened(node)) return [];
    const children = this.#drawn.sameChildren(node, node.kind === 'failed' ? this.#failedRows() : this.#rowsIn(node));
    return children ? children.flatMap((child) => this.#different(child)) : [node];
  }

  #rowsOf(change: Change): QueueNode[] {
    const known = (id: string) => this.#nodes.known(id) ?? [];
    switch (change.kind) {
      case 'profiles':
        return [];
      case 'profile':
        return [known(`profile/${change.profileId}`)].flat();
      case 'section':
        return this.#rowsOfList(change.profileId, change.section);
      case 'update': {
        const update = this.#store.update(change.updateId);
        if (!update) return [];
        // It may have come through the filter, or not any more.
        if (this.#filter) return this.#rowsOfList(update.profileId, this.#store.sectionOf(update));
        // Its row is somewhere else as soon as it is a draft, or none any more; one that was never drawn is counted still.
        const section = this.#sectionOf(update);
        const drawnIn = this.#drawnIn.get(update.id);
        if (drawnIn ? drawnIn !== section : section !== 'sent') return this.#rowsOfList(update.profileId, 'pending');
        return [known(section === 'failed' ? `failed/${update.id}` : `profile/${update.profileId}/${section}/${update.id}`)].flat();
      }
    }
  }

  #countOf(profileId: string): string {
    return JSON.stringify(this.#store.waiting(profileId));
  }

  /** The sections that show a list, or their profile where the one with the drafts comes or goes. */
  #rowsOfList(profileId: string, list: Section): QueueNode[] {
    const known = (section: ShownSection) => this.#nodes.known(`profile/${profileId}/${section}`) ?? [];
    // What failed may be of either list, and stands beside them.
    const failed = this.#withFailed ? [this.#nodes.failed()] : [];
    if (list === 'sent') return [known('sent'), failed].flat();
    const pending = [known('pending')].flat();
    const isOther = pending.length > 0 && this.#withDrafts.has(profileId) !== this.#hasDrafts(profileId);
    return isOther ? [this.#nodes.profile(profileId), ...failed] : [...pending, known('drafts'), ...failed].flat();
  }
}

/** A failed read is shown where its rows would be. */
function shownAsRow(): void {}
