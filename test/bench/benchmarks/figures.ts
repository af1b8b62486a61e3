import { chromium, type Page } from 'playwright-core';
import type { FiguresProfile, SentUpdate } from '../../../src/figures/messages.ts';
import { browserLaunchOptions } from '../../harness/browser.ts';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import type { Benchmark } from '../benchmark.ts';
import { openExtensionPage, type TellPainted, timeInTitle } from '../extensionPage.ts';
import { quantile } from '../statistics.ts';

const day = 86_400_000;
const days = 90;
const services = ['twitter', 'bluesky', 'mastodon', 'linkedin', 'facebook', 'threads'];
const profiles = Array.from({ length: 12 }, (_, index): FiguresProfile => {
  const service = services[index % services.length]!;
  return { id: `profile-${index}`, name: `Garden ${index}`, service, network: service, timeZone: 'UTC' };
});

/** Ninety days of twelve profiles that send once a day, and the ninety before, beside insights without anything in them. */
export const figures: Benchmark = {
  name: 'figures',
  run: async ({ runs = 7 }) => {
    const extension = await buildSandboxExtension(undefined, { minify: true });
    const browser = await chromium.launch(browserLaunchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, timezoneId: 'UTC' });
      const times = { full: [] as number[], empty: [] as number[] };
      for (let run = -1; run < runs; run++) {
        const empty = await drawn(page, extension, 0);
        const full = await drawn(page, extension, days);
        // With the first one, files are read that are kept afterwards.
        if (run < 0) continue;
        times.empty.push(empty);
        times.full.push(full);
      }
      const note = `${Math.round(quantile(times.full, 0.5))} ms to ${Math.round(quantile(times.empty, 0.5))} ms`;
      const samples = times.full.map((time, run) => time / times.empty[run]!);
      return [{ name: 'insights of 90 days drawn over empty ones', unit: 'times', samples, note }];
    } finally {
      await browser.close();
    }
  },
};

/** Milliseconds from the beginning of the page until all of it is painted. */
async function drawn(page: Page, extension: string, sentDays: number): Promise<number> {
  const now = Date.now();
  const sent = (until: number) =>
    profiles.flatMap(({ id: profileId, service }, place) =>
      Array.from({ length: sentDays }, (_, index): SentUpdate => {
        const sentAt = until - (index + 1) * day + place * 3_600_000;
        const reactions = (index * 7 + place * 13) % 90;
        return {
          id: `${profileId}-${sentAt}`,
          profileId,
          service,
          text: `The frost came early this year, number ${index}`,
          sentAt,
          measuredAt: now,
          figures: { reactions, comments: reactions % 7, views: reactions * 31 },
        };
      }),
    );
  const period = { from: now - days * day, to: now };
  const told = { period, profiles, isWhole: true, isReading: false, readAt: now, updates: sent(now), before: sent(period.from) };
  const date = (time: number) => new Date(time).toISOString().slice(0, 10);
  const look = { profileIds: [], tagIds: [], sortBy: 'sentAt', isAscending: false, groupBy: 'nothing' };
  const kept = { span: 90, from: date(period.from), to: date(now), look, figure: 'reactions', open: [] };
  await openExtensionPage(page, extension, 'figures', { host: answer, data: told, kept });
  return timeInTitle(page);
}

/** In the page: the extension, which has read all of it. */
function answer(told: { updates: readonly unknown[] }, tellPainted: TellPainted): (message: { type: string }) => void {
  const isThere = () => told.updates.length === 0 || document.querySelector('table tbody tr') !== null;
  return ({ type }) => {
    if (type !== 'show') return;
    window.postMessage({ type: 'figures', told }, window.origin);
    addEventListener('message', () => tellPainted(isThere, (time) => (document.title = String(time))), { once: true });
  };
}
