import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../files/writeFileAtomically.ts';
import { WriteTurns } from '../files/writeTurns.ts';
import { shortHash } from './fingerprint.ts';
import { mayBeRunning } from './plan.ts';
import { entryKey, formatRecord, parseRecord, type RecordEntry, united } from './record.ts';

/** What becomes of a record: some entries are as these from now on, others are there no more. */
export interface RecordChange {
  readonly put?: readonly RecordEntry[];
  readonly remove?: readonly RecordEntry[];
}

/** Where the record is kept, and how others get to know of it. */
export interface RecordKeeper {
  /** As it is now, with all that others noted. @throws UnreadableRecord */
  load(): Promise<RecordEntry[]>;
  /**
   * Notes what is about to be made, such that whoever looks from now on sees it.
   * @returns whether nobody else noted anything of those posts meanwhile: else nothing is noted, and all is planned anew
   */
  announce(change: RecordChange, known: readonly RecordEntry[]): Promise<boolean>;
  /** Notes what came of it. */
  note(change: RecordChange): Promise<void>;
  /** Lets others know of what was noted. */
  publish(): Promise<void>;
  /** Whether a run that announced something may still be at it. */
  isRunning(entry: RecordEntry, now: Date): boolean;
}

/** A record with a change. What is put stands in the place of what is known of that post at that profile. */
export function changedRecord(entries: readonly RecordEntry[], { put = [], remove = [] }: RecordChange): RecordEntry[] {
  const removed = new Set(remove.map(nameOf));
  const replaced = new Map(put.map((each) => [entryKey(each), each] as const));
  const rest = entries.filter((each) => {
    if (removed.has(nameOf(each))) return false;
    const by = replaced.get(entryKey(each));
    return !by || (each.update !== undefined && by.update !== undefined && each.update !== by.update);
  });
  return united([...rest, ...put]);
}

/** Whether a change that was planned by one record can be made to another: nobody noted anything of its posts meanwhile. */
export function isStillSo(change: RecordChange, known: readonly RecordEntry[], now: readonly RecordEntry[]): boolean {
  const keys = new Set([...(change.put ?? []), ...(change.remove ?? [])].map(entryKey));
  const about = (entries: readonly RecordEntry[]) => formatRecord(entries.filter((each) => keys.has(entryKey(each))));
  return about(known) === about(now);
}

/** A name for one run: which computer and process it is, and that no other one is it. */
export function newRun(): string {
  return `${thisComputer()}.${process.pid}.${randomUUID().slice(0, 8)}`;
}

/** The record as a file of this computer. Several that write to it take turns. */
export class FileKeeper implements RecordKeeper {
  readonly #path: string;
  readonly #turns: WriteTurns;
  readonly #beside: () => Promise<readonly string[]>;
  #others: Promise<RecordEntry[]> | undefined;

  /**
   * @param path    the file
   * @param turns   a folder in which those that write to it wait for each other
   * @param beside  records that others keep elsewhere: what is in them counts, and they are not written to
   */
  constructor(path: string, turns: string, beside: () => Promise<readonly string[]> = () => Promise.resolve([])) {
    this.#path = path;
    this.#turns = new WriteTurns(turns, 3_000);
    this.#beside = beside;
  }

  async load(): Promise<RecordEntry[]> {
    this.#others ??= this.#beside().then((texts) => texts.flatMap(parseRecord));
    return united([...(await this.#own()), ...(await this.#others)]);
  }

  async #own(): Promise<RecordEntry[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text === undefined ? [] : parseRecord(text);
  }

  announce(change: RecordChange, known: readonly RecordEntry[]): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!isStillSo(change, known, await this.load())) return false;
      await this.#write(changedRecord(await this.#own(), change));
      return true;
    });
  }

  note(change: RecordChange): Promise<void> {
    return this.#inTurn(async () => this.#write(changedRecord(await this.#own(), change)));
  }

  async publish(): Promise<void> {
    // It is where others look.
  }

  isRunning(entry: RecordEntry, now: Date): boolean {
    const [computer, id] = entry.run?.split('.') ?? [];
    return computer === thisComputer() ? isAlive(Number(id)) && mayBeRunning(entry, now) : mayBeRunning(entry, now);
  }

  async #write(entries: readonly RecordEntry[]): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFileAtomically(this.#path, formatRecord(entries), { mode: 0o666 });
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = await this.#turns.take(join(this.#path));
    try {
      return await work();
    } finally {
      await turn.end();
    }
  }
}

function nameOf(entry: RecordEntry): string {
  return `${entryKey(entry)}\0${entry.update ?? ''}`;
}

function thisComputer(): string {
  return shortHash(hostname()).replace(/\W/gu, '0').slice(0, 8);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
