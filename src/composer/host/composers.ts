import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Update } from '../../core/buffer/model.ts';
import { lastProfiles } from '../../core/queue/lastProfiles.ts';
import { firstWords } from '../../ui/draftTitle.ts';
import { isOwnService } from '../../ui/ownService.ts';
import { settings } from '../../ui/settings.ts';
import { WebReader } from '../../ui/webReader.ts';
import { pageRoots } from '../../ui/webviewPage.ts';
import { Composer, type ComposerFrame, type ComposerParts, type Cursor } from './composer.ts';
import { composerHtml } from './composerHtml.ts';
import { ComposerPreviews } from './composerPreviews.ts';
import { draftOf } from '../../core/drafts/draftUpdate.ts';
import { type Draft, emptyDraft, isEmptyDraft } from '../../core/drafts/draft.ts';
import type { DraftStart } from '../../core/drafts/ideaDraft.ts';
import { draft as draftSchema } from '../../core/drafts/draftSchema.ts';
import { composerType } from './composerType.ts';
import { OpenDrafts } from './openDrafts.ts';

/** The draft that the sidebar's composer had when the window was closed. */
const sidebarDraftKey = 'buffer.sidebarDraft';

/** Characters of JSON that a link can hand on. */
const longestDraft = 2_000_000;

export interface ComposersOptions extends Omit<ComposerParts, 'web'> {
  /** What pages and pictures are asked for as. */
  readonly userAgent: string;
  readonly extensionUri: vscode.Uri;
  /** Remembers the window's own things. */
  readonly windowMemory: vscode.Memento;
  /** The window's own folder. */
  readonly windowFolder: vscode.Uri;
  /** Shows an update in the queue. */
  readonly showUpdate: (updateId: string) => Promise<void>;
  readonly showQueue: (profileId: string) => Promise<void>;
}

/** Every open composer of this window: as editor tabs, and one in the sidebar. A draft is open in one of them at most. */
export class Composers implements vscode.WebviewPanelSerializer, vscode.WebviewViewProvider, vscode.Disposable {
  readonly #options: ComposersOptions;
  readonly #web: WebReader;
  readonly #panels = new Map<vscode.WebviewPanel, Composer>();
  #view: { readonly webviewView: vscode.WebviewView; readonly composer: Composer } | undefined;
  #openDrafts: OpenDrafts | undefined;
  readonly #ready = new vscode.EventEmitter<void>();
  readonly #typed = new vscode.EventEmitter<Draft>();
  readonly #moved = new vscode.EventEmitter<Cursor>();
  readonly #activeChanged = new vscode.EventEmitter<void>();

  /** Fires when a composer that was opened can be typed in. */
  readonly onDidReady = this.#ready.event;

  /** What the composers write, for the preview. */
  readonly previews: ComposerPreviews;

  /** What the sidebar's composer opens with when VS Code makes it. */
  #forView: Draft | undefined;

  constructor(options: ComposersOptions) {
    this.#options = options;
    this.#web = new WebReader({ userAgent: options.userAgent, isOwn: (url) => isOwnService(url) });
    this.previews = new ComposerPreviews({
      store: options.store,
      drafts: options.drafts,
      active: () => this.#inFront?.draft,
      open: (draftId) => [...this.#panels.values(), this.#view?.composer].find((each) => each?.draft.id === draftId)?.draft,
      onDidType: this.#typed.event,
      onDidMove: this.#moved.event,
      onDidChangeActive: this.#activeChanged.event,
    });
  }

  dispose(): void {
    for (const composer of this.#panels.values()) composer.dispose();
    this.#view?.composer.dispose();
    for (const each of [this.#ready, this.#typed, this.#moved, this.#activeChanged]) each.dispose();
  }

  /** The composer that is looked at: a tab, or the one of the sidebar where no text is written in a tab. */
  get #inFront(): Composer | undefined {
    const active = [...this.#panels].find(([panel]) => panel.active)?.[1];
    return active ?? (this.#view?.webviewView.visible && !vscode.window.activeTextEditor ? this.#view.composer : undefined);
  }

  /** Reads what is on the web, for whatever page shows it. */
  get web(): WebReader {
    return this.#web;
  }

  /** Read when the first composer opens, not when the extension starts. */
  get #tabs(): OpenDrafts {
    this.#openDrafts ??= new OpenDrafts(join(this.#options.windowFolder.fsPath, 'open-drafts.json'));
    return this.#openDrafts;
  }

  /** A new draft: for these profiles, else the last choice, else the default profile. */
  async write({ profileIds = lastProfiles(this.#options.memory), ...start }: DraftStart = {}): Promise<void> {
    await this.open({ ...emptyDraft(randomUUID(), profileIds), ...start });
  }

  /** An update, to edit all of it. @param start  what is chosen beforehand */
  async edit(update: Update, start: Pick<DraftStart, 'when'> = {}): Promise<void> {
    const begun = this.#options.drafts.drafts.find(({ draft }) => draft.editing?.updateId === update.id);
    const kept = begun && (await this.#withTime(begun.draft.id, start));
    await this.open(kept ?? { ...draftOf(update), ...start });
  }

  /** A kept draft, with a time that is chosen for it where it says to leave that as it is. Undefined where it is gone. */
  async #withTime(draftId: string, { when }: Pick<DraftStart, 'when'>): Promise<Draft | undefined> {
    const { drafts } = this.#options;
    // Its page knows what was typed last.
    const shown = [...this.#panels.values(), ...(this.#view ? [this.#view.composer] : [])].find(({ draft }) => draft.id === draftId);
    if (shown && when) await shown.choose(when);
    const kept = shown?.draft ?? (await drafts.open(draftId));
    if (shown || kept?.when.kind !== 'keep' || !when) return kept;
    return drafts.save({ ...kept, when, revision: kept.revision + 1 });
  }

  /** A kept draft, in the composer that has it open already, else where the person wants composers. */
  async openKept(draftId: string): Promise<void> {
    const draft = await this.#options.drafts.open(draftId);
    if (draft) await this.open(draft);
  }

  /** What a page has whose extension restarted, in a composer in its place. It is not trusted. */
  async continueDraft(told: unknown): Promise<void> {
    const draft = continued(told);
    if (!draft) return this.#options.log.warn('What a page handed on is no draft, or longer than any.');
    const deaf = vscode.window.tabGroups.activeTabGroup.activeTab;
    const isOurs = [...this.#panels.keys()].some((panel) => panel.active);
    const kept = await this.#options.drafts.open(draft.id);
    const shown = kept ?? emptyDraft(await this.#freeId(draft.id));
    const open = [...this.#panels].find(([, composer]) => composer.draft.id === draft.id)?.[0];
    if (open) return open.reveal();
    this.#openPanel(shown, draft);
    // VS Code leaves the page of an extension that is gone where it is.
    if (deaf?.input instanceof vscode.TabInputWebview && deaf.input.viewType.endsWith(composerType) && !isOurs)
      await vscode.window.tabGroups.close(deaf);
  }

  /** Closes whatever composer has this draft open, without keeping it. */
  closeDraft(draftId: string): void {
    for (const [panel, composer] of this.#panels) if (composer.draft.id === draftId) panel.dispose();
    if (this.#view?.composer.draft.id === draftId) this.#view.composer.open(emptyDraft(randomUUID()));
  }

  /** Shows a draft in a composer. */
  async open(draft: Draft, location = settings.composerLocation): Promise<void> {
    for (const [panel, composer] of this.#panels) if (composer.draft.id === draft.id) return panel.reveal();
    if (this.#view?.composer.draft.id === draft.id) return this.#view.webviewView.show();
    if (location === 'editor') this.#openPanel(draft);
    else await this.#openView(draft);
  }

  /** The draft of the composer that is in front, in a tab or else in the sidebar. */
  get activeDraftId(): string | undefined {
    const active = [...this.#panels].find(([panel]) => panel.active)?.[1];
    return (active ?? (this.#view?.webviewView.visible ? this.#view.composer : undefined))?.draft.id;
  }

  /** Puts a template's text where the cursor is in the composer of this draft. Gives false where none has it any more. */
  insert(draftId: string, text: string): boolean {
    for (const [panel, composer] of this.#panels) {
      if (composer.draft.id !== draftId) continue;
      // The list of templates took the keyboard away.
      panel.reveal();
      composer.insert(text);
      return true;
    }
    if (this.#view?.composer.draft.id !== draftId) return false;
    this.#view.webviewView.show();
    this.#view.composer.insert(text);
    return true;
  }

  /** Moves the composer that has the keyboard to the other place. */
  async moveActive(): Promise<void> {
    const active = [...this.#panels.keys()].find((panel) => panel.active);
    if (active) await this.#move(this.#panels.get(active)!.draft, 'sidebar', () => void active.dispose());
    else if (this.#view) await this.#move(this.#view.composer.draft, 'editor', () => this.#emptyView());
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id = idIn(state) ?? this.#tabs.takeOrphan();
    const kept = id ? await this.#options.drafts.open(id) : undefined;
    // The page still has what was typed last, should the file never have been written.
    this.#adopt(panel, kept ?? emptyDraft(await this.#freeId(id)));
  }

  async resolveWebviewView(webviewView: vscode.WebviewView, context: vscode.WebviewViewResolveContext): Promise<void> {
    const id = this.#forView?.id ?? idIn(context.state) ?? this.#options.windowMemory.get<string>(sidebarDraftKey);
    const kept = id ? await this.#options.drafts.open(id) : undefined;
    const draft = this.#forView ?? kept ?? emptyDraft(await this.#freeId(id), lastProfiles(this.#options.memory));
    this.#forView = undefined;
    const frame: ComposerFrame = {
      location: 'sidebar',
      rename: (renamed) => {
        webviewView.description = isEmptyDraft(renamed) ? undefined : firstWords(renamed);
        void this.#options.windowMemory.update(sidebarDraftKey, renamed.id);
      },
      close: () => this.#emptyView(),
      ...this.#told,
      typed: (typed) => {
        this.#typed.fire(typed);
        this.#activeChanged.fire();
      },
    };
    const composer = this.#fill(webviewView.webview, frame, draft);
    this.#view = { webviewView, composer };
    webviewView.onDidDispose(() => {
      composer.dispose();
      if (this.#view?.composer === composer) this.#view = undefined;
    });
  }

  /** The id that a page had, unless there is a draft of it that says nothing to this version. */
  async #freeId(id: string | undefined): Promise<string> {
    return id === undefined || (await this.#options.drafts.isUnreadable(id)) ? randomUUID() : id;
  }

  #openPanel(draft: Draft, continued?: Draft): void {
    const options = { ...this.#webviewOptions, enableFindWidget: true };
    this.#adopt(
      vscode.window.createWebviewPanel(composerType, vscode.l10n.t('New Update'), vscode.ViewColumn.Active, options),
      draft,
      continued,
    );
  }

  #adopt(panel: vscode.WebviewPanel, draft: Draft, continued?: Draft): void {
    const icon = (theme: string) => vscode.Uri.joinPath(this.#options.extensionUri, 'media', `update-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    let shown = draft.id;
    this.#tabs.add(shown);
    const frame: ComposerFrame = {
      location: 'editor',
      rename: (renamed) => {
        panel.title = titleOf(renamed);
        if (renamed.id === shown) return;
        this.#tabs.delete(shown);
        this.#tabs.add((shown = renamed.id));
      },
      close: () => void panel.dispose(),
      ...this.#told,
      typed: (typed) => {
        this.#typed.fire(typed);
        // Another draft can have taken its place.
        if (panel.active) this.#activeChanged.fire();
      },
    };
    panel.onDidChangeViewState(() => this.#activeChanged.fire());
    panel.title = titleOf(draft);
    this.#panels.set(panel, this.#fill(panel.webview, frame, draft, continued));
    panel.onDidDispose(() => {
      this.#tabs.delete(shown);
      this.#panels.get(panel)?.dispose();
      this.#panels.delete(panel);
    });
  }

  async #openView(draft: Draft): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'buffer.composerInSidebar', true);
    if (this.#view) this.#view.composer.open(draft);
    else this.#forView = draft;
    await vscode.commands.executeCommand(`${composerType}.focus`);
  }

  #fill(webview: vscode.Webview, frame: ComposerFrame, draft: Draft, continued?: Draft): Composer {
    webview.options = this.#webviewOptions;
    const composer = new Composer(webview, frame, draft, { ...this.#options, web: this.#web }, continued);
    webview.html = composerHtml(webview, this.#options.extensionUri, frame.location);
    return composer;
  }

  /** What a composer tells, wherever it stands. */
  get #told(): Pick<ComposerFrame, 'show' | 'showQueue' | 'ready' | 'moved'> {
    return {
      show: this.#options.showUpdate,
      showQueue: this.#options.showQueue,
      ready: () => this.#ready.fire(),
      moved: (cursor) => this.#moved.fire(cursor),
    };
  }

  get #webviewOptions(): vscode.WebviewOptions {
    const { extensionUri, avatars } = this.#options;
    // The one command that a page can call, also after the extension restarted: it takes a draft, and sends nothing.
    return {
      enableScripts: true,
      enableCommandUris: ['buffer.continueDraft'],
      localResourceRoots: pageRoots(extensionUri, avatars.folder),
    };
  }

  async #move(draft: Draft, to: 'editor' | 'sidebar', leave: () => void): Promise<void> {
    // On disk first: the other composer takes it from there if this window dies in between.
    const kept = isEmptyDraft(draft) ? emptyDraft(randomUUID(), draft.profileIds) : await this.#options.drafts.save(draft);
    leave();
    await this.open(kept, to);
  }

  #emptyView(): void {
    this.#view?.composer.open(emptyDraft(randomUUID(), lastProfiles(this.#options.memory)));
    if (settings.composerLocation === 'editor') void vscode.commands.executeCommand('setContext', 'buffer.composerInSidebar', false);
  }
}

/** A link's argument as a draft, where it is one: whoever can write links could have written it. */
function continued(told: unknown): Draft | undefined {
  const { success, output } = v.safeParse(draftSchema, told);
  return success && idIn({ draft: output }) !== undefined && JSON.stringify(output).length <= longestDraft ? output : undefined;
}

/** The draft id in what a page kept through a reload. */
function idIn(state: unknown): string | undefined {
  const id = (state as { draft?: { id?: unknown } } | undefined)?.draft?.id;
  return typeof id === 'string' && /^[\da-f-]{36}$/i.test(id) ? id : undefined;
}

function titleOf(draft: Draft): string {
  if (draft.editing) return vscode.l10n.t('Edit: {0}', firstWords(draft));
  return isEmptyDraft(draft) ? vscode.l10n.t('New Update') : firstWords(draft);
}
