import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { deeds, lastCreatedFor, writeAndSelect, writes } from './steps.ts';

/**
 * Four of the commonest jobs of a day, each by keyboard alone. How many keys they take is told with the test; what they may
 * ask of Buffer is the least that does it.
 */
test.describe('by keyboard alone', { tag: '@once' }, () => {
  /** Presses keys one after the other, and counts them. */
  class Keys {
    count = 0;
    readonly #page: Page;

    constructor(page: Page) {
      this.#page = page;
    }

    async press(...keys: string[]): Promise<void> {
      for (const key of keys) await this.#page.keyboard.press(key);
      this.count += keys.length;
    }

    async type(text: string): Promise<void> {
      await this.#page.keyboard.type(text);
      this.count += text.length;
    }

    /** What the person would write anyway is not counted. */
    async write(text: string): Promise<void> {
      await this.#page.keyboard.type(text);
    }

    /** Runs a command of the palette by the first letters of its words. */
    async command(letters: string, entry: Locator): Promise<void> {
      await this.press('F1');
      await this.type(letters);
      await expect(entry).toBeVisible();
      await this.press('Enter');
    }

    tell(job: string, asked: readonly string[]): void {
      const figures = `${this.count} keys, 0 clicks, ${asked.length} requests (${asked.join(', ')})`;
      test.info().annotations.push({ type: job, description: figures });
    }
  }

  test('a selection is posted to three profiles with one request', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'To three of them');
    const before = deeds(sandbox).length;
    const keys = new Keys(page);
    await keys.command('post sel', workbench.quickPick('Buffer: Post Selection…'));
    await expect(workbench.quickPick('@larkspur_dev')).toBeVisible();
    // The profile of the last time is chosen already, and first.
    await keys.press('ArrowDown', 'ArrowDown', 'Space', 'ArrowDown', 'Space');
    await expect(page.locator('.quick-input-list .monaco-list-row [aria-checked=true]')).toHaveCount(3);
    await keys.press('Enter');
    await expect(workbench.quickPick('Add to Queue')).toBeVisible();
    await keys.press('Enter');
    await expect(workbench.notifications('Queued for')).toBeVisible();
    expect(lastCreatedFor(sandbox)).toHaveLength(3);
    expect(
      deeds(sandbox)
        .slice(before)
        .filter((deed) => deed === 'create'),
    ).toHaveLength(1);
    keys.tell('post a selection to three profiles', deeds(sandbox).slice(before));
  });

  test('a failed update is mended and back in its queue with a look and an edit', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await expect(workbench.treeRows(/^Failed\d+/)).toBeVisible();
    const before = deeds(sandbox).length;
    const keys = new Keys(page);
    await keys.command('next failed', workbench.quickPick('Buffer: Next Failed Update'));
    await expect(workbench.editorTab('A diagram is worth')).toBeVisible();
    await keys.command('fix and', workbench.quickPick('Buffer: Fix and Requeue'));
    await expect(page.locator('.squiggly-error, .squiggly-warning').first()).toBeVisible();
    await keys.press('Control+End');
    await keys.write(' Shorter.');
    await keys.press('Control+s');
    await expect(workbench.statusBar('Back in the queue')).toBeVisible();
    expect(deeds(sandbox).slice(before).length).toBeLessThanOrEqual(2);
    keys.tell('fix a failed update', deeds(sandbox).slice(before));
  });

  test('tomorrow’s updates of all profiles move by a day with a look and an edit each', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await expect(workbench.treeRows('@docs.larkspur.example')).toBeVisible();
    const keys = new Keys(page);
    await keys.command('group by day', workbench.quickPick('Buffer: Group by Day'));
    await expect(workbench.treeRows(/^Tomorrow/)).toBeVisible();
    await keys.command('focus on queue', workbench.quickPick('Buffer: Focus on Queue View'));
    const focused = page.locator('.pane-body .monaco-list-row.focused');
    await keys.press('Home');
    while (!/^Tomorrow/u.test((await focused.textContent())!)) await keys.press('ArrowDown');
    await keys.press('ArrowDown', 'Space');
    const level = await focused.getAttribute('aria-level');
    const isInDay = async () => (await focused.getAttribute('aria-level')) === level;
    const before = deeds(sandbox).length;
    while (await isInDay()) await keys.press('Shift+ArrowDown');
    await keys.press('Shift+ArrowUp');
    await workbench.screenshot('jobs-day');
    await keys.command('reschedule', workbench.quickPick('Buffer: Reschedule…'));
    await expect(workbench.quickPick('1 day later')).toBeVisible();
    await keys.press('Enter');
    await expect(workbench.dialog).toContainText('12 updates');
    await keys.press('Enter');
    await expect(workbench.notifications(/updates were rescheduled/)).toBeVisible();
    await workbench.screenshot('jobs-day-moved');
    const asked = deeds(sandbox).slice(before);
    keys.tell('move tomorrow’s updates by a day', asked);
  });

  test('an update is found by a word in it and edited with a look and an edit', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await expect(workbench.treeRows('@docs.larkspur.example')).toBeVisible();
    const before = deeds(sandbox).length;
    const keys = new Keys(page);
    await keys.command('find upd', workbench.quickPick('Buffer: Find Update…'));
    await expect(workbench.quickInput).toBeVisible();
    await keys.type('release cand');
    await expect(page.locator('.quick-input-list .monaco-list-row').first()).toContainText('Release candidate');
    await keys.press('Enter');
    await expect(workbench.editorTab('Release candidate')).toBeVisible();
    await keys.press('Control+End');
    await keys.write(' Soon.');
    await keys.press('Control+s');
    await expect.poll(() => writes(sandbox)).toEqual(['edit']);
    await expect(page.locator('.codelens-decoration').first()).toContainText('Saved to Buffer');
    expect(deeds(sandbox).slice(before).length).toBeLessThanOrEqual(2);
    keys.tell('find and edit an update by a word in it', deeds(sandbox).slice(before));
  });
});
