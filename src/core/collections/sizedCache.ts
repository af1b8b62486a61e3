export interface SizedCacheOptions {
  /** The most that is kept, in the unit of the sizes. */
  readonly most: number;
  /** What is older is forgotten; milliseconds. */
  readonly age: number;
  readonly now?: () => number;
}

/** Keeps what was used last, as far as there is room. */
export class SizedCache<Value> {
  readonly #options: SizedCacheOptions;
  /** What was used last stands last. */
  readonly #kept = new Map<string, { readonly value: Value; readonly size: number; readonly since: number }>();
  #size = 0;

  constructor(options: SizedCacheOptions) {
    this.#options = options;
  }

  get(key: string): Value | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.delete(key);
    if (this.#now() - found.since > this.#options.age) return undefined;
    this.#add(key, found);
    return found.value;
  }

  /** What is larger than all that may be kept is not kept. */
  set(key: string, value: Value, size: number): void {
    this.delete(key);
    if (size > this.#options.most) return;
    this.#add(key, { value, size, since: this.#now() });
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#options.most) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }

  #add(key: string, entry: { readonly value: Value; readonly size: number; readonly since: number }): void {
    this.#kept.set(key, entry);
    this.#size += entry.size;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
