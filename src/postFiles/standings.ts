import * as vscode from 'vscode';
import { shortHash } from '../core/postFiles/fingerprint.ts';
import { hashOfBytes } from '../core/postFiles/pictures.ts';
import { normalPath, parseRecord, type RecordEntry, recordPath } from '../core/postFiles/record.ts';
import { type PostStanding, standingsOf } from '../core/postFiles/status.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { type Configs, filesIn, pathIn, rootOf, rootOfFolder } from './repository.ts';

/** How long queues are still for before files are held against them, in milliseconds: a refresh tells of one after another. */
const pause = 200;

/** How much earlier than its note what is held of an update may have been read, in milliseconds: an answer tells whole seconds. */
const overlap = 5_000;

/** The most of a picture that is read for this, in bytes. */
const mostOfPicture = 10_000_000;

/**
 * How files of posts stand at Buffer, by what is there already: the record, the file on disk, and the updates that this
 * window holds. No service is asked, and a file is read once somebody wants to know of it.
 */
export class Standings implements vscode.Disposable {
  readonly #store: QueueStore;
  readonly #configs: Configs;
  readonly #changed = new vscode.EventEmitter<vscode.Uri[]>();
  readonly #records = new Map<string, { readonly root: vscode.Uri; readonly entries: Promise<readonly RecordEntry[]> }>();
  readonly #files = new Map<string, { readonly uri: vscode.Uri; readonly standings: Promise<readonly PostStanding[]> }>();
  readonly #hashes = new Map<string, string>();
  readonly #subscriptions: { dispose(): void }[];
  #waiting: NodeJS.Timeout | undefined;

  /** Fires with the files of which something else may be known. */
  readonly onDidChange = this.#changed.event;

  constructor(store: QueueStore, configs: Configs) {
    this.#store = store;
    this.#configs = configs;
    const { workspace } = vscode;
    const files = workspace.createFileSystemWatcher('**/*.buffer.md');
    // A folder that goes is all that is told of what was in it.
    const records = workspace.createFileSystemWatcher(`{**/${recordPath},**/.buffer}`);
    this.#subscriptions = [
      ...[this.#changed, files, records],
      ...[files.onDidChange, files.onDidCreate, files.onDidDelete].map((on) => on((uri) => this.#tell([uri]))),
      ...[records.onDidChange, records.onDidCreate, records.onDidDelete].map((on) => on(() => void this.#tellOfRecords())),
      workspace.onDidSaveTextDocument(({ uri }) => this.#files.has(uri.toString()) && this.#tell([uri])),
      workspace.onDidChangeWorkspaceFolders(() => void this.#tellOfRecords()),
      configs.onDidChange(() => this.#tellAll()),
      store.onDidChange(() => {
        clearTimeout(this.#waiting);
        this.#waiting = setTimeout(() => this.#tellAll(), pause);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Each post of a file at each of its profiles; empty where nothing of it was queued. */
  async of(uri: vscode.Uri): Promise<readonly PostStanding[]> {
    const key = uri.toString();
    const known = this.#files.get(key);
    if (known) return known.standings;
    // Most files of a folder are none of posts: what is not in its record is not looked at.
    if (!uri.path.endsWith('.buffer.md') && !(await this.#isRecorded(uri))) return [];
    const standings = this.#find(uri).catch(() => []);
    this.#files.set(key, { uri, standings });
    return standings;
  }

  async #find(uri: vscode.Uri): Promise<readonly PostStanding[]> {
    const root = await rootOf(uri);
    const path = normalPath(pathIn(root, uri));
    const record = await this.#recordOf(root);
    if (!record.some(({ post }) => post === path)) return [];
    await this.#store.loadCache().catch(() => undefined);
    const [{ config }, bytes, tags] = await Promise.all([
      this.#configs.of(root),
      vscode.workspace.fs.readFile(uri),
      this.#store.seenTags().catch(() => []),
    ]);
    const { owner } = this.#store;
    return standingsOf(path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), {
      ...{ config, record, tags },
      now: this.#store.serviceNow() ?? new Date(),
      account: owner === undefined ? undefined : shortHash(owner),
      profiles: this.#store.profiles.items,
      updateOf: (entry) => this.#updateOf(entry),
      hashOf: (each) => this.#hashOf(root, each),
    });
  }

  /** What was read before somebody else noted what they sent would look as if it had been changed at Buffer. */
  #updateOf({ update, at }: RecordEntry) {
    const now = this.#store.serviceNow();
    if (update === undefined || !now) return undefined;
    return now.getTime() - this.#store.ageOf(update) >= at.getTime() - overlap ? this.#store.update(update) : undefined;
  }

  #recordOf(root: vscode.Uri): Promise<readonly RecordEntry[]> {
    const key = root.toString();
    let known = this.#records.get(key);
    if (!known) {
      const entries = (async () => {
        try {
          return parseRecord(new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, recordPath))));
        } catch {
          // Whoever queues something is told what is wrong with it.
          return [];
        }
      })();
      known = { root, entries };
      this.#records.set(key, known);
    }
    return known.entries;
  }

  async #isRecorded(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return false;
    const root = await rootOfFolder(folder.uri);
    const path = normalPath(pathIn(root, uri));
    return (await this.#recordOf(root)).some(({ post }) => post === path);
  }

  async #hashOf(root: vscode.Uri, path: string): Promise<string | undefined> {
    const uri = vscode.Uri.joinPath(root, path);
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      if (size > mostOfPicture || (await filesIn(root).realpath(path)) === undefined) return undefined;
      const key = `${uri.toString()} ${mtime} ${size}`;
      const hash = this.#hashes.get(key) ?? hashOfBytes(await vscode.workspace.fs.readFile(uri));
      this.#hashes.set(key, hash);
      return hash;
    } catch {
      return undefined;
    }
  }

  async #tellOfRecords(): Promise<void> {
    const roots = [...this.#records.values()].map(({ root }) => root);
    this.#records.clear();
    const recorded = await Promise.all(
      roots.map(async (root) => (await this.#recordOf(root)).map(({ post }) => vscode.Uri.joinPath(root, post))),
    );
    this.#tell([...[...this.#files.values()].map(({ uri }) => uri), ...recorded.flat()]);
  }

  #tellAll(): void {
    this.#tell([...this.#files.values()].map(({ uri }) => uri));
  }

  #tell(uris: readonly vscode.Uri[]): void {
    const told = new Map(uris.map((uri) => [uri.toString(), uri] as const));
    for (const key of told.keys()) this.#files.delete(key);
    if (told.size > 0) this.#changed.fire([...told.values()]);
  }
}
