import * as l10n from '@vscode/l10n';
import { addDays, dateIn, onDay } from '../../core/time/zonedDays.ts';
import type { CalendarEntry } from '../messages.ts';
import type { Act } from './act.ts';
import { type Direction, neighbour } from './grid.ts';
import { daysOf, type State, turned, viewOf, zoneOf } from './state.ts';
import { spokenTime } from './times.ts';
import { mostInCell } from './view/month.ts';

const quarter = 900_000;

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/** The key by where it leads: days follow each other leftwards where one reads from right to left. */
function keyOf({ key }: KeyboardEvent): string {
  const isTurned = document.documentElement.dir === 'rtl';
  return isTurned && (key === 'ArrowLeft' || key === 'ArrowRight') ? (key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft') : key;
}

/** The keyboard: arrows go from item to item; Space picks an update up, arrows choose its time, Enter puts it there. */
export function listenToKeys(app: HTMLElement, act: Act): void {
  app.addEventListener('keydown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('.item');
    if (!item || event.ctrlKey || event.metaKey || event.isComposing) return;
    const state = act.state();
    const entry = state.entries.get(item.dataset['id'] ?? '');
    const isHandled = state.held?.by === 'keys' && entry?.id === state.held.id ? moveHeld(event, entry, act) : go(event, item, entry, act);
    if (isHandled) event.preventDefault();
  });
  // A button would be pressed by it as well.
  app.addEventListener('keyup', (event) => {
    if (event.key === ' ' && (event.target as Element).closest('.item[data-id]')) event.preventDefault();
  });
  // Whoever goes elsewhere leaves it where it was.
  app.addEventListener('focusout', (event) => {
    const { held } = act.state();
    const isStill = event.relatedTarget === null || (event.relatedTarget as Element).matches(`[data-id="${CSS.escape(held?.id ?? '')}"]`);
    if (held?.by === 'keys' && !isStill) act.change((state) => ({ ...state, held: undefined }));
  });
}

function go(event: KeyboardEvent, item: HTMLElement, entry: CalendarEntry | undefined, act: Act): boolean {
  const key = keyOf(event);
  const state = act.state();
  if (key === ' ' && entry) {
    if (!entry.isMovable || state.moves.has(entry.id)) act.say(l10n.t('This update cannot be moved.'));
    else {
      act.change((before) => ({ ...before, held: { id: entry.id, at: entry.at, by: 'keys' } }));
      act.say(l10n.t('Picked up. Arrow keys choose a time, Enter moves it there, Escape leaves it.'));
    }
    return true;
  }
  if (key === 'PageUp' || key === 'PageDown') {
    act.keep({ date: turned(state, key === 'PageUp' ? -1 : 1) });
    return true;
  }
  const direction = directions[key];
  if (!direction) return false;
  const next = neighbour(shownDays(state), item.dataset['key']!, direction);
  if (next) act.focus(next.key);
  return true;
}

/** The days with what is drawn of them. */
function shownDays(state: State): ReturnType<typeof daysOf> {
  const days = daysOf(state);
  return viewOf(state) === 'month' ? days.map((day) => ({ ...day, items: day.items.slice(0, mostInCell) })) : days;
}

function moveHeld(event: KeyboardEvent, entry: CalendarEntry, act: Act): boolean {
  const key = keyOf(event);
  const state = act.state();
  const held = state.held!;
  const putBack = (words?: string) => {
    act.change((before) => ({ ...before, held: undefined }));
    if (words) act.say(words);
    act.focus(`entry ${entry.id}`);
  };
  if (key === 'Enter' || key === ' ') {
    putBack();
    act.move(entry.id, held.at);
    return true;
  }
  if (key === 'Escape') {
    putBack(l10n.t('Left where it was.'));
    return true;
  }
  if (key === 'Tab') return false;
  const at = timeFor(key, event.shiftKey, entry, held.at, state);
  if (at === undefined) return false;
  if (at <= state.now) act.say(l10n.t('That time has passed.'));
  else {
    const zone = zoneOf(state);
    act.change((before) => ({ ...before, held: { ...held, at } }));
    const date = dateIn(zone, new Date(at));
    if (!daysOf(act.state()).some((day) => day.date === date)) followTo(date, act);
    act.say(spokenTime(at, zone));
    act.focus(`entry ${entry.id}`);
  }
  return true;
}

/** Shows the week or month that it is moved to, while it stays picked up. */
function followTo(date: string, act: Act): void {
  const { held, entries } = act.state();
  act.keep({ date });
  act.change((state) => ({ ...state, held, entries: held ? withHeld(state.entries, entries, held.id) : state.entries }));
}

function withHeld(now: State['entries'], before: State['entries'], id: string): State['entries'] {
  const entry = before.get(id);
  return entry && !now.has(id) ? new Map(now).set(id, entry) : now;
}

/** Up and down go to the next posting time that is free for its profile, with Shift by a quarter of an hour; left and right by a day. */
function timeFor(key: string, isFine: boolean, { profileId }: CalendarEntry, at: number, state: State): number | undefined {
  const zone = zoneOf(state);
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return onDay(at, addDays(dateIn(zone, new Date(at)), key === 'ArrowLeft' ? -1 : 1), zone);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const by = key === 'ArrowUp' ? -1 : 1;
  const free = state.slots.filter(({ profileIds }) => profileIds.includes(profileId)).map((slot) => slot.at);
  const next = by < 0 ? free.findLast((slot) => slot < at) : free.find((slot) => slot > at);
  const step = by < 0 ? Math.ceil(at / quarter) * quarter - quarter : Math.floor(at / quarter) * quarter + quarter;
  return isFine ? step : (next ?? step);
}
