import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { remove } from './rename.ts';

/** The right to write to one thing, among the windows of this computer. */
export interface Turn {
  /** Another window may have written to it lately: what this one holds may be from before that. */
  readonly wasOthers: boolean;
  /** To be called whatever came of it. */
  end(): Promise<void>;
}

/** Longer than what a window reads is taken for fresh. Milliseconds. */
const recent = 60_000;
/** Milliseconds between two looks, and for how long another window is waited for: longer than a write mostly takes. */
const pause = 25;
const defaultPatience = 10_000;

/**
 * Lets windows of this computer write to the same thing one after the other, and know of each other. A file is the
 * turn; one that a window left when it died is waited for no longer than patience lasts. Nothing here fails: on a disk
 * that takes nothing, every window takes it that another one has written.
 */
export class WriteTurns {
  readonly #folder: string;
  readonly #patience: number;
  readonly #window = randomUUID();
  #isTidy = false;

  /** @param folder  one that all windows share, made when first needed */
  constructor(folder: string, patience = defaultPatience) {
    this.#folder = folder;
    this.#patience = patience;
  }

  async take(id: string): Promise<Turn> {
    const path = join(this.#folder, createHash('sha256').update(id).digest('hex').slice(0, 32));
    try {
      await mkdir(this.#folder, { recursive: true });
      const hasWaited = await this.#enter(`${path}.turn`);
      const last = await readFile(path, 'utf8').catch(() => undefined);
      const isRecent = last !== undefined && Math.abs(Date.now() - (await stat(path)).mtimeMs) < recent;
      return { wasOthers: hasWaited || (isRecent && last !== this.#window), end: () => this.#leave(path) };
    } catch {
      return { wasOthers: true, end: () => Promise.resolve() };
    }
  }

  /** @returns whether another window was at it */
  async #enter(turn: string): Promise<boolean> {
    const started = performance.now();
    for (let hasWaited = false; ; hasWaited = true) {
      try {
        await (await open(turn, 'wx', 0o600)).close();
        return hasWaited;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      if (performance.now() - started > this.#patience) {
        // Whoever left it there is gone, or takes too long to be waited for.
        return true;
      }
      await sleep(pause);
    }
  }

  /** Removes, once, what says nothing any more. */
  async #tidy(): Promise<void> {
    this.#isTidy = true;
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      if (Date.now() - (await stat(path)).mtimeMs > 10 * recent) await remove(path);
    }
  }

  async #leave(path: string): Promise<void> {
    try {
      await writeFile(path, this.#window, { mode: 0o600 });
      await remove(`${path}.turn`);
      if (!this.#isTidy) await this.#tidy();
    } catch {
      // The next window waits for a while, and reads anew.
    }
  }
}
