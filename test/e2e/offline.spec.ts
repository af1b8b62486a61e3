import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { killExtensionHosts } from '../harness/extensionHosts.ts';
import { matchOf } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { chooseProfiles, compose, queue, unfold, writeAndSelect, writes } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

test.describe('without a connection', () => {
  test(
    'what was last known can be read after a reload, with its age and why it is not newer',
    { tag: '@once' },
    async ({ workbench, sandbox }) => {
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
    },
  );

  test(
    'an update in the outbox is dropped and brought back, and what may have arrived is sent again by word only',
    { tag: '@once' },
    async ({ workbench, page, sandbox }) => {
      await writeAndSelect(workbench, page, 'Not yet');
      await workbench.runCommand('Buffer: Post Selection…');
      await chooseProfiles(workbench, page, 'Larkspur Workshop');
      sandbox.faults.add({ kind: 'dropBefore', times: 0 });
      await workbench.pick('Add to Queue');
      await workbench.notifications('waits in the outbox').getByRole('button', { name: 'Show Outbox' }).click();
      const row = workbench.treeRows('Not yet');
      await expect(row).toBeVisible();
      await workbench.rowAction(row, 'Remove from Outbox');
      await expect(row).toHaveCount(0);
      await workbench.notifications('removed from the outbox').getByRole('button', { name: 'Undo' }).click();
      await expect(row).toBeVisible();
      await workbench.screenshot('outbox');
      // It may have arrived, and that cannot be looked for yet.
      await workbench.rowAction(row, 'Edit');
      await expect(workbench.notifications('not known yet whether this update was delivered')).toBeVisible();
      // The person knows that it did not arrive.
      sandbox.faults.clear();
      await workbench.rowAction(row, 'Send Now');
      await expect(workbench.dialog).toContainText('can publish it twice');
      await workbench.screenshot('outbox-send-again');
      await workbench.dialog.getByRole('button', { name: 'Send Again' }).click();
      await expect(row).toHaveCount(0);
      expect(queue(sandbox, ids.google).filter(({ text }) => text === 'Not yet')).toHaveLength(1);
    },
  );

  test(
    'what a window was sending when it died is found out, and not sent a second time',
    { tag: '@once' },
    async ({ workbench, sandbox, ownFolder, api }) => {
      test.skip(process.platform === 'win32', 'finds the process with ps');
      test.slow();
      const composer = await compose(workbench, 'Larkspur Workshop');
      await composer.locator('#text-field').fill('Cut off in the middle');
      // Which tabs are open is stored by VS Code every five seconds.
      await workbench.page.waitForTimeout(6_000);
      sandbox.faults.add({ kind: 'latency', ms: 2_000, match: matchOf('create', api) });
      await composer.locator('#text-field').press('Control+Enter');
      await expect.poll(() => writes(sandbox)).toEqual(['create']);
      await killExtensionHosts();
      await workbench.reload();
      await workbench.openView();
      const row = workbench.treeRows('Cut off in the middle');
      // Its process is gone, so another window takes it at once, and looks until it finds it.
      await expect(workbench.notifications('From the outbox: queued for Larkspur Workshop')).toBeVisible({
        timeout: 40_000 * timeoutFactor,
      });
      await expect(row).toHaveCount(0);
      expect(queue(sandbox, ids.google).filter(({ text }) => text === 'Cut off in the middle')).toHaveLength(1);
      expect(writes(sandbox)).toEqual(['create']);
      expect(await readdir(join(ownFolder, 'drafts'))).toEqual([]);
    },
  );
});
