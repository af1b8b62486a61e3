import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { find, findable, foldedWords, lineWith } from '../core/queue/findUpdates.ts';
import { inTurn } from '../core/queue/inTurn.ts';
import { type Section, sections } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { networkOf } from '../core/networks/networks.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { isShownIn, type RowPlace } from '../sidebar/queueNodes.ts';
import { headline } from '../ui/headline.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { profileNames } from '../ui/profileNames.ts';
import { tagWords } from '../ui/tagWords.ts';
import { updateIdOf } from '../ui/updateUri.ts';
import type { CommandContext } from './commandContext.ts';
import { openUpdate, showUpdate } from './showUpdate.ts';
import { flash } from './unsentUpdate.ts';

/** A list of which there is more at the service than is known. One request reads a page of it. */
interface Place {
  readonly profile: Profile;
  readonly section: Section;
}

/** A row of the list: an update, or more to load. */
interface Row extends vscode.QuickPickItem {
  readonly update?: Update;
  readonly more?: readonly Place[];
}

/** Finds an update among all that is known by any of its words; asks the service for nothing but what is chosen to be loaded. */
export async function findUpdate(parts: CommandContext): Promise<void> {
  const { store, failures } = parts;
  await failures.attempt(() => store.loadProfiles());
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Find Update');
  pick.placeholder = vscode.l10n.t('Words of the text, a profile, a tag or a state, such as failed');
  let all = knownUpdates(store);
  let isOpen = true;
  const list = () => {
    if (isOpen) pick.items = [...updateRows(store, find(all, pick.value), pick.value), ...moreRows(store, pick.value)];
  };
  const load = async (more: readonly Place[]) => {
    // A second press while they are read asks for nothing.
    if (pick.busy) return;
    pick.busy = true;
    const takeIn = () => {
      all = knownUpdates(store);
      list();
    };
    await loadEach(parts, more, () => !isOpen, takeIn);
    pick.busy = false;
  };
  list();
  const chosen = await new Promise<{ readonly update: Update; readonly open: typeof showUpdate } | undefined>((resolve) => {
    pick.onDidChangeValue(list);
    pick.onDidTriggerItemButton(({ item: { update } }) => resolve(update && { update, open: showUpdate }));
    pick.onDidAccept(() => {
      const [row] = pick.selectedItems;
      // VS Code may show none of the rows yet to whoever types and presses Enter at once: the first is meant.
      const update = row ? row.update : find(all, pick.value)[0];
      if (row?.more) void load(row.more);
      else if (update) resolve({ update, open: openUpdate });
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  isOpen = false;
  pick.dispose();
  if (chosen) await chosen.open(parts, chosen.update.id);
}

/**
 * Reads the next page of each, one after the other. What is told of a failure is told beside the list, which stays open.
 * @param takeIn  called with what came, before a failure is told
 */
async function loadEach(
  { store, failures }: CommandContext,
  places: readonly Place[],
  isCancelled: () => boolean,
  takeIn: () => void,
): Promise<void> {
  let left = places;
  const read = ({ profile: { id }, section }: Place) =>
    store.list(id, section).hasMore && !store.needsLoading(id, section) ? store.loadMore(id, section) : store.loadList(id, section);
  const readLeft = async () => {
    const turns = await inTurn(left, read, { isCancelled });
    left = turns.filter(({ state }) => state !== 'done').map(({ item }) => item);
    takeIn();
    for (const turn of turns) if (turn.state === 'failed') throw turn.error;
  };
  await failures.attempt(readLeft).catch(() => undefined);
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
    const name = profile ? profileNames([profile], store.profiles.items) : networkOf(update.service).label;
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

/** One row for all that there is more of, and before it one for the profiles that the typed words name. */
function moreRows(store: QueueStore, typed: string): Row[] {
  if (!store.capabilities.queues) return [];
  const all = sections.flatMap((section) =>
    store.profiles.items.flatMap((profile): Place[] => {
      const { hasMore, status } = store.list(profile.id, section);
      return hasMore || status === 'unloaded' || status === 'failed' ? [{ profile, section }] : [];
    }),
  );
  if (all.length === 0) return [];
  const named = namedIn(all, typed);
  const rows = named.length && named.length < all.length ? [moreRow(store, named), moreRow(store, all)] : [moreRow(store, all)];
  return [{ label: vscode.l10n.t('At Buffer'), kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

/** Those whose profile, or its network, is named by one of the typed words. */
function namedIn(places: readonly Place[], typed: string): Place[] {
  const words = typed.split(/\s+/u).filter(Boolean);
  const named = places.map((item) => ({ item, words: foldedWords(`${item.profile.name} ${networkOf(item.profile.service).label}`) }));
  return [...new Set(words.flatMap((word) => find(named, word)))];
}

function moreRow(store: QueueStore, more: readonly Place[]): Row {
  const profiles = [...new Set(more.map(({ profile }) => profile))];
  const [first] = more;
  const names =
    profiles.length === 1 ? profileNames(profiles, store.profiles.items) : vscode.l10n.t('{0} profiles', inNumbers(profiles.length));
  return {
    alwaysShow: true,
    label: `$(fold-down) ${plainText(vscode.l10n.t('Load More: {0}', names))}`,
    description:
      more.length === 1
        ? vscode.l10n.t('{0} known', inNumbers(store.list(first!.profile.id, first!.section).items.length))
        : vscode.l10n.t('{0} requests', inNumbers(more.length)),
    more,
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
  const place: RowPlace | undefined = update && tree.placeOf(update);
  const shown = (update && tree.days?.among(update)) ?? byProfile(parts, place);
  const index = shown.findIndex(({ id }) => id === open);
  if (index < 0) return flash(vscode.l10n.t('This update is not among those that are loaded.'));
  const next = shown[index + by];
  if (next) return openUpdate(parts, next.id);
  flash(by > 0 ? vscode.l10n.t('This is the last update that is loaded.') : vscode.l10n.t('This is the first update.'));
}

/** What is shown in one kind of place, one profile after the other. */
function byProfile({ store, tree: { lists } }: CommandContext, place: RowPlace | undefined): readonly Update[] {
  if (place === 'failed' || !place) return lists.failed;
  return store.profiles.items.flatMap(({ id }) =>
    lists.list(id, place === 'sent' ? 'sent' : 'pending').items.filter((each) => isShownIn(place, each)),
  );
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
