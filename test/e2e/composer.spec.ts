import { violations } from '../harness/accessibility.ts';
import { killExtensionHosts } from '../harness/extensionHosts.ts';
import { matchOf } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { WorkbenchPage } from '../harness/workbenchPage.ts';
import { expect, test } from './fixtures.ts';
import { compose, giveToken, lastCreatedFor, newest, queue, sendByKeys, unfold, writeAndSelect, writes } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

test.describe('the composer', () => {
  test(
    'one thought, tuned for three networks, scheduled for tomorrow morning, found in three queues',
    { tag: '@oldest' },
    async ({ workbench, page, sandbox }) => {
      const composer = await compose(workbench, '@docs.larkspur.example', '@larkspur@mastodon.example', 'LarkspurLinkedIn');
      await composer
        .locator('#text-field')
        .fill('Larkspur 5.2 is out 🎉\nBuilds say why they fail: https://larkspur.example/releases/5.2 #docs');
      await expect(composer.locator('#counts')).toContainText('Bluesky');
      await composer.getByRole('tab', { name: /LinkedIn/ }).click();
      await composer.locator('#text-field').fill('We are happy to announce Larkspur 5.2.');
      await expect(composer.locator('#app')).toContainText('Customized for LinkedIn.');
      await composer.getByLabel('When').selectOption('At a Time');
      await composer.getByLabel('Time in Words').fill('tomorrow 9:30');
      await expect(composer.locator('.resolved')).toContainText('9:30');
      await workbench.screenshot('composer-scheduled');
      await sendByKeys(composer);
      await expect(composer.locator('#finished-title')).toBeVisible();
      await workbench.screenshot('composer-done');
      const texts = (profile: string) =>
        queue(sandbox, profile)
          .filter(({ isCustomScheduled }) => isCustomScheduled)
          .map(({ text }) => text);
      expect(texts(ids.bluesky)).toEqual(['Larkspur 5.2 is out 🎉\nBuilds say why they fail: https://larkspur.example/releases/5.2 #docs']);
      expect(texts(ids.mastodon)).toContain(
        'Larkspur 5.2 is out 🎉\nBuilds say why they fail: https://larkspur.example/releases/5.2 #docs',
      );
      expect(texts(ids.linkedin)).toContain('We are happy to announce Larkspur 5.2.');
      expect(writes(sandbox)).toHaveLength(2);
      await expect(page.locator('.composite.title, .pane-header').filter({ hasText: 'Drafts' })).toHaveCount(0);
    },
  );

  test('a reload in mid-sentence loses not a letter', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('A sentence that is cut in the mid');
    const reloaded = page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    await workbench.ready();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('A sentence that is cut in the mid', {
      timeout: 20_000 * timeoutFactor,
    });
  });

  test('a window that is cut off, tabs and all, leaves the text as a draft', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('Then the lights went out');
    await page.waitForTimeout(250);
    await page.reload();
    await workbench.ready();
    await workbench.openView();
    await workbench.treeRows('Then the lights went out').click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Then the lights went out', { timeout: 20_000 * timeoutFactor });
  });

  test('a closed tab is a draft in the sidebar, opened again by a click and removable', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('To be continued');
    await page.waitForTimeout(400);
    await workbench.runCommand('View: Close Editor');
    await workbench.openView();
    const row = workbench.treeRows('To be continued');
    await expect(row).toBeVisible();
    await workbench.screenshot('composer-drafts');
    await row.click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('To be continued');
    await workbench.rowAction(row, 'Delete Draft');
    await expect(workbench.notifications('The draft was deleted.')).toBeVisible();
    await expect(row).toHaveCount(0);
    await workbench.notifications('The draft was deleted.').getByRole('button', { name: 'Undo' }).click();
    await expect(row).toBeVisible();
  });

  test(
    'two windows at one draft end with two drafts, and neither loses a word',
    { tag: '@once' },
    async ({ workbench, page, context, server, workspaceFolder }) => {
      const composer = await compose(workbench, '@larkspur.docs');
      await composer.locator('#text-field').fill('One beginning');
      await workbench.openView();
      await expect(workbench.treeRows('One beginning')).toBeVisible();

      const other = new WorkbenchPage(await context.newPage());
      await other.open(server.url(workspaceFolder));
      await other.openView();
      await other.treeRows('One beginning').click();
      await expect(other.webview.locator('#text-field')).toHaveValue('One beginning');
      await other.webview.locator('#text-field').fill('Second end');
      await expect(other.treeRows('Second end')).toBeVisible();

      await page.bringToFront();
      await composer.locator('#text-field').fill('First end');
      await expect(composer.locator('#app')).toContainText('This draft was changed in another window');
      await expect(composer.locator('#text-field')).toHaveValue('First end');
      for (const window of [workbench, other]) {
        await expect(window.treeRows('First end')).toBeVisible();
        await expect(window.treeRows('Second end')).toBeVisible();
      }
    },
  );

  test(
    'one draft sent from two windows goes out once',
    { tag: '@once' },
    async ({ workbench, page, context, server, workspaceFolder, sandbox, api }) => {
      const composer = await compose(workbench, 'Larkspur Workshop');
      await composer.locator('#text-field').fill('Sent from both');
      await workbench.openView();
      await expect(workbench.treeRows('Sent from both')).toBeVisible();
      const other = new WorkbenchPage(await context.newPage());
      await other.open(server.url(workspaceFolder));
      await other.openView();
      await other.treeRows('Sent from both').click();
      await expect(other.webview.locator('#text-field')).toHaveValue('Sent from both');

      await page.bringToFront();
      sandbox.faults.add({ kind: 'latency', ms: 8_000, match: matchOf('create', api) });
      await composer.locator('#text-field').press('Control+Enter');
      await expect.poll(() => writes(sandbox)).toEqual(['create']);
      await other.page.bringToFront();
      await other.webview.locator('#text-field').press('Control+Enter');
      await expect(other.webview.locator('#finished-title')).toHaveText('Waits in the Outbox');
      await expect(other.webview.locator('.result.is-waiting')).toContainText('already being sent');
      await other.screenshot('composer-sent-elsewhere');
      await page.bringToFront();
      await expect(composer.locator('#finished-title')).toHaveText('Added to the Queue');
      // A second one would come with what the other window does when the first has ended.
      await page.waitForTimeout(3_000);
      expect(writes(sandbox)).toEqual(['create']);
      expect(queue(sandbox, ids.google).filter(({ text }) => text === 'Sent from both')).toHaveLength(1);
      for (const window of [workbench, other]) await expect(window.treeRows('Sent from both')).toHaveCount(0);
    },
  );

  test('drafts outlive signing out and in', { tag: '@once' }, async ({ workbench, page, sandbox, api }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('Kept through it all');
    await workbench.runCommand('Buffer: Sign Out');
    await expect(workbench.webview.locator('#app')).toContainText('Sign in to Buffer');
    await workbench.webview.getByRole('button', { name: 'Sign In' }).click();
    await giveToken(workbench, sandbox, api);
    await expect(workbench.webview.locator('.chip', { hasText: '@larkspur.docs' })).toBeVisible();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Kept through it all');
  });

  test('moves to the sidebar and back with every letter', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('On the move');
    // Once: among VS Code's own buttons.
    const move = page.getByRole('button', { name: 'Move Composer' });
    await expect(composer.getByRole('button', { name: /^Move/ })).toHaveCount(0);
    await move.click();
    await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
    await expect(workbench.webview.locator('#text-field')).toHaveValue('On the move');
    await workbench.screenshot('composer-sidebar');
    for (const id of ['#send', '#text-field']) await expect(workbench.webview.locator(id)).toBeInViewport({ ratio: 0.8 });
    await page.locator('.pane-header', { hasText: 'Compose' }).hover();
    await move.click();
    await expect(page.locator('.tabs-container .tab')).toHaveCount(1);
    await expect(workbench.webview.locator('#text-field')).toHaveValue('On the move');
  });

  test('says who took it and who did not, and tries only those again', { tag: '@once' }, async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, 'Larkspur Community', 'Larkspur Workshop');
    await composer.locator('#text-field').fill('Half of this fails');
    await composer.locator('#text-field').press('Control+Enter');
    await expect(composer.locator('.result.is-failed')).toContainText('Larkspur Community');
    await expect(composer.locator('.result.is-done')).toContainText('Larkspur Workshop');
    await expect(composer.locator('#text-field')).toHaveValue('Half of this fails');
    await workbench.screenshot('composer-partial');
    sandbox.resetRequests();
    await sendByKeys(composer);
    await expect.poll(() => writes(sandbox).length).toBe(1);
    expect(lastCreatedFor(sandbox)).toEqual([ids.facebook]);
    expect(queue(sandbox, ids.google)).toHaveLength(1);
  });

  test('a create whose answer was lost is looked for, and never sent again', async ({ workbench, sandbox, api }) => {
    const composer = await compose(workbench, 'Larkspur Workshop');
    sandbox.faults.add({ kind: 'dropAfter', match: matchOf('create', api) });
    await composer.locator('#text-field').fill('Did it arrive?');
    await composer.locator('#text-field').press('Control+Enter');
    await expect(composer.locator('#finished-title')).toBeVisible();
    expect(writes(sandbox)).toEqual(['create']);
    expect(queue(sandbox, ids.google)).toHaveLength(1);
  });

  test(
    'a page that is made anew while its draft is sent hears how that stands, and keeps what failed',
    { tag: '@once' },
    async ({ workbench, page, sandbox, api }) => {
      const composer = await compose(workbench, 'Larkspur Community');
      sandbox.faults.add({ kind: 'latency', ms: 6_000, match: matchOf('create', api) });
      await composer.locator('#text-field').fill('Sent while nobody looks');
      await composer.locator('#text-field').press('Control+Enter');
      await expect.poll(() => writes(sandbox)).toEqual(['create']);
      await workbench.runCommand('File: New Untitled Text File');
      await page.waitForTimeout(500);
      await workbench.editorTab('Sent while nobody looks').click();
      await expect(composer.locator('.result.is-sending')).toBeVisible();
      await expect(composer.locator('.result.is-failed')).toBeVisible();
      await expect(composer.locator('#text-field')).toHaveValue('Sent while nobody looks');
      await expect(composer.locator('#text-field')).toBeEditable();
    },
  );

  test('a template goes to the cursor, and Tab from one placeholder to the next @once', async ({ workbench, page }) => {
    const composer = await compose(workbench, '@docs.larkspur.example');
    const field = composer.locator('#text-field');
    await field.fill('Before  after');
    await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(7, 7));
    await composer.getByRole('button', { name: 'Insert Template…' }).click();
    await workbench.quickPick(/Ask me anything/).click();
    await expect(field).toHaveValue('Before I am {{name}}. Ask me anything about {{topic}}! after');
    await expect(field).toBeFocused();
    await workbench.screenshot('composer-template');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('looms');
    await page.keyboard.press('Tab');
    await page.keyboard.type(' Now,');
    await expect(field).toHaveValue('Before I am Ada. Ask me anything about looms! Now, after');
    await expect(field).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(field).toHaveValue('Before I am Ada. Ask me anything about looms! after');
    // From the list of commands as well; Escape leaves what is left as it is, and the composer open.
    await field.press('Control+End');
    await workbench.runCommand('Buffer: Insert Template…');
    await workbench.quickPick(/Ask me anything/).click();
    await expect(field).toHaveValue(/after.*I am \{\{name\}\}/);
    await page.keyboard.press('Escape');
    await page.keyboard.type('!');
    await expect(field).toHaveValue(/looms! after.*I am !\./);
    await page.keyboard.press('Tab');
    await expect(field).not.toBeFocused();
  });

  test('tags are set, made and taken off, and go along @once', async ({ workbench, page, sandbox, inEachTheme }) => {
    const themes = ['light', 'highContrast'] as const;
    const composer = await compose(workbench, '@docs.larkspur.example');
    await composer.locator('#text-field').fill('With tags');
    await composer.getByRole('button', { name: 'Add Tags…' }).click();
    await workbench.quickPick(/Release/).click();
    await page.keyboard.type('Spring');
    await workbench.quickPick(/New tag/).click();
    await inEachTheme(themes, (theme) => workbench.screenshot(`composer-tags-list-${theme}`));
    await page.keyboard.press('Enter');
    await expect(composer.locator('.tag')).toHaveCount(2);
    await composer.locator('#tags').scrollIntoViewIfNeeded();
    await inEachTheme(themes, async (theme) => {
      await workbench.screenshot(`composer-tags-${theme}`);
      expect(await violations(composer.locator('#tags'))).toEqual([]);
    });
    await composer.getByRole('button', { name: 'Remove the Tag Release' }).click();
    await expect(composer.locator('.tag')).toHaveText(['Spring']);
    await sendByKeys(composer);
    await expect(composer.locator('#finished-title')).toBeVisible();
    const spring = sandbox.state.tags.find(({ name }) => name === 'Spring')!.id;
    expect(newest(sandbox, ids.bluesky).tagIds).toEqual([spring]);
  });

  test('an extension host that is killed takes no letter with it', { tag: '@once' }, async ({ workbench, page }) => {
    test.skip(process.platform === 'win32', 'finds the process with ps');
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('Typed before the host died');
    await page.waitForTimeout(250);
    await killExtensionHosts();
    await workbench.openView();
    const row = workbench.treeRows('Typed before the host died');
    await expect(row).toBeVisible({ timeout: 20_000 * timeoutFactor });
    await row.click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Typed before the host died', { timeout: 20_000 * timeoutFactor });
  });

  test('opens with the selected text', { tag: '@once' }, async ({ workbench, page }) => {
    await writeAndSelect(workbench, page, 'Chosen in the editor');
    await workbench.runCommand('Buffer: Compose from Selection');
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Chosen in the editor');
  });

  test('profiles that belong together are saved as a group and chosen at once', { tag: '@once' }, async ({ workbench }) => {
    const composer = await compose(workbench, '@docs.larkspur.example', '@larkspur.docs');
    await composer.getByRole('button', { name: 'Save as Group…' }).click();
    await workbench.answer('Docs');
    const group = composer.locator('.groups').getByRole('button', { name: /Docs/ });
    await expect(group).toHaveAttribute('aria-pressed', 'true');
    await composer.getByRole('button', { name: 'None of the Profiles' }).click();
    await expect(composer.locator('.chip[aria-pressed=true]')).toHaveCount(0);
    await group.click();
    await expect(composer.locator('.chip[aria-pressed=true]')).toHaveCount(2);
    await workbench.screenshot('composer-group');
  });

  test('edits an update: its text, its picture and its time', { tag: '@once' }, async ({ workbench, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.contextMenu(workbench.treeRows('Release candidate'), 'Edit in Composer');
    const composer = workbench.webview;
    await expect(composer.locator('#text-field')).toHaveValue(/Release candidate/);
    const { id } = queue(sandbox, ids.bluesky)[4]!;
    await composer.locator('#text-field').fill('Edited in the composer');
    await expect(composer.locator('#send')).toContainText('Save Changes');
    await workbench.screenshot('composer-edit');
    await sendByKeys(composer);
    await expect.poll(() => sandbox.state.updates.get(id)!.text).toBe('Edited in the composer');
    await expect(workbench.treeRows('Edited in the composer')).toBeVisible();
  });

  test('Escape asks before it discards, and what was discarded comes back', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('Precious');
    await page.keyboard.press('Escape');
    await expect(workbench.dialog).toContainText('Discard this draft?');
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Precious');
    await composer.locator('#text-field').focus();
    await page.keyboard.press('Escape');
    await workbench.dialog.getByRole('button', { name: 'Discard' }).click();
    await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
    await workbench.openView();
    await expect(workbench.treeRows('Recently Discarded')).toBeVisible();
    await workbench.screenshot('discarded');
    await workbench.notifications('The draft was discarded.').getByRole('button', { name: 'Undo' }).click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Precious');
    await expect(workbench.treeRows('Recently Discarded')).toHaveCount(0);
    await expect(workbench.treeRows('Precious')).toBeVisible();
  });

  test('what was discarded is opened again by a command, also after a reload', { tag: '@once' }, async ({ workbench, page }) => {
    await workbench.runCommand('Buffer: Open Discarded Draft…');
    await expect(workbench.notifications('No draft was discarded in the last 7 days.')).toBeVisible();
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('Thrown away too soon');
    await page.keyboard.press('Escape');
    await workbench.dialog.getByRole('button', { name: 'Discard' }).click();
    await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
    const reloaded = page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    await workbench.ready();
    await workbench.runCommand('Buffer: Open Discarded Draft…');
    const row = workbench.quickPick(/Thrown away too soon/);
    await expect(row).toContainText('Discarded: ');
    await workbench.screenshot('discarded-pick');
    await page.keyboard.press('Enter');
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Thrown away too soon');
    await workbench.openView();
    await expect(workbench.treeRows('Recently Discarded')).toHaveCount(0);
  });

  test('whose extension restarts says so, and goes on in a new composer with what was typed since @once', async ({
    workbench,
    sandbox,
  }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').fill('Before the restart');
    await expect(composer.locator('.kept')).toContainText('Draft saved');
    await killExtensionHosts();
    await composer.locator('#text-field').fill('After the restart');
    await expect(composer.locator('#unheard')).toContainText('does not answer', { timeout: 30_000 * timeoutFactor });
    await workbench.screenshot('composer-unheard');
    await composer.getByRole('link', { name: 'Continue in a New Composer' }).click();
    await expect(composer.locator('#unheard')).toHaveCount(0, { timeout: 30_000 * timeoutFactor });
    await expect(composer.locator('#text-field')).toHaveValue('After the restart');
    await expect(workbench.editorTab('After the restart')).toHaveCount(1);
    await workbench.screenshot('composer-continued');
    await sendByKeys(composer);
    await expect(composer.locator('#finished-title')).toBeVisible();
    expect(newest(sandbox, ids.threads).text).toBe('After the restart');
  });
});
