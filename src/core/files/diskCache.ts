import { createHash } from 'node:crypto';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ApiName } from '../buffer/model.ts';
import { remove } from './rename.ts';
import { writeFileAtomically } from './writeFileAtomically.ts';

/** Whose it is. */
export interface Owner {
  readonly api: ApiName;
  readonly account: { readonly id: string };
  readonly organization?: { readonly id: string };
}

export interface SnapshotFormat<Snapshot> {
  /** A snapshot as it is after a way through JSON. */
  readonly schema: v.GenericSchema<unknown, Snapshot>;
  /** The same with so many rows of each list at most. */
  readonly shortened: (snapshot: Snapshot, most: number) => Snapshot;
}

export interface DiskCacheOptions<Snapshot> {
  /** What is followed; its snapshot is undefined while there is nothing to keep. */
  readonly store: { onDidChange(listener: () => void): { dispose(): void }; snapshot(most: number): Snapshot | undefined };
  /** How it is kept; loaded when there is something to keep, or something was kept. */
  readonly format: () => Promise<SnapshotFormat<Snapshot>>;
  /** A folder of its own, made when first needed. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Rows of each list that are kept at most. */
  readonly rows?: number;
  /** How long changes are gathered before they are written, in milliseconds. */
  readonly pause?: number;
}

/** Grows with the shape of a snapshot; a file of any other version is dropped. */
const version = 1;
const largestFile = 2 * 1024 * 1024;
const mostRows = 100;
/** One account has a file for each organization that was looked at. */
const mostFiles = 8;
/** A half-written file this old belongs to no window that still runs. Milliseconds. */
const abandoned = 60_000;

const file = v.object({ version: v.literal(version), owner: v.string(), snapshot: v.unknown() });

/**
 * What was last known of an account's queues, or of its ideas, as a file: the sidebar has something to show at once, and offline.
 * It follows the store by itself. Nothing but what the store shows is in it, no token above all; a file that cannot be
 * read counts as none. Of several windows the last to write wins.
 */
export class DiskCache<Snapshot> {
  readonly #options: DiskCacheOptions<Snapshot>;
  readonly #subscription: { dispose(): void };
  #owner: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Reads, writes and removals take turns. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: DiskCacheOptions<Snapshot>) {
    this.#options = options;
    this.#subscription = options.store.onDidChange(() => this.#schedule());
  }

  dispose(): void {
    this.#stop();
    this.#subscription.dispose();
  }

  /** Keeps what the store learns for this account from now on; answers with the way to what was kept before. */
  follow(owner: Owner | undefined): (() => Promise<Snapshot | undefined>) | undefined {
    this.#stop();
    const key = owner && JSON.stringify([owner.api, owner.account.id, owner.organization?.id ?? null]);
    this.#owner = key;
    return key === undefined ? undefined : () => this.#read(key);
  }

  /** Removes what is kept of every account, and keeps nothing more until it follows one again. */
  clear(): Promise<void> {
    this.#stop();
    this.#owner = undefined;
    return this.#inTurn(() => remove(this.#options.folder, { recursive: true }));
  }

  /** Writes what waits to be written; to be awaited before the window closes. */
  async settled(): Promise<void> {
    if (this.#timer) this.#writeSoon();
    await this.#turn;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    if (this.#owner === undefined) return;
    this.#timer ??= setTimeout(() => this.#writeSoon(), this.#options.pause ?? 1000).unref();
  }

  #writeSoon(): void {
    this.#stop();
    const owner = this.#owner;
    // Taken now: when its turn comes, the store may be another account's.
    const snapshot = this.#options.store.snapshot(this.#options.rows ?? mostRows);
    if (owner !== undefined && snapshot) void this.#inTurn(() => this.#write(owner, snapshot));
  }

  /** Nobody waits for these files, and nothing depends on them. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.#options.log(
        `What was last known could not be kept: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'}`,
      );
    });
    return this.#turn;
  }

  async #read(owner: string): Promise<Snapshot | undefined> {
    await this.#turn;
    try {
      const json = await readBounded(this.#file(owner));
      const kept = v.parse(v.pipe(v.string(), v.parseJson(), file), json);
      return kept.owner === owner ? v.parse((await this.#options.format()).schema, kept.snapshot) : undefined;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
        this.#options.log('What was last known could not be read and is dropped.');
      return undefined;
    }
  }

  async #write(owner: string, snapshot: Snapshot): Promise<void> {
    const { folder } = this.#options;
    const json = this.#fitting(owner, snapshot, await this.#options.format());
    if (json === undefined) return remove(this.#file(owner));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomically(this.#file(owner), json, { flush: false });
    await this.#tidy();
  }

  /** Removes what crashed windows left, and all but the latest files. */
  async #tidy(): Promise<void> {
    const { folder } = this.#options;
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => ({
        name,
        changed: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0,
      })),
    );
    const old = files.filter(({ name, changed }) => name.endsWith('.tmp') && changed < Date.now() - abandoned);
    const whole = files.filter(({ name }) => name.endsWith('.json')).sort((a, b) => b.changed - a.changed);
    await Promise.all([...old, ...whole.slice(mostFiles)].map(({ name }) => remove(join(folder, name))));
  }

  /** A name that tells nobody who it is about. */
  #file(owner: string): string {
    return join(this.#options.folder, `${createHash('sha256').update(owner).digest('hex').slice(0, 32)}.json`);
  }

  /** As much of a snapshot as a file may hold; undefined where it does not fit without any rows. */
  #fitting(owner: string, snapshot: Snapshot, { shortened }: SnapshotFormat<Snapshot>): string | undefined {
    const write = (most: number) => {
      const json = JSON.stringify({ version, owner, snapshot: shortened(snapshot, most) } satisfies v.InferInput<typeof file>);
      return Buffer.byteLength(json) <= largestFile ? json : undefined;
    };
    const least = write(0);
    if (least === undefined) return undefined;
    for (let most = this.#options.rows ?? mostRows; most > 0; most = Math.floor(most / 2)) {
      const json = write(most);
      if (json !== undefined) return json;
    }
    return least;
  }
}

/** A file's text; one that is larger than any of ours is not even read. */
async function readBounded(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    if ((await handle.stat()).size > largestFile) throw new Error('too large');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
