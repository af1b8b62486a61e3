import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { deeds, queue, writes } from './steps.ts';

test.describe('what failed', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 lists no failed ones.');

  test('is mended from its row: the reason beside the text, and saving requeues it', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await workbench.treeRows(/^Failed\d+/).click();
    const row = workbench.treeRows(/New in the docs.*@docs\.larkspur\.example/);
    await expect(row).toContainText('The network did not accept this post.');
    await workbench.screenshot('failed-rows');
    const before = deeds(sandbox).length;
    await workbench.rowAction(row, 'Fix and Requeue');
    await expect(workbench.editor).toContainText('Reproducible');
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Now shorter.');
    await expect(page.locator('.squiggly-error, .squiggly-warning').first()).toBeVisible();
    await workbench.screenshot('failed-fix');
    await page.keyboard.press('Control+s');
    await expect.poll(() => queue(sandbox, ids.bluesky).some(({ text }) => text.endsWith(' Now shorter.'))).toBe(true);
    await expect(workbench.statusBar('Back in the queue')).toBeVisible();
    expect(writes(sandbox)).toEqual(['edit']);
    expect(deeds(sandbox).length - before).toBeLessThanOrEqual(2);
    await expect(row).toBeHidden();
    const line = page.locator('.codelens-decoration').first();
    await expect(line).toContainText('Saved to Buffer');
    await expect(line).not.toContainText(/Failed|Save to put it back|did not accept/);
    await workbench.screenshot('failed-mended');
  });

  test('is gone through with a command, one after the other, and a save without a change requeues as well', async ({
    workbench,
    page,
    sandbox,
  }) => {
    await workbench.openView();
    await expect(workbench.treeRows(/^Failed\d+/)).toBeVisible();
    await workbench.runCommand('Buffer: Next Failed Update');
    await expect(workbench.editorTab('A diagram is worth')).toBeVisible();
    await workbench.runCommand('Buffer: Next Failed Update');
    await expect(workbench.editorTab(/Heads.up for plugin authors/)).toBeVisible();
    await workbench.runCommand('Buffer: Fix and Requeue');
    await workbench.focusEditor();
    await page.keyboard.press('Control+s');
    // What the status bar says may be of the test before.
    await expect.poll(() => writes(sandbox)).toEqual(['edit']);
    await expect(workbench.statusBar('Back in the queue')).toBeVisible();
  });

  test('with a picture opens in the composer, the reason on top and the queue chosen', async ({ workbench }) => {
    await workbench.openView();
    await workbench.treeRows(/^Failed\d+/).click();
    await workbench.rowAction(workbench.treeRows(/A diagram is/).nth(1), 'Fix and Requeue');
    const composer = workbench.webview;
    await expect(composer.locator('#text-field')).toBeEditable();
    await expect(composer.locator('body')).toContainText('Not sent: The network did not accept this post.');
    await workbench.screenshot('failed-composer');
  });

  test.describe('in a window of some width', { tag: '@once' }, () => {
    test.use({ viewport: { width: 900, height: 700 } });

    test('looks right', async ({ workbench, page, inEachTheme }) => {
      const themes = ['light', 'dark', 'highContrast'] as const;
      await workbench.openView();
      await inEachTheme(themes, async (theme) => {
        await workbench.treeRows(/^Failed\d+/).hover();
        await workbench.screenshot(`failed-top-${theme}`);
      });
      await workbench.treeRows(/^Failed\d+/).click();
      await inEachTheme(themes, async (theme) => {
        await workbench.treeRows(/Meetup in/).hover();
        await workbench.screenshot(`failed-${theme}`);
      });
      await workbench.runCommand('Buffer: Find Update');
      await expect(workbench.quickInput).toHaveAttribute('placeholder', /Words of the text/);
      await page.keyboard.type('release bluesky');
      await expect(workbench.quickPick(/release/i).first()).toBeVisible();
      await inEachTheme(themes, (theme) => workbench.screenshot(`find-${theme}`));
    });
  });
});

test('in a sidebar of 240 pixels looks right', async ({ workbench, page, api }) => {
  test.skip(api !== 'graphql', 'API v1 lists no failed ones.');
  await workbench.openView();
  const box = (await workbench.sideBar.boundingBox())!;
  const edge = box.x + box.width;
  await page.mouse.move(edge + 1, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(edge - 50, box.y + 300, { steps: 5 });
  await page.mouse.move(box.x + 240, box.y + 300, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await workbench.sideBar.boundingBox())!.width).toBeLessThan(260);
  await workbench.treeRows('@lanternfish_ci').hover();
  await workbench.screenshot('narrow-top');
  await workbench.treeRows(/^Failed\d+/).click();
  await workbench
    .treeRows(/Heads-up/)
    .first()
    .hover();
  await workbench.screenshot('narrow-failed');
});

test.describe('Find Update…', () => {
  test(
    'finds by words of the text in any order, asks for nothing, and opens what is picked',
    { tag: '@once' },
    async ({ workbench, page, sandbox, api }) => {
      await workbench.openView();
      await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
      const before = deeds(sandbox).length;
      await workbench.runCommand('Buffer: Find Update');
      await expect(workbench.quickInput).toHaveAttribute('placeholder', /Words of the text/);
      await page.keyboard.type('candidate release bluesky');
      await expect(workbench.quickPick(/Load More: @docs\.larkspur\.example/)).toBeVisible();
      await expect(workbench.quickPick(/Load More/)).toHaveCount(2);
      expect(deeds(sandbox).slice(before)).toEqual([]);
      // The profiles of API v1 bring no queues along: the first row loads those of the one that is named.
      if (api === 'v1') await page.keyboard.press('Enter');
      await expect(workbench.quickPick(/Release candidate/)).toBeVisible();
      await workbench.screenshot('find');
      const asked = deeds(sandbox).slice(before);
      expect(asked).toHaveLength(api === 'v1' ? 2 : 0);
      await page.keyboard.press('Enter');
      await expect(workbench.editorTab('Release candidate')).toBeVisible();
      await workbench.focusEditor();
      await page.keyboard.press('Alt+F5');
      await expect(workbench.editorTab('Release candidate')).toBeHidden();
      await page.keyboard.press('Shift+Alt+F5');
      await expect(workbench.editorTab('Release candidate')).toBeVisible();
      await workbench.screenshot('find-opened');
      // What the network allows is asked for once, with the first text that is counted.
      expect(
        deeds(sandbox)
          .slice(before)
          .filter((each) => each !== 'limits'),
      ).toEqual(asked);
    },
  );
});
