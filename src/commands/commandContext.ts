import type * as vscode from 'vscode';
import type { BufferAccount } from '../account/account.ts';
import type { LazyComposers } from '../composer/host/lazyComposers.ts';
import type { Outbox } from '../core/delivery/outbox.ts';
import type { OutboxSender } from '../core/delivery/outboxSender.ts';
import type { DraftStore } from '../core/drafts/draftStore.ts';
import type { IdeaStore } from '../core/ideas/ideaStore.ts';
import type { LazyPreviews } from '../preview/host/lazyPreviews.ts';
import type { QueueNode } from '../sidebar/queueNodes.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import type { QueueView } from '../sidebar/queueView.ts';
import type { QueueTree } from '../sidebar/queueTree.ts';
import type { TemplateStore } from '../core/templates/templateStore.ts';
import type { Failures } from './failures.ts';

/** What commands work with. */
export interface CommandContext {
  readonly account: BufferAccount;
  readonly store: QueueStore;
  readonly tree: QueueTree;
  readonly ideas: IdeaStore;
  readonly templates: () => Promise<TemplateStore>;
  readonly composers: LazyComposers;
  readonly calendar: { open(): Promise<void> };
  readonly previews: LazyPreviews;
  readonly figures: { open(): Promise<void> };
  readonly drafts: DraftStore;
  readonly outbox: Outbox;
  readonly sender: OutboxSender;
  readonly view: vscode.TreeView<QueueNode>;
  readonly queueView: QueueView;
  readonly failures: Failures;
  readonly log: vscode.LogOutputChannel;
  /** Remembers the person's last choices. */
  readonly memory: vscode.Memento;
  /** The same for this window and what is open in it. */
  readonly windowMemory: vscode.Memento;
}
