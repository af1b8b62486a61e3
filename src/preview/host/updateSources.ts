import * as vscode from 'vscode';
import type { PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import { sentText } from '../../core/preview/sentText.ts';
import { updatePreview } from '../../core/preview/updatePreview.ts';
import { characterCounter } from '../../core/queue/characterCounter.ts';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import { headline } from '../../ui/headline.ts';
import { type PreviewPlace, previewProfile, type PreviewProvider, type PreviewSource } from '../../ui/previewSource.ts';
import { updateIdOf } from '../../ui/updateUri.ts';

const kind = 'update:';

/** What an update's preview is found by. */
export function updateKey(updateId: string): string {
  return kind + updateId;
}

/** Updates as the preview shows them: with what is written in their documents, where they are open. */
export class UpdateSources implements PreviewProvider {
  readonly #store: QueueStore;

  readonly onDidChangeActive = vscode.window.onDidChangeActiveTextEditor;

  constructor(store: QueueStore) {
    this.#store = store;
  }

  active(): PreviewSource | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const id = uri && updateIdOf(uri);
    return id === undefined ? undefined : new UpdateSource(this.#store, id);
  }

  find(key: string): PreviewSource | undefined {
    return key.startsWith(kind) ? new UpdateSource(this.#store, key.slice(kind.length)) : undefined;
  }
}

class UpdateSource implements PreviewSource {
  readonly key: string;
  readonly #store: QueueStore;
  readonly #updateId: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #scrolled = new vscode.EventEmitter<PreviewPlace>();
  readonly #subscriptions: { dispose(): void }[];

  readonly onDidChange = this.#changed.event;
  readonly onDidScroll = this.#scrolled.event;

  constructor(store: QueueStore, updateId: string) {
    this.key = updateKey(updateId);
    this.#store = store;
    this.#updateId = updateId;
    const isMine = ({ uri }: vscode.TextDocument) => updateIdOf(uri) === updateId;
    this.#subscriptions = [
      this.#changed,
      this.#scrolled,
      vscode.workspace.onDidChangeTextDocument(({ document }) => isMine(document) && this.#changed.fire()),
      vscode.workspace.onDidOpenTextDocument((document) => isMine(document) && this.#changed.fire()),
      vscode.workspace.onDidCloseTextDocument((document) => isMine(document) && this.#changed.fire()),
      store.onDidChange((changes) => {
        if (changes.some((change) => change.kind !== 'update' || change.updateId === updateId)) this.#changed.fire();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges: [range] }) => {
        const { document } = textEditor;
        if (!range || !isMine(document)) return;
        const fraction = document.offsetAt(range.start) / Math.max(1, document.getText().length);
        this.#scrolled.fire({ update: updateId, part: 0, fraction });
      }),
    ];
  }

  title(): string {
    const update = this.#store.update(this.#updateId);
    return update ? headline(update) : vscode.l10n.t('Update');
  }

  async updates(): Promise<readonly PreviewUpdate[]> {
    const countIn = await characterCounter(this.#store);
    const update = this.#store.update(this.#updateId);
    const profile = update && this.#store.profile(update.profileId);
    if (!update || !profile) return [];
    const document = vscode.workspace.textDocuments.find(({ uri }) => updateIdOf(uri) === this.#updateId);
    const text = (document?.getText() ?? update.text).replaceAll('\r\n', '\n');
    const isSent = update.status === 'sent' || update.status === 'sending';
    const sent = (each: string) => {
      // Only its limit is asked for: the text is counted as it is drawn.
      const { limit } = countIn('', profile, update);
      return sentText(each, profile.service, isSent ? undefined : limit);
    };
    return [updatePreview(update, previewProfile(profile), text, sent)];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
