import { countWarning, limitBeside } from '../../core/networks/characterCount.ts';
import type { ComposerProfile } from '../messages.ts';
import { hasVariant, typedFor } from '../../core/drafts/draft.ts';
import { asksFor, mediaSent, threadOf } from './details.ts';
import type { Page } from './page.ts';
import type { UtmRule } from '../../core/networks/utmRule.ts';

/** A network that gets the update, and what its strictest chosen profile takes. */
export interface ChosenNetwork {
  readonly service: string;
  readonly label: string;
  readonly limit: number;
  /** What is added to links when it is sent; a text that is edited stays as it is. */
  readonly utmRules?: readonly UtmRule[] | undefined;
  /** The texts that follow the first, and what each may have; absent where the network has no threads. */
  readonly thread?: { readonly texts: readonly string[]; readonly limit: number };
}

/** The chosen profiles that there are, in the order of the list. */
export function chosenProfiles({ draft, profiles }: Page): readonly ComposerProfile[] {
  return profiles.profiles.filter(({ id }) => draft?.profileIds.includes(id));
}

/** What is added to links when it is sent; nothing to an update that is edited. */
export function rulesOf({ draft, profiles }: Page): readonly UtmRule[] | undefined {
  return draft?.editing ? undefined : profiles.utmRules;
}

/** The networks of the chosen profiles, each once. */
export function chosenNetworks(page: Page): readonly ChosenNetwork[] {
  const networks = new Map<string, ChosenNetwork>();
  const utmRules = rulesOf(page);
  for (const { service, network, characters = Number.POSITIVE_INFINITY } of chosenProfiles(page)) {
    const own = page.draft ? limitBeside(mediaSent(page.draft), service, characters) : characters;
    const limit = Math.min(own, networks.get(service)?.limit ?? Number.POSITIVE_INFINITY);
    networks.set(service, { service, label: network, limit, utmRules });
  }
  return [...networks.values()].map((network) => withThread(page, network));
}

function withThread(page: Page, network: ChosenNetwork): ChosenNetwork {
  const { service, limit } = network;
  if (!page.draft || !asksFor(page, service, 'thread')) return network;
  const { spoiler } = typedFor(page.draft, service);
  // Mastodon counts a content warning with the text behind it.
  const taken = spoiler && asksFor(page, service, 'spoiler') ? countSpoiler(spoiler) : 0;
  return { ...network, limit: Math.max(0, limit - taken), thread: { texts: threadOf(page.draft, service), limit } };
}

let lastSpoiler = { text: '', count: 0 };

/** The same one is asked for many times while the page is drawn. */
function countSpoiler(text: string): number {
  if (lastSpoiler.text !== text) lastSpoiler = { text, count: countWarning(text) };
  return lastSpoiler.count;
}

/** The networks that get the text which is shown in the text field. */
export function shownNetworks(page: Page): readonly ChosenNetwork[] {
  const { draft, network } = page;
  const all = chosenNetworks(page);
  if (network !== undefined) return all.filter(({ service }) => service === network);
  return draft ? all.filter(({ service }) => !hasVariant(draft, service)) : [];
}
