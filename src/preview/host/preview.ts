import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Profile } from '../../core/buffer/model.ts';
import type { PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import type { PreviewSource } from '../../ui/previewSource.ts';
import type { WebReader } from '../../ui/webReader.ts';
import { webviewPage } from '../../ui/webviewPage.ts';
import { type PreviewState, toHost, type ToPage } from '../messages.ts';

/** Pictures of profiles that were read for whoever shows them. */
export interface ShownPictures {
  /** Where the files are. */
  readonly folder: vscode.Uri;
  /** The file of a profile's picture, once there is one. */
  fileOf(profile: Profile): vscode.Uri | undefined;
  /** Tells the profile whose picture came. */
  readonly onDidLoad: vscode.Event<string>;
}

export interface PreviewParts {
  readonly store: Pick<QueueStore, 'profile' | 'onDidChange'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>;
  readonly avatars: ShownPictures;
  readonly extensionUri: vscode.Uri;
  readonly web: Pick<WebReader, 'picture'>;
}

/** The extension's side of the preview: tells its page what there is to draw, each time that changes. It writes nothing. */
export class Preview implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #rename: (title: string) => void;
  readonly #parts: PreviewParts;
  readonly #subscriptions: { dispose(): void }[];
  #source: PreviewSource | undefined;
  #sourceSubscriptions: { dispose(): void }[] = [];
  #isLocked: boolean;
  #isReady = false;
  /** What is shown was brought to the place where it is written. */
  #isPlaced = false;
  /** What is told is being made; what changes meanwhile is told after it. */
  #telling: 'idle' | 'busy' | 'stale' = 'idle';

  /** @param source  what it shows at first */
  constructor(
    webview: vscode.Webview,
    rename: (title: string) => void,
    parts: PreviewParts,
    source: PreviewSource | undefined,
    state: PreviewState,
  ) {
    this.#webview = webview;
    this.#rename = rename;
    this.#parts = parts;
    this.#isLocked = state.isLocked ?? false;
    this.#subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      parts.avatars.onDidLoad(() => this.#tellSoon()),
    ];
    if (source) this.#take(source);
    webview.html = webviewPage(webview, parts.extensionUri, { name: 'preview', title: vscode.l10n.t('Preview') });
  }

  dispose(): void {
    this.#leave();
    for (const each of this.#subscriptions) each.dispose();
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Shows something else, unless that is what it shows. */
  show(source: PreviewSource): void {
    if (source.key === this.#source?.key) {
      void this.#tellPlace(source)
        .catch((error: unknown) => this.#note(error))
        .finally(() => source.dispose());
      return;
    }
    this.#leave();
    this.#take(source);
    this.#tellSoon();
  }

  toggleLock(): void {
    this.#isLocked = !this.#isLocked;
    this.#name();
    this.#tellSoon();
  }

  #take(source: PreviewSource): void {
    this.#source = source;
    this.#isPlaced = false;
    this.#sourceSubscriptions = [source.onDidChange(() => this.#tellSoon())];
    const follow = source.onDidScroll?.((place) => this.#isReady && this.#tell({ type: 'scroll', ...place }));
    if (follow) this.#sourceSubscriptions.push(follow);
    this.#name();
  }

  #leave(): void {
    for (const each of this.#sourceSubscriptions) each.dispose();
    this.#source?.dispose();
    this.#source = undefined;
  }

  #name(): void {
    const title = this.#source?.title();
    const words = title === undefined ? vscode.l10n.t('Preview') : vscode.l10n.t('Preview: {0}', title);
    this.#rename(this.#isLocked ? vscode.l10n.t('[Locked] {0}', words) : words);
  }

  #receive(message: unknown): void {
    const parsed = v.safeParse(toHost, message);
    if (!parsed.success)
      return this.#parts.log.warn(`The preview was told something it does not understand: ${v.summarize(parsed.issues).slice(0, 200)}`);
    if (parsed.output.type === 'readPicture')
      return void this.#tellPicture(parsed.output.address).catch((error: unknown) => this.#note(error));
    this.#isReady = true;
    this.#tellSoon();
  }

  async #tellPicture(address: string): Promise<void> {
    const read = (await this.#source?.picture?.(address)) ?? (await this.#parts.web.picture(address));
    if ('trouble' in read) return this.#tell({ type: 'picture', address, trouble: read.trouble });
    const { type, bytes } = read.picture;
    this.#tell({ type: 'picture', address, picture: { type, bytes: new Uint8Array(bytes) } });
  }

  /** At once where nothing is being told: letters that come faster than they can be told are told together. */
  #tellSoon(): void {
    if (!this.#isReady) return;
    if (this.#telling !== 'idle') {
      this.#telling = 'stale';
      return;
    }
    this.#telling = 'busy';
    this.#show()
      .catch((error: unknown) => this.#note(error))
      .finally(() => {
        const isStale = this.#telling === 'stale';
        this.#telling = 'idle';
        if (isStale) this.#tellSoon();
      });
  }

  async #show(): Promise<void> {
    const source = this.#source;
    const updates = source ? await source.updates() : [];
    if (source !== this.#source) return;
    const key = source?.key;
    this.#name();
    this.#tell({
      type: 'show',
      updates: updates.map((each) => this.#pictured(each)),
      state: { ...(key !== undefined && { key }), ...(this.#isLocked && { isLocked: true }) },
    });
    if (!source || this.#isPlaced || updates.length === 0) return;
    this.#isPlaced = true;
    await this.#tellPlace(source);
  }

  async #tellPlace(source: PreviewSource): Promise<void> {
    const place = this.#isReady ? await source.place?.() : undefined;
    if (place && source.key === this.#source?.key) this.#tell({ type: 'scroll', ...place });
  }

  /** With the picture of its profile, as far as that was read. */
  #pictured(update: PreviewUpdate): PreviewUpdate {
    const profile = this.#parts.store.profile(update.profile.id);
    const file = profile && this.#parts.avatars.fileOf(profile);
    if (!file) return update;
    return { ...update, profile: { ...update.profile, avatarUrl: this.#webview.asWebviewUri(file).toString() } };
  }

  #tell(message: ToPage): void {
    void this.#webview.postMessage(message);
  }

  #note(error: unknown): void {
    this.#parts.log.error(error instanceof Error ? error : String(error));
  }
}
