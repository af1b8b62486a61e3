/**
 * What is not asked for and not sent for now, and why there is no use in it: a part that takes its whole answer with it,
 * by its name, or what the service's schema does not have, by its coordinate (`Type.field`, `Type.field(argument:)`,
 * `Type`; https://spec.graphql.org/draft/, Schema Coordinates). It lasts as long as a connection at most: a sign-in or a
 * new window asks for all again.
 */
export class LeftOut {
  /** When it is tried again, by `performance.now()`. */
  readonly #until = new Map<string, number>();

  /** Leaves it out from now on. @param milliseconds  for so long */
  leave(name: string, milliseconds: number): void {
    this.#until.set(name, performance.now() + milliseconds);
  }

  has(name: string): boolean {
    return (this.#until.get(name) ?? 0) > performance.now();
  }

  /** All that is left out now. */
  names(): readonly string[] {
    return [...this.#until.keys()].filter((name) => this.has(name));
  }
}
