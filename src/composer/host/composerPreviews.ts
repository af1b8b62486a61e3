import * as vscode from 'vscode';
import type { Draft } from '../../core/drafts/draft.ts';
import type { DraftStore } from '../../core/drafts/draftStore.ts';
import { limitBeside } from '../../core/networks/characterCount.ts';
import { draftPreview } from '../../core/preview/draftPreview.ts';
import type { PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import { sentText } from '../../core/preview/sentText.ts';
import { mediaOf } from '../../core/drafts/draftUpdate.ts';
import { characterCounter } from '../../core/queue/characterCounter.ts';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import { firstWords } from '../../ui/draftTitle.ts';
import { type PreviewPlace, previewProfile, type PreviewProvider, type PreviewSource } from '../../ui/previewSource.ts';
import { utmRules } from '../../ui/utmSetting.ts';
import type { Cursor } from './composer.ts';

const kind = 'draft:';

/** What the preview needs to know of the composers. */
export interface ShownDrafts {
  readonly store: QueueStore;
  readonly drafts: DraftStore;
  /** The draft in the composer that is in front, if one is. */
  active(): Draft | undefined;
  /** A draft as it is typed, where a composer has it open. */
  open(draftId: string): Draft | undefined;
  /** The draft that was typed in. */
  readonly onDidType: vscode.Event<Draft>;
  /** The cursor went somewhere else among the texts of a draft. */
  readonly onDidMove: vscode.Event<Cursor>;
  readonly onDidChangeActive: vscode.Event<unknown>;
}

/** Drafts as the preview shows them, while they are written in a composer. */
export class ComposerPreviews implements PreviewProvider {
  readonly #shown: ShownDrafts;

  readonly onDidChangeActive: vscode.Event<unknown>;

  constructor(shown: ShownDrafts) {
    this.#shown = shown;
    this.onDidChangeActive = shown.onDidChangeActive;
  }

  active(): PreviewSource | undefined {
    const draft = this.#shown.active();
    return draft && new DraftSource(this.#shown, draft);
  }

  find(key: string): PreviewSource | undefined {
    if (!key.startsWith(kind)) return undefined;
    return new DraftSource(this.#shown, key.slice(kind.length));
  }
}

class DraftSource implements PreviewSource {
  readonly key: string;
  readonly #shown: ShownDrafts;
  readonly #draftId: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #scrolled = new vscode.EventEmitter<PreviewPlace>();
  readonly #subscriptions: { dispose(): void }[];
  #draft: Draft | undefined;

  readonly onDidChange = this.#changed.event;
  readonly onDidScroll = this.#scrolled.event;

  constructor(shown: ShownDrafts, draft: Draft | string) {
    this.#shown = shown;
    this.#draftId = typeof draft === 'string' ? draft : draft.id;
    this.#draft = typeof draft === 'string' ? undefined : draft;
    this.key = kind + this.#draftId;
    this.#subscriptions = [
      this.#changed,
      this.#scrolled,
      shown.onDidType((typed) => {
        if (typed.id !== this.#draftId) return;
        this.#draft = typed;
        this.#changed.fire();
      }),
      shown.onDidMove((cursor) => this.#follow(cursor)),
      shown.store.onDidChange((changes) => {
        if (changes.some((change) => change.kind === 'profiles' || change.kind === 'profile')) this.#changed.fire();
      }),
    ];
  }

  title(): string {
    return this.#draft ? firstWords(this.#draft) : vscode.l10n.t('New Update');
  }

  async updates(): Promise<readonly PreviewUpdate[]> {
    const { store, drafts } = this.#shown;
    // After a reload its composer comes back by itself, or was closed.
    this.#draft ??= this.#shown.open(this.#draftId) ?? (await drafts.open(this.#draftId));
    const countIn = await characterCounter(store);
    const draft = this.#draft;
    if (!draft) return [];
    const rules = draft.editing ? [] : utmRules();
    return draft.profileIds.flatMap((id) => {
      const profile = store.profile(id);
      if (!profile) return [];
      const limit = limitBeside(mediaOf(draft), profile.service, countIn('', profile).limit);
      // A first comment has no limit that is known here.
      const sent = (text: string, index?: number) => sentText(text, profile.service, index === undefined ? undefined : limit, rules);
      return [draftPreview(draft, previewProfile(profile), id, { takesDetails: store.capabilities.details, sent })];
    });
  }

  /** Each profile has a card of its own: a network's text is shown in that of its first one. */
  #follow({ draftId, service, part, fraction }: Cursor): void {
    if (draftId !== this.#draftId) return;
    const update =
      service === undefined ? undefined : this.#draft?.profileIds.find((id) => this.#shown.store.profile(id)?.service === service);
    this.#scrolled.fire({ part, fraction, ...(update !== undefined && { update }) });
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
