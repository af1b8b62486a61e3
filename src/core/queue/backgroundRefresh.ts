import type { ApiName } from '../buffer/model.ts';
import type { QueueStore } from './queueStore.ts';

/** What is true of the window and the service right now. */
export interface Circumstances {
  /** The window is in front, and the queue is on the screen. */
  readonly isLookedAt: boolean;
  /** Requests are few, or have to wait. */
  readonly isScarce: boolean;
  /** What the store is connected to. */
  readonly api: ApiName | undefined;
}

export interface BackgroundRefreshOptions {
  readonly store: Pick<QueueStore, 'profiles' | 'profilesReadAt' | 'list' | 'refreshInBackground'>;
  readonly circumstances: () => Circumstances;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const minute = 60_000;
/** How old what is shown may become. A request to the current API is one of 250 a day. */
const longestAge: Readonly<Record<ApiName, number>> = { v1: 5 * minute, graphql: 15 * minute };
/** Between two refreshes, whatever came of the first. */
const shortestPause = 5 * minute;
/** How long after its time an update has certainly gone out. */
const sendingTime = minute;

/**
 * Keeps the queue that someone looks at up to date: when it has become old, or when an update must have gone out. What
 * was never shown is not asked for, and nothing is while requests are scarce.
 */
export class BackgroundRefresh {
  readonly #options: BackgroundRefreshOptions;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #triedAt = 0;

  constructor(options: BackgroundRefreshOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#timer = setInterval(() => void this.check(), minute / 2);
    this.#timer.unref();
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  /** Refreshes if it is time to; called by itself twice a minute. */
  async check(): Promise<void> {
    const { store, circumstances } = this.#options;
    const { isLookedAt, isScarce, api } = circumstances();
    if (!isLookedAt || isScarce || !api || !this.#isDue(api)) return;
    this.#triedAt = this.#now();
    // The current API brings the queues along with the profiles, and what was sent is not worth a request for each.
    // Nobody asked, so nobody is told of a failure: what is shown stays.
    await store.refreshInBackground(api === 'v1' ? ['pending', 'sent'] : ['pending']).catch(() => undefined);
  }

  #isDue(api: ApiName): boolean {
    const { store } = this.#options;
    const readAt = store.profilesReadAt;
    const now = this.#now();
    if (readAt === undefined || store.profiles.status !== 'loaded' || now - Math.max(readAt, this.#triedAt) < shortestPause) return false;
    return now - readAt >= longestAge[api] || this.#hasGoneOut(readAt, now);
  }

  /** Whether an update went out since. One that should have gone out before that and did not is not waited for. */
  #hasGoneOut(readAt: number, now: number): boolean {
    const { profiles, list } = {
      profiles: this.#options.store.profiles.items,
      list: (id: string) => this.#options.store.list(id, 'pending').items,
    };
    const goneBy = profiles
      .filter(({ isPaused }) => !isPaused)
      .flatMap(({ id }) => list(id).flatMap(({ status, dueAt }) => (status === 'pending' && dueAt ? dueAt.getTime() + sendingTime : [])));
    return goneBy.some((time) => readAt < time && time <= now);
  }
}
