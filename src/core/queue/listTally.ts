import type { Update } from '../buffer/model.ts';

/**
 * What is told of a whole list, however long it is: how many of it failed or are drafts, and when its last is due. A
 * page that is added is looked at by itself; all of it is looked at again where another list takes its place, or
 * something of it changed.
 */
export class ListTally {
  #ids: readonly string[] = [];
  #seen = 0;
  #revision = -1;
  #failed = 0;
  #drafts = 0;
  #until = Number.NEGATIVE_INFINITY;

  /** How many the network refused. */
  get failed(): number {
    return this.#failed;
  }

  /** How many of them do not go out by themselves, as nobody has put them into the queue. */
  get drafts(): number {
    return this.#drafts;
  }

  /** When the last of them is due; undefined where none has a time. */
  get until(): Date | undefined {
    return this.#until === Number.NEGATIVE_INFINITY ? undefined : new Date(this.#until);
  }

  /**
   * Takes in what is new.
   * @param ids       the list; where it is the same one as before, it may have grown at its end
   * @param revision  another number as soon as a listed update has another state or time
   */
  follow(ids: readonly string[], revision: number, update: (id: string) => Update | undefined): this {
    if (ids !== this.#ids || revision !== this.#revision || ids.length < this.#seen) {
      this.#seen = 0;
      this.#failed = 0;
      this.#drafts = 0;
      this.#until = Number.NEGATIVE_INFINITY;
    }
    for (let index = this.#seen; index < ids.length; index++) {
      const { status, dueAt } = update(ids[index]!) ?? {};
      if (status === 'failed') this.#failed++;
      if (status === 'draft') this.#drafts++;
      if (dueAt) this.#until = Math.max(this.#until, dueAt.getTime());
    }
    this.#ids = ids;
    this.#seen = ids.length;
    this.#revision = revision;
    return this;
  }
}
