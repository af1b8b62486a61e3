import * as vscode from 'vscode';
import type { Draft } from '../core/drafts/draft.ts';
import { pastTime, personLocale } from '../core/time/formatTime.ts';
import type { QueueNode } from '../sidebar/queueNodes.ts';
import { firstWords } from '../ui/draftTitle.ts';
import { plainText } from '../ui/plainText.ts';
import { profileNames } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';
import { type Target, targetUpdate } from './pickUpdate.ts';
import { refuseClosed } from './refuseClosed.ts';

/** Opens the composer with nothing in it; called on a profile's row, or on a free posting time, that is chosen. */
export async function newUpdate({ composers }: CommandContext, node?: QueueNode): Promise<void> {
  if (node?.kind === 'free') return composers.write({ profileIds: node.profileIds, when: { kind: 'at', at: node.at.toISOString() } });
  await composers.write({ profileIds: node && 'profileId' in node ? [node.profileId] : undefined });
}

/** Opens the composer with the selected text. */
export async function composeSelection({ composers }: CommandContext): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const text = editor
    ? editor.selections
        .map((selection) => editor.document.getText(selection))
        .join('\n')
        .trim()
    : '';
  await composers.write({ text });
}

/** Opens an update in the composer: its text, its media and its time. */
export async function editInComposer(parts: CommandContext, target?: Target): Promise<void> {
  const { id } = await targetUpdate(parts, target, vscode.l10n.t('Edit in Composer'));
  // A list leaves out what the parts of a thread carry.
  const update = await parts.failures.attempt(() => parts.store.inFull(id));
  await refuseClosed(parts, update);
  await parts.composers.edit(update);
}

/** Opens a draft, or brings the composer that has it open to the front; one that was discarded is brought back first. */
export async function openDraft({ composers, drafts }: CommandContext, { id }: Draft): Promise<void> {
  await composers.openKept((await drafts.restore(id))?.id ?? id);
}

/** Lets the person choose one of the drafts that were discarded of late, and opens it again. */
export async function openDiscarded(parts: CommandContext): Promise<void> {
  const { drafts, store } = parts;
  // Another window may have discarded some, and this one may just have begun.
  await drafts.load();
  if (drafts.discarded.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No draft was discarded in the last 7 days.'));
    return;
  }
  const style = { locale: personLocale(vscode.env.language), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  const items = drafts.discarded.map(({ draft, savedAt }) => ({
    label: plainText(firstWords(draft)),
    description: profileNames(
      draft.profileIds.flatMap((id) => store.profile(id) ?? []),
      store.profiles.items,
    ),
    detail: vscode.l10n.t('Discarded: {0}', pastTime(savedAt, style)),
    draft,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Recently Discarded'),
    placeHolder: vscode.l10n.t('Choose a draft to open it again'),
    matchOnDescription: true,
  });
  if (chosen) await openDraft(parts, chosen.draft);
}

/** Deletes a draft; a copy is kept for a week, and Undo brings it back. */
export async function deleteDraft({ composers, drafts }: CommandContext, draft: Draft): Promise<void> {
  const kept = await drafts.open(draft.id);
  // Of what was discarded before, the copy goes.
  if (!kept && drafts.discarded.some((each) => each.draft.id === draft.id)) return drafts.forget(draft.id);
  await composers.closeDraft(draft.id);
  await drafts.discard(kept ?? draft);
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('The draft was deleted.'), undo)) === undo) await drafts.restore(draft.id);
}

/** Takes the composer from an editor tab to the sidebar, or back. */
export async function moveComposer({ composers }: CommandContext): Promise<void> {
  await composers.moveActive();
}
