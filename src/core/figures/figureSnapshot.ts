import * as v from 'valibot';
import type { MeasuredUpdate, Tag } from '../buffer/model.ts';
import { type Fields, text } from '../files/storedModel.ts';
import type { Covered } from './coverage.ts';

/** What was known of figures: what one session leaves for the next. */
export interface FigureSnapshot {
  /** Newest first. */
  readonly updates: readonly MeasuredUpdate[];
  readonly covered: readonly Covered[];
}

const date = v.pipe(
  v.string(),
  v.transform((iso) => new Date(iso)),
  v.date(),
);

const tag = v.object({ id: v.string(), name: v.string(), color: text } satisfies Fields<Tag>);

const update = v.object({
  id: v.string(),
  profileId: v.string(),
  service: v.string(),
  text: v.string(),
  sentAt: date,
  url: text,
  tags: v.optional(v.array(tag)),
  figures: v.optional(v.record(v.string(), v.number())),
  measuredAt: v.optional(date),
} satisfies Fields<MeasuredUpdate>);

const covered = v.object({ from: v.number(), to: v.number(), readAt: v.number() } satisfies Fields<Covered>);

/** A snapshot as it is after a way through JSON. */
const schema: v.GenericSchema<unknown, FigureSnapshot> = v.object({
  updates: v.array(update),
  covered: v.array(covered),
} satisfies Fields<FigureSnapshot>);

/** The same with fewer updates, the newest; of the rest it is not said that it is known. */
function shortened({ updates, covered: known }: FigureSnapshot, most: number): FigureSnapshot {
  if (updates.length <= most) return { updates, covered: known };
  const kept = updates.slice(0, most);
  const end = kept.at(-1)?.sentAt.getTime() ?? Number.POSITIVE_INFINITY;
  return {
    updates: kept,
    covered: known.map((each) => ({ ...each, from: Math.max(each.from, end + 1) })).filter(({ from, to }) => from < to),
  };
}

/** How a snapshot is kept on disk. */
export const figureFormat = { schema, shortened };
/** Of so many updates at most. */
export const mostKept = 4_000;
