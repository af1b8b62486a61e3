import { graphqlCalls } from '../unit/buffer/graphql/graphqlCalls.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { unfold } from './steps.ts';

/** Updates as richer clients make them: what is not edited here is seen, and stays. */
test.describe('what an edit keeps @once', () => {
  test.use({ colorTheme: 'dark' });

  test('four pictures: seen in the composer, and all there after an edit of the text', async ({ workbench, sandbox, page }) => {
    const origin = new URL(sandbox.graphqlUrl).origin;
    const picture = (name: string, altText: string) => ({ image: { url: `${origin}/media/pictures/${name}.png`, metadata: { altText } } });
    const assets = [
      picture('wave-190', 'A wave'),
      picture('ring-285', 'A ring'),
      picture('hills-150', 'Hills at dusk'),
      picture('moon-45', 'The moon'),
    ];
    const { id } = await graphqlCalls(() => sandbox).create({
      channelId: ids.linkedin,
      text: 'Four pictures of one morning',
      assets,
      mode: 'shareNext',
    });
    await unfold(workbench, 'LinkedIn', 'Pending');
    await expect(async () => {
      await page.mouse.move(700, 400);
      await workbench.treeRows('Four pictures').hover();
      const hover = page.locator('.monaco-hover:visible');
      await expect(hover).toContainText('Picture: The moon', { timeout: 3_000 });
      // Its first picture, as a file; the addresses below it are words, and no links.
      await expect(hover.locator('img')).toHaveJSProperty('naturalWidth', 600, { timeout: 3_000 });
    }).toPass();
    await expect(page.locator('.monaco-hover:visible a')).toHaveCount(0);
    await workbench.screenshot('kept-row');
    await expect(workbench.treeRows(/^Pending\d+ · GMT/)).toBeVisible();
    await workbench.treeRows('Four pictures').click();
    await expect(workbench.editor).toContainText('Four pictures of one morning');
    await workbench.screenshot('kept-row-document');
    await workbench.contextMenu(workbench.treeRows('Four pictures'), 'Edit in Composer');
    const composer = workbench.webview;
    const last = composer.getByRole('group', { name: 'Picture 4 of 4' });
    await expect(last.getByLabel('Description')).toHaveValue('The moon');
    await expect(composer.locator('.card-pictures img')).toHaveCount(4);
    await last.scrollIntoViewIfNeeded();
    await workbench.screenshot('kept-composer');
    await composer.locator('#text-field').fill('Four pictures of one evening');
    await composer.locator('#send').click();
    await expect.poll(() => sandbox.state.updates.get(id as string)!.text).toBe('Four pictures of one evening');
    expect(sandbox.state.updates.get(id as string)!.assets?.map(({ alt }) => alt)).toEqual([
      'A wave',
      'A ring',
      'Hills at dusk',
      'The moon',
    ]);

    // They can be put in another order, described anew, taken away and added to.
    await workbench.contextMenu(workbench.treeRows('Four pictures').first(), 'Edit in Composer');
    await last.getByRole('button', { name: 'Move Up' }).click();
    await composer.getByRole('group', { name: 'Picture 2 of 4' }).getByRole('button', { name: 'Remove Picture' }).click();
    await composer.getByRole('group', { name: 'Picture 1 of 3' }).getByLabel('Description').fill('A big wave');
    await composer.getByRole('button', { name: 'Add Picture' }).click();
    await expect(composer.locator('#picture-url-3')).toBeFocused();
    await composer
      .getByRole('group', { name: 'Picture 4 of 4' })
      .getByLabel('Picture Address')
      .fill(`${origin}/media/pictures/ring-30.png`);
    await composer.locator('#send').click();
    await expect
      .poll(() => sandbox.state.updates.get(id as string)!.assets?.map(({ alt }) => alt))
      .toEqual(['A big wave', 'The moon', 'Hills at dusk', undefined]);
  });

  test('a thread whose second part has pictures, and a document', async ({ workbench, sandbox, page }) => {
    const origin = new URL(sandbox.graphqlUrl).origin;
    const calls = graphqlCalls(() => sandbox);
    const part = {
      text: 'And how it looks',
      assets: [{ image: { url: `${origin}/media/pictures/leaf-95.png`, metadata: { altText: 'A leaf' } } }],
    };
    const thread = [{ text: 'What we built', assets: [] }, part];
    const post = await calls.create({
      channelId: ids.bluesky,
      text: 'What we built',
      metadata: { bluesky: { thread } },
      mode: 'shareNext',
    });
    const document = {
      document: { url: `${origin}/guide.pdf`, thumbnailUrl: `${origin}/media/pictures/blocks-20.png`, title: 'The guide' },
    };
    await calls.create({ channelId: ids.linkedin, text: 'The guide as a document', assets: [document], mode: 'shareNext' });
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    // Rows move until all of them are there.
    await expect(workbench.treeRows(/^Pending\d+ · /)).toBeVisible();
    await workbench.contextMenu(workbench.treeRows('What we built'), 'Edit in Composer');
    const leaf = workbench.webview.getByRole('group', { name: 'Part 2, picture 1' });
    await expect(leaf.getByLabel('Description')).toHaveValue('A leaf');
    await leaf.scrollIntoViewIfNeeded();
    await workbench.screenshot('kept-thread');
    await workbench.treeRows('What we built').click();
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(', in two parts');
    await page.keyboard.press('Control+s');
    await expect.poll(() => sandbox.state.updates.get(post.id as string)!.text).toBe('What we built, in two parts');
    expect(sandbox.state.updates.get(post.id as string)!.details?.thread).toMatchObject([
      { text: 'What we built, in two parts' },
      { text: part.text, assets: [{ alt: 'A leaf' }] },
    ]);
    await workbench.treeRows('LinkedIn').click();
    await expect(workbench.treeRows(/^Pending/)).toHaveCount(2);
    await workbench
      .treeRows(/^Pending/)
      .first()
      .click();
    // Rows move until all of them are there.
    await expect(workbench.treeRows(/^Pending\d+ · GMT/)).toBeVisible();
    await workbench.treeRows('The guide as a document').click();
    await expect(workbench.editor).toContainText('The guide as a document');
    await workbench.screenshot('kept-document-document');
    await workbench.contextMenu(workbench.treeRows('The guide as a document'), 'Edit in Composer');
    const title = workbench.webview.getByLabel('Title of the Document');
    await expect(title).toHaveValue('The guide');
    await title.scrollIntoViewIfNeeded();
    await workbench.screenshot('kept-document');
  });

  test('a mention that an edit takes away is asked about first; what is open is kept as a template', async ({
    workbench,
    sandbox,
    page,
  }) => {
    const text = 'Many thanks, Docs Guild, for all of it';
    const annotation = {
      id: '4021',
      entity: 'urn:li:organization:4021',
      localizedName: 'Docs Guild',
      vanityName: 'docs-guild',
      link: 'https://www.linkedin.com/company/docs-guild',
      start: text.indexOf('Docs Guild'),
      length: 'Docs Guild'.length,
    };
    const { id } = await graphqlCalls(() => sandbox).create({
      channelId: ids.linkedin,
      text,
      metadata: { linkedin: { annotations: [annotation] } },
      mode: 'shareNext',
    });
    const kept = () => sandbox.state.updates.get(id as string)!;
    await unfold(workbench, 'LinkedIn', 'Pending');
    await expect(workbench.treeRows(/^Pending\d+ · GMT/)).toBeVisible();
    await workbench.treeRows('Many thanks, Docs Guild').click();
    await expect(workbench.editor).toContainText('Docs Guild');
    const replaceAll = async (words: string) => {
      await workbench.focusEditor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(words);
      await page.keyboard.press('Control+s');
    };
    await replaceAll('Many thanks, guild, for all of it');
    await expect(workbench.dialog).toContainText('The mention of Docs Guild gets lost.');
    await workbench.screenshot('kept-mention');
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(workbench.dialog).toBeHidden();
    expect(kept().text).toBe(text);
    // Words before it move it along, and there is nothing to ask.
    await replaceAll('Today: many thanks, Docs Guild, for all of it');
    await expect.poll(() => kept().text).toBe('Today: many thanks, Docs Guild, for all of it');
    expect(kept().details?.annotations).toMatchObject([{ start: 20, length: 10 }]);
    await replaceAll('Today: many thanks, guild');
    await workbench.dialog.getByRole('button', { name: 'Save Anyway' }).click();
    await expect.poll(() => kept().text).toBe('Today: many thanks, guild');
    expect(kept().details?.annotations ?? []).toEqual([]);

    const before = sandbox.state.library.templates.length;
    await workbench.runCommand('Buffer: Save as Template…');
    await expect(workbench.quickInput).toHaveValue('Today: many thanks, guild');
    await workbench.screenshot('kept-template-title');
    await workbench.answer('Thanks');
    await expect(workbench.quickPick('Only You')).toBeVisible();
    await workbench.screenshot('kept-template-who');
    await workbench.pick('Only You');
    await expect(workbench.notifications('Saved as a template: Thanks')).toBeVisible();
    expect(sandbox.state.library.templates.slice(before)).toMatchObject([{ title: 'Thanks', body: 'Today: many thanks, guild' }]);
  });

  test('a line separator that another program wrote is neither asked about nor taken away', async ({ workbench, sandbox, page }) => {
    const text = 'Verse one\u2028Verse two\u2029Verse three';
    const { id } = await graphqlCalls(() => sandbox).create({ channelId: ids.linkedin, text, mode: 'shareNext' });
    await unfold(workbench, 'LinkedIn', 'Pending');
    await expect(workbench.treeRows(/^Pending\d+ · GMT/)).toBeVisible();
    await workbench.treeRows('Verse one').click();
    await expect(workbench.editor).toContainText('Verse three');
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('!');
    await expect(workbench.dialog).toBeHidden();
    await page.keyboard.press('Control+s');
    await expect.poll(() => sandbox.state.updates.get(id as string)!.text).toBe(`${text}!`);
    await workbench.screenshot('kept-line-separator');
  });
});
