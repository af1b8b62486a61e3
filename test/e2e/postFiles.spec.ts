import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ids } from '../unit/support/ids.ts';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import { expect, test } from './fixtures.ts';
import { newest, openFile, queue, unfold, writes } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

const post = (when: string, text: string) =>
  [
    `---\nprofiles: [bluesky/docs.larkspur.example, googlebusiness/Larkspur Workshop]\nwhen: ${when}\n---\n${text}\n`,
    `<!-- bluesky -->\n${text} On Bluesky.\n\n---thread---\nAnd a second part.\n`,
  ].join('\n');

/** The sign behind a file's name in the explorer, which is drawn by a style. */
async function signOf(workbench: WorkbenchPage, name: string): Promise<string> {
  const row = workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name });
  return row.locator('.monaco-icon-label').evaluate((label) => {
    const signs = [label, ...label.querySelectorAll('*')].map((each) => getComputedStyle(each, '::after').content);
    return signs.filter((each) => each !== 'none' && each !== 'normal').join(' ');
  });
}

/** Opens a file and queues its posts, of which one is for Bluesky. */
async function queueFile(workbench: WorkbenchPage, name: string, told: string): Promise<void> {
  const { page } = workbench;
  await openFile(workbench, name);
  await expect(workbench.editorTab(/buffer\.md/)).toBeVisible();
  await workbench.runCommand('Buffer: Queue This File…');
  await expect(page.locator('.quick-input-list')).toContainText('bluesky/docs.larkspur.example', { timeout: 30_000 * timeoutFactor });
  await page.keyboard.press('Enter');
  await expect(workbench.notifications(told)).toBeVisible();
  await workbench.runCommand('Notifications: Clear All Notifications');
}

test.describe('files of posts', { tag: '@once' }, () => {
  test('are queued once, after their plan was shown, and say what is wrong with them', async ({
    workbench,
    page,
    sandbox,
    workspaceFolder,
  }) => {
    await mkdir(join(workspaceFolder, 'posts'), { recursive: true });
    const path = join(workspaceFolder, 'posts', 'launch.buffer.md');
    await writeFile(path, post('queue', 'The new sidebar is here.'));
    await workbench.openView();
    await openFile(workbench, 'launch.buffer.md');
    await expect(page.locator('.codelens-decoration').getByText('/300 Bluesky')).toBeVisible();
    await workbench.screenshot('post-file');

    await page.locator('.codelens-decoration').getByText('Queue…').click();
    await expect(page.locator('.quick-input-list')).toContainText('bluesky/docs.larkspur.example', { timeout: 30_000 * timeoutFactor });
    expect(writes(sandbox)).toEqual([]);
    await workbench.screenshot('post-file-plan');
    await page.keyboard.press('Enter');
    await expect(workbench.notifications('2 posts are at Buffer as their files have them.')).toBeVisible();
    expect(queue(sandbox, ids.bluesky).at(-1)!.text).toBe('The new sidebar is here. On Bluesky.');
    expect(queue(sandbox, ids.google).at(-1)!.text).toBe('The new sidebar is here.');
    expect(await readFile(join(workspaceFolder, '.buffer', 'queued.json'), 'utf8')).toContain('posts/launch.buffer.md');
    const made = writes(sandbox).length;

    // Once more: there is nothing to do. The plan is closed: it would be what is in front.
    await expect(workbench.editorTab(/^Plan/)).toHaveCount(0);
    await openFile(workbench, 'launch.buffer.md');
    await workbench.runCommand('Buffer: Queue This File…');
    await expect(workbench.notifications('All is at Buffer as the files have it.')).toBeVisible();
    expect(writes(sandbox)).toHaveLength(made);
  });

  test('take a chosen profile whole, also in the middle of a name with blanks', async ({ workbench, page, workspaceFolder }) => {
    await mkdir(join(workspaceFolder, 'posts'), { recursive: true });
    await writeFile(join(workspaceFolder, 'posts', 'typed.buffer.md'), '');
    await workbench.openView();
    await openFile(workbench, 'typed.buffer.md');
    await workbench.editor.click();
    const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    await page.keyboard.press('Control+Space');
    await expect(suggestions.filter({ hasText: 'New Post' })).toBeVisible();
    await workbench.screenshot('post-file-skeleton');
    await page.keyboard.press('Enter');
    const lines = page.locator('.monaco-editor .view-lines');
    await expect(lines).toContainText('when: queue');
    await page.keyboard.type('googlebusiness/Larkspur Work');
    await expect(suggestions.first()).toContainText('larkspur-workshop');
    await workbench.screenshot('post-file-completion');
    await page.keyboard.press('Enter');
    await expect(lines).toContainText('profiles: [googlebusiness/larkspur-workshop]');
    await page.keyboard.press('Control+ArrowLeft');
    await page.keyboard.press('Control+Space');
    await expect(suggestions.first()).toContainText('larkspur-workshop');
    await page.keyboard.press('Enter');
    await expect(lines).toContainText('profiles: [googlebusiness/larkspur-workshop]');
  });

  test('are shown as their networks will show them, with the pictures beside them, and go with the cursor', async ({
    workbench,
    page,
    sandbox,
    workspaceFolder,
  }) => {
    const folder = join(workspaceFolder, 'posts');
    await mkdir(folder, { recursive: true });
    await copyFile(join(import.meta.dirname, '..', '..', 'media', 'icon.png'), join(folder, 'sidebar.png'));
    // A link out of the repository is not followed.
    await symlink(join(import.meta.dirname, '..', '..', 'media', 'icon.png'), join(folder, 'outside.png'));
    const head = (images: string) => `---\nprofiles: [bluesky/docs.larkspur.example, googlebusiness/Larkspur Workshop]\n${images}---\n`;
    const pictures = 'images:\n  - { src: ./sidebar.png, alt: The new sidebar }\n';
    const parts = Array.from({ length: 8 }, (_, part) => `---thread---\nThis is part ${part + 2}.\n\nIt has\nsome\nlines.\n`).join('\n');
    const linked =
      '---post---\n---\nprofiles: bluesky/docs.larkspur.example\nimages:\n  - { src: ./outside.png, alt: Out of it }\n---\nThe last one.';
    await writeFile(join(folder, 'shown.buffer.md'), `${head(pictures)}For all.\n\n<!-- bluesky -->\nOn Bluesky.\n\n${parts}\n${linked}`);
    await workbench.openView();
    await openFile(workbench, 'shown.buffer.md');
    const lenses = page.locator('.codelens-decoration').getByText('Preview', { exact: true });
    await expect(lenses.first()).toBeVisible();
    sandbox.resetRequests();
    // VS Code loses a click on a lens that it draws anew at this moment.
    await expect(async () => {
      await lenses.first().click();
      await expect(workbench.editorTab('Preview: shown.buffer.md')).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 20_000 * timeoutFactor });
    const preview = workbench.webview;
    await expect(preview.locator('.card')).toHaveCount(3);
    const first = preview.locator('.card[data-service="bluesky"]').first();
    await expect(first.locator('.card-text').first()).toHaveText('On Bluesky.');
    await expect(first.getByRole('img', { name: 'The new sidebar' })).toHaveJSProperty('complete', true);
    await expect(first.getByRole('img', { name: 'The new sidebar' })).not.toHaveJSProperty('naturalWidth', 0);
    await expect(preview.locator('.card[data-service="googlebusiness"] .card-text')).toHaveText('For all.');
    await workbench.screenshot('post-file-preview');

    await workbench.editor.click();
    await page.keyboard.press('Control+End');
    await expect(preview.getByText('The last one.')).toBeInViewport();
    await page.keyboard.type(' Really');
    await expect(preview.getByText('The last one. Really')).toBeInViewport();
    await expect(preview.locator('img[alt="Out of it"]')).toHaveCount(0);
    await workbench.screenshot('post-file-preview-end');

    // Above a post it opens at that one, wherever the cursor is.
    await page.locator('.monaco-editor .view-line').filter({ hasText: 'This is part 8.' }).click();
    await expect(preview.getByText('This is part 8.')).toBeInViewport();
    await expect(preview.getByText('The last one. Really')).not.toBeInViewport();
    await expect(async () => {
      await lenses.last().click();
      await expect(preview.getByText('The last one. Really')).toBeInViewport({ timeout: 3000 });
    }).toPass({ timeout: 20_000 * timeoutFactor });
    expect(writes(sandbox)).toEqual([]);
  });

  test('have a sign in the explorer for how they stand at Buffer, which goes with the file, the record and the queue', async ({
    workbench,
    page,
    sandbox,
    workspaceFolder,
    inEachTheme,
  }) => {
    const folder = join(workspaceFolder, 'posts');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'queued.buffer.md'), post('queue', 'The first one.'));
    await writeFile(join(folder, 'other.buffer.md'), post('queue', 'Not queued.'));
    // What is held of a queue is what was looked at.
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await queueFile(workbench, 'queued.buffer.md', '2 posts are at Buffer as their files have them.');
    await workbench.runCommand('Explorer: Focus on Folders View');
    await expect.poll(() => signOf(workbench, 'queued.buffer.md')).toContain('Q');
    expect(await signOf(workbench, 'other.buffer.md')).not.toMatch(/[Q≠!✓]/u);

    const asked = sandbox.requests().length;
    await writeFile(join(folder, 'queued.buffer.md'), post('queue', 'The first one, otherwise.'));
    await expect.poll(() => signOf(workbench, 'queued.buffer.md')).toContain('≠');
    expect(sandbox.requests()).toHaveLength(asked);

    Object.assign(newest(sandbox, ids.bluesky), { status: 'error', failure: 'The network said no.' });
    await workbench.openView();
    await workbench.runCommand('Buffer: Refresh');
    await expect(workbench.treeRows(/Failed\s*31/u)).toBeVisible();
    await workbench.runCommand('Explorer: Focus on Folders View');
    await expect.poll(() => signOf(workbench, 'queued.buffer.md')).toContain('!');
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'queued.buffer.md' }).hover();
    await expect(page.locator('.monaco-hover').filter({ hasText: 'mend it in the sidebar' })).toBeVisible();
    await inEachTheme(['light', 'dark', 'highContrast'], (theme) => workbench.screenshot(`post-file-signs-${theme}`));
  });

  test('that were changed at both places are settled by keyboard, and what is taken from Buffer is all that changes in the file', async ({
    workbench,
    page,
    sandbox,
    workspaceFolder,
    inEachTheme,
  }) => {
    await mkdir(join(workspaceFolder, 'posts'), { recursive: true });
    const path = join(workspaceFolder, 'posts', 'both.buffer.md');
    const file = (text: string) =>
      `---\r\nprofiles: bluesky/docs.larkspur.example # ours\r\n---\r\n<!-- note: ask Ada -->\r\n${text}\r\nAnd more.\r\n`;
    await writeFile(path, file('One line.'));
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await queueFile(workbench, 'both.buffer.md', '1 post is at Buffer as its file has it.');

    newest(sandbox, ids.bluesky).text = 'One line, changed at Buffer.\nAnd more.';
    await writeFile(path, file('One line, changed here.'));
    await workbench.runCommand('Buffer: Refresh');
    const lens = page.locator('.codelens-decoration').getByText('Changed Here and at Buffer…');
    await expect(lens).toBeVisible();
    sandbox.resetRequests();
    await lens.click();
    await expect(workbench.quickPick('Take Buffer’s')).toBeVisible();
    await inEachTheme(['light', 'dark', 'highContrast'], (theme) => workbench.screenshot(`post-file-conflict-${theme}`));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(workbench.notifications('All is at Buffer as the files have it.')).toBeVisible();
    expect(await readFile(path, 'utf8')).toBe(file('One line, changed at Buffer.'));
    expect(writes(sandbox)).toEqual([]);
    await workbench.runCommand('Explorer: Focus on Folders View');
    await expect.poll(() => signOf(workbench, 'both.buffer.md')).toContain('Q');
  });
});
