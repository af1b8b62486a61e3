import * as vscode from 'vscode';
import { statusAfter, type Update, type UpdateEdit } from '../core/buffer/model.ts';
import { plainText } from '../ui/plainText.ts';
import { openPage } from '../ui/openPage.ts';
import { profileNames } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';
import type { Target } from './pickUpdate.ts';
import { refuseClosed } from './refuseClosed.ts';
import { bufferPage, tellLost } from './tellEdited.ts';
import { flash, saveOpenText, unsentUpdate } from './unsentUpdate.ts';

/** Asks the people who approve at Buffer for the approval of a draft. */
export async function askForApproval(parts: CommandContext, target?: Target): Promise<void> {
  await changeState(parts, target, {
    title: vscode.l10n.t('Ask for Approval'),
    change: { approval: 'ask' },
    isDone: ({ status }) => status === statusAfter.ask,
    done: (name) => vscode.l10n.t('Asked for approval: {0}.', name),
    notDone: vscode.l10n.t('Approval was not asked for: Buffer took the request and left the draft as it was.'),
  });
}

/** Makes what waits for approval a draft again. */
export async function withdrawFromApproval(parts: CommandContext, target?: Target): Promise<void> {
  await changeState(parts, target, {
    title: vscode.l10n.t('Withdraw from Approval'),
    change: { approval: 'withdraw' },
    isDone: ({ status }) => status === statusAfter.withdraw,
    done: (name) => vscode.l10n.t('Withdrawn: it is a draft of {0} at Buffer again.', name),
    notDone: vscode.l10n.t('Not withdrawn: Buffer took the request and left it waiting for approval.'),
  });
}

/** Has a person reminded to publish an update, instead of it going out by itself; all else of it stays. */
export async function remindMe(parts: CommandContext, target?: Target): Promise<void> {
  await changeState(parts, target, {
    title: vscode.l10n.t('Remind Me to Publish'),
    change: { isReminder: true },
    isDone: ({ isReminder }) => isReminder === true,
    done: (name) => vscode.l10n.t('You are reminded to publish it on {0} yourself.', name),
    notDone: vscode.l10n.t('Not changed: at Buffer it still goes out by itself.'),
  });
}

/** Has an update go out by itself, instead of a person being reminded. */
export async function publishAutomatically(parts: CommandContext, target?: Target): Promise<void> {
  await changeState(parts, target, {
    title: vscode.l10n.t('Publish Automatically'),
    change: { isReminder: false },
    isDone: ({ isReminder }) => !isReminder,
    done: (name) => vscode.l10n.t('It goes out to {0} by itself.', name),
    notDone: vscode.l10n.t('Not changed: at Buffer it is still a reminder.'),
  });
}

interface StateChange {
  readonly title: string;
  /** Or what the person chooses, by the update as it is. */
  readonly change: UpdateEdit | ((update: Update) => Promise<UpdateEdit>);
  readonly isDone: (now: Update) => boolean;
  /** @param name  of the profile */
  readonly done: (name: string, now: Update) => string;
  /** What to say where the service said yes and did not do it. */
  readonly notDone: string;
}

/** Changes one thing of an update, and tells what came of it by what the service answered. */
export async function changeState(
  parts: CommandContext,
  target: Target | undefined,
  { title, change, isDone, done, notDone }: StateChange,
): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, title);
  await refuseClosed(parts, update);
  const seen = parts.store.update(update.id) ?? update;
  const wanted = typeof change === 'function' ? await change(seen) : change;
  await saveOpenText(update);
  const edited = await parts.failures.attempt(() => parts.store.edit(update.id, wanted, seen));
  if (isDone(edited.update)) {
    flash(done(profileNames([profile], parts.store.profiles.items), edited.update));
    return tellLost(edited);
  }
  const open = vscode.l10n.t('Open in Buffer');
  if ((await vscode.window.showWarningMessage(plainText(notDone), open)) === open) await openPage(bufferPage);
}
