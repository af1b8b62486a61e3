import type * as vscode from 'vscode';
import type { BufferAccount } from '../account/account.ts';
import type { Composers } from '../composer/composers.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { OutboxSender } from '../delivery/outboxSender.ts';
import type { DraftStore } from '../composer/draftStore.ts';
import type { IdeaStore } from '../ideas/ideaStore.ts';
import type { QueueNode } from '../queue/queueNodes.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import type { QueueTree } from '../queue/queueTree.ts';
import type { Failures } from './failures.ts';

/** What commands work with. */
export interface Parts {
  readonly account: BufferAccount;
  readonly store: QueueStore;
  readonly tree: QueueTree;
  readonly ideas: IdeaStore;
  readonly composers: Composers;
  readonly drafts: DraftStore;
  readonly outbox: Outbox;
  readonly sender: OutboxSender;
  readonly view: vscode.TreeView<QueueNode>;
  readonly failures: Failures;
  readonly log: vscode.LogOutputChannel;
  /** Remembers the person's last choices. */
  readonly memory: vscode.Memento;
}
