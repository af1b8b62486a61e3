import { expect, test } from './fixtures.ts';

test.describe('the window', { tag: '@once' }, () => {
  for (const colorTheme of ['light', 'dark', 'highContrast'] as const) {
    test.describe(colorTheme, () => {
      test.use({ colorTheme });

      test(
        'opens the sample workspace with the extension running',
        { tag: colorTheme === 'light' ? '@oldest' : [] },
        async ({ workbench }) => {
          await workbench.openView('Explorer');
          await expect(workbench.treeRows('release-notes.md')).toBeVisible();
          await workbench.screenshot(`smoke-${colorTheme}`);
        },
      );
    });
  }

  test('runs a command and picks from its list', async ({ workbench }) => {
    await workbench.runCommand('Go to File...');
    await workbench.quickInput.fill('frost');
    await workbench.pick('frost.ts');
    await expect(workbench.editorTab('frost.ts')).toBeVisible();
    await expect(workbench.editor).toContainText('groundFrostLikely');
  });

  test('comes back after a reload', async ({ workbench }) => {
    await workbench.reload();
    await workbench.openView('Explorer');
    await expect(workbench.treeRows('release-notes.md')).toBeVisible();
  });
});
