import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.ttf': 'font/ttf' };

/** In the page: calls back with the time, in milliseconds from the page's beginning, once what is looked for was painted. */
export type TellPainted = (isThere: () => boolean, tell: (time: number) => void) => void;

/** The other side of a page. */
export interface PageHost {
  /** Runs in the page before its script, and sees nothing of what is around it here. Gives what hears the page. */
  readonly host?: (data: never, tellPainted: TellPainted) => (message: never) => unknown;
  /** What it is given. */
  readonly data?: unknown;
  /** What the page kept before a reload. */
  readonly kept?: object;
}

/**
 * Opens one of the extension's pages in a plain browser.
 * @param extension  the folder of the built extension
 * @param name       what its script and its styles are called
 */
export async function openExtensionPage(
  page: Page,
  extension: string,
  name: string,
  { host = () => () => undefined, data, kept }: PageHost = {},
): Promise<void> {
  const file = (path: string) => readFile(join(extension, 'dist', path));
  const styles = await file(`${name}-styles.css`);
  const origin = `http://${name}.test`;
  await page.unrouteAll();
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname !== '/') return route.fulfill({ contentType: types[extname(pathname)], body: await file(pathname) });
    return route.fulfill({
      contentType: 'text/html',
      body: `<!DOCTYPE html><html lang="en"><head><style>${styles.toString()}</style></head>
        <body data-strings="{}"><main id="app"></main>
        <script>
          const tellPainted = ${tellPainted.toString()};
          const hear = (${host.toString()})(${JSON.stringify(data ?? {})}, tellPainted);
          const kept = ${JSON.stringify(kept ?? null)};
          globalThis.acquireVsCodeApi = () => ({ postMessage: hear, setState() {}, getState: () => kept ?? undefined });
        </script>
        <script type="module" src="/${name}.js"></script></body></html>`,
    });
  });
  await page.goto(`${origin}/`);
}

const tellPainted: TellPainted = (isThere, tell) => {
  requestAnimationFrame(() => {
    if (!isThere()) return tellPainted(isThere, tell);
    // What was drawn in this frame is painted before the next task.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => tell(performance.now());
    channel.port2.postMessage(undefined);
  });
};

/** The time that a page's other side puts into the title. */
export async function timeInTitle(page: Page): Promise<number> {
  await page.waitForFunction(() => document.title !== '');
  return Number(await page.title());
}
