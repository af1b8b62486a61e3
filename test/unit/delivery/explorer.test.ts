import { expect, test } from 'vitest';
import { type Deviation, explore, type FirstCreate, type Run } from './explorer.ts';

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

/** All runs with so many deviations at most. */
async function all(first: FirstCreate, check: (run: Run, deviations: readonly Deviation[]) => void): Promise<number> {
  let count = 0;
  const go = async (deviations: readonly Deviation[]): Promise<void> => {
    const run = await explore(first, deviations);
    count++;
    check(run, deviations);
    if (deviations.length >= most) return;
    const begin = (deviations.at(-1)?.at ?? -1) + 1;
    for (let at = begin; at < run.decisions.length; at++)
      for (const instead of run.decisions[at]!) await go([...deviations, { at, instead }]);
  };
  await go([]);
  return count;
}

test.each(['answered', 'lostBefore', 'lostAfter', 'late', 'refused', 'limited'] as const)(
  'in every order of the steps of two windows, and after a death before each of them, it is there once (%s)',
  async (first) => {
    const count = await all(first, (run, deviations) => {
      const faults = wrong(run);
      if (faults.length) throw new Error(`${faults.join(', ')}\n${JSON.stringify(deviations)}\n${run.trace.join('\n')}`);
    });
    console.log(`${first}: ${count} orders`);
    expect(count).toBeGreaterThan(10);
  },
  600_000,
);
