import * as vscode from 'vscode';
import type { Outbox } from '../core/delivery/outbox.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { firstWords } from '../ui/draftTitle.ts';
import { profileNames } from '../ui/profileNames.ts';
import { plainTooltip } from './rowText.ts';
import { unreadableWords } from './unreadableWords.ts';
import { type DraftStore, hasText } from '../core/drafts/draftStore.ts';
import type { Draft } from '../core/drafts/draft.ts';

/** The row above the drafts that were thrown away. */
const discarded = 'discarded';

/**
 * How long what was discarded keeps the view in sight where nothing else is in it: who threw something away by mistake
 * notices soon, and nobody wants a view about their rubbish for a week. Milliseconds.
 */
const justDiscarded = 3_600_000;

/**
 * The drafts in the sidebar, latest first, and those that were thrown away of late; the view is there while there are drafts,
 * or something was just discarded.
 */
export class DraftTree implements vscode.TreeDataProvider<Draft | typeof discarded>, vscode.Disposable {
  readonly #drafts: DraftStore;
  readonly #store: QueueStore;
  readonly #outbox: Outbox;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #view: vscode.TreeView<Draft | typeof discarded>;
  #later: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(drafts: DraftStore, store: QueueStore, outbox: Outbox) {
    this.#drafts = drafts;
    this.#store = store;
    this.#outbox = outbox;
    this.#view = vscode.window.createTreeView('buffer.drafts', { treeDataProvider: this });
    this.#subscriptions = [this.#changed, drafts.onDidChange(() => this.#follow()), outbox.onDidChange(() => this.#follow()), this.#view];
  }

  dispose(): void {
    clearTimeout(this.#later);
    for (const each of this.#subscriptions) each.dispose();
  }

  getChildren(node?: Draft | typeof discarded): (Draft | typeof discarded)[] {
    if (node === discarded) return this.#drafts.discarded.map(({ draft }) => draft);
    if (node) return [];
    return this.#drafts.discarded.length ? [...this.#listed, discarded] : this.#listed;
  }

  getTreeItem(draft: Draft | typeof discarded): vscode.TreeItem {
    if (draft === discarded) {
      const item = new vscode.TreeItem(vscode.l10n.t('Recently Discarded'), vscode.TreeItemCollapsibleState.Collapsed);
      item.id = discarded;
      item.tooltip = vscode.l10n.t('Open a draft to restore it. Drafts stay here for 7 days.');
      item.iconPath = new vscode.ThemeIcon('trash');
      return item;
    }
    const isDiscarded = this.#drafts.discarded.some((each) => each.draft.id === draft.id);
    const item = new vscode.TreeItem(firstWords(draft));
    const names = profileNames(
      draft.profileIds.flatMap((id) => this.#store.profile(id) ?? []),
      this.#store.profiles.items,
    );
    item.id = draft.id;
    item.description = names;
    item.iconPath = new vscode.ThemeIcon(isDiscarded ? 'history' : 'device-desktop');
    item.contextValue = 'draft';
    const place = isDiscarded ? vscode.l10n.t('Discarded draft') : vscode.l10n.t('Draft on This Computer');
    item.tooltip = plainTooltip(draft.text, place);
    item.accessibilityInformation = { label: [firstWords(draft), names, place].filter(Boolean).join(', ') };
    item.command = { command: 'buffer.openDraft', title: vscode.l10n.t('Open Draft'), arguments: [draft] };
    return item;
  }

  /** Without those that are on their way whole: they are in the outbox, and come back if they fail. */
  get #listed(): Draft[] {
    const isOnItsWay = (draft: Draft) => {
      const entries = this.#outbox.ofDraft(draft.id).filter(({ text }) => hasText(draft, text));
      const onTheirWay = entries.flatMap(({ profiles }) => profiles.map(({ id }) => id));
      return onTheirWay.length > 0 && draft.profileIds.every((each) => onTheirWay.includes(each));
    };
    return this.#drafts.drafts.map(({ draft }) => draft).filter((draft) => !isOnItsWay(draft));
  }

  #follow(): void {
    const { length: unreadable } = this.#drafts.unreadable;
    this.#view.message = unreadableWords(unreadable);
    const [latest] = this.#drafts.discarded;
    const left = latest ? latest.savedAt.getTime() + justDiscarded - Date.now() : 0;
    void vscode.commands.executeCommand('setContext', 'buffer.hasDrafts', this.#listed.length + unreadable > 0 || left > 0);
    clearTimeout(this.#later);
    if (left > 0) this.#later = setTimeout(() => this.#follow(), left);
    this.#changed.fire(undefined);
  }
}
