import type { MeasuredUpdate, Tag } from '../../core/buffer/model.ts';
import { firstLook, type Look } from '../../core/figures/rows.ts';
import { figureNames } from '../../core/figures/sums.ts';
import type { FiguresTold, Period } from '../messages.ts';

export type Span = 7 | 30 | 90 | 'custom';

/** What the page shows of the figures, and keeps over a reload. */
export interface Kept {
  readonly span: Span;
  /** Days of the calendar, as `YYYY-MM-DD`; for a period of one's own. */
  readonly from: string;
  readonly to: string;
  readonly look: Look;
  /** The figure that the pictures are about. */
  readonly figure: string;
  /** Groups that are unfolded, by their keys. */
  readonly open: readonly string[];
}

export interface Page extends Kept {
  readonly told?: Omit<FiguresTold, 'updates' | 'before'>;
  readonly updates: readonly MeasuredUpdate[];
  readonly before?: readonly MeasuredUpdate[];
  /** Rows of a group that are drawn at most. */
  readonly most: number;
}

/** So many rows are drawn at once: the rest where somebody wants it. */
export const rowsAtFirst = 100;
const day = 86_400_000;

/** How the page begins, with what it kept where that can be read. */
export function begin(kept: unknown, now: number): Page {
  const first: Page = {
    span: 30,
    from: dayOf(now - 30 * day),
    to: dayOf(now),
    look: firstLook,
    figure: 'reactions',
    open: [],
    updates: [],
    most: rowsAtFirst,
  };
  return isKept(kept) ? { ...first, ...kept } : first;
}

export function keptOf({ span, from, to, look, figure, open }: Page): Kept {
  return { span, from, to, look, figure, open };
}

/** The tags of what was sent. */
export function tagsOf({ updates }: Pick<Page, 'updates'>): readonly Tag[] {
  return [...new Map(updates.flatMap((each) => each.tags ?? []).map((tag) => [tag.id, tag])).values()];
}

/** As it can be shown: without profiles, tags and a figure that there are none of, which nobody could take back. */
export function offered(page: Page): Page {
  const { look, updates, told, figure } = page;
  const profiles = new Set(told?.profiles.map(({ id }) => id));
  const tags = new Set(tagsOf(page).map(({ id }) => id));
  const names = figureNames(updates);
  return {
    ...page,
    look: {
      ...look,
      profileIds: look.profileIds.filter((id) => profiles.has(id)),
      tagIds: look.tagIds.filter((id) => tags.has(id)),
    },
    figure: names.includes(figure) ? figure : (names[0] ?? figure),
  };
}

/** The period that is chosen; its end stays the same within a minute, so that what is known of it counts. */
export function periodOf({ span, from, to }: Pick<Page, 'span' | 'from' | 'to'>, now: number): Period {
  if (span !== 'custom') {
    const end = now - (now % 60_000) + 60_000;
    return { from: end - span * day, to: end };
  }
  const [first, last] = from < to ? [from, to] : [to, from];
  const end = new Date(`${last}T00:00:00`);
  // A day of a change of clocks has 23 or 25 hours.
  end.setDate(end.getDate() + 1);
  return { from: Date.parse(`${first}T00:00:00`), to: end.getTime() };
}

/** The day by the clocks of whoever looks. */
function dayOf(time: number): string {
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

const dayPattern = /^\d{4}-\d\d-\d\d$/u;
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { span, from, to, look, figure, open } = value as Record<string, unknown>;
  const isDay = (text: unknown) => typeof text === 'string' && dayPattern.test(text) && !Number.isNaN(Date.parse(text));
  return (
    [7, 30, 90, 'custom'].includes(span as never) && isDay(from) && isDay(to) && typeof figure === 'string' && isTexts(open) && isLook(look)
  );
}

function isLook(value: unknown): value is Look {
  if (typeof value !== 'object' || value === null) return false;
  const { profileIds, tagIds, sortBy, isAscending, groupBy } = value as Record<string, unknown>;
  return (
    isTexts(profileIds) &&
    isTexts(tagIds) &&
    typeof sortBy === 'string' &&
    typeof isAscending === 'boolean' &&
    ['nothing', 'profile', 'tag'].includes(groupBy as never)
  );
}
