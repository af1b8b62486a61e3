import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { giveToken, queue, unfold } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

test.describe('the account', () => {
  test(
    'signs out and in again; a bad token is refused with a reason, and survives a reload once good',
    { tag: '@once' },
    async ({ workbench, page, sandbox, api }) => {
      await workbench.openView();
      await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
      await workbench.runCommand('Buffer: Sign Out');
      await expect(workbench.sideBar.getByRole('button', { name: 'Sign In' })).toBeVisible();
      await expect(workbench.treeRows('@larkspur_dev')).toHaveCount(0);
      await workbench.screenshot('account-welcome');

      await workbench.sideBar.getByRole('button', { name: 'Sign In' }).click();
      await expect(workbench.quickInput).toHaveAttribute('type', 'password');
      await workbench.answer('two words');
      await expect(page.locator('.quick-input-message')).toContainText('no spaces');
      await workbench.answer('not-a-token');
      await expect(page.locator('.quick-input-message')).toContainText('Buffer does not know this token');
      await workbench.screenshot('account-bad-token');
      await giveToken(workbench, sandbox, api);
      await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
      // Nobody says what a token is for; it is found out. API v1 tells no names.
      const name = api === 'v1' ? 'Buffer 000001 (API v1)' : 'Larkspur Docs';
      await expect(workbench.notifications(`You are signed in to Buffer as ${name}.`)).toBeVisible();
      await workbench.reload();
      await workbench.openView();
      await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
      expect(sandbox.requests().some(({ isTokenInQuery }) => isTokenInQuery)).toBe(false);
    },
  );

  test(
    'with a keyring that is locked says so beside an update that stays open, and is back by one click',
    { tag: '@once' },
    async ({ workbench, page, driver, sandbox, inEachTheme }) => {
      await unfold(workbench, '@docs.larkspur.example', 'Pending');
      await workbench.treeRows('Release candidate').click();
      await expect(workbench.editor).toContainText('Release candidate');
      await driver.ask('lock');
      await workbench.openView();
      const again = workbench.sideBar.getByRole('button', { name: 'Try Again' });
      await expect(again).toBeVisible();
      await expect(workbench.sideBar).toContainText('is locked or does not answer');
      await expect(workbench.sideBar.getByRole('button', { name: 'Sign In Again' })).toBeVisible();
      await inEachTheme(['light', 'dark', 'highContrast'], (theme) => workbench.screenshot(`account-locked-${theme}`));
      const asked = sandbox.requests().length;
      await again.click();
      await expect(workbench.notifications()).toContainText(/keyring/iu);
      await expect(again).toBeVisible();
      expect(sandbox.requests()).toHaveLength(asked);
      await workbench.runCommand('Notifications: Clear All Notifications');
      await driver.ask('unlock');
      await again.click();
      // At once, into whatever is there by then: what stood in the place of the update is never written on.
      await workbench.focusEditor();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' Early.');
      await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
      await expect(workbench.editor).toContainText('Release candidate');
      // Read-only until it is filled, and for a moment longer.
      await expect(async () => {
        await page.keyboard.press('Control+End');
        await page.keyboard.type(' Soon.');
        await expect(workbench.editor).toContainText(' Soon.', { timeout: 2_000 });
      }).toPass({ timeout: 20_000 * timeoutFactor });
      await page.keyboard.press('Control+s');
      await expect.poll(() => queue(sandbox, ids.bluesky).filter(({ text }) => text.endsWith(' Soon.'))).toHaveLength(1);
      expect(queue(sandbox, ids.bluesky).find(({ text }) => text.endsWith(' Soon.'))!.text).toMatch(/^Release candidate/u);
    },
  );

  test('shows in the Accounts menu, and signs out from there @once', async ({ workbench, page, api }) => {
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await page.locator('.activitybar').getByLabel('Accounts').first().click();
    await workbench.menuItem(api === 'v1' ? 'Buffer 000001 (API v1) (Buffer)' : 'Larkspur Docs (Buffer)').hover();
    await workbench.screenshot('account-menu');
    await workbench.menuItem('Sign Out').click({ delay: 150 });
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Sign Out' }).click();
    await expect(workbench.sideBar.getByRole('button', { name: 'Sign In' })).toBeVisible();
  });

  test(
    'a token revoked elsewhere leads to one message with Sign In, however many requests meet it',
    { tag: '@once' },
    async ({ workbench, sandbox, api }) => {
      await workbench.openView();
      await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
      for (const name of ['@larkspur.docs', '@docs.larkspur.example']) await workbench.treeRows(name).click();
      sandbox.revoke();
      await workbench
        .treeRows(/^Pending/)
        .nth(1)
        .click();
      await workbench
        .treeRows(/^Pending/)
        .nth(0)
        .click();
      await expect(workbench.treeRows('Sign in again').first()).toBeVisible();
      await expect(workbench.notifications('Buffer does not accept your token any more')).toHaveCount(1);
      await workbench.screenshot('account-revoked');
      sandbox.restore();
      await workbench.notifications('Buffer does not accept').getByRole('button', { name: 'Sign In' }).click();
      await giveToken(workbench, sandbox, api);
      await expect(workbench.treeRows('Sign in again')).toHaveCount(0);
    },
  );

  test('asks before signing out when an edited update is not saved', { tag: '@once' }, async ({ workbench, page }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').click();
    await workbench.focusEditor();
    await page.keyboard.type('typed, not saved ');
    await workbench.runCommand('Buffer: Sign Out');
    await expect(workbench.dialog).toContainText('An update you edited is not saved.');
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.dialog.getByRole('button', { name: 'Sign Out' }).click();
    await expect(workbench.sideBar.getByRole('button', { name: 'Sign In' })).toBeVisible();
    await expect(workbench.editor).toContainText('typed, not saved');
  });

  test('every command asks to sign in when nobody is', { tag: '@once' }, async ({ workbench, page }) => {
    await workbench.runCommand('Buffer: Sign Out');
    await expect(workbench.notifications('You are signed out')).toBeVisible();
    await workbench.runCommand('File: New Untitled Text File');
    await page.keyboard.insertText('text');
    await page.keyboard.press('F1');
    await workbench.quickInput.pressSequentially('Buffer: ');
    await expect(workbench.quickPick('Buffer: Sign In')).toBeVisible();
    await expect(workbench.quickPick('Buffer: Post Selection…')).toHaveCount(0);
  });

  test('a document that comes back to somebody who signed out says so, and opens by itself afterwards @once', async ({
    workbench,
    page,
    sandbox,
    api,
  }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.treeRows('Release candidate').dblclick();
    await expect(workbench.editor).toContainText('Release candidate');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.openView();
    await expect(workbench.sideBar.getByRole('button', { name: 'Sign In' })).toBeVisible();
    await workbench.runCommand('View: Reopen Closed Editor');
    await expect(workbench.editor).toContainText('You are not signed in to Buffer. This update opens here');
    await workbench.screenshot('account-restored');
    await page.locator('.codelens-decoration').getByRole('button', { name: 'Sign In' }).click();
    await giveToken(workbench, sandbox, api);
    await expect(workbench.editor).toContainText('Release candidate');
    await workbench.screenshot('account-restored-after');
  });
});
