import { deedOf, matchOf } from '../harness/requests.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { chooseProfiles, lastCreatedFor, newestSent, queue, unfold, writeAndSelect, writes } from './steps.ts';

test.describe('Post Selection', () => {
  test('queues the selection, shows it, and undoes it', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'Bearings are now self-aligning & “quiet” 🛠️\nSecond line + more: https://example.com/?a=1&b=2');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, '@docs.larkspur.example', 'Larkspur Workshop');
    await workbench.screenshot('post-when');
    await workbench.pick('Add to Queue');
    await expect(workbench.notifications('Queued for')).toBeVisible();
    await workbench.screenshot('post-queued');
    expect(writes(sandbox)).toEqual(['create']);
    expect(queue(sandbox, ids.bluesky).at(-1)!.text).toBe(
      'Bearings are now self-aligning & “quiet” 🛠️\nSecond line + more: https://example.com/?a=1&b=2',
    );

    await workbench.notifications('Queued for').getByRole('button', { name: 'Show' }).click();
    const row = workbench.treeRows('Bearings are now self-aligning');
    await expect(row).toBeVisible();
    await expect(row).toHaveClass(/selected/);
    await workbench.screenshot('post-shown');
  });

  test('undo deletes what was queued @once', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'A thought I will regret');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, '@docs.larkspur.example', 'Larkspur Workshop');
    await workbench.pick('Share Next');
    await workbench.notifications('Queued for').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => queue(sandbox, ids.google).length).toBe(0);
    await expect.poll(() => queue(sandbox, ids.bluesky).length).toBe(12);
  });

  test('schedules in words, read back in the profile’s zone before it is sent', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'For tomorrow morning');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, '@larkspur.docs');
    await workbench.pick('Schedule…');
    await workbench.quickInput.fill('gibberish');
    await expect(page.locator('.quick-input-list')).toContainText('No time was found');
    await workbench.quickInput.fill('yesterday 9:30');
    await expect(page.locator('.quick-input-list')).toContainText('is in the past');
    await workbench.quickInput.fill('tomorrow 9:30');
    await expect(page.locator('.quick-input-list')).toContainText('9:30 AM GMT+5:30');
    await workbench.screenshot('post-schedule');
    await page.keyboard.press('Enter');
    await expect(workbench.notifications('Scheduled for tomorrow 9:30 AM GMT+5:30 on @larkspur.docs.')).toBeVisible();
    const posted = queue(sandbox, ids.threads).find(({ text }) => text === 'For tomorrow morning')!;
    expect(posted.dueAt).toMatch(/T04:00:00/);
    expect(posted.isCustomScheduled).toBe(true);
  });

  test('shares now', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'Right away');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, '@larkspur.docs');
    await workbench.pick('Share Now');
    await expect(workbench.dialog).toContainText('Share this update on @larkspur.docs now?');
    await workbench.screenshot('post-now-asks');
    expect(writes(sandbox)).toEqual([]);
    await workbench.dialog.getByRole('button', { name: 'Share Now' }).click();
    await expect(workbench.notifications('Shared on @larkspur.docs')).toBeVisible();
    expect(newestSent(sandbox, ids.threads).text).toBe('Right away');
  });

  test('tells of the same update, and of one at nearly the same time, without asking anything @once', async ({
    workbench,
    page,
    sandbox,
  }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await expect(workbench.treeRows('Release candidate')).toBeVisible();
    const twin = queue(sandbox, ids.bluesky).find(({ text }) => text.startsWith('Release candidate'))!;
    await writeAndSelect(workbench, page, `  ${twin.text.replaceAll(' ', '  ')}`);
    const before = sandbox.requests().length;
    await workbench.runCommand('Buffer: Post Selection…');
    await expect(workbench.quickPick('@docs.larkspur.example')).toContainText('Already in the queue of @docs.larkspur.example');
    await expect(page.locator('.quick-input-list').getByText('Already in the queue')).toHaveCount(1);
    await workbench.screenshot('post-twin');
    await chooseProfiles(workbench, page, '@docs.larkspur.example');
    await workbench.screenshot('post-twin-when');
    await workbench.pick('Schedule…');
    const other = queue(sandbox, ids.bluesky).find(({ id, isCustomScheduled }) => id !== twin.id && !isCustomScheduled)!;
    const at = new Date(Date.parse(other.dueAt) + 7 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
    await workbench.quickInput.fill(`${at} UTC`);
    await expect(page.locator('.quick-input-list')).toContainText('Close to another update for @docs.larkspur.example');
    await workbench.screenshot('post-twin-time');
    expect(sandbox.requests().slice(before).map(deedOf)).toEqual([]);
  });

  test('does not send what is too long, and says for whom @once', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'long '.repeat(70));
    await workbench.runCommand('Buffer: Post Selection…');
    await expect(page.locator('.quick-input-list')).toContainText('Too long for X: 349 of 280 characters');
    await workbench.screenshot('post-too-long');
    await chooseProfiles(workbench, page, '@larkspur_dev', 'Larkspur Workshop');
    await expect(workbench.dialog).toContainText('Too long for X: 349 of 280 characters');
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(writes(sandbox)).toEqual([]);
  });

  test('what is too long becomes a thread where there are threads, or goes to the composer @once', async ({ workbench, page, sandbox }) => {
    const text = `${'A first sentence of some length. '.repeat(6)}${'And a second one that follows it. '.repeat(6)}`.trim();
    await writeAndSelect(workbench, page, text);
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, '@docs.larkspur.example', 'Larkspur Workshop');
    await expect(workbench.dialog).toContainText('fits as a thread of 2');
    await workbench.screenshot('post-split-asks');
    await workbench.dialog.getByRole('button', { name: 'Split into Thread' }).click();
    await workbench.pick('Add to Queue');
    await expect(workbench.notifications('Queued for')).toBeVisible();
    const made = queue(sandbox, ids.bluesky).at(-1)!;
    expect(made.text.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(sandbox.state.updates.get(made.id))).toContain('And a second one that follows it.');
    expect(queue(sandbox, ids.google).at(-1)!.text).toBe(text);

    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, '@docs.larkspur.example');
    await workbench.dialog.getByRole('button', { name: 'Open in Composer' }).click();
    await expect(workbench.webview.locator('#text-field')).toHaveValue(text);
  });

  test('says which profile took it and which did not, and tries that one alone @once', async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'Half of this fails');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, 'Larkspur Community', 'Larkspur Workshop');
    await workbench.pick('Add to Queue');
    const told = workbench.notifications('Not posted to Larkspur Community');
    await expect(told).toContainText('Queued for Larkspur Workshop');
    await workbench.screenshot('post-partial');
    await told.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => writes(sandbox).length).toBe(2);
    await expect(workbench.notifications('Not posted to Larkspur Community')).not.toContainText('Larkspur Workshop');
    expect(lastCreatedFor(sandbox)).toEqual([ids.facebook]);
    expect(queue(sandbox, ids.google)).toHaveLength(1);
  });

  test('looks for a create whose answer was lost, and never repeats it @once', async ({ workbench, page, sandbox, api }) => {
    await writeAndSelect(workbench, page, 'Did it arrive?');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    sandbox.faults.add({ kind: 'dropAfter', match: matchOf('create', api) });
    await workbench.pick('Add to Queue');
    await expect(workbench.notifications('Queued for Larkspur Workshop')).toBeVisible();
    expect(writes(sandbox)).toEqual(['create']);
    expect(queue(sandbox, ids.google)).toHaveLength(1);
  });

  test('what cannot be sent waits in the outbox, and goes out once @once', async ({ workbench, page, sandbox, api }) => {
    await writeAndSelect(workbench, page, 'When the network is back');
    await workbench.runCommand('Buffer: Post Selection…');
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    sandbox.faults.add({ kind: 'dropBefore', match: matchOf('create', api), times: 0 });
    sandbox.faults.add({ kind: 'dropBefore', match: matchOf(api === 'v1' ? 'pages' : 'recent', api), times: 0 });
    await workbench.pick('Add to Queue');
    const told = workbench.notifications('waits in the outbox');
    await told.getByRole('button', { name: 'Show Outbox' }).click();
    await expect(workbench.treeRows('When the network is back')).toBeVisible();
    await workbench.screenshot('post-outbox');
    expect(queue(sandbox, ids.google)).toHaveLength(0);
    sandbox.faults.clear();
    await workbench.rowAction(workbench.treeRows('When the network is back'), 'Send Now');
    // It was on its way when the connection broke.
    await workbench.dialog.getByRole('button', { name: 'Send Again' }).click();
    await expect(workbench.notifications('From the outbox: queued for Larkspur Workshop.')).toBeVisible();
    await expect(workbench.treeRows('When the network is back')).toHaveCount(0);
    expect(queue(sandbox, ids.google)).toHaveLength(1);
  });

  test('posts several selections as one update each, after asking', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.focusEditor();
    await page.keyboard.insertText('First of two\nSecond of two');
    await page.keyboard.press('Control+Home');
    await workbench.runCommand('Add Cursor Below');
    await page.keyboard.press('Shift+End');
    await workbench.runCommand('Buffer: Post Selection…');
    await workbench.dialog.getByRole('button', { name: 'Post Each' }).click();
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    await workbench.pick('Add to Queue');
    await expect.poll(() => queue(sandbox, ids.google).map(({ text }) => text)).toEqual(['First of two', 'Second of two']);
  });

  test('posts the whole document when nothing is selected, after asking', { tag: '@once' }, async ({ workbench, page, sandbox }) => {
    await writeAndSelect(workbench, page, 'All of it');
    await page.keyboard.press('Control+End');
    await workbench.runCommand('Buffer: Post Selection…');
    await expect(workbench.dialog).toContainText('All of it');
    await workbench.dialog.getByRole('button', { name: 'Post Document' }).click();
    await chooseProfiles(workbench, page, 'Larkspur Workshop');
    await workbench.pick('Add to Queue');
    await expect.poll(() => queue(sandbox, ids.google).map(({ text }) => text)).toEqual(['All of it']);
  });
});
