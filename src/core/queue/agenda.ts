import type { Profile, Update } from '../buffer/model.ts';
import { dateIn, dayBounds } from '../time/zonedDays.ts';
import { freeSlotsBetween } from './freeSlots.ts';
import type { UpdateList } from './queueModel.ts';

/** A profile and what is to stand on the days, of whatever state. */
export interface AgendaQueue {
  readonly profile: Pick<Profile, 'id' | 'schedules' | 'timeZone'>;
  readonly updates: readonly Update[];
  /** All that is known of what waits: what its free posting times follow from. Where left out, none are shown. */
  readonly queue?: UpdateList;
}

export interface AgendaOptions {
  /** IANA name: whose days these are. */
  readonly timeZone: string;
  /** Free posting times are those from here on … */
  readonly from: Date;
  /** … to here, and those of any later day that has an update. */
  readonly until: Date;
}

export type AgendaEntry =
  | { readonly kind: 'update'; readonly time: Date; readonly update: Update }
  /** A posting time that nothing takes, of one profile or of several. */
  | { readonly kind: 'free'; readonly time: Date; readonly profileIds: readonly string[] };

/** A day with what stands on it, soonest first. */
export interface AgendaDay {
  /** `2026-11-30`, by the clocks of the agenda's zone. */
  readonly date: string;
  /** When it begins and when the next one does: 23 to 25 hours, where clocks are changed. */
  readonly start: Date;
  readonly end: Date;
  readonly entries: readonly AgendaEntry[];
}

export interface Agenda {
  /** Those with something on them, in their order. */
  readonly days: readonly AgendaDay[];
  /** What has no time. */
  readonly undated: readonly Update[];
}

/**
 * What goes out when, of several profiles together, and which posting times are free between. Each update stands once; a
 * posting time is free only as far as it is known what waits.
 */
export function agenda(queues: readonly AgendaQueue[], { timeZone, from, until }: AgendaOptions): Agenda {
  const days = new Map<string, AgendaEntry[]>();
  const put = (entry: AgendaEntry) => {
    const date = dateIn(timeZone, entry.time);
    const entries = days.get(date) ?? [];
    days.set(date, entries);
    entries.push(entry);
  };
  const undated: Update[] = [];
  for (const { updates } of queues) {
    for (const update of updates) {
      const time = timeOf(update);
      if (time) put({ kind: 'update', time, update });
      else undated.push(update);
    }
  }
  for (const entry of freeEntries(queues, from, until, laterDays([...days.keys()], timeZone, until))) put(entry);
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return { days: sorted.map(([date, entries]) => ({ date, ...dayBounds(date, timeZone), entries: entries.sort(inOrder) })), undated };
}

/** When an update stands on a day: when it went out, else when it is to. */
export function timeOf({ status, sentAt, dueAt }: Update): Date | undefined {
  return status === 'sent' ? (sentAt ?? dueAt) : dueAt;
}

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** What of the days with something on them lies behind an instant. */
function laterDays(dates: readonly string[], timeZone: string, after: Date): Span[] {
  return dates
    .map((date) => dayBounds(date, timeZone))
    .filter(({ end }) => end > after)
    .map(({ start, end }) => ({ from: start > after ? start : after, to: end }));
}

/** Several profiles whose posting time is at one minute share an entry. */
function freeEntries(queues: readonly AgendaQueue[], from: Date, until: Date, later: readonly Span[]): AgendaEntry[] {
  const profilesAt = new Map<number, string[]>();
  for (const { profile, queue } of queues) {
    if (!queue) continue;
    for (const span of [{ from, to: until }, ...later]) {
      for (const slot of freeSlotsBetween(profile, queue, span.from, span.to)) {
        const known = profilesAt.get(slot.getTime());
        if (known) known.push(profile.id);
        else profilesAt.set(slot.getTime(), [profile.id]);
      }
    }
  }
  return [...profilesAt].map(([time, profileIds]) => ({ kind: 'free', time: new Date(time), profileIds }));
}

/** By time; at equal times what is there before what is free, and profiles in their order. */
function inOrder(a: AgendaEntry, b: AgendaEntry): number {
  return a.time.getTime() - b.time.getTime() || Number(a.kind === 'free') - Number(b.kind === 'free');
}
