import type { Locator } from '@playwright/test';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { deeds, queue, unfold, writes } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

/** The first free time, whose day is unfolded for it: what is left of a day, and so where that is, depends on the hour. */
async function unfoldFree(workbench: WorkbenchPage): Promise<Locator> {
  const day = workbench.treeRows(/\d free$/).first();
  const free = workbench.treeRows(/Free: /).first();
  // REST API v1 is asked for queue after queue: which day is the first changes until all are read.
  await expect(async () => {
    if ((await day.getAttribute('aria-expanded')) !== 'true') await day.click();
    await expect(free).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 20_000 * timeoutFactor });
  return free;
}

test.describe('the queues by day', () => {
  // What is out of sight in a list is not there.
  test.use({ viewport: { width: 1280, height: 1400 } });

  test('stand together with what is free between, without a request, and a free time leads to the composer @once', async ({
    workbench,
    sandbox,
  }) => {
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    const before = deeds(sandbox).length;
    await workbench.runCommand('Buffer: Group by Day');
    await expect(workbench.treeRows(/^Tomorrow/)).toHaveAttribute('aria-expanded', 'true');
    expect(deeds(sandbox)).toHaveLength(before);
    const free = await unfoldFree(workbench);
    const words = (await free.textContent())!;
    const time = /(\d{1,2}):(\d\d).([AP]M)/u.exec(words)!;
    await free.click();
    const composer = workbench.webview;
    await expect(composer.locator('#text-field')).toBeEditable();
    // The row has the person's own clock, the composer that of the profile, which may be set within these days.
    const [profile] = sandbox.state.profiles
      .filter(({ formattedUsername }) => words.includes(formattedUsername))
      .sort((a, b) => b.formattedUsername.length - a.formattedUsername.length);
    const hour = (Number(time[1]) % 12) + (time[3] === 'PM' ? 12 : 0);
    const clock = new Intl.DateTimeFormat('en-US', { timeStyle: 'short', timeZone: profile!.timeZone });
    const there = [0, 7, 14].map((days) => {
      const at = new Date(Date.now() + days * 86_400_000);
      at.setUTCHours(hour, Number(time[2]), 0, 0);
      return clock.format(at).split(/\s/u)[0]!;
    });
    await expect(composer.locator('.resolved')).toHaveText(new RegExp(`\\b(?:${there.join('|')})\\b`, 'u'));
    // It says the person's own, too.
    await expect(composer.locator('.resolved')).toContainText(`${time[1]}:${time[2]}`);
    await workbench.screenshot('by-day-composer');
  });

  test('by keyboard alone, from the view to a free time and into the composer', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Group by Day');
    await expect(workbench.treeRows(/^Tomorrow/)).toBeVisible();
    await workbench.runCommand('Buffer: Focus on Queue View');
    const focused = page.locator('.pane-body .monaco-list-row.focused');
    await page.keyboard.press('Home');
    await expect(focused).toHaveCount(1);
    for (let presses = 0; presses < 80 && !/Free: /u.test((await focused.textContent())!); presses++) {
      const isClosed = (await focused.getAttribute('aria-expanded')) === 'false';
      const hasFree = /\d free$/u.test((await focused.textContent())!);
      await page.keyboard.press(isClosed && hasFree ? 'ArrowRight' : 'ArrowDown');
      // Rows of a day come a moment after it is unfolded.
      if (isClosed && hasFree) await expect(workbench.treeRows(/Free: /).first()).toBeVisible();
    }
    await expect(focused).toContainText('Free: ');
    await workbench.screenshot('by-day-keyboard-row');
    sandbox.resetRequests();
    await page.keyboard.press('Enter');
    const text = workbench.webview.locator('#text-field');
    await expect(text).toBeFocused();
    await page.keyboard.type('Written without a mouse');
    await expect(text).toHaveValue('Written without a mouse');
    await expect(workbench.webview.locator('.resolved')).toBeVisible();
    await workbench.screenshot('by-day-keyboard-composer');
    expect(writes(sandbox)).toEqual([]);
  });

  test.describe('in a tall window', () => {
    test.use({ viewport: { width: 1280, height: 2000 } });

    test(
      'an update dragged onto a free time of its profile goes out then, with one write',
      { tag: '@once' },
      async ({ workbench, page, sandbox }) => {
        const [kept, ...others] = queue(sandbox, ids.bluesky);
        for (const { id } of others) sandbox.state.updates.delete(id);
        await workbench.openView();
        await workbench.runCommand('Buffer: Group by Day');
        await expect(workbench.treeRows(/^Tomorrow/)).toBeVisible();
        const rows = workbench.treeRows('@docs.larkspur.example');
        const free = rows.filter({ hasText: /Free/ }).last();
        const row = rows.filter({ hasNotText: /Free/ }).first();
        const closed = workbench.treeRows(/^(?!Failed).*\d/).and(page.locator('[aria-expanded="false"]'));
        while (!(await free.isVisible()) || !(await row.isVisible())) await closed.first().click();
        await row.dragTo(free);
        await expect(workbench.notifications('Rescheduled for')).toBeVisible();
        expect(writes(sandbox)).toHaveLength(1);
        expect(queue(sandbox, ids.bluesky)[0]!.dueAt).not.toBe(kept!.dueAt);
        await workbench.screenshot('by-day-dragged');
      },
    );
  });

  test('are by day still after a reload, and by profile again when one says so @once', async ({ workbench, page }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Group by Day');
    await expect(workbench.treeRows(/^Tomorrow/)).toBeVisible();
    // VS Code writes what a window remembers a moment later.
    await page.waitForTimeout(1_000);
    await workbench.reload();
    await workbench.openView();
    await expect(workbench.treeRows(/^Tomorrow/)).toBeVisible();
    await workbench.runCommand('Buffer: Group by Profile');
    await expect(workbench.treeRows('@larkspur_dev').first()).toHaveAttribute('aria-level', '1');
  });

  test('look right @once', async ({ workbench, page, inEachTheme }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Group by Day');
    await expect(workbench.treeRows(/^Tomorrow/)).toHaveAttribute('aria-expanded', 'true');
    const free = await unfoldFree(workbench);
    await inEachTheme(['dark', 'highContrast', 'light'], async (theme) => {
      await free.hover();
      await workbench.screenshot(`by-day-${theme}-1280`);
    });
    await page.setViewportSize({ width: 700, height: 1400 });
    await free.hover();
    await workbench.screenshot('by-day-light-700');
  });
});

test.describe('the next update in the status bar', () => {
  test.use({ userSettings: { 'buffer.statusBar.next': true } });

  test('says when and where, and a click shows it in the sidebar', async ({ workbench, page, api }) => {
    await workbench.openView();
    // What REST API v1 has is known once a queue is opened: the status bar asks for nothing.
    if (api === 'v1') await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const item = page.locator('.statusbar-item', { hasText: /\d:\d\d.* \w+/ });
    await expect(item).toBeVisible();
    await item.hover();
    await workbench.screenshot('next-update');
    await workbench.runCommand('View: Show Explorer');
    await item.click();
    await expect(page.locator('.pane-body .monaco-list-row.selected')).toBeVisible();
    await workbench.screenshot('next-update-shown');
  });
});
