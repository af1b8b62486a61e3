import * as vscode from 'vscode';
import type { Draft } from '../core/drafts/draft.ts';
import type { Entry } from '../core/delivery/outbox.ts';
import type { Idea } from '../core/buffer/model.ts';
import type { QueueNode, UpdateNode } from '../sidebar/queueNodes.ts';
import { moveToCurrentApi, signIn, signOut, switchOrganization } from './accountCommands.ts';
import { composeSelection, deleteDraft, editInComposer, moveComposer, newUpdate, openDraft } from './composeCommands.ts';
import { composeIdea, loadMoreIdeas, refreshIdeas, saveIdea } from './ideaCommands.ts';
import { dropOutboxEntry, editOutboxEntry, sendOutboxEntry } from './outboxCommands.ts';
import type { CommandContext } from './commandContext.ts';
import type { Target } from './pickUpdate.ts';
import { postSelection } from './postSelection.ts';
import { loadMore, openProfile, refresh, retry, shuffleQueue } from './queueCommands.ts';
import {
  copyText,
  deleteUpdate,
  editUpdate,
  moveToDrafts,
  moveUpdate,
  openAtBuffer,
  openFailureHelp,
  openSentUpdate,
  queueUpdate,
  rescheduleUpdate,
  shareUpdate,
  shareUpdateNext,
  showRow,
} from './updateCommands.ts';

/** The walkthrough of `package.json`, as VS Code names it. */
const walkthroughId = 'queue-for-buffer.queue-for-buffer#start';

/** Registers every command of `package.json`, and those that only rows call. */
export function registerCommands(parts: CommandContext): vscode.Disposable[] {
  const { log, failures } = parts;
  const handlers = {
    'buffer.signIn': () => signIn(parts),
    'buffer.signOut': () => signOut(parts),
    'buffer.switchOrganization': () => switchOrganization(parts),
    'buffer.moveToCurrentApi': () => moveToCurrentApi(parts),
    'buffer.getStarted': () => vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false),
    'buffer.showLog': () => log.show(),
    'buffer.refresh': () => refresh(parts),
    'buffer.postSelection': () => postSelection(parts),
    'buffer.newUpdate': (node?: QueueNode) => newUpdate(parts, node),
    'buffer.composeSelection': () => composeSelection(parts),
    'buffer.editInComposer': (target?: Target) => editInComposer(parts, target),
    'buffer.moveComposer': () => moveComposer(parts),
    'buffer.openDraft': (draft: Draft) => openDraft(parts, draft),
    'buffer.deleteDraft': (draft: Draft) => deleteDraft(parts, draft),
    'buffer.openUpdate': (node: UpdateNode) => showRow(parts, node),
    'buffer.editUpdate': (target?: Target) => editUpdate(parts, target),
    'buffer.rescheduleUpdate': (target?: Target) => rescheduleUpdate(parts, target),
    'buffer.shareUpdate': (target?: Target) => shareUpdate(parts, target),
    'buffer.shareUpdateNext': (target?: Target) => shareUpdateNext(parts, target),
    'buffer.moveUpdateUp': (target?: Target) => moveUpdate(parts, -1, target),
    'buffer.moveUpdateDown': (target?: Target) => moveUpdate(parts, 1, target),
    'buffer.deleteUpdate': (target?: Target) => deleteUpdate(parts, target),
    'buffer.queueUpdate': (target?: Target) => queueUpdate(parts, target),
    'buffer.openFailureHelp': (node?: UpdateNode) => openFailureHelp(parts, node),
    'buffer.moveToDrafts': (target?: Target) => moveToDrafts(parts, target),
    'buffer.openAtBuffer': () => openAtBuffer(),
    'buffer.copyText': (target?: Target) => copyText(parts, target),
    'buffer.openSentUpdate': (node?: UpdateNode) => openSentUpdate(parts, node),
    'buffer.sendOutboxEntry': (entry?: Entry) => sendOutboxEntry(parts, entry),
    'buffer.editOutboxEntry': (entry: Entry) => editOutboxEntry(parts, entry),
    'buffer.dropOutboxEntry': (entry: Entry) => dropOutboxEntry(parts, entry),
    'buffer.saveIdea': () => saveIdea(parts),
    'buffer.composeIdea': (idea: Idea) => composeIdea(parts, idea),
    'buffer.refreshIdeas': () => refreshIdeas(parts),
    'buffer.loadMoreIdeas': () => loadMoreIdeas(parts),
    'buffer.shuffleQueue': (node?: QueueNode) => shuffleQueue(parts, node),
    'buffer.openProfile': (node?: QueueNode) => openProfile(parts, node),
    'buffer.loadMore': (place: Parameters<typeof loadMore>[1]) => loadMore(parts, place),
    'buffer.retry': (place?: Parameters<typeof retry>[1]) => retry(parts, place),
  };
  return Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, failures.telling(handler as (...args: unknown[]) => unknown)),
  );
}
