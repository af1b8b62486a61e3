import type { ComposerProfile, Draft } from '../messages.ts';
import type { Page } from './page.ts';

/** A network that gets the update, and what its strictest chosen profile takes. */
export interface ChosenNetwork {
  readonly service: string;
  readonly label: string;
  readonly limit: number;
}

/** The chosen profiles that there are, in the order of the list. */
export function chosenProfiles({ draft, profiles }: Page): readonly ComposerProfile[] {
  return profiles.profiles.filter(({ id }) => draft?.profileIds.includes(id));
}

/** The networks of the chosen profiles, each once. */
export function chosenNetworks(page: Page): readonly ChosenNetwork[] {
  const networks = new Map<string, ChosenNetwork>();
  for (const { service, network, characters = Number.POSITIVE_INFINITY } of chosenProfiles(page)) {
    const limit = Math.min(characters, networks.get(service)?.limit ?? Number.POSITIVE_INFINITY);
    networks.set(service, { service, label: network, limit });
  }
  return [...networks.values()];
}

/** Whether a network has a text of its own. */
export function hasVariant({ variants }: Draft, service: string): boolean {
  return Object.hasOwn(variants, service);
}

/** What a network gets. */
export function textFor(draft: Draft, service: string): string {
  return hasVariant(draft, service) ? draft.variants[service]! : draft.text;
}

/** The networks that get the text which is shown in the text field. */
export function shownNetworks(page: Page): readonly ChosenNetwork[] {
  const { draft, network } = page;
  const all = chosenNetworks(page);
  if (network !== undefined) return all.filter(({ service }) => service === network);
  return draft ? all.filter(({ service }) => !hasVariant(draft, service)) : [];
}
