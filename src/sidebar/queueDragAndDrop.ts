import * as vscode from 'vscode';
import type { QueueNode, UpdateNode } from './queueNodes.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

const mimeType = 'application/vnd.code.tree.buffer.queue';

/** Reorders a queue by dragging: an update takes the place of the one it is dropped on, or a posting time that is free. */
export class QueueDragAndDrop implements vscode.TreeDragAndDropController<QueueNode> {
  readonly dragMimeTypes = [mimeType];
  readonly dropMimeTypes = [mimeType];
  readonly #store: QueueStore;
  readonly #hasTimes: () => boolean;
  readonly #move: (update: UpdateNode, index: number) => Promise<void>;

  /**
   * @param hasTimes  whether free posting times are among the rows
   * @param move      moves an update and tells the person when that fails
   */
  constructor(store: QueueStore, hasTimes: () => boolean, move: (update: UpdateNode, index: number) => Promise<void>) {
    this.#store = store;
    this.#hasTimes = hasTimes;
    this.#move = move;
  }

  handleDrag([node]: readonly QueueNode[], data: vscode.DataTransfer): void {
    const { reorder, change } = this.#store.capabilities;
    if (node?.kind === 'update' && node.section === 'pending' && (this.#hasTimes() ? change : reorder)) {
      data.set(mimeType, new vscode.DataTransferItem(node));
    }
  }

  async handleDrop(target: QueueNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const dragged = data.get(mimeType)?.value as UpdateNode | undefined;
    if (!dragged?.updateId || !target) return;
    if (target.kind === 'free' && target.profileIds.includes(dragged.profileId))
      return void (await vscode.commands.executeCommand('buffer.rescheduleTo', dragged, target.at));
    if (!('profileId' in target) || target.profileId !== dragged.profileId || !this.#store.capabilities.reorder) return;
    const ids = this.#store.list(dragged.profileId, 'pending').items.map(({ id }) => id);
    const from = ids.indexOf(dragged.updateId);
    const to = target.kind === 'update' ? ids.indexOf(target.updateId) : target.kind === 'section' && target.section === 'pending' ? 0 : -1;
    if (from >= 0 && to >= 0 && to !== from) await this.#move(dragged, to);
  }
}
