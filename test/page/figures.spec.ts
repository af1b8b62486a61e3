// How the figures look and are used: the real page in a plain browser, with its real host and a local Buffer with ninety days.
import type { Page } from '@playwright/test';
import type { Uri } from 'vscode';
import { figuresHtml } from '../../src/figures/host/figuresPanels.ts';
import type { ToPage } from '../../src/figures/messages.ts';
import type { ApiName, ColorTheme } from '../harness/environment.ts';
import { knownServices, networkOf } from '../../src/core/networks/networks.ts';
import { pseudoBundle } from '../harness/pseudoLocale.ts';
import { vscodeStub } from '../unit/support/vscodeStub.ts';
import { takePicture } from '../harness/takePicture.ts';
import { expect, inTheme, test as base, webviewOf } from './fixtures.ts';
import { cutOff, untranslated } from './otherWords.ts';
import { graveViolations, overflowOf } from './steps.ts';
import { type FiguresHost, startFiguresHost } from './support/figuresHost.ts';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

interface InsightsOptions {
  readonly theme?: ColorTheme;
  readonly size?: { readonly width: number; readonly height: number };
  readonly scopes?: readonly string[];
  readonly api?: ApiName;
}

interface Fixtures {
  /** Opens the figures; a test has them once. */
  insights: (options?: InsightsOptions) => Promise<Page>;
}

const test = base.extend<Fixtures>({
  insights: async ({ page, sandbox, server, connect }, use) => {
    const hosts: FiguresHost[] = [];
    await use(async ({ theme = 'light', size = { width: 1100, height: 900 }, scopes, api = 'graphql' } = {}) => {
      sandbox.reset('large');
      await page.setViewportSize(size);
      const post = (message: ToPage) =>
        void page.evaluate((told) => window.postMessage(told, window.origin), message).catch(() => undefined);
      const host = startFiguresHost({ sandbox, api, scopes, post });
      hosts.push(host);
      await connect((message) => host.receive(message));
      server.html = inTheme(figuresHtml(webviewOf(server.origin), { path: '' } as Uri), theme);
      await page.goto(server.origin);
      return page;
    });
    for (const host of hosts) host.dispose();
    // The seed of the other tests.
    sandbox.reset('lifelike');
  },
});

const picture = (page: Page, name: string) => takePicture(page, 'page', name);

const done = (page: Page) => expect(page.locator('#standing')).toHaveText(/^\s*As of [^.]+\.\s*$/u, { timeout: 20_000 * timeoutFactor });

// Ninety days take a while to sow, to read and to look at.
test.describe.configure({ timeout: 90_000 * timeoutFactor });

for (const theme of ['light', 'dark', 'highContrast'] as const) {
  test(`thirty days: accessible, and fit, ${theme}`, async ({ insights }) => {
    const page = await insights({ theme });
    await done(page);
    await expect(page.locator('#over-time canvas')).toBeVisible();
    for (const [name, width] of [
      ['wide', 1100],
      ['narrow', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 1300 });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await graveViolations(page)).toEqual([]);
      await picture(page, `figures-${theme}-${name}`);
    }
  });
}

test('ninety days are read once somebody was told what that takes', async ({ insights, sandbox }) => {
  const page = await insights();
  await done(page);
  sandbox.resetRequests();
  await page.getByLabel('Period').selectOption({ label: 'Last 90 Days' });
  await expect(page.locator('#standing')).toContainText(/\d+ requests read the rest, of 231 that are left today/u);
  const told = Number(/(\d+) requests read the rest/u.exec((await page.locator('#standing').textContent())!)![1]);
  expect(sandbox.requests()).toHaveLength(1);
  await picture(page, 'figures-asks');
  await page.getByRole('button', { name: 'Read All' }).click();
  await done(page);
  expect(sandbox.requests()).toHaveLength(1 + told);
  await picture(page, 'figures-ninety-days');
});

test('sorted, grouped and filtered by keyboard; what was sent today is not yet measured', async ({ insights }) => {
  const page = await insights();
  await done(page);
  const header = page.getByRole('columnheader', { name: 'Reactions' }).last();
  await expect(page.getByText('not yet measured', { exact: true }).first()).toBeVisible();
  // By one clock for all profiles: by those of each they would look unsorted.
  const times = await page.locator('.rows tbody td:first-child').allInnerTexts();
  const sent = times.map((text) => Date.parse(text.trim().replaceAll(/\s/gu, ' '))).filter((time) => !Number.isNaN(time));
  expect(sent.length).toBeGreaterThan(50);
  expect(sent).toEqual(sent.toSorted((one, other) => other - one));
  await header.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const values = async () => {
    const texts = await page.locator('.rows tbody tr td:nth-child(4)').allTextContents();
    return texts.map((text) => Number(text.replaceAll(',', ''))).filter((value) => !Number.isNaN(value));
  };
  const falling = await values();
  expect(falling.length).toBeGreaterThan(50);
  expect(falling).toEqual(falling.toSorted((one, other) => other - one));
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const rising = await values();
  expect(rising).toEqual(rising.toSorted((one, other) => one - other));

  await page.getByLabel('Group By').selectOption({ label: 'Profile' });
  const groups = page.locator('.rows tr.group');
  await expect(groups).toHaveCount(12);
  await groups.first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(groups.first().getByRole('button')).toHaveAttribute('aria-expanded', 'true');

  const profiles = page.locator('.picker').first();
  await profiles.locator('summary').focus();
  await page.keyboard.press('Enter');
  await profiles.getByRole('checkbox').first().focus();
  await page.keyboard.press(' ');
  await expect(groups).toHaveCount(1);
  await picture(page, 'figures-grouped');
  await page.keyboard.press('Escape');
  await expect(profiles.locator('fieldset')).toBeHidden();
  // One network tells more than all of them have in common.
  await expect(page.locator('.sums dt')).toContainText(['Updates', 'Reactions', 'Clicks']);
});

test('who may not read figures hears what to do', async ({ insights }) => {
  const page = await insights({ scopes: ['posts:read', 'account:read'] });
  await expect(page.getByRole('alert')).toHaveText(/Figures need the permission insights:read: sign in again to give it\./u);
  await picture(page, 'figures-not-permitted');
});

test('REST API v1 has a list for each profile: they are read once somebody was told, and none of them twice', async ({
  insights,
  sandbox,
}) => {
  const page = await insights({ api: 'v1' });
  await expect(page.locator('#standing')).toContainText(/This is not all of the period: \d+ requests read the rest/u);
  const told = Number(/(\d+) requests read the rest/u.exec((await page.locator('#standing').textContent())!)![1]);
  await picture(page, 'figures-v1-asks');
  const lists = () => sandbox.requests().filter(({ path }) => path.endsWith('/updates/sent.json'));
  expect(lists()).toHaveLength(1);
  await page.getByRole('button', { name: 'Read All' }).click();
  await done(page);
  // A profile that sent much has more pages than nobody could know of before.
  expect(lists().length).toBeGreaterThanOrEqual(1 + told);
  const asked = lists().map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
  expect(new Set(asked).size).toBe(asked.length);
  await picture(page, 'figures-v1');
  expect(await graveViolations(page)).toEqual([]);
});

test('a day that is not over is told from one that did badly', async ({ insights }) => {
  const page = await insights();
  await done(page);
  await expect(page.getByText('Dashed: not complete')).toBeVisible();
  await page.getByText('As a Table').first().click();
  await expect(page.locator('.numbers tbody tr').last()).toContainText('not complete');
  await expect(page.locator('.numbers tbody tr').nth(5)).not.toContainText('not complete');
  await page.locator('#over-time').scrollIntoViewIfNeeded();
  await picture(page, 'figures-not-complete');
});

test.describe('in another language', () => {
  test.beforeEach(() => {
    vscodeStub.l10n.bundle = pseudoBundle();
  });
  test.afterEach(() => {
    vscodeStub.l10n.bundle = undefined;
  });

  for (const width of [320, 1100])
    test(`insights say everything in it, and whole, ${width} pixels wide`, async ({ insights, sandbox }) => {
      const page = await insights({ size: { width, height: 900 } });
      await expect(page.locator('#over-time canvas')).toBeVisible({ timeout: 20_000 * timeoutFactor });
      const data = [
        ...sandbox.state.profiles.flatMap((profile) => Object.values(profile).filter((each) => typeof each === 'string')),
        ...knownServices.map((service) => networkOf(service).label),
        'CSV',
      ];
      const texts = [...sandbox.state.updates.values()].map(({ text }) => text);
      expect(await untranslated(page, data, texts)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await picture(page, `figures-language-${width}`);
    });
});

test('in a language that runs from right to left insights do so, and nothing hangs out', async ({ insights }) => {
  vscodeStub.env.language = 'he';
  try {
    const page = await insights({ theme: 'dark' });
    await done(page);
    await expect(page.locator('#over-time canvas')).toBeVisible();
    const cells = page.locator('table').last().locator('tr').first().locator('th');
    const [first, last] = [await cells.first().boundingBox(), await cells.last().boundingBox()];
    expect(first!.x).toBeGreaterThan(last!.x);
    for (const width of [1100, 320]) {
      await page.setViewportSize({ width, height: 1300 });
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await picture(page, `figures-right-to-left-${width}`);
    }
  } finally {
    vscodeStub.env.language = 'en';
  }
});
