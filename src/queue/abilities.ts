import type { Update, UpdateAction } from '../buffer/model.ts';

/** Whether an update can still be changed in this way: the service's word where it gives one, else what its status allows. */
export function may(action: UpdateAction, { status, actions }: Update): boolean {
  if (status === 'sent' || status === 'sending') return false;
  return actions ? actions.includes(action) : status === 'pending' || status === 'failed' || (status === 'draft' && action === 'edit');
}
