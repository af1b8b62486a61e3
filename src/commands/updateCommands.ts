import * as vscode from 'vscode';
import type { Edited, Profile, NewShareTime, ShareTime, Update } from '../core/buffer/model.ts';
import { updateUrl } from '../core/networks/networks.ts';
import { undoLoses } from '../ui/closedWords.ts';
import { EditConflict } from '../core/queue/editConflict.ts';
import type { UpdateNode } from '../sidebar/queueNodes.ts';
import { takesSlot } from '../core/queue/queueOrder.ts';
import { headline } from '../ui/headline.ts';
import { freeSlots } from '../core/queue/freeSlots.ts';
import { longTime, personLocale, shortTime } from '../core/time/formatTime.ts';
import { twinNotes } from '../ui/twinWords.ts';
import { askForTime } from './askForTime.ts';
import { openPage } from '../ui/openPage.ts';
import { profileNames } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';
import { bringBack, follow } from './bringBack.ts';
import { type Target, targetUpdate, targetUpdates } from './pickUpdate.ts';
import { refuseClosed } from './refuseClosed.ts';
import { openUpdate } from './showUpdate.ts';
import { copySeveral, deleteSeveral, draftSeveral, queueSeveral, rescheduleSeveral, topSeveral } from './severalCommands.ts';
import { confirm, flash, openDocument, saveOpenText, unsentUpdate } from './unsentUpdate.ts';
import { bufferPage, tellMoved } from './tellEdited.ts';
import { placeWords, timeBack } from './wayBack.ts';

/** Opens an update as a document, where saving sends the edit. */
export async function editUpdate(parts: CommandContext, target?: Target): Promise<void> {
  const update = await targetUpdate(parts, target, vscode.l10n.t('Edit Update'));
  await openUpdate(parts, update.id);
}

/** So many free posting times are offered. */
const offeredSlots = 5;

/** Gives an update a time of its own. */
export async function rescheduleUpdate(parts: CommandContext, target?: Target, selected?: unknown): Promise<void> {
  const several = await targetUpdates(parts, target, selected);
  if (several) return rescheduleSeveral(parts, several);
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Reschedule'));
  await refuseClosed(parts, update);
  const style = { locale: personLocale(vscode.env.language), timeZone: profile.timeZone };
  const title = update.dueAt ? vscode.l10n.t('Reschedule (now: {0})', shortTime(update.dueAt, style)) : vscode.l10n.t('Reschedule');
  const at = await askForTime(title, [profile], {
    note: (time) => twinNote(parts, update, profile, { at: time }),
    free: freeSlots(profile, parts.store.list(profile.id, 'pending'), offeredSlots),
  });
  await giveTime(parts, update, profile, at);
}

/** Gives an update the free posting time that its row was dropped on. */
export async function rescheduleTo(parts: CommandContext, target: Target, at: Date): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Reschedule'));
  await refuseClosed(parts, update);
  await giveTime(parts, update, profile, at);
}

async function giveTime(parts: CommandContext, update: Update, profile: Profile, at: Date): Promise<void> {
  const style = { locale: personLocale(vscode.env.language), timeZone: profile.timeZone };
  await saveOpenText(update);
  const reschedule = async (): Promise<void> => {
    const edited = await editTime(parts, update, { at });
    const done = ({ dueAt }: Update) =>
      [vscode.l10n.t('Rescheduled for {0}.', longTime(dueAt ?? at, style)), isOutOfSight(parts, update) && outOfSight()]
        .filter(Boolean)
        .join(' ');
    await tellMoved({ before: update, edited, when: { at }, profile }, done, reschedule, wayBack(parts, update, profile, edited.update));
  };
  await reschedule();
}

/** Whether an update stands behind what is loaded of its queue, so that no row shows it. */
function isOutOfSight({ store }: CommandContext, { id, profileId }: Update): boolean {
  const { items, hasMore, status } = store.list(profileId, 'pending');
  return status === 'loaded' && hasMore && !items.some((each) => each.id === id);
}

function outOfSight(): string {
  return vscode.l10n.t('That is beyond what is loaded of its queue: Load More shows it.');
}

/** A profile's name in a sentence. */
function nameOf({ store }: CommandContext, profile: Profile): string {
  return profileNames([profile], store.profiles.items);
}

/** What is known of other updates that say the same, or go out at nearly the same time. */
function twinNote(parts: CommandContext, update: Update, profile: Profile, when: ShareTime): string | undefined {
  const { text, media, details, id } = update;
  return twinNotes(parts, profile, { text, media, thread: details?.thread, when, updateId: id }).join(' ') || undefined;
}

/** Sends an update out at once, after asking. */
export async function shareUpdate(parts: CommandContext, target?: Target): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Share Now'));
  if (!parts.store.capabilities.sharesAsIs) await refuseClosed(parts, update);
  await saveOpenText(update);
  const current = parts.store.update(update.id) ?? update;
  await confirm(
    vscode.l10n.t('Share this update on {0} now?', nameOf(parts, profile)),
    [headline(current), twinNote(parts, current, profile, 'now')].filter(Boolean).join('\n\n'),
    vscode.l10n.t('Share Now'),
  );
  const share = async (): Promise<void> => {
    const edited = await parts.failures.attempt(() => parts.store.share(update.id));
    const done = ({ status }: Update) =>
      status === 'sending'
        ? vscode.l10n.t('Buffer is sending it to {0}.', nameOf(parts, profile))
        : vscode.l10n.t('Shared on {0}.', nameOf(parts, profile));
    await tellMoved({ before: current, edited, when: 'now', profile }, done, share);
  };
  await share();
}

/** Puts an update at the top of its queue. */
export async function shareUpdateNext(parts: CommandContext, target?: Target, selected?: unknown): Promise<void> {
  const several = await targetUpdates(parts, target, selected);
  if (several) return topSeveral(parts, several);
  const { update } = await unsentUpdate(parts, target, vscode.l10n.t('Move to Top of Queue'));
  await parts.failures.attempt(() => parts.store.moveToTop(update.id));
}

/** Gives an update with a time of its own, or a draft, to the queue. */
export async function queueUpdate(parts: CommandContext, target?: Target, selected?: unknown): Promise<void> {
  const several = await targetUpdates(parts, target, selected);
  if (several) return queueSeveral(parts, several);
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Add to Queue'));
  await refuseClosed(parts, update);
  await saveOpenText(update);
  await moveTo(parts, update, profile, 'queue', (moved) => wayBack(parts, update, profile, moved));
}

/** Takes an update out of the queue: it is kept at Buffer as a draft, and does not go out by itself. */
export async function moveToDrafts(parts: CommandContext, target?: Target, selected?: unknown): Promise<void> {
  const several = await targetUpdates(parts, target, selected);
  if (several) return draftSeveral(parts, several);
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Move to Drafts at Buffer'));
  await refuseClosed(parts, update);
  await saveOpenText(update);
  await moveTo(parts, update, profile, 'draft', (moved) => wayBack(parts, update, profile, moved));
}

/** Moves an update and tells where it stands then. @param undo  the way back from there, where there is one */
async function moveTo(
  parts: CommandContext,
  update: Update,
  profile: Profile,
  when: NewShareTime,
  undo?: (moved: Update) => (() => Promise<void>) | undefined,
): Promise<void> {
  const move = async (): Promise<void> => {
    const edited = await editTime(parts, update, when);
    await tellMoved({ before: update, edited, when, profile }, (now) => placeWords(now, profile, parts.store), move, undo?.(edited.update));
  };
  await move();
}

/** Takes a move back, as far as that can be (`timeBack`). */
function wayBack(parts: CommandContext, before: Update, profile: Profile, moved: Update): (() => Promise<void>) | undefined {
  const when = timeBack(before, profile, parts.store.capabilities);
  return when && (() => moveTo(parts, moved, profile, when));
}

/** Gives an update another time; what somebody else did with it meanwhile is not overwritten without a word. */
function editTime({ store, failures }: CommandContext, seen: Update, when: NewShareTime): Promise<Edited> {
  return failures.attempt(async () => {
    try {
      return await store.edit(seen.id, { when }, seen);
    } catch (error) {
      if (!(error instanceof EditConflict)) throw error;
      await confirm(
        vscode.l10n.t('This update was given another time elsewhere. Overwrite it?'),
        headline(error.present),
        vscode.l10n.t('Overwrite'),
      );
      return store.edit(seen.id, { when });
    }
  });
}

/** Opens what Buffer has to say about why an update could not be sent. */
export async function openFailureHelp({ store }: CommandContext, node?: UpdateNode): Promise<void> {
  await openPage(node && store.update(node.updateId)?.failure?.helpUrl);
}

/** Moves of the keyboard take turns: a key held down moves a row again and again. */
let moving: Promise<unknown> = Promise.resolve();

/** Moves an update up by one place among those that move with the queue. */
export function moveUpdateUp(parts: CommandContext, target?: Target): Promise<void> {
  return moveUpdate(parts, -1, target);
}

/** Moves an update down by one place among those that move with the queue. */
export function moveUpdateDown(parts: CommandContext, target?: Target): Promise<void> {
  return moveUpdate(parts, 1, target);
}

/** Moves an update by one place among those that move with the queue: -1 up, 1 down. */
async function moveUpdate(parts: CommandContext, by: -1 | 1, target?: Target): Promise<void> {
  const { update, profile } = await unsentUpdate(parts, target, by < 0 ? vscode.l10n.t('Move Up') : vscode.l10n.t('Move Down'));
  const move = moving.then(() => moveOnce(parts, update, profile, by));
  moving = move.catch(() => undefined);
  await move;
}

async function moveOnce(
  { store, tree, view, failures }: CommandContext,
  { id, profileId }: Update,
  profile: Profile,
  by: -1 | 1,
): Promise<void> {
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
export async function deleteUpdate(parts: CommandContext, target?: Target, selected?: unknown): Promise<void> {
  const several = await targetUpdates(parts, target, selected);
  if (several) return deleteSeveral(parts, several);
  const { store, failures } = parts;
  const { update, profile } = await unsentUpdate(parts, target, vscode.l10n.t('Delete'));
  const index = store.list(update.profileId, 'pending').items.findIndex(({ id }) => id === update.id);
  // Known before it is gone: what cannot be brought back is said before, and not after.
  const kept = await failures.attempt(() => store.restorable(update.id));
  const loses = undoLoses(kept, store.capabilities);
  const unsaved = openDocument(update)?.isDirty ? vscode.l10n.t('What you typed and did not save is lost with it.') : undefined;
  const warning = loses && vscode.l10n.t('It cannot be fully restored from here: {0}', loses);
  await confirm(
    vscode.l10n.t('Delete this update from the queue of {0}?', nameOf(parts, profile)),
    [headline(update), unsaved, warning].filter(Boolean).join('\n\n'),
    vscode.l10n.t('Delete'),
  );
  const wasOpen = openDocument(update) !== undefined;
  await failures.attempt(() => store.destroy(update.id));
  const undo = vscode.l10n.t('Undo');
  const canUndo = kept !== undefined && !kept.closed?.length;
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t('The update was deleted.'), ...(canUndo ? [undo] : []));
  if (choice !== undo || !kept) return;
  const restored = await bringBack(parts, kept, profile, index);
  await follow(parts, update, restored, wasOpen);
}

/** Opens Buffer, where everything of an update can be edited. */
export async function openAtBuffer(): Promise<void> {
  await openPage(bufferPage);
}

/** Puts an update's text on the clipboard. */
export async function copyText(parts: CommandContext, target?: Target, selected?: unknown): Promise<void> {
  const several = await targetUpdates(parts, target, selected);
  if (several) return copySeveral(several);
  const update = await targetUpdate(parts, target, vscode.l10n.t('Copy Text'));
  await vscode.env.clipboard.writeText(update.text);
  flash(vscode.l10n.t('Text copied.'));
}

/** Opens a sent update on its network. */
export async function openSentUpdate({ store }: CommandContext, node?: UpdateNode): Promise<void> {
  const update = node && store.update(node.updateId);
  const profile = update && store.profile(update.profileId);
  await openPage(update && profile && updateUrl(profile, update));
}
