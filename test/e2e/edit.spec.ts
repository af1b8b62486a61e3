import { matchOf } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { askOnRow, countOf, deeds, dueRows, newestSent, queue, unfold, writes } from './steps.ts';

test.describe('an update where it stands', () => {
  test('opens as a document; saving sends the edit after one look', { tag: ['@once', '@oldest'] }, async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await expect(workbench.editorTab('Release candidate')).toBeVisible();
    await expect(workbench.statusBar('Bluesky')).toContainText('/300');
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' 🎉 (edited)');
    const { id, text } = queue(sandbox, ids.bluesky)[4]!;
    sandbox.resetRequests();
    await page.keyboard.press('Control+s');
    await expect.poll(() => sandbox.state.updates.get(id)!.text).toBe(`${text} 🎉 (edited)`);
    await expect(workbench.editorTab('Release candidate')).not.toHaveClass(/dirty/);
    // The look is left out where VS Code happened to look within the last two seconds.
    const asked = deeds(sandbox);
    expect(['read', ...asked].slice(-2)).toEqual(['read', 'edit']);
    expect(asked.length).toBeLessThanOrEqual(2);
    // Neither above the text nor in a tab is there anything but its words.
    await expect(page.locator('.monaco-breadcrumbs .folder')).toHaveCount(0);
    await expect(page.locator('.monaco-breadcrumbs')).toContainText('Release candidate');
    await expect(page.locator('.tabs-and-actions-container')).not.toContainText(id);
    await expect(page.locator('.monaco-breadcrumbs')).not.toContainText(id);
    await workbench.screenshot('edit-saved');
  });

  test(
    'a change made elsewhere becomes a save conflict, and nothing is overwritten unasked',
    { tag: '@once' },
    async ({ workbench, page, sandbox }) => {
      await unfold(workbench, '@docs.larkspur.example', 'Pending');
      await workbench.treeRows('Release candidate').click();
      await workbench.focusEditor();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' mine');
      const { id } = queue(sandbox, ids.bluesky)[4]!;
      sandbox.editElsewhere(id, 'A colleague wrote this meanwhile');
      await page.keyboard.press('Control+s');
      const told = workbench.notifications('The content of the file is newer');
      await expect(told).toBeVisible();
      await workbench.screenshot('edit-conflict');
      expect(sandbox.state.updates.get(id)!.text).toBe('A colleague wrote this meanwhile');
      await told.getByRole('button', { name: 'Overwrite' }).click();
      await expect.poll(() => sandbox.state.updates.get(id)!.text).toContain(' mine');
    },
  );

  test('a conflicting text of the same size is not overwritten either @once', async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' mine');
    // What is saved without having been edited would look the same at first.
    await expect(workbench.editorTab('Release candidate')).toHaveClass(/dirty/);
    const { id, text } = queue(sandbox, ids.bluesky)[4]!;
    const theirs = text.replace('Release', 'RELEASE');
    sandbox.editElsewhere(id, theirs);
    await page.keyboard.press('Control+s');
    const told = workbench.notifications('changed elsewhere');
    await expect(told).toBeVisible();
    expect(sandbox.state.updates.get(id)!.text).toBe(theirs);
    await page.keyboard.press('Control+s');
    await expect.poll(() => sandbox.state.updates.get(id)!.text).toContain(' mine');
  });

  test(
    'after a reload, what was changed elsewhere is compared with, and what was deleted there says so',
    { tag: '@once' },
    async ({ workbench, page, sandbox }) => {
      await unfold(workbench, '@docs.larkspur.example', 'Pending');
      const [{ id: deleted, text }, { id }] = [queue(sandbox, ids.bluesky)[0]!, queue(sandbox, ids.bluesky)[4]!];
      const words = text.replace(/^\W+/u, '').slice(0, 10);
      await workbench.treeRows(words).first().click();
      await expect(workbench.editorTab(words)).toBeVisible();
      await workbench.runCommand('View: Keep Editor');
      await workbench.treeRows('Release candidate').click();
      await workbench.focusEditor();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' mine');
      await expect(workbench.editorTab('Release candidate')).toHaveClass(/dirty/);
      // Which tabs are open is stored by VS Code every five seconds.
      await page.waitForTimeout(6_000);
      sandbox.state.remove(sandbox.state.updates.get(deleted)!);
      sandbox.editElsewhere(id, 'A colleague wrote this meanwhile');
      await workbench.reload();
      await workbench.focusEditor();
      await expect(page.locator('.editor-instance')).toContainText('mine');
      await page.keyboard.press('Control+s');
      const told = workbench.notifications('The content of the file is newer');
      await expect(told).toBeVisible();
      expect(sandbox.state.updates.get(id)!.text).toBe('A colleague wrote this meanwhile');
      await told.getByRole('button', { name: 'Compare' }).click();
      const sides = page.locator('.monaco-diff-editor .view-lines');
      await expect(sides.filter({ hasText: 'A colleague wrote this meanwhile' })).toHaveCount(1);
      await expect(sides.filter({ hasText: 'mine' })).toHaveCount(1);
      await workbench.screenshot('edit-compared');
      await workbench.editorTab(words).click();
      await expect(page.locator('.editor-instance')).toContainText('This update is not at Buffer any more');
      await workbench.screenshot('edit-gone');
    },
  );

  test('a text that is too long is underlined, counted and not sent @once', async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' far too much'.repeat(20));
    await expect(page.locator('.squiggly-error').first()).toBeVisible();
    await expect(workbench.statusBar('Bluesky 367/300')).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(workbench.notifications('Bluesky allows 300 characters, and this text has 367')).toBeVisible();
    await workbench.screenshot('edit-too-long');
    expect(writes(sandbox)).toEqual([]);
  });

  test('a failed save keeps the text and can be repeated @once', async ({ workbench, page, sandbox, api }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' kept');
    sandbox.faults.add({ kind: 'status', status: 500, match: matchOf('edit', api), times: 1 });
    await page.keyboard.press('Control+s');
    const told = workbench.notifications('Failed to save');
    // The current API has words of its own for it.
    await expect(told).toContainText(api === 'v1' ? 'Buffer failed on its side' : 'Sandbox fault.');
    await expect(workbench.editor).toContainText('kept');
    await told.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => queue(sandbox, ids.bluesky)[4]!.text).toMatch(/ kept$/);
  });

  test('a sent update opens read-only', { tag: '@once' }, async ({ workbench, page }) => {
    await unfold(workbench, '@larkspur.docs', 'Sent');
    await workbench.treeRows('New screencast').first().click();
    await expect(workbench.editor).toBeVisible();
    await workbench.focusEditor();
    await page.keyboard.type('x');
    await expect(page.locator('.monaco-editor-overlaymessage')).toContainText('read-only');
  });

  test('reschedule, move to top, share now, delete and undo from the row', async ({ workbench, page, sandbox, api }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const texts = () => queue(sandbox, ids.bluesky).map(({ text }) => text.slice(0, 17));
    const row = workbench.treeRows('Release candidate');
    const due = dueRows(workbench);
    await expect(due).toHaveCount(12);
    const waiting = (await countOf(workbench.treeRows(/^Pending/)))!;

    await workbench.contextMenu(row, 'Move to Top of Queue');
    await expect.poll(() => texts()[0]).toBe('Release candidate');
    await expect(due.first()).toContainText('Release candidate');

    await workbench.contextMenu(row, 'Reschedule…');
    await workbench.quickInput.fill('in 40 days');
    await expect(page.locator('.quick-input-list')).toContainText('PST');
    await workbench.screenshot('edit-reschedule');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts().at(-1)).toBe('Release candidate');
    await expect(due.last()).toContainText('Release candidate');

    const second = texts()[1]!;
    await askOnRow(workbench, due.nth(1), 'Delete');
    await workbench.dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => texts()).not.toContain(second);
    await workbench.notifications('The update was deleted.').getByRole('button', { name: 'Undo' }).click();
    // The current API has no way to put it back into its place: it comes last, but for the one with a time of its own.
    const place = api === 'v1' ? 1 : 10;
    await expect.poll(() => texts()[place]).toBe(second);
    await expect(due.nth(place)).toContainText(second);

    const first = texts()[0]!;
    await askOnRow(workbench, due.first(), 'Share Now');
    await expect(workbench.dialog).toContainText('Share this update on @docs.larkspur.example now?');
    await workbench.screenshot('edit-share-asks');
    await workbench.dialog.getByRole('button', { name: 'Share Now' }).click();
    await expect.poll(() => texts()).not.toContain(first);
    await expect(workbench.treeRows(new RegExp(`^Pending${waiting - 1}`))).toBeVisible();
    // How much was sent is told by v1 alone.
    await expect(workbench.treeRows(api === 'v1' ? /^Sent91/ : /^Sent/)).toBeVisible();
  });

  test('is made again for the next weeks, whose times are shown before, and taken back with one Undo @once', async ({
    workbench,
    page,
    sandbox,
    inEachTheme,
  }) => {
    sandbox.behave({ duplicates: 'taken' });
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const copies = () => queue(sandbox, ids.bluesky).filter(({ text }) => text.startsWith('Release candidate'));
    await workbench.contextMenu(workbench.treeRows('Release candidate'), 'Duplicate for the Next Weeks…');
    await expect(workbench.quickPick(/^Each \w+day for 4 weeks/)).toBeVisible();
    await inEachTheme(['dark', 'highContrast', 'light'], (theme) => workbench.screenshot(`weekly-count-${theme}`));
    await page.keyboard.type('5');
    await expect(workbench.quickPick(/^Each \w+day for 5 weeks/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(workbench.dialog).toContainText('Make 5 more updates like this?');
    await inEachTheme(['dark', 'highContrast', 'light'], (theme) => workbench.screenshot(`weekly-asks-${theme}`));
    expect(writes(sandbox)).toEqual([]);
    await workbench.dialog.getByRole('button', { name: 'Duplicate' }).click();
    const told = workbench.notifications('5 updates were scheduled for @docs.larkspur.example.');
    await expect(told).toBeVisible();
    expect(copies()).toHaveLength(6);
    await workbench.screenshot('weekly-made');
    await told.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => copies().length).toBe(1);
  });

  test('copies the text', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.contextMenu(workbench.treeRows('Release candidate'), 'Copy Text');
    await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toBe(queue(sandbox, ids.bluesky)[4]!.text);
  });

  test('says above its text whose it is, when it goes out and how long it is, and that it was saved @once', async ({
    workbench,
    page,
    inEachTheme,
  }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await workbench.focusEditor();
    const line = page.locator('.codelens-decoration').first();
    await expect(line).toContainText('@docs.larkspur.example on Bluesky');
    await expect(line).toContainText(/\d+\/300/u);
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' more');
    await page.keyboard.press('Control+s');
    await expect(line).toContainText(/Saved to Buffer \d/u);
    await inEachTheme(['light', 'dark', 'highContrast'], (theme) => workbench.screenshot(`edit-header-${theme}`));
  });

  test(
    'what others noted on an update stands above it where it is only read',
    { tag: '@once' },
    async ({ workbench, page, sandbox, inEachTheme }) => {
      const { id, text } = newestSent(sandbox, ids.bluesky);
      const at = Math.floor(Date.now() / 1000);
      sandbox.state.notes.set(id, [
        { id: 'n2', text: 'Said $(star) **it**,\nand more', author: { name: null, email: 'guild@larkspur.example' }, createdAt: at - 60 },
        { id: 'n1', text: 'Well done.', author: { name: 'Ann', email: '' }, createdAt: at - 600 },
      ]);
      await unfold(workbench, '@docs.larkspur.example', 'Sent');
      await workbench.treeRows(text.slice(0, 12)).first().click();
      const line = page.locator('.codelens-decoration').first();
      await expect(line).toContainText('Note by Ann: Well done.');
      await expect(line).toContainText('Note by guild@larkspur.example: Said $');
      expect(deeds(sandbox).filter((deed) => deed === 'notes')).toHaveLength(1);
      await inEachTheme(['light', 'dark', 'highContrast'], (theme) => workbench.screenshot(`notes-${theme}`));
    },
  );
});
