import * as vscode from 'vscode';
import type { QueueNode, UpdateNode } from './queueNodes.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

const mimeType = 'application/vnd.code.tree.buffer.queue';

/** Reorders a queue by dragging: an update takes the place of the one it is dropped on. */
export class QueueDragAndDrop implements vscode.TreeDragAndDropController<QueueNode> {
  readonly dragMimeTypes = [mimeType];
  readonly dropMimeTypes = [mimeType];
  readonly #store: QueueStore;
  readonly #move: (update: UpdateNode, index: number) => Promise<void>;

  /** @param move  moves an update and tells the person when that fails */
  constructor(store: QueueStore, move: (update: UpdateNode, index: number) => Promise<void>) {
    this.#store = store;
    this.#move = move;
  }

  handleDrag([node]: readonly QueueNode[], data: vscode.DataTransfer): void {
    if (node?.kind === 'update' && node.section === 'pending' && this.#store.capabilities.reorder) {
      data.set(mimeType, new vscode.DataTransferItem(node));
    }
  }

  async handleDrop(target: QueueNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const dragged = data.get(mimeType)?.value as UpdateNode | undefined;
    if (!dragged?.updateId || !target || !('profileId' in target) || target.profileId !== dragged.profileId) return;
    const ids = this.#store.list(dragged.profileId, 'pending').items.map(({ id }) => id);
    const from = ids.indexOf(dragged.updateId);
    const to = target.kind === 'update' ? ids.indexOf(target.updateId) : target.kind === 'section' && target.section === 'pending' ? 0 : -1;
    if (from >= 0 && to >= 0 && to !== from) await this.#move(dragged, to);
  }
}
