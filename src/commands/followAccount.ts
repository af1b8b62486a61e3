import * as vscode from 'vscode';
import type { createAccount } from '../account/createAccount.ts';
import type { Connections } from '../account/connections.ts';
import { type BufferError, keyringLocked } from '../core/buffer/bufferError.ts';
import type { Core } from '../core/createCore.ts';
import type { IdeaTree } from '../sidebar/ideaTree.ts';
import type { QueueTree } from '../sidebar/queueTree.ts';
import type { QueueView } from '../sidebar/queueView.ts';

export interface FollowedParts {
  readonly account: ReturnType<typeof createAccount>;
  readonly connections: Connections;
  readonly core: Core;
  readonly tree: QueueTree;
  readonly view: QueueView;
  readonly ideaTree: IdeaTree;
  readonly log: vscode.LogOutputChannel;
  readonly memory: vscode.Memento;
  readonly windowMemory: vscode.Memento;
}

/** Follows who is signed in, in this window or another, and where: what is shown, asked for and sent is theirs. */
export class AccountFollower {
  /** The services as they are asked for the account that is followed; undefined while nobody is signed in. */
  connected: ReturnType<Connections['connect']> | undefined;
  readonly #parts: FollowedParts;
  /** The latest that was begun. */
  #following: Promise<void> | undefined;

  constructor(parts: FollowedParts) {
    this.#parts = parts;
  }

  /**
   * Takes over whoever is signed in now. Where the keyring does not tell, nothing is shown, and everything says why.
   * One that is overtaken by a later one is done when that is.
   */
  follow(): Promise<void> {
    const isLatest = () => this.#following === following;
    const following: Promise<void> = this.#takeOver(isLatest).then(() => (isLatest() ? undefined : this.#following));
    return (this.#following = following);
  }

  async #takeOver(isLatest: () => boolean): Promise<void> {
    const { account, connections, core, view, ideaTree, log } = this.#parts;
    let locked: BufferError | undefined;
    const connection = await account.connection().catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
      locked = keyringLocked(error);
      return undefined;
    });
    if (!isLatest()) return;
    this.connected?.rateLimiter.clear();
    this.connected = connection && connections.connect(connection);
    view.followRateLimiter(this.connected?.rateLimiter);
    core.connect(connection, this.connected?.api, locked);
    await ideaTree.show(connection ?? {});
    if (!isLatest()) return;
    // Whether this account has them shows when somebody asks.
    void vscode.commands.executeCommand('setContext', 'buffer.hasNoTemplates', false);
    await view.show(connection, locked !== undefined);
    if (isLatest()) await this.#restoreView();
  }

  /** Whoever looks at the queues of a token of v1 is told that it ends. */
  async tellOfEnd(): Promise<void> {
    const { account, view, memory } = this.#parts;
    if (view.tree.visible && (await account.connection())?.api === 'v1')
      await (await import('../account/movingOver.ts')).tellOfV1End(memory);
  }

  /** What was grouped in this window stays so, and what was filtered, as long as the same queues are shown. */
  async #restoreView(): Promise<void> {
    const { core, tree, view, windowMemory } = this.#parts;
    if (windowMemory.get('buffer.byDay')) await (await import('../sidebar/queueGrouping.ts')).restoreGrouping(this.#parts);
    if (tree.filteredBy.length || windowMemory.get('buffer.tagFilter'))
      (await import('../sidebar/queueFilter.ts')).restoreFilter({ store: core.store, tree, queueView: view, windowMemory });
  }
}
