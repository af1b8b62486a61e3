import type { Page } from 'playwright-core';
import { emptyDraft } from '../../src/core/drafts/draft.ts';
import type { ComposerProfile } from '../../src/composer/messages.ts';
import { openExtensionPage } from './extensionPage.ts';
import { keyToPaint } from './keyToPaint.ts';

export const networks = [
  ['twitter', 'X', 280],
  ['bluesky', 'Bluesky', 300],
  ['mastodon', 'Mastodon', 500],
  ['linkedin', 'LinkedIn', 3000],
] as const;
const profiles = networks.map(([service, network, characters]): ComposerProfile => ({
  id: service,
  service,
  network,
  name: `@${service}`,
  characters,
  pending: 0,
}));
const sentence = 'The frost came early this year, and the garden at https://example.com/garden was not ready for it. ';

/** A text of this length. */
export function textOfLength(length: number): string {
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}

/** The composer's page with a text of this length in it, for all of the networks. */
export async function composerWith(page: Page, extension: string, length: number): Promise<Page> {
  await openExtensionPage(page, extension, 'composer');
  await page.locator('#app > *').first().waitFor();
  const abilities = { details: false, requeue: false };
  const text = textOfLength(length - 1);
  const draft = { ...emptyDraft('11111111-1111-4111-8111-111111111111'), text, profileIds: profiles.map(({ id }) => id) };
  for (const message of [
    { type: 'profiles', status: 'loaded', profiles, groups: [], abilities },
    { type: 'open', draft, location: 'editor' },
  ])
    await page.evaluate((data) => window.postMessage(data, window.origin), message);
  await page.locator('#counts .number').first().waitFor();
  return page;
}

/** Milliseconds from a key that is pressed until the counts that follow from it are painted: the median of several keys. */
export async function keyToCount(page: Page, keys: number): Promise<number> {
  await page.bringToFront();
  await page.locator('#text-field').focus();
  return keyToPaint(page, '#counts', keys);
}
