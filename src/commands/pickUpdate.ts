import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { plainText } from '../ui/plainText.ts';
import type { QueueNode } from '../sidebar/queueNodes.ts';
import { headline } from '../ui/headline.ts';
import { pendingWords } from '../ui/profileWords.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { updateIdOf } from '../ui/updateUri.ts';
import { isolated, profileNames } from '../ui/profileNames.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import type { CommandContext } from './commandContext.ts';

/** What a command was called on: a row, a key in the sidebar, or something of another view, such as an editor. */
export type Target = QueueNode | { readonly from: 'view' } | vscode.Uri;

/**
 * The update a command is about: the row it was called on, the focused row for a key in the sidebar, else the update
 * open in the editor or the selected row, whichever the person was at last, or the one the person picks.
 * @throws vscode.CancellationError when the person gives up, or the focused row is no update
 */
export async function targetUpdate(parts: CommandContext, target: Target | undefined, title: string): Promise<Update> {
  const { store } = parts;
  const row = isKey(target) ? await focusedRow(parts) : rowIn(target);
  if (isKey(target) && row?.kind !== 'update') throw new vscode.CancellationError();
  const updateId = idOfNode(row) ?? idInView(parts);
  const known = updateId ? store.update(updateId) : undefined;
  return known ?? (updateId ? store.readUpdate(updateId) : pickUpdate(parts, title));
}

/**
 * The updates that a command is about where it is about several: all that are selected, if the row it was called on is one
 * of them; those of a key in the sidebar, if the focused row is; from the palette, if they were selected after the person
 * last worked in an editor. Undefined where it is about one, as `targetUpdate` gives it.
 * @param selected  the rows that VS Code says are selected with it
 */
export async function targetUpdates(
  { store, view, queueView, tree }: CommandContext,
  target: Target | undefined,
  selected: unknown,
): Promise<readonly Update[] | undefined> {
  let rows: readonly QueueNode[] = Array.isArray(selected) ? (selected as QueueNode[]) : [];
  if (isKey(target) && view.selection.length > 1) rows = await selectedWithFocus(view);
  else if (!target && (queueView.isLastUsed || !openUpdateId())) rows = view.selection;
  const updates = new Map(rows.flatMap((row) => (row.kind === 'update' ? [[row.updateId, store.update(row.updateId)]] : [])));
  const known = [...updates.values()].filter((each) => each !== undefined);
  return known.length > 1 ? inShownOrder(known, tree, store) : undefined;
}

/** As they stand in the sidebar, whatever the order in which they were selected. */
function inShownOrder(updates: readonly Update[], { lists, days }: CommandContext['tree'], store: QueueStore): Update[] {
  const byDay = new Map(days?.inOrder.map(({ id }, index) => [id, index]));
  const profiles = store.profiles.items.map(({ id }) => id);
  const place = (update: Update) => {
    const section = store.sectionOf(update);
    return [
      byDay.get(update.id) ?? byDay.size,
      profiles.indexOf(update.profileId),
      section === 'sent' ? 1 : 0,
      lists.list(update.profileId, section).items.findIndex(({ id }) => id === update.id),
    ];
  };
  const places = new Map(updates.map((update) => [update, place(update)]));
  return updates.toSorted((a, b) => {
    const [one, other] = [places.get(a)!, places.get(b)!];
    return one.map((each, index) => each - other[index]!).find((difference) => difference !== 0) ?? 0;
  });
}

/** What is selected, if the focused row is part of it. The focus is told by what taking it in or out does to the selection. */
async function selectedWithFocus(view: CommandContext['view']): Promise<readonly QueueNode[]> {
  const before = [...view.selection];
  await vscode.commands.executeCommand('list.toggleSelection');
  const isPart = view.selection.length < before.length;
  await vscode.commands.executeCommand('list.toggleSelection');
  return isPart ? before : [];
}

/** The profile a command is about, in the same way. */
export async function targetProfile({ store, view }: CommandContext, target: Target | undefined, title: string): Promise<Profile> {
  const row = rowIn(target) ?? view.selection[0];
  const profile = row && 'profileId' in row ? store.profile(row.profileId) : undefined;
  return profile ?? pickProfile(store, title);
}

/** The update that is open in the editor, or the selected one: the one where the person was at work last. */
export function idInView({ view, queueView }: CommandContext): string | undefined {
  const selected = idOfNode(view.selection[0]);
  return (queueView.isLastUsed ? selected : undefined) ?? openUpdateId() ?? selected;
}

/** The update that a command was called on: a row's, or that of the document whose title has the command. */
export function updateIdIn(target: Target | undefined): string | undefined {
  return target instanceof vscode.Uri ? updateIdOf(target) : idOfNode(rowIn(target));
}

function isKey(target: Target | undefined): target is { readonly from: 'view' } {
  return target !== undefined && 'from' in target;
}

function rowIn(target: Target | undefined): QueueNode | undefined {
  return target && 'kind' in target ? target : undefined;
}

/** Arrow keys move the focus, of which extensions are not told; selecting what is focused tells. */
async function focusedRow({ view }: CommandContext): Promise<QueueNode | undefined> {
  await vscode.commands.executeCommand('list.selectAndPreserveFocus');
  return view.selection[0];
}

function idOfNode(node: QueueNode | undefined): string | undefined {
  return node?.kind === 'update' ? node.updateId : undefined;
}

function openUpdateId(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && updateIdOf(uri);
}

async function pickProfile(store: QueueStore, title: string): Promise<Profile> {
  const items = (await store.loadProfiles()).map((profile) => ({
    label: plainText(isolated(profile.name)),
    description: [plainText(networkOf(profile.service).label), pendingWords(profile, store)].filter(Boolean).join(' · '),
    profile,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a profile'),
    matchOnDescription: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.profile;
}

async function pickUpdate({ store }: CommandContext, title: string): Promise<Update> {
  const profile = await pickProfile(store, title);
  await store.loadList(profile.id, 'pending');
  const style = { locale: personLocale(vscode.env.language), timeZone: profile.timeZone };
  const items = store.list(profile.id, 'pending').items.map((update) => ({
    label: plainText(headline(update)),
    description: update.dueAt && shortTime(update.dueAt, style),
    update,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The queue of {0} is empty.', profileNames([profile], store.profiles.items)));
    throw new vscode.CancellationError();
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: `${title} · ${profileNames([profile], store.profiles.items)}`,
    placeHolder: vscode.l10n.t('Choose an update'),
    matchOnDescription: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.update;
}
