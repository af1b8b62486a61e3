// One window serves one test after another, and server and browser serve all of a worker. The first test of each pair leaves
// what a test can leave, in a window that stays all of it; the second looks for it.
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionHosts } from '../harness/extensionHosts.ts';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { chooseProfiles, compose, deeds, queue, unfold, writeAndSelect } from './steps.ts';

test.describe('a window that served another test', { tag: '@once' }, () => {
  // One worker for both, in this order.
  test.describe.configure({ mode: 'serial' });

  test.describe('the first', () => {
    test.use({ colorTheme: 'dark', viewport: { width: 1000, height: 700 } });

    test('leaves all that a test can leave, down to a question that waits for its answer', async ({
      workbench,
      page,
      sandbox,
      workspaceFolder,
    }) => {
      await writeFile(join(workspaceFolder, 'left-behind.md'), 'Left behind');
      await leaveWords(workbench, sandbox);
      await page.evaluate("globalThis.hasServed = 'another'");
      const ideas = page.locator('.pane-header').filter({ hasText: 'Ideas' });
      await ideas.click();
      await expect(ideas).toHaveAttribute('aria-expanded', 'true');
      await unfold(workbench, '@guild@fen.example', 'Pending');
      await workbench.runCommand('Buffer: New Update');
      await workbench.webview.locator('#text-field').fill('Asked about');
      await workbench.webview.locator('#text-field').press('Escape');
      await expect(workbench.dialog).toContainText('Discard');
    });
  });

  test('is as new', async ({ workbench, page, sandbox, workspaceFolder, ownFolder }) => {
    expect(await page.evaluate('globalThis.hasServed')).toBe('another');
    expect(page.viewportSize()).toEqual({ width: 1280, height: 800 });
    await expect(page.locator('.monaco-workbench.vs')).toBeVisible();
    await expect(workbench.dialog).toHaveCount(0);
    await expect(workbench.notifications()).toHaveCount(0);
    expect(existsSync(join(workspaceFolder, 'left-behind.md'))).toBe(false);
    expect(await readdir(join(ownFolder, 'drafts')).catch(() => [])).toEqual([]);
    expect(deeds(sandbox)).toEqual([]);
    await expectAsNew(workbench, sandbox);
  });
});

test.describe('a new window after a test that left another look', { tag: '@once' }, () => {
  test.describe.configure({ mode: 'serial' });
  test.use({ ownWindow: true });
  let formerFolder: string;

  test('the first leaves it', async ({ workbench, workspaceFolder }) => {
    formerFolder = workspaceFolder;
    await expect(workbench.sideBar).toHaveClass(/left/);
    await workbench.runCommand('View: Toggle Primary Side Bar Position');
    await expect(workbench.sideBar).toHaveClass(/right/);
  });

  test.describe('the second', () => {
    // Before its window is opened.
    test.beforeEach(() => {
      if (process.platform !== 'win32') expect(extensionHosts()).toEqual([]);
    });

    test('is as new', async ({ workbench, workspaceFolder }) => {
      expect(workspaceFolder).not.toBe(formerFolder);
      await expect(workbench.sideBar).toHaveClass(/left/);
    });
  });
});

/** Leaves a draft, an outbox entry, a group, open tabs with unsaved words, a copied text and another organization. */
async function leaveWords(workbench: WorkbenchPage, sandbox: Sandbox): Promise<void> {
  const { page } = workbench;
  await writeAndSelect(workbench, page, 'Left in the outbox');
  await page.keyboard.press('Control+c');
  await workbench.runCommand('Buffer: Post Selection…');
  await chooseProfiles(workbench, page, 'Larkspur Workshop');
  sandbox.faults.add({ kind: 'dropBefore', times: 0 });
  await workbench.pick('Add to Queue');
  await expect(workbench.notifications('waits in the outbox')).toBeVisible();
  sandbox.faults.clear();
  const composer = await compose(workbench, '@docs.larkspur.example', '@larkspur.docs');
  await composer.getByRole('button', { name: 'Save as Group…' }).click();
  await workbench.answer('Left group');
  await expect(composer.locator('.groups').getByRole('button', { name: /Left group/ })).toBeVisible();
  await composer.locator('#text-field').fill('Left as a draft');
  await workbench.openView();
  await expect(workbench.treeRows('Left as a draft')).toBeVisible();
  await expect(workbench.treeRows('Left in the outbox')).toBeVisible();
  await workbench.runCommand('Buffer: Switch Organization…');
  await workbench.pick('Docs Guild');
  await expect(workbench.treeRows('@guild@fen.example')).toBeVisible();
}

async function expectAsNew(workbench: WorkbenchPage, sandbox: Sandbox): Promise<void> {
  const { page } = workbench;
  await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('');
  await workbench.openView();
  await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
  await expect(page.locator('.pane-header').filter({ hasText: 'Ideas' })).toHaveAttribute('aria-expanded', 'false');
  for (const text of ['@guild@fen.example', /^Pending/, 'Left as a draft', 'Left in the outbox'])
    await expect(workbench.treeRows(text)).toHaveCount(0);
  for (const view of ['Drafts', 'Outbox']) await expect(page.locator('.pane-header').filter({ hasText: view })).toHaveCount(0);
  expect(queue(sandbox, ids.google)).toHaveLength(0);
  const composer = await compose(workbench);
  await expect(composer.locator('.groups').getByRole('button', { name: /Left group/ })).toHaveCount(0);
}
