import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { takesSlot } from '../core/queue/queueOrder.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { headline } from '../ui/headline.ts';
import { updateIdOf } from '../ui/updateUri.ts';
import type { CommandContext } from './commandContext.ts';
import { openUpdate } from './showUpdate.ts';
import { confirm, flash } from './unsentUpdate.ts';

/**
 * The row and the document of an update that was brought back take the place of those that were deleted.
 * @param isShown  whether its row is selected
 */
export async function follow(parts: CommandContext, deleted: Update, restored: Update, wasOpen: boolean, isShown = true): Promise<void> {
  const { tree, view } = parts;
  if (wasOpen) {
    const stale = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input, isDirty }) => input instanceof vscode.TabInputText && updateIdOf(input.uri) === deleted.id && !isDirty);
    await openUpdate(parts, restored.id, { preserveFocus: true });
    await vscode.window.tabGroups.close(stale, true);
  }
  const row = isShown && view.visible ? await tree.find(restored.id) : undefined;
  if (row) await view.reveal(row, { select: true, focus: false });
}

/** Whether what is brought back would go out, though it had failed: its service has no drafts. */
export function revives({ status }: Update, { store }: Pick<CommandContext, 'store'>): boolean {
  return status === 'failed' && !store.capabilities.drafts;
}

/** Makes a deleted update again and tells where it stands. */
export async function bringBack(parts: CommandContext, deleted: Update, profile: Profile, index: number): Promise<Update> {
  if (revives(deleted, parts)) {
    await confirm(
      vscode.l10n.t('This update had failed. Restore it as one that goes out?'),
      headline(deleted),
      vscode.l10n.t('Restore to Queue'),
    );
  }
  const { restored, words } = await makeAgain(parts, deleted, profile, index, (step) => parts.failures.attempt(step));
  flash(words);
  return restored;
}

/**
 * Makes a deleted update again, in its state and, where that can be had, at its time or in its place.
 * @param index    where it stood in its queue; below 0 where that is not known
 * @param attempt  does the one step that makes it
 * @returns it, where it stands in words, and whether that is where it stood
 */
export async function makeAgain(
  { store }: Pick<CommandContext, 'store'>,
  deleted: Update,
  profile: Profile,
  index: number,
  attempt: (step: () => Promise<Update>) => Promise<Update>,
): Promise<{ readonly restored: Update; readonly words: string; readonly isInPlace: boolean }> {
  const ownTime =
    deleted.dueAt && deleted.isFixedTime !== false && !takesSlot(deleted, profile) && deleted.dueAt.getTime() > Date.now()
      ? deleted.dueAt
      : undefined;
  let restored = await attempt(() => store.restore(deleted, ownTime ? { at: ownTime } : undefined));
  const isThere = () => store.list(profile.id, 'pending').items[index]?.id === restored.id;
  // A place that cannot be had again is no reason to create it once more.
  if (restored.status === 'pending' && !ownTime && index >= 0 && !isThere() && store.capabilities.reorder) {
    await store.move(restored.id, index).catch(() => undefined);
    restored = store.update(restored.id) ?? restored;
  }
  const isInPlace = ownTime !== undefined || isThere();
  return { restored, words: restoredWords(deleted, restored, profile, isInPlace), isInPlace: isInPlace || restored.status !== 'pending' };
}

function restoredWords(deleted: Update, restored: Update, { timeZone }: Profile, isInPlace: boolean): string {
  if (restored.status === 'draft' && deleted.status === 'failed') return vscode.l10n.t('Restored as a draft, as it had failed.');
  if (restored.status === 'draft') return vscode.l10n.t('Restored as a draft.');
  if (restored.status === 'needsApproval') return vscode.l10n.t('Restored; it waits for approval.');
  const time = restored.dueAt && longTime(restored.dueAt, { locale: personLocale(vscode.env.language), timeZone });
  if (isInPlace) return time ? vscode.l10n.t('Restored: {0}.', time) : vscode.l10n.t('Restored.');
  return time ? vscode.l10n.t('Restored at the end of the queue: {0}.', time) : vscode.l10n.t('Restored at the end of the queue.');
}
