import * as v from 'valibot';
import type { FigureSums, MeasuredUpdate } from '../core/buffer/model.ts';
import type { Look } from '../core/figures/rows.ts';

/** What the two sides of the figures say to each other. Each checks what it is told. */

export interface FiguresProfile {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** The network's name for people. */
  readonly network: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** Milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** An update on its way: times are milliseconds. */
export type SentUpdate = Omit<MeasuredUpdate, 'sentAt' | 'measuredAt'> & { readonly sentAt: number; readonly measuredAt?: number };

export interface FiguresTold {
  readonly period: Period;
  readonly profiles: readonly FiguresProfile[];
  readonly isWhole: boolean;
  readonly isReading: boolean;
  /** Requests that it takes to have all of the period, where that is known. */
  readonly requestsLeft?: number;
  /** Those that may still be made today, where Buffer told. */
  readonly requestsToday?: number;
  /** Why there is nothing, or not all, in a sentence. */
  readonly problem?: string;
  /** When the oldest of it was read. Milliseconds. */
  readonly readAt?: number;
  /** Left out while they are as told before. */
  readonly updates?: readonly SentUpdate[];
  /** Of a period as long before it; absent where that is not known. */
  readonly before?: readonly SentUpdate[];
  /** What Buffer makes of both. */
  readonly sums?: FigureSums;
  readonly sumsBefore?: FigureSums;
}

export type ToPage = { readonly type: 'figures'; readonly told: FiguresTold };

const time = v.pipe(v.number(), v.finite());
const ids = v.array(v.string());

const look: v.GenericSchema<unknown, Look> = v.object({
  profileIds: ids,
  tagIds: ids,
  sortBy: v.string(),
  isAscending: v.boolean(),
  groupBy: v.picklist(['nothing', 'profile', 'tag']),
});

/** What the page may ask for: to show a period, to read what is missing of it or all anew, and to take the rows elsewhere. */
export const toHost = v.variant('type', [
  v.object({ type: v.literal('show'), from: time, to: time }),
  v.object({ type: v.literal('readAll') }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('save'), look }),
  v.object({ type: v.literal('copy'), look }),
  v.object({ type: v.literal('open'), updateId: v.string() }),
]);
export type ToHost = v.InferOutput<typeof toHost>;
