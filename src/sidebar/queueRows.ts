import * as vscode from 'vscode';
import type { Profile, Update } from '../core/buffer/model.ts';
import { knownServices, networkOf, takesRemindersOnly, updateUrl } from '../core/networks/networks.ts';
import { drawFailure } from '../ui/failureRow.ts';
import { inNumbers } from '../ui/numbers.ts';
import { countWords } from '../ui/profileWords.ts';
import { isolated, profileNames } from '../ui/profileNames.ts';
import { clockTime, isForeignZone, longTime, pastTime, rowTime, zoneName } from '../core/time/formatTime.ts';
import { may } from '../core/queue/abilities.ts';
import { headline, shortHeadline } from '../ui/headline.ts';
import { openUriOf } from '../ui/updateUri.ts';
import { flags } from './profileRow.ts';
import { isPastReminder, locale, ownStyle, plainTooltip, reminderWords, timeOf } from './rowText.ts';
import { type FailedNode, isShownIn, listOf, type MessageNode, type MoreNode, type SectionNode, type UpdateNode } from './queueNodes.ts';
import { tagWords } from '../ui/tagWords.ts';
import type { Waiting } from '../core/queue/queueModel.ts';
import { takesSlot } from '../core/queue/queueOrder.ts';
import type { QueueLists } from '../core/queue/tagFilter.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

const { Collapsed } = vscode.TreeItemCollapsibleState;

/**
 * How each kind of row looks, beside that of a profile; loaded with the first that is drawn. Text from the network is
 * shown as plain text only.
 */
export { DrawnRows } from './drawnRows.ts';
export { drawProfile } from './profileRow.ts';

export function drawSection(node: SectionNode, store: QueueStore, lists: QueueLists = store): vscode.TreeItem {
  if (node.section === 'drafts') return drawDrafts(node, lists);
  const isPending = node.section === 'pending';
  const item = new vscode.TreeItem(isPending ? vscode.l10n.t('Pending') : vscode.l10n.t('Sent'), Collapsed);
  const { capabilities } = store;
  const profile = store.profile(node.profileId);
  item.id = node.id;
  const zone = profile && isForeignZone(profile.timeZone, new Date()) ? zoneName(profile.timeZone, locale()) : undefined;
  const { asOf } = lists.list(node.profileId, node.section);
  const { count, isAll } = countIn(node, store, lists);
  const age = asOf && vscode.l10n.t('as of {0}', pastTime(asOf, ownStyle()));
  item.description = [count || isAll ? countWords({ count, isAll }) : undefined, zone, age]
    .filter((each) => each !== undefined)
    .join(' · ');
  item.iconPath = new vscode.ThemeIcon(isPending ? 'inbox' : 'check-all');
  item.contextValue = flags('section', node.section, isPending && capabilities.shuffle && 'shufflable');
  item.tooltip = plainTooltip(
    isPending ? vscode.l10n.t('Scheduled posts, soonest first') : vscode.l10n.t('Sent posts, newest first'),
    !isAll && count > 0 && moreWords(count),
  );
  return item;
}

/** How many updates a section has, as far as that is known, and whether that is all of them. */
function countIn({ profileId, section }: SectionNode, store: QueueStore, lists: QueueLists): Waiting {
  const profile = store.profile(profileId);
  if (lists === store && section === 'pending') return store.waiting(profileId) ?? { count: 0, isAll: false };
  const told = lists === store && section === 'sent' ? profile?.counts.sent : undefined;
  if (told !== undefined) return { count: told, isAll: true };
  const { items, hasMore, status } = lists.list(profileId, listOf(section));
  const { length } = items.filter((each) => isShownIn(section, each));
  return { count: length, isAll: !hasMore && status !== 'unloaded' };
}

function moreWords(count: number): string {
  return vscode.l10n.t('At least {0}: there are more at Buffer, and they are counted once they are loaded.', inNumbers(count));
}

/** What failed, of all profiles; there while there is any. */
export function drawFailed({ id }: FailedNode, { capabilities }: QueueStore, lists: QueueLists): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Failed'), Collapsed);
  const { length } = lists.failed;
  const reasons = new Set(lists.failed.map(({ failure }) => failure?.message));
  item.id = id;
  // A narrow sidebar has no room for it in each row.
  item.description = [inNumbers(length), length > 1 && reasons.size === 1 && [...reasons][0]].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'failures';
  item.tooltip = capabilities.requeue
    ? vscode.l10n.t('Not sent. Each says why; Fix and Requeue opens it.')
    : vscode.l10n.t('Not sent. Each says why; share it now or reschedule it once it is mended.');
  item.accessibilityInformation = {
    label: length === 1 ? vscode.l10n.t('1 update failed') : vscode.l10n.t('{0} updates failed', inNumbers(length)),
  };
  return item;
}

/** What is kept at Buffer and does not go out by itself; there while there is any. */
function drawDrafts({ id, profileId }: SectionNode, lists: QueueLists): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Drafts at Buffer'), Collapsed);
  const { items, hasMore } = lists.list(profileId, 'pending');
  const count = items.filter((each) => isShownIn('drafts', each)).length;
  item.id = id;
  item.description = countWords({ count, isAll: !hasMore });
  item.iconPath = new vscode.ThemeIcon('cloud');
  item.contextValue = 'section drafts';
  item.tooltip = plainTooltip(
    vscode.l10n.t('Saved at Buffer; not sent until added to the queue or scheduled'),
    hasMore && moreWords(count),
  );
  return item;
}

/** Where updates of all profiles stand together: what a row says besides. */
export interface SharedPlace {
  /** The network of its profile. */
  readonly icon: vscode.IconPath | undefined;
  /** The day that it stands on, as `2026-11-30`; undefined where its time has to say it. */
  readonly date: string | undefined;
}

export function drawUpdate(node: UpdateNode, store: QueueStore, shared?: SharedPlace): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = node.id;
  const update = store.update(node.updateId);
  if (!update) return item;
  const profile = store.profile(node.profileId);
  const time = timeOf(update);
  const isFailed = node.section === 'failed';
  // Rows of several profiles would look unsorted by the clocks of each.
  const isAmongAll = shared !== undefined || isFailed;
  const style = isAmongAll ? ownStyle() : { locale: locale(), timeZone: profile?.timeZone ?? 'UTC' };
  // The time comes first: a sidebar is narrow, and a description would be cut off by nearly every text.
  const when = time && (shared?.date ? clockTime(time, style) : rowTime(time, style));
  const { tags = [] } = update;
  const name = profile && profileNames([profile], store.profiles.items);
  // Where its icon does not tell whose it is, that comes before the text.
  const isNamedFirst = shared !== undefined && name !== undefined && shareNetworks(store.profiles.items);
  const line = isNamedFirst ? `${name} · ${headline(update)}` : headline(update);
  item.label = isFailed ? shortHeadline(update) : [when, line].filter(Boolean).join('  ');
  // Among all that failed it says why, as early as a narrow sidebar needs, and whose it is; that it failed is what the row above says.
  const about = isFailed ? [update.failure?.message, name, when] : [shared && !isNamedFirst && name, statusWord(update)];
  item.description = [...about, tagWords(tags)].filter(Boolean).join(' · ') || undefined;
  const isBusy = store.isBusy(update.id);
  item.iconPath = (!isBusy && update.status !== 'sending' && shared?.icon) || statusIcon(update, profile, isBusy);
  item.contextValue = flags('update', ...abilities(update, profile, store), openedBy(profile, update));
  // VS Code's own: it pins the tab on a double click, and forgets no argument when the row is drawn anew meanwhile.
  const options: vscode.TextDocumentShowOptions = { preview: true, preserveFocus: true };
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open Update'), arguments: [openUriOf(update), options] };
  item.accessibilityInformation = {
    label: [
      headline(update),
      shared && profile && vscode.l10n.t('{0} on {1}', isolated(profile.name), networkOf(profile.service).label),
      statusWord(update),
      isFailed && [name, update.failure?.message].filter(Boolean).join(', '),
      tags.length > 0 && vscode.l10n.t('Tags: {0}', tags.map(({ name }) => name).join(', ')),
      time &&
        (node.section === 'sent' && !isPastReminder(update)
          ? vscode.l10n.t('sent {0}', longTime(time, style))
          : vscode.l10n.t('due {0}', longTime(time, style))),
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

/** Whether several profiles are on one network. */
function shareNetworks(profiles: readonly Profile[]): boolean {
  return new Set(profiles.map(({ service }) => service)).size < profiles.length;
}

/** Which command opens a sent update, as a word for the menus: that of its network, by name. */
function openedBy(profile: Profile | undefined, update: Update): string | undefined {
  if (!profile || !updateUrl(profile, update)) return undefined;
  return knownServices.includes(profile.service) ? `on:${profile.service}` : 'linked';
}

/** What can be done with an update, as words for the menus' `when` clauses. */
function abilities(update: Update, profile: Profile | undefined, store: QueueStore): (string | false | undefined)[] {
  const { capabilities } = store;
  const explained = update.failure?.helpUrl && 'explained';
  if (update.status === 'sent') return ['sent'];
  const isQueued = profile && takesSlot(update, profile);
  return [
    update.status,
    explained,
    update.closed !== undefined && 'closed',
    may('edit', update, store) && 'editable',
    update.status === 'failed' && capabilities.requeue && may('edit', update, store) && 'fixable',
    may('delete', update, store) && 'deletable',
    may('shareNow', update, store) && 'shareable',
    may('reschedule', update, store) && 'reschedulable',
    isQueued && capabilities.moveToTop && may('shareNext', update, store) && 'promotable',
    isQueued && capabilities.reorder && 'movable',
    capabilities.requeue && !isQueued && may('queue', update, store) && 'queueable',
    capabilities.drafts && update.status !== 'draft' && may('draft', update, store) && 'draftable',
    may('askForApproval', update, store) && 'approvable',
    may('withdrawFromApproval', update, store) && 'withdrawable',
    capabilities.tags && may('edit', update, store) && 'taggable',
    canChooseReminder(update, profile, store) && (update.isReminder ? 'automatable' : 'remindable'),
  ];
}

/** Whether a person can say if it goes out by itself: not where its profile takes reminders only. */
function canChooseReminder(update: Update, profile: Profile | undefined, store: QueueStore): boolean {
  return store.capabilities.reminders && may('edit', update, store) && profile !== undefined && !takesRemindersOnly(profile);
}

export function drawMore({ id, profileId, section }: MoreNode, lists: QueueLists): vscode.TreeItem {
  const { items, total, status } = lists.list(profileId, listOf(section));
  // What failed and drafts are listed with it, and stand elsewhere.
  const { length } = items.filter((each) => isShownIn(section, each));
  const isLoading = status === 'loading';
  const item = new vscode.TreeItem(isLoading ? vscode.l10n.t('Loading…') : vscode.l10n.t('Load More'));
  item.id = id;
  item.description =
    total === undefined
      ? vscode.l10n.t('{0} shown', inNumbers(length))
      : vscode.l10n.t('{0} of {1} shown', inNumbers(length), inNumbers(total - items.length + length));
  item.iconPath = new vscode.ThemeIcon(isLoading ? 'loading~spin' : 'fold-down');
  item.command = { command: 'buffer.loadMore', title: vscode.l10n.t('Load More'), arguments: [{ profileId, section }] };
  return item;
}

export function drawMessage({ id, message, of }: MessageNode, store: QueueStore, lists: QueueLists = store): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = id;
  if (message === 'loading') {
    item.label = vscode.l10n.t('Loading…');
    item.iconPath = new vscode.ThemeIcon('loading~spin');
  } else if (message === 'empty' && lists !== store) {
    item.label = vscode.l10n.t('No updates with these tags');
    item.iconPath = new vscode.ThemeIcon('circle-outline');
  } else if (message === 'empty') {
    item.label = of?.section === 'sent' ? vscode.l10n.t('Nothing was sent yet') : vscode.l10n.t('The queue is empty');
    const canWrite = of?.section === 'pending' && store.capabilities.post;
    item.description = canWrite ? vscode.l10n.t('Write an update') : undefined;
    item.iconPath = new vscode.ThemeIcon(canWrite ? 'add' : 'circle-outline');
    if (canWrite) item.command = { command: 'buffer.newUpdate', title: vscode.l10n.t('New Update'), arguments: [of] };
  } else if (message === 'incomplete' && of) {
    const { asOf } = lists.list(of.profileId, listOf(of.section));
    const time = asOf && pastTime(asOf, ownStyle());
    item.label = vscode.l10n.t('Buffer’s list is incomplete');
    item.description = time && vscode.l10n.t('shown as of {0}', time);
    item.tooltip = vscode.l10n.t('Buffer’s last answer left out updates that exist. The list from before is shown. Click to refresh.');
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.command = {
      command: 'buffer.retry',
      title: vscode.l10n.t('Refresh'),
      arguments: [{ profileId: of.profileId, section: of.section }],
    };
  } else {
    const { error } = of ? lists.list(of.profileId, listOf(of.section)) : store.profiles;
    drawFailure(item, error, {
      command: 'buffer.retry',
      title: vscode.l10n.t('Retry'),
      arguments: of ? [{ profileId: of.profileId, section: of.section }] : [],
    });
  }
  return item;
}

function statusWord(update: Update): string | undefined {
  if (isPastReminder(update)) return reminderWords(update);
  switch (update.status) {
    case 'failed':
      return vscode.l10n.t('failed');
    case 'sending':
      return vscode.l10n.t('sending');
    case 'draft':
      return vscode.l10n.t('Draft at Buffer');
    case 'needsApproval':
      return vscode.l10n.t('Waiting for approval');
    case 'pending':
      return update.isReminder ? vscode.l10n.t('Reminder') : undefined;
    default:
      return undefined;
  }
}

function statusIcon(update: Update, profile: Profile | undefined, isBusy: boolean): vscode.ThemeIcon {
  if (isBusy || update.status === 'sending') return new vscode.ThemeIcon('loading~spin');
  switch (update.status) {
    case 'sent':
      return new vscode.ThemeIcon(isPastReminder(update) && !update.isMarkedAsPublished ? 'bell' : 'check');
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'draft':
      return new vscode.ThemeIcon('cloud');
    case 'needsApproval':
      return new vscode.ThemeIcon('person');
    case 'pending':
      if (update.isReminder) return new vscode.ThemeIcon('bell');
      return new vscode.ThemeIcon(profile && takesSlot(update, profile) ? 'circle-outline' : 'calendar');
    default:
      return new vscode.ThemeIcon('question');
  }
}
