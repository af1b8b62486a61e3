import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

/** The updates for which a person said that an edit may take away what is not told, by the store they are in. */
const agreed = new WeakMap<object, Set<string>>();

/** What an edit could take away of an update because Buffer does not tell it, in a sentence; undefined once the person agreed. */
export function hiddenWords(store: Pick<QueueStore, 'isMadeHere'>, update: Update): string | undefined {
  const { id, hidesDetails } = update;
  if (agreed.get(store)?.has(id)) return undefined;
  if (hidesDetails) return detailsHidden();
  // Not where it was made here with nothing in its parts.
  if (store.isMadeHere(id)) return undefined;
  if (update.hidesCards) return cardsHidden();
  return update.hidesFiles ? vscode.l10n.t('Buffer does not tell which pictures the parts of a thread on Threads carry.') : undefined;
}

/**
 * Whether an update may be sent back although Buffer does not tell what the parts of its thread carry, or all of its
 * details: asked once for each.
 */
export async function askHiddenFiles(store: Pick<QueueStore, 'isMadeHere'>, update: Update): Promise<boolean> {
  const words = hiddenWords(store, update);
  if (!words) return true;
  const { id, hidesDetails, hidesCards } = update;
  const save = vscode.l10n.t('Save Anyway');
  const choice = await vscode.window.showWarningMessage(
    words,
    {
      modal: true,
      detail:
        hidesDetails || hidesCards
          ? vscode.l10n.t('If it has any that are not shown here, saving it takes them away. Edit it at buffer.com to keep them.')
          : vscode.l10n.t('If this thread has any that are not shown here, saving it takes them away. Edit it at buffer.com to keep them.'),
    },
    save,
  );
  if (choice !== save) return false;
  agreed.set(store, (agreed.get(store) ?? new Set<string>()).add(id));
  return true;
}

/** Of the cards of a thread's parts, in a sentence. */
export function cardsHidden(): string {
  return vscode.l10n.t('Buffer no longer tells, or takes, the link cards of a thread’s parts on this network.');
}

/** Of an update's details, in a sentence. */
export function detailsHidden(): string {
  return vscode.l10n.t('Buffer does not tell all details of this update.');
}
