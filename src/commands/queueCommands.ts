import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { profileUrl } from '../core/networks/networks.ts';
import { groupBy } from '../sidebar/queueGrouping.ts';
import type { QueueNode } from '../sidebar/queueNodes.ts';
import type { Section } from '../core/queue/queueModel.ts';
import { inNumbers } from '../ui/numbers.ts';
import { openPage } from '../ui/openPage.ts';
import { profileNames } from '../ui/profileNames.ts';
import type { CommandContext } from './commandContext.ts';
import { targetProfile } from './pickUpdate.ts';
import { showUpdate } from './showUpdate.ts';

export interface Place {
  readonly profileId: string;
  readonly section: Section;
}

/** Reads everything that is shown again: the profiles now, each open section as it is drawn. */
export async function refresh({ store, tree, failures }: CommandContext): Promise<void> {
  await failures.attempt(async () => {
    await vscode.window.withProgress({ location: { viewId: 'buffer.queue' } }, () => store.refresh());
  });
  tree.reread();
}

/** Reads the next page of a section; the first one where that was not read whole. */
export async function loadMore({ tree, failures }: CommandContext, { profileId, section }: Place): Promise<void> {
  const { lists } = tree;
  await failures.attempt(() =>
    tree.days && lists.needsLoading(profileId, section) ? lists.loadList(profileId, section) : lists.loadMore(profileId, section),
  );
}

/** Shows an update where it stands in the sidebar. */
export async function showInSidebar(parts: CommandContext, updateId: string): Promise<void> {
  await showUpdate(parts, updateId);
}

/** Shows all profiles together, by day, with the posting times that are free. */
export async function groupByDay(parts: CommandContext): Promise<void> {
  await groupBy(parts, 'day');
}

/** Shows each profile by itself again. */
export async function groupByProfile(parts: CommandContext): Promise<void> {
  await groupBy(parts, 'profile');
}

/** Reads what failed once more: a section, or the profiles. */
export async function retry({ store, tree }: CommandContext, place?: Partial<Place>): Promise<void> {
  await (place?.profileId && place.section ? tree.lists.refreshList(place.profileId, place.section) : store.refresh());
}

/** Puts a queue in a random order, after asking. */
export async function shuffleQueue(parts: CommandContext, node?: QueueNode): Promise<void> {
  const profile = await targetProfile(parts, node, vscode.l10n.t('Shuffle Queue'));
  const shuffle = vscode.l10n.t('Shuffle');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Put the queue of {0} in a random order?', profileNames([profile], parts.store.profiles.items)),
    {
      modal: true,
      detail: vscode.l10n.t('{0} pending updates get new times. This cannot be undone.', inNumbers(profile.counts.pending ?? 0)),
    },
    shuffle,
  );
  if (choice === shuffle) await parts.failures.attempt(() => parts.store.shuffle(profile.id));
}

/** Opens the page of Buffer's where a profile is connected again. */
export async function reconnectProfile(parts: CommandContext, node?: QueueNode): Promise<void> {
  await reconnect(await targetProfile(parts, node, vscode.l10n.t('Reconnect')));
}

/**
 * Connecting needs the network's own sign-in, which the settings of the channel at Buffer lead to. Buffer documents no address
 * of theirs; public programs of others name this one.
 */
export async function reconnect({ id }: Pick<Profile, 'id'>): Promise<void> {
  await openPage(`https://publish.buffer.com/channels/${encodeURIComponent(id)}/settings`);
}

/** Opens a profile on its network, or at Buffer where the network has no address for it. */
export async function openProfile(parts: CommandContext, node?: QueueNode): Promise<void> {
  const profile = await targetProfile(parts, node, vscode.l10n.t('Open Profile'));
  await openPage(profileUrl(profile) ?? 'https://publish.buffer.com/');
}
