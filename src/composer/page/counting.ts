import { countCharacters } from '../../core/networks/characterCount.ts';
import { additionsTo, placeBefore, withAdditions } from '../../core/networks/utm.ts';
import type { UtmRule } from '../../core/networks/utmRule.ts';
import { type Draft, textFor } from '../../core/drafts/draft.ts';
import type { ChosenNetwork } from './chosen.ts';
import type { TextCount } from './page.ts';

/** Up to this length counting takes a small part of a frame, and is done with each letter. */
export const shortText = 10_000;

/** By network, and for the texts of a thread by `threadKey`. */
export type Counts = ReadonlyMap<string, TextCount>;

/** A text that is counted by itself. */
export interface CountedText {
  readonly key: string;
  readonly service: string;
  readonly text: string;
  readonly limit: number;
  readonly utmRules?: readonly UtmRule[] | undefined;
}

/** What the count of a text in a thread is kept under. */
export function threadKey(service: string, index: number): string {
  return `${service} ${index}`;
}

/** All texts of a draft that are counted. */
export function countedTexts(draft: Draft, networks: readonly ChosenNetwork[]): readonly CountedText[] {
  return networks.flatMap(({ service, limit, thread, utmRules }) => [
    { key: service, service, limit, utmRules, text: textFor(draft, service) },
    ...(thread?.texts ?? []).map((text, index) => ({ key: threadKey(service, index), service, limit: thread!.limit, utmRules, text })),
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

/** Counts a text as it will be sent, unless it was counted before. */
export function countOne({ key, service, text, limit, utmRules = [] }: CountedText, known: Counts): TextCount {
  const before = known.get(key);
  const additions = additionsTo(text, service, utmRules);
  const isKnown = before?.text === text && before.limit === limit && before.sent?.rules === (additions.length ? utmRules : undefined);
  if (isKnown) return before;
  if (additions.length === 0) return { text, ...countCharacters(text, service, limit) };
  const sent = withAdditions(text, additions);
  const { overflowsAt, ...counted } = countCharacters(sent, service, limit);
  return {
    text,
    ...counted,
    // Marked is what was typed.
    ...(overflowsAt !== undefined && { overflowsAt: placeBefore(additions, overflowsAt) }),
    sent: { text: sent, overflowsAt, rules: utmRules },
  };
}
