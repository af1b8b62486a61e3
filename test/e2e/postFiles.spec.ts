import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ids } from '../unit/support/ids.ts';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import { expect, test } from './fixtures.ts';
import { queue, writes } from './steps.ts';

const post = (when: string, text: string) =>
  [
    `---\nprofiles: [bluesky/docs.larkspur.example, googlebusiness/Larkspur Workshop]\nwhen: ${when}\n---\n${text}\n`,
    `<!-- bluesky -->\n${text} On Bluesky.\n\n---thread---\nAnd a second part.\n`,
  ].join('\n');

async function openFile(workbench: WorkbenchPage, name: string): Promise<void> {
  await workbench.runCommand('Go to File...');
  await workbench.quickInput.fill(name);
  await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
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
    await expect(page.locator('.quick-input-list')).toContainText('bluesky/docs.larkspur.example');
    expect(writes(sandbox)).toEqual([]);
    await workbench.screenshot('post-file-plan');
    await page.keyboard.press('Enter');
    await expect(workbench.notifications('2 posts are at Buffer as their files have them.')).toBeVisible();
    expect(queue(sandbox, ids.bluesky).at(-1)!.text).toBe('The new sidebar is here. On Bluesky.');
    expect(queue(sandbox, ids.google).at(-1)!.text).toBe('The new sidebar is here.');
    expect(await readFile(join(workspaceFolder, '.buffer', 'queued.json'), 'utf8')).toContain('posts/launch.buffer.md');
    const made = writes(sandbox).length;

    // Once more: there is nothing to do.
    await openFile(workbench, 'launch.buffer.md');
    await workbench.runCommand('Buffer: Queue This File…');
    await expect(workbench.notifications('All is at Buffer as the files have it.')).toBeVisible();
    expect(writes(sandbox)).toHaveLength(made);
  });
});
