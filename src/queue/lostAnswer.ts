import { BufferError } from '../buffer/bufferError.ts';
import type { Update, UpdateEdit } from '../buffer/model.ts';
import { isSameText } from '../buffer/sameText.ts';

/**
 * Does something with an update and, where the answer was lost, looks what became of it instead of doing it again.
 * @param look    reads the update as it is now
 * @param isDone  whether the update, as it is now, shows that it was done
 * @throws BufferError with the outcome `notDone` when it was not; `unknown` only where the look failed too
 */
export async function certain<Answer>(write: () => Promise<Answer>, look: () => Promise<Update>, isDone: (now: Update) => boolean): Promise<Answer | Update> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof BufferError) || error.outcome !== 'unknown') throw error;
    const now = await look().catch((failure: unknown) => {
      throw isGone(failure) ? failure : error;
    });
    if (isDone(now)) return now;
    throw new BufferError(error.kind, error.message, { cause: error, retryAfter: error.retryAfter });
  }
}

/**
 * Whether an update is as an edit wanted it.
 * @param before  as it was when the edit was sent
 */
export function isAsWanted({ text, when, media, details }: UpdateEdit, before: Update, now: Update): boolean {
  // The service may cut the seconds off, and shorten links.
  const isInTime = typeof when !== 'object' || Math.abs((now.dueAt?.getTime() ?? 0) - when.at.getTime()) < 60_000;
  const isOut = when !== 'now' || now.status === 'sent' || now.status === 'sending';
  const isOutOfDrafts = when === undefined || before.status !== 'draft' || now.status !== 'draft';
  const has = (part: 'link' | 'picture' | 'video') => media === undefined || isSameText(media?.[part] ?? '', now.media?.[part] ?? '');
  const isThread = details?.thread === undefined || (now.details?.thread ?? []).join('\0') === details.thread.join('\0');
  return isSameText(now.text, text ?? before.text) && isInTime && isOut && isOutOfDrafts && has('link') && has('picture') && has('video') && isThread;
}

/** Whether the service does not have what was asked about, or not any more. */
export function isGone(error: unknown): boolean {
  return error instanceof BufferError && error.kind === 'notFound';
}
