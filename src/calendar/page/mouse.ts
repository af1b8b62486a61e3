import { onDay } from '../../core/time/zonedDays.ts';
import type { Act } from './act.ts';
import { zoneOf } from './state.ts';
import { clock, spokenTime } from './times.ts';
import { hourHeight } from './view/week.ts';

const quarter = 900_000;
const hourLength = 3_600_000;
/** So far the mouse goes before a press is a drag. Pixels. */
const threshold = 5;
/** So near to a free posting time it is meant. Pixels. */
const near = 8;

interface Target {
  readonly element: HTMLElement;
  readonly box: DOMRect;
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

interface Drag {
  readonly id: string;
  readonly item: HTMLElement;
  readonly x: number;
  readonly y: number;
  /** How far below the item's top it was taken. */
  readonly grip: number;
  ghost?: HTMLElement;
  label?: HTMLElement;
  targets?: readonly Target[];
  /** How far what scrolls was scrolled when the targets were measured. */
  scroller?: Element;
  scrolled?: number;
  at?: number;
  over?: Target;
}

/** Drags an update to another time. While it is dragged nothing is drawn anew: only what follows the mouse moves. */
export function listenToMouse(app: HTMLElement, act: Act): void {
  let drag: Drag | undefined;
  let pointer = { x: 0, y: 0 };
  let isMoving = false;

  // Who sees it needs it only there.
  app.addEventListener('pointerover', ({ target }) => {
    const item = (target as Element).closest<HTMLElement>('.item');
    if (item) item.title = item.getAttribute('aria-label') ?? '';
  });
  app.addEventListener('pointerdown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('.item[data-id]');
    const entry = act.state().entries.get(item?.dataset['id'] ?? '');
    if (!item || !entry?.isMovable || event.button !== 0 || act.state().moves.has(entry.id)) return;
    drag = { id: entry.id, item, x: event.clientX, y: event.clientY, grip: event.clientY - item.getBoundingClientRect().top };
  });
  window.addEventListener('pointermove', (event) => {
    if (!drag) return;
    if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < threshold) return;
    event.preventDefault();
    pointer = { x: event.clientX, y: event.clientY };
    if (!drag.ghost) begin(drag);
    if (isMoving) return;
    isMoving = true;
    requestAnimationFrame(() => {
      isMoving = false;
      if (drag?.ghost) follow(drag);
    });
  });
  window.addEventListener('pointerup', () => {
    if (!drag?.ghost) {
      drag = undefined;
      return;
    }
    follow(drag);
    const { id, at } = drag;
    end();
    if (at === undefined) return;
    if (at > Date.now()) act.say(spokenTime(at, zoneOf(act.state())));
    act.move(id, at);
  });
  window.addEventListener('pointercancel', end);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !drag?.ghost) return;
      event.preventDefault();
      event.stopPropagation();
      end();
    },
    { capture: true },
  );
  // A drag ends with a click on what was dragged.
  app.addEventListener(
    'click',
    (event) => {
      if (!hasJustDragged) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  // Where nothing stands, one writes into that time.
  app.addEventListener('dblclick', (event) => {
    const day = (event.target as Element).closest<HTMLElement>('.day');
    if (event.target !== day || !day || !act.state().canPost) return;
    const at = Number(day.dataset['start']) + ((event.clientY - day.getBoundingClientRect().top) / hourHeight) * hourLength;
    const start = Math.floor(at / quarter) * quarter;
    if (start > Date.now()) act.post({ type: 'compose', at: start });
  });

  let hasJustDragged = false;

  function begin(started: Drag): void {
    const { item } = started;
    const box = item.getBoundingClientRect();
    const ghost = item.cloneNode(true) as HTMLElement;
    for (const name of ['data-key', 'data-id', 'aria-describedby', 'tabindex']) ghost.removeAttribute(name);
    ghost.setAttribute('aria-hidden', 'true');
    ghost.inert = true;
    ghost.classList.add('ghost');
    ghost.removeAttribute('style');
    ghost.style.width = `${Math.max(box.width, 120)}px`;
    app.append(ghost);
    started.ghost = ghost;
    started.label = ghost.querySelector<HTMLElement>('.time') ?? undefined;
    item.classList.add('is-dragged');
    const scroller = app.querySelector('.week, .month, .list') ?? app;
    started.scroller = scroller;
    started.scrolled = scroller.scrollTop;
    started.targets = [...app.querySelectorAll<HTMLElement>('[data-date][data-start]')].map((element) => ({
      element,
      box: element.getBoundingClientRect(),
      date: element.dataset['date']!,
      start: Number(element.dataset['start']),
      end: Number(element.dataset['end']),
    }));
  }

  function follow(moved: Drag): void {
    const { ghost, grip, targets = [], scroller, scrolled = 0 } = moved;
    scrollAtEdges(moved);
    const y = pointer.y + ((scroller?.scrollTop ?? 0) - scrolled);
    const over = targets.find(({ box }) => pointer.x >= box.left && pointer.x < box.right && y >= box.top && y < box.bottom);
    const at = over && timeAt(moved, over, y - grip);
    const isPast = at !== undefined && at <= Date.now();
    if (over !== moved.over) {
      moved.over?.element.classList.remove('is-over');
      over?.element.classList.add('is-over');
      moved.over = over;
    }
    moved.at = at;
    ghost!.style.transform = `translate(${pointer.x + 6}px, ${pointer.y - grip}px)`;
    ghost!.classList.toggle('is-refused', at === undefined || isPast);
    if (moved.label && at !== undefined) moved.label.textContent = clock(at, zoneOf(act.state()));
  }

  /** Undefined where the update is gone meanwhile. */
  function timeAt({ id }: Drag, { element, box, date, start, end }: Target, top: number): number | undefined {
    const state = act.state();
    const entry = state.entries.get(id);
    if (!entry) return undefined;
    // A day of a month or a list says nothing of a time: it keeps its own.
    if (!element.classList.contains('day')) return onDay(entry.at, date, zoneOf(state));
    const exact = Math.min(Math.max(start, start + ((top - box.top) / hourHeight) * hourLength), end - quarter);
    const free = state.slots.filter(({ profileIds }) => profileIds.includes(entry.profileId)).map((slot) => slot.at);
    const slot = free.find((each) => Math.abs(each - exact) <= (near / hourHeight) * hourLength);
    return slot ?? Math.round(exact / quarter) * quarter;
  }

  /** Near the upper or lower edge, what scrolls goes on. */
  function scrollAtEdges({ scroller }: Drag): void {
    if (!scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const edge = 40;
    if (pointer.y < top + edge) scroller.scrollTop -= 12;
    else if (pointer.y > bottom - edge) scroller.scrollTop += 12;
    else return;
    if (!isMoving) {
      isMoving = true;
      requestAnimationFrame(() => {
        isMoving = false;
        if (drag?.ghost) follow(drag);
      });
    }
  }

  function end(): void {
    if (!drag) return;
    drag.ghost?.remove();
    drag.item.classList.remove('is-dragged');
    drag.over?.element.classList.remove('is-over');
    hasJustDragged = drag.ghost !== undefined;
    setTimeout(() => (hasJustDragged = false));
    drag = undefined;
  }
}
