import * as vscode from 'vscode';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { settings } from '../ui/settings.ts';
import type { NextUpdateItem } from './nextUpdateItem.ts';

/** The next update in the status bar, as long as the person wants it there; loaded when it is first wanted. */
export class LazyNextUpdate implements vscode.Disposable {
  readonly #store: QueueStore;
  readonly #subscription: vscode.Disposable;
  #item: NextUpdateItem | undefined;

  constructor(store: QueueStore) {
    this.#store = store;
    this.#subscription = vscode.workspace.onDidChangeConfiguration(() => this.#follow());
    void this.#follow();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item?.dispose();
  }

  async #follow(): Promise<void> {
    const isWanted = () => settings.showsNext;
    if (isWanted() && !this.#item) {
      const { NextUpdateItem } = await import('./nextUpdateItem.ts');
      if (isWanted()) this.#item ??= new NextUpdateItem(this.#store);
    } else if (!isWanted()) {
      this.#item?.dispose();
      this.#item = undefined;
    }
  }
}
