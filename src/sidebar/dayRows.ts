import * as vscode from 'vscode';
import { networkOf } from '../core/networks/networks.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { dayDate, dayName } from '../core/time/dayWords.ts';
import { clockTime, isForeignZone, longTime, shortTime, type TimeStyle, zoneName } from '../core/time/formatTime.ts';
import { inNumbers } from '../ui/numbers.ts';
import { isolated, profileNames } from '../ui/profileNames.ts';
import type { DayNode, FreeNode, QueueNode } from './queueNodes.ts';
import { locale, ownStyle, plainTooltip } from './rowText.ts';

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const dayLength = 86_400_000;

/**
 * A day, and how much stands on it; open up to tomorrow.
 * @param today  as `2026-11-30`
 */
export function drawDay({ id, day }: DayNode, rows: readonly QueueNode[], today: string): vscode.TreeItem {
  const item = new vscode.TreeItem('', Collapsed);
  item.id = id;
  const free = rows.filter(({ kind }) => kind === 'free').length;
  const updates = rows.length - free;
  const counts = [updates ? inNumbers(updates) : undefined, free ? vscode.l10n.t('{0} free', inNumbers(free)) : undefined].filter(Boolean);
  item.contextValue = 'day';
  if (day === 'undated') {
    item.label = vscode.l10n.t('Without a Time');
    item.iconPath = new vscode.ThemeIcon('question');
  } else if (day === 'drafts') {
    item.label = vscode.l10n.t('Drafts at Buffer');
    item.iconPath = new vscode.ThemeIcon('cloud');
    item.tooltip = vscode.l10n.t('Saved at Buffer; not sent until added to the queue or scheduled');
  } else {
    item.label = dayName(day, today, locale());
    item.iconPath = new vscode.ThemeIcon('calendar');
    // Someone who looked at a day that is now tomorrow finds it open.
    if (Date.parse(day) - Date.parse(today) <= dayLength) item.collapsibleState = Expanded;
    const date = dayDate(day, today, locale());
    item.tooltip = date;
    const counted = [
      updates === 1 ? vscode.l10n.t('1 update') : vscode.l10n.t('{0} updates', inNumbers(updates)),
      free === 1 ? vscode.l10n.t('1 free posting time') : free && vscode.l10n.t('{0} free posting times', inNumbers(free)),
    ];
    item.accessibilityInformation = { label: [...new Set([item.label, date]), ...counted].filter(Boolean).join(', ') };
  }
  item.description = counts.join(' · ');
  return item;
}

/** A posting time that nothing takes: a click writes an update for it. */
export function drawFree(node: FreeNode, store: QueueStore): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  const profiles = node.profileIds.flatMap((id) => store.profile(id) ?? []);
  const style = ownStyle();
  const names = profiles.map(({ name, service }) => vscode.l10n.t('{0} on {1}', isolated(name), networkOf(service).label));
  const withTimes = profiles.map(({ name, service, timeZone }, index) =>
    isForeignZone(timeZone, node.at)
      ? vscode.l10n.t('{0} on {1}: {2}', isolated(name), networkOf(service).label, shortTime(node.at, { ...style, timeZone }))
      : names[index],
  );
  item.id = node.id;
  const networks = [...new Set(profiles.map(({ service }) => networkOf(service).label))].join(', ');
  item.label = `${clockTime(node.at, style)}  ${vscode.l10n.t('Free: {0}', networks)}`;
  // The composer opens with the profile's clocks.
  const elsewhere = new Set(
    profiles.map(({ timeZone }) => (isForeignZone(timeZone, node.at) ? timeIn(node.at, timeZone, style) : undefined)),
  );
  const [there] = elsewhere.size === 1 ? elsewhere : [];
  item.description = [profileNames(profiles, store.profiles.items), there].filter(Boolean).join(' · ');
  item.iconPath = new vscode.ThemeIcon('add', new vscode.ThemeColor('descriptionForeground'));
  item.contextValue = 'free postable';
  item.tooltip = plainTooltip(vscode.l10n.t('Free posting time: {0}', longTime(node.at, style)), withTimes.join('\n'));
  item.command = { command: 'buffer.newUpdate', title: vscode.l10n.t('New Update'), arguments: [node] };
  item.accessibilityInformation = {
    label: [vscode.l10n.t('Free posting time: {0}', longTime(node.at, style)), ...names].join(', '),
  };
  return item;
}

/** `16:30 CET`. */
function timeIn(at: Date, timeZone: string, style: TimeStyle): string {
  return `${clockTime(at, { ...style, timeZone })} ${zoneName(timeZone, style.locale, at)}`;
}
