import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** One state of a record: a file that never changes once it is there. */
export interface Generation {
  readonly id: string;
  readonly generation: number;
}

/**
 * Records that several windows change, each state of a record a file of its own: `id.generation.json`. The highest one
 * counts. Whoever makes the next one has made the change, and the disk lets only one of them do it; then the ones below
 * are removed, the lowest first. So a reader finds each state whole, and a change that rests on a state that is over
 * fails: its generation is there already, or the one below it is not there any more.
 */
export class Generations {
  readonly #folder: string;
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.#folder = folder;
    this.#disk = disk;
  }

  /** The highest generation of each record, by id. */
  async highest(): Promise<Generation[]> {
    const all = new Map<string, Generation>();
    for (const name of await this.#disk.list(this.#folder)) {
      const parsed = parseName(name);
      if (parsed && parsed.generation >= (all.get(parsed.id)?.generation ?? 0)) all.set(parsed.id, parsed);
    }
    return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  read(each: Generation): ReturnType<Disk['read']> {
    return this.#disk.read(this.file(each));
  }

  /**
   * Has what other computers did by now in the list that is read next: drives of the network remember a folder for up to a
   * minute, until this computer changes something in it.
   */
  async refresh(): Promise<void> {
    const mark = join(this.#folder, `${randomUUID()}.seen.tmp`);
    // A disk that takes no mark takes no record either, and then nothing goes out.
    await this.#disk.write(mark, '').catch(() => undefined);
    await this.#disk.remove(mark).catch(() => undefined);
  }

  /** Puts a record in; undefined where there is one of this id. */
  async add(id: string, text: string): Promise<Generation | undefined> {
    const first = { id, generation: 0 };
    return (await this.#disk.create(this.file(first), text)) ? first : undefined;
  }

  /** Makes the generation that follows; undefined where the one it rests on is not the highest, or gone. */
  async advance({ id, generation }: Generation, text: string): Promise<Generation | undefined> {
    const next = { id, generation: generation + 1 };
    if (!(await this.#disk.create(this.file(next), text))) return undefined;
    // The record ended, or went on, and what we made would begin it anew.
    if (!(await this.#disk.has(this.file({ id, generation })))) {
      await this.#disk.remove(this.file(next));
      return undefined;
    }
    // What cannot be removed counts no more, and is removed with the next ones.
    await this.remove({ id, generation }).catch(() => undefined);
    return next;
  }

  /** Removes a record up to this generation, the lowest first: none below is left that somebody could begin from. */
  async remove({ id, generation }: Generation): Promise<void> {
    const all = (await this.#disk.list(this.#folder)).map((name) => parseName(name)).filter((each) => each !== undefined);
    const lower = all.filter((each) => each.id === id && each.generation <= generation).sort((a, b) => a.generation - b.generation);
    for (const each of lower) await this.#disk.remove(this.file(each));
  }

  file({ id, generation }: Generation): string {
    return join(this.#folder, `${id}.${generation}.json`);
  }
}

function parseName(name: string): Generation | undefined {
  const [, id, generation] = /^([\w-]+)\.(\d+)\.json$/.exec(name) ?? [];
  return id ? { id, generation: Number(generation) } : undefined;
}
