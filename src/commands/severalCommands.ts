import * as vscode from 'vscode';
import type { Edited, NewShareTime, Profile, Update } from '../core/buffer/model.ts';
import { may } from '../core/queue/abilities.ts';
import { outcomeOf } from '../core/queue/editOutcome.ts';
import { isGone } from '../core/queue/lostAnswer.ts';
import { takesSlot } from '../core/queue/queueOrder.ts';
import { shifted } from '../core/time/parseShift.ts';
import { hiddenWords } from '../ui/askHiddenFiles.ts';
import { closedWords, undoLoses } from '../ui/closedWords.ts';
import { askForShift, pastCount } from './askForShift.ts';
import { follow, makeAgain, revives } from './bringBack.ts';
import type { CommandContext } from './commandContext.ts';
import { askSeveral, type Done, doSeveral, NotDone, requestWords, runSeveral, type UpdateTurn, type Words } from './batch.ts';
import { lostWords, outcomeWords } from './tellEdited.ts';
import { flash, openDocument, saveOpenText } from './unsentUpdate.ts';
import { placeWords, timeBack } from './wayBack.ts';

/**
 * What commands do with several updates at once. Each is written as it is alone, with all that keeps it from being
 * overwritten, lost or done twice; what would have to be asked about one alone is not done, and told.
 */

/** Puts the texts of several updates on the clipboard, a blank line between each two. */
export async function copySeveral(updates: readonly Update[]): Promise<void> {
  await vscode.env.clipboard.writeText(updates.map(({ text }) => text).join('\n\n'));
  flash(vscode.l10n.t('{0} texts copied.', updates.length));
}

/** What can be done with each of several, and what is told of the others. */
function sorted(
  { store }: CommandContext,
  updates: readonly Update[],
  isAble: (update: Update, profile: Profile) => boolean,
): { readonly able: readonly Update[]; readonly note: string | undefined } {
  const able = updates.filter((update) => {
    const profile = store.profile(update.profileId);
    return profile !== undefined && isAble(update, profile);
  });
  if (able.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('None of the selected updates can be changed in this way.'));
    throw new vscode.CancellationError();
  }
  const others = updates.length - able.length;
  const note =
    others === 0
      ? undefined
      : others === 1
        ? vscode.l10n.t('One of the selected updates cannot be changed in this way and stays as it is.')
        : vscode.l10n.t('{0} of the selected updates cannot be changed in this way and stay as they are.', others);
  return { able, note };
}

/** @throws NotDone where it is gone */
function profileOf({ store }: CommandContext, { profileId }: Update): Profile {
  const profile = store.profile(profileId);
  if (!profile) throw new NotDone(vscode.l10n.t('Its profile is not there any more.'));
  return profile;
}

// Deleting

const deleting: Words = {
  doing: () => vscode.l10n.t('Deleting updates'),
  done: (count) => (count === 1 ? vscode.l10n.t('The update was deleted.') : vscode.l10n.t('{0} updates were deleted.', count)),
  undone: (count) => (count === 1 ? vscode.l10n.t('The update was brought back.') : vscode.l10n.t('{0} updates were brought back.', count)),
};

/** Why an update that is deleted could not be brought back whole. */
class Irrevocable extends NotDone {}

/** Deletes several updates after one question, and offers to bring all of them back. */
export async function deleteSeveral(parts: CommandContext, updates: readonly Update[]): Promise<void> {
  const { store, queueView } = parts;
  const { able, note } = sorted(parts, updates, (update) => may('delete', update, store));
  // What is known of it now; the rest turns out when it is read, and is asked about then.
  const known = new Set(able.filter(({ id }) => losesOf(parts, store.heldToRestore(id)) !== undefined).map(({ id }) => id));
  const unread = able.filter(({ id }) => !store.heldToRestore(id)).length;
  const unsaved = able.filter((update) => openDocument(update)?.isDirty).length;
  await askSeveral(
    parts,
    able.length === 1 ? vscode.l10n.t('Delete 1 update?') : vscode.l10n.t('Delete {0} updates?', able.length),
    able,
    [
      note,
      unsaved > 0 ? vscode.l10n.t('What you typed and did not save is lost with it.') : undefined,
      known.size > 0 ? vscode.l10n.t('{0} of them cannot be brought back from here whole.', known.size) : undefined,
      requestWords(able.length + unread, queueView.budget),
    ],
    vscode.l10n.t('Delete'),
  );
  // Before the first is gone: the others move up then.
  const places = new Map(able.map(({ id, profileId }) => [id, indexIn(parts, profileId, id)]));
  const run = (those: readonly Update[]) => deleteAgreed(parts, those, places, known);
  await runSeveral(parts, able, deleting, run);
}

/**
 * @param places  where each stood in its queue, by id
 * @param agreed  ids of what may be deleted although it cannot be brought back whole
 */
async function deleteAgreed(
  parts: CommandContext,
  updates: readonly Update[],
  places: ReadonlyMap<string, number>,
  agreed: Set<string>,
): Promise<readonly UpdateTurn[]> {
  const step = (update: Update) => deleteOne(parts, update, places.get(update.id)!, agreed.has(update.id));
  const turns = await doSeveral(parts, updates, deleting.doing(), step);
  const irrevocable = turns.flatMap((turn) => (turn.state === 'failed' && turn.error instanceof Irrevocable ? [turn.item] : []));
  if (irrevocable.length === 0 || !(await mayLose(parts, irrevocable))) return turns;
  for (const { id } of irrevocable) agreed.add(id);
  const others = await doSeveral(parts, irrevocable, deleting.doing(), step);
  return turns.map((turn) => others.find(({ item }) => item === turn.item) ?? turn);
}

function indexIn({ store }: CommandContext, profileId: string, updateId: string): number {
  return store.list(profileId, 'pending').items.findIndex(({ id }) => id === updateId);
}

function losesOf({ store }: CommandContext, kept: Update | undefined): string | undefined {
  return kept && undoLoses(kept, store.capabilities);
}

async function mayLose(parts: CommandContext, updates: readonly Update[]): Promise<boolean> {
  const question =
    updates.length === 1
      ? vscode.l10n.t('One of them cannot be brought back from here whole. Delete it too?')
      : vscode.l10n.t('{0} of them cannot be brought back from here whole. Delete these too?', updates.length);
  return askSeveral(parts, question, updates, [], vscode.l10n.t('Delete')).then(
    () => true,
    () => false,
  );
}

async function deleteOne(parts: CommandContext, update: Update, index: number, isAgreed: boolean): Promise<Done> {
  const { store } = parts;
  const profile = profileOf(parts, update);
  let kept: Update | undefined;
  try {
    kept = await store.restorable(update.id);
  } catch (error) {
    if (isGone(error)) return { note: vscode.l10n.t('It was deleted already.') };
    throw error;
  }
  const loses = undoLoses(kept, store.capabilities);
  if (loses && !isAgreed) throw new Irrevocable(vscode.l10n.t('It cannot be fully restored from here: {0}', loses));
  const wasOpen = openDocument(update) !== undefined;
  await store.destroy(update.id);
  if (!kept || kept.closed?.length) return { note: vscode.l10n.t('It cannot be brought back from here.') };
  const whole = kept;
  return {
    undo: async () => {
      if (revives(whole, parts)) throw new NotDone(vscode.l10n.t('It had failed, and would go out if it were brought back.'));
      const { restored, words, isInPlace } = await makeAgain(parts, whole, profile, index, (make) => make());
      await follow(parts, update, restored, wasOpen, false);
      return isInPlace ? {} : { note: words, isElsewhere: true };
    },
  };
}

// Moving

/** What changes the time of one of several. */
interface Move {
  readonly when: NewShareTime;
}

const queueing: Words = {
  doing: () => vscode.l10n.t('Adding to the queue'),
  done: (count) =>
    count === 1 ? vscode.l10n.t('The update was added to the queue.') : vscode.l10n.t('{0} updates were added to the queue.', count),
  undone: (count) => (count === 1 ? vscode.l10n.t('Moved back.') : vscode.l10n.t('{0} updates were moved back.', count)),
};

const drafting: Words = {
  doing: () => vscode.l10n.t('Moving to the drafts'),
  done: (count) =>
    count === 1
      ? vscode.l10n.t('The update was moved to the drafts at Buffer.')
      : vscode.l10n.t('{0} updates were moved to the drafts at Buffer.', count),
  undone: queueing.undone,
};

const rescheduling: Words = {
  doing: () => vscode.l10n.t('Rescheduling updates'),
  done: (count) => (count === 1 ? vscode.l10n.t('The update was rescheduled.') : vscode.l10n.t('{0} updates were rescheduled.', count)),
  undone: queueing.undone,
};

/** Gives several updates to their queues, in the order in which they stand. */
export async function queueSeveral(parts: CommandContext, updates: readonly Update[]): Promise<void> {
  const { store } = parts;
  const isAble = (update: Update, profile: Profile) =>
    store.capabilities.requeue && !takesSlot(update, profile) && may('queue', update, store);
  await moveSeveral(parts, updates, isAble, queueing, {
    question: (count) =>
      count === 1 ? vscode.l10n.t('Add 1 update to the queue?') : vscode.l10n.t('Add {0} updates to the queue?', count),
    action: vscode.l10n.t('Add to Queue'),
    move: () => ({ when: 'queue' }),
  });
}

/** Takes several updates out of their queues: they are kept at Buffer as drafts. */
export async function draftSeveral(parts: CommandContext, updates: readonly Update[]): Promise<void> {
  const { store } = parts;
  const isAble = (update: Update) => store.capabilities.drafts && update.status !== 'draft' && may('draft', update, store);
  await moveSeveral(parts, updates, isAble, drafting, {
    question: (count) =>
      count === 1
        ? vscode.l10n.t('Move 1 update to the drafts at Buffer?')
        : vscode.l10n.t('Move {0} updates to the drafts at Buffer?', count),
    action: vscode.l10n.t('Move to Drafts at Buffer'),
    move: () => ({ when: 'draft' }),
  });
}

/** Moves the times of several updates by the same. */
export async function rescheduleSeveral(parts: CommandContext, updates: readonly Update[]): Promise<void> {
  const { store } = parts;
  const isAble = (update: Update) => update.dueAt !== undefined && may('reschedule', update, store);
  const { able } = sorted(parts, updates, isAble);
  const times = able
    .map(({ dueAt, profileId }) => ({ at: dueAt!, timeZone: store.profile(profileId)!.timeZone }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const { shift, words } = await askForShift(
    able.length === 1 ? vscode.l10n.t('Reschedule 1 Update') : vscode.l10n.t('Reschedule {0} Updates', able.length),
    times,
  );
  const past = pastCount(shift, times);
  await moveSeveral(parts, updates, isAble, rescheduling, {
    question: (count) =>
      count === 1 ? vscode.l10n.t('Reschedule 1 update: {0}?', words) : vscode.l10n.t('Reschedule {0} updates: {1}?', count, words),
    action: vscode.l10n.t('Reschedule'),
    move: ({ dueAt }, { timeZone }) => ({ when: { at: aheadOf(shifted(dueAt!, shift, timeZone)) } }),
    note: past > 0 ? vscode.l10n.t('{0} of them would be in the past and stay as they are.', past) : undefined,
  });
}

/** @throws NotDone where it is not */
function aheadOf(at: Date): Date {
  if (at.getTime() <= Date.now()) throw new NotDone(vscode.l10n.t('That would be in the past.'));
  return at;
}

interface Moving {
  readonly question: (count: number) => string;
  readonly action: string;
  /** @throws NotDone where it cannot be */
  readonly move: (update: Update, profile: Profile) => Move;
  /** What else to know before. */
  readonly note?: string | undefined;
}

/** Gives several another time: asked first where some stay behind or many requests go, as all can be taken back. */
async function moveSeveral(
  parts: CommandContext,
  updates: readonly Update[],
  isAble: (update: Update, profile: Profile) => boolean,
  words: Words,
  { question, action, move, note: other }: Moving,
): Promise<void> {
  const { able, note } = sorted(parts, updates, isAble);
  // Each is read before it is sent back as a whole.
  const requests = requestWords(2 * able.length, parts.queueView.budget);
  if (note || other || requests) await askSeveral(parts, question(able.length), able, [note, other, requests], action);
  const run = (those: readonly Update[]) => doSeveral(parts, those, words.doing(), (update) => moveOne(parts, update, move));
  await runSeveral(parts, able, words, run);
}

async function moveOne(parts: CommandContext, update: Update, move: Moving['move']): Promise<Done> {
  const { store } = parts;
  const profile = profileOf(parts, update);
  const { when } = move(update, profile);
  if (update.closed?.length) throw new NotDone(closedWords(update.closed));
  const hidden = hiddenWords(store, update);
  if (hidden) throw new NotDone(vscode.l10n.t('{0} Change it by itself.', hidden));
  await saveOpenText(update).catch(() => {
    throw new NotDone(vscode.l10n.t('What you typed in it could not be saved.'));
  });
  const edited = await store.edit(update.id, { when }, update);
  const note = moveNote(update, edited, when, profile);
  const back = timeBack(update, profile, store.capabilities);
  return {
    note,
    undo:
      back &&
      (async () => {
        const undone = await store.edit(update.id, { when: back }, edited.update);
        const isSame = undone.update.dueAt?.getTime() === update.dueAt?.getTime();
        return { note: moveNote(edited.update, undone, back, profile) ?? (isSame ? undefined : placeWords(undone.update, profile, store)) };
      }),
  };
}

/** What there is to know of a move. @throws NotDone where the service said yes and left it */
function moveNote(before: Update, edited: Edited, when: NewShareTime, profile: Profile): string | undefined {
  const outcome = outcomeOf(before, edited, when);
  if (outcome !== 'done' && outcome !== 'movedElse') throw new NotDone(outcomeWords(outcome, edited.update, profile));
  return (
    [outcome === 'movedElse' ? outcomeWords(outcome, edited.update, profile) : undefined, lostWords(edited)].filter(Boolean).join(' ') ||
    undefined
  );
}

// The top of the queue

const topping: Words = {
  doing: () => vscode.l10n.t('Moving to the top of the queue'),
  done: (count) =>
    count === 1
      ? vscode.l10n.t('The update was moved to the top of its queue.')
      : vscode.l10n.t('{0} updates were moved to the top of the queue.', count),
  undone: queueing.undone,
};

/** Puts several updates at the head of their queues, in the order in which they stand. */
export async function topSeveral(parts: CommandContext, updates: readonly Update[]): Promise<void> {
  const { store, queueView } = parts;
  const { capabilities } = store;
  const { able, note } = sorted(
    parts,
    updates,
    (update, profile) => takesSlot(update, profile) && capabilities.moveToTop && may('shareNext', update, store),
  );
  const requests = requestWords(able.length, queueView.budget);
  if (note || requests)
    await askSeveral(
      parts,
      able.length === 1
        ? vscode.l10n.t('Move 1 update to the top of the queue?')
        : vscode.l10n.t('Move {0} updates to the top of the queue?', able.length),
      able,
      [note, requests],
      vscode.l10n.t('Move to Top of Queue'),
    );
  // Before the first is moved. From the last one on, each finds its place again among those that were not moved.
  const places = new Map(able.map(({ id, profileId }) => [id, indexIn(parts, profileId, id)]));
  const topOne = async (update: Update): Promise<Done> => {
    const { id } = update;
    profileOf(parts, update);
    await store.moveToTop(id);
    const index = places.get(id)!;
    return capabilities.reorder && index >= 0 ? { undo: async () => (await store.move(id, index), {}) } : {};
  };
  // The last one first, so that the first ends at the head.
  const run = async (those: readonly Update[]): Promise<readonly UpdateTurn[]> =>
    (await doSeveral(parts, those.toReversed(), topping.doing(), topOne)).toReversed();
  await runSeveral(parts, able, { ...topping, isUndoneBackwards: true }, run);
}
