import type { Update } from '../buffer/model.ts';
import { isCounted, type QueueCache } from './queueCache.ts';
import type { Section, Tell } from './queueModel.ts';
import { retime, sortByDue } from './queueOrder.ts';

/**
 * What a write does to the queues that are held: an update comes, goes or moves, the counts follow, and so do the
 * times of the others, which the service does not tell. Nothing is read again to see it.
 */
export class QueueMoves {
  readonly #held: QueueCache;
  readonly #tell: Tell;

  constructor(held: QueueCache, tell: Tell) {
    this.#held = held;
    this.#tell = tell;
  }

  /** Takes a new update in where the service put it. */
  insert(update: Update): void {
    const { id, profileId } = update;
    const section: Section = update.status === 'sent' ? 'sent' : 'pending';
    const list = this.#held.list(profileId, section);
    this.#held.keep([update], { silently: true });
    // A list that was read while the write was under way may hold it, and be counted, already.
    if (list?.has(id)) return this.#tell({ kind: 'section', profileId, section });
    if (isCounted(update, section)) this.#held.profiles.count(profileId, section, 1);
    if (!list || list.state.status === 'unloaded') return this.#tell({ kind: 'update', updateId: id });
    list.grow(1);
    if (section === 'sent') {
      list.arrange([id, ...list.state.ids]);
      this.#tell({ kind: 'section', profileId, section });
    } else {
      // At equal times the new one is first: it took the place of the one that had it. Without times it is the last.
      const others = this.#others(update);
      this.#arrange(profileId, sortByDue(update.dueAt ? [update, ...others] : [...others, update]), { told: id });
    }
  }

  /**
   * Takes an update as it is after an edit to where its state or its time puts it.
   * @param before  as it was, where it was known
   */
  change(before: Update | undefined, after: Update): void {
    if (before && before.status !== 'sent' && after.status === 'sent') this.relist(before, after);
    else if (before && isOtherPlace(before, after)) this.relist(before, after);
    else if (before?.dueAt?.getTime() !== after.dueAt?.getTime()) this.reinsert(after);
    else this.#held.keep([after]);
  }

  /** Moves a pending update to where its new time, or the head of the queue, puts it. */
  reinsert(update: Update, place: 'byTime' | 'head' = 'byTime'): void {
    this.#held.confirm(update.id);
    const queue = [update, ...this.#others(update)];
    this.#arrange(update.profileId, place === 'head' ? queue : sortByDue(queue), { told: update.id });
  }

  /** Takes an update from where it is listed to where its new state belongs. */
  relist(before: Update, after: Update): void {
    this.#takeOut(before);
    this.insert(after);
  }

  /** Takes away what the service does not have any more. */
  forget(updateId: string): void {
    const update = this.#held.update(updateId);
    if (!update) return;
    this.#takeOut(update);
    this.#held.drop(updateId);
  }

  /**
   * Takes a queue as the service answered it, whole or its head.
   * @param pageSize  updates that a section shows at first
   */
  replaceQueue(profileId: string, updates: readonly Update[], pageSize: number): void {
    const total = this.#held.profiles.get(profileId)?.counts.pending ?? updates.length;
    this.#held.list(profileId, 'pending')?.replace(updates, total, pageSize);
    this.#held.keep(updates);
    this.#tell({ kind: 'section', profileId, section: 'pending' });
  }

  #queue(profileId: string): readonly Update[] {
    return this.#held.shown(profileId, 'pending').items;
  }

  #others(update: Update): Update[] {
    return this.#queue(update.profileId).filter(({ id }) => id !== update.id);
  }

  #takeOut(update: Update): void {
    if (this.#held.sectionOf(update) === 'sent') this.#removeFromList(update, 'sent');
    else this.#removeFromQueue(update);
  }

  #removeFromQueue(update: Update): void {
    if (!this.#removeFromList(update, 'pending')) return;
    const others = this.#queue(update.profileId);
    this.#arrange(update.profileId, others, { before: [update, ...others] });
  }

  #removeFromList(update: Update, section: Section): boolean {
    const { id, profileId } = update;
    if (isCounted(update, section)) this.#held.profiles.count(profileId, section, -1);
    const list = this.#held.list(profileId, section);
    if (!list?.has(id)) return false;
    list.remove(id);
    this.#tell({ kind: 'section', profileId, section });
    return true;
  }

  /**
   * Shows a queue in this order, with the times that follow from it.
   * @param told  the update whose time the service told
   */
  #arrange(
    profileId: string,
    wanted: readonly Update[],
    { before = this.#queue(profileId), told }: { readonly before?: readonly Update[]; readonly told?: string } = {},
  ): void {
    const list = this.#held.list(profileId, 'pending');
    const profile = this.#held.profiles.get(profileId);
    if (!list) return void this.#held.keep(wanted);
    const { updates, freed } = profile ? retime(before, wanted, profile, told) : { updates: sortByDue(wanted) };
    const end = list.state.next === undefined ? Number.POSITIVE_INFINITY : knownUntil(before, freed, list.state.until);
    list.arrange(
      updates.filter(({ dueAt }) => (dueAt?.getTime() ?? 0) <= end).map(({ id }) => id),
      freed,
    );
    this.#held.keep(updates, { isRead: false });
    this.#tell({ kind: 'section', profileId, section: 'pending' });
  }
}

/** Whether it joins the queue, or comes to the drafts or leaves them: the others close up, and the counts follow. */
function isOtherPlace(before: Update, after: Update): boolean {
  const places = [before.status, after.status];
  return before.status !== after.status && (after.status === 'pending' || places.includes('draft'));
}

/**
 * Until when the loaded head of a queue is complete after a change: no later than it was known before, and not up to a
 * posting time that became free, which one that is not loaded takes. Where its last has no time, none says so.
 * @param until  what the service told of that
 */
function knownUntil(before: readonly Update[], freed: Date | undefined, until?: Date): number {
  const end = before.at(-1);
  const last = until ? until.getTime() : end ? (end.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY;
  return freed ? Math.min(last, freed.getTime() - 1) : last;
}
