import * as vscode from 'vscode';
import type { Idea } from '../core/buffer/model.ts';
import { knownServices } from '../core/networks/networks.ts';
import type { Entry } from '../core/delivery/outbox.ts';
import type { Draft } from '../core/drafts/draft.ts';
import type { QueueNode, UpdateNode } from '../sidebar/queueNodes.ts';
import type { CommandContext } from './commandContext.ts';
import type { IdeaPlace } from './ideaCommands.ts';
import type { Target } from './pickUpdate.ts';
import type { Place } from './queueCommands.ts';

// Loaded with the first of them: many small files take longer to read, and more of the package, than one.
const later = () => import('./laterCommands.ts');

/** Registers every command of `package.json`, and those that only rows call. */
export function registerCommands(context: CommandContext): vscode.Disposable[] {
  const { account, log, failures } = context;
  const openSent = async (node?: UpdateNode) => (await later()).openSentUpdate(context, node);
  const handlers = {
    'buffer.signIn': async () => (await later()).signIn(context),
    'buffer.signOut': async () => (await later()).signOut(context),
    'buffer.switchOrganization': async () => (await later()).switchOrganization(context),
    'buffer.moveToCurrentApi': async () => (await later()).moveToCurrentApi(context),
    'buffer.followAccount': () => account.follow(),
    'buffer.getStarted': async () => (await later()).openWalkthrough(),
    'buffer.showLog': () => log.show(),
    'buffer.refresh': async () => (await later()).refresh(context),
    'buffer.postSelection': async () => (await later()).postSelection(context),
    'buffer.newUpdate': async (node?: QueueNode) => (await later()).newUpdate(context, node),
    'buffer.composeSelection': async () => (await later()).composeSelection(context),
    'buffer.editInComposer': async (target?: Target) => (await later()).editInComposer(context, target),
    'buffer.moveComposer': async () => (await later()).moveComposer(context),
    'buffer.continueDraft': (draft: unknown) => context.composers.continueDraft(draft),
    'buffer.openDraft': async (draft: Draft) => (await later()).openDraft(context, draft),
    'buffer.deleteDraft': async (draft: Draft) => (await later()).deleteDraft(context, draft),
    'buffer.editUpdate': async (target?: Target) => (await later()).editUpdate(context, target),
    'buffer.rescheduleUpdate': async (target?: Target, selected?: unknown) => (await later()).rescheduleUpdate(context, target, selected),
    'buffer.shareUpdate': async (target?: Target) => (await later()).shareUpdate(context, target),
    'buffer.shareUpdateNext': async (target?: Target, selected?: unknown) => (await later()).shareUpdateNext(context, target, selected),
    'buffer.moveUpdateUp': async (target?: Target) => (await later()).moveUpdate(context, -1, target),
    'buffer.moveUpdateDown': async (target?: Target) => (await later()).moveUpdate(context, 1, target),
    'buffer.deleteUpdate': async (target?: Target, selected?: unknown) => (await later()).deleteUpdate(context, target, selected),
    'buffer.queueUpdate': async (target?: Target, selected?: unknown) => (await later()).queueUpdate(context, target, selected),
    'buffer.findUpdate': async () => (await later()).findUpdate(context),
    'buffer.goToNextUpdate': async () => (await later()).goToNextUpdate(context),
    'buffer.goToPreviousUpdate': async () => (await later()).goToPreviousUpdate(context),
    'buffer.nextFailedUpdate': async () => (await later()).nextFailedUpdate(context),
    'buffer.fixAndRequeue': async (target?: Target) => (await later()).fixAndRequeue(context, target),
    'buffer.reconnectProfile': async (node?: QueueNode) => (await later()).reconnectProfile(context, node),
    'buffer.openFailureHelp': async (node?: UpdateNode) => (await later()).openFailureHelp(context, node),
    'buffer.moveToDrafts': async (target?: Target, selected?: unknown) => (await later()).moveToDrafts(context, target, selected),
    'buffer.askForApproval': async (target?: Target) => (await later()).askForApproval(context, target),
    'buffer.withdrawFromApproval': async (target?: Target) => (await later()).withdrawFromApproval(context, target),
    'buffer.remindMe': async (target?: Target) => (await later()).remindMe(context, target),
    'buffer.publishAutomatically': async (target?: Target) => (await later()).publishAutomatically(context, target),
    'buffer.editTags': async (target?: Target) => (await later()).editTags(context, target),
    'buffer.filterByTag': async () => (await later()).filterByTag(context),
    'buffer.clearFilter': async () => (await later()).clearFilter(context),
    'buffer.openAtBuffer': async () => (await later()).openAtBuffer(),
    'buffer.copyText': async (target?: Target, selected?: unknown) => (await later()).copyText(context, target, selected),
    'buffer.openSentUpdate': openSent,
    // A title of the manifest cannot name the network of the row it is on, so each network has a command.
    ...Object.fromEntries(knownServices.map((service) => [`buffer.openOn.${service}`, openSent])),
    'buffer.sendOutboxEntry': async (entry?: Entry) => (await later()).sendOutboxEntry(context, entry),
    'buffer.editOutboxEntry': async (entry: Entry) => (await later()).editOutboxEntry(context, entry),
    'buffer.dropOutboxEntry': async (entry: Entry) => (await later()).dropOutboxEntry(context, entry),
    'buffer.saveIdea': async (place?: IdeaPlace) => (await later()).saveIdea(context, place),
    'buffer.newIdea': async (place?: IdeaPlace) => (await later()).newIdea(context, place),
    'buffer.composeIdea': async (idea: Idea) => (await later()).composeIdea(context, idea),
    'buffer.copyIdea': async (idea: Idea) => (await later()).copyIdea(context, idea),
    'buffer.openIdeas': async () => (await later()).openIdeas(),
    'buffer.refreshIdeas': async () => (await later()).refreshIdeas(context),
    'buffer.loadMoreIdeas': async () => (await later()).loadMoreIdeas(context),
    'buffer.insertTemplate': async (from?: unknown) => (await later()).insertTemplate(context, typeof from === 'string' ? from : undefined),
    'buffer.saveTemplate': async () => (await later()).saveTemplate(context),
    'buffer.editTemplate': async () => (await later()).editTemplate(context),
    'buffer.deleteTemplate': async () => (await later()).deleteTemplate(context),
    'buffer.shuffleQueue': async (node?: QueueNode) => (await later()).shuffleQueue(context, node),
    'buffer.openProfile': async (node?: QueueNode) => (await later()).openProfile(context, node),
    'buffer.loadMore': async (place: Place) => (await later()).loadMore(context, place),
    'buffer.retry': async (place?: Partial<Place>) => (await later()).retry(context, place),
  };
  return Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, failures.telling(handler as (...args: unknown[]) => unknown)),
  );
}
