import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { groupBy } from '../core/collections/groupBy.ts';
import { type Draft, emptyDraft } from '../core/drafts/draft.ts';
import { draftDetailsOf, draftMediaOf } from '../core/drafts/draftUpdate.ts';
import type { Entry } from '../core/delivery/outbox.ts';
import { plainText } from '../ui/plainText.ts';
import type { CommandContext } from './commandContext.ts';

/** Tries now what waits; a failed entry is put in the row again first. */
export async function sendOutboxEntry({ outbox, sender }: CommandContext, entry?: Entry): Promise<void> {
  for (const each of entry ? [entry] : outbox.entries) await outbox.retry(each);
  await vscode.window.withProgress({ location: { viewId: 'buffer.outbox' } }, () => sender.run());
}

/** Takes an entry out of the outbox and opens it in the composer. */
export async function editOutboxEntry({ outbox, sender, drafts, composers }: CommandContext, chosen: Entry): Promise<void> {
  const entry =
    chosen.state === 'unclear'
      ? await vscode.window.withProgress({ location: { viewId: 'buffer.outbox' } }, () => sender.look(chosen))
      : chosen;
  if (!entry) return tellOfUnclear(outbox.entries.find(({ id }) => id === chosen.id));
  const draft = draftOf(entry);
  // Kept first: the text is in one place or the other at any moment.
  await drafts.save(draft);
  if (await outbox.remove(entry)) {
    await leaveDraft(drafts, entry);
    return composers.openKept(draft.id);
  }
  await drafts.remove(draft.id);
  void vscode.window.showInformationMessage(vscode.l10n.t('It is just being sent, or was sent already.'));
}

/** Drops an entry, and brings it back when that was a mistake. */
export async function dropOutboxEntry({ outbox, drafts }: CommandContext, entry: Entry): Promise<void> {
  if (!(await outbox.drop(entry))) {
    void vscode.window.showInformationMessage(vscode.l10n.t('It is just being sent, or was sent already.'));
    return;
  }
  await leaveDraft(drafts, entry);
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('The update was dropped from the outbox.'), undo)) === undo)
    await outbox.putBack(entry);
}

/** Two updates could come of changing one that may be at Buffer already. */
async function tellOfUnclear(entry: Entry | undefined): Promise<void> {
  // It arrived, and that is told already.
  if (!entry) return;
  const copy = vscode.l10n.t('Copy Text');
  const message = vscode.l10n
    .t('It is not known yet whether this update arrived, so it cannot be changed. {0}', plainText(entry.reason ?? ''))
    .trim();
  if ((await vscode.window.showWarningMessage(message, copy)) === copy) await vscode.env.clipboard.writeText(entry.text);
}

/** The draft that an entry was sent from would come back, as nothing of it is on its way any more. */
async function leaveDraft(drafts: CommandContext['drafts'], { draftId, profiles, text }: Entry): Promise<void> {
  if (draftId)
    await drafts.leave(
      draftId,
      profiles.map(({ id }) => id),
      text,
    );
}

function draftOf({ text, profiles, when, media, details = {} }: Entry): Draft {
  return {
    ...emptyDraft(
      randomUUID(),
      profiles.map(({ id }) => id),
    ),
    revision: 1,
    text,
    media: draftMediaOf(media),
    when: typeof when === 'object' ? { kind: 'at', at: when.at.toISOString() } : { kind: when },
    details: Object.fromEntries(
      [...groupBy(profiles, ({ service }) => service)].map(([service, group]) => {
        const each = group.map(({ id }) => draftDetailsOf(details[id] ?? {}, id));
        return [service, { ...each[0], boards: Object.assign({}, ...each.map(({ boards }) => boards)) as Record<string, string> }];
      }),
    ),
  };
}
