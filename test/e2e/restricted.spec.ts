import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { chooseProfiles, deeds, openFile, queue, writeAndSelect, writes } from './steps.ts';

test.describe('in Restricted Mode', { tag: '@once' }, () => {
  test.use({
    userSettings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });

  test('the queue is shown and posted to, and what the folder’s settings say of the service is not heard', async ({
    workbench,
    page,
    sandbox,
    workspaceFolder,
  }) => {
    await mkdir(join(workspaceFolder, '.vscode'), { recursive: true });
    const elsewhere = {
      'buffer.apiUrl': 'http://127.0.0.1:9',
      'buffer.graphqlUrl': 'http://127.0.0.1:9',
      'buffer.authUrl': 'http://127.0.0.1:9',
      'buffer.oauthClientId': 'evil',
    };
    await writeFile(join(workspaceFolder, '.vscode', 'settings.json'), JSON.stringify(elsewhere));
    await workbench.reload();
    await expect(page.getByText('Restricted Mode').first()).toBeVisible();
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await writeAndSelect(workbench, page, 'From a folder that nobody trusts');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    await workbench.pick('Add to Queue');
    await expect.poll(() => queue(sandbox, ids.google).map(({ text }) => text)).toContain('From a folder that nobody trusts');
    expect(deeds(sandbox)).toContain('overview');
    await workbench.screenshot('restricted-mode');
  });

  test('files of posts are checked, and nothing offers to send one', async ({ workbench, page, sandbox, workspaceFolder }) => {
    const path = join(workspaceFolder, 'release.buffer.md');
    await writeFile(path, '---\nprofiles: bluesky/docs.larkspur.example\ntag: release\n---\nThe new sidebar is here.\n');
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await openFile(workbench, 'release.buffer.md');
    await expect(page.locator('.squiggly-error, .squiggly-warning').first()).toBeVisible();
    const lenses = page.locator('.codelens-decoration').first();
    await expect(lenses).toContainText('/300 Bluesky');
    await expect(lenses).not.toContainText('Queue');
    await workbench.screenshot('restricted-post-file');
    await page.keyboard.press('F1');
    await workbench.quickInput.fill('>Buffer: Open Preview to the Side');
    await expect(workbench.quickPick('Buffer: Open Preview to the Side')).toBeVisible();
    await workbench.quickInput.fill('>Buffer: Queue This File…');
    await expect(workbench.quickPick('Buffer: Open Preview to the Side')).toHaveCount(0);
    await expect(workbench.quickPick('Buffer: Queue This File…')).toHaveCount(0);
    expect(writes(sandbox)).toEqual([]);
  });
});
