import type { Obstacle } from './readiness.ts';

const places: Readonly<Record<Obstacle['part'] | 'results' | 'finished' | 'unheard', string>> = {
  text: '#text-field',
  profiles: '#profiles :is(.profiles button, .button)',
  media: '#media :is(.input, input:checked)',
  details: '#details :is(select, input, textarea, button)',
  when: '#time-words, #when-kind',
  results: '#results',
  finished: '#finished-title',
  unheard: '#unheard a',
};

/** Moves the focus to a part of the page, where something is to be done or read; to one of its fields where it is there. */
export function focusOn(place: keyof typeof places, field?: string): void {
  const wanted = field === undefined ? null : document.getElementById(field);
  const found = [...document.querySelectorAll<HTMLElement>(places[place])];
  // A text field says best what is missing; a radio button is what there is without one.
  const target = wanted ?? found.find((each) => each.classList.contains('input')) ?? found[0];
  const folded = target?.closest('details');
  if (folded) folded.open = true;
  target?.focus({ preventScroll: true });
  // Scrolls only as far as needed, so that what is said below it is in sight as well.
  for (const each of [document.getElementById(`${target?.id ?? ''}-note`), document.getElementById(`${place}-note`), target])
    each?.scrollIntoView({ block: 'nearest' });
}
