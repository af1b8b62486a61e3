import { chromium, type Page } from 'playwright-core';
import type { CalendarEntry, CalendarProfile } from '../../../src/calendar/messages.ts';
import { browserLaunchOptions } from '../../harness/browser.ts';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import type { Benchmark, Figure } from '../benchmark.ts';
import { openExtensionPage, type TellPainted, timeInTitle } from '../extensionPage.ts';
import { quantile } from '../statistics.ts';

const held = 1_000;
const frames = 90;
const views = ['week', 'month', 'list'] as const;
const services = ['twitter', 'bluesky', 'mastodon', 'linkedin', 'facebook', 'threads'];
const profiles = services.map((service): CalendarProfile => ({
  id: service,
  service,
  name: `Garden ${service}`,
  network: service,
  timeZone: 'UTC',
}));

/** A calendar of which all updates are in the time that is shown, beside one without any; and what a drag costs each frame. */
export const calendar: Benchmark = {
  name: 'calendar',
  run: async ({ runs = 7 }) => {
    const extension = await buildSandboxExtension(undefined, { minify: true });
    const browser = await chromium.launch(browserLaunchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, timezoneId: 'UTC' });
      const figures: Figure[] = [];
      for (const view of views) {
        const times = { full: [] as number[], empty: [] as number[] };
        for (let run = -1; run < runs; run++) {
          const empty = await drawn(page, extension, view, 0);
          const full = await drawn(page, extension, view, held);
          // With the first one, files are read that are kept afterwards.
          if (run < 0) continue;
          times.empty.push(empty);
          times.full.push(full);
        }
        const note = `${Math.round(quantile(times.full, 0.5))} ms to ${Math.round(quantile(times.empty, 0.5))} ms`;
        const samples = times.full.map((time, run) => time / times.empty[run]!);
        figures.push({ name: `calendar with 1,000 updates drawn over an empty one, ${view}`, unit: 'times', samples, goal: 3, note });
      }
      for (const view of ['week', 'month'] as const) {
        await drawn(page, extension, view, held);
        const times = { drag: [] as number[], idle: [] as number[] };
        for (let run = 0; run < runs; run++) {
          times.idle.push(await frameOf(page, false));
          times.drag.push(await frameOf(page, true));
        }
        const note = `${quantile(times.drag, 0.5).toPrecision(3)} ms to ${quantile(times.idle, 0.5).toPrecision(3)} ms`;
        const samples = times.drag.map((time, run) => time / times.idle[run]!);
        figures.push({ name: `frame of a drag over an idle frame, ${view}`, unit: 'times', samples, goal: 2, note });
      }
      return figures;
    } finally {
      await browser.close();
    }
  },
};

/** Milliseconds from the beginning of the page until its updates are painted: those in sight, others may follow. */
async function drawn(page: Page, extension: string, view: string, count: number): Promise<number> {
  const date = new Date().toISOString().slice(0, 10);
  const kept = { view, date, hiddenProfiles: [], hiddenKinds: [], tagIds: [] };
  const entries = Array.from({ length: count }, (_, index): Omit<CalendarEntry, 'at'> => ({
    id: `update-${index}`,
    profileId: services[index % services.length]!,
    state: 'pending',
    text: `The frost came early this year, number ${index}`,
    tagIds: [],
    isMovable: true,
  }));
  await openExtensionPage(page, extension, 'calendar', { host: answer, data: { profiles, entries }, kept });
  return timeInTitle(page);
}

/** In the page: the extension, which knows all that it is asked for. */
function answer(
  { profiles, entries }: { profiles: unknown; entries: readonly { readonly id: string }[] },
  tellPainted: TellPainted,
): (message: { type: string; from: number; to: number }) => void {
  const tell = (message: unknown) => window.postMessage(message, window.origin);
  const isThere = () =>
    document.querySelector('.week, .month, .list') !== null && (entries.length === 0 || document.querySelector('.item[data-id]') !== null);
  addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
    if (data.type === 'reading') tellPainted(isThere, (time) => (document.title = String(time)));
  });
  return (message) => {
    if (message.type === 'ready') return tell({ type: 'account', profiles, tags: [], canPost: true, locale: 'en' });
    if (message.type !== 'show') return;
    const { from, to } = message;
    const put = entries.map((each, index) => ({ ...each, at: Math.floor(from + ((to - from) / entries.length) * index) }));
    tell({ type: 'entries', isAll: true, put, gone: [], slots: [] });
    tell({ type: 'reading', isReading: false });
  };
}

/** Milliseconds of a frame, the mean of many; while an update is dragged over all days where that is said. */
async function frameOf(page: Page, isDragged: boolean): Promise<number> {
  return page.evaluate(
    async ({ frames, isDragged }) => {
      const item = [...document.querySelectorAll<HTMLElement>('.item[data-id]')].find((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top > 200 && bottom < innerHeight - 60;
      })!;
      const { left, top } = item.getBoundingClientRect();
      const at = (target: EventTarget, type: string, x: number, y: number) =>
        target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, clientX: x, clientY: y }));
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (isDragged) at(item, 'pointerdown', left + 4, top + 4);
      const started = await nextFrame();
      let ended = started;
      for (let frame = 1; frame <= frames; frame++) {
        const share = frame / frames;
        if (isDragged) at(window, 'pointermove', 80 + share * (innerWidth - 160), 200 + share * (innerHeight - 300));
        ended = await nextFrame();
      }
      if (isDragged) {
        if (!document.querySelector('.ghost')) throw new Error('Nothing is dragged.');
        // It goes back: what it was is measured again.
        dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
      }
      return (ended - started) / frames;
    },
    { frames, isDragged },
  );
}
