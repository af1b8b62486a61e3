import { type Draft, hasVariant, textFor } from '../../core/drafts/draft.ts';
import { countCharacters } from '../../core/networks/characterCount.ts';
import { tagged } from '../../core/networks/utm.ts';
import { joinTexts, splitText } from '../../core/networks/splitThread.ts';
import { type ChosenNetwork, chosenNetworks } from './chosen.ts';
import { threadOf } from './details.ts';
import { edit, hasThread, partsOf, setParts, threadHolds } from './edits.ts';
import type { Page } from './page.ts';

// A text that becomes a thread, and a thread that becomes one text again.

/** The chosen networks that say the same as this one, in the text and in the thread: they are changed together. */
function alike(page: Page, service: string): readonly ChosenNetwork[] {
  const { draft } = page;
  if (!draft) return [];
  const said = (each: string) => JSON.stringify([textFor(draft, each), partsOf(draft, each)]);
  return chosenNetworks(page).filter((each) => each.thread && said(each.service) === said(service));
}

/** How a network's text would be cut; one part where it is short enough, or has a thread already. */
function partsFor(page: Page, service: string): readonly string[] {
  if (!page.draft || hasThread(page.draft, service)) return [];
  const networks = alike(page, service);
  const fits = (part: string) =>
    networks.every(({ service: each, thread, utmRules = [] }) => {
      const { limit } = thread!;
      // With what rules add to its links when it is sent.
      return countCharacters(tagged(part, each, utmRules), each, limit).count <= limit;
    });
  return splitText(textFor(page.draft, service), fits, threadHolds + 1);
}

/** Whether a network's text is too long for one post, and would fit into several. */
export function canSplit(page: Page, service: string): boolean {
  const { draft } = page;
  if (!draft || hasThread(draft, service)) return false;
  const limit = Math.min(...alike(page, service).map(({ thread }) => thread!.limit));
  const count = page.counts.get(service)?.count ?? 0;
  return count > limit;
}

/** Makes a thread of a text that is too long, on each of the networks that have the same one. Others keep the text. */
export function splitIntoThread(page: Page, service: string): Page {
  const [first, ...thread] = partsFor(page, service);
  if (first === undefined || thread.length === 0) return page;
  const split = { text: textFor(page.draft!, service), parts: [first, ...thread] };
  return { ...withTexts(page, alike(page, service), first, thread), split };
}

/** Whether a thread can be one text: its parts have something to say, and nothing else. */
export function canJoin(draft: Draft, service: string): boolean {
  const parts = partsOf(draft, service);
  return parts.some(({ text }) => text.trim()) && parts.every(({ pictures }) => pictures.length === 0);
}

/** Makes one text of a thread again, on each of the networks that have the same one. */
export function joinThread(page: Page, service: string): Page {
  if (!page.draft) return page;
  if (!canJoin(page.draft, service)) return page;
  const parts = threadOf(page.draft, service).filter((each) => each.trim());
  const all = [textFor(page.draft, service), ...parts];
  // A word that had to be cut is one again.
  const isAsCut = JSON.stringify(all) === JSON.stringify(page.split?.parts);
  return withTexts(page, alike(page, service), isAsCut ? page.split!.text : joinTexts(all), []);
}

/** Gives networks a text and a thread. It is the text of all where they are all that have it. */
function withTexts(page: Page, networks: readonly ChosenNetwork[], text: string, thread: readonly string[]): Page {
  const draft = page.draft!;
  const services = networks.map(({ service }) => service);
  const others = chosenNetworks(page).filter(({ service }) => !services.includes(service) && !hasVariant(draft, service));
  const isForAll = others.length === 0 && services.every((service) => !hasVariant(draft, service));
  const own = isForAll || text === draft.text ? [] : services.map((service) => [service, text] as const);
  const left = Object.entries(draft.variants).filter(([service]) => !services.includes(service));
  const next = edit(page, { text: isForAll ? text : draft.text, variants: Object.fromEntries([...left, ...own]) });
  const parts = thread.map((each) => ({ text: each, pictures: [] }));
  return services.reduce((now, service) => setParts(now, service, parts), next);
}
