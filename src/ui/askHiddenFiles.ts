import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

/** The updates for which a person said that an edit may take away what is not told, by the store they are in. */
const agreed = new WeakMap<object, Set<string>>();

/**
 * Whether an update may be sent back although Buffer does not tell what the parts of its thread carry, or all of its
 * details: asked once for each. Not where it was made here with nothing in its parts.
 */
export async function askHiddenFiles(store: Pick<QueueStore, 'isMadeHere'>, update: Update): Promise<boolean> {
  const { id, hidesDetails } = update;
  const isMadeElsewhere = !store.isMadeHere(id);
  const hidesFiles = update.hidesFiles && isMadeElsewhere;
  const hidesCards = update.hidesCards && isMadeElsewhere;
  if (!(hidesFiles || hidesCards || hidesDetails) || agreed.get(store)?.has(id)) return true;
  const save = vscode.l10n.t('Save Anyway');
  const choice = await vscode.window.showWarningMessage(
    hidesDetails
      ? detailsHidden()
      : hidesCards
        ? cardsHidden()
        : vscode.l10n.t('Buffer does not tell which pictures the parts of a thread on Threads carry.'),
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
