import { countCharacters } from '../../buffer/characterCount.ts';
import type { Draft } from '../messages.ts';
import { type ChosenNetwork, textFor } from './chosen.ts';
import type { TextCount } from './page.ts';

/** Up to this length counting takes less than a frame, and is done with each letter. */
export const shortText = 4_000;

export type Counts = ReadonlyMap<string, TextCount>;

/** Counts a draft for networks at once. `known` counts of the same text are taken over. */
export function countAll(draft: Draft, networks: readonly ChosenNetwork[], known: Counts = new Map()): Counts {
  return new Map(networks.map((network) => [network.service, countFor(draft, network, known)]));
}

/** Whether a draft is so short that it can be counted with each letter. */
export function isShort({ text, variants }: Draft): boolean {
  return text.length + Object.values(variants).reduce((sum, each) => sum + each.length, 0) <= shortText;
}

/** Counts a draft for one network, unless it was counted before. */
export function countFor(draft: Draft, { service, limit }: ChosenNetwork, known: Counts): TextCount {
  const text = textFor(draft, service);
  const before = known.get(service);
  return before?.text === text && before.limit === limit ? before : { text, ...countCharacters(text, service, limit) };
}
