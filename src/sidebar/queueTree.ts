import * as vscode from 'vscode';
import type { Avatars } from './avatars.ts';
import { type QueueNode, QueueNodes, type SectionNode, type UpdateNode } from './queueNodes.ts';
import { drawMessage, drawMore, drawProfile, drawSection, drawUpdate } from './queueRows.ts';
import type { Change } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

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
    for (const each of this.#subscriptions) each.dispose();
  }

  getChildren(node?: QueueNode): QueueNode[] {
    if (!node) return this.#profiles();
    if (node.kind === 'profile') {
      if (!this.#store.capabilities.queues) return [];
      return [this.#nodes.section(node.profileId, 'pending'), this.#nodes.section(node.profileId, 'sent')];
    }
    return node.kind === 'section' ? this.#updates(node) : [];
  }

  getParent(node: QueueNode): QueueNode | undefined {
    switch (node.kind) {
      case 'profile':
        return undefined;
      case 'section':
        return this.#nodes.profile(node.profileId);
      case 'update':
      case 'more':
        return this.#nodes.section(node.profileId, node.section);
      case 'message':
        return node.of;
    }
  }

  getTreeItem(node: QueueNode): vscode.TreeItem {
    switch (node.kind) {
      case 'profile':
        return drawProfile(node, this.#store, this.#avatars);
      case 'section':
        return drawSection(node, this.#store);
      case 'update':
        return drawUpdate(node, this.#store);
      case 'more':
        return drawMore(node, this.#store);
      case 'message':
        return drawMessage(node, this.#store);
    }
  }

  /** Tooltips are made when the pointer rests on a row, not for each of 250. */
  async resolveTreeItem(item: vscode.TreeItem, node: QueueNode): Promise<vscode.TreeItem> {
    if (node.kind === 'update') item.tooltip = (await import('./updateTooltip.ts')).updateTooltip(node, this.#store);
    return item;
  }

  /** The row of an update, loading its section first where needed; undefined where it is not among the loaded. */
  async find(updateId: string): Promise<UpdateNode | undefined> {
    const update = this.#store.update(updateId);
    if (!update || !this.#store.capabilities.queues) return undefined;
    const section = this.#store.sectionOf(update);
    await this.#store.loadList(update.profileId, section);
    const isShown = this.#store.list(update.profileId, section).items.some(({ id }) => id === updateId);
    return isShown ? this.#nodes.update(update.profileId, section, updateId) : undefined;
  }

  /** The row of a profile's queue. */
  pendingOf(profileId: string): SectionNode {
    return this.#nodes.section(profileId, 'pending');
  }

  #profiles(): QueueNode[] {
    if (!this.#store.isConnected) return [];
    const { status, items } = this.#store.profiles;
    if (status === 'unloaded') void this.#store.loadProfiles('shown').catch(shownAsRow);
    if (status === 'failed') return [this.#nodes.message('failed'), ...items.map(({ id }) => this.#nodes.profile(id))];
    if (items.length === 0 && status !== 'loaded') return [this.#nodes.message('loading')];
    return items.map(({ id }) => this.#nodes.profile(id));
  }

  #updates(node: SectionNode): QueueNode[] {
    const { profileId, section } = node;
    if (this.#store.needsLoading(profileId, section)) void this.#store.loadList(profileId, section, 'shown').catch(shownAsRow);
    const { status, items, hasMore, isIncomplete } = this.#store.list(profileId, section);
    const rows: QueueNode[] = items.map(({ id }) => this.#nodes.update(profileId, section, id));
    if (hasMore) rows.push(this.#nodes.more(node));
    if (status === 'failed') rows.unshift(this.#nodes.message('failed', node));
    else if (isIncomplete) rows.unshift(this.#nodes.message('incomplete', node));
    if (rows.length === 0) rows.push(this.#nodes.message(status === 'loaded' ? 'empty' : 'loading', node));
    return rows;
  }

  #redraw(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === 'profiles')) {
      if (!this.#store.isConnected) this.#nodes.clear();
      this.#changed.fire(undefined);
      return;
    }
    const rows = new Set<QueueNode>();
    for (const change of changes) for (const row of this.#rowsOf(change)) rows.add(row);
    // A section draws its own rows.
    const outermost = [...rows].filter((row) => !rows.has(this.getParent(row)!));
    if (outermost.length) this.#changed.fire(outermost);
  }

  #rowsOf(change: Change): QueueNode[] {
    const known = (id: string) => this.#nodes.known(id) ?? [];
    switch (change.kind) {
      case 'profiles':
        return [];
      case 'profile':
        return [known(`profile/${change.profileId}`)].flat();
      case 'section':
        return [known(`profile/${change.profileId}/${change.section}`)].flat();
      case 'update': {
        const update = this.#store.update(change.updateId);
        if (!update) return [];
        return [known(`profile/${update.profileId}/${this.#store.sectionOf(update)}/${update.id}`)].flat();
      }
    }
  }
}

/** A failed read is shown where its rows would be. */
function shownAsRow(): void {}
