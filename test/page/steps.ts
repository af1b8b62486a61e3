import type { Page } from '@playwright/test';
import { violations } from '../harness/accessibility.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ids } from '../unit/support/ids.ts';

/** One profile of each network that the local Buffer has. */
export const everyNetwork = [
  ...[ids.x, ids.linkedin, ids.facebook, ids.mastodon, ids.bluesky, ids.threads, ids.instagram, ids.pinterest, ids.google, ids.youtube],
];

/** What the narrowest views of VS Code leave, and what is left beside another editor. */
export const sizes = { small: { width: 360, height: 500 }, wide: { width: 1000, height: 500 } } as const;

/** The texts that wait in a profile's queue, as the service has them. */
export const queueOf = (sandbox: Sandbox, profileId: string): string[] => pendingOf(sandbox, profileId).map(({ text }) => text);

/** What waits in a profile's queue, as the service has it. */
export const pendingOf = (sandbox: Sandbox, profileId: string) => sandbox.summary().profiles.find(({ id }) => id === profileId)!.pending;

/** The update of a profile that was made last, as the service has it. */
export const newest = (sandbox: Sandbox, profileId: string) =>
  [...sandbox.state.updates.values()].findLast((update) => update.profileId === profileId)!;

/** A picture that the local Buffer serves. */
export const pictureAt = (sandbox: Sandbox, name = 'petals-84'): string => new URL(`/media/pictures/${name}.png`, sandbox.url).href;

/** What stands against using the page with a screen reader or by keyboard, as far as axe can tell: the serious and the critical. */
export async function graveViolations(page: Page): Promise<string[]> {
  // axe has styles of its own, which the page's policy forbids: it is no fault of the page's.
  page.removeAllListeners('console');
  const found = await violations(page.locator('html'));
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ words }) => words);
}

/** How many pixels of an element's height can be seen: inside of all that scrolls, and of the window. */
export function seenHeight(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => {
    let { top, bottom } = element.getBoundingClientRect();
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (getComputedStyle(parent).overflowY === 'visible') continue;
      const box = parent.getBoundingClientRect();
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
  });
}

/** Whether an element is to be seen whole, with nothing over it. */
export function isWhole(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const isOnTop = (x: number, y: number) => {
      const found = document.elementFromPoint(x, y);
      return found !== null && (element.contains(found) || found.contains(element));
    };
    const [middle, inset] = [(top + bottom) / 2, 2];
    return isOnTop(left + inset, top + inset) && isOnTop(right - inset, bottom - inset) && isOnTop(left + inset, middle);
  });
}

/** What scrolls by itself within something that scrolls. */
export function innerScrollers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element) =>
      /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1;
    const hasOuter = (element: Element): boolean => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement)
        if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return true;
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter((each) => scrolls(each) && hasOuter(each))
      .map((each) => `${each.localName}#${each.id}.${each.className}`);
  });
}

/** How many pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(...[document.documentElement, ...document.querySelectorAll('.scroll')].map((each) => each.scrollWidth - each.clientWidth)),
  );
}
