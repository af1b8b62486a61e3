import * as vscode from 'vscode';
import type { Edited, Profile, NewShareTime, Update } from '../core/buffer/model.ts';
import { plainText } from '../ui/plainText.ts';
import { type EditOutcome, outcomeOf } from '../core/queue/editOutcome.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { openPage } from '../ui/openPage.ts';

/** Where a person does what cannot be done here. */
export const bufferPage = 'https://publish.buffer.com/';

/**
 * Tells what came of giving an update a time: what the service answered, and not what was asked for.
 * @param again  tries it once more
 * @param done   what to say where it came as it was wanted
 * @param undo   takes it back; offered where it can be
 */
export async function tellMoved(
  {
    before,
    edited,
    when,
    profile,
  }: { readonly before: Update; readonly edited: Edited; readonly when: NewShareTime; readonly profile: Profile },
  done: (update: Update) => string,
  again: () => Promise<void>,
  undo?: () => Promise<void>,
): Promise<void> {
  const outcome = outcomeOf(before, edited, when);
  if (outcome === 'done') {
    const words = plainText(done(edited.update));
    if (undo) void offerUndo(words, undo);
    else vscode.window.setStatusBarMessage(words, 5000);
    return tellLost(edited);
  }
  const retry = vscode.l10n.t('Try Again');
  const open = vscode.l10n.t('Open in Buffer');
  const choice = await vscode.window.showWarningMessage(outcomeWords(outcome, edited.update, profile), retry, open);
  if (choice === retry) return again();
  if (choice === open) return openPage(bufferPage);
}

/** Tells of what was done, with a way back. */
async function offerUndo(words: string, undo: () => Promise<void>): Promise<void> {
  const choice = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(words, choice)) === choice) await undo();
}

/** What an edit could not keep, in a sentence; undefined where all is there. */
export function lostWords({ lost }: Edited): string | undefined {
  if (lost.length === 0) return undefined;
  return vscode.l10n.t(
    'The update was saved, but Buffer did not keep all of it: {0}. Look at it at Buffer.',
    lost.map(lostWord).join(', '),
  );
}

/** Tells what an edit could not keep; nothing where all is there. */
export async function tellLost(edited: Edited): Promise<void> {
  const message = lostWords(edited);
  if (!message) return;
  const open = vscode.l10n.t('Open in Buffer');
  if ((await vscode.window.showWarningMessage(message, open)) === open) await openPage(bufferPage);
}

/** What came of a move that is not as it was wanted. */
export function outcomeWords(outcome: Exclude<EditOutcome, 'done'>, { dueAt }: Update, { timeZone }: Profile): string {
  const time = dueAt && longTime(dueAt, { locale: personLocale(vscode.env.language), timeZone });
  switch (outcome) {
    case 'stillDraft':
      return vscode.l10n.t('Still a draft: Buffer did not schedule it.');
    case 'stillQueued':
      return vscode.l10n.t('Not moved to the drafts: Buffer left it in the queue.');
    case 'stillFailed':
      return vscode.l10n.t('Still not sent: Buffer did not put it back into the queue.');
    case 'notShared':
      return vscode.l10n.t('Not shared: Buffer took the request and did not send the update.');
    case 'notMoved':
      return time
        ? vscode.l10n.t('Not rescheduled: Buffer left it at {0}.', time)
        : vscode.l10n.t('Not rescheduled: Buffer gave it no time.');
    case 'movedElse':
      return time
        ? vscode.l10n.t('Buffer gave it another time than you chose: {0}.', time)
        : vscode.l10n.t('Not rescheduled: Buffer gave it no time.');
  }
}

/** What can be lost, in a person's words. */
function lostWord(lost: string): string {
  const words: Readonly<Record<string, string>> = {
    text: vscode.l10n.t('the text'),
    attachments: vscode.l10n.t('pictures or other files'),
    alternativeText: vscode.l10n.t('what describes the pictures'),
    tags: vscode.l10n.t('tags'),
    idea: vscode.l10n.t('the idea it came from'),
    reminder: vscode.l10n.t('whether it is a reminder'),
    thread: vscode.l10n.t('parts of the thread'),
    threadAttachments: vscode.l10n.t('pictures in the thread'),
    link: vscode.l10n.t('the link’s card'),
    mentions: vscode.l10n.t('mentions'),
  };
  return Object.hasOwn(words, lost) ? words[lost]! : vscode.l10n.t('details of the network');
}
