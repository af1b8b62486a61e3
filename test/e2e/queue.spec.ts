import { ids } from '../unit/ids.ts';
import { expect, test } from './fixtures.ts';
import { queue, unfold, writes } from './steps.ts';

test.describe('the sidebar', () => {
  test('asks for nothing until it is opened, then once for it and once for a section', async ({ workbench, sandbox, page }) => {
    await workbench.runCommand('Buffer: Show Log');
    const reads = () => sandbox.requests().filter(({ path }) => path !== '/1/user.json').map(({ path }) => path);
    expect(reads()).toEqual([]);
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toContainText('250 pending');
    expect(reads()).toEqual(['/1/profiles.json']);
    await workbench.treeRows('@larkspur_dev').click();
    await expect(workbench.treeRows(/^Pending250/)).toBeVisible();
    expect(reads()).toHaveLength(1);
    await workbench.treeRows(/^Pending250/).click();
    await expect(workbench.treeRows('Larkspur 4.0 is out')).toBeVisible();
    expect(reads()).toEqual(['/1/profiles.json', `/1/profiles/${ids.x}/updates/pending.json`]);
    await page.keyboard.press('End');
    await workbench.screenshot('queue-log');
  });

  test('brings more on demand and keeps its place', async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@larkspur_dev', 'Pending');
    await page.mouse.move(200, 500);
    await page.mouse.wheel(0, 900);
    // Away from the rows, whose tooltips would cover the one to click.
    await page.mouse.move(900, 400);
    await workbench.treeRows('25 of 250 shown').click();
    await expect(workbench.treeRows('25 of 250 shown')).toHaveCount(0);
    await page.mouse.move(200, 500);
    await expect(async () => {
      await page.mouse.wheel(0, 900);
      await expect(workbench.treeRows('50 of 250 shown')).toBeVisible({ timeout: 500 });
    }).toPass();
    expect(sandbox.requests().filter(({ path }) => path.endsWith('pending.json'))).toHaveLength(2);
  });

  test('a refresh keeps what is unfolded and selected, and shows what changed', async ({ workbench, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    await workbench.treeRows(/^Pending12/).click();
    await workbench.treeRows(/^Pending12/).click();
    sandbox.editElsewhere(queue(sandbox, ids.bluesky)[0]!.id, 'Changed by a colleague');
    await workbench.runCommand('Buffer: Refresh');
    await expect(workbench.treeRows('Changed by a colleague')).toBeVisible();
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    await expect(workbench.treeRows(/^Pending12/)).toHaveClass(/selected/);
  });

  test('a failed section says so where its rows would be, and tries again on a click', async ({ workbench, sandbox }) => {
    sandbox.faults.add({ kind: 'html', match: { path: 'pending' }, times: 1 });
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const row = workbench.treeRows('Buffer gave an answer that cannot be read.');
    await expect(row).toBeVisible();
    await workbench.screenshot('queue-failed');
    await row.click();
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    await expect(row).toHaveCount(0);
  });

  test('an empty queue offers to write', async ({ workbench }) => {
    await unfold(workbench, 'Larkspur Workshop', 'Pending');
    await expect(workbench.treeRows('The queue is empty')).toBeVisible();
    await workbench.treeRows('The queue is empty').click();
    const chosen = workbench.webview.locator('.chip[aria-pressed=true]');
    await expect(chosen).toHaveCount(1);
    await expect(chosen).toContainText('Larkspur Workshop');
  });

  test('dragging reorders the queue; so do Alt+Up and Alt+Down', async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const before = queue(sandbox, ids.bluesky).map(({ id }) => id);
    await workbench.treeRows('Release candidate').dragTo(workbench.treeRows('It worked on my machine'));
    await expect.poll(() => queue(sandbox, ids.bluesky)[0]!.text).toContain('Release candidate');
    await expect(workbench.treeRows().nth(6)).toContainText('Release candidate');
    expect(writes(sandbox)).toEqual([`/1/profiles/${ids.bluesky}/updates/reorder.json`]);

    await workbench.treeRows('Release candidate').click();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => queue(sandbox, ids.bluesky)[1]!.text).toContain('Release candidate');
    expect(queue(sandbox, ids.bluesky)[0]!.id).toBe(before[0]);
    await expect(workbench.treeRows().nth(7)).toContainText('Release candidate');
  });

  test('shuffles after asking', async ({ workbench, sandbox }) => {
    await workbench.openView();
    const before = queue(sandbox, ids.bluesky).map(({ id }) => id);
    await workbench.contextMenu(workbench.treeRows('@docs.larkspur.example'), 'Shuffle Queue');
    await workbench.dialog.getByRole('button', { name: 'Shuffle' }).click();
    await expect.poll(() => queue(sandbox, ids.bluesky).map(({ id }) => id)).not.toEqual(before);
  });

  test('shows what failed as a badge', async ({ workbench, page }) => {
    await unfold(workbench, 'LarkspurLinkedIn', 'Sent');
    await expect(page.locator('.activitybar .badge-content').filter({ hasText: /^\d$/ })).toBeVisible();
  });

  test.describe('no profiles', () => {
    test.use({ seed: 'none' });
    test('says so and what to do', async ({ workbench }) => {
      await workbench.openView();
      await expect(workbench.sideBar).toContainText('No profile is connected to this Buffer account yet.');
      await workbench.screenshot('queue-no-profiles');
    });
  });

  for (const colorTheme of ['light', 'dark', 'highContrast'] as const) {
    test.describe(colorTheme, () => {
      test.use({ colorTheme, viewport: { width: 1280, height: 760 } });
      test('looks right', async ({ workbench, page }) => {
        await unfold(workbench, 'LarkspurLinkedIn', 'Pending');
        await workbench.treeRows('How we test').click();
        await expect(workbench.editor).toBeVisible();
        await workbench.treeRows().nth(4).hover();
        await expect(page.locator('.monaco-hover:visible')).toContainText('Due');
        await workbench.screenshot(`queue-${colorTheme}`);
      });
    });
  }
});
