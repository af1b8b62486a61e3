import type { Page } from 'playwright-core';
import { quantile } from './statistics.ts';

/**
 * Milliseconds from a key that is pressed until another text is painted in an element: the median of several keys.
 * Letters are typed and taken away again in turn.
 * @param shown  selects the element
 */
export async function keyToPaint(page: Page, shown: string, keys: number): Promise<number> {
  const times: number[] = [];
  for (let key = 0; key < keys; key++) {
    await page.evaluate((selector) => {
      const shown = () => document.querySelector(selector)!.textContent;
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
    }, shown);
    await page.keyboard.press(key % 2 ? 'Backspace' : 'x');
    await page.waitForFunction(() => document.title !== '');
    times.push(Number(await page.title()));
  }
  return quantile(times, 0.5);
}
