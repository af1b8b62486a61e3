// Insights in a window: the ways in, what goes out of it, and a reload. What its page draws is looked at in
// `test/page/figures.spec.ts`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from '@playwright/test';
import type { WorkbenchPage } from '../harness/workbenchPage.ts';
import { sandboxClientId } from '../sandbox/authorizationServer.ts';
import { expect, test } from './fixtures.ts';
import { deeds } from './steps.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

async function loaded(workbench: WorkbenchPage): Promise<FrameLocator> {
  const insights = workbench.webview;
  await expect(insights.locator('#standing')).toHaveText(/^\s*As of [^.]+\.\s*$/u, { timeout: 30_000 * timeoutFactor });
  return insights;
}

/** The texts of a column of the table, from the top. */
const column = (insights: FrameLocator, nth: number) => insights.locator(`.rows tbody tr td:nth-child(${nth})`).allTextContents();

test.describe('Insights', { tag: '@once' }, () => {
  test.use({ seed: 'large' });

  test('is sorted by keyboard, saved and copied as CSV', async ({ workbench, page, workspaceFolder, sandbox }) => {
    await workbench.runCommand('Buffer: Open Insights');
    const insights = await loaded(workbench);
    await workbench.screenshot('figures');
    const header = insights.getByRole('columnheader', { name: 'Reactions' }).last();
    await header.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await expect(header.getByRole('button')).toBeFocused();
    sandbox.resetRequests();

    await insights.getByRole('button', { name: 'Copy as CSV' }).press('Enter');
    await expect(workbench.statusBar('The figures were copied as CSV.')).toBeVisible();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');

    await insights.getByRole('button', { name: 'Save as CSV…' }).press('Enter');
    await expect(workbench.quickInput).toHaveValue(/buffer-insights-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/u);
    const path = join(workspaceFolder, 'insights.csv');
    await workbench.answer(path);
    await expect(workbench.notifications('The figures were saved.')).toBeVisible();
    const saved = await readFile(path, 'utf8');
    expect(saved).toBe(`\u{FEFF}${copied}`);
    expect(copied.split('\r\n')[0]).toMatch(/^sentAt,network,profile,text,tags,.*reactions.*,asOf,url,id$/u);
    expect(deeds(sandbox)).toEqual([]);
    await workbench.notifications('The figures were saved.').getByRole('button', { name: 'Open', exact: true }).click();
    await expect(workbench.editorTab('insights.csv')).toBeVisible();
  });

  test('a reload keeps the period, the filter and the order, and reads nothing twice', async ({ workbench, page, sandbox }) => {
    await workbench.openView();
    await workbench.runCommand('Buffer: Open Insights');
    const insights = await loaded(workbench);
    await insights.getByLabel('Period').selectOption({ label: 'Last 7 Days' });
    await loaded(workbench);
    await insights.locator('.picker summary').first().click();
    await insights.locator('.picker').first().getByRole('checkbox').first().check();
    await page.keyboard.press('Escape');
    await insights.getByRole('columnheader', { name: 'Text' }).getByRole('button').click();
    const chosen = await insights.locator('.picker summary').first().textContent();
    const times = await column(insights, 1);
    expect(times.length).toBeGreaterThan(1);
    sandbox.resetRequests();

    const reloaded = page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    await workbench.ready();
    const again = await loaded(workbench);
    await expect(again.getByLabel('Period')).toHaveValue('7');
    await expect(again.locator('.picker summary').first()).toHaveText(chosen!);
    await expect(again.getByRole('columnheader', { name: 'Text' })).toHaveAttribute('aria-sort', 'ascending');
    expect(await column(again, 1)).toEqual(times);
    expect(deeds(sandbox).filter((deed) => deed === 'figures' || deed === 'sent')).toEqual([]);
    await workbench.runCommand('Buffer: Open Insights');
    await expect(workbench.editorTab('Insights')).toHaveCount(1);
  });

  test('follows the theme @once', async ({ workbench, page, inEachTheme }) => {
    await workbench.runCommand('Buffer: Open Insights');
    const insights = await loaded(workbench);
    await inEachTheme(['dark', 'highContrast'], async (theme) => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await insights.locator('#standing').scrollIntoViewIfNeeded();
      await workbench.screenshot(`figures-${theme}`);
      await insights.locator('.rows').scrollIntoViewIfNeeded();
      await workbench.screenshot(`figures-${theme}-table`);
      await page.setViewportSize({ width: 700, height: 800 });
      await workbench.screenshot(`figures-${theme}-narrow`);
    });
  });
});

test.describe('who did not permit reading figures', () => {
  test.skip(({ api }) => api !== 'graphql', 'A token of API v1 may do all.');
  test.use({ machineSettings: { 'buffer.oauthClientId': sandboxClientId } });

  test('is offered no Insights', async ({ workbench, page, sandbox }) => {
    sandbox.behave({ insightsScope: 'leftOut' });
    await workbench.openView();
    await workbench.runCommand('Buffer: Sign Out');
    await workbench.sideBar.getByRole('button', { name: 'Sign In' }).click();
    const opened = page.context().waitForEvent('page');
    await workbench.pick(/Sign In in the Browser/);
    await (await opened).getByRole('button', { name: 'Allow' }).click();
    await workbench.pick('Larkspur');
    await expect(workbench.sideBar).toContainText('Figures need the permission insights:read');
    await page.keyboard.press('F1');
    await workbench.quickInput.fill('>Buffer: Open');
    await expect(workbench.quickPick('Buffer: Open Calendar')).toBeVisible();
    await expect(workbench.quickPick('Buffer: Open Insights')).toHaveCount(0);
    await workbench.screenshot('figures-not-offered');
  });
});

test.describe('Insights of both services', () => {
  test.use({ seed: 'large' });

  test('are there, once somebody was told what reading them takes', async ({ workbench, sandbox, api }) => {
    await workbench.runCommand('Buffer: Open Insights');
    const insights = workbench.webview;
    const standing = insights.locator('#standing');
    // REST API v1 has a list for each profile, and the other one list for all of thirty days.
    await expect(standing).toContainText(api === 'v1' ? /\d+ requests read the rest/u : /As of/u, { timeout: 30_000 * timeoutFactor });
    if (api === 'v1') await insights.getByRole('button', { name: 'Read All' }).press('Enter');
    await loaded(workbench);
    const lists = sandbox.requests().map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
    if (api === 'v1') expect(new Set(lists).size).toBe(lists.length);
    await expect(insights.locator('#over-time canvas')).toBeVisible();
    await workbench.screenshot('figures-of-both');
  });
});
