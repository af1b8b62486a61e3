import { AxeBuilder } from '@axe-core/playwright';
import { killExtensionHosts } from '../harness/extensionHosts.ts';
import { matchOf } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { WorkbenchPage } from '../harness/workbenchPage.ts';
import { expect, test } from './fixtures.ts';
import { compose, giveToken, lastCreatedFor, newest, newestSent, queue, unfold, writeAndSelect, writes } from './steps.ts';

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
      await expect(composer.locator('#app')).toContainText('LinkedIn has a text of its own.');
      await composer.getByRole('radio', { name: 'At a Time' }).check({ force: true });
      await composer.getByLabel('Time in Words').fill('tomorrow 9:30');
      await expect(composer.locator('.resolved')).toContainText('9:30');
      await workbench.screenshot('composer-scheduled');
      await composer.locator('#send').click();
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
    await expect(workbench.webview.locator('#text-field')).toHaveValue('A sentence that is cut in the mid', { timeout: 20_000 });
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
    await expect(workbench.webview.locator('#text-field')).toHaveValue('Then the lights went out', { timeout: 20_000 });
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
      await expect(other.webview.locator('.result.is-waiting')).toContainText('it was being sent already');
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
    await composer.getByRole('button', { name: 'Move to the Sidebar' }).click();
    await expect(page.locator('.tabs-container .tab')).toHaveCount(0);
    await expect(workbench.webview.locator('#text-field')).toHaveValue('On the move');
    await workbench.screenshot('composer-sidebar');
    await workbench.webview.getByRole('button', { name: 'Move to an Editor Tab' }).click();
    await expect(page.locator('.tabs-container .tab')).toHaveCount(1);
    await expect(workbench.webview.locator('#text-field')).toHaveValue('On the move');
  });

  test('says who took it and who did not, and tries only those again', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, 'Larkspur Community', 'Larkspur Workshop');
    await composer.locator('#text-field').fill('Half of this fails');
    await composer.locator('#text-field').press('Control+Enter');
    await expect(composer.locator('.result.is-failed')).toContainText('Larkspur Community');
    await expect(composer.locator('.result.is-done')).toContainText('Larkspur Workshop');
    await expect(composer.locator('#text-field')).toHaveValue('Half of this fails');
    await workbench.screenshot('composer-partial');
    sandbox.resetRequests();
    await composer.locator('#send').click();
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

  test('what is too long is marked, told and not sent @once', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, '@larkspur_dev', '@larkspur.docs');
    await composer.locator('#text-field').fill('word '.repeat(60));
    await expect(composer.locator('.backdrop mark')).toBeAttached();
    await expect(composer.locator('#counts')).toContainText('X 300/280, 20 too many');
    await composer.locator('#text-field').press('Control+Enter');
    await expect(composer.locator('#reason')).toContainText('Too long for X');
    await workbench.screenshot('composer-too-long');
    expect(writes(sandbox)).toEqual([]);
  });

  test('each way of scheduling: next, now and a free posting time @once', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    const send = async (text: string, choose: () => Promise<unknown>) => {
      await composer.locator('#text-field').fill(text);
      await choose();
      await composer.locator('#text-field').press('Control+Enter');
      await expect(composer.locator('#finished-title')).toBeVisible();
      await composer.getByRole('button', { name: 'Write Another' }).click();
      await expect(composer.locator('#text-field')).toHaveValue('');
    };
    await send('First of all', () => composer.getByRole('radio', { name: 'Next' }).check({ force: true }));
    expect(queue(sandbox, ids.threads)[0]!.text).toBe('First of all');
    await send('Right now', () => composer.getByRole('radio', { name: 'Now' }).check({ force: true }));
    expect(newestSent(sandbox, ids.threads).text).toBe('Right now');
    await send('In a free slot', async () => {
      await composer.getByRole('radio', { name: 'At a Time' }).check({ force: true });
      await composer.locator('.slots .group').first().click();
    });
    const last = queue(sandbox, ids.threads).at(-1)!;
    expect(last).toMatchObject({ text: 'In a free slot', isCustomScheduled: true });
  });

  test('a link with a card of one’s own', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, 'LarkspurLinkedIn');
    await composer.locator('#text-field').fill('Read this: https://larkspur.example/post');
    await composer.getByRole('radio', { name: 'Link' }).check({ force: true });
    await composer.getByLabel('Address').first().fill('https://larkspur.example/post');
    await composer.getByLabel('Title').fill('A post & more');
    await workbench.screenshot('composer-link');
    await composer.locator('#text-field').press('Control+Enter');
    await expect(composer.locator('#finished-title')).toBeVisible();
    // LinkedIn's links are shortened on the way.
    expect(newest(sandbox, ids.linkedin)).toMatchObject({
      text: expect.stringMatching(/^Read this: https:\/\/\S+$/),
      media: { link: 'https://larkspur.example/post', title: 'A post & more' },
    });
  });

  test('a card is filled from its page on a click, and taken back by another @once', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, '@docs.larkspur.example');
    await composer.getByRole('radio', { name: 'Link' }).check({ force: true });
    const fill = composer.getByRole('button', { name: 'Fill from Page' });
    await expect(fill).toHaveCount(0);
    const address = composer.getByLabel('Address', { exact: true });
    await address.fill(new URL('/pages/slow', sandbox.url).href);
    await composer.getByLabel('Title').fill('Mine');
    await fill.click();
    await composer.getByRole('button', { name: 'Cancel Reading' }).click();
    await address.fill(new URL('/pages/gone', sandbox.url).href);
    await fill.click();
    await expect(composer.locator('.fill-card')).toContainText('answered 410');
    await workbench.screenshot('composer-card-unread');
    await address.fill(new URL('/pages/article', sandbox.url).href);
    await fill.click();
    await expect(composer.getByLabel('Title')).toHaveValue('Field notes – year one');
    await expect(composer.getByLabel('Picture Address')).toHaveValue('https://larkspur.example/cover.png');
    await workbench.screenshot('composer-card-filled');
    await composer.locator('.fill-card').getByRole('button', { name: 'Undo' }).click();
    await expect(composer.getByLabel('Title')).toHaveValue('Mine');
    await expect(composer.getByLabel('Picture Address')).toHaveValue('');
  });

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

  for (const colorTheme of ['light', 'highContrast'] as const)
    test.describe(colorTheme, () => {
      test.use({ colorTheme });

      test('tags are set, made and taken off, and go along @once', async ({ workbench, page, sandbox }) => {
        const composer = await compose(workbench, '@docs.larkspur.example');
        await composer.locator('#text-field').fill('With tags');
        await composer.getByRole('button', { name: 'Add Tags…' }).click();
        await workbench.quickPick(/Release/).click();
        await page.keyboard.type('Spring');
        await workbench.quickPick(/New tag/).click();
        await workbench.screenshot(`composer-tags-list-${colorTheme}`);
        await page.keyboard.press('Enter');
        await expect(composer.locator('.tag')).toHaveCount(2);
        await composer.locator('#tags').scrollIntoViewIfNeeded();
        await workbench.screenshot(`composer-tags-${colorTheme}`);
        expect((await new AxeBuilder({ page }).include(['iframe.webview.ready', '#active-frame', '#tags']).analyze()).violations).toEqual(
          [],
        );
        await composer.getByRole('button', { name: 'Remove the Tag Release' }).click();
        await expect(composer.locator('.tag')).toHaveText(['Spring']);
        await composer.locator('#send').click();
        await expect(composer.locator('#finished-title')).toBeVisible();
        const spring = sandbox.state.tags.find(({ name }) => name === 'Spring')!.id;
        expect(newest(sandbox, ids.bluesky).tagIds).toEqual([spring]);
      });
    });

  test('a picture by its address, with a description; a file or plain http gets a clear word @once', async ({ workbench, sandbox }) => {
    const composer = await compose(workbench, '@docs.larkspur.example');
    await composer.locator('#text-field').fill('Look at this');
    await composer.getByRole('radio', { name: 'Picture' }).check({ force: true });
    await composer.getByLabel('Picture Address').fill('http://example.com/picture.png');
    await expect(composer.locator('#app')).toContainText('Buffer takes pictures from https addresses only.');
    await composer.getByLabel('Picture Address').fill(new URL('/media/pictures/petals-84.png', sandbox.url).href);
    await composer.getByLabel('Description (Alt Text)').fill('Petals on a table');
    // The page itself reaches nothing: what it shows, the extension read.
    await expect(composer.locator('img.thumbnail')).toHaveAttribute('src', /^blob:/);
    await expect(composer.locator('img.card-picture')).toBeVisible();
    await expect.poll(() => composer.locator('img.thumbnail').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600);
    await workbench.screenshot('composer-picture');
    await composer.getByLabel('Picture Address').fill(new URL('/pages/sign-in', sandbox.url).href);
    await expect(composer.locator('.unread-picture')).toContainText(/answered 403; Buffer will need to read it until it is published\./);
    await workbench.screenshot('composer-picture-unread');
    await composer.getByLabel('Picture Address').fill(new URL('/media/pictures/petals-84.png', sandbox.url).href);
    await expect(composer.locator('img.thumbnail')).toBeVisible();
    // A picture pasted as a file.
    const field = await composer.locator('#text-field').elementHandle();
    const frame = (await field.ownerFrame())!;
    await frame.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }`);
    await expect(composer.locator('#app')).toContainText('Buffer takes pictures by a public address only');
    await composer.locator('#text-field').press('Control+Enter');
    await expect(composer.locator('#finished-title')).toBeVisible();
    expect(newest(sandbox, ids.bluesky).media).toMatchObject({
      picture: expect.stringContaining('petals-84.png'),
      description: 'Petals on a table',
    });
  });

  test.describe('in a window of its own', () => {
    test.use({ ownWindow: true });

    test('an extension host that is killed takes no letter with it', { tag: '@once' }, async ({ workbench, page }) => {
      test.skip(process.platform === 'win32', 'finds the process with ps');
      const composer = await compose(workbench, '@larkspur.docs');
      await composer.locator('#text-field').focus();
      await page.keyboard.type('Typed before the host died');
      await page.waitForTimeout(250);
      await killExtensionHosts();
      await workbench.openView();
      const row = workbench.treeRows('Typed before the host died');
      await expect(row).toBeVisible({ timeout: 20_000 });
      await row.click();
      await expect(workbench.webview.locator('#text-field')).toHaveValue('Typed before the host died', { timeout: 20_000 });
    });
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
    await composer.getByRole('button', { name: 'Choose no profile' }).click();
    await expect(composer.locator('.chip[aria-pressed=true]')).toHaveCount(0);
    await group.click();
    await expect(composer.locator('.chip[aria-pressed=true]')).toHaveCount(2);
    await workbench.screenshot('composer-group');
  });

  test('edits an update: its text, its picture and its time', async ({ workbench, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await workbench.contextMenu(workbench.treeRows('Release candidate'), 'Edit in Composer');
    const composer = workbench.webview;
    await expect(composer.locator('#text-field')).toHaveValue(/Release candidate/);
    const { id } = queue(sandbox, ids.bluesky)[4]!;
    await composer.locator('#text-field').fill('Edited in the composer');
    await expect(composer.locator('#send')).toContainText('Save Changes');
    await workbench.screenshot('composer-edit');
    await composer.locator('#send').click();
    await expect.poll(() => sandbox.state.updates.get(id)!.text).toBe('Edited in the composer');
    await expect(workbench.treeRows('Edited in the composer')).toBeVisible();
  });

  test('Escape asks before it discards', { tag: '@once' }, async ({ workbench, page }) => {
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
    await expect(workbench.treeRows('Precious')).toHaveCount(0);
  });

  test('typing stays fluent in 100,000 pasted characters', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur_dev', '@docs.larkspur.example', 'LarkspurLinkedIn');
    const field = composer.locator('#text-field');
    const perKey = async () => {
      const started = Date.now();
      for (let key = 0; key < 20; key++) await page.keyboard.press('x');
      return (Date.now() - started) / 20;
    };
    await field.focus();
    const empty = await perKey();
    await page.evaluate("navigator.clipboard.writeText('lorem ipsum '.repeat(8334))");
    await page.keyboard.press('Control+v');
    await expect(field).toHaveValue(/(lorem ipsum ){8000}/);
    const full = await perKey();
    console.log(
      `a key takes ${(full / empty).toFixed(1)} times what it takes in an empty composer (${full.toFixed(0)} ms to ${empty.toFixed(0)} ms)`,
    );
    await expect(composer.locator('#counts')).toContainText('too many');
  });

  test('a hostile message from inside the page is ignored', { tag: '@once' }, async ({ workbench, page }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').fill('Mine');
    const frame = page.frames().find((each) => each.name() === '' && each.url().includes('fake.html')) ?? page.frames().at(-1)!;
    await frame.evaluate("postMessage({ type: 'open', draft: { id: 'x', text: 'Theirs' } }, '*')");
    await frame.evaluate("postMessage('garbage', '*')");
    await page.waitForTimeout(300);
    await expect(composer.locator('#text-field')).toHaveValue('Mine');
  });

  for (const colorTheme of ['light', 'dark', 'highContrast'] as const) {
    test.describe(colorTheme, { tag: '@once' }, () => {
      test.use({ colorTheme, viewport: { width: 1400, height: 900 } });
      test('looks right and is accessible', async ({ workbench, page }) => {
        const composer = await compose(workbench, '@larkspur_dev', '@docs.larkspur.example', 'LarkspurLinkedIn');
        await composer
          .locator('#text-field')
          .fill('Larkspur 5.2 is out 🎉\n\nBuilds say why they fail.\nhttps://larkspur.example/releases/5.2 #docs by @larkspur');
        await workbench.screenshot(`composer-${colorTheme}`);
        const { violations } = await new AxeBuilder({ page }).include(['iframe.webview.ready', '#active-frame', 'body']).analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      });
    });
  }

  test.describe('in 300 pixels', { tag: '@once' }, () => {
    test.use({ userSettings: { 'buffer.composerLocation': 'sidebar' }, viewport: { width: 700, height: 900 }, colorTheme: 'dark' });
    test('fits the sidebar', async ({ workbench }) => {
      const composer = await compose(workbench, '@larkspur.docs');
      await composer.locator('#text-field').fill('Narrow, and all there.');
      const overflow = await composer
        .locator('body')
        .evaluate((body: { scrollWidth: number; clientWidth: number }) => body.scrollWidth - body.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await workbench.screenshot('composer-narrow');
    });
  });
});
