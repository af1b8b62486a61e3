import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { emptyDraft } from '../../../src/core/drafts/draft.ts';
import type { ComposerProfile } from '../../../src/composer/messages.ts';
import { browserLaunchOptions } from '../../harness/browser.ts';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import type { Benchmark } from '../benchmark.ts';
import { quantile } from '../statistics.ts';

const keys = 12;
const networks = [
  ['twitter', 'X', 280],
  ['bluesky', 'Bluesky', 300],
  ['mastodon', 'Mastodon', 500],
  ['linkedin', 'LinkedIn', 3000],
] as const;
const profiles = networks.map(([service, network, characters]): ComposerProfile => ({
  id: service,
  service,
  network,
  name: `@${service}`,
  characters,
  pending: 0,
}));
const sentence = 'The frost came early this year, and the garden at https://example.com/garden was not ready for it. ';

/** From a key to the painted count, in the composer's page in a plain browser: four networks count each text. */
export const typing: Benchmark = {
  name: 'typing',
  run: async ({ runs = 7 }) => {
    const extension = await buildSandboxExtension();
    const browser = await chromium.launch(browserLaunchOptions());
    try {
      const samples: number[] = [];
      const times: { long: number[]; short: number[] } = { long: [], short: [] };
      const [long, short] = [
        await composerWith(await browser.newPage(), extension, 5_000),
        await composerWith(await browser.newPage(), extension, 280 - keys),
      ];
      for (const page of [long, short]) await typed(page);
      for (let run = 0; run < runs; run++) {
        times.short.push(await typed(short));
        times.long.push(await typed(long));
        samples.push(times.long.at(-1)! / times.short.at(-1)!);
      }
      const note = `${quantile(times.long, 0.5).toPrecision(3)} ms to ${quantile(times.short, 0.5).toPrecision(3)} ms`;
      return [{ name: 'key to painted count, 5,000 characters over 280', unit: 'times', samples, goal: 1.3, note }];
    } finally {
      await browser.close();
    }
  },
};

/** The composer's page with a text of this length in it, for all of the networks. */
async function composerWith(page: Page, extension: string, length: number): Promise<Page> {
  const file = (name: string) => readFile(join(extension, 'dist', name), 'utf8');
  const styles = await file('composer-styles.css');
  await page.route('http://composer.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname !== '/') return route.fulfill({ contentType: 'text/javascript', body: await file(pathname) });
    return route.fulfill({
      contentType: 'text/html',
      body: `<!DOCTYPE html><html lang="en"><head><style>${styles}</style></head>
        <body data-strings="{}"><main id="app"></main></body></html>`,
    });
  });
  await page.goto('http://composer.test/');
  await page.evaluate('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, setState() {}, getState() {} })');
  await page.addScriptTag({ url: '/composer.js', type: 'module' });
  const abilities = { details: false, requeue: false };
  const text = sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length - 1);
  const draft = { ...emptyDraft('11111111-1111-4111-8111-111111111111'), text, profileIds: profiles.map(({ id }) => id) };
  for (const message of [
    { type: 'profiles', status: 'loaded', profiles, groups: [], abilities },
    { type: 'open', draft, location: 'editor' },
  ])
    await page.evaluate((data) => window.postMessage(data, window.origin), message);
  await page.locator('#counts .number').first().waitFor();
  return page;
}

/** Milliseconds from a key that is pressed until the counts that follow from it are painted: the median of several keys. */
async function typed(page: Page): Promise<number> {
  await page.bringToFront();
  await page.locator('#text-field').focus();
  const times: number[] = [];
  for (let key = 0; key < keys; key++) {
    await page.evaluate(() => {
      const shown = () => document.getElementById('counts')!.textContent;
      addEventListener(
        'keydown',
        ({ timeStamp }) => {
          const before = shown();
          const look = (): unknown =>
            requestAnimationFrame(() => {
              if (shown() === before) return void look();
              // What was drawn in this frame is painted before the next task.
              const channel = new MessageChannel();
              channel.port1.onmessage = () => (document.title = String(performance.now() - timeStamp));
              channel.port2.postMessage(undefined);
            });
          look();
        },
        { once: true, capture: true },
      );
      document.title = '';
    });
    await page.keyboard.press(key % 2 ? 'Backspace' : 'x');
    await page.waitForFunction(() => document.title !== '');
    times.push(Number(await page.title()));
  }
  return quantile(times, 0.5);
}
