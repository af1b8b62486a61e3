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
import { plainText } from '../ui/plainText.ts';
import type { Change } from '../core/queue/queueModel.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { updateIdOf } from '../ui/updateUri.ts';

/** A version of an update as VS Code knows versions: it grows with each change of the text. */
interface Version {
  readonly text: string;
  readonly mtime: number;
}

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
  readonly #subscription: { dispose(): void };
  readonly #versions = new Map<string, Version>();
  /** When each update was last read or written, as `performance.now()`. */
  readonly #checked = new Map<string, number>();
  /** When each update could not be read, as `performance.now()`. */
  readonly #failed = new Map<string, number>();
  /** The text that each open document was filled with. */
  readonly #read = new Map<string, string>();
  /** Conflicts that were told; saving once more overwrites. */
  readonly #told = new Map<string, string>();

  readonly onDidChangeFile = this.#changed.event;

  /** @param tellEdited  tells the person what an edit could not keep */
  constructor(store: QueueStore, tellEdited: (edited: Edited) => Promise<void>) {
    this.#store = store;
    this.#tellEdited = tellEdited;
    this.#subscription = store.onDidChange((changes) => this.#announce(changes));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const id = idOf(uri);
    const update = isDirty(uri) && !this.#isFresh(id) ? await this.#readAnew(uri, id) : await this.#known(uri, id);
    return {
      type: vscode.FileType.File,
      ctime: update.createdAt.getTime(),
      mtime: this.#version(update).mtime,
      size: Buffer.byteLength(update.text),
      permissions: may('edit', update, this.#store) ? undefined : vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const update = await this.#known(uri, idOf(uri));
    this.#read.set(update.id, update.text);
    return new TextEncoder().encode(update.text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const id = idOf(uri);
    const text = decode(content);
    const update = this.#isFresh(id) ? await this.#known(uri, id) : await this.#readAnew(uri, id);
    if (update.closed?.length) throw vscode.FileSystemError.NoPermissions(closedWords(update.closed));
    const refusal = postingRefusal(this.#store.capabilities, true);
    if (refusal) throw vscode.FileSystemError.NoPermissions(refusal);
    if (!may('edit', update, this.#store))
      throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('This update was sent and cannot be edited any more.'));
    if (text === update.text) return;
    await this.#refuseOverlong(update, text);
    this.#refuseUnseenConflict(update);
    if (!(await askHiddenFiles(this.#store, update)) || !(await askLostMentions(update, text)))
      throw vscode.FileSystemError.Unavailable(vscode.l10n.t('Not saved. Your text is still here.'));
    try {
      const edited = await this.#store.edit(id, { text }, update);
      this.#checked.set(id, performance.now());
      this.#read.set(id, edited.update.text);
      this.#told.delete(id);
      void this.#tellEdited(edited);
    } catch (error) {
      throw asFileError(error, uri);
    }
  }

  async #known(uri: vscode.Uri, id: string): Promise<Update> {
    if (performance.now() - (this.#failed.get(id) ?? Number.NEGATIVE_INFINITY) < patience)
      return this.#store.update(id) ?? this.#readAnew(uri, id);
    try {
      return await this.#store.current(id);
    } catch (error) {
      // What an earlier session left can be read offline; saving it reads it anew.
      await this.#store.loadCache();
      const known = this.#store.update(id);
      if (!known) throw asFileError(error, uri);
      this.#failed.set(id, performance.now());
      return known;
    }
  }

  async #readAnew(uri: vscode.Uri, id: string): Promise<Update> {
    try {
      const update = await this.#store.readUpdate(id);
      this.#checked.set(id, performance.now());
      return update;
    } catch (error) {
      throw asFileError(error, uri);
    }
  }

  #isFresh(id: string): boolean {
    return performance.now() - (this.#checked.get(id) ?? Number.NEGATIVE_INFINITY) < freshness;
  }

  /** A time that moves on whenever the text does, also where the service gives no time of change. */
  #version(update: Update): Version {
    const known = this.#versions.get(update.id);
    if (known && known.text === update.text) return known;
    const told = (update.updatedAt ?? update.createdAt).getTime();
    const version = { text: update.text, mtime: known ? Math.max(told, known.mtime + 1) : told };
    this.#versions.set(update.id, version);
    return version;
  }

  async #refuseOverlong(update: Update, text: string): Promise<void> {
    const countIn = await characterCounter(this.#store);
    const { count, limit, overflowsAt } = countIn(
      text,
      this.#store.profile(update.profileId) ?? { service: update.service, serviceType: 'profile' },
    );
    if (overflowsAt === undefined) return;
    throw vscode.FileSystemError.Unavailable(
      vscode.l10n.t(
        '{0} allows {1} characters, and this text has {2}. Shorten it and save again.',
        networkOf(update.service).label,
        limit,
        count,
      ),
    );
  }

  /**
   * VS Code compares time and size, so it sees no conflict where another's text happens to have the same size.
   * That one is told here, once; saving again overwrites.
   */
  #refuseUnseenConflict({ id, text }: Update): void {
    const read = this.#read.get(id);
    if (read === undefined || read === text || Buffer.byteLength(read) !== Buffer.byteLength(text) || this.#told.get(id) === text) return;
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
  const unclear = error.outcome === 'unknown' ? ` ${vscode.l10n.t('It is not known whether the edit arrived. Refresh to see.')}` : '';
  return vscode.FileSystemError.Unavailable(plainText(error.message) + unclear);
}
