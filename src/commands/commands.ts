import * as vscode from 'vscode';
import type { Draft } from '../composer/messages.ts';
import type { QueueNode, UpdateNode } from '../queue/queueNodes.ts';
import { signIn, signOut } from './accountCommands.ts';
import { composeSelection, deleteDraft, editInComposer, moveComposer, newUpdate, openDraft } from './composeCommands.ts';
import type { Failures } from './failures.ts';
import type { Parts } from './parts.ts';
import { postSelection } from './postSelection.ts';
import { loadMore, openProfile, refresh, retry, shuffleQueue } from './queueCommands.ts';
import {
  copyText,
  deleteUpdate,
  editUpdate,
  moveUpdate,
  openSentUpdate,
  rescheduleUpdate,
  shareUpdate,
  shareUpdateNext,
  showRow,
} from './updateCommands.ts';

/** The walkthrough of `package.json`, as VS Code names it. */
const walkthroughId = 'queue-for-buffer.queue-for-buffer#start';

/** Registers every command of `package.json`, and those that only rows call. */
export function registerCommands(parts: Parts, failures: Failures): vscode.Disposable[] {
  const { log } = parts;
  const handlers = {
    'buffer.signIn': () => signIn(parts),
    'buffer.signOut': () => signOut(parts),
    'buffer.getStarted': () => vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false),
    'buffer.showLog': () => log.show(),
    'buffer.refresh': () => refresh(parts),
    'buffer.postSelection': () => postSelection(parts),
    'buffer.newUpdate': (node?: QueueNode) => newUpdate(parts, node),
    'buffer.composeSelection': () => composeSelection(parts),
    'buffer.editInComposer': (node?: QueueNode) => editInComposer(parts, node),
    'buffer.moveComposer': () => moveComposer(parts),
    'buffer.openDraft': (draft: Draft) => openDraft(parts, draft),
    'buffer.deleteDraft': (draft: Draft) => deleteDraft(parts, draft),
    'buffer.openUpdate': (node: UpdateNode) => showRow(parts, node),
    'buffer.editUpdate': (node?: QueueNode) => editUpdate(parts, node),
    'buffer.rescheduleUpdate': (node?: QueueNode) => rescheduleUpdate(parts, node),
    'buffer.shareUpdate': (node?: QueueNode) => shareUpdate(parts, node),
    'buffer.shareUpdateNext': (node?: QueueNode) => shareUpdateNext(parts, node),
    'buffer.moveUpdateUp': (node?: QueueNode) => moveUpdate(parts, -1, node),
    'buffer.moveUpdateDown': (node?: QueueNode) => moveUpdate(parts, 1, node),
    'buffer.deleteUpdate': (node?: QueueNode) => deleteUpdate(parts, node),
    'buffer.copyText': (node?: QueueNode) => copyText(parts, node),
    'buffer.openSentUpdate': (node?: QueueNode) => openSentUpdate(parts, node),
    'buffer.shuffleQueue': (node?: QueueNode) => shuffleQueue(parts, node),
    'buffer.openProfile': (node?: QueueNode) => openProfile(parts, node),
    'buffer.loadMore': (place: Parameters<typeof loadMore>[1]) => loadMore(parts, place),
    'buffer.retry': (place?: Parameters<typeof retry>[1]) => retry(parts, place),
  };
  return Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, failures.telling(handler as (...args: unknown[]) => unknown)),
  );
}
