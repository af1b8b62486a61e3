// Where the focus is, and what stays open, while a form changes around it.
import { randomUUID } from 'node:crypto';
import { emptyDraft } from '../../src/core/drafts/draft.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';

test('More stays open while something in it is typed and taken back, and opens for what stands against sending', async ({ compose }) => {
  const { page } = await compose({
    draft: { profileIds: [ids.instagram], text: 'x', media: { kind: 'picture', url: 'https://larkspur.example/1.png' } },
  });
  const more = page.locator('details.more');
  await more.locator('summary').click();
  const link = page.locator('#detail-instagram-shopLink');
  await link.fill('no address');
  await link.fill('');
  await expect(more).toHaveAttribute('open');
  await link.fill('no address');
  await more.locator('summary').click();
  await expect(more).not.toHaveAttribute('open');
  await page.locator('#send').click({ force: true });
  await expect(more).toHaveAttribute('open');
  await expect(link).toBeFocused();
});

test('a template goes into the text that had the focus last, or it is told why not', async ({ compose }) => {
  const id = randomUUID();
  const details = { twitter: { thread: ['Two'] } };
  const { page, tell } = await compose({ draft: { id, profileIds: [ids.x], text: 'One', details } });
  const insert = () => tell({ type: 'insert', draftId: id, text: ' and more' });
  await insert();
  await expect(page.locator('#text-field')).toHaveValue('One and more');
  await page.locator('#thread-twitter-0').press('End');
  await page.locator('#send').focus();
  await insert();
  await expect(page.locator('#thread-twitter-0')).toHaveValue('Two and more');
  await page.getByRole('button', { name: /^Remove X, part 2/ }).click();
  await insert();
  await expect(page.locator('.notice')).toContainText('its text field is gone');
  await expect(page.locator('#text-field')).toHaveValue('One and more');
});

test('another draft in the same page gets its free posting times as well', async ({ compose }) => {
  const draft = { profileIds: [ids.threads], text: 'One', when: { kind: 'at' as const } };
  const { page, tell } = await compose({ draft });
  await expect(page.getByLabel(/^(Free )?Posting Times/)).toBeVisible();
  await tell({ type: 'open', location: 'editor', draft: { ...emptyDraft(randomUUID()), ...draft, text: 'Another' } });
  await expect(page.locator('#text-field')).toHaveValue('Another');
  await expect(page.getByLabel(/^(Free )?Posting Times/)).toBeVisible();
});

test('what is taken out is told, and the focus stays near it', async ({ compose }) => {
  const picture = (index: number) => ({ url: `https://larkspur.example/${index}.png` });
  const tagged = { handle: 'larkspur', x: '50%', y: '50%' };
  const details = { twitter: { thread: ['Two'], threadPictures: [[picture(3), picture(4)]] } };
  const { page } = await compose({
    draft: {
      profileIds: [ids.instagram, ids.x],
      text: 'x',
      media: { kind: 'picture', ...picture(1), taggedUsers: [tagged, tagged], more: [picture(2)] },
      details,
    },
  });
  const said = page.locator('body > [role="status"]');
  const takeOut = async (within: string, name: string, words: string, next: string) => {
    await page.locator(within).getByRole('button', { name }).last().click();
    await expect(said.filter({ hasText: words })).toHaveCount(1);
    await expect(page.locator(next)).toBeFocused();
  };
  await takeOut('#media', 'Remove Tagged Account', 'Tagged account 2 was removed.', '#tagged-user-0-0');
  await takeOut('#media', 'Remove Tagged Account', 'Tagged account 1 was removed.', '#tag-in-picture-0');
  await takeOut('#media', 'Remove Picture', 'Picture 2 of 2 was removed.', '#picture-url');
  await takeOut('#details', 'Remove Picture', 'picture 2 was removed.', '#thread-twitter-0-picture-0');
  await takeOut('#details', 'Remove Picture', 'picture 1 was removed.', '#thread-twitter-0');
});
