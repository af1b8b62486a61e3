import { afterAll, beforeAll, expect, test } from 'vitest';
import { chosenTimes, type Deviation, explore, type FirstCreate, type KnownStates, type Run } from './explorer.ts';

/** What is wrong with how a run ended; nothing where nothing is. */
function wrong({ made, told, left, hasDied, wasRecorded }: Run): string[] {
  const states = left.map(({ state }) => state).join() || 'empty';
  const isAsked = left.some(({ state }) => state === 'undecided' || state === 'failed');
  const faults: string[] = [];
  if (made > 1) faults.push(`made ${made} times`);
  // Before it was recorded, nothing was promised: the draft still has it.
  if (made === 0 && !isAsked && told?.failed.length !== 1 && (wasRecorded || !hasDied)) faults.push('lost');
  if (told?.created.length && made === 0) faults.push('told as there');
  if (told?.failed.length && made > 0) faults.push('told as failed');
  if (told?.unclear.length) faults.push('told as looked after by nobody');
  if (left.some(({ state }) => !['undecided', 'failed'].includes(state))) faults.push(`left as ${states}`);
  if (made > 0 && left.some(({ state }) => state === 'failed')) faults.push('there, and in the outbox as failed');
  return faults;
}

/** Deviations from the straight way: a switch to the other window, the service's late work, a death. */
const most = process.env['QUICK'] ? 1 : Number(process.env['DEVIATIONS'] ?? 2);

/** Follows also what follows from the same state as in another order; the outcomes have to be the same. */
const isWhole = Boolean(process.env['EVERY_ORDER']);

let times: ReturnType<typeof chosenTimes>;
beforeAll(() => void (times = chosenTimes()));
afterAll(() => times.dispose());

interface Tried {
  readonly orders: number;
  /** Those of them that were not followed further, as they came to a state of another one. */
  readonly known: number;
  /** All that came of them, each once. */
  readonly outcomes: readonly string[];
}

/** All runs with so many deviations at most. */
async function all(first: FirstCreate, check: (run: Run, deviations: readonly Deviation[]) => void): Promise<Tried> {
  const states: KnownStates | undefined = isWhole ? undefined : new Map<string, number>();
  const outcomes = new Set<string>();
  let orders = 0;
  let known = 0;
  const go = async (deviations: readonly Deviation[]): Promise<void> => {
    const run = await explore(first, deviations, most - deviations.length, states);
    orders++;
    if (run.isKnown) known++;
    else {
      check(run, deviations);
      outcomes.add(outcomeOf(run));
    }
    if (deviations.length >= most) return;
    const begin = (deviations.at(-1)?.at ?? -1) + 1;
    for (let at = begin; at < run.decisions.length; at++)
      for (const instead of run.decisions[at]!) await go([...deviations, { at, instead }]);
  };
  await go([]);
  return { orders, known, outcomes: [...outcomes].sort() };
}

function outcomeOf({ made, told, hasDied, left, wasRecorded }: Run): string {
  const counts = told && Object.entries(told).map(([kind, each]) => `${kind} ${(each as readonly unknown[]).length}`);
  const states = left.map(({ state }) => state).join() || 'empty';
  const marks = `${hasDied ? ', a death' : ''}${wasRecorded ? '' : ', not recorded'}`;
  return `made ${made}, told ${counts?.join(' ') ?? 'nothing'}, outbox ${states}${marks}`;
}

test.each(['answered', 'lostBefore', 'lostAfter', 'late', 'refused', 'limited'] as const)(
  'in every order of the steps of two windows, and after a death before each of them, it is there once (%s)',
  async (first) => {
    const { orders, known, outcomes } = await all(first, (run, deviations) => {
      const faults = wrong(run);
      if (faults.length) throw new Error(`${faults.join(', ')}\n${JSON.stringify(deviations)}\n${run.trace.join('\n')}`);
    });
    console.log(`${first}: ${orders} orders, ${known} of them to a known state; ${outcomes.length} outcomes\n${outcomes.join('\n')}`);
    expect(orders).toBeGreaterThan(10);
  },
  600_000,
);
