import * as vscode from 'vscode';
import { BufferError } from '../core/buffer/bufferError.ts';
import type { Edited, Update } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { may } from '../core/queue/abilities.ts';
import { askHiddenFiles } from '../ui/askHiddenFiles.ts';
import { askLostMentions } from '../ui/askLostMentions.ts';
import { characterCounter } from '../core/queue/characterCounter.ts';
import { closedWords } from '../ui/closedWords.ts';
import { postingRefusal } from '../ui/permissionWords.ts';
import { sentence } from '../ui/errorWords.ts';
import type { Memento } from '../core/files/memento.ts';
import type { Change } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { inNumbers } from '../ui/numbers.ts';
import { plainText } from '../ui/plainText.ts';
import { isRequeuedOnSave, setRequeueOnSave } from '../ui/requeueOnSave.ts';
import { standingWords } from '../ui/standingWords.ts';
import { digestOf, RememberedDocuments } from './rememberedDocuments.ts';
import { type StandIn, StandIns } from './standIns.ts';
import { unsendableWords } from '../ui/unsendableWords.ts';
import { isDocumentFolder } from '../ui/documentUri.ts';
import { updateScheme } from '../ui/updateScheme.ts';
import { updateIdOf } from '../ui/updateUri.ts';

/** A version of an update as VS Code knows versions: it grows with each change of the text. */
interface Version {
  readonly text: string;
  readonly mtime: number;
}

/** What a tab shows that can hold an update: a document, or two side by side. */
type TabInput = Partial<Pick<vscode.TabInputText, 'uri'> & Pick<vscode.TabInputTextDiff, 'modified'>>;

/** How long an answer counts as the service's present state, in milliseconds. */
const freshness = 2_000;
/** How long one that could not be had is not asked for again, where an older one does. */
const patience = 30_000;

/**
 * Updates as documents: opening reads from the store, saving sends the edit. Before an edited document is saved, the
 * update is read again, so that a change made elsewhere becomes VS Code's own save conflict instead of being lost.
 */
export class UpdateFileSystem
  implements Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile' | 'writeFile'>, vscode.Disposable
{
  readonly #store: QueueStore;
  readonly #tellEdited: (edited: Edited) => Promise<void>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saved = new vscode.EventEmitter<string>();
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly #versions = new Map<string, Version>();
  /** When each update was last read or written, as `performance.now()`. */
  readonly #checked = new Map<string, number>();
  /** When each update could not be read, as `performance.now()`. */
  readonly #failed = new Map<string, number>();
  /** The text that each open document was filled with. */
  readonly #read = new Map<string, string>();
  /** Whose update each document was filled with. */
  readonly #owners = new Map<string, string | undefined>();
  readonly #standIns: StandIns;
  readonly #offerHelp: (error: BufferError) => void;
  /** What was read of a document while it was edited: it is filled with that only where the edits are given up. */
  readonly #offered = new Map<string, Update>();
  /** Updates whose state VS Code could not see before it saved, so that it saw no conflict either. */
  readonly #unseen = new Set<string>();
  /** The addresses of documents whose save is under way, and was not asked for by a person. */
  readonly #unasked = new Set<string>();
  readonly #remembered: RememberedDocuments;
  /** Conflicts that were told; saving once more overwrites. */
  readonly #told = new Map<string, string>();

  readonly onDidChangeFile = this.#changed.event;
  /** Tells of updates whose text went to Buffer. */
  readonly onDidSave = this.#saved.event;

  /** Why the document at an address shows no update. */
  failureOf(uri: vscode.Uri): BufferError | undefined {
    return this.#standIns.get(uri)?.error;
  }

  /**
   * @param tellEdited  tells the person what an edit could not keep
   * @param offerHelp   offers what a person can do about a failure
   * @param memory      keeps between sessions what open documents were filled with
   */
  constructor(store: QueueStore, tellEdited: (edited: Edited) => Promise<void>, offerHelp: (error: BufferError) => void, memory: Memento) {
    this.#store = store;
    this.#tellEdited = tellEdited;
    this.#offerHelp = offerHelp;
    this.#remembered = new RememberedDocuments(memory);
    this.#standIns = new StandIns(store);
    const { workspace } = vscode;
    this.#subscriptions = [
      store.onDidChange((changes) => this.#announce(changes)),
      store.onDidChange(() => this.#tellChanged(this.#standIns.ofOthers())),
      store.onDidAnswer(() => this.#tellChanged(this.#standIns.due())),
      workspace.onWillSaveTextDocument(({ document, reason }) => this.#noteReason(document, reason)),
      workspace.onDidChangeTextDocument(({ document }) => this.#noteRevert(document)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        const id = updateIdOf(uri);
        if (!id) return;
        setRequeueOnSave(id, false);
        this.#standIns.delete(uri);
        this.#read.delete(id);
        void this.#remembered.delete(id);
      }),
    ];
    // Nobody tells of documents that close with their window, and some are read without being opened.
    void this.#remembered.keepOnly(new Set(openUris().map(updateIdOf)));
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
    this.#saved.dispose();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    // VS Code makes the folder of what it is to save and could not look at; then the save itself tells why that was so.
    if (isDocumentFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const id = idOf(uri);
    const edited = isDirty(uri);
    try {
      const update = edited && !this.#isFresh(id) ? await this.#readToSave(id) : await this.#known(id);
      // Until it is filled with the update, nobody shall write into what stands in its place.
      const isWritable = edited || (!this.#standIns.get(uri) && may('edit', update, this.#store));
      return {
        type: vscode.FileType.File,
        ctime: update.createdAt.getTime(),
        mtime: this.#version(update).mtime,
        size: Buffer.byteLength(update.text),
        // Saving what may not be edited any more is refused with the reason, which VS Code would not tell.
        permissions: isWritable ? undefined : vscode.FilePermission.Readonly,
      };
    } catch (error) {
      const { mtime, words } = this.#standIn(uri, id, error);
      const size = Buffer.byteLength(words);
      return { type: vscode.FileType.File, ctime: 0, mtime, size, permissions: vscode.FilePermission.Readonly };
    }
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const id = idOf(uri);
    let update: Update;
    try {
      update = await this.#known(id);
    } catch (error) {
      return new TextEncoder().encode(this.#standIn(uri, id, error).words);
    }
    // VS Code was told of the other a moment ago, which cannot be written.
    if (this.#standIns.delete(uri)) setTimeout(() => this.#tellChanged([uri]));
    // Others read it too: a search, a comparison. What was typed is still on what the document was filled with.
    if (isEdited(update.id)) this.#offered.set(update.id, update);
    else await this.#fill(update);
    return new TextEncoder().encode(update.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const id = idOf(uri);
    if (this.#unasked.delete(uri.toString()))
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Not sent: an update goes to Buffer when you save it yourself. Your text is still here.'),
      );
    const standIn = this.#standIns.get(uri);
    if (standIn)
      throw vscode.FileSystemError.Unavailable(
        standIn.error.kind === 'notFound'
          ? standIn.words
          : vscode.l10n.t(
              'Not sent: this tab does not show the update yet. Copy what you typed, and choose Revert File to see the update.',
            ),
      );
    const typed = decode(content);
    const unsendable = unsendableWords(typed) ?? unsendableWords(openText(uri) ?? '');
    if (unsendable) throw vscode.FileSystemError.Unavailable(unsendable);
    const update = await (this.#isFresh(id) ? this.#known(id) : this.#readToSave(id)).catch((error: unknown) => this.#fail(error, uri));
    // Settings for the ends of files add line ends that nobody typed; no network shows them.
    const text = /\n$/u.test(update.text) ? typed : typed.replace(/\n+$/u, '');
    if (update.closed?.length) throw vscode.FileSystemError.NoPermissions(closedWords(update.closed));
    const refusal = postingRefusal(this.#store.capabilities, true);
    if (refusal) throw vscode.FileSystemError.NoPermissions(refusal);
    if (!may('edit', update, this.#store))
      throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('This update was sent and cannot be edited any more.'));
    // What went back another way is not to go there once more, should it fail again.
    if (update.status !== 'failed') setRequeueOnSave(id, false);
    const isRequeued = isRequeuedOnSave(id) && this.#store.capabilities.requeue;
    if (text === update.text && !isRequeued) {
      // Also where somebody else wrote the same: from here on it is what the person knows.
      this.#told.delete(id);
      this.#unseen.delete(id);
      return this.#fill(update);
    }
    await this.#refuseOverlong(update, text);
    this.#refuseUnseenConflict(update);
    if (!(await askHiddenFiles(this.#store, update)) || !(await askLostMentions(update, text)))
      throw vscode.FileSystemError.Unavailable(vscode.l10n.t('Not saved. Your text is still here.'));
    try {
      const change = { ...(text !== update.text && { text }), ...(isRequeued && { when: 'queue' as const }) };
      const edited = await this.#store.edit(id, change, update);
      this.#checked.set(id, performance.now());
      await this.#fill(edited.update);
      this.#told.delete(id);
      this.#saved.fire(id);
      if (isRequeued) this.#tellRequeued(edited);
      void this.#tellEdited(edited);
    } catch (error) {
      this.#fail(error, uri);
    }
  }

  /** VS Code tells why something was not saved; what helps against it is offered beside that. */
  #fail(error: unknown, uri: vscode.Uri): never {
    if (error instanceof BufferError && (error.kind === 'unauthorized' || error.remedy)) this.#offerHelp(error);
    throw asFileError(error, uri);
  }

  /** What is shown where an update cannot be read. @throws where the document has a text already that it would hide */
  #standIn(uri: vscode.Uri, id: string, error: unknown): StandIn {
    const isHidden = isEdited(id) || this.#read.has(id);
    const standIn = isHidden ? undefined : this.#standIns.put(uri, error, (words) => this.#versionOf(id, words, Date.now()).mtime);
    if (!standIn) throw asFileError(error, uri);
    // What is shown after it, also after a restart, is newer.
    const before = this.#remembered.get(id);
    if ((before?.mtime ?? 0) <= standIn.mtime) void this.#remembered.set(id, { ...before, mtime: standIn.mtime + 1 });
    return standIn;
  }

  #tellChanged(uris: readonly vscode.Uri[]): void {
    if (uris.length) this.#changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  /** Says where it stands now; what Buffer left as it was stays to be mended. */
  #tellRequeued({ update }: Edited): void {
    const { id, profileId, status } = update;
    if (status === 'failed') {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Saved, but Buffer did not put it back into the queue. Save again to try once more.'),
      );
      return;
    }
    setRequeueOnSave(id, false);
    const place = plainText(standingWords(update, this.#store.profile(profileId)?.timeZone));
    if (status === 'pending') vscode.window.setStatusBarMessage(vscode.l10n.t('Back in the queue: {0}', place), 5_000);
    else if (status === 'sending' || status === 'sent') vscode.window.setStatusBarMessage(place, 5_000);
    else void vscode.window.showWarningMessage(vscode.l10n.t('Saved, but Buffer did not put it back into the queue. {0}.', place));
  }

  /** A person's own save is the last word: also where it follows one that was not. */
  #noteReason({ uri }: vscode.TextDocument, reason: vscode.TextDocumentSaveReason): void {
    if (uri.scheme !== updateScheme) return;
    if (reason === vscode.TextDocumentSaveReason.Manual) this.#unasked.delete(uri.toString());
    else this.#unasked.add(uri.toString());
  }

  /** A document is read for a revert while it is edited still, and is clean with what was read after that. */
  #noteRevert(document: vscode.TextDocument): void {
    const id = updateIdOf(document.uri);
    const offered = id ? this.#offered.get(id) : undefined;
    if (!id || offered === undefined || document.isDirty || linesOf(document.getText()) !== linesOf(offered.text)) return;
    void this.#fill(offered);
  }

  async #fill(update: Update): Promise<void> {
    const { id, text } = update;
    this.#offered.delete(id);
    this.#owners.set(id, this.#store.owner);
    this.#read.set(id, text);
    await this.#remembered.set(id, { digest: digestOf(text), mtime: this.#version(update).mtime });
  }

  /** Reads an update that is about to be saved. What fails here VS Code takes for a file that is not there yet. */
  async #readToSave(id: string): Promise<Update> {
    try {
      return await this.#readAnew(id);
    } catch (error) {
      this.#unseen.add(id);
      if (!(error instanceof BufferError) || (error.kind !== 'notFound' && error.kind !== 'forbidden')) throw error;
      const owner = this.#owners.get(id);
      if (owner !== undefined && owner !== this.#store.owner)
        throw vscode.FileSystemError.Unavailable(
          vscode.l10n.t('This update belongs to another Buffer account. Sign in to that one to save it. Your text is still here.'),
        );
      if (error.kind === 'forbidden') throw error;
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('This update is not at Buffer any more. Your text is still here; copy it into a new update.'),
      );
    }
  }

  async #known(id: string): Promise<Update> {
    if (performance.now() - (this.#failed.get(id) ?? Number.NEGATIVE_INFINITY) < patience)
      return this.#store.update(id) ?? this.#readAnew(id);
    try {
      return await this.#store.current(id);
    } catch (error) {
      // What an earlier session left can be read offline; saving it reads it anew.
      await this.#store.loadCache();
      const known = this.#store.update(id);
      if (!known) throw error;
      this.#failed.set(id, performance.now());
      return known;
    }
  }

  async #readAnew(id: string): Promise<Update> {
    const update = await this.#store.readUpdate(id);
    this.#checked.set(id, performance.now());
    return update;
  }

  #isFresh(id: string): boolean {
    return performance.now() - (this.#checked.get(id) ?? Number.NEGATIVE_INFINITY) < freshness;
  }

  #version(update: Update): Version {
    return this.#versionOf(update.id, update.text, (update.updatedAt ?? update.createdAt).getTime());
  }

  /**
   * A time that moves on whenever the text does, also where the service gives no time of change, where something stood in
   * its place, and over a restart: VS Code takes what is no newer than what it has for the same.
   * @param told  in milliseconds since 1970
   */
  #versionOf(id: string, text: string, told: number): Version {
    const known = this.#versions.get(id);
    if (known?.text === text) return known;
    const before = this.#remembered.get(id);
    const last = known?.mtime ?? before?.mtime;
    const isSame = known === undefined && before?.digest === digestOf(text);
    const version = { text, mtime: last === undefined ? told : isSame ? last : Math.max(told, last + 1) };
    this.#versions.set(id, version);
    return version;
  }

  async #refuseOverlong(update: Update, text: string): Promise<void> {
    const countIn = await characterCounter(this.#store);
    const { count, limit, overflowsAt } = countIn(
      text,
      this.#store.profile(update.profileId) ?? { service: update.service, serviceType: 'profile' },
      update,
    );
    if (overflowsAt === undefined) return;
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t(
        '{0} allows {1} characters, and this text has {2}. Shorten it and save again.',
        networkOf(update.service).label,
        inNumbers(limit),
        inNumbers(count),
      ),
    );
  }

  /**
   * VS Code compares time and size, so it sees no conflict where another's text happens to have the same size, where it
   * could not look, or in a document of an earlier session. That one is told here, once; saving again overwrites.
   */
  #refuseUnseenConflict({ id, text }: Update): void {
    const read = this.#read.get(id);
    const filledWith = read === undefined ? this.#remembered.get(id)?.digest : digestOf(read);
    const wasUnseen = this.#unseen.delete(id);
    const isSeen = !wasUnseen && read !== undefined && Buffer.byteLength(read) !== Buffer.byteLength(text);
    if (filledWith === undefined || filledWith === digestOf(text) || isSeen || this.#told.get(id) === text) return;
    this.#told.set(id, text);
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t('This update was changed elsewhere since you opened it. Save again to overwrite it, or revert to see it.'),
    );
  }

  #announce(changes: readonly Change[]): void {
    const ids = new Set(changes.flatMap((change) => (change.kind === 'update' ? [change.updateId] : [])));
    const events: vscode.FileChangeEvent[] = [];
    for (const { uri } of vscode.workspace.textDocuments) {
      const id = updateIdOf(uri);
      if (!id || !ids.has(id)) continue;
      const update = this.#store.update(id);
      if (!update) events.push({ type: vscode.FileChangeType.Deleted, uri });
      else if (update.text !== this.#read.get(id) || !may('edit', update, this.#store))
        events.push({ type: vscode.FileChangeType.Changed, uri });
    }
    if (events.length) this.#changed.fire(events);
  }
}

/** The networks know no Windows line ends, and a document in another encoding must not be sent as garbage. */
function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content).replaceAll('\r\n', '\n');
  } catch {
    throw vscode.FileSystemError.Unavailable(vscode.l10n.t('Updates are saved as UTF-8. Choose Save with Encoding, then UTF-8.'));
  }
}

/** What an open document holds: half a character is there still, where what is saved has another one for it. */
function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.getText();
}

/** Of documents, and of tabs that were not looked at yet since the window was opened. */
function openUris(): vscode.Uri[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => (input ?? {}) as TabInput));
  const inTabs = inputs.flatMap(({ uri, modified }) => [uri, modified].filter((each) => each !== undefined));
  return [...vscode.workspace.textDocuments.map(({ uri }) => uri), ...inTabs];
}

/** A text's lines, whichever way they end in a document. */
function linesOf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function isEdited(id: string): boolean {
  return vscode.workspace.textDocuments.some((document) => document.isDirty && updateIdOf(document.uri) === id);
}

function isDirty(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri.toString());
}

function idOf(uri: vscode.Uri): string {
  const id = updateIdOf(uri);
  if (!id) throw vscode.FileSystemError.FileNotFound(uri);
  return id;
}

function asFileError(error: unknown, uri: vscode.Uri): Error {
  if (!(error instanceof BufferError)) return error instanceof Error ? error : new Error(String(error));
  if (error.kind === 'notFound') return vscode.FileSystemError.FileNotFound(uri);
  const unclear = error.outcome === 'unknown' ? ` ${vscode.l10n.t('It is not known whether the edit was saved. Refresh to see.')}` : '';
  return vscode.FileSystemError.Unavailable(sentence(error) + unclear);
}
