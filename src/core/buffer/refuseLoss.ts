import { BufferError } from './bufferError.ts';
import type { Update, UpdateEdit } from './model.ts';

/**
 * What has no way back would be lost with any edit, so none is sent. What it is, the user interface says beforehand; this
 * stands behind it.
 * @throws BufferError
 */
export function refuseLoss({ closed }: Update, change: UpdateEdit): void {
  if (!closed?.length) return;
  const what = change.when === undefined ? 'edited' : change.when === 'now' ? 'shared' : 'rescheduled';
  throw new BufferError('rejected', `This update holds something that would be lost if it were ${what} from here. Use buffer.com for it.`);
}
