import { expect, test } from './fixtures.ts';

// What the other tests rest on. The themes are in their pictures.
test(
  'a window shows its workspace, runs a command, picks from its list and comes back after a reload',
  { tag: ['@once', '@oldest'] },
  async ({ workbench }) => {
    await workbench.openView('Explorer');
    await expect(workbench.treeRows('release-notes.md')).toBeVisible();
    await workbench.runCommand('Go to File...');
    await workbench.quickInput.fill('frost');
    await workbench.pick('frost.ts');
    await expect(workbench.editorTab('frost.ts')).toBeVisible();
    await expect(workbench.editor).toContainText('groundFrostLikely');
    await workbench.screenshot('smoke');
    await workbench.reload();
    await workbench.openView('Explorer');
    await expect(workbench.treeRows('release-notes.md')).toBeVisible();
  },
);
