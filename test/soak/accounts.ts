import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../src/core/delivery/entry.ts';

/**
 * What a person was told last of one text at one profile.
 * - `waiting`  it goes out by itself
 * - `silent`   nothing: the window died, or the text was sent without a record
 * - `unrecorded`  it is there, which only its window knows: where the disk takes no record, another window can take it for
 *                an equal one of its own
 * - `dropped`  the person took it out of the outbox, and it was not there
 */
export type Told = 'done' | 'notDone' | 'waiting' | 'silent' | 'unrecorded' | 'dropped';

/** What was sent, what the person was told, and what the service made of it. */
export class Accounts {
  readonly #sends = new Map<string, Told[]>();
  /** Of each update that was ever made, what it was made of. */
  readonly #made = new Map<string, string>();
  /** What somebody else deleted before it was seen: that it is sent again is told in docs/delivery.md. */
  readonly #excused = new Map<string, number>();
  /** Those of which nothing was on the disk after a power cut. */
  readonly #unrecorded = new Set<string>();
  /** By text: what happened to it, in order. */
  readonly #stories = new Map<string, string[]>();
  readonly lost: string[] = [];
  readonly doubled: string[] = [];
  readonly falseClaims: string[] = [];

  static key(text: string, profileId: string): string {
    return `${text} ${profileId}`;
  }

  /** Something that happened to a text, to be told should it end badly. */
  tell(text: string, event: string): void {
    this.#stories.set(text, [...(this.#stories.get(text) ?? []), event]);
  }

  /** What happened to a text, a line each. */
  storyOf(text: string): string {
    return ['', ...(this.#stories.get(text) ?? [])].join('\n        ');
  }

  #storyOf(key: string): string {
    return this.storyOf(key.slice(0, key.lastIndexOf(' ')));
  }

  make(id: string, text: string, profileId: string): void {
    this.#made.set(id, Accounts.key(text, profileId));
  }

  /** It was refused after all. */
  unmake(id: string): void {
    this.#made.delete(id);
  }

  /** The key of an update. */
  originOf(id: string): string | undefined {
    return this.#made.get(id);
  }

  timesMade(key: string): number {
    return [...this.#made.values()].filter((each) => each === key).length;
  }

  send(key: string, told: Told = 'silent'): void {
    this.#sends.set(key, [...(this.#sends.get(key) ?? []), told]);
  }

  /** Whether a key was sent and may be there. */
  isOpen(key: string): boolean {
    return (this.#sends.get(key) ?? []).some((told) => told !== 'notDone' && told !== 'dropped');
  }

  /** Something else is told of a send of which this was told; nothing where there is none. */
  change(key: string, from: Told, to: Told): boolean {
    const sends = this.#sends.get(key) ?? [];
    const index = sends.indexOf(from);
    if (index >= 0) sends[index] = to;
    return index >= 0;
  }

  excuse(id: string): void {
    const key = this.#made.get(id) ?? '';
    this.#excused.set(key, (this.#excused.get(key) ?? 0) + 1);
  }

  /** A send of which there was no record after a power cut. */
  noteUnrecorded(key: string): void {
    this.#unrecorded.add(key);
  }

  /** How many sends of a key are neither in the outbox any more nor told as not there. */
  goneOut(key: string, entries: readonly Entry[]): number {
    const sends = (this.#sends.get(key) ?? []).filter((told) => told !== 'notDone' && told !== 'dropped').length;
    return sends - countOf(entries, key);
  }

  /** Whether what is told as failed is not there. */
  checkFailed(entries: readonly Entry[]): void {
    const failed = entries.filter(({ state }) => state === 'failed');
    for (const key of new Set(failed.flatMap(keysOf))) {
      const sends = this.#sends.get(key) ?? [];
      const open = sends.filter((told) => told !== 'notDone' && told !== 'dropped').length;
      // A window that dies as it tells that one failed leaves it as failed: both are told of the same.
      const untold = Math.max(0, countOf(failed, key) - sends.filter((told) => told === 'notDone').length);
      const made = this.timesMade(key) - (this.#excused.get(key) ?? 0);
      if (made > open - untold) this.falseClaims.push(`${key}: waits in the outbox as not sent${this.#storyOf(key)}`);
    }
  }

  /** Once nothing waits any more. */
  check(folder: string): void {
    const counts = new Map<string, number>();
    for (const key of this.#made.values()) counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const [key, sends] of this.#sends) {
      const made = counts.get(key) ?? 0;
      const excused = this.#excused.get(key) ?? 0;
      const of = (...told: Told[]) => sends.filter((each) => told.includes(each)).length;
      const elsewhere = excused ? `; ${excused} deleted elsewhere` : '';
      const words = `${key}: made ${made} times; told ${sends.join(', ')}${elsewhere}${this.#storyOf(key)}`;
      if (made < of('done', 'waiting') + (sends.length === 1 ? of('unrecorded') : 0)) this.lost.push(words);
      else if (made > sends.length + excused) this.doubled.push(words);
      else if (made > of('done', 'waiting', 'silent', 'unrecorded') + excused) this.falseClaims.push(words);
    }
    for (const [id, key] of this.#made)
      if (this.#unrecorded.has(key) && !existsSync(join(folder, 'outbox-ledger', 'settled', `${id}.json`)))
        this.lost.push(`${key}: sent, and not on the disk when the power was gone${this.#storyOf(key)}`);
  }

  clear(): void {
    for (const each of [this.#sends, this.#made, this.#excused, this.#unrecorded, this.#stories]) each.clear();
  }
}

export function keysOf({ text, profiles }: Entry): string[] {
  return profiles.map(({ id }) => Accounts.key(text, id));
}

function countOf(entries: readonly Entry[], key: string): number {
  return entries.filter((entry) => keysOf(entry).includes(key)).length;
}
