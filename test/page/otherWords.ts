// What stays as it is when a page speaks another language, and what has no room for its words.
import type { Page } from '@playwright/test';

const isInitials = (text: string) => /^\p{Lu}{1,2}$/u.test(text);

/** The names of days, months, zones and halves of a day come from the system, in the person's locale. */
const ofTimes = new RegExp(
  String.raw`(?<!\p{L})(?:${['long', 'short', 'narrow']
    .flatMap((style) => [
      ...Array.from({ length: 12 }, (_, month) => name({ month: style as 'long' }, Date.UTC(2026, month, 1))),
      ...Array.from({ length: 7 }, (_, day) => name({ weekday: style as 'long' }, Date.UTC(2026, 1, 1 + day))),
    ])
    .join('|')}|[AP]M|GMT|UTC|ES?T|at|today|tomorrow|yesterday)(?!\p{L})`,
  'giu',
);

function name(options: Intl.DateTimeFormatOptions, time: number): string {
  return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(time);
}

/**
 * What is shown or said and came through no translation: outside the brackets of the pseudo-language, and no data.
 * @param data   names, and what people wrote where it is shown whole
 * @param texts  of updates, which may be cut, with nothing behind them; where they are, times are shown that the system writes
 */
export async function untranslated(page: Page, data: readonly string[], texts: readonly string[] = []): Promise<string[]> {
  const said = await page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility();
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.parentElement && !/^(?:script|style)$/i.test(node.parentElement.localName) && isSeen(node.parentElement))
        found.push(node.textContent ?? '');
    for (const element of document.querySelectorAll('body *'))
      for (const attribute of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext'])
        if (isSeen(element) && element.hasAttribute(attribute)) found.push(element.getAttribute(attribute)!);
    return found;
  });
  const beginnings = [...new Set(texts.map((text) => text.slice(0, 20)))].filter((each) => each.length === 20);
  const longestFirst = [...data].sort((a, b) => b.length - a.length);
  const outside = (text: string) => {
    let rest = text;
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, ' ');
    }
    for (const each of beginnings) {
      const start = rest.indexOf(each);
      if (start >= 0) rest = rest.slice(0, start);
    }
    for (const each of longestFirst) rest = rest.replaceAll(each, ' ');
    return texts.length > 0 ? rest.replace(ofTimes, ' ') : rest;
  };
  return [...new Set(said.filter((text) => /\p{L}{2}/u.test(outside(text)) && !isInitials(text)))];
}

/**
 * Texts of which a part cannot be seen, and that no tooltip tells whole.
 * @param told  what has a tooltip as soon as it is pointed at
 */
export function cutOff(page: Page, told = 'textarea'): Promise<string[]> {
  return page.evaluate(
    (toldLater) =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((each) => {
          if (!each.checkVisibility() || each.closest(`.unseen, [title], select, textarea, input, ${toldLater}`)) return false;
          const style = getComputedStyle(each);
          const hasText = [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
          return hasText && /hidden|clip/.test(style.overflowX + style.overflowY) && each.scrollWidth > each.clientWidth + 1;
        })
        .map((each) => `${each.localName}#${each.id}.${each.className}: ${each.textContent.trim()}`),
    told,
  );
}

/**
 * Where text that runs from right to left could turn round what stands beside it: elements with some of it whose words are
 * not kept apart from others.
 */
export function notApart(page: Page, words: string): Promise<string[]> {
  return page.evaluate((sought) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element?.checkVisibility() || !node.textContent?.includes(sought) || element.closest('option')) continue;
      // An isolate of its own characters does as well.
      if (new RegExp(`[\u2066-\u2068][^\u2069]*${sought}`, 'u').test(node.textContent)) continue;
      if (!/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi))
        found.push(`${element.localName}.${element.className}: ${node.textContent.trim()}`);
    }
    return found;
  }, words);
}
