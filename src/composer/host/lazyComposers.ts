import * as vscode from 'vscode';
import type { Update } from '../../core/buffer/model.ts';
import { lazily } from '../../core/async/lazily.ts';
import type { DraftStart } from '../../core/drafts/ideaDraft.ts';
import type { Composers, ComposersOptions } from './composers.ts';
import { composerType } from './composerType.ts';

/** Registers the composers, which are loaded when the first one opens or VS Code gives one back. */
export class LazyComposers implements vscode.WebviewPanelSerializer, vscode.WebviewViewProvider, vscode.Disposable {
  readonly #options: ComposersOptions;
  readonly #ready = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [this.#ready];
  readonly #loaded = lazily(() => this.#load());
  /** What the preview needs of the composers. */
  readonly forPreview: () => Promise<Pick<Composers, 'previews' | 'web'>> = this.#loaded;

  /** Fires when a composer that was opened can be typed in. */
  readonly onDidReady = this.#ready.event;

  constructor(options: ComposersOptions) {
    this.#options = options;
    this.#subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(composerType, this),
      vscode.window.registerWebviewViewProvider(composerType, this),
    );
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** A new draft: for these profiles, else the last choice, else the default profile. */
  async write(start?: DraftStart): Promise<void> {
    await (await this.#loaded()).write(start);
  }

  /** An update, to edit all of it. */
  async edit(update: Update, start?: Pick<DraftStart, 'when'>): Promise<void> {
    await (await this.#loaded()).edit(update, start);
  }

  /** A kept draft, in the composer that has it open already, else where the person wants composers. */
  async openKept(draftId: string): Promise<void> {
    await (await this.#loaded()).openKept(draftId);
  }

  /** What a page has whose extension restarted, in a composer in its place. */
  async continueDraft(draft: unknown): Promise<void> {
    await (await this.#loaded()).continueDraft(draft);
  }

  /** Closes whatever composer has this draft open, without keeping it. */
  async closeDraft(draftId: string): Promise<void> {
    if (this.#loaded.hasBegun()) (await this.#loaded()).closeDraft(draftId);
  }

  /** The draft of the composer that is in front, if there is one. */
  async activeDraftId(): Promise<string | undefined> {
    return this.#loaded.hasBegun() ? (await this.#loaded()).activeDraftId : undefined;
  }

  /** Puts a template's text where the cursor is in the composer of this draft. Gives false where none has it any more. */
  async insert(draftId: string, text: string): Promise<boolean> {
    return (await this.#loaded()).insert(draftId, text);
  }

  /** Moves the composer that has the keyboard to the other place. */
  async moveActive(): Promise<void> {
    await (await this.#loaded()).moveActive();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.#loaded()).deserializeWebviewPanel(panel, state);
  }

  async resolveWebviewView(view: vscode.WebviewView, context: vscode.WebviewViewResolveContext): Promise<void> {
    await (await this.#loaded()).resolveWebviewView(view, context);
  }

  async #load(): Promise<Composers> {
    const { Composers } = await import('./composers.ts');
    const composers = new Composers(this.#options);
    this.#subscriptions.push(
      composers,
      composers.onDidReady(() => this.#ready.fire()),
    );
    return composers;
  }
}
