// One window of several, as a process of its own: shares its pace with the others by files, and asks for more than it
// may as soon as it starts.
import { RateLimitFiles } from '../../src/core/files/rateLimitFiles.ts';
import { RateLimiter, type RateLimiterOptions } from '../../src/core/buffer/transport/rateLimiter.ts';
import { createRestV1 } from '../../src/core/buffer/restV1/restV1Api.ts';

/** What the process is told, as JSON in its first argument. */
export interface LimitedWindowTask {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly key: string;
  readonly lifetime: number;
  readonly rateLimiter: RateLimiterOptions;
  readonly requests: number;
}

if (process.argv[1] === import.meta.filename) {
  const { url, token, folder, key, lifetime, rateLimiter: options, requests } = JSON.parse(process.argv[2]!) as LimitedWindowTask;
  const rateLimiter = new RateLimiter(options);
  rateLimiter.share(new RateLimitFiles({ folder, key, lifetime }));
  const api = createRestV1({ baseUrl: url, token: () => Promise.resolve(token), rateLimiter });
  await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      api.pending(`child${index}`, { size: 20 }, { priority: 'shown' }).catch(() => undefined),
    ),
  );
}
