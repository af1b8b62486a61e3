import { expect, test } from './fixtures.ts';
import { chooseProfiles, unfold, writeAndSelect } from './steps.ts';

test.describe('without a connection', () => {
  test('what was last known can be read after a reload, with its age and why it is not newer', { tag: '@once' }, async ({ workbench, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    const first = workbench.page.locator('.pane-body .monaco-list-row[aria-level="3"]').first();
    await expect(first).toBeVisible();
    const text = (await first.getAttribute('aria-label'))!;
    // It is written a moment after it was read.
    await workbench.page.waitForTimeout(3_000);
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    await workbench.reload();
    await workbench.openView();
    await expect(workbench.treeRows('Buffer cannot be reached')).toBeVisible();
    await expect(workbench.treeRows('@docs.larkspur.example')).toBeVisible();
    await expect(workbench.page.locator('.pane-header').filter({ hasText: /As of/ })).toBeVisible();
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await expect(workbench.page.locator(`.pane-body .monaco-list-row[aria-label="${text.replaceAll('"', '\\"')}"]`)).toBeVisible();
    await workbench.screenshot('offline-last-known');
  });

  test('an update in the outbox is edited in the composer, or dropped and brought back', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'Not yet');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    sandbox.faults.add({ kind: 'dropBefore', times: 0 });
    await workbench.pick('Add to Queue');
    await workbench.notifications('waits in the outbox').getByRole('button', { name: 'Show Outbox' }).click();
    const row = workbench.treeRows('Not yet');
    await expect(row).toBeVisible();
    await workbench.rowAction(row, 'Drop');
    await expect(row).toHaveCount(0);
    await workbench.notifications('dropped from the outbox').getByRole('button', { name: 'Undo' }).click();
    await expect(row).toBeVisible();
    await workbench.screenshot('outbox');
    await workbench.rowAction(row, 'Edit');
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Not yet');
    await expect(row).toHaveCount(1);
    await expect(workbench.page.locator('.pane-header').filter({ hasText: 'Outbox' })).toHaveCount(0);
  });
});
