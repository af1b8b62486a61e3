import * as vscode from 'vscode';
import type { Update } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { plainText } from '../ui/plainText.ts';
import { standingWords } from '../ui/standingWords.ts';
import { updateFacts } from '../ui/updateFacts.ts';
import { updateIdOf, updateScheme } from '../ui/updateUri.ts';

/**
 * A line above the text of an update: whose it is, how it stands, its tags, who made it and when. VS Code gives a
 * document no header of its own; a code lens stands above the first line, is no part of the text, and can be turned off
 * like all others.
 */
export class UpdateHeader implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #store: QueueStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: { dispose(): void }[];

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(store: QueueStore) {
    this.#store = store;
    this.#subscriptions = [
      this.#changed,
      store.onDidChange((changes) => {
        const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => updateIdOf(uri)));
        if (changes.some((change) => change.kind !== 'update' || open.has(change.updateId))) this.#changed.fire();
      }),
      vscode.languages.registerCodeLensProvider({ scheme: updateScheme }, this),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const id = updateIdOf(uri);
    const update = id ? this.#store.update(id) : undefined;
    if (!update) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    return this.#words(update).map((title) => new vscode.CodeLens(top, { title: plainText(title), command: '' }));
  }

  #words(update: Update): string[] {
    const profile = this.#store.profile(update.profileId);
    const { label } = networkOf(update.service);
    const { tags = [] } = update;
    return [
      profile ? vscode.l10n.t('{0} on {1}', profile.name, label) : label,
      standingWords(update, profile?.timeZone),
      ...(tags.length ? [vscode.l10n.t('Tags: {0}', tags.map(({ name }) => name).join(', '))] : []),
      ...updateFacts(update, profile?.timeZone ?? 'UTC'),
    ];
  }
}
