import type { RequestOptions } from '../buffer/bufferApi.ts';
import type { Update } from '../buffer/model.ts';
import type { QueueStore } from '../queue/queueStore.ts';
import type { Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';

export interface OutboxSenderOptions {
  readonly store: QueueStore;
  readonly outbox: Outbox;
  readonly log?: (line: string) => void;
  /** Hears which profiles are about to leave an entry, before they do. */
  readonly leaving?: (entry: Entry, profileIds: readonly string[]) => Promise<void>;
  /** A window that is at an entry and was silent for so long is gone. Milliseconds; more than a request can take. */
  readonly staleAfter?: number;
  /** After a create without an answer, before it is looked for. Milliseconds. */
  readonly lookAfter?: number;
  /**
   * From the first look that did not find a create, in milliseconds of the service's time, until it counts as not made;
   * 2.5 times that where the service was slow. A service that gave up answering can go on working: gateways let go after
   * 60 seconds, and lists are behind by seconds.
   */
  readonly settleAfter?: number;
  /** Between tries while there is no connection: the first, and the longest. Milliseconds. */
  readonly pause?: number;
  readonly longestPause?: number;
}

/** Whoever is signed in, as entries know it. */
export interface Owner {
  readonly key: string;
  readonly label: string;
}

/** What sends, as a round through the outbox needs it. */
export interface SenderParts {
  readonly options: Required<OutboxSenderOptions>;
  readonly owner: Owner | undefined;
  readonly isDisposed: boolean;
  limit(entryId?: string): Promise<Pick<RequestOptions, 'signal' | 'lastCheck'>>;
  tellSent(updates: readonly Update[], entry: Entry): void;
}
