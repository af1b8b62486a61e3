import { matchOf } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { deeds, dueRows, queue, unfold, writes } from './steps.ts';

test.describe('the sidebar', () => {
  test.describe('in a new window', () => {
    test.use({ ownWindow: true });

    test('asks for nothing until it is opened, then once for it and at most once for a section', async ({
      workbench,
      sandbox,
      page,
      api,
    }) => {
      await workbench.runCommand('Buffer: Show Log');
      expect(deeds(sandbox)).toEqual([]);
      await workbench.openView();
      // The current API tells no numbers; what came along is a lower bound.
      await expect(workbench.treeRows('@larkspur_dev')).toContainText(api === 'v1' ? '250 pending' : /\d\d\+ pending/);
      expect(deeds(sandbox)).toEqual(['overview']);
      await workbench.treeRows('@larkspur_dev').click();
      const pending = workbench.treeRows(api === 'v1' ? /^Pending250/ : /^Pending\d\d\+/);
      await expect(pending).toBeVisible();
      expect(deeds(sandbox)).toHaveLength(1);
      await pending.click();
      await expect(workbench.treeRows('Larkspur 4.0 is out')).toBeVisible();
      // There, a page of this queue came along with the overview.
      expect(deeds(sandbox)).toEqual(api === 'v1' ? ['overview', 'pages'] : ['overview']);
      await pending.click();
      await unfold(workbench, 'Larkspur Diagrams', 'Pending', 1);
      await expect(dueRows(workbench)).toHaveCount(3);
      expect(deeds(sandbox).slice(1)).toEqual(api === 'v1' ? ['pages', 'pages'] : ['pages']);
      await page.keyboard.press('End');
      await workbench.screenshot('queue-log');
    });
  });

  test('brings more on demand and keeps its place', async ({ workbench, page, sandbox, api }) => {
    await unfold(workbench, '@larkspur_dev', 'Pending');
    const more = workbench.treeRows('Load More');
    const shown = async () => Number(/(\d+)(?: of 250)? shown/.exec((await more.textContent({ timeout: 500 })) ?? '')?.[1]);
    const toTheEnd = async () => {
      // In steps of less than what is in sight: the rows of other profiles come after it.
      for (let steps = 0; steps < 20 && !(await more.isVisible()); steps++) {
        await page.mouse.move(200, 400);
        await page.mouse.wheel(0, 250);
      }
      // Away from the rows, whose tooltips would cover the one to click.
      await page.mouse.move(900, 400);
      await expect(more).toBeVisible({ timeout: 500 });
    };
    await expect(toTheEnd).toPass();
    const before = await shown();
    // On the current API the head came along with those of the other queues, as long as it happened to be.
    if (api === 'v1') expect(before).toBe(25);
    const first = deeds(sandbox).length;
    // Rows that are drawn anew under the pointer swallow a click.
    await expect(async () => {
      if (deeds(sandbox).length === first) await more.click({ timeout: 2_000 });
      await expect.poll(() => deeds(sandbox).slice(first), { timeout: 5_000 }).toEqual(['pages']);
    }).toPass();
    // The rows come after the answer: until then the end is where it was.
    await expect(async () => {
      await toTheEnd();
      // A page of the current API begins with the last update of the one before, lest one be missed.
      expect(await shown()).toBe(before + (api === 'v1' ? 25 : 24));
    }).toPass();
  });

  test('a refresh keeps what is unfolded and selected, and shows what changed', { tag: '@once' }, async ({ workbench, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    const pending = workbench.treeRows(/^Pending/);
    await pending.click();
    await pending.click();
    sandbox.editElsewhere(queue(sandbox, ids.bluesky)[0]!.id, 'Changed by a colleague');
    await workbench.runCommand('Buffer: Refresh');
    await expect(workbench.treeRows('Changed by a colleague')).toBeVisible();
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    await expect(pending).toHaveClass(/selected/);
  });

  test('a failed section says so where its rows would be, and tries again on a click @once', async ({ workbench, sandbox, api }) => {
    sandbox.faults.add({ kind: 'html', match: matchOf('pages', api), times: 1 });
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const row = workbench.treeRows('answered with a web page (text/html, status 200)');
    await expect(row).toBeVisible();
    await workbench.screenshot('queue-failed');
    await row.click();
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    await expect(row).toHaveCount(0);
  });

  test('an empty queue offers to write', { tag: '@once' }, async ({ workbench }) => {
    await unfold(workbench, '@docsguild@mastodon.example', 'Pending');
    await expect(workbench.treeRows('The queue is empty')).toBeVisible();
    await workbench.treeRows('The queue is empty').click();
    const chosen = workbench.webview.locator('.chip[aria-pressed=true]');
    await expect(chosen).toHaveCount(1);
    await expect(chosen).toContainText('@docsguild@mastodon.example');
  });

  test.describe('the order of a queue', () => {
    test.skip(({ api }) => api !== 'v1', 'Buffer’s current API has no way to change the order of a queue.');

    test('dragging reorders the queue; so do Alt+Up and Alt+Down', async ({ workbench, page, sandbox }) => {
      await unfold(workbench, '@docs.larkspur.example', 'Pending');
      const before = queue(sandbox, ids.bluesky).map(({ id }) => id);
      await workbench.treeRows('Release candidate').dragTo(workbench.treeRows('It worked on my machine'));
      await expect.poll(() => queue(sandbox, ids.bluesky)[0]!.text).toContain('Release candidate');
      await expect(dueRows(workbench).first()).toContainText('Release candidate');
      expect(writes(sandbox)).toEqual(['reorder']);

      await workbench.treeRows('Release candidate').click();
      await page.keyboard.press('Alt+ArrowDown');
      await expect.poll(() => queue(sandbox, ids.bluesky)[1]!.text).toContain('Release candidate');
      expect(queue(sandbox, ids.bluesky)[0]!.id).toBe(before[0]);
      await expect(dueRows(workbench).nth(1)).toContainText('Release candidate');
    });

    test('shuffles after asking', async ({ workbench, sandbox }) => {
      await workbench.openView();
      const before = queue(sandbox, ids.bluesky).map(({ id }) => id);
      await workbench.contextMenu(workbench.treeRows('@docs.larkspur.example'), 'Shuffle Queue');
      await workbench.dialog.getByRole('button', { name: 'Shuffle' }).click();
      await expect.poll(() => queue(sandbox, ids.bluesky).map(({ id }) => id)).not.toEqual(before);
    });
  });

  test('shows what failed as a badge @once', async ({ workbench, page }) => {
    await unfold(workbench, 'LarkspurLinkedIn', 'Sent');
    await expect(page.locator('.activitybar .badge-content').filter({ hasText: /^\d+$/ })).toBeVisible();
  });

  test.describe('no profiles', () => {
    test.use({ seed: 'none' });
    test('says so and what to do @once', async ({ workbench, page }) => {
      await workbench.openView();
      await expect(workbench.sideBar).toContainText('No profile is connected to this Buffer account yet.');
      await expect(page.locator('.activitybar .badge-content').filter({ hasText: /\d/ })).toBeHidden();
      await workbench.screenshot('queue-no-profiles');
    });
  });

  test('looks right @once', async ({ workbench, page, inEachTheme }) => {
    await unfold(workbench, 'LarkspurLinkedIn', 'Pending');
    await workbench.treeRows('How we test').click();
    await expect(workbench.editor).toBeVisible();
    await inEachTheme(['light', 'dark', 'highContrast'], async (theme) => {
      // A row that is drawn anew at this moment takes its hover away.
      await expect(async () => {
        await workbench.editor.hover();
        await dueRows(workbench).first().hover();
        await expect(page.locator('.monaco-hover:visible')).toContainText('Due', { timeout: 3_000 });
        await expect(page.locator('.workbench-hover-container:visible')).toHaveCSS('opacity', '1', { timeout: 3_000 });
      }).toPass();
      await workbench.screenshot(`queue-${theme}`);
    });
  });
});
