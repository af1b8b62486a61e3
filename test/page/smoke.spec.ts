import { queueOf } from './steps.ts';
import { expect, test } from './fixtures.ts';
import { ids } from '../unit/support/ids.ts';

test('what is written in the page goes out by the real host', async ({ compose, sandbox }) => {
  const { page } = await compose({ draft: { profileIds: [ids.threads] } });
  await page.locator('#text-field').fill('From a plain page');
  await expect(page.locator('#counts')).toContainText('17/500');
  await page.locator('#send').click();
  await expect(page.locator('#finished-title')).toHaveText('Added to the Queue');
  expect(queueOf(sandbox, ids.threads).at(-1)).toBe('From a plain page');
});
