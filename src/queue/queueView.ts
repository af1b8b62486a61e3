import * as vscode from 'vscode';
import type { QueueNode } from './queueNodes.ts';
import type { Change, QueueStore } from './queueStore.ts';
import type { QueueTree } from './queueTree.ts';

/** The sidebar's frame: the tree view, its badge, and the words that decide which welcome is shown. */
export class QueueView implements vscode.Disposable {
  readonly tree: vscode.TreeView<QueueNode>;
  readonly #store: QueueStore;
  readonly #subscription: { dispose(): void };

  constructor(store: QueueStore, provider: QueueTree, dragAndDropController: vscode.TreeDragAndDropController<QueueNode>) {
    this.#store = store;
    this.tree = vscode.window.createTreeView('buffer.queue', { treeDataProvider: provider, dragAndDropController, showCollapseAll: true });
    this.#subscription = store.onDidChange((changes) => this.#follow(changes));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.tree.dispose();
  }

  /** Tells menus and welcomes whether someone is signed in. */
  async show(isSignedIn: boolean): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'buffer.account', isSignedIn ? 'signedIn' : 'signedOut');
  }

  #follow(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === 'profiles')) {
      const { status, items } = this.#store.profiles;
      void vscode.commands.executeCommand('setContext', 'buffer.hasNoProfiles', status === 'loaded' && items.length === 0);
    }
    const failed = this.#store.failed.length;
    if (failed === (this.tree.badge?.value ?? 0)) return;
    this.tree.badge = failed
      ? { value: failed, tooltip: failed === 1 ? vscode.l10n.t('1 update could not be sent') : vscode.l10n.t('{0} updates could not be sent', failed) }
      : undefined;
  }
}
