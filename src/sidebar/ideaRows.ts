import * as vscode from 'vscode';
import type { Idea, IdeaFile, IdeaGroup, Update } from '../core/buffer/model.ts';
import type { IdeaStore } from '../core/ideas/ideaStore.ts';
import { networkOf } from '../core/networks/networks.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { longTime, personLocale, shortTime, type TimeStyle } from '../core/time/formatTime.ts';
import { drawFailure } from '../ui/failureRow.ts';
import { headline } from '../ui/headline.ts';
import { countWords } from '../ui/profileWords.ts';
import { openUriOf } from '../ui/updateUri.ts';
import { profileNames } from '../ui/profileNames.ts';
import { plainTooltip, timeOf } from './rowText.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** A column of the board; without one, what stands in none. */
export interface IdeaGroupNode {
  readonly kind: 'group';
  readonly group?: IdeaGroup;
}

/** An update that an idea became. */
export interface IdeaUpdateNode {
  readonly kind: 'update';
  readonly ideaId: string;
  readonly updateId: string;
}

/** A row: an idea, what it stands in, what became of it, or how things are. */
export type IdeaNode = Idea | IdeaGroupNode | IdeaUpdateNode | 'loading' | 'failed' | 'more';

/** What is known of the updates that ideas became, by idea. */
export type Became = ReadonlyMap<string, readonly Update[]>;

/** The updates among those that are held which were made of an idea. */
export function becameOf(queues: QueueStore): Became {
  const became = new Map<string, Update[]>();
  for (const { id } of queues.profiles.items) {
    for (const section of ['pending', 'sent'] as const) {
      for (const update of queues.list(id, section).items) {
        if (update.ideaId === undefined) continue;
        const others = became.get(update.ideaId);
        if (others) others.push(update);
        else became.set(update.ideaId, [update]);
      }
    }
  }
  return became;
}

/** Whether rows would look the same. */
export function isSameBecame(a: Became, b: Became): boolean {
  const shown = (became: Became) =>
    JSON.stringify([...became].map(([id, updates]) => [id, updates.map((each) => [each.id, each.status, timeOf(each), headline(each)])]));
  return a === b || shown(a) === shown(b);
}

/** What stands under a row, or at the top. */
export function ideaRowsUnder(
  node: IdeaNode | undefined,
  { ideas: { status, items, groups, hasMore } }: IdeaStore,
  became: Became,
): IdeaNode[] {
  if (typeof node === 'string') return [];
  if (node && !('kind' in node)) {
    return (became.get(node.id) ?? []).map(({ id }) => ({ kind: 'update', ideaId: node.id, updateId: id }));
  }
  const known = new Set(groups.map(({ id }) => id));
  const isGrouped = ({ groupId }: Idea) => groupId !== undefined && known.has(groupId);
  if (node) {
    if (node.kind === 'update') return [];
    return items.filter((idea) => (node.group ? idea.groupId === node.group.id : !isGrouped(idea)));
  }
  if (items.length === 0 && status !== 'loaded' && status !== 'failed') return ['loading'];
  // A board without ideas has the welcome's words.
  const rows: IdeaNode[] =
    groups.length && items.length
      ? groupRows(
          groups,
          items.some((idea) => !isGrouped(idea)),
        )
      : [...items];
  return [...(status === 'failed' ? (['failed'] as const) : []), ...rows, ...(hasMore && status !== 'failed' ? (['more'] as const) : [])];
}

/** What was just kept stands in no group, so that comes first. */
function groupRows(groups: readonly IdeaGroup[], hasUngrouped: boolean): IdeaGroupNode[] {
  return [...(hasUngrouped ? [{ kind: 'group' as const }] : []), ...groups.map((group) => ({ kind: 'group' as const, group }))];
}

/** How each kind of row looks. Text from the service is shown as plain text only. */
export function drawIdeaRow(node: IdeaNode, ideas: IdeaStore, queues: QueueStore, became: Became): vscode.TreeItem {
  if (node === 'loading') return row('loading', vscode.l10n.t('Loading…'), 'loading~spin');
  if (node === 'more') {
    const command = { command: 'buffer.loadMoreIdeas', title: vscode.l10n.t('Load More') };
    return row('more', vscode.l10n.t('Load More'), 'fold-down', command);
  }
  if (node === 'failed') {
    const item = new vscode.TreeItem('');
    item.id = 'failed';
    drawFailure(item, ideas.ideas.error, { command: 'buffer.refreshIdeas', title: vscode.l10n.t('Retry') });
    return item;
  }
  if (!('kind' in node)) return drawIdea(node, queues, became.get(node.id) ?? []);
  return node.kind === 'group' ? drawGroup(node, ideas, became) : drawUpdate(node, queues);
}

function drawGroup(node: IdeaGroupNode, ideas: IdeaStore, became: Became): vscode.TreeItem {
  const { group } = node;
  const { length } = ideaRowsUnder(node, ideas, became);
  const item = row(`group/${group?.id ?? ''}`, group?.name ?? vscode.l10n.t('No Group'), group?.isLocked ? 'lock' : 'layers');
  item.collapsibleState = length ? Expanded : None;
  // There may be more of them on pages that were not read.
  item.description = countWords({ count: length, isAll: !ideas.ideas.hasMore });
  item.contextValue = group?.isLocked ? 'lockedIdeaGroup' : 'ideaGroup';
  item.tooltip = group?.isLocked ? vscode.l10n.t('Your Buffer plan does not cover this group.') : undefined;
  return item;
}

function drawIdea(idea: Idea, queues: QueueStore, updates: readonly Update[]): vscode.TreeItem {
  const lines = idea.text.split(/\r?\n/).filter((line) => line.trim());
  const label = idea.title ?? lines[0] ?? vscode.l10n.t('(no text)');
  const item = row(idea.id, label, updates.length ? 'pass' : 'lightbulb', {
    command: 'buffer.composeIdea',
    title: vscode.l10n.t('Compose Update'),
    arguments: [idea],
  });
  const became = becameWords(updates);
  const day = idea.date && shortTime(idea.date, here());
  const tags = idea.tags?.map(({ name }) => name).join(', ');
  item.description = [became, day, tags, idea.title && lines[0] && shortened(lines[0], 200)].filter(Boolean).join(' · ') || undefined;
  item.collapsibleState = updates.length ? Collapsed : None;
  item.tooltip = plainTooltip(
    idea.title,
    shortened(idea.text, 5_000),
    [
      idea.date && vscode.l10n.t('Planned for {0}', longTime(idea.date, here())),
      idea.services && vscode.l10n.t('For {0}', idea.services.map((each) => networkOf(each).label).join(', ')),
      tags && vscode.l10n.t('Tags: {0}', tags),
      ...(idea.files ?? []).map(fileWords),
    ]
      .filter(Boolean)
      .join('\n'),
    [became, ...updates.map((each) => updateWords(each, queues))].filter(Boolean).join('\n'),
    longTime(idea.createdAt, here()),
  );
  item.contextValue = 'idea';
  item.accessibilityInformation = { label: [shortened(label, 200), became, day, tags].filter(Boolean).join(', ') };
  return item;
}

function becameWords({ length }: readonly Update[]): string | undefined {
  if (length === 0) return undefined;
  return length === 1 ? vscode.l10n.t('1 update') : vscode.l10n.t('{0} updates', length);
}

function updateWords(update: Update, queues: QueueStore): string {
  const time = timeOf(update);
  return [nameOf(update, queues), statusWord(update), time && shortTime(time, here())].filter(Boolean).join(' · ');
}

/** Whose it is: its profile, or its network where that is not listed any more. */
function nameOf({ profileId, service }: Update, queues: QueueStore): string {
  const profile = queues.profile(profileId);
  return profile ? profileNames([{ ...profile, name: shortened(profile.name, 200) }], queues.profiles.items) : networkOf(service).label;
}

/** What became of an idea; a click opens it. */
function drawUpdate({ ideaId, updateId }: IdeaUpdateNode, queues: QueueStore): vscode.TreeItem {
  const item = row(`${ideaId}/${updateId}`, '', 'circle-outline');
  const update = queues.update(updateId);
  if (!update) return item;
  const time = timeOf(update);
  item.label = nameOf(update, queues);
  item.description = [statusWord(update), time && shortTime(time, here())].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon(update.status === 'sent' ? 'check' : update.status === 'failed' ? 'error' : 'circle-outline');
  item.tooltip = plainTooltip(headline(update), time && longTime(time, here()));
  item.contextValue = 'ideaUpdate';
  const options: vscode.TextDocumentShowOptions = { preview: true, preserveFocus: true };
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open Update'), arguments: [openUriOf(update), options] };
  return item;
}

function statusWord({ status }: Update): string | undefined {
  switch (status) {
    case 'sent':
      return vscode.l10n.t('sent');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'draft':
      return vscode.l10n.t('draft');
    case 'needsApproval':
      return vscode.l10n.t('waiting for approval');
    case 'pending':
      return vscode.l10n.t('pending');
    default:
      return undefined;
  }
}

function fileWords({ kind, url, description }: IdeaFile): string {
  const what = shortened(description ?? url, 200);
  switch (kind) {
    case 'picture':
      return vscode.l10n.t('Picture: {0}', what);
    case 'video':
      return vscode.l10n.t('Video: {0}', what);
    case 'document':
      return vscode.l10n.t('Document: {0}', what);
    case 'link':
      return vscode.l10n.t('Link: {0}', shortened(url, 200));
    case 'other':
      return vscode.l10n.t('File: {0}', what);
  }
}

/** How times are told to this person, at this place. */
function here(): TimeStyle {
  return { locale: personLocale(vscode.env.language), timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
}

function row(id: string, label: string, icon: string, command?: vscode.Command): vscode.TreeItem {
  const item = new vscode.TreeItem(shortened(label, 200));
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = command;
  return item;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
