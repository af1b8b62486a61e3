import * as vscode from 'vscode';
import { knownServices } from '../core/networks/networks.ts';
import type { UpdateNode } from '../sidebar/queueNodes.ts';
import type { CommandContext } from './commandContext.ts';
import type * as laterCommands from './laterCommands.ts';

// Loaded with the first of them: many small files take longer to read, and more of the package, than one.
const later = () => import('./laterCommands.ts');

type Later = typeof laterCommands;

/** Commands that do what the function of their name does: of nothing but the window, of a row, of a row and all selected ones. */
const named = [
  [
    'getStarted',
    'signIn',
    'signOut',
    'switchOrganization',
    'moveToCurrentApi',
    'refresh',
    'postSelection',
    'composeSelection',
    'moveComposer',
    'openDiscarded',
    'lockPreview',
    'openIdeas',
    'openAtBuffer',
    'findUpdate',
    'goToNextUpdate',
    'goToPreviousUpdate',
    'nextFailedUpdate',
    'filterByTag',
    'clearFilter',
    'groupByDay',
    'groupByProfile',
    'refreshIdeas',
    'loadMoreIdeas',
    'saveTemplate',
    'editTemplate',
    'deleteTemplate',
  ],
  [
    'newUpdate',
    'editInComposer',
    'openPreview',
    'openDraft',
    'deleteDraft',
    'editUpdate',
    'shareUpdate',
    'fixAndRequeue',
    'reconnectProfile',
    'composeAgain',
    'duplicateUpdate',
    'duplicateWeekly',
    'openFailureHelp',
    'askForApproval',
    'withdrawFromApproval',
    'remindMe',
    'publishAutomatically',
    'editTags',
    'sendOutboxEntry',
    'editOutboxEntry',
    'dropOutboxEntry',
    'saveIdea',
    'newIdea',
    'composeIdea',
    'copyIdea',
    'shuffleQueue',
    'moveUpdateUp',
    'moveUpdateDown',
    'insertTemplate',
    'openProfile',
    'loadMore',
    'retry',
    'queueFolder',
    'exportQueueAsFiles',
    'showInSidebar',
  ],
  ['rescheduleUpdate', 'rescheduleTo', 'shareUpdateNext', 'deleteUpdate', 'queueUpdate', 'moveToDrafts', 'copyText', 'queueFile'],
] as const satisfies readonly (readonly (keyof Later)[])[];

/** Registers every command of `package.json`, and those that only rows call. */
export function registerCommands(context: CommandContext): vscode.Disposable[] {
  const { account, log, failures } = context;
  const openSent = async (node?: UpdateNode) => (await later()).openSentUpdate(context, node);
  const handlerOf =
    (name: keyof Later, most: number) =>
    async (...args: unknown[]) =>
      ((await later())[name] as (...all: unknown[]) => unknown)(context, ...args.slice(0, most));
  const handlers = {
    ...Object.fromEntries(named.flatMap((names, most) => names.map((name) => [`buffer.${name}`, handlerOf(name, most)]))),
    'buffer.followAccount': () => account.follow(),
    'buffer.showLog': () => log.show(),
    'buffer.openCalendar': () => context.calendar.open(),
    'buffer.continueDraft': (draft: unknown) => context.composers.continueDraft(draft),
    'buffer.openSentUpdate': openSent,
    // A title of the manifest cannot name the network of the row it is on, so each network has a command.
    ...Object.fromEntries(knownServices.map((service) => [`buffer.openOn.${service}`, openSent])),
    'buffer.openFigures': () => context.figures.open(),
  };
  return Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, failures.telling(handler as (...args: unknown[]) => unknown)),
  );
}
