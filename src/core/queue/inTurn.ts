import { BufferError, type BufferErrorKind } from '../buffer/bufferError.ts';

/** What came of one of several: done, not done for a reason, or not tried. */
export type Turn<Item, Result> =
  | { readonly item: Item; readonly state: 'done'; readonly result: Result }
  | { readonly item: Item; readonly state: 'failed'; readonly error: unknown }
  | { readonly item: Item; readonly state: 'left' };

export interface InTurnOptions<Item> {
  /** Asked before each: the rest is left where it says so. What is under way is finished. */
  readonly isCancelled?: () => boolean;
  /** Called before each, with how many came before it. */
  readonly onTurn?: (item: Item, index: number) => void;
  /** Waits for requests to be allowed again; gives false where that is not worth it, or not wanted. */
  readonly pause?: (until: Date) => Promise<boolean>;
}

/** What every one that follows would fail with as well. */
const ends: ReadonlySet<BufferErrorKind> = new Set(['unauthorized', 'forbidden', 'rateLimited', 'offline', 'intercepted', 'cancelled']);

/**
 * Does the same with several, one after the other, each once. What fails is in the way of nothing else, unless all that
 * follow would fail with the same: those are left.
 * @returns what came of each, in their order
 */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  step: (item: Item) => Promise<Result>,
  { isCancelled = () => false, onTurn, pause = () => Promise.resolve(false) }: InTurnOptions<Item> = {},
): Promise<readonly Turn<Item, Result>[]> {
  const turns: Turn<Item, Result>[] = [];
  let isOver = false;
  for (const [index, item] of items.entries()) {
    if (isOver || isCancelled()) {
      turns.push({ item, state: 'left' });
      continue;
    }
    onTurn?.(item, index);
    const turn = await once(item, step, pause);
    turns.push(turn);
    isOver = turn.state === 'failed' && turn.error instanceof BufferError && ends.has(turn.error.kind);
  }
  return turns;
}

async function once<Item, Result>(
  item: Item,
  step: (item: Item) => Promise<Result>,
  pause: (until: Date) => Promise<boolean>,
): Promise<Turn<Item, Result>> {
  for (;;) {
    try {
      return { item, state: 'done', result: await step(item) };
    } catch (error) {
      // What was not let out has done nothing, and can be asked again.
      const until = error instanceof BufferError && error.kind === 'rateLimited' && error.outcome === 'notDone' ? error.retryAt : undefined;
      if (!until || !(await pause(until))) return { item, state: 'failed', error };
    }
  }
}
