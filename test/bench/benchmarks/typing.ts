import { chromium } from 'playwright-core';
import { browserLaunchOptions } from '../../harness/browser.ts';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import type { Benchmark } from '../benchmark.ts';
import { composerWith, keyToCount } from '../composerPage.ts';
import { quantile } from '../statistics.ts';

const keys = 12;

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
      for (const page of [long, short]) await keyToCount(page, keys);
      for (let run = 0; run < runs; run++) {
        times.short.push(await keyToCount(short, keys));
        times.long.push(await keyToCount(long, keys));
        samples.push(times.long.at(-1)! / times.short.at(-1)!);
      }
      const note = `${quantile(times.long, 0.5).toPrecision(3)} ms to ${quantile(times.short, 0.5).toPrecision(3)} ms`;
      return [{ name: 'key to painted count, 5,000 characters over 280', unit: 'times', samples, goal: 1.3, note }];
    } finally {
      await browser.close();
    }
  },
};
