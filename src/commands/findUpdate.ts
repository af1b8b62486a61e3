import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { find, findable, lineWith } from '../core/queue/findUpdates.ts';
import { type Section, sections } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { networkOf } from '../core/networks/networks.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { isShownIn, type RowPlace } from '../sidebar/queueNodes.ts';
import { headline } from '../ui/headline.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { isolated } from '../ui/profileNames.ts';
import { tagWords } from '../ui/tagWords.ts';
import { updateIdOf } from '../ui/updateUri.ts';
import type { CommandContext } from './commandContext.ts';
import { openUpdate, showUpdate } from './showUpdate.ts';
import { flash } from './unsentUpdate.ts';

/** A row of the list: an update, or more to load. */
interface Row extends vscode.QuickPickItem {
  readonly update?: Update;
  readonly more?: { readonly profileId: string; readonly section: Section };
}

/** Finds an update among all that is known by any of its words; asks the service for nothing but what is chosen to be loaded. */
export async function findUpdate(parts: CommandContext): Promise<void> {
  const { store, failures } = parts;
  await failures.attempt(() => store.loadProfiles());
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Find Update');
  pick.placeholder = vscode.l10n.t('Words of the text, a profile, a tag or a state, such as failed');
  let all = knownUpdates(store);
  const list = () => {
    pick.items = [...updateRows(store, find(all, pick.value), pick.value), ...moreRows(store)];
  };
  list();
  const chosen = await new Promise<Update | undefined>((resolve) => {
    pick.onDidChangeValue(list);
    pick.onDidTriggerItemButton(({ item: { update } }) => {
      resolve(undefined);
      if (update) void showUpdate(parts, update.id);
    });
    pick.onDidAccept(async () => {
      const [row] = pick.selectedItems;
      if (!row?.more) return row && resolve(row.update);
      pick.busy = true;
      await load(parts, row.more);
      pick.busy = false;
      all = knownUpdates(store);
      list();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (chosen) await openUpdate(parts, chosen.id);
}

/** What is told of a failure is told beside the list, which stays open. */
async function load({ store, failures }: CommandContext, { profileId, section }: NonNullable<Row['more']>): Promise<void> {
  const isFirst = store.needsLoading(profileId, section);
  await failures.attempt(() => (isFirst ? store.loadList(profileId, section) : store.loadMore(profileId, section))).catch(() => undefined);
}

/** All that is listed: what waits soonest first, what was sent latest first, one profile after the other. */
function knownUpdates(store: QueueStore) {
  return sections.flatMap((section) =>
    store.profiles.items.flatMap((profile) =>
      store.list(profile.id, section).items.map((update) => findable(update, profile, stateWord(update))),
    ),
  );
}

function updateRows(store: QueueStore, updates: readonly Update[], typed: string): Row[] {
  const locale = personLocale(vscode.env.language);
  const show: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Show in Sidebar') };
  return updates.map((update) => {
    const { sentAt, dueAt, tags = [] } = update;
    const profile = store.profile(update.profileId);
    const time = sentAt ?? dueAt;
    const name = profile ? isolated(profile.name) : networkOf(update.service).label;
    const when = time && profile && shortTime(time, { locale, timeZone: profile.timeZone });
    return {
      // The list is what was found, in its order: VS Code finds in single lines only.
      alwaysShow: true,
      label: `$(${icon(update)}) ${plainText(headline(update))}`,
      detail: plainText([name, stateWord(update), when, tagWords(tags), typed && lineWith(update.text, typed)].filter(Boolean).join(' · ')),
      buttons: [show],
      update,
    };
  });
}

function moreRows(store: QueueStore): Row[] {
  if (!store.capabilities.queues) return [];
  const rows = sections.flatMap((section) => store.profiles.items.flatMap((profile) => moreRow(store, profile, section) ?? []));
  return rows.length ? [{ label: vscode.l10n.t('At Buffer'), kind: vscode.QuickPickItemKind.Separator }, ...rows] : [];
}

function moreRow(store: QueueStore, { id, name }: Profile, section: Section): Row | undefined {
  const { items, hasMore, status } = store.list(id, section);
  if (!hasMore && status !== 'unloaded') return undefined;
  const place = section === 'sent' ? vscode.l10n.t('Sent') : vscode.l10n.t('Pending');
  return {
    alwaysShow: true,
    label: `$(fold-down) ${plainText(vscode.l10n.t('Load More: {0}', isolated(name)))}`,
    description: `${place} · ${vscode.l10n.t('{0} known', inNumbers(items.length))}`,
    more: { profileId: id, section },
  };
}

/** Opens the update after the open one, in the order of the sidebar. */
export function goToNextUpdate(parts: CommandContext): Promise<void> {
  return goTo(parts, 1);
}

/** Opens the update before the open one, in the order of the sidebar. */
export function goToPreviousUpdate(parts: CommandContext): Promise<void> {
  return goTo(parts, -1);
}

async function goTo(parts: CommandContext, by: 1 | -1): Promise<void> {
  const { store, tree } = parts;
  const uri = vscode.window.activeTextEditor?.document.uri;
  const open = uri && updateIdOf(uri);
  const update = open === undefined ? undefined : store.update(open);
  const { lists } = tree;
  const place: RowPlace | undefined = update && tree.placeOf(update);
  const shown =
    place === 'failed' || !place
      ? lists.failed
      : store.profiles.items.flatMap(({ id }) =>
          lists.list(id, place === 'sent' ? 'sent' : 'pending').items.filter((each) => isShownIn(place, each)),
        );
  const next = shown[shown.findIndex(({ id }) => id === open) + by];
  if (update && next) return openUpdate(parts, next.id);
  flash(by > 0 ? vscode.l10n.t('This is the last update that is loaded.') : vscode.l10n.t('This is the first update.'));
}

function icon({ status }: Update): string {
  switch (status) {
    case 'sent':
      return 'check';
    case 'failed':
      return 'error';
    case 'draft':
      return 'cloud';
    case 'needsApproval':
      return 'person';
    default:
      return 'circle-outline';
  }
}

function stateWord({ status, isReminder }: Update): string {
  switch (status) {
    case 'sent':
      return vscode.l10n.t('sent');
    case 'sending':
      return vscode.l10n.t('sending');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'draft':
      return vscode.l10n.t('Draft at Buffer');
    case 'needsApproval':
      return vscode.l10n.t('Waiting for approval');
    default:
      return isReminder ? vscode.l10n.t('Reminder') : vscode.l10n.t('pending');
  }
}
