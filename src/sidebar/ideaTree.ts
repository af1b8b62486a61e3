import * as vscode from 'vscode';
import { lazily } from '../core/async/lazily.ts';
import type { IdeaStore } from '../core/ideas/ideaStore.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { pastTime, personLocale } from '../core/time/formatTime.ts';
import type { GivenPermissions } from '../ui/permissionWords.ts';
import type { Became, IdeaNode } from './ideaRows.ts';

/** The ideas in the sidebar. Being looked at is what loads them, and says how old they are where they are not fresh. */
export class IdeaTree implements vscode.TreeDataProvider<IdeaNode>, vscode.Disposable {
  readonly #store: IdeaStore;
  readonly #queues: QueueStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<IdeaNode>;
  readonly #subscriptions: { dispose(): void }[];
  /** Loaded when somebody looks at them. */
  readonly #rows = lazily(() => import('./ideaRows.ts'));
  #became: Became = new Map();
  #isDrawn = false;
  /** What was to be shown last. */
  #latest: GivenPermissions | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: IdeaStore, queues: QueueStore) {
    this.#store = store;
    this.#queues = queues;
    const view = vscode.window.createTreeView('buffer.ideas', { treeDataProvider: this });
    this.#view = view;
    this.#subscriptions = [
      this.#changed,
      view,
      store.onDidChange(() => {
        const { asOf } = store.ideas;
        const style = { locale: personLocale(vscode.env.language), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
        view.description = asOf && vscode.l10n.t('As of {0}', pastTime(asOf, style));
        this.#changed.fire();
      }),
      queues.onDidChange(() => {
        if (this.#isDrawn && view.visible) void this.#follow();
      }),
      // What is not looked at any more need not be read.
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) store.stopReading();
        else if (this.#isDrawn) void this.#follow();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Says what is missing of the permissions, above the ideas. */
  async show(given: GivenPermissions): Promise<void> {
    this.#latest = given;
    const words = given.scopes && (await import('../ui/permissionWords.ts'));
    // Meanwhile they may be somebody else's.
    if (this.#latest === given) this.#view.message = words?.missingPermissions(given, ['ideas', 'saveIdeas']);
  }

  async getChildren(node?: IdeaNode): Promise<IdeaNode[]> {
    if (!this.#store.isOffered) return [];
    const { ideaRowsUnder, becameOf } = await this.#rows();
    if (node === undefined) {
      this.#isDrawn = true;
      this.#became = becameOf(this.#queues);
      // What fails is shown as a row.
      if (this.#store.ideas.status === 'unloaded') void this.#store.load().catch(() => undefined);
    }
    return ideaRowsUnder(node, this.#store, this.#became);
  }

  async getTreeItem(node: IdeaNode): Promise<vscode.TreeItem> {
    return (await this.#rows()).drawIdeaRow(node, this.#store, this.#queues, this.#became);
  }

  /** Draws anew where something became of an idea, and only then: queues change all the time. */
  async #follow(): Promise<void> {
    const { becameOf, isSameBecame } = await this.#rows();
    if (!isSameBecame(this.#became, becameOf(this.#queues))) this.#changed.fire();
  }
}
