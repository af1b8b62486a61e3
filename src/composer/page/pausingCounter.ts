import type { Draft } from '../../core/drafts/draft.ts';
import type { ChosenNetwork } from './chosen.ts';
import { type Counts, countedTexts, countOne } from './counting.ts';
import type { TextCount } from './page.ts';

/** How long someone who types a long text has to pause to see it counted (ms). */
const pause = 250;

/**
 * Counts long texts when the person pauses, one text at a time, so that typing never waits.
 * `done` gets the counts and the draft that they are of.
 */
export function pausingCounter(
  done: (counts: Counts, draft: Draft) => void,
): (draft: Draft, networks: readonly ChosenNetwork[], known: Counts) => void {
  let current = 0;
  return (draft, networks, known) => {
    const mine = ++current;
    const counts = new Map<string, TextCount>();
    const left = [...countedTexts(draft, networks)];
    const countNext = () => {
      if (mine !== current) return;
      const next = left.shift();
      if (!next) return done(counts, draft);
      counts.set(next.key, countOne(next, known));
      requestIdleCallback(countNext, { timeout: pause });
    };
    setTimeout(countNext, pause);
  };
}
