import type { ToHost } from '../messages.ts';
import { chosenNetworks } from './chosen.ts';
import { textFieldId, threadFieldId } from './fieldIds.ts';
import type { Page } from './page.ts';

export type Cursor = Extract<ToHost, { type: 'cursor' }>;

/** Told once nobody typed or moved it for this long (ms). */
const pause = 80;

/** Tells where the cursor is among the texts, so that a preview beside the page shows what is written. */
export function followCursor(page: () => Page, tell: (cursor: Cursor) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = '';
  const look = () => {
    const cursor = cursorIn(page(), document.activeElement);
    const words = JSON.stringify(cursor);
    if (!cursor || words === told) return;
    told = words;
    tell(cursor);
  };
  const lookSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  };
  for (const type of ['selectionchange', 'focusin'] as const) document.addEventListener(type, lookSoon);
}

/** The text that a field belongs to, and how far into it the cursor is; undefined where it belongs to none. */
function cursorIn(page: Page, field: Element | null): Cursor | undefined {
  if (!field?.id) return undefined;
  const fraction = field instanceof HTMLTextAreaElement ? field.selectionStart / Math.max(1, field.value.length) : 1;
  if (field.id === textFieldId) return { type: 'cursor', part: 0, fraction, ...(page.network !== undefined && { service: page.network }) };
  for (const { service, thread } of chosenNetworks(page)) {
    const index = (thread?.texts ?? []).findIndex((_, at) => {
      const id = threadFieldId(service, at);
      // Its pictures are below it.
      return field.id === id || field.id.startsWith(`${id}-`);
    });
    if (index >= 0) return { type: 'cursor', service, part: index + 1, fraction };
  }
  return undefined;
}
