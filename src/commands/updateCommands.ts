import * as vscode from 'vscode';
import type { Profile, Update } from '../buffer/model.ts';
import { updateUrl } from '../buffer/networks.ts';
import { plainText } from '../plainText.ts';
import type { UpdateNode } from '../queue/queueNodes.ts';
import { takesSlot } from '../queue/queueOrder.ts';
import { headline } from '../queue/queueRows.ts';
import { updateIdOf } from '../queue/updateUri.ts';
import { longTime, personLocale } from '../time/formatTime.ts';
import { askForTime } from './askForTime.ts';
import { openPage } from './openPage.ts';
import type { Parts } from './parts.ts';
import { type Target, targetUpdate } from './pickUpdate.ts';
import { openUpdate } from './showUpdate.ts';

/** Shows the update of a row as a document; the keyboard stays in the sidebar. */
export async function showRow(parts: Parts, node: UpdateNode): Promise<void> {
  await openUpdate(parts, node.updateId, { preserveFocus: true });
}

/** Opens an update as a document, where saving sends the edit. */
export async function editUpdate(parts: Parts, target?: Target): Promise<void> {
  const update = await targetUpdate(parts, target, vscode.l10n.t('Edit Update'));
  await openUpdate(parts, update.id);
}

/** Gives an update a time of its own. */
export async function rescheduleUpdate(parts: Parts, target?: Target): Promise<void> {
  const { store, failures } = parts;
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Reschedule'));
  const at = await askForTime(vscode.l10n.t('Reschedule'), [profile.timeZone]);
  await saveOpenText(update);
  await failures.attempt(async () => {
    // An edit carries the text, and another client may have changed it since it was loaded.
    const { text } = await store.readUpdate(update.id);
    await store.edit(update.id, { text, when: { at } });
  });
  flash(vscode.l10n.t('Rescheduled for {0}.', longTime(at, { locale: personLocale(vscode.env.language), timeZone: profile.timeZone })));
}

/** Sends an update out at once, after asking. */
export async function shareUpdate(parts: Parts, target?: Target): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Share Now'));
  await saveOpenText(update);
  const current = parts.store.update(update.id) ?? update;
  await confirm(vscode.l10n.t('Share this update on {0} now?', profile.name), headline(current), vscode.l10n.t('Share Now'));
  await parts.failures.attempt(() => parts.store.share(update.id));
  flash(vscode.l10n.t('Shared on {0}.', profile.name));
}

/** Puts an update at the head of its queue. */
export async function shareUpdateNext(parts: Parts, target?: Target): Promise<void> {
  const { update } = await unsentUpdate(parts, target, vscode.l10n.t('Share Next'));
  await parts.failures.attempt(() => parts.store.moveToTop(update.id));
}

/** Gives an update with a time of its own, or a draft, to the queue. */
export async function queueUpdate(parts: Parts, target?: Target): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Add to Queue'));
  await saveOpenText(update);
  const queued = await parts.failures.attempt(async () => {
    const { text } = await parts.store.current(update.id);
    return parts.store.edit(update.id, { text, when: 'queue' });
  });
  if (queued.dueAt) flash(vscode.l10n.t('Queued for {0}: {1}.', profile.name, longTime(queued.dueAt, { locale: personLocale(vscode.env.language), timeZone: profile.timeZone })));
}

/** Opens what Buffer has to say about why an update could not be sent. */
export async function openFailureHelp({ store }: Parts, node?: UpdateNode): Promise<void> {
  await openPage(node && store.update(node.updateId)?.failure?.helpUrl);
}

/** Moves of the keyboard take turns: a key held down moves a row again and again. */
let moving: Promise<unknown> = Promise.resolve();

/** Moves an update by one place among those that move with the queue: -1 up, 1 down. */
export async function moveUpdate(parts: Parts, by: -1 | 1, target?: Target): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, by < 0 ? vscode.l10n.t('Move Up') : vscode.l10n.t('Move Down'));
  const move = moving.then(() => moveOnce(parts, update, profile, by));
  moving = move.catch(() => undefined);
  await move;
}

async function moveOnce({ store, tree, view, failures }: Parts, { id, profileId }: Update, profile: Profile, by: -1 | 1): Promise<void> {
  const { items } = store.list(profileId, 'pending');
  const index = items.findIndex((each) => each.id === id);
  const isMovable = items[index] && takesSlot(items[index], profile);
  // One with a time of its own keeps its place; the others pass it.
  let to = index + by;
  while (items[to] && !takesSlot(items[to]!, profile)) to += by;
  if (!isMovable || !items[to]) return;
  await failures.attempt(() => store.move(id, to));
  const row = await tree.find(id);
  if (row) await view.reveal(row, { select: true, focus: true });
}

/** Deletes an update after asking, and offers to bring it back. */
export async function deleteUpdate(parts: Parts, target?: Target): Promise<void> {
  const { store, failures } = parts;
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Delete'));
  const index = store.list(update.profileId, 'pending').items.findIndex(({ id }) => id === update.id);
  const unsaved = openDocument(update)?.isDirty ? `\n\n${vscode.l10n.t('What you typed and did not save is lost with it.')}` : '';
  await confirm(vscode.l10n.t('Delete this update from the queue of {0}?', profile.name), headline(update) + unsaved, vscode.l10n.t('Delete'));
  await failures.attempt(() => store.destroy(update.id));
  const undo = vscode.l10n.t('Undo');
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t('The update was deleted.'), undo);
  if (choice === undo) await failures.attempt(() => restore(parts, update, profile, index));
}

/** Creates a deleted update again, at its time or in its place. */
async function restore({ store }: Parts, update: Update, profile: Profile, index: number): Promise<void> {
  const { profileId, text, media, details, dueAt } = update;
  const ownTime = dueAt && !takesSlot(update, profile) && dueAt.getTime() > Date.now() ? dueAt : undefined;
  const { created } = await store.create({ profileIds: [profileId], text, media, details: details && { [profileId]: details }, when: ownTime ? { at: ownTime } : 'queue' });
  const [restored] = created;
  const isInPlace = store.list(profileId, 'pending').items[index]?.id === restored?.id;
  // A place that cannot be had again is no reason to create it once more.
  if (restored && !ownTime && index >= 0 && !isInPlace && store.capabilities.reorder) await store.move(restored.id, index).catch(() => undefined);
}

/** Puts an update's text on the clipboard. */
export async function copyText(parts: Parts, target?: Target): Promise<void> {
  const update = await targetUpdate(parts, target, vscode.l10n.t('Copy Text'));
  await vscode.env.clipboard.writeText(update.text);
  flash(vscode.l10n.t('Text copied.'));
}

/** Opens a sent update on its network. */
export async function openSentUpdate({ store }: Parts, node?: UpdateNode): Promise<void> {
  const update = node && store.update(node.updateId);
  const profile = update && store.profile(update.profileId);
  await openPage(update && profile && updateUrl(profile, update));
}

/** The update a command is about and its profile; one that was sent is out of reach, whichever way it was chosen. */
async function unsentUpdate(parts: Parts, target: Target | undefined, title: string): Promise<{ update: Update; profile: Profile }> {
  const { store } = parts;
  const update = await targetUpdate(parts, target, title);
  await store.loadProfiles();
  const profile = store.profile(update.profileId);
  if (update.status === 'sent' || update.status === 'sending' || !profile) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This update was sent already. Only pending updates can be changed.'));
    throw new vscode.CancellationError();
  }
  return { update, profile };
}

function openDocument({ id }: Update): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => updateIdOf(uri) === id);
}

/** Saves what was typed into an open update, so that not an older text goes out; stops where it cannot be saved. */
async function saveOpenText(update: Update): Promise<void> {
  const document = openDocument(update);
  if (document?.isDirty && !(await document.save())) throw new vscode.CancellationError();
}

async function confirm(question: string, detail: string, action: string): Promise<void> {
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) !== action) throw new vscode.CancellationError();
}

function flash(message: string): void {
  vscode.window.setStatusBarMessage(plainText(message), 5000);
}
