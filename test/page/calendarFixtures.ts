// The calendar's page as it ships, in a plain browser, with its real host and a large account behind it.
import type { Page } from '@playwright/test';
import type { Uri, Webview } from 'vscode';
import { calendarHtml } from '../../src/calendar/host/calendars.ts';
import type { ToPage } from '../../src/calendar/messages.ts';
import type { ApiName, ColorTheme } from '../harness/environment.ts';
import { takePicture } from '../harness/takePicture.ts';
import { expect, test as base } from './fixtures.ts';
import { type CalendarHost, startCalendarHost } from './support/calendarHost.ts';
import { themeBody, themeStyles } from './support/webviewThemes.ts';

export { expect } from './fixtures.ts';

export interface OpenOptions {
  readonly theme?: ColorTheme;
  readonly size?: { readonly width: number; readonly height: number };
  readonly api?: ApiName;
  /** What the page kept. */
  readonly kept?: object;
}

export interface CalendarPage {
  readonly page: Page;
  readonly host: CalendarHost;
  readonly picture: (name: string) => Promise<void>;
}

export const test = base.extend<{ openCalendar: (options?: OpenOptions) => Promise<CalendarPage> }>({
  openCalendar: async ({ page, sandbox, server, connect }, use) => {
    const hosts: CalendarHost[] = [];
    await use(async ({ theme = 'light', size = { width: 1280, height: 800 }, api = 'graphql', kept } = {}) => {
      await page.setViewportSize(size);
      sandbox.reset('large');
      let telling = Promise.resolve();
      const tell = (message: ToPage) => {
        const words = JSON.stringify(message);
        telling = telling
          .then(() => page.evaluate((text) => window.postMessage(JSON.parse(text), window.origin), words))
          .catch(() => undefined);
      };
      const host = await startCalendarHost(sandbox, api, tell);
      hosts.push(host);
      sandbox.resetRequests();
      await connect((message) => host.receive(message), kept);
      server.html = html(server.origin, theme);
      await page.goto(server.origin);
      await expect(page.locator('.week, .month, .list')).toBeVisible();
      // What is read at first is there.
      await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
      return {
        page,
        host,
        picture: (name) => takePicture(page, 'page', name),
      };
    });
    for (const host of hosts) host.dispose();
  },
});

function html(origin: string, theme: ColorTheme): string {
  const webview = { cspSource: origin, asWebviewUri: ({ path }: { path: string }) => `${origin}${path}` } as unknown as Webview;
  return calendarHtml(webview, { path: '' } as Uri)
    .replace('<head>', `<head><style>${themeStyles(theme)}</style>`)
    .replace('<body ', `<body ${themeBody(theme)} `);
}
