import * as vscode from 'vscode';
import type { Idea } from '../core/buffer/model.ts';
import { drawFailure } from '../ui/failureRow.ts';
import { type GivenPermissions, missingPermissions } from '../ui/permissionWords.ts';
import { longTime, pastTime, personLocale, type TimeStyle } from '../core/time/formatTime.ts';
import type { IdeaStore } from '../core/ideas/ideaStore.ts';

/** A row: an idea, or how things are. */
export type IdeaNode = Idea | 'loading' | 'failed' | 'more';

/** The ideas in the sidebar. Being looked at is what loads them, and says how old they are where they are not fresh. */
export class IdeaTree implements vscode.TreeDataProvider<IdeaNode>, vscode.Disposable {
  readonly #store: IdeaStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<IdeaNode>;
  readonly #subscriptions: { dispose(): void }[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: IdeaStore) {
    this.#store = store;
    const view = vscode.window.createTreeView('buffer.ideas', { treeDataProvider: this });
    this.#view = view;
    this.#subscriptions = [
      this.#changed,
      view,
      store.onDidChange(() => {
        const { asOf } = store.ideas;
        view.description = asOf && vscode.l10n.t('As of {0}', pastTime(asOf, here()));
        this.#changed.fire();
      }),
      // What is not looked at any more need not be read.
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) store.stopReading();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Says what is missing of the permissions, above the ideas. */
  show(given: GivenPermissions): void {
    this.#view.message = missingPermissions(given, ['ideas', 'saveIdeas']);
  }

  getChildren(node?: IdeaNode): IdeaNode[] {
    if (node || !this.#store.isOffered) return [];
    const { status, items, hasMore } = this.#store.ideas;
    // What fails is shown as a row.
    if (status === 'unloaded') void this.#store.load().catch(() => undefined);
    if (status === 'failed') return ['failed', ...items];
    if (items.length === 0 && status !== 'loaded') return ['loading'];
    return hasMore ? [...items, 'more'] : [...items];
  }

  getTreeItem(node: IdeaNode): vscode.TreeItem {
    switch (node) {
      case 'loading':
        return row('loading', vscode.l10n.t('Loading…'), 'loading~spin');
      case 'more':
        return row('more', vscode.l10n.t('Load More'), 'fold-down', { command: 'buffer.loadMoreIdeas', title: vscode.l10n.t('Load More') });
      case 'failed': {
        const item = new vscode.TreeItem('');
        item.id = 'failed';
        drawFailure(item, this.#store.ideas.error, { command: 'buffer.refreshIdeas', title: vscode.l10n.t('Retry') });
        return item;
      }
      default:
        return drawIdea(node);
    }
  }
}

function drawIdea(idea: Idea): vscode.TreeItem {
  const lines = idea.text.split(/\r?\n/).filter((line) => line.trim());
  const item = row(idea.id, idea.title ?? lines[0] ?? vscode.l10n.t('(no text)'), 'lightbulb', {
    command: 'buffer.composeIdea',
    title: vscode.l10n.t('Write an Update from This Idea'),
    arguments: [idea],
  });
  item.description = idea.title && lines[0] ? shortened(lines[0], 200) : undefined;
  // A string: whatever stands in it is text.
  item.tooltip = [idea.title, shortened(idea.text, 5_000), longTime(idea.createdAt, here())].filter(Boolean).join('\n\n');
  item.contextValue = 'idea';
  return item;
}

/** How times are told to this person, at this place. */
function here(): TimeStyle {
  return { locale: personLocale(vscode.env.language), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

function row(id: string, label: string, icon: string, command?: vscode.Command): vscode.TreeItem {
  const item = new vscode.TreeItem(shortened(label, 200));
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = command;
  return item;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
