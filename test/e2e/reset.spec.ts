// Server and browser serve one test after another. The first of these leaves all that a test can leave; the second looks for it.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionHosts } from '../harness/extensionHosts.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { chooseProfiles, compose, queue, writeAndSelect } from './steps.ts';

test.describe('a window after a test that left much behind', { tag: '@once' }, () => {
  // One worker for both, in this order.
  test.describe.configure({ mode: 'serial' });
  let formerFolder: string;

  // Before the window is opened.
  test.beforeEach(() => {
    if (process.platform !== 'win32') expect(extensionHosts()).toEqual([]);
  });

  test('leaves a draft, an outbox entry, a group, a setting, an open tab, a file and a copied text and another sign-in', async ({
    workbench,
    page,
    sandbox,
    workspaceFolder,
    ownFolder,
  }) => {
    formerFolder = workspaceFolder;
    await writeFile(join(workspaceFolder, 'left-behind.md'), 'Left behind');
    await writeAndSelect(workbench, page, 'Left in the outbox');
    await page.keyboard.press('Control+c');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    await workbench.pick('Add to Queue');
    await expect(workbench.notifications('waits in the outbox')).toBeVisible();
    sandbox.faults.clear();
    await expect(workbench.sideBar).toHaveClass(/left/);
    await workbench.runCommand('View: Toggle Primary Side Bar Position');
    await expect(workbench.sideBar).toHaveClass(/right/);
    const composer = await compose(workbench, '@docs.larkspur.example', '@larkspur.docs');
    await composer.getByRole('button', { name: 'Save as Group…' }).click();
    await workbench.answer('Left group');
    await expect(composer.locator('.groups').getByRole('button', { name: /Left group/ })).toBeVisible();
    await composer.locator('#text-field').fill('Left as a draft');
    await workbench.openView();
    await expect(workbench.treeRows('Left as a draft')).toBeVisible();
    await expect(workbench.treeRows('Left in the outbox')).toBeVisible();
    expect(existsSync(join(ownFolder, 'drafts'))).toBe(true);
    await workbench.runCommand('Buffer: Switch Organization…');
    await workbench.pick('Docs Guild');
    await expect(workbench.treeRows('@guild@fen.example')).toBeVisible();
    // A browser writes what an extension remembers a moment later.
    await page.waitForTimeout(2_000);
    await workbench.reload();
    await workbench.openView();
    await expect(workbench.treeRows('@guild@fen.example')).toBeVisible();
  });

  test('is as new', async ({ workbench, page, sandbox, workspaceFolder }) => {
    expect(workspaceFolder).not.toBe(formerFolder);
    expect(existsSync(join(workspaceFolder, 'left-behind.md'))).toBe(false);
    await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
    await expect(workbench.sideBar).toHaveClass(/left/);
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('');
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await expect(workbench.treeRows('@guild@fen.example')).toHaveCount(0);
    await expect(workbench.treeRows('Left as a draft')).toHaveCount(0);
    await expect(workbench.treeRows('Left in the outbox')).toHaveCount(0);
    for (const view of ['Drafts', 'Outbox']) await expect(page.locator('.pane-header').filter({ hasText: view })).toHaveCount(0);
    expect(queue(sandbox, ids.google)).toHaveLength(0);
    const composer = await compose(workbench);
    await expect(composer.locator('.groups').getByRole('button', { name: /Left group/ })).toHaveCount(0);
  });
});
