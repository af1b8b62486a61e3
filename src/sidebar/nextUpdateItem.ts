import * as vscode from 'vscode';
import { networkOf } from '../core/networks/networks.ts';
import { nextUpdate } from '../core/queue/nextUpdate.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { longTime, rowTime } from '../core/time/formatTime.ts';
import { headline } from '../ui/headline.ts';
import { plainText } from '../ui/plainText.ts';
import { profileNames } from '../ui/profileNames.ts';
import { locale, ownStyle, plainTooltip } from './rowText.ts';

const hour = 3_600_000;

/** The next update that goes out, in the status bar: from what is held, as time goes by. A click shows it in the sidebar. */
export class NextUpdateItem implements vscode.Disposable {
  readonly #store: QueueStore;
  readonly #item = vscode.window.createStatusBarItem('buffer.next', vscode.StatusBarAlignment.Left);
  readonly #subscription: { dispose(): void };
  #timer: NodeJS.Timeout | undefined;

  constructor(store: QueueStore) {
    this.#store = store;
    this.#item.name = vscode.l10n.t('Next Update');
    this.#subscription = store.onDidChange(() => this.#show());
    this.#show();
    // What an earlier session left is better than nothing until somebody looks at the queues.
    void store.loadCache().catch(() => undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    clearTimeout(this.#timer);
    const next = this.#store.isConnected
      ? nextUpdate({ profiles: this.#store.profiles, list: (id, section) => this.#store.list(id, section) })
      : undefined;
    if (!next) return this.#item.hide();
    const { update, profile, time } = next;
    const style = { locale: locale(), timeZone: profile.timeZone };
    const network = networkOf(profile.service).label;
    const about = [
      vscode.l10n.t('Next update: {0}', longTime(time, style)),
      vscode.l10n.t('{0} on {1}', profileNames([profile], this.#store.profiles.items), network),
      headline(update),
    ];
    this.#item.text = `$(clock) ${plainText([rowTime(time, ownStyle()), network].join(' '))}`;
    this.#item.tooltip = plainTooltip(...about);
    this.#item.accessibilityInformation = { label: about.join(', ') };
    this.#item.command = { command: 'buffer.showInSidebar', title: vscode.l10n.t('Show in Sidebar'), arguments: [update.id] };
    this.#item.show();
    // Once an hour what is tomorrow may be today.
    this.#timer = setTimeout(() => this.#show(), Math.min(time.getTime() - Date.now() + 1, hour));
    this.#timer.unref();
  }
}
