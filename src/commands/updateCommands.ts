import * as vscode from 'vscode';
import type { Update } from '../buffer/model.ts';
import { updateUrl } from '../buffer/networks.ts';
import type { QueueNode, UpdateNode } from '../queue/queueNodes.ts';
import { takesSlot } from '../queue/queueOrder.ts';
import { headline } from '../queue/queueRows.ts';
import { longTime, personLocale } from '../time/formatTime.ts';
import { askForTime } from './askForTime.ts';
import type { Parts } from './parts.ts';
import { targetUpdate } from './pickUpdate.ts';
import { openUpdate } from './showUpdate.ts';

/** Shows the update of a row as a document; the keyboard stays in the sidebar. */
export async function showRow(parts: Parts, node: UpdateNode): Promise<void> {
  await openUpdate(parts, node.updateId, { preserveFocus: true });
}

/** Opens an update as a document, where saving sends the edit. */
export async function editUpdate(parts: Parts, node?: QueueNode): Promise<void> {
  const update = await targetUpdate(parts, node, vscode.l10n.t('Edit Update'));
  await openUpdate(parts, update.id);
}

/** Gives an update a time of its own. */
export async function rescheduleUpdate(parts: Parts, node?: QueueNode): Promise<void> {
  const { store } = parts;
  const { id, profileId } = await targetUpdate(parts, node, vscode.l10n.t('Reschedule'));
  const timeZone = store.profile(profileId)?.timeZone ?? 'UTC';
  const at = await askForTime(vscode.l10n.t('Reschedule'), [timeZone]);
  // An edit carries the text, and another client may have changed it since it was loaded.
  const { text } = await store.readUpdate(id);
  await store.edit(id, { text, when: { at } });
  flash(vscode.l10n.t('Rescheduled for {0}.', longTime(at, { locale: personLocale(vscode.env.language), timeZone })));
}

/** Sends an update out at once, after asking. */
export async function shareUpdate(parts: Parts, node?: QueueNode): Promise<void> {
  const update = await targetUpdate(parts, node, vscode.l10n.t('Share Now'));
  const name = parts.store.profile(update.profileId)?.name ?? '';
  await confirm(vscode.l10n.t('Share this update on {0} now?', name), headline(update), vscode.l10n.t('Share Now'));
  await parts.store.share(update.id);
  flash(vscode.l10n.t('Shared on {0}.', name));
}

/** Puts an update at the head of its queue. */
export async function shareUpdateNext(parts: Parts, node?: QueueNode): Promise<void> {
  const update = await targetUpdate(parts, node, vscode.l10n.t('Share Next'));
  await parts.store.moveToTop(update.id);
}

/** Moves an update by one place: -1 up, 1 down. */
export async function moveUpdate(parts: Parts, by: -1 | 1, node?: QueueNode): Promise<void> {
  const { store, tree, view } = parts;
  const update = await targetUpdate(parts, node, by < 0 ? vscode.l10n.t('Move Up') : vscode.l10n.t('Move Down'));
  const { items } = store.list(update.profileId, 'pending');
  const index = items.findIndex(({ id }) => id === update.id);
  const target = index + by;
  if (index < 0 || target < 0 || target >= items.length) return;
  await store.move(update.id, target);
  const row = await tree.find(update.id);
  if (row) await view.reveal(row, { select: true, focus: true });
}

/** Deletes an update after asking, and offers to bring it back. */
export async function deleteUpdate(parts: Parts, node?: QueueNode): Promise<void> {
  const { store } = parts;
  const update = await targetUpdate(parts, node, vscode.l10n.t('Delete'));
  const profile = store.profile(update.profileId);
  const index = store.list(update.profileId, 'pending').items.findIndex(({ id }) => id === update.id);
  await confirm(vscode.l10n.t('Delete this update from the queue of {0}?', profile?.name ?? ''), headline(update), vscode.l10n.t('Delete'));
  await store.destroy(update.id);
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('The update was deleted.'), undo)) === undo) await restore(parts, update, index);
}

/** Creates a deleted update again, at its time or in its place. */
async function restore({ store }: Parts, update: Update, index: number): Promise<void> {
  const { profileId, text, media, dueAt } = update;
  const profile = store.profile(profileId);
  const ownTime = profile && dueAt && !takesSlot(update, profile) && dueAt.getTime() > Date.now() ? dueAt : undefined;
  const { created } = await store.create({ profileIds: [profileId], text, media, when: ownTime ? { at: ownTime } : 'queue' });
  const { items } = store.list(profileId, 'pending');
  const isInPlace = items[index]?.id === created[0]?.id;
  if (created[0] && !ownTime && index >= 0 && !isInPlace && store.capabilities.reorder) await store.move(created[0].id, index);
}

/** Puts an update's text on the clipboard. */
export async function copyText(parts: Parts, node?: QueueNode): Promise<void> {
  const update = await targetUpdate(parts, node, vscode.l10n.t('Copy Text'));
  await vscode.env.clipboard.writeText(update.text);
  flash(vscode.l10n.t('Text copied.'));
}

/** Opens a sent update on its network. */
export async function openSentUpdate({ store }: Parts, node?: QueueNode): Promise<void> {
  const update = node?.kind === 'update' ? store.update(node.updateId) : undefined;
  const profile = update && store.profile(update.profileId);
  const url = update && profile && updateUrl(profile, update);
  if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
}

async function confirm(question: string, detail: string, action: string): Promise<void> {
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) !== action) throw new vscode.CancellationError();
}

function flash(message: string): void {
  vscode.window.setStatusBarMessage(message, 5000);
}
