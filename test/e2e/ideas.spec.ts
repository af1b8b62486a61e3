import { matchOf } from '../harness/requests.ts';
import { expect, test } from './fixtures.ts';
import { deeds, writeAndSelect, writes } from './steps.ts';

test.describe('ideas', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 has no ideas.');

  test('a selection is kept as one, listed, and made an update of', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'A thought for later 🌱\nWith a second line');
    await workbench.runCommand('Buffer: Save Selection as Idea');
    const told = workbench.notifications('Saved as an idea: A thought for later');
    await expect(told).toBeVisible();
    expect(sandbox.state.library.ideas.some(({ text }) => text === 'A thought for later 🌱\nWith a second line')).toBe(true);
    await told.getByRole('button', { name: 'Show' }).click();
    const row = workbench.view('Ideas').locator('.monaco-list-row');
    // By group, first those without one.
    await expect(row.first()).toContainText('No Group');
    await expect(row.nth(1)).toContainText('A thought for later');
    await expect(workbench.treeRows('Glossary week')).toContainText('Five days, five words');
    expect(deeds(sandbox).filter((deed) => /idea/i.test(deed))).toEqual(['createIdea', 'ideas']);
    await workbench.screenshot('ideas');
    await row.nth(1).click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('A thought for later 🌱\nWith a second line');
  });

  test('of a group are kept there, and copied from their rows', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Focus on Ideas View');
    await workbench.contextMenu(workbench.treeRows('To do'), 'New Idea…');
    await workbench.quickInput.fill('Into its place');
    await page.keyboard.press('Enter');
    await expect(workbench.treeRows('Into its place')).toBeVisible();
    const { ideas, groups } = sandbox.state.library;
    expect(ideas.find(({ text }) => text === 'Into its place')?.groupId).toBe(groups.find(({ name }) => name === 'To do')?.id);
    await workbench.treeRows('Into its place').click({ button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Edit or Delete in Buffer' })).toBeVisible();
    await workbench.screenshot('ideas-menu');
    await page.keyboard.press('Escape');
    await workbench.contextMenu(workbench.treeRows('Into its place'), 'Copy Text');
  });

  test('whose answer was lost is looked for, and never saved a second time', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'Did it arrive?');
    sandbox.faults.add({ kind: 'dropAfter', match: matchOf('createIdea', 'graphql') });
    await workbench.runCommand('Buffer: Save Selection as Idea');
    await expect(workbench.notifications('Saved as an idea: Did it arrive?')).toBeVisible();
    expect(sandbox.state.library.ideas.filter(({ text }) => text === 'Did it arrive?')).toHaveLength(1);
    expect(writes(sandbox)).toEqual(['createIdea']);
  });

  test('are there at once after a reload, with their age while Buffer cannot be reached', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Focus on Ideas View');
    const ideas = workbench.view('Ideas').locator('.monaco-list-row');
    await expect(ideas.first()).toContainText('No Group');
    // They are written a moment after they were read.
    await page.waitForTimeout(3_000);
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    await workbench.reload();
    await workbench.openView();
    await workbench.runCommand('Buffer: Focus on Ideas View');
    await expect(ideas.first()).toContainText('Buffer cannot be reached');
    await expect(workbench.treeRows('Glossary week')).toBeVisible();
    const header = workbench.page.locator('.pane-header').filter({ hasText: /Ideas/ });
    await expect(header).toContainText('As of');
    await workbench.screenshot('ideas-last-known');
    sandbox.faults.clear();
    await ideas.first().click();
    await expect(ideas.first()).toContainText('No Group');
    await expect(header).not.toContainText('As of');
  });
});
