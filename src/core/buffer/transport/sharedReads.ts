import { BufferError } from '../bufferError.ts';
import { isHigherPriority, type Priority } from '../priority.ts';

/** Who waits for a read. */
export type ReadPriority = Exclude<Priority, 'write'>;

export interface ReadOptions {
  readonly priority: ReadPriority;
  /** Nobody wants it any more. */
  readonly signal: AbortSignal;
}

interface Read {
  readonly done: Promise<void>;
  readonly priority: ReadPriority;
  readonly controller: AbortController;
}

/** Reads under way, by a key for what is read: several may wait for one, hurry it, or have it given up. */
export class SharedReads {
  readonly #reads = new Map<string, Read>();

  /** The end of what is under way; undefined where nothing is. */
  underWay(key: string): Promise<void> | undefined {
    return this.#reads.get(key)?.done;
  }

  /**
   * Joins a read that is under way, or begins it; one that is in more of a hurry takes its place.
   * @throws whatever `fetch` throws; `cancelled` is left to who takes its place, where somebody does
   */
  read(key: string, priority: ReadPriority, fetch: (options: ReadOptions) => Promise<void>): Promise<void> {
    const running = this.#reads.get(key);
    if (running && !running.controller.signal.aborted && !isHigherPriority(priority, running.priority)) return running.done;
    const controller = new AbortController();
    const done = fetch({ priority, signal: controller.signal })
      .catch((error: unknown) => {
        const next = this.#reads.get(key);
        if (next && next !== mine && isCancelled(error)) return next.done;
        throw error;
      })
      .finally(() => {
        if (this.#reads.get(key) === mine) this.#reads.delete(key);
      });
    const mine: Read = { priority, controller, done };
    this.#reads.set(key, mine);
    // The new one is already on its way, so a request that both want goes on.
    running?.controller.abort();
    return done;
  }

  /** Whether nothing else took a read's place. */
  isCurrent(key: string, { signal }: ReadOptions): boolean {
    return this.#reads.get(key)?.controller.signal === signal;
  }

  /** Gives up the reads of these keys; what a person asked for goes on. */
  giveUp(isMeant: (key: string) => boolean): void {
    for (const [key, { priority, controller }] of this.#reads) {
      if (isMeant(key) && priority !== 'asked') controller.abort();
    }
  }

  /** Gives up all of them, and what still comes of one is no longer current. */
  clear(): void {
    for (const { controller } of this.#reads.values()) controller.abort();
    this.#reads.clear();
  }
}

/** Whether a read was given up. */
export function isCancelled(error: unknown): boolean {
  return error instanceof BufferError && error.kind === 'cancelled';
}

/** Whether nobody is to see this failure: it was given up, or nobody asked for it. */
export function isUnwanted(error: BufferError, { priority }: ReadOptions): boolean {
  return isCancelled(error) || priority === 'background';
}
