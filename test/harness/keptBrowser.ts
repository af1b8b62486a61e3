// A browser that stays for many tests: what it read and compiled of VS Code stays too, and nothing else does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, BrowserType, Page } from 'playwright-core';
import { browserLaunchOptions } from './browser.ts';

export interface KeptBrowser {
  readonly context: BrowserContext;
  /** Closes all pages, and forgets what those of VS Code and of these other origins kept, all cookies and the clipboard. */
  reset(vscode: string, others?: readonly string[]): Promise<void>;
  /** Closes all pages but this one, and forgets what those of these origins kept. */
  closeOthers(page: Page, origins: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts it in this time zone, with a page of its own that keeps it open. */
export async function startKeptBrowser(chromium: BrowserType, timezoneId: string): Promise<KeptBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'buffer-profile-'));
  // A persistent context, because only that has a cache on disk; and as for a person, what is kept survives a reload.
  const context = await chromium.launchPersistentContext(profile, {
    ...browserLaunchOptions(),
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId,
    reducedMotion: 'reduce',
  });
  const keeper = context.pages()[0] ?? (await context.newPage());
  const devTools = await context.newCDPSession(keeper);

  return {
    context,
    async reset(vscode, others = []) {
      // Closed first: a page writes until it is gone.
      for (const page of context.pages()) if (page !== keeper) await page.close();
      // Only a page of VS Code's may touch the clipboard; this one is a few words about how the server is.
      await keeper.goto(`${vscode}/healthz`);
      await keeper.bringToFront();
      await keeper.evaluate("navigator.clipboard.writeText('')");
      await keeper.goto('about:blank');
      for (const origin of [vscode, ...others]) await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await context.clearCookies();
    },
    async closeOthers(page, origins) {
      for (const each of context.pages()) if (each !== keeper && each !== page) await each.close();
      for (const origin of origins) await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await page.bringToFront();
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
