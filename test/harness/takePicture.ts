// What the window and a page look like, for people to look at: `test-results/screens`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import { resultsDir } from './paths.ts';

/** Nobody looks at them in CI, where taking some hundreds costs minutes; a test that fails there takes one all the same. */
const areWanted = !process.env['CI'];

/** Saves a picture of a page as `<folder>/<name>.png`, the folder beside those of the other kinds of tests. */
export async function takePicture(page: Page, folder: string, name: string, options: PageScreenshotOptions = {}): Promise<void> {
  if (!areWanted) return;
  const path = join(resultsDir, 'screens', folder);
  await mkdir(path, { recursive: true });
  await page.screenshot({ ...options, path: join(path, `${name}.png`) });
}
