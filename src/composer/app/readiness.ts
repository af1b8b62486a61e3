import * as l10n from '@vscode/l10n';
import { isLinkAddress, isPictureAddress } from './addresses.ts';
import { chosenNetworks, chosenProfiles, hasVariant, textFor } from './chosen.ts';
import { asList, asNumber } from './format.ts';
import type { Page } from './page.ts';
import { tooMany } from './words.ts';

/** What stands against sending, and the part of the page where it is mended. */
export interface Obstacle {
  readonly reason: string;
  readonly part: 'profiles' | 'text' | 'media' | 'when';
  /** The network whose text is to be mended. */
  readonly network?: string;
}

/**
 * The first thing that stands against sending; undefined when nothing does. `counts` are those of the page, which lag
 * behind while a long text is typed, or others.
 */
export function obstacle(page: Page, counts = page.counts, now = Date.now()): Obstacle | undefined {
  return profilesObstacle(page) ?? textObstacle(page, counts) ?? mediaObstacle(page) ?? timeObstacle(page, now);
}

function profilesObstacle(page: Page): Obstacle | undefined {
  const { status } = page.profiles;
  const part = 'profiles';
  if (status === 'signedOut') return { part, reason: l10n.t('Sign in to Buffer to send it.') };
  const chosen = chosenProfiles(page);
  if (chosen.length === 0) {
    if (status === 'loading') return { part, reason: l10n.t('Profiles are loading.') };
    return { part, reason: status === 'failed' ? l10n.t('Profiles could not be loaded.') : l10n.t('Choose a profile.') };
  }
  const troubled = chosen.find(({ trouble }) => trouble);
  return troubled && { part, reason: l10n.t('{0} ({1}): {2}', troubled.name, troubled.network, troubled.trouble!) };
}

function textObstacle(page: Page, counts: Page['counts']): Obstacle | undefined {
  const { draft } = page;
  if (!draft) return { part: 'text', reason: l10n.t('Write something.') };
  const networks = chosenNetworks(page);
  const own = (service: string) => (hasVariant(draft, service) ? service : undefined);
  const empty = networks.find(({ service }) => !textFor(draft, service).trim());
  if (empty) {
    const network = own(empty.service);
    return { part: 'text', network, reason: network ? l10n.t('The text for {0} is empty.', empty.label) : l10n.t('Write something.') };
  }
  const over = networks.filter(({ service }) => tooMany(counts.get(service)) > 0);
  const [first] = over;
  if (!first) return undefined;
  const network = own(first.service);
  if (over.length > 1) return { part: 'text', network, reason: l10n.t('Too long for {0}.', asList(over.map(({ label }) => label))) };
  return { part: 'text', network, reason: l10n.t('Too long for {0} by {1}.', first.label, asNumber(tooMany(counts.get(first.service)))) };
}

function mediaObstacle({ draft }: Page): Obstacle | undefined {
  const media = draft?.media;
  const part = 'media';
  if (media?.kind === 'link') {
    if (!isLinkAddress(media.url)) return { part, reason: media.url.trim() ? l10n.t('The link is no web address.') : l10n.t('The link has no address.') };
    if (media.picture?.trim() && !isPictureAddress(media.picture)) return { part, reason: l10n.t('The picture of the link needs an https address.') };
  }
  if (media?.kind === 'picture' && !isPictureAddress(media.url)) {
    return { part, reason: media.url.trim() ? l10n.t('The picture needs an https address.') : l10n.t('The picture has no address.') };
  }
  return undefined;
}

function timeObstacle({ draft, time }: Page, now: number): Obstacle | undefined {
  if (draft?.when.kind !== 'at') return undefined;
  const { at, words } = draft.when;
  if (!at) return { part: 'when', reason: (time?.words === words && time?.problem) || l10n.t('Choose a time.') };
  return Date.parse(at) > now ? undefined : { part: 'when', reason: l10n.t('The chosen time has passed.') };
}
