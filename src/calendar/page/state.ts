import { addDays, addMonths, dateIn, dayBounds, startOfWeek } from '../../core/time/zonedDays.ts';
import type { CalendarEntry, CalendarProfile, CalendarSlot, CalendarTag } from '../messages.ts';
import { firstDay, ownZone } from './times.ts';

export const views = ['week', 'month', 'list'] as const;
export type View = (typeof views)[number];

/** What can be left out of sight: states of updates, and free posting times. */
export const kinds = ['pending', 'needsApproval', 'draft', 'failed', 'sent', 'free'] as const;
export type Kind = (typeof kinds)[number];

/** What the page keeps through a reload. */
export interface Kept {
  /** By the room there is, where the person chose none. */
  readonly view?: View;
  /** A day of what is shown, as `2026-11-30`. */
  readonly date: string;
  /** The person's own where left out. */
  readonly zone?: string;
  /** What is out of sight. */
  readonly hiddenProfiles: readonly string[];
  readonly hiddenKinds: readonly Kind[];
  /** Only what has one of these is shown, where there are any. */
  readonly tagIds: readonly string[];
}

/** An update that is picked up by the keyboard, or held by the mouse. */
export interface Held {
  readonly id: string;
  readonly at: number;
  readonly by: 'keys' | 'mouse';
}

export interface State {
  readonly kept: Kept;
  readonly isNarrow: boolean;
  readonly profiles: readonly CalendarProfile[];
  readonly tags: readonly CalendarTag[];
  readonly canPost: boolean;
  readonly trouble?: string;
  readonly entries: ReadonlyMap<string, CalendarEntry>;
  readonly slots: readonly CalendarSlot[];
  /** The person's moves that are under way, by update. */
  readonly moves: ReadonlyMap<string, number>;
  readonly held?: Held;
  /** The item that Tab leads to. */
  readonly current?: string;
  readonly isReading: boolean;
  readonly left?: 'page' | 'queues';
  readonly requests?: number;
  readonly readTrouble?: string;
  readonly areFiltersOpen: boolean;
  readonly now: number;
  /** Of a week only what stands between these heights is drawn for now; all of it where left out. Pixels. */
  readonly sight?: { readonly top: number; readonly bottom: number };
}

/** What stands on a day. */
export type Item =
  | { readonly key: string; readonly at: number; readonly entry: CalendarEntry; readonly slot?: undefined }
  | { readonly key: string; readonly at: number; readonly slot: CalendarSlot; readonly entry?: undefined };

export interface Day {
  /** As `2026-11-30`. */
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly items: readonly Item[];
  /** Posting times that nothing takes; a month counts them. */
  readonly free: number;
}

export function initialState(kept: unknown, now: number): State {
  return {
    kept: asKept(kept) ?? { date: dateIn(ownZone, new Date(now)), hiddenProfiles: [], hiddenKinds: [], tagIds: [] },
    isNarrow: false,
    profiles: [],
    tags: [],
    canPost: false,
    entries: new Map(),
    slots: [],
    moves: new Map(),
    isReading: false,
    areFiltersOpen: false,
    now,
  };
}

/** What was kept; undefined where an older version or something else wrote it. */
export function asKept(data: unknown): Kept | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { view, date, zone, hiddenProfiles, hiddenKinds, tagIds } = data as Record<string, unknown>;
  const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/u.test(date) || Number.isNaN(Date.parse(date))) return undefined;
  if (!isTexts(hiddenProfiles) || !isTexts(hiddenKinds) || !isTexts(tagIds)) return undefined;
  return {
    view: views.find((each) => each === view),
    date,
    zone: typeof zone === 'string' && isZone(zone) ? zone : undefined,
    hiddenProfiles,
    hiddenKinds: kinds.filter((each) => hiddenKinds.includes(each)),
    tagIds,
  };
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

export function viewOf({ kept, isNarrow }: State): View {
  return kept.view ?? (isNarrow ? 'list' : 'week');
}

export function zoneOf({ kept }: State): string {
  return kept.zone ?? ownZone;
}

/** The days that are shown, as `2026-11-30`. */
export function datesOf(state: State): string[] {
  const { date } = state.kept;
  if (viewOf(state) !== 'month') return daysFrom(startOfWeek(date, firstDay()), 7);
  const first = startOfWeek(addMonths(date, 0), firstDay());
  const next = addMonths(date, 1);
  const weeks = addDays(first, 28) >= next ? 4 : addDays(first, 35) >= next ? 5 : 6;
  return daysFrom(first, weeks * 7);
}

function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

/** The range of time that is shown. */
export function spanOf(state: State): { readonly from: number; readonly to: number } {
  const dates = datesOf(state);
  const zone = zoneOf(state);
  return { from: dayBounds(dates[0]!, zone).start.getTime(), to: dayBounds(dates.at(-1)!, zone).end.getTime() };
}

/** A week or a month later, or earlier. */
export function turned(state: State, by: 1 | -1): string {
  const { date } = state.kept;
  return viewOf(state) === 'month' ? addMonths(date, by) : addDays(date, 7 * by);
}

/** Where an update stands: where the person moved it, until it is known what came of that. */
export function placeOf({ moves, held }: Pick<State, 'moves' | 'held'>, { id, at }: CalendarEntry): number {
  return held?.by === 'keys' && held.id === id ? held.at : (moves.get(id) ?? at);
}

/** The kind by which an update is filtered. */
export function kindOf({ state }: CalendarEntry): Kind {
  if (state === 'sending' || state === 'other') return 'pending';
  return state;
}

/** The days that are shown with what is on them, the soonest first. */
export function daysOf(state: State): Day[] {
  const zone = zoneOf(state);
  const days = datesOf(state).map((date) => {
    const { start, end } = dayBounds(date, zone);
    return { date, start: start.getTime(), end: end.getTime(), items: [] as Item[], free: 0 };
  });
  const dayAt = (at: number) => days.find(({ start, end }) => at >= start && at < end);
  const hiddenProfiles = new Set(state.kept.hiddenProfiles);
  const hiddenKinds = new Set<Kind>(state.kept.hiddenKinds);
  const tagIds = new Set(state.kept.tagIds);
  for (const entry of state.entries.values()) {
    if (hiddenProfiles.has(entry.profileId) || hiddenKinds.has(kindOf(entry))) continue;
    if (tagIds.size > 0 && !entry.tagIds.some((id) => tagIds.has(id))) continue;
    const at = placeOf(state, entry);
    dayAt(at)?.items.push({ key: `entry ${entry.id}`, at, entry });
  }
  // A month has room for a few on each day, and updates come before what is free.
  const isMonth = viewOf(state) === 'month';
  for (const slot of hiddenKinds.has('free') ? [] : state.slots) {
    const profileIds = slot.profileIds.filter((id) => !hiddenProfiles.has(id));
    const day = profileIds.length > 0 && slot.at > state.now ? dayAt(slot.at) : undefined;
    if (!day) continue;
    day.free++;
    if (!isMonth) day.items.push({ key: `free ${slot.at}`, at: slot.at, slot: { ...slot, profileIds } });
  }
  for (const { items } of days) items.sort((a, b) => a.at - b.at || Number(Boolean(a.slot)) - Number(Boolean(b.slot)));
  return days;
}

/** The zones to choose from: the person's own, and those of the profiles. */
export function zonesOf({ profiles, kept }: State): string[] {
  return [...new Set([ownZone, ...(kept.zone ? [kept.zone] : []), ...profiles.map(({ timeZone }) => timeZone)])];
}

/** How many filters leave something out. */
export function filterCount({ kept: { hiddenProfiles, hiddenKinds, tagIds } }: State): number {
  return Number(hiddenProfiles.length > 0) + Number(hiddenKinds.length > 0) + Number(tagIds.length > 0);
}

/** Today, by the clocks that the calendar shows. */
export function today(state: State): string {
  return dateIn(zoneOf(state), new Date(state.now));
}
