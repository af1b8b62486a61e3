import { BufferError } from '../buffer/bufferError.ts';
import type { Update } from '../buffer/model.ts';

/**
 * Does something with an update and, where the answer was lost, looks what became of it instead of doing it again.
 * @param look    reads the update as it is now
 * @param isDone  whether the update, as it is now, shows that it was done
 * @throws BufferError with the outcome `notDone` when it was not; `unknown` only where the look failed too
 */
export async function certain<Answer>(
  write: () => Promise<Answer>,
  look: () => Promise<Update>,
  isDone: (now: Update) => boolean | Promise<boolean>,
): Promise<Answer | Update> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof BufferError) || error.outcome !== 'unknown') throw error;
    const now = await look().catch((failure: unknown) => {
      throw isGone(failure) ? failure : error;
    });
    if (await isDone(now)) return now;
    throw error.asNotDone();
  }
}

/** Whether the service does not have what was asked about, or not any more. */
export function isGone(error: unknown): boolean {
  return error instanceof BufferError && error.kind === 'notFound';
}
