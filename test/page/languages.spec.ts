// The page in another language: nothing stays English, and longer words are not cut off.
import type { Page } from '@playwright/test';
import { knownServices, networkOf } from '../../src/core/networks/networks.ts';
import { pseudoBundle } from '../harness/pseudoLocale.ts';
import { ids } from '../unit/support/ids.ts';
import { vscodeStub } from '../unit/support/vscodeStub.ts';
import { type ComposeOptions, expect, test } from './fixtures.ts';
import { cutOff, untranslated } from './otherWords.ts';
import { everyNetwork, overflowOf } from './steps.ts';

test.beforeEach(() => {
  vscodeStub.l10n.bundle = pseudoBundle();
});
test.afterEach(() => {
  vscodeStub.l10n.bundle = undefined;
});

const states: readonly { readonly name: string; readonly options: ComposeOptions; readonly then?: (page: Page) => Promise<unknown> }[] = [
  { name: 'a new update', options: { draft: { profileIds: [ids.bluesky] } } },
  { name: 'every network', options: { draft: { profileIds: everyNetwork, text: 'xx' } } },
  {
    name: 'an error',
    options: { draft: { profileIds: everyNetwork } },
    then: (page) => page.locator('#text-field').press('Control+Enter'),
  },
  {
    name: 'too long',
    options: { draft: { profileIds: [ids.x, ids.bluesky, ids.mastodon], text: 'xx '.repeat(300).trim() } },
    then: (page) => page.locator('#text-field').press('Control+Enter'),
  },
  {
    name: 'pictures',
    options: {
      draft: {
        profileIds: [ids.x, ids.bluesky],
        text: 'xx',
        media: { kind: 'picture', url: 'https://pictures.example/1.png', more: [{ url: 'https://pictures.example/2.png' }] },
      },
    },
  },
  {
    name: 'a time',
    options: { draft: { profileIds: [ids.x], text: 'xx' } },
    then: (page) => page.locator('#when-kind').selectOption({ index: 3 }),
  },
];

for (const width of [300, 900]) {
  for (const { name, options, then } of states) {
    test(`says everything in one's language, and whole: ${name}, ${width} pixels wide`, async ({ compose, sandbox }) => {
      const { page, picture } = await compose({ size: { width, height: 900 }, ...options });
      await then?.(page);
      for (const group of await page.locator('details:not([open]) > summary').all()) if (await group.isVisible()) await group.click();
      const profiles = sandbox.state.profiles.flatMap((profile) => Object.values(profile).filter((each) => typeof each === 'string'));
      const data = [
        ...profiles,
        ...knownServices.map((service) => networkOf(service).label),
        'xx',
        'https://pictures.example/1.png',
        'pictures.example',
        'PDF',
        'UTC',
        'https://',
        'Substack',
        // Examples of times are words that are understood, whatever the language of the page.
        'tomorrow 9:30, friday 8pm, in 2 hours',
      ];
      expect(await untranslated(page, data)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await picture(`language-${width}-${name.replaceAll(' ', '-')}`);
    });
  }
}

test('a text that runs from right to left is written and shown that way, beside one that does not', async ({ compose }) => {
  const { page, picture } = await compose({ size: { width: 900, height: 700 }, draft: { profileIds: [ids.bluesky] } });
  await page.locator('#text-field').fill('שלום, Buffer!\n\nHello, world!');
  const text = page.locator('#preview .card-text').filter({ hasText: 'שלום' }).first();
  await expect(text).toBeVisible();
  /** Where a piece of the text is drawn, in pixels from the left. */
  const leftOf = (piece: string) =>
    text.evaluate((element, piece) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.textContent!.indexOf(piece);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + piece.length);
        return range.getBoundingClientRect().left;
      }
      throw new Error(`${piece} is not shown`);
    }, piece);
  expect(await leftOf('ש')).toBeGreaterThan(await leftOf('Buffer'));
  expect(await leftOf('Buffer')).toBeGreaterThan(await leftOf('!'));
  expect(await leftOf('Hello')).toBeLessThan(await leftOf('world'));
  // What is typed into goes the same way as the layer behind it that marks what is too much.
  for (const layer of ['#text-field', '#text .backdrop > div'])
    expect(await page.locator(layer).evaluate((each) => getComputedStyle(each).unicodeBidi)).toBe('plaintext');
  await picture('language-right-to-left');
});
