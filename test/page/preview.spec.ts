// How updates look in the preview, network by network; the composer draws its own with the same. The pictures are to be looked at.
import type { Page } from '@playwright/test';
import { knownServices, networkOf } from '../../src/core/networks/networks.ts';
import type { PreviewFile, PreviewPart, PreviewUpdate } from '../../src/core/preview/previewUpdate.ts';
import { takePicture } from '../harness/takePicture.ts';
import { pseudoBundle } from '../harness/pseudoLocale.ts';
import { vscodeStub } from '../unit/support/vscodeStub.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { expect, test as base } from './fixtures.ts';
import { cutOff, notApart, untranslated } from './otherWords.ts';
import { graveViolations, overflowOf, pictureAt } from './steps.ts';
import { openPreview, type PreviewPage, type PreviewPageOptions } from './support/previewHost.ts';

type Options = Omit<PreviewPageOptions, 'page' | 'server' | 'sandbox' | 'connect'>;

const test = base.extend<{ preview: (options: Options) => Promise<PreviewPage> }>({
  preview: async ({ page, server, sandbox, connect }, use) => {
    const opened: PreviewPage[] = [];
    await use(async (options) => {
      const preview = await openPreview({ page, server, sandbox, connect, ...options });
      opened.push(preview);
      return preview;
    });
    for (const { preview } of opened) preview.dispose();
  },
});

const lines = (count: number) => Array.from({ length: count }, (_, index) => `Line ${index + 1}`).join('\n');

/** An update with this text for a network. */
function updateFor(service: string, given: Omit<Partial<PreviewUpdate>, 'parts'> & Partial<PreviewPart> = {}): PreviewUpdate {
  const { text = 'Larkspur 5.2 is out', files = [], card, overflowsAt, ...rest } = given;
  return {
    id: service,
    profile: { id: service, service, network: networkOf(service).label, name: 'Larkspur', handle: '@larkspur_dev' },
    parts: [{ text, index: 0, files, ...(card && { card }), ...(overflowsAt !== undefined && { overflowsAt }) }],
    ...rest,
  };
}

const pictures = (sandbox: Sandbox, count: number): PreviewFile[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'picture',
    picture: pictureAt(sandbox, `petals-${(index * 47) % 360}`),
    alt: `Petals ${index + 1}`,
  }));

async function look(page: Page, name: string): Promise<void> {
  await takePicture(page, 'preview', name, { fullPage: true });
}

const text = 'Builds say why they fail.\n\nMore at https://buffer.com/larkspur/5.2 #docs by @larkspur';

for (const theme of ['light', 'dark', 'highContrast'] as const)
  for (const width of [300, 900])
    test(`all networks: ${theme}, ${width} px`, async ({ preview, page, sandbox }) => {
      await preview({
        theme,
        size: { width, height: 800 },
        updates: knownServices.map((service, index) =>
          updateFor(service, {
            text,
            files: pictures(sandbox, 1 + (index % 6)),
            ...(service === 'mastodon' && { warning: 'Spoilers of the release' }),
            ...(service === 'threads' && { topic: 'Builds', place: 'Lisbon' }),
            ...(service === 'youtube' && { title: 'What is new in Larkspur' }),
            firstComment: index % 4 === 0 ? 'More in the comments: https://larkspur.example' : undefined,
          }),
        ),
      });
      await expect(page.locator('.card')).toHaveCount(knownServices.length);
      await expect(page.locator('.card img.card-picture').first()).toBeVisible();
      await expect(page.locator('.card[data-service="googlebusiness"] img.card-picture').first()).toBeVisible();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await look(page, `all-${theme}-${width}`);
      expect(await graveViolations(page)).toEqual([]);
    });

for (const theme of ['light', 'dark', 'highContrast'] as const)
  test(`a fold, a warning and a thread: ${theme}`, async ({ preview, page, sandbox }) => {
    const thread = updateFor('twitter', { text: 'The first of two #parts', files: pictures(sandbox, 3) });
    await preview({
      theme,
      size: { width: 440, height: 900 },
      updates: [
        updateFor('linkedin', { text: lines(8) }),
        updateFor('mastodon', { warning: 'The end', text }),
        {
          ...thread,
          parts: [...thread.parts, { text: 'The second one', index: 1, files: [] }],
          firstComment: 'And a comment',
        },
        updateFor('bluesky', { text: 'Too long '.repeat(20), overflowsAt: 120 }),
      ],
    });
    await expect(page.getByRole('button', { name: '… more' })).toBeVisible();
    await expect(page.locator('img.card-picture')).toHaveCount(3);
    await look(page, `parts-${theme}`);
    expect(await graveViolations(page)).toEqual([]);
  });

test('links, hashtags and mentions are told apart from the words around them', async ({ preview, page }) => {
  await preview({ updates: [updateFor('twitter', { text })] });
  await expect(page.locator('.card-text .rich')).toHaveText(['https://buffer.com/larkspur/5.2', '#docs', '@larkspur']);
});

for (const [service, most] of [
  ['instagram', 3],
  ['linkedin', 3],
  ['bluesky', 25],
  ['mastodon', 32],
] as const)
  test(`${service} folds a text of more than ${most} lines, and a button shows the rest`, async ({ preview, page }) => {
    const { type } = await preview({ updates: [updateFor(service, { text: lines(most) })] });
    const more = page.getByRole('button', { name: '… more' });
    await expect(page.locator('.card-text')).toContainText(`Line ${most}`);
    await expect(more).toBeHidden();
    type([updateFor(service, { text: lines(most + 1) })]);
    await expect(more).toBeVisible();
    await expect(page.locator('folded-text')).toHaveAttribute('data-cut');
    const folded = await page.locator('.card').evaluate((card) => card.clientHeight);
    await more.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'less' })).toHaveAttribute('aria-expanded', 'true');
    expect(await page.locator('.card').evaluate((card) => card.clientHeight)).toBeGreaterThan(folded);
  });

test('Facebook folds after 477 characters; a network of which nobody knows shows all', async ({ preview, page }) => {
  const long = `${'a'.repeat(470)} and the end`;
  await preview({ updates: [updateFor('facebook', { text: long }), updateFor('pinterest', { text: long })] });
  const [facebook, pinterest] = [page.locator('[data-service="facebook"]'), page.locator('[data-service="pinterest"]')];
  await expect(facebook.locator('.rest')).toBeHidden();
  await expect(pinterest.getByText('the end')).toBeVisible();
  await facebook.getByRole('button', { name: '… more' }).click();
  await expect(facebook.locator('.rest')).toBeVisible();
});

test('what is too long is marked, and not folded away', async ({ preview, page }) => {
  await preview({ updates: [updateFor('instagram', { text: `${lines(5)} over`, overflowsAt: lines(5).length })] });
  await expect(page.locator('mark')).toHaveText(' over');
  await expect(page.locator('mark')).toBeVisible();
});

for (const count of [1, 2, 3, 4, 6])
  test(`${count} pictures stand as their networks put them`, async ({ preview, page, sandbox }) => {
    const services = ['twitter', 'facebook', 'threads', 'instagram'];
    await preview({
      updates: services.map((service) => updateFor(service, { files: pictures(sandbox, count) })),
      size: { width: 500, height: 800 },
    });
    const shown = (service: string) => page.locator(`[data-service="${service}"] .tile:visible`);
    await expect(shown('instagram')).toHaveCount(count);
    await expect(shown('twitter')).toHaveCount(Math.min(4, count));
    await expect(shown('facebook')).toHaveCount(Math.min(5, count));
    await expect(page.locator('[data-service="instagram"] img.card-picture').last()).toBeAttached();
    await look(page, `pictures-${count}`);
    if (count < 6) return;
    await page.locator('[data-service="twitter"]').getByRole('button', { name: 'Show 2 More' }).press('Enter');
    await expect(shown('twitter')).toHaveCount(6);
    // What was out of sight is where the keyboard goes on.
    await expect(page.locator('[data-service="twitter"] [data-beyond] summary').first()).toBeFocused();
  });

test('an alternative text is there on demand, by keyboard as well', async ({ preview, page, sandbox }) => {
  await preview({
    updates: [updateFor('twitter', { files: [...pictures(sandbox, 1), { kind: 'picture', picture: pictureAt(sandbox) }] })],
  });
  await expect(page.getByRole('img', { name: 'Petals 1' })).toBeVisible();
  await expect(page.getByText('2 pictures, 1 without alt text')).toBeVisible();
  await expect(page.getByText('Petals 1', { exact: true })).toBeHidden();
  await page.locator('.alt > summary').press('Enter');
  await expect(page.getByText('Petals 1', { exact: true })).toBeVisible();
  await look(page, 'alt');
});

test('videos, documents and link cards have their places', async ({ preview, page, sandbox }) => {
  await preview({
    updates: [
      updateFor('linkedin', { files: [{ kind: 'document', url: 'https://larkspur.example/a.pdf', title: 'The plan' }] }),
      updateFor('youtube', { files: [{ kind: 'video', url: 'https://larkspur.example/a.mp4' }], title: 'The film' }),
      updateFor('tiktok', { files: [{ kind: 'video', url: 'https://larkspur.example/a.mp4', picture: pictureAt(sandbox) }] }),
      updateFor('bluesky', {
        card: { url: 'https://larkspur.example/x', title: 'A page', description: 'What it says', picture: pictureAt(sandbox) },
      }),
    ],
  });
  await expect(page.getByText('The plan')).toBeVisible();
  await expect(page.getByText('Video from larkspur.example')).toHaveCount(2);
  await expect(page.locator('.card-link')).toContainText('larkspur.example');
  await expect(page.locator('.card-link img')).toBeVisible();
  await look(page, 'files');
});

for (const theme of ['light', 'highContrast'] as const)
  test(`offers, events and buttons of Google Business have their places: ${theme}`, async ({ preview, page, sandbox }) => {
    const times = { startsAt: '2026-12-01T09:00:00.000Z', endsAt: '2026-12-03T17:00:00.000Z' };
    const google = (id: string, given: Parameters<typeof updateFor>[1]) => ({ ...updateFor('googlebusiness', given), id });
    await preview({
      theme,
      size: { width: 420, height: 1400 },
      updates: [
        google('news', { files: pictures(sandbox, 1), business: { button: 'book', link: 'https://larkspur.example/table' } }),
        google('offer', {
          title: 'Half price',
          business: { kind: 'offer', ...times, coupon: 'LARK26', terms: 'Once for each', link: 'https://larkspur.example/shop' },
        }),
        google('event', { title: 'Open day', business: { kind: 'event', ...times, button: 'call' } }),
        google('days', {
          title: 'Fair',
          business: { kind: 'event', ...times, isAllDay: true, button: '<b>new</b>', link: 'javascript:1' },
        }),
      ],
    });
    const cards = page.locator('.card');
    await expect(cards.nth(0).locator('.card-button')).toHaveText('Book larkspur.example');
    await expect(cards.nth(1)).toContainText(/Dec 1\s–\s3, 2026/u);
    await expect(cards.nth(1)).toContainText('Coupon code: LARK26');
    await expect(cards.nth(1)).toContainText('Once for each');
    await expect(cards.nth(2)).toContainText(/9:00\sAM/u);
    await expect(cards.nth(2).locator('.card-button')).toHaveText('Call');
    await expect(cards.nth(3)).not.toContainText(/AM|PM/u);
    await expect(cards.nth(3).locator('.card-button')).toHaveText('<b>new</b>');
    await expect(page.locator('.card :is(a, button.card-button)')).toHaveCount(0);
    await look(page, `google-${theme}`);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await graveViolations(page)).toEqual([]);
  });

test('a content warning stands before what it hides', async ({ preview, page, sandbox }) => {
  await preview({ updates: [updateFor('mastodon', { warning: 'The end', text: 'It was the gardener', files: pictures(sandbox, 1) })] });
  await expect(page.getByText('It was the gardener')).toBeHidden();
  await page.getByText('Content warning: The end').press('Enter');
  await expect(page.getByText('It was the gardener')).toBeVisible();
});

test('text is data, whatever it holds and wherever it stands', async ({ preview, page }) => {
  const hostile = '<img src=x onerror="document.title=1"> ${1+1} <b>bold</b> \u202eturned\u202c </p><script>document.title=1</script>';
  await preview({
    updates: [
      {
        ...updateFor('mastodon', {
          text: hostile,
          title: hostile,
          warning: hostile,
          topic: hostile,
          place: hostile,
          firstComment: hostile,
          files: [{ kind: 'picture', picture: 'javascript:alert(1)', alt: hostile }],
        }),
        profile: { id: '1', service: '"><script>', network: hostile, name: hostile, handle: hostile },
      },
      updateFor('bluesky', { text: 'שלום #עולם hello', card: { url: 'javascript:alert(1)', title: hostile } }),
    ],
  });
  await expect(page.locator('.card')).toHaveCount(2);
  expect(await page.title()).toBe('Preview');
  await expect(page.locator('.card :is(b, script, img[src="x"], a)')).toHaveCount(0);
  // What is written from right to left begins at the right.
  expect(await page.locator('[data-service="bluesky"] .card-text').evaluate((each) => getComputedStyle(each).direction)).toBe('rtl');
  await look(page, 'hostile');
});

test('follows typing, and draws only what changed anew', async ({ preview, page }) => {
  const one = updateFor('twitter');
  const { type } = await preview({ updates: [one, updateFor('bluesky')] });
  // A node that is kept keeps what was put onto it.
  for (const card of await page.locator('.card').all()) await card.evaluate((each) => each.setAttribute('data-drawn', 'before'));
  await page.evaluate(() => {
    const changed: string[] = [];
    new MutationObserver((all) =>
      all.forEach(({ target }) => changed.push((target.parentElement?.closest('.card') as HTMLElement | null)?.dataset['service'] ?? '?')),
    ).observe(document.querySelector('.cards')!, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { changedCards: changed });
  });
  type([updateFor('twitter', { text: 'Larkspur 5.3 is out' }), updateFor('bluesky')]);
  await expect(page.locator('[data-service="twitter"] .card-text')).toHaveText('Larkspur 5.3 is out');
  await expect(page.locator('.card[data-drawn="before"]')).toHaveCount(2);
  const changed = await page.evaluate(() => (globalThis as unknown as { changedCards: string[] }).changedCards);
  expect(changed).not.toContain('bluesky');
});

test('scrolls to the part of a thread that is written', async ({ preview, page }) => {
  const thread: PreviewUpdate = {
    ...updateFor('twitter'),
    parts: Array.from({ length: 30 }, (_, index) => ({ text: `Part ${index}\n${lines(4)}`, index, files: [] })),
  };
  const { scroll } = await preview({ updates: [thread], size: { width: 400, height: 400 } });
  await expect(page.getByText('Part 29')).not.toBeInViewport();
  scroll({ part: 29, fraction: 0 });
  await expect(page.getByText('Part 29')).toBeInViewport();
  scroll({ part: 0, fraction: 0 });
  await expect(page.getByText('Part 0')).toBeInViewport();
});

test('a text that all have in common is followed in whichever card is in sight', async ({ preview, page }) => {
  const updates = ['twitter', 'bluesky', 'mastodon'].map((service) => updateFor(service, { text: lines(12) }));
  const { scroll } = await preview({ updates, size: { width: 400, height: 400 } });
  const last = page.locator('.card[data-service="mastodon"]');
  await last.scrollIntoViewIfNeeded();
  const { top } = await last.evaluate((each) => ({ top: each.getBoundingClientRect().top }));
  scroll({ part: 0, fraction: 0.5 });
  // Messages arrive in their order: this one is drawn after the other.
  scroll({ update: 'twitter', part: 3, fraction: 0 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await last.evaluate((each) => each.getBoundingClientRect().top)).toBe(top);
  scroll({ update: 'twitter', part: 0, fraction: 0 });
  await expect(page.locator('.card[data-service="twitter"] .card-text')).toBeInViewport();
  await expect(last).not.toBeInViewport();
});

test('its tab says what it shows, and whether it stays with that', async ({ preview }) => {
  const { title, preview: host } = await preview({ updates: [updateFor('twitter')] });
  expect(title()).toBe('Preview: First words');
  host.toggleLock();
  expect(title()).toBe('[Locked] Preview: First words');
});

test.describe('in another language', () => {
  test.beforeEach(() => {
    vscodeStub.l10n.bundle = pseudoBundle();
  });
  test.afterEach(() => {
    vscodeStub.l10n.bundle = undefined;
  });

  for (const width of [300, 900])
    test(`the preview says everything in it, and whole, ${width} pixels wide`, async ({ preview, page, sandbox }) => {
      await preview({
        size: { width, height: 900 },
        updates: [
          ...knownServices.map((service, index) => updateFor(service, { text: 'xx', files: pictures(sandbox, index % 7), title: 'xx' })),
          updateFor('mastodon', { warning: 'xx', text: 'xx' }),
          updateFor('linkedin', { text: 'xx\n'.repeat(12), firstComment: 'xx' }),
          updateFor('bluesky', { text: 'xx '.repeat(200), overflowsAt: 300 }),
        ],
      });
      await expect(page.locator('.card')).toHaveCount(knownServices.length + 3);
      const data = ['xx', 'Larkspur', '@larkspur_dev', 'Petals', ...knownServices.map((service) => networkOf(service).label)];
      expect(await untranslated(page, data)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await look(page, `language-${width}`);
    });
});

test('words that run from right to left turn round nothing beside them', async ({ preview, page }) => {
  const hebrew = 'שלום';
  const update = updateFor('mastodon', { text: `${hebrew} (1)`, warning: `${hebrew}!`, firstComment: `${hebrew} 2` });
  await preview({ updates: [{ ...update, profile: { ...update.profile, name: hebrew } }] });
  await expect(page.locator('.card')).toContainText(hebrew);
  expect(await notApart(page, hebrew)).toEqual([]);
  await look(page, 'right-to-left');
});
