import * as v from 'valibot';

/** What the extension and the calendar's page say to each other. Instants are milliseconds since 1970. */

export interface CalendarProfile {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** What its network is called. */
  readonly network: string;
  readonly timeZone: string;
}

export const entryStates = ['pending', 'sending', 'sent', 'failed', 'draft', 'needsApproval', 'other'] as const;
export type EntryState = (typeof entryStates)[number];

/** An update as the calendar shows it. */
export interface CalendarEntry {
  readonly id: string;
  readonly profileId: string;
  readonly at: number;
  readonly state: EntryState;
  /** Its first words. */
  readonly text: string;
  readonly tagIds: readonly string[];
  /** It may be given another time. */
  readonly isMovable: boolean;
}

/** A posting time that nothing takes. */
export interface CalendarSlot {
  readonly at: number;
  readonly profileIds: readonly string[];
}

export interface CalendarTag {
  readonly id: string;
  readonly name: string;
}

/** From the extension to the page. */
export type ToPage =
  | {
      readonly type: 'account';
      readonly profiles: readonly CalendarProfile[];
      readonly tags: readonly CalendarTag[];
      readonly canPost: boolean;
      /** Why there is nothing to show, in a sentence. */
      readonly trouble?: string;
      /** How the person writes times. */
      readonly locale: string;
    }
  /** What is different from before; all there is where `isAll`. */
  | {
      readonly type: 'entries';
      readonly isAll: boolean;
      readonly put: readonly CalendarEntry[];
      readonly gone: readonly string[];
      readonly slots?: readonly CalendarSlot[];
    }
  /** How reading stands. `left`: not all of what is shown is known. */
  | {
      readonly type: 'reading';
      readonly isReading: boolean;
      readonly left?: 'page' | 'queues';
      /** Requests that the rest needs, where that is known. */
      readonly requests?: number;
      readonly trouble?: string;
    }
  /** The move of an update is over, whatever came of it. */
  | { readonly type: 'moved'; readonly id: string };

const id = v.pipe(v.string(), v.maxLength(200));
const instant = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000_000));

/** From the page to the extension. */
export const toHost = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** This range is looked at. */
  v.object({ type: v.literal('show'), from: instant, to: instant }),
  /** The rest of what is looked at is to be read. */
  v.object({ type: v.literal('more') }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('open'), id }),
  v.object({ type: v.literal('compose'), at: instant, profileIds: v.optional(v.array(id)) }),
  v.object({ type: v.literal('move'), id, at: instant }),
]);
export type ToHost = v.InferOutput<typeof toHost>;
