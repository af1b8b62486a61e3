// Items of a list, dragged to another place with the mouse, step by step as a hand does it.
import type { Locator, Page } from '@playwright/test';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { newest, pictureAt } from './steps.ts';

const middleOf = async (locator: Locator) => {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};

/** Takes a handle and holds it over a place. */
async function drag(page: Page, handle: Locator, place: Locator): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const from = await middleOf(handle);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const to = await middleOf(place);
  await page.mouse.move(to.x, to.y, { steps: 12 });
}

const addressesOf = (page: Page) =>
  page
    .locator('[id^=picture-url]:not([id$=note])')
    .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value.match(/\w+-\d+/u)?.[0]));

test('pictures: the last becomes the first, and goes out as the first', async ({ compose, sandbox }) => {
  const media = {
    kind: 'picture' as const,
    url: pictureAt(sandbox),
    more: [{ url: pictureAt(sandbox, 'hills-150') }, { url: pictureAt(sandbox, 'ring-285'), description: 'A ring' }],
  };
  const { page, picture } = await compose({
    draft: { profileIds: [ids.bluesky], text: 'Three', media },
    size: { width: 360, height: 1200 },
  });
  const handles = page.locator('.pictures .drag-handle');
  const places = page.locator('.picture');
  await expect(places).toHaveCount(3);
  // Nothing moves any more.
  await expect(places.locator('img')).toHaveCount(3);
  await drag(page, handles.nth(2), places.nth(0));
  await expect(places.nth(0)).toHaveClass(/is-drop-place/);
  await picture('drag-pictures');
  await page.mouse.up();
  await expect.poll(() => addressesOf(page)).toEqual(['ring-285', 'petals-84', 'hills-150']);
  await expect(page.locator('.is-drop-place')).toHaveCount(0);
  // And down again, on the words of one.
  await drag(page, handles.nth(0), page.getByLabel('Picture Address').nth(1));
  await page.mouse.up();
  await expect.poll(() => addressesOf(page)).toEqual(['petals-84', 'ring-285', 'hills-150']);
  await page.locator('#send').click();
  await expect(page.locator('#finished-title')).toBeVisible();
  expect(JSON.stringify(newest(sandbox, ids.bluesky))).toMatch(/petals-84.*ring-285.*A ring.*hills-150/u);
});
