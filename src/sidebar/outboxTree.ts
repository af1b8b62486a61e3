import * as vscode from 'vscode';
import { networkOf } from '../core/networks/networks.ts';
import { unreadableWords } from './unreadableWords.ts';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { isFirstTry } from '../core/delivery/entry.ts';
import type { Entry, Outbox } from '../core/delivery/outbox.ts';
import type { OutboxSender } from '../core/delivery/outboxSender.ts';
import { isolated } from '../ui/profileNames.ts';

/** Most of what is sent arrives before it is worth a row. Milliseconds. */
const unseenFor = 5_000;

/** What waits to be sent, in the sidebar, in the order it goes out; the view is there while there is any. */
export class OutboxTree implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  readonly #outbox: Outbox;
  readonly #sender: OutboxSender;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: { dispose(): void }[];
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(outbox: Outbox, sender: OutboxSender) {
    this.#outbox = outbox;
    this.#sender = sender;
    const view = vscode.window.createTreeView('buffer.outbox', { treeDataProvider: this });
    this.#subscriptions = [this.#changed, view, outbox.onDidChange(() => this.#follow(view))];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
  }

  getChildren(entry?: Entry): Entry[] {
    return entry ? [] : this.#listed;
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    const names = entry.profiles
      .map(({ name, service }) => vscode.l10n.t('{0} on {1}', isolated(name), networkOf(service).label))
      .join(', ');
    const line =
      entry.text
        .split(/\r?\n/)
        .find((each) => each.trim())
        ?.trim() ?? vscode.l10n.t('(no text)');
    const item = new vscode.TreeItem(line.length > 200 ? `${line.slice(0, 200)}…` : line);
    const isOthers = this.#sender.owner !== undefined && entry.owner.key !== this.#sender.owner.key;
    const state = isOthers ? vscode.l10n.t('waits until {0} is signed in', isolated(entry.owner.label)) : stateWords(entry);
    item.id = entry.id;
    item.description = `${state} · ${names}`;
    item.iconPath = icon(entry, isOthers);
    item.contextValue = entry.state === 'sending' ? 'outboxSending' : 'outbox';
    // The words for the state of a failed one tell why.
    const reason = entry.state === 'failed' ? undefined : entry.reason;
    // A string: whatever stands in it is text.
    item.tooltip = [entry.text, names, whenWords(entry), reason, state].filter(Boolean).join('\n\n');
    item.accessibilityInformation = { label: [line, names, state].join(', ') };
    return item;
  }

  get #listed(): Entry[] {
    return this.#outbox.entries.filter((entry) => !isFirstTry(entry) || Date.now() - entry.touchedAt.getTime() >= unseenFor);
  }

  #follow(view: vscode.TreeView<Entry>): void {
    const entries = this.#listed;
    clearTimeout(this.#timer);
    if (entries.length < this.#outbox.entries.length) this.#timer = setTimeout(() => this.#follow(view), unseenFor).unref();
    const { length: unreadable } = this.#outbox.unreadable;
    view.message = unreadableWords(unreadable);
    void vscode.commands.executeCommand('setContext', 'buffer.hasOutbox', entries.length + unreadable > 0);
    const stuck = entries.filter(({ state }) => state === 'failed' || state === 'undecided').length;
    view.badge = stuck ? { value: stuck, tooltip: vscode.l10n.t('{0} in the outbox need your decision', stuck) } : undefined;
    this.#changed.fire(undefined);
  }
}

function stateWords({ state, reason }: Entry): string {
  switch (state) {
    case 'waiting':
      return vscode.l10n.t('waiting');
    case 'sending':
      return vscode.l10n.t('sending');
    case 'unclear':
      return vscode.l10n.t('checking whether it was delivered');
    case 'undecided':
      return vscode.l10n.t('your decision: it may have been delivered');
    case 'failed':
      return reason ? vscode.l10n.t('not sent: {0}', reason) : vscode.l10n.t('not sent');
  }
}

function whenWords({ when }: Entry): string {
  if (when === 'queue') return vscode.l10n.t('To the queue');
  if (when === 'next') return vscode.l10n.t('To the top of the queue');
  if (when === 'now') return vscode.l10n.t('Now');
  if (when === 'draft') return vscode.l10n.t('As a draft at Buffer');
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return vscode.l10n.t('At {0}', longTime(when.at, { locale: personLocale(vscode.env.language), timeZone }));
}

function icon({ state }: Entry, isOthers: boolean): vscode.ThemeIcon {
  if (isOthers) return new vscode.ThemeIcon('account');
  switch (state) {
    case 'sending':
      return new vscode.ThemeIcon('loading~spin');
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'unclear':
      return new vscode.ThemeIcon('search');
    case 'undecided':
      return new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground'));
    case 'waiting':
      return new vscode.ThemeIcon('watch');
  }
}
