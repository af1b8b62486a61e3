// The calendar in a window: what only VS Code shows, such as Undo and a reload.
import type { FrameLocator } from '@playwright/test';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import { expect, test } from './fixtures.ts';
import { writes } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

const day = 86_400_000;

async function openCalendar(workbench: WorkbenchPage): Promise<FrameLocator> {
  await workbench.runCommand('Buffer: Open Calendar');
  const calendar = workbench.webview;
  await expect(calendar.locator('.week, .list')).toBeVisible({ timeout: 20_000 * timeoutFactor });
  return calendar;
}

test.describe('the calendar', () => {
  test.use({ seed: 'large' });

  test('an update is dragged to another day, and Undo takes it back', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    const calendar = await openCalendar(workbench);
    await calendar.getByRole('button', { name: 'Week', exact: true }).click();
    await calendar.getByRole('button', { name: 'Next Week' }).click();
    // One with a time of its own goes back to just that.
    const ids = [...sandbox.state.updates.values()].filter(({ isCustomScheduled, status }) => isCustomScheduled && status === 'buffer');
    const items = calendar.locator('.item.is-pending:not(.is-slim)');
    await expect(items.first()).toBeVisible();
    await workbench.screenshot('calendar-week');
    const shown = await items.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['id']!));
    const id = shown.find((each) => ids.some((update) => update.id === each)) ?? shown[0]!;
    const item = calendar.locator(`.item[data-id="${id}"]`);
    // Not under the names of the days, where it counts as in sight.
    await item.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const before = sandbox.state.updates.get(id)!.dueAt;
    const own = await item.evaluate((element) => [...document.querySelectorAll('.day')].indexOf(element.closest('.day')!));
    const box = (await item.boundingBox())!;
    const other = (await calendar
      .locator('.day')
      .nth(own === 6 ? 5 : own + 1)
      .boundingBox())!;
    await page.mouse.move(box.x + 30, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(other.x + 40, box.y + 40, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => sandbox.state.updates.get(id)!.dueAt).not.toBe(before);
    expect(writes(sandbox)).toHaveLength(1);
    const moved = sandbox.state.updates.get(id)!.dueAt;
    await workbench.screenshot('calendar-moved');
    await page.locator('.notification-toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => sandbox.state.updates.get(id)!.dueAt).not.toBe(moved);
  });

  test(
    'a reload keeps the week and the filters, and what changes elsewhere moves in place',
    { tag: '@once' },
    async ({ workbench, page, sandbox }) => {
      const calendar = await openCalendar(workbench);
      await calendar.getByRole('button', { name: 'List', exact: true }).click();
      await calendar.getByRole('button', { name: 'Next Week' }).click();
      await calendar.getByRole('button', { name: 'Filters', exact: true }).click();
      await calendar.getByRole('checkbox', { name: 'Free posting times' }).uncheck();
      const title = await calendar.getByRole('heading', { level: 1 }).textContent();
      const reloaded = page.waitForEvent('load');
      await workbench.runCommand('Developer: Reload Window');
      await reloaded;
      await workbench.ready();
      const again = workbench.webview;
      await expect(again.locator('.list')).toBeVisible({ timeout: 20_000 * timeoutFactor });
      await expect(again.getByRole('heading', { level: 1 })).toHaveText(title!);
      await expect(again.getByRole('button', { name: 'Filters (1)' })).toBeVisible();
      const item = again.locator('.item.is-pending').first();
      const id = (await item.getAttribute('data-id'))!;
      const at = Number(await item.getAttribute('data-at'));
      const update = sandbox.state.updates.get(id)!;
      sandbox.state.edit(update, { when: { at: at / 1000 + day / 1000 / 24 } });
      await again.getByRole('button', { name: 'Refresh' }).click();
      await expect(again.locator(`.item[data-id="${id}"]`)).toHaveAttribute('data-at', String(at + day / 24));
    },
  );
});
