const window = 60;

/** Requests per user within any 60 seconds. */
export class RateLimit {
  readonly #limit: number;
  readonly #seen = new Map<string, number[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts a request, and gives 0; or, over the limit, the seconds to wait. A refused request does not count. */
  take(user: string, now: number): number {
    const recent = (this.#seen.get(user) ?? []).filter((at) => at > now - window);
    this.#seen.set(user, recent);
    if (recent.length >= this.#limit) return recent[0]! + window - now;
    recent.push(now);
    return 0;
  }

  clear(): void {
    this.#seen.clear();
  }
}
