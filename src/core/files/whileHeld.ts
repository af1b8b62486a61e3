import { setTimeout as sleep } from 'node:timers/promises';

/** As long as a scanner looks at a file, and then some. Milliseconds. */
const defaultPatience = 10_000;
const longestPause = 100;
/** What Windows says of a file that somebody else has open; it also says so of what is not allowed. */
const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);

/**
 * Tries again what failed for as long as it fails because a file is held, and patience lasts (in milliseconds).
 * @param failure  of the first try
 * @throws what it throws
 */
export async function whileHeld<Result>(work: () => Promise<Result>, failure: unknown, patience = defaultPatience): Promise<Result> {
  const started = performance.now();
  for (let error = failure, pause = 10; ; pause = Math.min(longestPause, pause * 2)) {
    const isHeld = error instanceof Error && 'code' in error && heldCodes.has(String(error.code));
    if (!isHeld || performance.now() - started > patience) throw error;
    await sleep(pause);
    try {
      return await work();
    } catch (again) {
      error = again;
    }
  }
}
