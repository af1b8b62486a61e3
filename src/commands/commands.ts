import * as vscode from 'vscode';
import type { Idea } from '../core/buffer/model.ts';
import type { Entry } from '../core/delivery/outbox.ts';
import type { Draft } from '../core/drafts/draft.ts';
import type { QueueNode, UpdateNode } from '../sidebar/queueNodes.ts';
import type { CommandContext } from './commandContext.ts';
import type { IdeaPlace } from './ideaCommands.ts';
import type { Target } from './pickUpdate.ts';
import type { Place } from './queueCommands.ts';

// Each group is loaded with the first of its commands.
const account = () => import('./accountCommands.ts');
const compose = () => import('./composeCommands.ts');
const ideas = () => import('./ideaCommands.ts');
const outbox = () => import('./outboxCommands.ts');
const templates = () => import('./templateCommands.ts');
const queue = () => import('./queueCommands.ts');
const states = () => import('./stateCommands.ts');
const tags = () => import('./tagCommands.ts');
const updates = () => import('./updateCommands.ts');

/** Registers every command of `package.json`, and those that only rows call. */
export function registerCommands(context: CommandContext): vscode.Disposable[] {
  const { log, failures } = context;
  const handlers = {
    'buffer.signIn': async () => (await account()).signIn(context),
    'buffer.signOut': async () => (await account()).signOut(context),
    'buffer.switchOrganization': async () => (await account()).switchOrganization(context),
    'buffer.moveToCurrentApi': async () => (await account()).moveToCurrentApi(context),
    'buffer.getStarted': async () => (await import('./openWalkthrough.ts')).openWalkthrough(),
    'buffer.showLog': () => log.show(),
    'buffer.refresh': async () => (await queue()).refresh(context),
    'buffer.postSelection': async () => (await import('./postSelection.ts')).postSelection(context),
    'buffer.newUpdate': async (node?: QueueNode) => (await compose()).newUpdate(context, node),
    'buffer.composeSelection': async () => (await compose()).composeSelection(context),
    'buffer.editInComposer': async (target?: Target) => (await compose()).editInComposer(context, target),
    'buffer.moveComposer': async () => (await compose()).moveComposer(context),
    'buffer.openDraft': async (draft: Draft) => (await compose()).openDraft(context, draft),
    'buffer.deleteDraft': async (draft: Draft) => (await compose()).deleteDraft(context, draft),
    'buffer.editUpdate': async (target?: Target) => (await updates()).editUpdate(context, target),
    'buffer.rescheduleUpdate': async (target?: Target) => (await updates()).rescheduleUpdate(context, target),
    'buffer.shareUpdate': async (target?: Target) => (await updates()).shareUpdate(context, target),
    'buffer.shareUpdateNext': async (target?: Target) => (await updates()).shareUpdateNext(context, target),
    'buffer.moveUpdateUp': async (target?: Target) => (await updates()).moveUpdate(context, -1, target),
    'buffer.moveUpdateDown': async (target?: Target) => (await updates()).moveUpdate(context, 1, target),
    'buffer.deleteUpdate': async (target?: Target) => (await updates()).deleteUpdate(context, target),
    'buffer.queueUpdate': async (target?: Target) => (await updates()).queueUpdate(context, target),
    'buffer.openFailureHelp': async (node?: UpdateNode) => (await updates()).openFailureHelp(context, node),
    'buffer.moveToDrafts': async (target?: Target) => (await updates()).moveToDrafts(context, target),
    'buffer.askForApproval': async (target?: Target) => (await states()).askForApproval(context, target),
    'buffer.withdrawFromApproval': async (target?: Target) => (await states()).withdrawFromApproval(context, target),
    'buffer.remindMe': async (target?: Target) => (await states()).remindMe(context, target),
    'buffer.publishAutomatically': async (target?: Target) => (await states()).publishAutomatically(context, target),
    'buffer.editTags': async (target?: Target) => (await tags()).editTags(context, target),
    'buffer.filterByTag': async () => (await tags()).filterByTag(context),
    'buffer.clearFilter': async () => (await tags()).clearFilter(context),
    'buffer.openAtBuffer': async () => (await updates()).openAtBuffer(),
    'buffer.copyText': async (target?: Target) => (await updates()).copyText(context, target),
    'buffer.openSentUpdate': async (node?: UpdateNode) => (await updates()).openSentUpdate(context, node),
    'buffer.sendOutboxEntry': async (entry?: Entry) => (await outbox()).sendOutboxEntry(context, entry),
    'buffer.editOutboxEntry': async (entry: Entry) => (await outbox()).editOutboxEntry(context, entry),
    'buffer.dropOutboxEntry': async (entry: Entry) => (await outbox()).dropOutboxEntry(context, entry),
    'buffer.saveIdea': async (place?: IdeaPlace) => (await ideas()).saveIdea(context, place),
    'buffer.newIdea': async (place?: IdeaPlace) => (await ideas()).newIdea(context, place),
    'buffer.composeIdea': async (idea: Idea) => (await ideas()).composeIdea(context, idea),
    'buffer.copyIdea': async (idea: Idea) => (await ideas()).copyIdea(context, idea),
    'buffer.refreshIdeas': async () => (await ideas()).refreshIdeas(context),
    'buffer.loadMoreIdeas': async () => (await ideas()).loadMoreIdeas(context),
    'buffer.insertTemplate': async (from?: unknown) =>
      (await templates()).insertTemplate(context, typeof from === 'string' ? from : undefined),
    'buffer.saveTemplate': async () => (await templates()).saveTemplate(context),
    'buffer.editTemplate': async () => (await templates()).editTemplate(context),
    'buffer.deleteTemplate': async () => (await templates()).deleteTemplate(context),
    'buffer.shuffleQueue': async (node?: QueueNode) => (await queue()).shuffleQueue(context, node),
    'buffer.openProfile': async (node?: QueueNode) => (await queue()).openProfile(context, node),
    'buffer.loadMore': async (place: Place) => (await queue()).loadMore(context, place),
    'buffer.retry': async (place?: Partial<Place>) => (await queue()).retry(context, place),
  };
  return Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, failures.telling(handler as (...args: unknown[]) => unknown)),
  );
}
