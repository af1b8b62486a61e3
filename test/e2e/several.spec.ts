import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { dueRows, queue, unfold, writes } from './steps.ts';

test.describe('several at once', () => {
  test('are moved by a day from the menu, and back by one Undo @once', async ({ workbench, sandbox, inEachTheme }) => {
    const themes = ['light', 'dark', 'highContrast'] as const;
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const due = dueRows(workbench);
    await expect(due).toHaveCount(12);
    const before = queue(sandbox, ids.bluesky);
    await due.nth(1).click();
    await due.nth(3).click({ modifiers: ['Shift'] });
    await workbench.contextMenu(due.nth(2), 'Reschedule…');
    await expect(workbench.quickPick('1 day later')).toBeVisible();
    await inEachTheme(themes, (theme) => workbench.screenshot(`several-shift-${theme}`));
    await workbench.pick('1 day later');
    const told = workbench.notifications('3 updates were rescheduled.');
    await expect(told).toBeVisible();
    expect(writes(sandbox)).toEqual(['edit', 'edit', 'edit']);
    const chosen = before.slice(1, 4);
    const day = 86_400_000;
    for (const { id, dueAt } of chosen) {
      const now = queue(sandbox, ids.bluesky).find((each) => each.id === id)!;
      expect(Math.abs(Date.parse(now.dueAt) - Date.parse(dueAt) - day)).toBeLessThanOrEqual(day / 24);
    }
    await inEachTheme(themes, (theme) => workbench.screenshot(`several-moved-${theme}`));
    await told.getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(() => queue(sandbox, ids.bluesky).filter(({ isCustomScheduled }) => isCustomScheduled).length)
      .toBe(before.filter(({ isCustomScheduled }) => isCustomScheduled).length);
  });

  test('are what a command from the palette is about, until the person works in a document @once', async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const due = dueRows(workbench);
    await expect(due).toHaveCount(12);
    await due.nth(1).click();
    await expect(workbench.editor).toBeVisible();
    for (let times = 0; times < 2; times++) await page.keyboard.press('Shift+ArrowDown');
    await expect(workbench.sideBar.locator('.monaco-list-row.selected')).toHaveCount(3);
    await workbench.runCommand('Buffer: Reschedule…');
    await workbench.pick('1 day later');
    await expect(workbench.notifications('3 updates were rescheduled.')).toBeVisible();
    expect(writes(sandbox)).toEqual(['edit', 'edit', 'edit']);
    await workbench.editor.click();
    await workbench.runCommand('Buffer: Reschedule…');
    // One is asked for its time.
    await expect(workbench.quickPick('1 day later')).toHaveCount(0);
    await expect(workbench.quickInput).toBeVisible();
  });

  test('are deleted by the key after one question', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const due = dueRows(workbench);
    await expect(due).toHaveCount(12);
    const before = queue(sandbox, ids.bluesky).map(({ text }) => text);
    await due.nth(1).click();
    await due.nth(3).click({ modifiers: ['Shift'] });
    await page.keyboard.press('Delete');
    await expect(workbench.dialog).toContainText('Delete 3 updates?');
    await workbench.screenshot('several-delete-asks');
    // Asked, and not done: the selection is as it was.
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(workbench.sideBar.locator('.monaco-list-row.selected')).toHaveCount(3);
    await page.keyboard.press('Delete');
    await workbench.dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => queue(sandbox, ids.bluesky)).toHaveLength(9);
    await workbench.notifications('3 updates were deleted.').getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(() =>
        queue(sandbox, ids.bluesky)
          .map(({ text }) => text)
          .toSorted(),
      )
      .toEqual(before.toSorted());
  });
});
