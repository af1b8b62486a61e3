/** A request that was answered before it was carried out, as one of these carries the mark. */
export const lateMark = 'x-sandbox-late';

interface LateCommit {
  /** By the sandbox's clock, in milliseconds. */
  readonly due: number;
  readonly commit: () => Promise<unknown>;
}

/** What the service took, and carries out later than it answered. */
export class LateCommits {
  #waiting: LateCommit[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  add(after: number, commit: () => Promise<unknown>): void {
    this.#waiting.push({ due: this.#now().getTime() + after, commit });
    // A clock that a test sets is looked at with the next request.
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.settle();
    }, after);
    this.#timers.add(timer.unref());
  }

  /** Carries out what is due by the sandbox's clock, in order; or all of it. */
  async settle(isAll = false): Promise<void> {
    const now = this.#now().getTime();
    const due = this.#waiting.filter((each) => isAll || each.due <= now).sort((a, b) => a.due - b.due);
    this.#waiting = this.#waiting.filter((each) => !due.includes(each));
    for (const { commit } of due) await commit();
  }

  clear(): void {
    this.#waiting = [];
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
