import { rateLimits } from '../../../src/core/buffer/transport/rateLimiter.ts';

/** A clock on which a minute takes three seconds, so that the service's own limit of 60 a minute can be lived through. */
export function fastClock(): () => Date {
  const start = Date.now();
  return () => new Date(start + (Date.now() - start) * 20);
}

/** The rateLimiter of v1 by that clock. */
export const shortMinute = { ...rateLimits.v1, per: 3_030 };
