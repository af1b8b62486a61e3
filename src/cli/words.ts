import type { Done, Outcome } from '../core/postFiles/apply.ts';
import type { PlanAction, PlanItem } from '../core/postFiles/plan.ts';

/** What a plan says of a post, in a few words. */
export const actionWords: Readonly<Record<PlanAction, string>> = {
  create: 'to be queued',
  adopt: 'is at Buffer already: to be noted',
  edit: 'to be edited',
  leave: 'nothing to do',
  changed: 'changed at Buffer: left as it is there',
  conflict: 'changed here and at Buffer: left, until you say which it is to be (--overwrite)',
  late: 'its time has passed: not sent',
  isSent: 'changed here after it was sent: cannot be changed any more',
  failed: 'its network refused it: put it back with --requeue',
  requeue: 'refused by its network: to be queued again',
  gone: 'deleted at Buffer: make it again with --requeue',
  settle: 'an earlier run was about to queue it: to be looked for',
  announced: 'another run is about to queue it',
  foreign: 'in the queue of another account: left alone',
  removed: 'no file wants it any more: left at Buffer, delete it with --prune',
  hidden: 'its file is not deleted, but no post here: left at Buffer',
  delete: 'no file wants it any more: to be deleted at Buffer',
  forget: 'gone here and at Buffer',
};

const doneWords: Partial<Readonly<Record<PlanAction, string>>> = {
  create: 'queued',
  settle: 'queued',
  adopt: 'was at Buffer already: noted',
  edit: 'edited',
  requeue: 'queued again',
  delete: 'deleted at Buffer',
  forget: 'gone here and at Buffer',
};

const outcomeWords: Readonly<Record<Exclude<Outcome, 'done'>, string>> = {
  refused: 'refused',
  unfetchable: 'not sent',
  stopped: 'not tried',
  unclear: 'no answer came: the next run looks for it',
  undecided: 'it may be at Buffer, changed since: look there',
  conflict: 'changed at Buffer just now: not edited',
};

/** What came of an item, in a few words. */
export function wordsOf({ item, outcome, error, reason }: Done): string {
  if (outcome === 'done') return doneWords[item.action] ?? actionWords[item.action];
  const why = reason ?? error?.message;
  return why === undefined ? outcomeWords[outcome] : `${outcomeWords[outcome]}: ${why}`;
}

/** Actions that need a person before anything happens. */
const forPeople: ReadonlySet<PlanAction> = new Set(['conflict', 'failed', 'foreign']);

export function needsPerson({ action }: Pick<PlanItem, 'action'>): boolean {
  return forPeople.has(action);
}

/** Which post, and where. */
export function whichPost({ wanted, entry }: PlanItem): { readonly path: string; readonly part: number; readonly profile: string } {
  if (wanted) return { path: wanted.path, part: wanted.part, profile: wanted.handle };
  return { path: entry!.post, part: entry!.part, profile: entry!.profile };
}

/** Text from a file as one line that no terminal, and no workflow, takes for a command. */
export function oneLine(text: string): string {
  // A runner takes the one for a command at the beginning of a line, whatever blank is before it, and the other anywhere.
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/^(\s*):(?=:)/u, '$1: ')
    .replace(/##(?=\[)/gu, '## ');
}
