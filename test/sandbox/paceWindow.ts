// One window of several, as a process of its own: shares its pace with the others by files, and asks for more than it
// may as soon as it starts.
import { PaceFiles } from '../../src/core/files/rateLimitFiles.ts';
import { Pace, type PaceOptions } from '../../src/core/buffer/transport/rateLimiter.ts';
import { createRestV1 } from '../../src/core/buffer/restV1/restV1Api.ts';

/** What the process is told, as JSON in its first argument. */
export interface PaceWindowTask {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly key: string;
  readonly lifetime: number;
  readonly pace: PaceOptions;
  readonly requests: number;
}

if (process.argv[1] === import.meta.filename) {
  const { url, token, folder, key, lifetime, pace: options, requests } = JSON.parse(process.argv[2]!) as PaceWindowTask;
  const pace = new Pace(options);
  pace.share(new PaceFiles({ folder, key, lifetime }));
  const api = createRestV1({ baseUrl: url, token: () => Promise.resolve(token), pace });
  await Promise.all(
    Array.from({ length: requests }, (_, index) => api.pending(`child${index}`, { size: 20 }, { urgency: 'shown' }).catch(() => undefined)),
  );
}
