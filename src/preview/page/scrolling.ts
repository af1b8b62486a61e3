import type { PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import type { ToPage } from '../messages.ts';

/** A line's height away from the edge is in sight. */
const edge = 40;

/** Brings into sight what is written at this moment, where it is not. */
export function scrollTo({ update, part, fraction }: Extract<ToPage, { type: 'scroll' }>, updates: readonly PreviewUpdate[]): void {
  const cards = [...document.querySelectorAll('.card')];
  const shown = update === undefined ? cards : cards.slice(0, updates.length).filter((_, index) => updates[index]!.id === update);
  const places = shown.flatMap((card) => {
    const place = [...card.querySelectorAll<HTMLElement>('[data-part]')].find(({ dataset }) => dataset['part'] === String(part));
    if (!place) return [];
    const { top, height } = place.getBoundingClientRect();
    return [top + height * Math.min(1, Math.max(0, fraction))];
  });
  const [first] = places;
  if (first === undefined || places.some((at) => at >= edge && at <= window.innerHeight - edge)) return;
  // At once, as VS Code's own preview does: while a page still moves, nothing can tell whether a place will stay in sight.
  window.scrollBy({ top: first - window.innerHeight / 3, behavior: 'instant' });
}
