// What comes of there being two services: recognising them, moving over, organizations, signing in in the browser, budgets.
import { sandboxClientId } from '../sandbox/authorizationServer.ts';
import { ids } from '../unit/support/ids.ts';
import { expect, test } from './fixtures.ts';
import { compose, deeds, dueRows, giveToken, queue, unfold } from './steps.ts';

test.describe('the end of API v1', () => {
  test.skip(({ api }) => api !== 'v1', 'Only tokens of v1 end with it.');

  test('is told once; moving over asks for a key, and drafts stay', async ({ workbench, page, sandbox }) => {
    const composer = await compose(workbench, '@larkspur.docs');
    await composer.locator('#text-field').focus();
    await page.keyboard.type('Begun on the old API');
    await page.waitForTimeout(400);
    await workbench.runCommand('View: Close Editor');
    await workbench.openView();
    const told = workbench.notifications('ends on');
    await expect(told).toHaveCount(1);
    await expect(workbench.view('Queue').locator('.pane-header')).toContainText('API v1');
    await workbench.screenshot('v1-end');
    await told.getByRole('button', { name: 'Switch API Key' }).click();
    // VS Code asks before it leaves for the page where keys are made.
    await expect(workbench.dialog).toContainText('publish.buffer.com');
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await workbench.answer(sandbox.graphqlToken);
    await workbench.pick('Larkspur');
    await expect(workbench.notifications('You are signed in to Buffer as Larkspur Docs.')).toBeVisible();
    // A network that v1 never learned of.
    await expect(workbench.treeRows('Larkspur Builds')).toBeVisible();
    await expect(workbench.treeRows('Begun on the old API')).toBeVisible();
    await workbench.reload();
    await workbench.openView();
    await expect(workbench.treeRows('Larkspur Builds')).toBeVisible();
    await expect(workbench.treeRows('Begun on the old API')).toBeVisible();
    await expect(told).toHaveCount(0);
  });

  test('is not told again after a reload', async ({ workbench }) => {
    await workbench.openView();
    const told = workbench.notifications('ends on');
    await expect(told).toHaveCount(1);
    // A browser writes what an extension remembers a moment later.
    await workbench.page.waitForTimeout(2_000);
    await workbench.reload();
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await expect(told).toHaveCount(0);
  });
});

test.describe('organizations', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 has no organizations.');

  test('one at a time is shown; a small one comes along whole', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    const title = workbench.view('Queue').locator('.pane-header');
    await expect(title).toContainText('Larkspur');
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await workbench.runCommand('Buffer: Switch Organization…');
    await expect(page.locator('.quick-input-list')).toContainText('shown now');
    await workbench.screenshot('organizations');
    sandbox.resetRequests();
    await workbench.pick('Docs Guild');
    await expect(workbench.treeRows('@guild@fen.example')).toBeVisible();
    await expect(workbench.treeRows('@larkspur_dev')).toHaveCount(0);
    await expect(title).toContainText('Docs Guild');
    await unfold(workbench, '@guild.larkspur.example', 'Pending');
    await expect(dueRows(workbench)).toHaveCount(2);
    expect(deeds(sandbox)).toEqual(['overview']);
    await workbench.reload();
    await workbench.openView();
    await expect(workbench.treeRows('@guild@fen.example')).toBeVisible();
  });
});

test.describe('signing in in the browser', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 takes pasted tokens only.');
  test.use({ machineSettings: { 'buffer.oauthClientId': sandboxClientId } });

  test('ends where it began, and lasts longer than an access token', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.sideBar.getByRole('button', { name: 'Sign In' }).click();
    await expect(workbench.quickPick(/Sign In in the Browser/)).toBeVisible();
    await workbench.screenshot('oauth-choice');
    const opened = page.context().waitForEvent('page');
    await workbench.pick(/Sign In in the Browser/);
    const browser = await opened;
    await browser.getByRole('button', { name: 'Allow' }).click();
    await workbench.pick('Larkspur');
    await expect(workbench.notifications('You are signed in to Buffer as Larkspur Docs.')).toBeVisible();
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await expect(workbench.treeRows('Release candidate')).toBeVisible();

    sandbox.auth.expireAccessTokens();
    sandbox.editElsewhere(queue(sandbox, ids.bluesky)[0]!.id, 'Changed by a colleague');
    await workbench.runCommand('Buffer: Refresh');
    await expect(workbench.treeRows('Changed by a colleague')).toBeVisible();
    expect(sandbox.auth.refreshes).toBe(1);
    await expect(workbench.treeRows('Sign in again')).toHaveCount(0);
  });

  test('that is not allowed says so, and leaves things as they were', async ({ workbench, page }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.sideBar.getByRole('button', { name: 'Sign In' }).click();
    const opened = page.context().waitForEvent('page');
    await workbench.pick(/Sign In in the Browser/);
    await (await opened).getByRole('button', { name: 'Deny' }).click();
    await expect(workbench.notifications('You are not signed in, because access was not allowed.')).toBeVisible();
    await expect(workbench.sideBar.getByRole('button', { name: 'Sign In' })).toBeVisible();
  });
});

test.describe('signing in in the browser without an application of one’s own', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 takes pasted tokens only.');

  test('is offered where the service registers applications, and goes to the end', async ({ workbench, page, sandbox }) => {
    sandbox.behave({ registration: 'open' });
    await workbench.openView();
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.sideBar.getByRole('button', { name: 'Sign In' }).click();
    await expect(workbench.quickPick(/Sign In in the Browser/)).toBeVisible();
    const opened = page.context().waitForEvent('page');
    await workbench.pick(/Sign In in the Browser/);
    await (await opened).getByRole('button', { name: 'Allow' }).click();
    await workbench.pick('Larkspur');
    await expect(workbench.notifications('You are signed in to Buffer as Larkspur Docs.')).toBeVisible();
    expect(sandbox.auth.registrations).toBe(1);
  });

  test('leads to a key where the API does not take it', async ({ workbench, page, sandbox, api }) => {
    sandbox.behave({ registration: 'noApi' });
    await workbench.openView();
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.sideBar.getByRole('button', { name: 'Sign In' }).click();
    const opened = page.context().waitForEvent('page');
    await workbench.pick(/Sign In in the Browser/);
    await (await opened).getByRole('button', { name: 'Allow' }).click();
    const told = workbench.notifications('does not let Queue for Buffer read your queues that way');
    await expect(told).toBeVisible();
    await workbench.screenshot('oauth-no-api');
    await told.getByRole('button', { name: 'Use a Key Instead' }).click();
    await giveToken(workbench, sandbox, api);
    await expect(workbench.notifications('You are signed in to Buffer as Larkspur Docs.')).toBeVisible();
  });
});

test.describe('a budget of requests', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 tells nobody what is left.');

  test('that is nearly spent is told above the queue', async ({ workbench, sandbox }) => {
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    await expect(workbench.view('Queue')).not.toContainText('requests to Buffer left');
    sandbox.spend(92);
    await workbench.runCommand('Buffer: Refresh');
    await expect(workbench.view('Queue')).toContainText(/\d of 100 requests to Buffer left until \d/);
    await workbench.screenshot('budget-scarce');
  });

  test('that is spent tells in the row when to come back', async ({ workbench, sandbox }) => {
    await workbench.openView();
    await expect(workbench.treeRows('@larkspur_dev')).toBeVisible();
    sandbox.spend(250);
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    await expect(workbench.treeRows(/Buffer allows no more requests until .*\d/)).toBeVisible();
    await workbench.screenshot('budget-spent');
  });
});

test.describe('rows', () => {
  test.skip(({ api }) => api !== 'graphql', 'API v1 knows neither drafts nor approvals, and lists no failed ones.');

  test('say what failed and why, what is a draft and what waits for approval', async ({ workbench, page }) => {
    await unfold(workbench, 'LarkspurLinkedIn', 'Pending');
    await expect(workbench.treeRows(/Larkspur 6 drops.*Waiting for approval/)).toBeVisible();
    await workbench.treeRows(/^Drafts at Buffer/).click();
    await expect(workbench.treeRows(/We are writing down.*Draft at Buffer/)).toBeVisible();
    await workbench.treeRows(/^Failed\d+/).click();
    // The row above them says it too, as it is the same for all.
    const failed = workbench.treeRows('The network did not accept this post.').nth(1);
    await expect(async () => {
      await page.mouse.move(800, 400);
      await failed.hover();
      await expect(page.locator('.monaco-hover:visible')).toContainText('Not sent: The network did not accept this post.', {
        timeout: 3_000,
      });
    }).toPass();
    await workbench.screenshot('queue-states');
  });
});
