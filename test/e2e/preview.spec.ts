// How an update will look, beside where it is written. What it draws is looked at in `test/page/preview.spec.ts`.
import type { FrameLocator } from '@playwright/test';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { compose, deeds, queue, unfold } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

test(
  'the preview beside a document follows typing, stays over a reload, and asks Buffer for nothing',
  { tag: '@once' },
  async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await expect(workbench.editorTab('Release candidate')).toBeVisible();
    await workbench.editor.click();
    const { text } = queue(sandbox, ids.bluesky)[4]!;
    sandbox.resetRequests();
    await page.getByRole('button', { name: 'Open Preview to the Side' }).click();
    const shown = workbench.webview.locator('.card[data-service="bluesky"] .card-text');
    await expect(shown).toHaveText(text);
    await expect(workbench.editorTab('Preview: Release candidate')).toBeVisible();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' soon');
    await expect(shown).toHaveText(`${text} soon`);
    expect(deeds(sandbox)).toEqual([]);
    await workbench.screenshot('preview-beside-a-document');
    await page.keyboard.press('Control+z');
    const reloaded = page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    await workbench.ready();
    await expect(shown).toContainText(text.slice(0, 20), { timeout: 20_000 * timeoutFactor });
  },
);

test('the preview follows what is in front, a composer as well, unless it is locked @once', async ({ workbench, page }) => {
  const composer = await compose(workbench, '@larkspur.docs');
  await composer.locator('#text-field').fill('A thought on its way');
  await page.getByRole('button', { name: 'Open Preview to the Side' }).click();
  await expect(workbench.editorTab('Preview: A thought on its way')).toBeVisible();
  const previews = page.locator('iframe.webview.ready');
  await expect(previews).toHaveCount(2);
  const preview = previews.last().contentFrame().locator('iframe#active-frame').contentFrame();
  await expect(preview.locator('.card-text')).toHaveText('A thought on its way');
  await workbench.screenshot('preview-beside-a-composer');
  await workbench.editorTab('Preview: A thought on its way').click();
  await workbench.runCommand('Buffer: Toggle Preview Locking');
  await expect(workbench.editorTab('[Locked] Preview: A thought on its way')).toBeVisible();
});

test('the preview goes where the cursor is in the thread of a composer @once', async ({ workbench, page }) => {
  const composer = await compose(workbench, '@docs.larkspur.example');
  await composer.locator('#text-field').fill('The beginning');
  for (let part = 0; part < 8; part++) {
    await composer.locator('#thread-bluesky-add').click();
    await composer.locator(`#thread-bluesky-${part}`).fill(`This is part ${part + 2}.\n\nIt has\nsome\nlines.`);
  }
  await composer.locator('#text-field').focus();
  await page.getByRole('button', { name: 'Open Preview to the Side' }).click();
  const previews = page.locator('iframe.webview.ready');
  await expect(previews).toHaveCount(2);
  const [written, preview] = [previews.first(), previews.last()].map((each) =>
    each.contentFrame().locator('iframe#active-frame').contentFrame(),
  ) as [FrameLocator, FrameLocator];
  await expect(preview.getByText('This is part 9.')).not.toBeInViewport();
  await written.locator('#thread-bluesky-7').click();
  await expect(preview.getByText('This is part 9.')).toBeInViewport();
  await workbench.screenshot('preview-follows-a-thread');
  await written.locator('#text-field').click();
  await expect(preview.getByText('The beginning')).toBeInViewport();
});
