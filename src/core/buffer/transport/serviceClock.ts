/**
 * What time it is at the service, by the `Date` of its answers and the time that has gone by since. Whatever is compared
 * with times of the service has to be told by it: the clock of this computer may be wrong, and may be set meanwhile.
 *
 * It is behind the service by up to a second, as `Date` is in whole seconds, and by the answer's way here; after this
 * computer slept, by that long until the next answer. It is not ahead.
 */
export class ServiceClock {
  #told: { readonly date: number; readonly at: number } | undefined;

  /** The service's time; undefined before its first answer. */
  now(): Date | undefined {
    return this.#told && new Date(this.#told.date + performance.now() - this.#told.at);
  }

  /**
   * Learns from an answer of the service itself; what stands in between may have any time.
   * @param at  when the headers came, by `performance.now()`
   */
  learn(headers: Headers, at: number): void {
    const date = dateOf(headers)?.getTime();
    if (date !== undefined) this.#told = { date, at };
  }
}

/** When the service made an answer, by its own clock and in whole seconds; undefined where it does not tell. */
export function dateOf(headers: Headers): Date | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  // One with an age is from a cache, and its date is that of another answer (RFC 9111, 5.1).
  return Number.isNaN(date) || headers.has('age') ? undefined : new Date(date);
}
