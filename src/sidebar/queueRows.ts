import * as vscode from 'vscode';
import type { Attachment, Profile, Update } from '../core/buffer/model.ts';
import { networkOf, updateUrl } from '../core/networks/networks.ts';
import { drawFailure } from '../ui/failureRow.ts';
import { isForeignZone, longTime, pastTime, personLocale, rowTime, zoneName } from '../core/time/formatTime.ts';
import { may } from '../core/queue/abilities.ts';
import { closedWords } from '../ui/closedWords.ts';
import { headline } from '../ui/headline.ts';
import { pendingWords, profileTrouble } from '../ui/profileWords.ts';
import type { Avatars } from './avatars.ts';
import type { MessageNode, MoreNode, ProfileNode, SectionNode, UpdateNode } from './queueNodes.ts';
import { takesSlot } from '../core/queue/queueOrder.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** How each kind of row looks. Text from the network is shown as plain text only. */

export function drawProfile(node: ProfileNode, store: QueueStore, avatars: Avatars): vscode.TreeItem {
  // Without queues there is nothing in it.
  const item = new vscode.TreeItem('', store.capabilities.queues ? Collapsed : None);
  item.id = node.id;
  const profile = store.profile(node.profileId);
  if (!profile) return item;
  const network = networkOf(profile.service).label;
  const trouble = profileTrouble(profile);
  item.label = profile.name;
  const paused = profile.isPaused ? vscode.l10n.t('paused') : undefined;
  const pending = pendingWords(profile, store);
  item.description = [network, trouble?.short ?? paused ?? pending].filter(Boolean).join(' · ');
  item.iconPath = trouble ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')) : avatars.iconOf(profile);
  item.contextValue = flags('profile', !trouble && store.capabilities.post && 'postable', store.capabilities.shuffle && 'shufflable');
  item.tooltip = plainTooltip(
    `${profile.name} (${network})`,
    [pending, sentWords(profile)].filter(Boolean).join(', '),
    todayWords(profile),
    vscode.l10n.t('Time zone: {0}', profile.timeZone),
    profile.followers === undefined ? undefined : vscode.l10n.t('Followers: {0}', inNumbers(profile.followers)),
    trouble?.long ?? (profile.isPaused && vscode.l10n.t('The queue is paused: nothing goes out until it is resumed at buffer.com.')),
  );
  item.accessibilityInformation = {
    label:
      [vscode.l10n.t('{0} on {1}', profile.name, network), pending, sentWords(profile)].filter(Boolean).join(', ') +
      (trouble ? `. ${trouble.long}` : ''),
  };
  return item;
}

function sentWords({ counts }: Profile): string | undefined {
  return counts.sent === undefined ? undefined : vscode.l10n.t('{0} sent', counts.sent);
}

function todayWords({ today }: Profile): string | undefined {
  if (!today) return undefined;
  const used = today.scheduled + today.sent;
  if (today.isReached) return vscode.l10n.t('Today’s limit is reached: nothing more can be posted before tomorrow.');
  return today.limit === undefined ? undefined : vscode.l10n.t('Today: {0} of {1} updates', used, today.limit);
}

export function drawSection(node: SectionNode, store: QueueStore): vscode.TreeItem {
  const isPending = node.section === 'pending';
  const item = new vscode.TreeItem(isPending ? vscode.l10n.t('Pending') : vscode.l10n.t('Sent'), Collapsed);
  const { capabilities } = store;
  const profile = store.profile(node.profileId);
  item.id = node.id;
  const zone = profile && isForeignZone(profile.timeZone, new Date()) ? zoneName(profile.timeZone, locale()) : undefined;
  const { items, hasMore, asOf } = store.list(node.profileId, node.section);
  const count = profile?.counts[node.section] ?? (items.length ? `${items.length}${hasMore ? '+' : ''}` : undefined);
  const age =
    asOf &&
    vscode.l10n.t('as of {0}', pastTime(asOf, { locale: locale(), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone }));
  item.description = [count, zone, age].filter((each) => each !== undefined).join(' · ');
  item.iconPath = new vscode.ThemeIcon(isPending ? 'inbox' : 'check-all');
  item.contextValue = flags('section', node.section, isPending && capabilities.shuffle && 'shufflable');
  item.tooltip = isPending ? vscode.l10n.t('What waits to go out, soonest first') : vscode.l10n.t('What went out, newest first');
  return item;
}

export function drawUpdate(node: UpdateNode, store: QueueStore): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = node.id;
  const update = store.update(node.updateId);
  if (!update) return item;
  const profile = store.profile(node.profileId);
  const time = timeOf(update);
  const style = { locale: locale(), timeZone: profile?.timeZone ?? 'UTC' };
  // The time comes first: a sidebar is narrow, and a description would be cut off by nearly every text.
  const when = time && rowTime(time, style);
  item.label = [when, headline(update)].filter(Boolean).join('  ');
  item.description = statusWord(update);
  item.iconPath = statusIcon(update, profile, store.isBusy(update.id));
  item.contextValue = flags('update', ...abilities(update, profile, store), profile && updateUrl(profile, update) && 'linked');
  item.command = { command: 'buffer.openUpdate', title: vscode.l10n.t('Open Update'), arguments: [node] };
  item.accessibilityInformation = {
    label: [
      headline(update),
      statusWord(update),
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
    may('delete', update, store) && 'deletable',
    may('shareNow', update, store) && 'shareable',
    may('reschedule', update, store) && 'reschedulable',
    isQueued && capabilities.moveToTop && may('shareNext', update, store) && 'promotable',
    isQueued && capabilities.reorder && 'movable',
    capabilities.requeue && !isQueued && may('queue', update, store) && 'queueable',
    capabilities.drafts && update.status !== 'draft' && may('draft', update, store) && 'draftable',
  ];
}

export function drawMore({ id, profileId, section }: MoreNode, store: QueueStore): vscode.TreeItem {
  const { items, total, status } = store.list(profileId, section);
  const isLoading = status === 'loading';
  const item = new vscode.TreeItem(isLoading ? vscode.l10n.t('Loading…') : vscode.l10n.t('Load More'));
  item.id = id;
  item.description =
    total === undefined ? vscode.l10n.t('{0} shown', items.length) : vscode.l10n.t('{0} of {1} shown', items.length, total);
  item.iconPath = new vscode.ThemeIcon(isLoading ? 'loading~spin' : 'fold-down');
  item.command = { command: 'buffer.loadMore', title: vscode.l10n.t('Load More'), arguments: [{ profileId, section }] };
  return item;
}

export function drawMessage({ id, message, of }: MessageNode, store: QueueStore): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = id;
  if (message === 'loading') {
    item.label = vscode.l10n.t('Loading…');
    item.iconPath = new vscode.ThemeIcon('loading~spin');
  } else if (message === 'empty') {
    item.label = of?.section === 'sent' ? vscode.l10n.t('Nothing was sent yet') : vscode.l10n.t('The queue is empty');
    const canWrite = of?.section === 'pending' && store.capabilities.post;
    item.description = canWrite ? vscode.l10n.t('Write an update') : undefined;
    item.iconPath = new vscode.ThemeIcon(canWrite ? 'add' : 'circle-outline');
    if (canWrite) item.command = { command: 'buffer.newUpdate', title: vscode.l10n.t('New Update'), arguments: [of] };
  } else if (message === 'incomplete' && of) {
    const { asOf } = store.list(of.profileId, of.section);
    const time = asOf && pastTime(asOf, { locale: locale(), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
    item.label = vscode.l10n.t('Buffer’s list is incomplete');
    item.description = time && vscode.l10n.t('shown as of {0}', time);
    item.tooltip = vscode.l10n.t(
      'Buffer’s last answer lacked updates that are certainly there. What was read before is shown. Click to ask again.',
    );
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.command = {
      command: 'buffer.retry',
      title: vscode.l10n.t('Refresh'),
      arguments: [{ profileId: of.profileId, section: of.section }],
    };
  } else {
    const { error } = of ? store.list(of.profileId, of.section) : store.profiles;
    drawFailure(item, error, {
      command: 'buffer.retry',
      title: vscode.l10n.t('Retry'),
      arguments: of ? [{ profileId: of.profileId, section: of.section }] : [],
    });
  }
  return item;
}

/** More than a tooltip can show, and far less than a text can hold. */
const longestTooltip = 5_000;

/** The whole update: text, media, times, statistics, and why it failed. */
export function updateTooltip(node: UpdateNode, store: QueueStore): string | undefined {
  const update = store.update(node.updateId);
  if (!update) return undefined;
  const style = { locale: locale(), timeZone: store.profile(node.profileId)?.timeZone ?? 'UTC' };
  const { media, failure, statistics } = update;
  const numbers = Object.entries(statistics).map(([name, value]) => `${name} ${inNumbers(value)}`);
  return plainTooltip(
    update.text.length > longestTooltip ? `${update.text.slice(0, longestTooltip)}…` : update.text,
    media?.link && vscode.l10n.t('Link: {0}', [media.title, media.link].filter(Boolean).join(' – ')),
    ...attachmentWords(update),
    failure && vscode.l10n.t('Not sent: {0}', failure.message),
    failure?.helpUrl && vscode.l10n.t('Help: {0}', failure.helpUrl),
    ...detailWords(update),
    timeWords(update, style),
    numbers.length > 0 && numbers.join(' · '),
  );
}

/** When it went out, or is to. */
function timeWords(update: Update, style: Parameters<typeof longTime>[1]): string | undefined {
  const time = timeOf(update);
  if (update.sentAt && !isPastReminder(update)) return vscode.l10n.t('Sent {0}', longTime(update.sentAt, style));
  if (!time)
    return update.status === 'pending'
      ? vscode.l10n.t('No time set: this profile has no posting times, or its queue is paused.')
      : undefined;
  return isPastReminder(update) ? vscode.l10n.t('Reminded {0}', longTime(time, style)) : vscode.l10n.t('Due {0}', longTime(time, style));
}

/** A person was reminded of it; nobody tells whether it was published then. */
function isPastReminder({ status, isReminder }: Update): boolean {
  return status === 'sent' && isReminder === true;
}

/** What an update carries beside text and media. */
function detailWords(update: Update): (string | undefined)[] {
  const { details, isReminder, tags, via, closed } = update;
  return [
    details?.title && vscode.l10n.t('Title: {0}', details.title),
    ...(details?.thread ?? []).map((text, index) => vscode.l10n.t('Thread, {0}: {1}', index + 2, text)),
    details?.firstComment && vscode.l10n.t('First comment: {0}', details.firstComment),
    isReminder && !isPastReminder(update) ? vscode.l10n.t('You are reminded to publish it yourself.') : undefined,
    tags?.length ? vscode.l10n.t('Tags: {0}', tags.map(({ name }) => name).join(', ')) : undefined,
    via === 'network' ? vscode.l10n.t('Made outside Buffer') : undefined,
    closed?.length ? closedWords(closed) : undefined,
  ];
}

/** Every file in its order, with what describes it; of a link's card, its picture. */
function attachmentWords({ media, attachments, threadAttachments = [] }: Update): (string | undefined)[] {
  const files = attachments ?? (media?.video ? [{ kind: 'video' as const, url: media.video }] : []);
  const card =
    media?.picture && !files.length
      ? [{ kind: 'picture' as const, url: media.picture, description: media.link ? undefined : media.description }]
      : [];
  const parts = threadAttachments.flatMap((each, index) =>
    each.map((file) => vscode.l10n.t('Thread, {0}: {1}', index + 2, attachmentWord(file))),
  );
  return [...[...files, ...card].map(attachmentWord), ...parts];
}

function attachmentWord({ kind, url, description, title }: Attachment): string {
  const about = [description ?? title, url].filter(Boolean).join(' – ');
  if (kind === 'video') return vscode.l10n.t('Video: {0}', about);
  return kind === 'document' ? vscode.l10n.t('Document: {0}', about) : vscode.l10n.t('Picture: {0}', about);
}

/** Paragraphs as plain text: VS Code makes no link, picture, command or HTML of a string, whatever it holds. */
function plainTooltip(...paragraphs: (string | false | undefined)[]): string {
  return paragraphs.filter(Boolean).join('\n\n');
}

function timeOf(update: Update): Date | undefined {
  return update.status === 'sent' ? (update.sentAt ?? update.dueAt) : update.dueAt;
}

function statusWord(update: Update): string | undefined {
  if (isPastReminder(update)) return vscode.l10n.t('reminded');
  switch (update.status) {
    case 'failed':
      return vscode.l10n.t('failed');
    case 'sending':
      return vscode.l10n.t('sending');
    case 'draft':
      return vscode.l10n.t('draft');
    case 'needsApproval':
      return vscode.l10n.t('needs approval');
    default:
      return undefined;
  }
}

function statusIcon(update: Update, profile: Profile | undefined, isBusy: boolean): vscode.ThemeIcon {
  if (isBusy || update.status === 'sending') return new vscode.ThemeIcon('loading~spin');
  switch (update.status) {
    case 'sent':
      return new vscode.ThemeIcon(isPastReminder(update) ? 'bell' : 'check');
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'draft':
      return new vscode.ThemeIcon('edit');
    case 'needsApproval':
      return new vscode.ThemeIcon('person');
    case 'pending':
      return new vscode.ThemeIcon(profile && takesSlot(update, profile) ? 'circle-outline' : 'calendar');
    default:
      return new vscode.ThemeIcon('question');
  }
}

/** Making a formatter costs far more than using it. */
let numberFormat: Intl.NumberFormat | undefined;

function inNumbers(value: number): string {
  numberFormat ??= new Intl.NumberFormat(locale());
  return numberFormat.format(value);
}

function locale(): string {
  return personLocale(vscode.env.language);
}

function flags(...words: (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}
