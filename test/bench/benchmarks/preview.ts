import { chromium, type Page } from 'playwright-core';
import { emptyDraft } from '../../../src/core/drafts/draft.ts';
import { draftPreview } from '../../../src/core/preview/draftPreview.ts';
import type { PreviewUpdate } from '../../../src/core/preview/previewUpdate.ts';
import { sentText } from '../../../src/core/preview/sentText.ts';
import { browserLaunchOptions } from '../../harness/browser.ts';
import { buildSandboxExtension } from '../../harness/extensionCopy.ts';
import type { Benchmark } from '../benchmark.ts';
import { composerWith, keyToCount, networks, textOfLength } from '../composerPage.ts';
import { openExtensionPage } from '../extensionPage.ts';
import { keyToPaint } from '../keyToPaint.ts';
import { timed } from '../sideBySide.ts';
import { quantile } from '../statistics.ts';

const keys = 12;

/**
 * From a key to the painted preview, beside the composer's key to its painted count, with the same text for the same four
 * networks. It is made of what the extension makes of a letter and of what the page needs to draw it; what VS Code needs to
 * carry a message is in neither.
 */
export const preview: Benchmark = {
  name: 'preview',
  run: async ({ runs = 7 }) => {
    const extension = await buildSandboxExtension();
    const browser = await chromium.launch(browserLaunchOptions());
    try {
      const samples: number[] = [];
      const times = { preview: [] as number[], count: [] as number[] };
      const length = 280 - keys;
      const [shown, composer] = [
        await previewWith(await browser.newPage(), extension, textOfLength(length)),
        await composerWith(await browser.newPage(), extension, length),
      ];
      const previewed = async () => {
        await shown.bringToFront();
        return (await made(textOfLength(length))) + (await keyToPaint(shown, '.card-text', keys));
      };
      await previewed();
      await keyToCount(composer, keys);
      for (let run = 0; run < runs; run++) {
        times.count.push(await keyToCount(composer, keys));
        times.preview.push(await previewed());
        samples.push(times.preview.at(-1)! / times.count.at(-1)!);
      }
      const note = `${quantile(times.preview, 0.5).toPrecision(3)} ms to ${quantile(times.count, 0.5).toPrecision(3)} ms`;
      return [{ name: 'key to painted preview over key to painted count', unit: 'times', samples, goal: 2, note }];
    } finally {
      await browser.close();
    }
  },
};

/** A text as the extension tells it to the page. */
function updatesOf(text: string): PreviewUpdate[] {
  const draft = { ...emptyDraft('11111111-1111-4111-8111-111111111111'), text };
  return networks.map(([service, network, limit]) => {
    const sent = (each: string) => sentText(each, service, limit);
    return draftPreview(draft, { id: service, service, network, name: `@${service}` }, service, { takesDetails: true, sent });
  });
}

/** Milliseconds that the extension takes to make what is told: the median of several. */
async function made(text: string): Promise<number> {
  const times: number[] = [];
  for (let key = 0; key < keys; key++) times.push(await timed({ act: () => JSON.stringify(updatesOf(`${text}${key}`)) }));
  return quantile(times, 0.5);
}

/** The preview's page with this text in it, and with a letter more or less at each key. */
async function previewWith(page: Page, extension: string, text: string): Promise<Page> {
  const told = { less: updatesOf(text), more: updatesOf(`${text}x`) };
  await openExtensionPage(page, extension, 'preview', { host: answer, data: told });
  await page.locator('.card-text').first().waitFor();
  return page;
}

/** In the page: the extension, which hears of a letter at once. */
function answer({ less, more }: { less: unknown; more: unknown }) {
  const tell = (updates: unknown) => window.postMessage({ type: 'show', updates, state: {} }, window.origin);
  addEventListener('keydown', ({ key }) => tell(key === 'Backspace' ? less : more));
  return ({ type }: { type: string }) => type === 'ready' && tell(less);
}
