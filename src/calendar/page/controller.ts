import type { Announcer } from '../../page/announcer.ts';
import { connectPage } from '../../page/host.ts';
import * as l10n from '@vscode/l10n';
import type { CalendarEntry, ToHost, ToPage } from '../messages.ts';
import type { Act } from './act.ts';
import { asMessage } from './incoming.ts';
import { initialState, type Kept, spanOf, type State, today, viewOf, zoneOf } from './state.ts';
import { setTimeLocale, spokenTime } from './times.ts';
import { hourHeight } from './view/week.ts';
import { dayBounds } from '../../core/time/zonedDays.ts';

/** Below this width a list says more than a grid. */
const narrow = 560;
/** What scrolls, where not all is in sight. */
const scroller = '.week, .list';
/** How often the line of now moves. Milliseconds. */
const tick = 60_000;

/** Holds what the page shows, draws it when that changes, and speaks with the extension. */
export function control({ say }: Announcer, app: HTMLElement, draw: (state: State, act: Act) => void): Act {
  let isDrawing = false;
  let asked = '';
  /** What gets the keyboard once it is drawn. */
  let wanted: string | undefined;
  let scrolled: Element | undefined;
  /** Of which all is drawn, of which a part is, and how often all entries were told. */
  let whole = '';
  let part = '';
  let told = 0;
  let isFollowing = false;
  const host = connectPage<ToPage, ToHost, Kept>(asMessage, receive);
  let state: State = { ...initialState(host.kept(), Date.now()), isNarrow: app.clientWidth < narrow };

  const act: Act = {
    state: () => state,
    change(next) {
      state = next(state);
      drawSoon();
    },
    keep(change) {
      act.change((before) => ({ ...before, kept: { ...before.kept, ...change }, held: undefined }));
      host.keep(state.kept);
      look();
    },
    post: (message) => host.post(message),
    show: (view, date) => act.keep({ view, date }),
    move(id, at) {
      const entry = state.entries.get(id);
      if (!entry?.isMovable || state.moves.has(id) || at === entry.at) return;
      if (at <= Date.now()) return say(l10n.t('That time has passed.'));
      act.change((before) => ({ ...before, moves: new Map(before.moves).set(id, at) }));
      host.post({ type: 'move', id, at });
    },
    focus(key) {
      wanted = key;
      act.change((before) => ({ ...before, current: key }));
    },
    say,
  };

  /** What is picked up or on its way stays, whichever range is looked at. */
  function underWay({ entries, held, moves }: State): [string, CalendarEntry][] {
    return [...entries].filter(([id]) => id === held?.id || moves.has(id));
  }

  function drawSoon(): void {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      const range = drawnRange();
      // What is out of sight follows once the rest is painted; what has or gets the keyboard may be there.
      const isPart = range !== whole && viewOf(state) === 'week' && wanted === undefined && !isAtWork();
      draw(isPart ? { ...state, sight: inSight() } : state, act);
      if (isPart) drawRestSoon(range);
      else whole = range;
      scrollToNow();
      focusWanted();
    });
  }

  function drawRestSoon(range: string): void {
    part = range;
    if (isFollowing) return;
    isFollowing = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        isFollowing = false;
        whole = part;
        drawSoon();
      }),
    );
  }

  /** What is drawn, as far as it takes long: another range, or all the updates of one. */
  function drawnRange(): string {
    const { from, to } = spanOf(state);
    return `${viewOf(state)} ${from} ${to} ${told}`;
  }

  /** The part of a week that is in sight. */
  function inSight(): NonNullable<State['sight']> {
    const drawn = app.querySelector('.week');
    const height = app.clientHeight;
    const top = drawn && drawn === scrolled ? drawn.scrollTop : topOfNow();
    return { top: Math.min(top, 24 * hourHeight - height), bottom: top + height };
  }

  /** How far a week is scrolled at first. */
  function topOfNow(): number {
    const sinceMidnight = (state.now - dayBounds(today(state), zoneOf(state)).start.getTime()) / 3_600_000;
    return Math.max(0, (sinceMidnight - 2) * hourHeight);
  }

  /** Whether the keyboard is on something of the days. */
  function isAtWork(): boolean {
    return app.querySelector(scroller)?.contains(document.activeElement) ?? false;
  }

  /** What is drawn first begins with what is to come, not with what has passed; where somebody is or scrolled to stays. */
  function scrollToNow(): void {
    const drawn = app.querySelector(scroller);
    if (!drawn || drawn === scrolled || state.isReading || wanted !== undefined) return;
    scrolled = drawn;
    if (isAtWork()) return;
    const current = app.querySelector('.listed.is-today');
    if (current) drawn.scrollTop = (current as HTMLElement).offsetTop - (drawn as HTMLElement).offsetTop;
    if (!drawn.matches('.week')) return;
    drawn.scrollTop = topOfNow();
  }

  function focusWanted(): void {
    if (wanted === undefined) return;
    const element = app.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted)}"]`);
    wanted = undefined;
    element?.focus();
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Tells which range is looked at, where it is another one. */
  function look(): void {
    const { from, to } = spanOf(state);
    const range = `${from} ${to}`;
    if (range === asked) return;
    asked = range;
    // What stood there before may be of another range; what is known of this one comes at once.
    host.post({ type: 'show', from, to });
  }

  function receive(message: ToPage): void {
    switch (message.type) {
      case 'account': {
        setTimeLocale(message.locale);
        act.change((before) => ({ ...before, ...message, trouble: message.trouble }));
        // Weeks may begin with another day here.
        return look();
      }
      case 'entries':
        if (message.isAll) told++;
        return act.change((before) => {
          const entries = new Map(message.isAll ? underWay(before) : before.entries);
          for (const id of message.gone) entries.delete(id);
          for (const entry of message.put) entries.set(entry.id, entry);
          return { ...before, entries, slots: message.slots ?? before.slots };
        });
      case 'reading':
        return act.change((before) => ({
          ...before,
          isReading: message.isReading,
          left: message.left,
          requests: message.requests,
          readTrouble: message.trouble,
        }));
      case 'moved': {
        const at = state.moves.get(message.id);
        const entry = state.entries.get(message.id);
        act.change((before) => {
          const moves = new Map(before.moves);
          moves.delete(message.id);
          return { ...before, moves };
        });
        if (entry && at !== undefined && entry.at === at) say(l10n.t('Moved to {0}.', spokenTime(at, zoneOf(state))));
      }
    }
  }

  new ResizeObserver(() => {
    const isNarrow = app.clientWidth < narrow;
    if (isNarrow === state.isNarrow) return;
    act.change((before) => ({ ...before, isNarrow }));
    look();
  }).observe(app);
  // Also while the first updates are still to come.
  const follow = ({ target }: Event) => {
    if ((target as Element).matches(scroller)) scrolled = target as Element;
  };
  app.addEventListener('scroll', follow, { capture: true, passive: true });
  setInterval(() => act.change((before) => ({ ...before, now: Date.now() })), tick);

  draw(state, act);
  host.post({ type: 'ready' });
  look();
  return act;
}
