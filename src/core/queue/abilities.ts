import type { Update, UpdateAction } from '../buffer/model.ts';
import type { QueueStore } from './queueStore.ts';

/** Whether an update is still to go out at `now`. One without a time waits, for as long as nobody gives it one. */
export function isWaiting({ status, dueAt }: Update, now = Date.now()): boolean {
  return status === 'pending' && (dueAt === undefined || dueAt.getTime() > now);
}

/** Only who has a policy of approvals is told of these. */
const approvals: readonly UpdateAction[] = ['askForApproval', 'withdrawFromApproval'];

/** What sends the update back, and so would lose what has no way back. */
const sendsBack: ReadonlySet<UpdateAction> = new Set(['edit', 'reschedule', 'queue', 'draft', ...approvals]);

/**
 * Whether this credential can still change an update in this way: the service's word where it gives one, else what its
 * status allows.
 */
export function may(
  action: UpdateAction,
  { status, actions, closed }: Update,
  { capabilities }: Pick<QueueStore, 'capabilities'>,
): boolean {
  if (!capabilities.change || status === 'sent' || status === 'sending') return false;
  // What an edit would lose closes all that sends the update back.
  if (closed?.length && (sendsBack.has(action) || (action === 'shareNow' && !capabilities.sharesAsIs))) return false;
  if (approvals.includes(action) && !actions) return false;
  return actions ? actions.includes(action) : status === 'pending' || status === 'failed' || (status === 'draft' && action === 'edit');
}
