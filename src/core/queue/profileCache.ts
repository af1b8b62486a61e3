import { isDeepStrictEqual } from 'node:util';
import type { BufferError } from '../buffer/bufferError.ts';
import type { Profile } from '../buffer/model.ts';
import type { Change, Loadable, Section, Tell } from './queueModel.ts';

/** The profiles as last known, when that was, and how their counts follow what happens to their queues. */
export class ProfileCache {
  readonly #tell: Tell;
  #state: Loadable<Profile> = { status: 'unloaded', items: [] };
  /** As they were before they were being read, however many reads that took. */
  #before = this.#state;
  #byId: { readonly items: readonly Profile[]; readonly profiles: ReadonlyMap<string, Profile> } = { items: [], profiles: new Map() };
  #readAt: Date | undefined;
  #isOutdated = false;

  /** @param tell  is told of every count that changes */
  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get state(): Loadable<Profile> {
    return this.#state;
  }

  get readAt(): Date | undefined {
    return this.#readAt;
  }

  /** They are what an earlier session left, or could not be read again. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  get(profileId: string): Profile | undefined {
    const { items } = this.#state;
    // Every row asks for its profile, and there may be thousands of either.
    if (this.#byId.items !== items) this.#byId = { items, profiles: new Map(items.map((each) => [each.id, each])) };
    return this.#byId.profiles.get(profileId);
  }

  clear(): void {
    this.#state = { status: 'unloaded', items: [] };
    this.#readAt = undefined;
    this.#isOutdated = false;
  }

  /** Shows what an earlier session left until they are read. */
  restore(items: readonly Profile[], readAt: Date): void {
    this.#state = { status: 'unloaded', items };
    this.#readAt = readAt;
    this.#isOutdated = true;
  }

  // How a read of them goes; what a write counted meanwhile stays, whatever comes of it

  begin(): void {
    const { status, items } = this.#state;
    // One read may take another's place.
    if (status !== 'loading') this.#before = this.#state;
    this.#state = { status: 'loading', items };
    // A view that is just being drawn must not be told to draw again, and nothing else looks different yet.
    if (status === 'failed') this.#tell({ kind: 'profiles' });
  }

  /** Gives the rows that differ from those shown, or all of them where profiles came, went or moved. */
  take(items: readonly Profile[]): Change[] {
    const shown = this.#state.items;
    this.#state = { status: 'loaded', items };
    this.#readAt = new Date();
    this.#isOutdated = false;
    const sameRows =
      this.#before.status === 'loaded' &&
      isDeepStrictEqual(
        shown.map(({ id }) => id),
        items.map(({ id }) => id),
      );
    if (!sameRows) return [{ kind: 'profiles' }];
    return items
      .filter((profile, index) => !isDeepStrictEqual(profile, shown[index]))
      .map(({ id }) => ({ kind: 'profile', profileId: id }));
  }

  giveUp(): void {
    this.#state = { ...this.#before, items: this.#state.items };
    this.#tell({ kind: 'profiles' });
  }

  fail(error: BufferError): void {
    this.#state = { status: 'failed', items: this.#state.items, error };
    this.#isOutdated = true;
    this.#tell({ kind: 'profiles' });
  }

  // Counts

  /** So many more, where a count is known. */
  count(profileId: string, section: Section, by: number): void {
    const count = this.get(profileId)?.counts[section];
    if (count !== undefined) this.countAs(profileId, section, Math.max(0, count + by));
  }

  countAs(profileId: string, section: Section, count: number | undefined): void {
    const profile = this.get(profileId);
    if (!profile || count === undefined || profile.counts[section] === count) return;
    const counted: Profile = { ...profile, counts: { ...profile.counts, [section]: count } };
    this.#state = { ...this.#state, items: this.#state.items.map((each) => (each === profile ? counted : each)) };
    this.#tell({ kind: 'profile', profileId });
  }
}
