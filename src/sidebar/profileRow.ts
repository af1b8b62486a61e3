import * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { inNumbers } from '../ui/numbers.ts';
import { countWords, pendingSentence, pendingWords, profileTrouble } from '../ui/profileWords.ts';
import { isolated } from '../ui/profileNames.ts';
import type { Avatars } from './avatars.ts';
import type { ProfileNode } from './queueNodes.ts';
import { plainTooltip } from './rowText.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** How a profile looks: what the sidebar begins with. Text from the network is shown as plain text only. */
export function drawProfile(node: ProfileNode, store: QueueStore, avatars: Avatars): vscode.TreeItem {
  // Without queues there is nothing in it.
  const item = new vscode.TreeItem('', store.capabilities.queues ? Collapsed : None);
  item.id = node.id;
  const profile = store.profile(node.profileId);
  if (!profile) return item;
  const network = networkOf(profile.service).label;
  const trouble = profileTrouble(profile);
  const name = isolated(profile.name);
  item.label = name;
  const paused = profile.isPaused ? vscode.l10n.t('paused') : undefined;
  const pending = pendingWords(profile, store);
  const stuck = profile.isDisconnected ? stuckWords(profile, store) : undefined;
  item.description = [network, trouble?.short ?? paused, stuck?.short ?? pending].filter(Boolean).join(' · ');
  item.iconPath = trouble ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')) : avatars.iconOf(profile);
  item.contextValue = flags(
    'profile',
    profile.isDisconnected && 'disconnected',
    !trouble && store.capabilities.post && 'postable',
    store.capabilities.shuffle && 'shufflable',
  );
  item.tooltip = plainTooltip(
    `${name} (${network})`,
    [pendingSentence(profile, store), sentWords(profile)].filter(Boolean).join(', '),
    todayWords(profile),
    vscode.l10n.t('Time zone: {0}', profile.timeZone),
    profile.followers === undefined ? undefined : vscode.l10n.t('Followers: {0}', inNumbers(profile.followers)),
    [trouble?.long, stuck?.long].filter(Boolean).join(' ') ||
      (profile.isPaused && vscode.l10n.t('The queue is paused: nothing goes out until it is resumed at buffer.com.')),
  );
  item.accessibilityInformation = {
    label:
      [vscode.l10n.t('{0} on {1}', name, network), pending, sentWords(profile)].filter(Boolean).join(', ') +
      [trouble?.long, stuck?.long].map((each) => (each ? `. ${each}` : '')).join(''),
  };
  return item;
}

/** How many updates a disconnected profile takes down with it. */
function stuckWords({ id }: Profile, store: QueueStore): { readonly short: string; readonly long: string } | undefined {
  const waiting = store.waiting(id);
  if (!waiting?.count) return undefined;
  const count = countWords(waiting);
  const isOne = waiting.count === 1 && waiting.isAll;
  return {
    short: isOne ? vscode.l10n.t('1 update will fail') : vscode.l10n.t('{0} updates will fail', count),
    long: isOne
      ? vscode.l10n.t('1 pending update will fail unless it is reconnected before.')
      : vscode.l10n.t('{0} pending updates will fail unless it is reconnected before.', count),
  };
}

function sentWords({ counts }: Profile): string | undefined {
  return counts.sent === undefined ? undefined : vscode.l10n.t('{0} sent', inNumbers(counts.sent));
}

function todayWords({ today }: Profile): string | undefined {
  if (!today) return undefined;
  const used = today.scheduled + today.sent;
  if (today.isReached) return vscode.l10n.t('Today’s limit is reached: nothing more can be posted before tomorrow.');
  return today.limit === undefined ? undefined : vscode.l10n.t('Today: {0} of {1} updates', inNumbers(used), inNumbers(today.limit));
}

/** Words for the `when` clauses of menus. */
export function flags(...words: (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}
