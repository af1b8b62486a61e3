import { expect, test } from './fixtures.ts';
import { deeds, writeAndSelect } from './steps.ts';

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
    await expect(row).toHaveCount(6);
    await expect(row.first()).toContainText('A thought for later');
    await expect(workbench.treeRows('Glossary week')).toContainText('Five days, five words');
    expect(deeds(sandbox).filter((deed) => /idea/i.test(deed))).toEqual(['createIdea', 'ideas']);
    await workbench.screenshot('ideas');
    await row.first().click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('A thought for later 🌱\nWith a second line');
  });
});
