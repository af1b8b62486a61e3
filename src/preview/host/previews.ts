import * as v from 'valibot';
import * as vscode from 'vscode';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import { postKey, type PreviewProvider, type PreviewSource } from '../../ui/previewSource.ts';
import type { WebReader } from '../../ui/webReader.ts';
import { pageRoots } from '../../ui/webviewPage.ts';
import { type PreviewState, previewState } from '../messages.ts';
import { Preview, type ShownPictures } from './preview.ts';
import { previewType } from './previewType.ts';
import { updateKey, UpdateSources } from './updateSources.ts';

export interface PreviewsOptions {
  readonly store: QueueStore;
  readonly log: vscode.LogOutputChannel;
  readonly avatars: ShownPictures;
  readonly extensionUri: vscode.Uri;
  /** What the composers write, and what reads the web for a page; loaded when the preview opens. */
  readonly composers: { forPreview(): Promise<{ readonly previews: PreviewProvider; readonly web: Pick<WebReader, 'picture'> }> };
  /** What else can be shown beside updates, loaded likewise. */
  readonly others?: () => Promise<readonly PreviewProvider[]>;
}

/** The preview of this window: there is one at most, and it follows what is in front unless it is locked. */
export class Previews {
  readonly #options: PreviewsOptions;
  readonly #web: Pick<WebReader, 'picture'>;
  readonly #updates: UpdateSources;
  readonly #providers: readonly PreviewProvider[];
  #shown: { readonly panel: vscode.WebviewPanel; readonly preview: Preview } | undefined;

  constructor(options: PreviewsOptions, others: readonly PreviewProvider[], web: Pick<WebReader, 'picture'>) {
    this.#options = options;
    this.#web = web;
    this.#updates = new UpdateSources(options.store);
    this.#providers = [...others, this.#updates];
  }

  /** Shows an update or a file of posts, else what is in front, beside what is in front. */
  open(updateId?: string, uri?: vscode.Uri): void {
    const key = updateId === undefined ? uri && postKey(uri) : updateKey(updateId);
    const source = (key === undefined ? undefined : this.#find(key)) ?? (updateId === undefined ? this.#active() : undefined);
    if (this.#shown) {
      if (source) this.#shown.preview.show(source);
      this.#shown.panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      previewType,
      vscode.l10n.t('Preview'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { ...this.#webviewOptions, enableFindWidget: true },
    );
    this.#adopt(panel, source, {});
  }

  toggleLock(): void {
    this.#shown?.preview.toggleLock();
    this.#follow();
  }

  /** A panel that VS Code gives back after a reload, with what its page kept. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const { success, output } = v.safeParse(previewState, kept);
    const state = success ? output : {};
    // Its kind is loaded with it; there is one at most.
    if (this.#shown) {
      panel.dispose();
      return;
    }
    const source = state.key === undefined ? undefined : this.#find(state.key);
    this.#adopt(panel, source ?? this.#active(), { ...(state.isLocked && { isLocked: true }) });
  }

  #find(key: string): PreviewSource | undefined {
    for (const each of this.#providers) {
      const found = each.find(key);
      if (found) return found;
    }
    return undefined;
  }

  #active(): PreviewSource | undefined {
    for (const each of this.#providers) {
      const found = each.active();
      if (found) return found;
    }
    return undefined;
  }

  /** What is in front is shown, unless that is nothing that can be. */
  #follow(): void {
    // Who looks at the preview itself goes on looking at that.
    if (!this.#shown || this.#shown.preview.isLocked || this.#shown.panel.active) return;
    const source = this.#active();
    if (source) this.#shown.preview.show(source);
  }

  #adopt(panel: vscode.WebviewPanel, source: PreviewSource | undefined, state: PreviewState): void {
    const { store, log, avatars, extensionUri } = this.#options;
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `update-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = this.#webviewOptions;
    const rename = (title: string) => {
      panel.title = title;
    };
    const preview = new Preview(panel.webview, rename, { store, log, avatars, extensionUri, web: this.#web }, source, state);
    this.#shown = { panel, preview };
    const subscriptions = this.#providers.map((each) => each.onDidChangeActive(() => this.#follow()));
    panel.onDidDispose(() => {
      for (const each of [preview, ...subscriptions]) each.dispose();
      this.#shown = undefined;
    });
  }

  get #webviewOptions(): vscode.WebviewOptions {
    const { extensionUri, avatars } = this.#options;
    return { enableScripts: true, localResourceRoots: pageRoots(extensionUri, avatars.folder) };
  }
}

/** The preview of this window, with all that it can show. */
export async function makePreviews(options: PreviewsOptions): Promise<Previews> {
  const [{ previews, web }, others = []] = await Promise.all([options.composers.forPreview(), options.others?.()]);
  return new Previews(options, [previews, ...others], web);
}
