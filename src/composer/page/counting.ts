import { countCharacters } from '../../core/networks/characterCount.ts';
import { type Draft, textFor } from '../../core/drafts/draft.ts';
import type { ChosenNetwork } from './chosen.ts';
import type { TextCount } from './page.ts';

/** Up to this length counting takes less than a frame, and is done with each letter. */
export const shortText = 4_000;

/** By network, and for the texts of a thread by `threadKey`. */
export type Counts = ReadonlyMap<string, TextCount>;

/** A text that is counted by itself. */
export interface CountedText {
  readonly key: string;
  readonly service: string;
  readonly text: string;
  readonly limit: number;
}

/** What the count of a text in a thread is kept under. */
export function threadKey(service: string, index: number): string {
  return `${service} ${index}`;
}

/** All texts of a draft that are counted. */
export function countedTexts(draft: Draft, networks: readonly ChosenNetwork[]): readonly CountedText[] {
  return networks.flatMap(({ service, limit, thread }) => [
    { key: service, service, limit, text: textFor(draft, service) },
    ...(thread?.texts ?? []).map((text, index) => ({ key: threadKey(service, index), service, limit: thread!.limit, text })),
  ]);
}

/** Counts a draft for networks at once. `known` counts of the same text are taken over. */
export function countAll(draft: Draft, networks: readonly ChosenNetwork[], known: Counts = new Map()): Counts {
  return new Map(countedTexts(draft, networks).map((each) => [each.key, countOne(each, known)]));
}

/** Whether a draft is so short that it can be counted with each letter. */
export function isShort(draft: Draft): boolean {
  return textLength(draft) <= shortText;
}

/** How long all that was written is together. */
export function textLength({ text, variants, details = {} }: Draft): number {
  const others = [
    ...Object.values(variants),
    ...Object.values(details).flatMap(({ thread = [], firstComment = '', spoiler = '' }) => [...thread, firstComment, spoiler]),
  ];
  return others.reduce((sum, each) => sum + each.length, text.length);
}

/** Counts a text, unless it was counted before. */
export function countOne({ key, service, text, limit }: CountedText, known: Counts): TextCount {
  const before = known.get(key);
  return before?.text === text && before.limit === limit ? before : { text, ...countCharacters(text, service, limit) };
}
