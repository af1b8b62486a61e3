import { type RateLimiterOptions, rateLimits } from '../../../src/core/buffer/transport/rateLimiter.ts';

/** How much faster the service's clock goes. */
const speed = 20;

/** The rateLimiter of v1 where a minute takes three seconds. */
export const shortMinute = { ...rateLimits.v1, per: 3_030 };

export interface FastClock {
  /** What time the service has. */
  readonly now: () => Date;
  /** The rateLimiter of v1 by this clock. */
  readonly rateLimiter: RateLimiterOptions;
  /** Stops time for both: what takes long on a busy machine does not use up the minute. */
  hold(): void;
  release(): void;
}

/** A clock on which a minute takes three seconds, so that the service's own limit of 60 a minute can be lived through. */
export function fastClock(): FastClock {
  const start = Date.now();
  let heldAt: number | undefined;
  let held = 0;
  const now = () => (heldAt ?? Date.now()) - held;
  return {
    now: () => new Date(start + (now() - start) * speed),
    rateLimiter: { ...shortMinute, now, monotonic: now },
    hold: () => {
      heldAt ??= Date.now();
    },
    release: () => {
      if (heldAt !== undefined) held += Date.now() - heldAt;
      heldAt = undefined;
    },
  };
}
