// What the networks ask for beside text: only the current API takes it.
import type { Locator } from '@playwright/test';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { compose, newest, writes } from './steps.ts';

const picture = (sandbox: Sandbox) => new URL('/media/pictures/petals-84.png', sandbox.url).href;

/** Sends, which does not happen yet, and reads why. */
async function expectObstacle(composer: { locator(selector: string): Locator }, reason: string): Promise<void> {
  // It says itself that it is disabled, and takes a click to tell why.
  await composer.locator('#send').click({ force: true });
  await expect(composer.locator('#reason')).toHaveText(reason);
}

test.describe('for each network', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 takes nothing but text, a link and a picture.');

  test('Instagram: a picture and the kind of post', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, '@larkspur.studio');
    await composer.locator('#text-field').fill('Seen from above');
    await expectObstacle(composer, 'Instagram needs a picture or a video.');
    expect(writes(sandbox)).toEqual([]);
    await composer.getByRole('radio', { name: 'Picture' }).check({ force: true });
    await composer.getByLabel('Picture Address').fill(picture(sandbox));
    await composer.getByLabel('Post Type').selectOption('Reel');
    await expectObstacle(composer, 'A reel on Instagram needs a video.');
    await composer.getByLabel('Post Type').selectOption('Story');
    await expect(composer.getByLabel('First Comment')).toHaveCount(0);
    await composer.getByLabel('Post Type').selectOption('Post');
    await composer.getByLabel('First Comment').fill('#petals');
    await workbench.screenshot('network-instagram');
    await composer.locator('#send').click();
    await expect(composer.locator('#finished-title')).toBeVisible();
    expect(newest(sandbox, ids.instagram)).toMatchObject({
      text: 'Seen from above',
      media: { picture: picture(sandbox) },
      details: { type: 'post', firstComment: '#petals', shouldShareToFeed: true },
    });
  });

  test('Pinterest: a picture and a board, the focus goes where it is missing', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, 'Larkspur Diagrams');
    await composer.locator('#text-field').fill('How the cache is keyed');
    await composer.getByRole('radio', { name: 'Picture' }).check({ force: true });
    await composer.getByLabel('Picture Address').fill(picture(sandbox));
    await expectObstacle(composer, 'Choose a board for Larkspur Diagrams (Pinterest).');
    const board = composer.getByLabel('Board (required)');
    await expect(board).toBeFocused();
    await expect(board).toHaveAttribute('aria-invalid', 'true');
    await workbench.screenshot('network-pinterest-missing');
    await board.selectOption('Release posters');
    await composer.getByLabel('Destination Link').fill('https://docs.larkspur.example/caching');
    await composer.locator('#send').click();
    await expect(composer.locator('#finished-title')).toBeVisible();
    const { boards } = sandbox.state.profiles.find(({ id }) => id === ids.pinterest)!;
    const posters = boards!.find(({ name }) => name === 'Release posters')!;
    expect(newest(sandbox, ids.pinterest).details).toMatchObject({
      boardServiceId: posters.serviceId,
      url: 'https://docs.larkspur.example/caching',
    });
  });

  test('YouTube: a video, a title and who it is for', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, 'Larkspur Builds');
    await composer.locator('#text-field').fill('One hundred machines');
    await expectObstacle(composer, 'YouTube needs a video.');
    await composer.getByRole('radio', { name: 'Video' }).check({ force: true });
    await composer.getByLabel('Video Address').fill('https://example.com/tour.mp4');
    await expectObstacle(composer, 'YouTube needs a title.');
    await expect(composer.locator('#detail-youtube-title')).toBeFocused();
    await composer.getByLabel('Title (required)').fill('A tour');
    await composer.getByLabel('Category').selectOption('Comedy');
    await composer.getByLabel('Visibility').selectOption('Unlisted');
    await composer.getByLabel('Made for kids').check();
    await workbench.screenshot('network-youtube');
    await composer.locator('#send').click();
    await expect(composer.locator('#finished-title')).toBeVisible();
    expect(newest(sandbox, ids.youtube)).toMatchObject({
      text: 'One hundred machines',
      assets: [{ kind: 'video', url: 'https://example.com/tour.mp4' }],
      details: { title: 'A tour', categoryId: '23', privacy: 'unlisted', madeForKids: true },
    });
  });

  test('X: a thread, in order', async ({ workbench, page, sandbox }) => {
    const composer = await compose(workbench, '@larkspur_dev');
    await composer.locator('#text-field').fill('Three things we learned');
    const add = composer.getByRole('button', { name: 'Add to Thread on X' });
    for (const text of ['Third', 'Second', 'Dropped']) {
      await add.click();
      await page.keyboard.type(text);
    }
    await composer.getByRole('button', { name: /^Move .*3.* up$/ }).click();
    await composer.getByRole('button', { name: /^Remove .*4/ }).click();
    await expect(composer.locator('#details li')).toHaveCount(2);
    await composer.locator('#thread-twitter-1').fill('far too long '.repeat(25));
    await expectObstacle(composer, 'X, part 3 is too long by 45.');
    await expect(composer.locator('#thread-twitter-1')).toBeFocused();
    await composer.locator('#thread-twitter-1').fill('Third');
    await workbench.screenshot('network-thread');
    await composer.locator('#send').click();
    await expect(composer.locator('#finished-title')).toBeVisible();
    const { text, details } = newest(sandbox, ids.x);
    expect(text).toBe('Three things we learned');
    expect(details).toMatchObject({ thread: [{ text: 'Three things we learned' }, { text: 'Second' }, { text: 'Third' }] });
  });
});
