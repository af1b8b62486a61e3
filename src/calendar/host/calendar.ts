import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { BufferError } from '../../core/buffer/bufferError.ts';
import type { Tag, Update } from '../../core/buffer/model.ts';
import { networkOf } from '../../core/networks/networks.ts';
import { may } from '../../core/queue/abilities.ts';
import { DueRanges, instantOf } from '../../core/queue/dueRanges.ts';
import type { QueueStore } from '../../core/queue/queueStore.ts';
import type { Span } from '../../core/queue/timeSpans.ts';
import { personLocale } from '../../core/time/formatTime.ts';
import { sentence } from '../../ui/errorWords.ts';
import { headline } from '../../ui/headline.ts';
import { missingPermissions } from '../../ui/permissionWords.ts';
import { isolated } from '../../ui/profileNames.ts';
import { type CalendarEntry, type CalendarSlot, toHost, type ToHost, type ToPage } from '../messages.ts';

/** What a person does in the calendar beyond looking. Each tells its failures itself. */
export interface CalendarActions {
  open(updateId: string): Promise<unknown>;
  /** @param profileIds  those that were last written to, where left out */
  compose(at: Date, profileIds?: readonly string[]): Promise<unknown>;
  /** Gives an update another time, with a way back. */
  move(updateId: string, at: Date): Promise<unknown>;
}

export interface CalendarHostParts {
  readonly store: QueueStore;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly actions: CalendarActions;
}

const day = 86_400_000;
/** So much of a text at most stands in the calendar, in UTF-16 units. */
const longestText = 140;
/** Updates that come with one request. */
const page = 100;
/** The longest range that a page may look at: six weeks, with clocks that change. Milliseconds. */
const longest = 50 * day;

/**
 * The extension's side of the calendar: reads what its page looks at, as far as that is not known, and tells what is
 * different whenever the store changes.
 */
export class Calendar implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #parts: CalendarHostParts;
  readonly #ranges: DueRanges;
  readonly #subscriptions: { dispose(): void }[];
  #owner: string | undefined;
  #span: Span | undefined;
  #told = new Map<string, CalendarEntry>();
  #toldSlots: readonly CalendarSlot[] | undefined;
  #toldAccount: unknown;
  #isReading = false;
  /** The range that is looked at is to be read once what is being read came. */
  #isWanted = false;
  #trouble: string | undefined;
  #telling: NodeJS.Immediate | undefined;
  #isDisposed = false;

  constructor(webview: vscode.Webview, parts: CalendarHostParts) {
    this.#webview = webview;
    this.#parts = parts;
    this.#ranges = new DueRanges(parts.store);
    this.#owner = parts.store.owner;
    this.#subscriptions = [
      this.#ranges,
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      parts.store.onDidChange(() => this.#tellSoon()),
    ];
  }

  dispose(): void {
    this.#isDisposed = true;
    clearImmediate(this.#telling);
    for (const each of this.#subscriptions) each.dispose();
  }

  #receive(message: unknown): void {
    const { success, output } = v.safeParse(toHost, message);
    if (!success) return this.#parts.log.warn('The calendar’s page said something that is not understood.');
    void this.#answer(output);
  }

  async #answer(message: ToHost): Promise<void> {
    const { actions } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#forgetTold();
        await this.#begin();
        return;
      case 'show':
        if (message.to <= message.from || message.to - message.from > longest) return;
        this.#span = { from: message.from, to: message.to };
        this.#forgetTold();
        this.#tell();
        return this.#read();
      case 'more':
        return this.#parts.store.capabilities.ranges ? this.#read() : this.#readQueues();
      case 'refresh':
        return this.#refresh();
      case 'open':
        if (this.#told.has(message.id)) await actions.open(message.id);
        return;
      case 'compose': {
        const known = message.profileIds?.filter((id) => this.#parts.store.profile(id));
        await actions.compose(new Date(message.at), known?.length ? known : undefined);
        return;
      }
      case 'move':
        try {
          if (this.#isMovable(message.id) && message.at > Date.now()) await actions.move(message.id, new Date(message.at));
        } finally {
          this.#tell();
          this.#post({ type: 'moved', id: message.id });
        }
        return;
    }
  }

  /** Also one that is taken from the range that was looked at into another. */
  #isMovable(updateId: string): boolean {
    const { store } = this.#parts;
    const update = store.update(updateId);
    return update !== undefined && may('reschedule', update, store) && !store.isBusy(updateId);
  }

  /** The profiles, and with them the heads of the queues, are read where nobody did. */
  async #begin(): Promise<void> {
    const { store } = this.#parts;
    this.#tell();
    if (!store.isConnected || store.profiles.status === 'loaded') return;
    await this.#reading(() => store.loadProfiles('shown'));
    this.#tell();
    await this.#read();
  }

  async #refresh(): Promise<void> {
    this.#ranges.invalidate();
    await this.#reading(() => this.#parts.store.refresh());
    this.#tell();
    await this.#read();
  }

  /** Asks for what is looked at and not known: one request at most. What is wanted meanwhile follows when its answer came. */
  async #read(): Promise<void> {
    if (this.#isReading) {
      this.#isWanted = true;
      return;
    }
    const { store } = this.#parts;
    const span = this.#span;
    if (!span || !store.capabilities.queues || store.profiles.status !== 'loaded') return;
    if (store.capabilities.ranges && this.#ranges.missing(this.#profileIds, span))
      await this.#reading(() => this.#ranges.read(this.#profileIds, this.#firstOf(span)));
    this.#tell();
    if (this.#isWanted) {
      this.#isWanted = false;
      if (this.#span !== span) await this.#read();
    }
  }

  /** Where a range may hold more than a page, what is to come is read before what has passed. */
  #firstOf(span: Span): Span {
    const recent = { from: Math.max(span.from, Date.now() - day), to: span.to };
    if (recent.from >= span.to || !this.#ranges.missing(this.#profileIds, recent)) return span;
    const weekly = this.#parts.store.profiles.items
      .flatMap(({ schedules }) => schedules)
      .reduce((sum, { days, times }) => sum + days.length * times.length, 0);
    return (weekly * (span.to - span.from)) / (7 * day) > page ? recent : span;
  }

  /** Where no range can be asked for, the queues are read as far as that takes; it was said what it costs. */
  async #readQueues(): Promise<void> {
    const { store } = this.#parts;
    await this.#reading(async () => {
      for (const id of this.#unread) await store.loadList(id, 'pending');
    });
    this.#tell();
  }

  async #reading(read: () => Promise<unknown>): Promise<void> {
    this.#isReading = true;
    this.#trouble = undefined;
    this.#tellReading();
    try {
      await read();
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      if (error.kind !== 'cancelled') this.#trouble = sentence(error);
    } finally {
      this.#isReading = false;
    }
  }

  get #profileIds(): string[] {
    return this.#parts.store.profiles.items.map(({ id }) => id);
  }

  /** The profiles whose queues nobody read yet. */
  get #unread(): string[] {
    return this.#profileIds.filter((id) => this.#parts.store.needsLoading(id, 'pending'));
  }

  #tellSoon(): void {
    this.#telling ??= setImmediate(() => {
      this.#telling = undefined;
      this.#tell();
    });
  }

  #forgetTold(): void {
    this.#told = new Map();
    this.#toldSlots = undefined;
    this.#toldAccount = undefined;
  }

  /** Tells what is different from what the page knows. */
  #tell(): void {
    const { store } = this.#parts;
    if (this.#isDisposed) return;
    if (store.owner !== this.#owner) {
      // Nothing of one account is shown with another.
      this.#owner = store.owner;
      this.#ranges.clear();
      this.#forgetTold();
      void this.#begin();
    }
    this.#tellAccount();
    const span = this.#span;
    if (!span) return;
    const isAll = this.#toldSlots === undefined;
    const updates = store.capabilities.queues ? this.#ranges.updates(this.#profileIds, span) : [];
    const entries = new Map(updates.map((update) => [update.id, this.#entryOf(update)]));
    const put = [...entries.values()].filter((entry) => !isDeepStrictEqual(entry, this.#told.get(entry.id)));
    const gone = [...this.#told.keys()].filter((id) => !entries.has(id));
    const slots = this.#slots(span);
    const isSameSlots = isDeepStrictEqual(slots, this.#toldSlots);
    this.#told = entries;
    this.#toldSlots = slots;
    if (isAll || put.length > 0 || gone.length > 0 || !isSameSlots)
      this.#post({ type: 'entries', isAll, put, gone, slots: isSameSlots ? undefined : slots });
    this.#tellReading();
  }

  #slots(span: Span): CalendarSlot[] {
    const { store } = this.#parts;
    if (!store.capabilities.post) return [];
    const profilesAt = new Map<number, string[]>();
    for (const profile of store.profiles.items)
      for (const at of this.#ranges.freeSlots(profile, span)) profilesAt.set(at, [...(profilesAt.get(at) ?? []), profile.id]);
    return [...profilesAt].sort(([a], [b]) => a - b).map(([at, profileIds]) => ({ at, profileIds }));
  }

  #entryOf(update: Update): CalendarEntry {
    const { store } = this.#parts;
    const { id, profileId, status, tags = [] } = update;
    return {
      id,
      profileId,
      at: instantOf(update)!,
      state: status,
      text: isolated(headline(update).slice(0, longestText).toWellFormed()),
      tagIds: tags.map((tag) => tag.id),
      isMovable: may('reschedule', update, store) && !store.isBusy(id),
    };
  }

  #tellAccount(): void {
    const { store } = this.#parts;
    const tags = new Map<string, Tag>();
    for (const each of store.held) for (const tag of each.tags ?? []) tags.set(tag.id, tag);
    const account: ToPage = {
      type: 'account',
      profiles: store.profiles.items.map(({ id, service, name, timeZone }) => ({
        id,
        service,
        name: isolated(name),
        timeZone,
        network: networkOf(service).label,
      })),
      tags: [...tags.values()].map(({ id, name }) => ({ id, name: isolated(name) })).sort((a, b) => a.name.localeCompare(b.name)),
      canPost: store.capabilities.post,
      trouble: this.#absence(),
      locale: personLocale(vscode.env.language),
    };
    if (isDeepStrictEqual(account, this.#toldAccount)) return;
    this.#toldAccount = account;
    this.#post(account);
  }

  /** Why there is nothing to look at. */
  #absence(): string | undefined {
    const { store } = this.#parts;
    if (!store.isConnected) return vscode.l10n.t('Sign in to Buffer to see your calendar.');
    if (!store.capabilities.queues) return missingPermissions({ scopes: [] }, ['queues']);
    return undefined;
  }

  #tellReading(): void {
    const { store } = this.#parts;
    const left = this.#left();
    this.#post({
      type: 'reading',
      isReading: this.#isReading,
      left,
      requests: left === 'queues' ? this.#unread.length : undefined,
      trouble: this.#trouble ?? (store.profiles.status === 'failed' && store.profiles.error ? sentence(store.profiles.error) : undefined),
    });
  }

  #left(): 'page' | 'queues' | undefined {
    const { store } = this.#parts;
    if (!this.#span || !store.capabilities.queues || store.profiles.status !== 'loaded') return undefined;
    if (store.capabilities.ranges) return this.#ranges.missing(this.#profileIds, this.#span) ? 'page' : undefined;
    return this.#unread.length > 0 ? 'queues' : undefined;
  }

  #post(message: ToPage): void {
    void this.#webview.postMessage(message);
  }
}
