import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type Draft, emptyDraft } from '../composer/messages.ts';
import { draftDetailsOf, draftMediaOf } from '../composer/draftUpdate.ts';
import type { Entry } from '../delivery/outbox.ts';
import type { Parts } from './parts.ts';

/** Tries now what waits; a failed entry is put in the row again first. */
export async function sendOutboxEntry({ outbox, sender }: Parts, entry?: Entry): Promise<void> {
  for (const each of entry ? [entry] : outbox.entries) await outbox.retry(each);
  await vscode.window.withProgress({ location: { viewId: 'buffer.outbox' } }, () => sender.run());
}

/** Takes an entry out of the outbox and opens it in the composer. */
export async function editOutboxEntry({ outbox, drafts, composers }: Parts, entry: Entry): Promise<void> {
  const draft = draftOf(entry);
  // Kept first: the text is in one place or the other at any moment.
  await drafts.save(draft);
  if (await outbox.remove(entry)) return composers.openKept(draft.id);
  await drafts.remove(draft.id);
  void vscode.window.showInformationMessage(vscode.l10n.t('It is just being sent, or was sent already.'));
}

/** Drops an entry, and brings it back when that was a mistake. */
export async function dropOutboxEntry({ outbox }: Parts, entry: Entry): Promise<void> {
  if (!(await outbox.remove(entry))) {
    void vscode.window.showInformationMessage(vscode.l10n.t('It is just being sent, or was sent already.'));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const { state, ...rest } = entry;
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('The update was dropped from the outbox.'), undo)) === undo) {
    await outbox.add({ ...rest, state: state === 'unclear' ? 'unclear' : 'waiting' });
  }
}

function draftOf({ text, profiles, when, media, details = {} }: Entry): Draft {
  return {
    ...emptyDraft(randomUUID(), profiles.map(({ id }) => id)),
    revision: 1,
    text,
    media: draftMediaOf(media),
    when: typeof when === 'object' ? { kind: 'at', at: when.at.toISOString() } : { kind: when },
    details: Object.fromEntries(
      [...Map.groupBy(profiles, ({ service }) => service)].map(([service, group]) => {
        const each = group.map(({ id }) => draftDetailsOf(details[id] ?? {}, id));
        return [service, { ...each[0], boards: Object.assign({}, ...each.map(({ boards }) => boards)) as Record<string, string> }];
      }),
    ),
  };
}
