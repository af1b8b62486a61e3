import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { groupBy } from '../../core/collections/groupBy.ts';
import { BufferError } from '../../core/buffer/bufferError.ts';
import { networkOf } from '../../core/networks/networks.ts';
import { handleOf } from '../../core/preview/previewUpdate.ts';
import type { Edited, NetworkDetails, Profile, Tag, Update } from '../../core/buffer/model.ts';
import {
  type Delivered,
  type Delivery,
  deliverAll,
  type DeliveryParts,
  recordClaimed,
  type Recorded,
  unrecorded,
} from '../../core/delivery/deliver.ts';
import { type Entry, LostClaim } from '../../core/delivery/entry.ts';
import { withTaggedLinks } from '../../core/delivery/tagLinks.ts';
import { askWithoutRecord, diskWords } from '../../ui/diskWords.ts';
import { refusal, sentence, unclear } from '../../ui/errorWords.ts';
import { postingRefusal } from '../../ui/permissionWords.ts';
import { askHiddenFiles } from '../../ui/askHiddenFiles.ts';
import { askLostMentions } from '../../ui/askLostMentions.ts';
import { closedWords } from '../../ui/closedWords.ts';
import { outcomeOf } from '../../core/queue/editOutcome.ts';
import { lastProfiles, rememberProfiles } from '../../core/queue/lastProfiles.ts';
import type { Memento } from '../../core/files/memento.ts';
import { freeSlots, knowsFreeSlots, nextSlots } from '../../core/queue/freeSlots.ts';
import { standingWords } from '../../ui/standingWords.ts';
import { isFreePlan, profileNotes } from '../../ui/profileNotes.ts';
import { profileTrouble } from '../../ui/profileWords.ts';
import { readTime } from '../../ui/readTime.ts';
import { settings } from '../../ui/settings.ts';
import { utmRules } from '../../ui/utmSetting.ts';
import { isForeignZone, personLocale, shortTime } from '../../core/time/formatTime.ts';
import { timeExamples } from '../../core/time/timeExamples.ts';
import { writtenDetails } from '../../core/networks/networkNeeds.ts';
import { changeOf, detailsOf, editTimeOf, mediaOf, optionsOf, shareTimeOf } from '../../core/drafts/draftUpdate.ts';
import { type DraftStore, hasText } from '../../core/drafts/draftStore.ts';
import { type ComposerProfile, type ProfileResult, type ToApp, toHost, type ToHost } from '../messages.ts';
import { type Draft, emptyDraft, isEmptyDraft, textFor } from '../../core/drafts/draft.ts';
import { twinHints } from './twinHints.ts';
import type { WebReader } from '../../ui/webReader.ts';
import { isolated } from '../../ui/profileNames.ts';

/** What a composer needs of the extension. */
export interface ComposerParts extends DeliveryParts {
  readonly drafts: DraftStore;
  readonly memory: Memento;
  readonly log: vscode.LogOutputChannel;
  /** The pictures of profiles, as files. */
  readonly avatars: ProfilePictures;
  /** Reads what is on the web, for the page. */
  readonly web: Pick<WebReader, 'picture' | 'card'>;
  /** Tells the person what an edit could not keep. */
  tellLost(edited: Edited): Promise<void>;
}

/** Pictures of profiles that were read for whoever shows them. */
export interface ProfilePictures {
  /** Where the files are. */
  readonly folder: vscode.Uri;
  /** The file of a profile's picture, once there is one. */
  fileOf(profile: Profile): vscode.Uri | undefined;
  /** Tells the profile whose picture came. */
  readonly onDidLoad: vscode.Event<string>;
}

/** What a composer asks of the tab or view it lives in. */
export interface ComposerFrame {
  readonly location: 'editor' | 'sidebar';
  /** Shows what is being written as the title. */
  rename(draft: Draft): void;
  close(): void;
  show(updateId: string): Promise<void>;
  /** Shows what waits for a profile, read anew. */
  showQueue(profileId: string): Promise<void>;
  /** The page can be typed in. */
  ready(): void;
  /** The draft is another than it was. */
  typed(draft: Draft): void;
  /** Something else is being written. */
  moved(cursor: Cursor): void;
}

/** Where the cursor is among a draft's texts. */
export interface Cursor {
  readonly draftId: string;
  /** None where it is in the text for all. */
  readonly service?: string | undefined;
  /** Of the thread; 0 is the text before it. */
  readonly part: number;
  /** How far into it, from 0 to 1. */
  readonly fraction: number;
}

/** So many free posting times are offered. */
const offeredSlots = 6;

/**
 * The extension's side of one composer: keeps its draft, tells it what it needs to know, and sends what it wrote.
 * Whatever the page says is checked; the token never goes there.
 */
export class Composer implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #frame: ComposerFrame;
  readonly #parts: ComposerParts;
  readonly #subscriptions: { dispose(): void }[];
  #draft: Draft;
  /** What another page had, which nobody heard any more. */
  readonly #continued: Draft | undefined;
  #isSending = false;
  /** How the latest sending stands. */
  #results: Readonly<Record<string, ProfileResult>> = {};
  /** Updates that this composer sent, by profile. */
  readonly #sent = new Map<string, string>();
  /** What the page was told of what is like the draft. */
  #twins = '';
  /** The page of a link that is being read for its card. */
  #reading: AbortController | undefined;

  /** @param continued  what another page had of this draft, which nobody heard any more */
  constructor(webview: vscode.Webview, frame: ComposerFrame, draft: Draft, parts: ComposerParts, continued?: Draft) {
    this.#webview = webview;
    this.#frame = frame;
    this.#draft = draft;
    this.#continued = continued;
    this.#parts = parts;
    this.#subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      parts.store.onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'profiles' || kind === 'profile')) void this.#tellProfiles();
        this.#tellTwins();
      }),
      parts.outbox.onDidChange(() => this.#tellTwins()),
      parts.avatars.onDidLoad(() => void this.#tellProfiles()),
    ];
  }

  get draft(): Draft {
    return this.#draft;
  }

  dispose(): void {
    this.#reading?.abort();
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Puts another draft in the place of this one. @param formerId  when it is the same draft under a new id */
  open(draft: Draft, formerId?: string): void {
    this.#draft = draft;
    this.#frame.rename(draft);
    this.#frame.typed(draft);
    this.#tell({ type: 'open', draft, location: this.#frame.location, formerId });
    if (draft.tagIds?.length) void this.#tellTags();
    this.#twins = '';
    this.#tellTwins();
  }

  /** What there is like the draft by now, where that is news. What is being sent is no twin of itself. */
  #tellTwins(): void {
    const { id } = this.#draft;
    if (this.#isSending) return;
    twinHints(this.#parts, this.#draft).then(
      (notes) => {
        const told = JSON.stringify([id, notes]);
        if (this.#draft.id !== id || this.#isSending || told === this.#twins) return;
        this.#twins = told;
        this.#tell({ type: 'twins', draftId: id, notes });
      },
      (error: unknown) => this.#parts.log.error(error instanceof Error ? error : String(error)),
    );
  }

  /** Chooses when its update goes out, where that was to stay as it is. */
  async choose(when: Draft['when']): Promise<void> {
    if (this.#isSending || this.#draft.when.kind !== 'keep') return;
    const chosen = { ...this.#draft, when, revision: this.#draft.revision + 1 };
    this.open(chosen);
    await this.#keep(chosen);
  }

  /** Puts a template's text where the cursor is. */
  insert(text: string): void {
    this.#tell({ type: 'insert', draftId: this.#draft.id, text });
  }

  #tell(message: ToApp): void {
    void this.#webview.postMessage(message);
  }

  #receive(message: unknown): void {
    const parsed = v.safeParse(toHost, message);
    if (!parsed.success) return this.#refuse(message, parsed.issues);
    this.#act(parsed.output).catch((error: unknown) => this.#tellError(error, parsed.output.type === 'send'));
  }

  /** The page waits for what it asked for, and says nothing of what it is not told itself. */
  #refuse(message: unknown, issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): void {
    this.#parts.log.warn(`The composer was told something it does not understand: ${v.summarize([...issues]).slice(0, 200)}`);
    const type = typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
    const place = v.getDotPath(issues[0])?.slice(0, 100) ?? '';
    if (type === 'send')
      return this.#tellNotSent(vscode.l10n.t('Not sent: “{0}” is too long or cannot be read. Your text is still here.', place));
    const words =
      type === 'changed' || type === 'ready'
        ? vscode.l10n.t('Not saved on disk: “{0}” is too long or cannot be read. Your text is still here: keep this page open.', place)
        : vscode.l10n.t('That is too long or cannot be read. Your text is still here.');
    this.#tell({ type: 'notice', text: words });
    // A page that hears nothing shows nothing. It has what it kept itself, where that is newer.
    if (type === 'ready') this.#receive({ type: 'ready' });
  }

  /** @param isSending  whether it is why nothing is sent */
  #tellError(error: unknown, isSending: boolean): void {
    if (error instanceof vscode.CancellationError) return;
    this.#parts.log.error(error instanceof Error ? error : String(error));
    const words = error instanceof BufferError ? sentence(error) : diskWords(error);
    this.#tell({ type: 'notice', text: words ?? vscode.l10n.t('Something went wrong. Your text is kept.'), endsSending: isSending });
  }

  /** Why nothing is sent. */
  #tellNotSent(text: string): void {
    this.#tell({ type: 'notice', text, endsSending: true });
  }

  async #act(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#ready(message.draft ?? this.#continued);
      case 'ping':
        return this.#tell({ type: 'pong' });
      case 'changed':
        return this.#keep(message.draft);
      case 'send':
        return this.#send(message.draft);
      case 'cursor': {
        const { service, part, fraction } = message;
        return this.#frame.moved({ draftId: this.#draft.id, service, part, fraction });
      }
      case 'readTime':
        return this.#tellTime(message.words, message.profileIds);
      case 'askSlots':
        return this.#tellSlots(message.profileIds);
      case 'discard':
        return this.#discard();
      case 'close':
        return this.#frame.close();
      case 'another':
        return this.open(emptyDraft(randomUUID(), lastProfiles(this.#parts.memory)));
      case 'saveGroup':
        return this.#saveGroup(message.profileIds);
      case 'readPicture':
        return this.#tellPicture(message.address);
      case 'readCard':
        return this.#tellCard(message.address);
      case 'stopCard':
        return this.#reading?.abort();
      case 'pickTags':
        return this.#pickTags();
      case 'pickTemplate':
        return vscode.commands.executeCommand('buffer.insertTemplate', this.#draft.id);
      case 'signIn':
        return vscode.commands.executeCommand('buffer.signIn');
      case 'retryProfiles':
        return this.#parts.store.refresh();
      case 'showOutbox':
        return vscode.commands.executeCommand('buffer.outbox.focus');
      case 'show': {
        const updateId = this.#sent.get(message.profileId);
        return updateId ? this.#frame.show(updateId) : this.#frame.showQueue(message.profileId);
      }
    }
  }

  async #ready(own: Draft | undefined): Promise<void> {
    // What the page kept through a reload can be newer than the file by the last few keystrokes.
    if (own && own.id === this.#draft.id && own.revision > this.#draft.revision) await this.#restore(own);
    // A page that was made anew while its draft is sent hears how that stands.
    const onTheirWay = this.#isSending ? undefined : await this.#leaveToOutbox();
    this.open(this.#draft);
    this.#tellWhyNotSent();
    this.#frame.ready();
    await this.#tellProfiles();
    if (onTheirWay) this.#tell({ type: 'sent', results: onTheirWay, isOver: true });
    else if (this.#isSending) this.#tell({ type: 'sent', results: this.#results, isOver: false });
    await this.#parts.store.loadProfiles();
  }

  /** Who mends what failed has the reason in sight. */
  #tellWhyNotSent(): void {
    const { updateId } = this.#draft.editing ?? {};
    const failure = updateId === undefined ? undefined : this.#parts.store.update(updateId)?.failure;
    if (failure) this.#tell({ type: 'notice', text: vscode.l10n.t('Not sent: {0}', failure.message) });
  }

  /** What a page kept through a reload, unless it was sent or thrown away since. */
  async #restore(own: Draft): Promise<void> {
    const { drafts, memory } = this.#parts;
    const spentAs = await drafts.spentAs(own);
    if (spentAs === 'same') {
      this.#draft = emptyDraft(randomUUID(), lastProfiles(memory));
      return;
    }
    // Written on after another window sent it: a draft of its own.
    const kept = spentAs === 'other' ? { ...own, id: randomUUID() } : own;
    this.#draft = { ...this.#draft, id: kept.id };
    await this.#keep(kept);
  }

  /**
   * What of this draft is on its way leaves it. A window that died while it sent it, or one that is still at it, left it
   * to the outbox, which finds out what came of it: here it is not to be sent a second time.
   */
  async #leaveToOutbox(): Promise<Record<string, ProfileResult> | undefined> {
    const { outbox, drafts } = this.#parts;
    await outbox.load();
    const sent = this.#draft;
    if (outbox.unreadable.some(({ draftId }) => draftId === sent.id)) {
      const reason = vscode.l10n.t('a newer version of this extension is sending it: reload this window');
      return Object.fromEntries(sent.profileIds.map((id) => [id, { kind: 'waiting', reason } as const]));
    }
    const entries = outbox
      .ofDraft(sent.id)
      .filter(({ text, profiles }) => hasText(sent, text) && profiles.some(({ id }) => sent.profileIds.includes(id)));
    if (entries.length === 0) return undefined;
    const profileIds = entries.flatMap(({ profiles }) => profiles.map(({ id }) => id));
    for (const { profiles, text } of entries)
      await drafts.leave(
        sent.id,
        profiles.map(({ id }) => id),
        text,
      );
    this.#draft = (await drafts.open(sent.id)) ?? spent({ ...sent, profileIds });
    const reason = (entry: Entry) => entry.reason ?? vscode.l10n.t('already being sent');
    const notSent = { kind: 'failed', reason: vscode.l10n.t('not sent yet') } as const;
    return {
      ...Object.fromEntries(this.#draft.profileIds.map((id) => [id, notSent])),
      ...Object.fromEntries(
        entries.flatMap((entry) => entry.profiles.map(({ id }) => [id, { kind: 'waiting', reason: reason(entry) } as const])),
      ),
    };
  }

  async #keep(changed: Draft): Promise<void> {
    // A late word about a draft that was sent, discarded or left would bring it back.
    if (changed.id !== this.#draft.id || changed.revision < this.#draft.revision) return;
    this.#draft = changed;
    this.#frame.typed(changed);
    this.#tellTwins();
    const kept = await this.#parts.drafts.save(changed);
    if (kept.id === changed.id) {
      this.#frame.rename(changed);
      this.#tell({ type: 'kept', revision: changed.revision });
    } else if (this.#draft.id === changed.id) {
      this.open({ ...this.#draft, id: kept.id }, changed.id);
      this.#tell({ type: 'notice', text: ownDraftWords() });
    }
  }

  async #tellProfiles(): Promise<void> {
    const { store } = this.#parts;
    const { status, items, error } = store.profiles;
    // Someone signed in while the composer was open.
    if (store.isConnected && status === 'unloaded') void store.loadProfiles().catch(() => undefined);
    this.#chooseDefault(items);
    const configuration = store.isConnected && items.length ? await store.configuration() : undefined;
    const { characterLimit } = await import('../../core/networks/characterCount.ts');
    const profiles = items.map((profile): ComposerProfile => {
      const limit = characterLimit(profile, configuration);
      const picture = this.#parts.avatars.fileOf(profile);
      return {
        id: profile.id,
        service: profile.service,
        network: networkOf(profile.service).label,
        name: isolated(profile.name),
        handle: handleOf(profile),
        avatarUrl: picture && this.#webview.asWebviewUri(picture).toString(),
        trouble: profileTrouble(profile)?.long,
        characters: Number.isFinite(limit) ? limit : undefined,
        pending: profile.counts.pending,
        timeZone: profile.timeZone,
        boards: profile.boards,
        notes: profileNotes(profile, store),
      };
    });
    const groups = Object.entries(settings.profileGroups).map(([name, members]) => ({
      name,
      profileIds: items.filter((profile) => members.includes(profile.id) || members.includes(profile.name)).map(({ id }) => id),
    }));
    this.#tell({
      type: 'profiles',
      status: !store.isConnected ? 'signedOut' : status === 'unloaded' ? 'loading' : status,
      profiles,
      abilities: {
        details: store.capabilities.details,
        requeue: store.capabilities.requeue,
        drafts: store.capabilities.drafts,
        templates: store.capabilities.templates,
        tags: store.capabilities.tags,
        tagList: store.capabilities.tags && store.capabilities.queues,
        isFree: isFreePlan(store),
        postRefusal: postingRefusal(store.capabilities, false),
        changeRefusal: postingRefusal(store.capabilities, true),
      },
      groups: groups.filter(({ profileIds }) => profileIds.length > 0),
      utmRules: utmRules(),
      reason: error?.message,
    });
  }

  /** Who never chose a profile finds the account's default one chosen. */
  #chooseDefault(profiles: readonly Profile[]): void {
    const { revision, profileIds, editing } = this.#draft;
    const able = profiles.filter((profile) => !profileTrouble(profile));
    const usual = able.find(({ isDefault }) => isDefault) ?? able[0];
    if (revision === 0 && profileIds.length === 0 && !editing && usual) this.open({ ...this.#draft, revision: 1, profileIds: [usual.id] });
  }

  async #tellTime(words: string, profileIds: readonly string[]): Promise<void> {
    const zones = this.#profiles(profileIds).map(({ timeZone }) => timeZone);
    const read = await readTime(words, zones);
    if ('problem' in read) return this.#tell({ type: 'time', words, problem: read.problem });
    const { at } = read;
    // Who chose a free time by the clocks of the days finds it here by those of its profile.
    const own = zones.length > 0 && zones.every((zone) => isForeignZone(zone, at)) ? [ownTime(at)] : [];
    this.#tell({ type: 'time', words, at: at.toISOString(), shown: [read.shown, ...own].join('  ·  ') });
  }

  async #tellPicture(address: string): Promise<void> {
    const read = await this.#parts.web.picture(address);
    this.#tell(
      'trouble' in read
        ? { type: 'picture', address, trouble: read.trouble }
        : { type: 'picture', address, picture: { type: read.picture.type, bytes: new Uint8Array(read.picture.bytes) } },
    );
  }

  /** What a page says of itself. One page at a time: another one, or the end of the composer, ends what is under way. */
  async #tellCard(address: string): Promise<void> {
    this.#reading?.abort();
    const reading = (this.#reading = new AbortController());
    try {
      const read = await this.#parts.web.card(address, reading.signal);
      this.#tell({ type: 'card', address, ...read });
    } catch (error) {
      if (!reading.signal.aborted) throw error;
    }
  }

  /** How the tags of the draft are called, as far as that is known without asking. */
  async #tellTags(chosen?: readonly Tag[]): Promise<void> {
    const { id, tagIds = [] } = this.#draft;
    const known = chosen ?? (await this.#parts.store.seenTags()).filter((tag) => tagIds.includes(tag.id));
    const tags = known.map(({ id: tagId, name, color }) => ({
      id: tagId,
      name,
      color: /^#[\da-f]{6}$/iu.test(color ?? '') ? color : undefined,
    }));
    this.#tell({ type: 'tags', draftId: id, tags, ...(chosen && { chosen: chosen.map((tag) => tag.id) }) });
  }

  async #pickTags(): Promise<void> {
    const { id, tagIds = [] } = this.#draft;
    const { store } = this.#parts;
    const { pickTags } = await import('../../ui/pickTags.ts');
    const seen = await store.seenTags();
    // One that nobody knows by name, such as one of an idea, stays chosen.
    const chosen = tagIds.map((tagId): Tag => seen.find((tag) => tag.id === tagId) ?? { id: tagId, name: vscode.l10n.t('A tag') });
    const attempt = <Answer>(step: () => Promise<Answer>) => step();
    const picked = await pickTags(store, { title: vscode.l10n.t('Tags'), chosen, canAdd: true, attempt });
    if (this.#draft.id === id) await this.#tellTags(picked);
  }

  /** The next free posting times of the first profile: those of its schedule that nothing in its queue takes. */
  #tellSlots(profileIds: readonly string[]): void {
    const [profile] = this.#profiles(profileIds);
    if (!profile) return;
    const { store } = this.#parts;
    const style = { locale: personLocale(vscode.env.language), timeZone: profile.timeZone };
    const queue = store.list(profile.id, 'pending');
    // A queue that is not read is not read for this: then they are offered, and not called free.
    const areFree = knowsFreeSlots(profile, queue);
    const times = areFree ? freeSlots(profile, queue, offeredSlots) : nextSlots(profile, queue, offeredSlots);
    const slots = times.map((slot) => ({ at: slot.toISOString(), shown: shortTime(slot, style) }));
    const examples = timeExamples(style.locale).join(', ');
    this.#tell({ type: 'slots', profileId: profile.id, zone: profile.timeZone, areFree, slots, examples });
  }

  async #discard(): Promise<void> {
    const discarded = this.#draft;
    // Nothing was changed since it was opened, or nothing is in it.
    if (discarded.revision > 0 && !isEmptyDraft(discarded)) {
      const discard = vscode.l10n.t('Discard');
      const keep = vscode.l10n.t('Keep as Draft');
      const choice = await vscode.window.showWarningMessage(
        discarded.editing ? vscode.l10n.t('Discard your changes to this update?') : vscode.l10n.t('Discard this draft?'),
        { modal: true, detail: vscode.l10n.t('A draft stays in the Buffer view until you send or delete it.') },
        // The first one is what Enter takes.
        keep,
        discard,
      );
      if (!choice) return;
      if (choice === keep) return this.#frame.close();
      // What the page said last may not be on disk yet.
      await this.#parts.drafts.discard(this.#draft.id === discarded.id ? this.#draft : discarded);
      void offerUndo(discarded);
    } else await this.#parts.drafts.remove(discarded.id);
    this.#draft = spent(discarded);
    this.#frame.close();
  }

  async #saveGroup(profileIds: readonly string[]): Promise<void> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Save as Group'),
      prompt: vscode.l10n.t('A name for these {0} profiles', profileIds.length),
      validateInput: (value) => (value.trim() ? undefined : vscode.l10n.t('Type a name.')),
    });
    if (!name) return;
    const names = this.#profiles(profileIds).map((profile) => profile.id);
    await vscode.workspace
      .getConfiguration('buffer')
      .update('profileGroups', { ...settings.profileGroups, [name.trim()]: names }, vscode.ConfigurationTarget.Global);
    await this.#tellProfiles();
  }

  /** @param isRecorded  false where the person wants it sent although the disk takes no record of it */
  async #send(sent: Draft, isRecorded = true): Promise<void> {
    if (this.#isSending) return;
    if (sent.when.kind === 'at' && !sent.when.at) return this.#tellNotSent(vscode.l10n.t('Choose a time first.'));
    this.#isSending = true;
    this.#results = {};
    try {
      await (sent.editing ? this.#saveEdit(sent, isRecorded) : this.#sendOnce(sent, isRecorded));
    } catch (error) {
      // Newer than what the page has, so that what was sent so far is not offered there again.
      const left = this.#draft.id === sent.id && this.#draft.revision >= sent.revision ? this.#draft : sent;
      this.open({ ...left, revision: left.revision + 1 });
      // This computer slept for so long that another window took it over.
      if (error instanceof LostClaim) return this.#tellSentElsewhere();
      const words = diskWords(error);
      const isNothingSent = Object.values(this.#results).every(({ kind }) => kind === 'sending');
      if (!words || !isRecorded || !isNothingSent) throw error;
      this.#parts.log.error(error instanceof Error ? error : String(error));
      this.#tellNotSent(words);
      // Nobody waits for the answer: it can be written on meanwhile, and what is in the page then is sent.
      askWithoutRecord(words)
        .then((isWanted) => (isWanted ? this.#send(this.#draft, false) : undefined))
        .catch((failure: unknown) => this.#tellError(failure, true));
    } finally {
      this.#isSending = false;
      this.#tellTwins();
    }
  }

  async #saveEdit(sent: Draft, isRecorded: boolean): Promise<void> {
    if (!(await this.#maySend(sent))) return;
    if (isRecorded) await this.#keep(sent);
    else this.#draft = sent;
    if (this.#draft.editing) await this.#sendEdit(this.#draft, this.#draft.editing);
  }

  /** All that goes out of a draft is in the outbox before any other window can look whether it is. */
  async #sendOnce(sent: Draft, isRecorded: boolean): Promise<void> {
    const { outbox, sender } = this.#parts;
    if (!isRecorded) {
      // What is on its way already is on a disk that can be read.
      if (!(await this.#maySend(sent))) return;
      this.#draft = sent;
      return this.#sendNew(sent, (deliveries) => Promise.resolve(unrecorded(deliveries)));
    }
    const { staleAfter, pause } = sender.options;
    const letGo = await (await outbox.files()).claimDraft(sent.id, staleAfter, 2 * pause);
    if (!letGo) return this.#tellSentElsewhere();
    let isHeld = true;
    const release = async () => {
      const wasHeld = isHeld;
      isHeld = false;
      return !wasHeld || letGo();
    };
    try {
      if (!(await this.#maySend(sent))) return;
      await this.#keep(sent);
      // Another window changed it, and may have sent it: what is here is another draft now.
      if (this.#draft.id !== sent.id) return this.#tellNotSent(ownDraftWords());
      await this.#sendNew(this.#draft, (deliveries) => recordClaimed(this.#parts, deliveries, release));
    } finally {
      await release();
    }
  }

  #tellSentElsewhere(): void {
    this.#tellNotSent(vscode.l10n.t('This draft is just being sent in another window.'));
  }

  /** Whether nothing else is sending, or has sent, this draft; what is on its way already is shown as that. */
  async #maySend(draft: Draft): Promise<boolean> {
    const onTheirWay = await this.#leaveToOutbox();
    if (onTheirWay) {
      this.open(this.#draft);
      this.#tell({ type: 'sent', results: onTheirWay, isOver: true });
      return false;
    }
    if (!(await this.#parts.drafts.isGone(draft.id))) return true;
    const send = vscode.l10n.t('Send');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('This draft was sent or deleted in another window. Send it from here too?'),
      { modal: true, detail: draft.text },
      send,
    );
    if (choice !== send) this.#tellNotSent(vscode.l10n.t('Not sent. Your text is still here.'));
    return choice === send;
  }

  /** @param begin  puts it into the outbox, if it is to be there */
  async #sendNew(sent: Draft, begin: (deliveries: readonly Delivery[]) => Promise<readonly Recorded[]>): Promise<void> {
    const { store, drafts, memory } = this.#parts;
    const profiles = this.#profiles(sent.profileIds).filter((profile) => !profileTrouble(profile));
    if (profiles.length === 0)
      return this.#tellNotSent(vscode.l10n.t('None of the chosen profiles can take an update now. Choose another.'));
    await rememberProfiles(memory, sent.profileIds);
    const results: Record<string, ProfileResult> = Object.fromEntries(profiles.map(({ id }) => [id, { kind: 'sending' }]));
    this.#results = results;
    this.#tell({ type: 'sent', results, isOver: false });

    const written = [...groupBy(profiles, ({ service }) => textFor(sent, service))].map(([text, group]): Delivery => {
      const details = Object.fromEntries(group.map((profile) => [profile.id, detailsOf(sent, profile)]));
      return {
        text,
        profiles: group,
        when: shareTimeOf(sent),
        media: mediaOf(sent),
        // What this service would leave out goes along all the same: it is refused, and not dropped without a word.
        details: store.capabilities.details || hasWritten(group, details) ? details : undefined,
        options: optionsOf(sent),
        draftId: sent.id,
      };
    });
    const deliveries = await withTaggedLinks(written, utmRules());
    const recorded = await begin(deliveries);
    const isRecorded = recorded.some(({ entry }) => entry);
    const told = async ({ created, failed, waiting, unclear: unknown }: Delivered) => {
      for (const update of created) {
        results[update.profileId] = { kind: 'done', shown: this.#createdWords(update, sent) };
        this.#sent.set(update.profileId, update.id);
      }
      for (const { profile, error } of failed) results[profile.id] = { kind: 'failed', reason: refusal(error) };
      for (const { profile, error, isUnclear } of waiting)
        results[profile.id] = {
          kind: 'waiting',
          reason: isUnclear ? vscode.l10n.t('{0} Checking whether it was delivered.', refusal(error)) : refusal(error),
        };
      for (const { profile, error } of unknown)
        results[profile.id] = { kind: 'unclear', reason: error ? unclear(error) : vscode.l10n.t('It is not known whether this was done.') };
      // What arrived leaves the draft while the outbox still has it, so that not even a crash loses it or sends it again.
      const left = profiles.filter(({ id }) => !isOver(results[id])).map(({ id }) => id);
      const change = left.length
        ? drafts.save({ ...this.#draft, profileIds: left, revision: this.#draft.revision + 1 }).then((kept) => void (this.#draft = kept))
        : drafts.removeSent(this.#draft.id);
      // A disk that took no record does not take this either.
      await (isRecorded ? change : change.catch(() => undefined));
      this.#tell({ type: 'sent', results, isOver: false });
    };
    await deliverAll(this.#parts, deliveries, told, recorded);
    const failed = profiles.filter(({ id }) => results[id]?.kind === 'failed').map(({ id }) => id);
    const isDone = profiles.every(({ id }) => isOver(results[id]));
    if (isDone) {
      this.#draft = spent(sent);
    } else {
      // Only what certainly failed is offered again.
      const left = { ...this.#draft, profileIds: failed, revision: this.#draft.revision + 1 };
      this.#draft = await drafts.save(left).catch((error: unknown) => {
        if (isRecorded) throw error;
        return left;
      });
      this.#tell({ type: 'open', draft: this.#draft, location: this.#frame.location });
    }
    this.#tell({ type: 'sent', results, isOver: true });
  }

  async #sendEdit(sent: Draft, editing: NonNullable<Draft['editing']>): Promise<void> {
    const { store, drafts } = this.#parts;
    const { updateId, profileId } = editing;
    const result = (each: ProfileResult, isOver: boolean) => this.#tell({ type: 'sent', results: { [profileId]: each }, isOver });
    result({ kind: 'sending' }, false);
    try {
      const present = await store.readUpdate(updateId);
      if (present.closed?.length) return result({ kind: 'failed', reason: closedWords(present.closed) }, true);
      const profile = store.profile(profileId) ?? unknownProfile(present);
      const { requeue, details: canDetail } = store.capabilities;
      const { change, isConflict } = changeOf(sent, editing, present, profile, canDetail);
      if (isConflict && !(await this.#mayOverwrite(present))) {
        return result({ kind: 'failed', reason: vscode.l10n.t('Not saved: the update was changed elsewhere.') }, true);
      }
      if (!(await askHiddenFiles(store, present)) || !(await askLostMentions(present, change.text ?? present.text)))
        return result({ kind: 'failed', reason: vscode.l10n.t('Your text is still here.') }, true);
      const when = editTimeOf(sent, requeue);
      const edited = await store.edit(updateId, { ...change, when }, present);
      let { update } = edited;
      if (when && outcomeOf(present, edited, when) !== 'done') {
        return result(
          {
            kind: 'failed',
            reason: vscode.l10n.t(
              'The text was saved, but Buffer did not give it the time that you chose. It is still here; send it again, or look at Buffer.',
            ),
          },
          true,
        );
      }
      if (sent.when.kind === 'next' && !requeue) update = await store.moveToTop(updateId);
      this.#sent.set(profileId, updateId);
      await drafts.remove(sent.id);
      this.#draft = spent(sent);
      result({ kind: 'done', shown: this.#whenOf(update) }, true);
      void this.#parts.tellLost(edited);
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      result(
        {
          kind: error.outcome === 'unknown' ? 'unclear' : 'failed',
          reason: error.outcome === 'unknown' ? unclear(error) : sentence(error),
        },
        true,
      );
    }
  }

  async #mayOverwrite(present: Update): Promise<boolean> {
    const overwrite = vscode.l10n.t('Overwrite');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('This update was changed elsewhere since you opened it. Overwrite it?'),
      { modal: true, detail: present.text },
      overwrite,
    );
    return choice === overwrite;
  }

  #profiles(ids: readonly string[]): Profile[] {
    return ids.flatMap((id) => this.#parts.store.profile(id) ?? []);
  }

  /** What came back is told, not what was asked for. */
  #createdWords(update: Update, { when }: Draft): string {
    const words = this.#whenOf(update);
    return when.kind === 'draft' && update.status !== 'draft' ? vscode.l10n.t('Buffer did not keep it as a draft: {0}', words) : words;
  }

  #whenOf(update: Update): string {
    return standingWords(update, this.#parts.store.profile(update.profileId)?.timeZone);
  }
}

/** Whether more goes along to some profile than what is usual there. */
function hasWritten(profiles: readonly Profile[], details: Readonly<Record<string, NetworkDetails>>): boolean {
  return profiles.some(({ id, service }) => writtenDetails(service, details[id] ?? {}).length > 0);
}

function ownDraftWords(): string {
  return vscode.l10n.t('This draft was changed in another window. What you write here is kept as a draft of its own.');
}

/** One that is not listed any more: what its network asks for is known by the update. */
function unknownProfile({ profileId, service }: Update): Profile {
  return {
    id: profileId,
    service,
    serviceType: 'profile',
    name: '',
    username: '',
    isDefault: false,
    timeZone: 'UTC',
    counts: {},
    schedules: [],
    isDisconnected: false,
    isLocked: false,
    isPaused: false,
  };
}

/** Who threw a draft away by mistake has it back; after a reload it is among the drafts on this computer. */
async function offerUndo(discarded: Draft): Promise<void> {
  const undo = vscode.l10n.t('Undo');
  const words = discarded.editing ? vscode.l10n.t('Your changes were discarded.') : vscode.l10n.t('The draft was discarded.');
  if ((await vscode.window.showInformationMessage(words, undo)) === undo)
    await vscode.commands.executeCommand('buffer.openDraft', discarded);
}

/** It left the draft: it is at Buffer, or on its way there. */
function isOver(result: ProfileResult | undefined): boolean {
  return result?.kind === 'done' || result?.kind === 'waiting';
}

/** What is left of a draft that was sent or discarded: nothing, and no late word of the page brings it back. */
function spent({ id, profileIds }: Draft): Draft {
  return { ...emptyDraft(id, profileIds), revision: Number.MAX_SAFE_INTEGER };
}

/** An instant by the person's own clocks. */
function ownTime(at: Date): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return vscode.l10n.t('{0} by your clock', shortTime(at, { locale: personLocale(vscode.env.language), timeZone }));
}
