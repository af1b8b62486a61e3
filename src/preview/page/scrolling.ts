import type { PreviewUpdate } from '../../core/preview/previewUpdate.ts';
import type { ToPage } from '../messages.ts';

/** Brings into sight what is written at this moment, where it is not. */
export function scrollTo({ update, part, fraction }: Extract<ToPage, { type: 'scroll' }>, updates: readonly PreviewUpdate[]): void {
  const index = update === undefined ? 0 : updates.findIndex(({ id }) => id === update);
  const card = document.querySelectorAll('.card')[index];
  const place = [...(card?.querySelectorAll<HTMLElement>('[data-part]') ?? [])].find(({ dataset }) => dataset['part'] === String(part));
  if (!place) return;
  const { top, height } = place.getBoundingClientRect();
  const at = top + height * Math.min(1, Math.max(0, fraction));
  // A line's height away from the edge is in sight.
  const edge = 40;
  if (at >= edge && at <= window.innerHeight - edge) return;
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
  window.scrollBy({ top: at - window.innerHeight / 3, behavior });
}
