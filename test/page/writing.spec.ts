// What the page does with what is written, up to what the service gets: the real host sends it.
import { apiNames } from '../../src/core/buffer/model.ts';
import { deedOf, isWrite } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { newest, pendingOf, pictureAt, queueOf, seenHeight, sizes } from './steps.ts';

test('what is too long is marked, told and not sent', async ({ compose, sandbox }) => {
  const { page, picture } = await compose({ draft: { profileIds: [ids.x, ids.threads] } });
  await page.locator('#text-field').fill('word '.repeat(60));
  await expect(page.locator('.backdrop mark')).toBeAttached();
  await expect(page.locator('#counts')).toContainText('X 300/280, 20 too many');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#reason')).toContainText('Too long for X');
  await picture('too-long');
  expect(sandbox.requests().map(deedOf).filter(isWrite)).toEqual([]);
});

test('the marks lie behind the very letters that are too many', async ({ compose }) => {
  const { page } = await compose({ size: sizes.small, draft: { profileIds: [ids.x] } });
  await page.locator('#text-field').fill('A long word and another. '.repeat(14));
  const { field, backdrop } = await page.evaluate(() => ({
    field: document.querySelector('#text-field')!.getBoundingClientRect().height,
    backdrop: document.querySelector('.backdrop > div')!.getBoundingClientRect().height,
  }));
  expect(Math.abs(field - backdrop)).toBeLessThan(2);
});

test('each way of scheduling: next, now and a free posting time', async ({ compose, sandbox }) => {
  const { page } = await compose({ draft: { profileIds: [ids.threads] } });
  const send = async (text: string, choose: () => Promise<unknown>) => {
    await page.locator('#text-field').fill(text);
    await choose();
    await page.locator('#text-field').press('Control+Enter');
    await expect(page.locator('#finished-title')).toBeVisible();
    await page.getByRole('button', { name: 'Write Another' }).click();
    await expect(page.locator('#text-field')).toHaveValue('');
  };
  const when = page.getByLabel('When');
  await send('First of all', () => when.selectOption('Next'));
  expect(pendingOf(sandbox, ids.threads)[0]!.text).toBe('First of all');
  await send('Right now', () => when.selectOption('Now'));
  const profile = sandbox.state.profiles.find(({ id }) => id === ids.threads)!;
  expect(sandbox.state.sent(profile)[0]!.text).toBe('Right now');
  await send('In a free slot', async () => {
    await when.selectOption('At a Time');
    await page.getByLabel(/^(Free )?Posting Times/).selectOption({ index: 1 });
  });
  // Where in the queue it is free depends on the hour.
  const slotted = pendingOf(sandbox, ids.threads).find(({ text }) => text === 'In a free slot');
  expect(slotted).toMatchObject({ isCustomScheduled: true });
});

test('a draft at Buffer that is to remind somebody', async ({ compose, sandbox }) => {
  const { page } = await compose({ draft: { profileIds: [ids.threads], text: 'For later' } });
  await page.getByLabel('When').selectOption('Draft at Buffer');
  await expect(page.locator('#when-help')).toHaveText('Stays a draft at Buffer until somebody schedules it.');
  await page.getByRole('checkbox', { name: 'Remind me to publish it myself' }).press(' ');
  await expect(page.locator('#when-help')).toContainText('Buffer reminds you to publish it yourself.');
  await page.locator('#send').click();
  await expect(page.locator('#finished-title')).toBeVisible();
  expect(newest(sandbox, ids.threads)).toMatchObject({ text: 'For later', status: 'draft', isReminder: true });
});

test('what the old service cannot do is not offered', async ({ compose }) => {
  const { page } = await compose({ api: 'v1', draft: { profileIds: [ids.threads], text: 'Plain' } });
  await expect(page.locator('#when-kind option')).toHaveText(['Queue', 'Next', 'Now', 'At a Time']);
  await expect(page.locator('#reminder')).toHaveCount(0);
});

for (const api of apiNames) {
  test(`a link with a card of one’s own, ${api}`, async ({ compose, sandbox }) => {
    const { page, picture } = await compose({ api, draft: { profileIds: [ids.linkedin] } });
    await page.locator('#text-field').fill('Read this: https://larkspur.example/post');
    await page.getByRole('radio', { name: 'Link' }).check({ force: true });
    await page.getByLabel('Address').first().fill('https://larkspur.example/post');
    await page.getByLabel('Title').fill('A post & more');
    await picture('link');
    await page.locator('#text-field').press('Control+Enter');
    await expect(page.locator('#finished-title')).toBeVisible();
    // LinkedIn's links are shortened on the way.
    expect(newest(sandbox, ids.linkedin)).toMatchObject({
      text: expect.stringMatching(/^Read this: https:\/\/\S+$/),
      media: { link: 'https://larkspur.example/post', title: 'A post & more' },
    });
  });
}

test('a card is filled from its page on a click, and taken back by another', async ({ compose, sandbox }) => {
  const { page, picture } = await compose({ draft: { profileIds: [ids.bluesky] } });
  await page.getByRole('radio', { name: 'Link' }).check({ force: true });
  const fill = page.getByRole('button', { name: 'Fill from Page' });
  await expect(fill).toHaveCount(0);
  const address = page.getByLabel('Address', { exact: true });
  await address.fill(new URL('/pages/slow', sandbox.url).href);
  await page.getByLabel('Title').fill('Mine');
  await fill.click();
  await page.getByRole('button', { name: 'Cancel Reading' }).click();
  await address.fill(new URL('/pages/gone', sandbox.url).href);
  await fill.click();
  await expect(page.locator('.fill-card')).toContainText('answered 410');
  await picture('card-unread');
  await address.fill(new URL('/pages/article', sandbox.url).href);
  await fill.click();
  await expect(page.getByLabel('Title')).toHaveValue('Field notes – year one');
  await expect(page.getByLabel('Picture Address')).toHaveValue('https://larkspur.example/cover.png');
  await picture('card-filled');
  await page.locator('.fill-card').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('Mine');
  await expect(page.getByLabel('Picture Address')).toHaveValue('');
});

test('a picture by its address, with a description; a file or plain http gets a clear word', async ({ compose, sandbox }) => {
  const { page, picture } = await compose({ draft: { profileIds: [ids.bluesky] } });
  await page.locator('#text-field').fill('Look at this');
  await page.getByRole('radio', { name: 'Picture' }).check({ force: true });
  await page.getByLabel('Picture Address').fill('http://example.com/picture.png');
  await expect(page.locator('#picture-url-note')).toHaveText('Buffer takes pictures from https addresses only.');
  await page.getByLabel('Picture Address').fill(pictureAt(sandbox));
  await page.getByLabel('Description (Alt Text)').fill('Petals on a table');
  // The page itself reaches nothing: what it shows, the extension read.
  await expect(page.locator('img.thumbnail')).toHaveAttribute('src', /^blob:/);
  await expect(page.locator('img.card-picture')).toBeVisible();
  await expect.poll(() => page.locator('img.thumbnail').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600);
  await picture('picture');
  await page.getByLabel('Picture Address').fill(new URL('/pages/sign-in', sandbox.url).href);
  await expect(page.locator('.unread-picture')).toContainText(/answered 403; Buffer will need to read it until it is published\./);
  await picture('picture-unread');
  await page.getByLabel('Picture Address').fill(pictureAt(sandbox));
  await expect(page.locator('img.thumbnail')).toBeVisible();
  // A picture pasted as a file.
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  });
  await expect(page.locator('#app')).toContainText('Buffer takes pictures by a public address only');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#finished-title')).toBeVisible();
  expect(newest(sandbox, ids.bluesky).media).toMatchObject({
    picture: expect.stringContaining('petals-84.png'),
    description: 'Petals on a table',
  });
});

test('a part of a thread with a picture alone is in the preview', async ({ compose, sandbox }) => {
  const details = { twitter: { thread: ['', ''], threadPictures: [[{ url: pictureAt(sandbox), description: 'Petals' }], []] } };
  const { page, picture } = await compose({ draft: { profileIds: [ids.x], text: 'First', details } });
  const parts = page.locator('.card-thread > li');
  await expect(parts).toHaveCount(1);
  await expect(parts.getByRole('img', { name: 'Petals' })).toBeVisible();
  // The alternative text is there on demand, as networks show it.
  await expect(parts.getByText('Petals')).toBeHidden();
  await parts.locator('.alt > summary').press('Enter');
  await expect(parts.getByText('Petals')).toBeVisible();
  await picture('part-with-a-picture');
});

test('a twin is told below the text while it is written, and is no bar to sending', async ({ compose, sandbox }) => {
  const { page, host, picture } = await compose({ size: sizes.small, draft: { profileIds: [ids.threads], text: 'Mine' } });
  await host.store.loadList(ids.threads, 'pending');
  const { text, dueAt } = host.store.list(ids.threads, 'pending').items.find((each) => each.text && each.status === 'pending')!;
  const { timeZone } = host.store.profile(ids.threads)!;
  const notes = page.locator('#text .notes');
  await expect(notes).toHaveCount(0);
  await page.locator('#text-field').fill(text);
  await expect(notes).toContainText('Already in the queue of');
  await expect(page.getByRole('status').last()).toContainText('Already in the queue of');
  await expect(page.locator('#send')).not.toHaveAttribute('aria-disabled');
  expect(await seenHeight(page, '#text-field')).toBeGreaterThan(80);
  await picture('twin');
  await page.locator('#text-field').fill('Another one');
  await expect(notes).toHaveCount(0);
  await page.locator('#when-kind').selectOption('At a Time');
  await page.locator('#time-words').fill(dueAt!.toLocaleString('sv-SE', { timeZone }).slice(0, 16));
  await expect(notes).toContainText('Close to another update');
  await picture('twin-near');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#finished-title')).toBeVisible();
  expect(queueOf(sandbox, ids.threads)).toContain('Another one');
});

test('says who took it and who did not above all else, and tries only those again', async ({ compose, sandbox }) => {
  const { page, picture } = await compose({
    size: sizes.small,
    draft: { profileIds: [ids.facebook, ids.google], text: 'Half of this fails' },
  });
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('.result.is-failed')).toContainText('Larkspur Community');
  await expect(page.locator('.result.is-done')).toContainText('Larkspur Workshop');
  await expect(page.locator('#results')).toBeFocused();
  await expect(page.locator('#results')).toBeInViewport({ ratio: 1 });
  await picture('partial');
  await expect(page.locator('#send')).toContainText('Retry');
  expect(pendingOf(sandbox, ids.google).filter(({ text }) => text === 'Half of this fails')).toHaveLength(1);
});

test('100,000 pasted characters are there, counted, and can be written on', async ({ compose }) => {
  const { page } = await compose({ draft: { profileIds: [ids.x, ids.bluesky, ids.linkedin] } });
  const field = page.locator('#text-field');
  await field.focus();
  await page.keyboard.insertText('lorem ipsum '.repeat(8334));
  await expect(field).toHaveValue(/(lorem ipsum ){8000}/);
  await page.keyboard.press('x');
  await expect(field).toHaveValue(/ x$/);
  await expect(page.locator('#counts')).toContainText('too many');
});

test('a message from elsewhere in the page that is none of the extension’s is ignored', async ({ compose }) => {
  const { page } = await compose({ draft: { profileIds: [ids.threads], text: 'Mine' } });
  await page.evaluate(() => {
    postMessage({ type: 'open', draft: { id: 'x', text: 'Theirs' } }, '*');
    postMessage('garbage', '*');
    // From another origin than the page's own, whatever it says.
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    document.body.append(frame);
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await expect(page.locator('#text-field')).toHaveValue('Mine');
});

test('what REST API v1 has no field for can be taken off where it is told', async ({ compose, sandbox }) => {
  const draft = { profileIds: [ids.threads], text: 'Without a tag', tagIds: ['one', 'two'], isReminder: true };
  const { page } = await compose({ api: 'v1', draft });
  await expect(page.locator('#reason')).toContainText('Buffer’s old API takes no tags');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#remove-tag-0')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#remove-tag-0')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#tags')).toHaveCount(0);
  await expect(page.locator('#reason')).toContainText('Buffer’s old API takes no reminders');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#reminder')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.locator('#reminder')).toHaveCount(0);
  await expect(page.locator('#when-kind')).toBeFocused();
  await page.locator('#send').click();
  await expect(page.locator('#finished-title')).toHaveText('Added to the Queue');
  expect(queueOf(sandbox, ids.threads).at(-1)).toBe('Without a tag');
});

test('what rules add to links is in the preview and the count, and not in the text', async ({ compose }) => {
  const utmRules = [{ domain: 'larkspur.example', parameters: { source: '{network}', campaign: 'notes' } }];
  const text = 'New notes: https://larkspur.example/notes#news.';
  const { page, picture } = await compose({
    draft: { text, profileIds: [ids.bluesky] },
    retell: (message) => (message.type === 'profiles' ? { ...message, utmRules } : message),
  });
  await expect(page.locator('#preview .card-text')).toHaveText(
    'New notes: https://larkspur.example/notes?utm_source=bluesky&utm_campaign=notes#news.',
  );
  await expect(page.locator('#counts')).toContainText(String(text.length + '?utm_source=bluesky&utm_campaign=notes'.length));
  await expect(page.locator('#text-field')).toHaveValue(text);
  await picture('utm-preview');
});

test.describe('while the clock is stopped', () => {
  test.use({ ownPage: true });

  for (const theme of ['light', 'dark', 'highContrast'] as const)
    test(`a page whose extension is gone says so, unlocks and hands its text on: ${theme}`, async ({ compose, page, sandbox }) => {
      await page.clock.install();
      const { host, picture } = await compose({ draft: { profileIds: [ids.threads] }, theme });
      await page.locator('#text-field').fill('Sent into the void');
      await expect(page.locator('.kept')).toContainText('Draft saved');
      // The extension host restarts: whatever is said reaches nobody.
      const { receive } = host;
      host.receive = () => undefined;
      await page.locator('#send').click();
      await expect(page.locator('#text-field')).not.toBeEditable();
      await page.clock.runFor(10_000);
      const told = page.locator('#unheard');
      await expect(told).toContainText('The extension does not answer');
      await expect(page.locator('#results')).toHaveCount(0);
      await page.locator('#text-field').fill('Sent into the void, and typed on');
      await page.clock.runFor(200);
      const link = (await told.getByRole('link', { name: 'Continue in a New Composer' }).getAttribute('href'))!;
      expect(link).toMatch(/^command:buffer\.continueDraft\?/u);
      expect(JSON.parse(decodeURIComponent(link.slice(link.indexOf('?') + 1)))).toMatchObject([
        { text: 'Sent into the void, and typed on' },
      ]);
      await picture(`unheard-${theme}`);
      // Sending once more would reach nobody either, and locks nothing.
      await page.locator('#send').click();
      await page.clock.runFor(200);
      await expect(page.locator('#text-field')).toBeEditable();
      expect(queueOf(sandbox, ids.threads)).not.toContain('Sent into the void');
      // It was only busy.
      host.receive = receive;
      await page.clock.runFor(10_000);
      await expect(told).toHaveCount(0);
    });
});

test('tells where the cursor is among the parts of a thread, once it rests', async ({ compose }) => {
  const { page, host } = await compose({
    draft: { profileIds: [ids.bluesky], text: 'To begin with', details: { bluesky: { thread: ['One', 'Two and more', 'Three'] } } },
  });
  await page.locator('#thread-bluesky-1').focus();
  await page.keyboard.press('Control+Home');
  await expect.poll(() => host.cursors.at(-1)).toMatchObject({ service: 'bluesky', part: 2, fraction: 0 });
  await page.keyboard.press('Control+End');
  await expect.poll(() => host.cursors.at(-1)).toMatchObject({ service: 'bluesky', part: 2, fraction: 1 });
  await page.locator('#text-field').focus();
  await page.keyboard.press('Control+End');
  await expect.poll(() => host.cursors.at(-1)).toMatchObject({ part: 0, fraction: 1 });
  expect(host.cursors.at(-1)).not.toHaveProperty('service', 'bluesky');
});
