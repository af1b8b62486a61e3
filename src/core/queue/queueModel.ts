import type { BufferError } from '../buffer/bufferError.ts';
import type { Update } from '../buffer/model.ts';

/** The terms in which the store tells of queues: what is known of them, and what changed. */

export const sections = ['pending', 'sent'] as const;
export type Section = (typeof sections)[number];

/** What changed, as small as it can be told. */
export type Change =
  | { readonly kind: 'profiles' }
  | { readonly kind: 'profile'; readonly profileId: string }
  | { readonly kind: 'section'; readonly profileId: string; readonly section: Section }
  | { readonly kind: 'update'; readonly updateId: string };

/** Tells at once of changes that go together; of none, nothing. */
export type Tell = (...changes: readonly Change[]) => void;

/** Something that is fetched: never asked for, on its way, there, or failed; `items` holds what was last known. */
export interface Loadable<Item> {
  readonly status: 'unloaded' | 'loading' | 'loaded' | 'failed';
  readonly items: readonly Item[];
  readonly error?: BufferError;
}

export interface UpdateList extends Loadable<Update> {
  /** All that the service holds, loaded or not. */
  readonly total?: number;
  readonly hasMore: boolean;
  /** When it was last read. */
  readonly readAt?: Date;
  /** Where there is more: what is due before this time is loaded, where the service tells that. */
  readonly until?: Date;
  /** When it was read, where it could not be read since. */
  readonly asOf?: Date;
  /** Somebody asked for all to be read again, and this was not yet: what it has may be gone. */
  readonly isOutdated?: boolean;
  /** The service's last list lacked what is certainly there; what was read before is shown. */
  readonly isIncomplete?: boolean;
}

/** How many updates wait to go out. */
export interface Waiting {
  readonly count: number;
  /** There are no more of them at the service. */
  readonly isAll: boolean;
}

export interface CreateOutcome {
  readonly created: readonly Update[];
  /** Profiles that were asked for and took no update. */
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly profileId: string;
  /** Why, where the service tells. */
  readonly error?: BufferError;
}
