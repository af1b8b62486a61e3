import * as vscode from 'vscode';
import type { BufferError } from '../core/buffer/bufferError.ts';
import type { Profile, Update } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { may } from '../core/queue/abilities.ts';
import { characterCounter } from '../core/queue/characterCounter.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { personLocale, shortTime } from '../core/time/formatTime.ts';
import { helpFor } from '../ui/help.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { isolated } from '../ui/profileNames.ts';
import { profileTrouble } from '../ui/profileWords.ts';
import { isRequeuedOnSave, onDidChangeRequeue } from '../ui/requeueOnSave.ts';
import { standingWords } from '../ui/standingWords.ts';
import { updateFacts } from '../ui/updateFacts.ts';
import { noteLens, UpdateNotes } from './updateNotes.ts';
import { updateScheme } from '../ui/updateScheme.ts';
import { updateIdOf } from '../ui/updateUri.ts';

/** How long a save is told of, in milliseconds. */
const moment = 8_000;

/**
 * A line above the text of an update: whose it is, when it goes out, how long it is, what is the matter with it, its
 * tags, who made it and when. VS Code gives a document no header of its own; a code lens stands above the first line, is
 * no part of the text, and can be turned off like all others.
 */
export class UpdateHeader implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #store: QueueStore;
  readonly #failureOf: (uri: vscode.Uri) => BufferError | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: { dispose(): void }[];
  /** When updates were saved a moment ago. */
  readonly #saved = new Map<string, Date>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #notes: UpdateNotes;

  readonly onDidChangeCodeLenses = this.#changed.event;

  /** @param failureOf  why the document at an address shows no update */
  constructor(store: QueueStore, failureOf: (uri: vscode.Uri) => BufferError | undefined) {
    this.#store = store;
    this.#failureOf = failureOf;
    this.#notes = new UpdateNotes(store, () => this.#changed.fire());
    this.#subscriptions = [
      this.#changed,
      store.onDidChange((changes) => {
        const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => updateIdOf(uri)));
        if (changes.some((change) => change.kind !== 'update' || open.has(change.updateId))) this.#changed.fire();
      }),
      onDidChangeRequeue(() => this.#changed.fire()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#notes.forget(updateIdOf(uri) ?? '')),
      vscode.languages.registerCodeLensProvider({ scheme: updateScheme }, this),
    ];
  }

  dispose(): void {
    for (const each of this.#timers) clearTimeout(each);
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Says for a moment that an update was saved. */
  tellSaved(updateId: string): void {
    this.#saved.set(updateId, new Date());
    this.#changed.fire();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#saved.delete(updateId);
      this.#changed.fire();
    }, moment);
    this.#timers.add(timer);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { uri } = document;
    const failure = this.#failureOf(uri);
    if (failure) return lenses([wayOn(failure)]);
    const id = updateIdOf(uri);
    const update = id ? this.#store.update(id) : undefined;
    if (!update) return [];
    const profile = this.#store.profile(update.profileId);
    const { tags = [] } = update;
    const timeZone = profile?.timeZone ?? 'UTC';
    return lenses([
      this.#savedWords(update.id),
      ...matters(update, profile),
      ...(update.status === 'failed' ? waysBack(update, this.#store) : []),
      words(profileWords(update, profile)),
      this.#time(update, profile),
      await this.#count(update, profile, document.getText().replaceAll('\r\n', '\n')),
      tags.length && words(vscode.l10n.t('Tags: {0}', tags.map(({ name }) => name).join(', '))),
      // All stand in one line: what others say of it before what is merely known.
      ...this.#notes.of(update.id, !may('edit', update, this.#store)).map((note) => noteLens(note, timeZone)),
      ...updateFacts(update, timeZone).map(words),
    ]);
  }

  #savedWords(updateId: string): vscode.Command | undefined {
    const at = this.#saved.get(updateId);
    if (!at) return undefined;
    const time = new Intl.DateTimeFormat(personLocale(vscode.env.language), { timeStyle: 'short' }).format(at);
    return { title: `$(check) ${vscode.l10n.t('Saved to Buffer {0}', time)}`, command: '' };
  }

  #time(update: Update, profile: Profile | undefined): vscode.Command {
    const { dueAt, status } = update;
    if (status !== 'pending' || !dueAt || !profile || update.isReminder) return words(standingWords(update, profile?.timeZone));
    const locale = personLocale(vscode.env.language);
    const theirs = shortTime(dueAt, { locale, timeZone: profile.timeZone });
    const own = ownTime(dueAt, locale, profile.timeZone);
    return words(own === undefined ? theirs : vscode.l10n.t('{0} ({1} your time)', theirs, own));
  }

  async #count(update: Update, profile: Profile | undefined, text: string): Promise<vscode.Command | undefined> {
    const { service, status } = update;
    if (status === 'sent' || status === 'sending') return undefined;
    const countIn = await characterCounter(this.#store);
    const { count, limit } = countIn(text, profile ?? { service, serviceType: 'profile' }, update);
    return Number.isFinite(limit) ? words(`${inNumbers(count)}/${inNumbers(limit)}`) : undefined;
  }
}

function profileWords({ service }: Update, profile: Profile | undefined): string {
  const { label } = networkOf(service);
  return profile ? vscode.l10n.t('{0} on {1}', isolated(profile.name), label) : label;
}

/** The person's own clock where it shows another time than that of a zone; with the day where that is another one, too. */
function ownTime(time: Date, locale: string, timeZone: string): string | undefined {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shows = (zone: string, style: Intl.DateTimeFormatOptions) => time.toLocaleString(locale, { timeZone: zone, ...style });
  const isSame = (style: Intl.DateTimeFormatOptions) => shows(timeZone, style) === shows(own, style);
  if (!isSame({ dateStyle: 'short' })) return shortTime(time, { locale, timeZone: own });
  return isSame({ timeStyle: 'short' }) ? undefined : shows(own, { timeStyle: 'short' });
}

/** What keeps an update from going out, with what helps. */
function matters(update: Update, profile: Profile | undefined): (vscode.Command | undefined)[] {
  const { failure, status } = update;
  if (status === 'sent') return [];
  const trouble = profile && profileTrouble(profile);
  const node = { kind: 'update', updateId: update.id, profileId: update.profileId };
  return [
    failure && {
      ...matter(failure.message),
      ...(failure.helpUrl && { command: 'buffer.openFailureHelp', arguments: [node] }),
    },
    trouble && {
      ...matter(trouble.long),
      ...(profile.isDisconnected ? { command: 'buffer.reconnectProfile', arguments: [node] } : { command: 'buffer.openAtBuffer' }),
    },
  ].map((each) => each || undefined);
}

/** The way back into the queue; where the service has none, those that send it. */
function waysBack(update: Update, store: QueueStore): (vscode.Command | false)[] {
  const { id, profileId } = update;
  const node = [{ kind: 'update', updateId: id, profileId }];
  const isEditable = may('edit', update, store);
  if (isRequeuedOnSave(id)) return [isEditable && words(vscode.l10n.t('Save to put it back into the queue'))];
  if (store.capabilities.requeue)
    return [isEditable && { title: `$(wrench) ${vscode.l10n.t('Fix and Requeue')}`, command: 'buffer.fixAndRequeue', arguments: node }];
  return [
    may('shareNow', update, store) && { title: vscode.l10n.t('Share Now'), command: 'buffer.shareUpdate', arguments: node },
    may('reschedule', update, store) && { title: vscode.l10n.t('Reschedule…'), command: 'buffer.rescheduleUpdate', arguments: node },
  ];
}

/** What to do about an update that cannot be read. */
function wayOn(error: BufferError): vscode.Command {
  if (error.kind === 'unauthorized') return { title: `$(sign-in) ${vscode.l10n.t('Sign In')}`, command: 'buffer.signIn' };
  // Reverting reads it once more.
  return helpFor(error.remedy) ?? { title: vscode.l10n.t('Try Again'), command: 'workbench.action.files.revert' };
}

/** Foreign words are no icons. */
function words(title: string): vscode.Command {
  return { title: plainText(title), command: '' };
}

function matter(title: string): vscode.Command {
  return { title: `$(warning) ${plainText(title)}`, command: '' };
}

function lenses(commands: readonly (vscode.Command | undefined | 0 | false)[]): vscode.CodeLens[] {
  const top = new vscode.Range(0, 0, 0, 0);
  return commands.flatMap((command) => (command ? [new vscode.CodeLens(top, command)] : []));
}
