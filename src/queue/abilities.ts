import type { Update, UpdateAction } from '../buffer/model.ts';

const sendsBack: ReadonlySet<UpdateAction> = new Set(['edit', 'reschedule', 'queue', 'draft']);

/** Whether an update can still be changed in this way: the service's word where it gives one, else what its status allows. */
export function may(action: UpdateAction, { status, actions, closed }: Update): boolean {
  if (status === 'sent' || status === 'sending') return false;
  // What an edit would lose closes all that sends the update back.
  if (closed?.length && sendsBack.has(action)) return false;
  return actions ? actions.includes(action) : status === 'pending' || status === 'failed' || (status === 'draft' && action === 'edit');
}
