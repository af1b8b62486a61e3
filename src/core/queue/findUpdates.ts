import type { Profile, Update } from '../buffer/model.ts';
import { networkOf } from '../networks/networks.ts';

/** Something that can be found by words of its own, made once and asked at each key. */
export interface Findable<Item> {
  readonly item: Item;
  readonly words: string;
}

/**
 * What an update can be found by: all its text, whose it is, its tags and its state.
 * @param state  as the person reads it
 */
export function findable(update: Update, profile: Profile | undefined, state: string): Findable<Update> {
  const { text, tags = [], media, details, failure, service } = update;
  const parts = [
    text,
    ...(details?.thread ?? []),
    details?.title,
    details?.firstComment,
    media?.title,
    media?.link,
    profile?.name,
    networkOf(service).label,
    ...tags.map(({ name }) => name),
    state,
    failure?.message,
  ];
  return { item: update, words: foldedWords(parts.filter(Boolean).join('\n')) };
}

/** Those that hold every word of what was typed, in whichever order and letters; all where nothing was typed. */
export function find<Item>(all: readonly Findable<Item>[], typed: string): Item[] {
  const wanted = foldedWords(typed).split(/\s+/u).filter(Boolean);
  return all.filter(({ words }) => wanted.every((each) => words.includes(each))).map(({ item }) => item);
}

/** The line of a text that holds the first of the typed words, where that is not its first one. */
export function lineWith(text: string, typed: string): string | undefined {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim());
  const wanted = foldedWords(typed).split(/\s+/u).filter(Boolean);
  const line = lines.find((each) => wanted.some((word) => foldedWords(each).includes(word)));
  return line === undefined || line === lines[0] ? undefined : line.trim();
}

/** A search minds neither capitals nor accents. */
export function foldedWords(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
