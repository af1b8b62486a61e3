import { isDeepStrictEqual } from 'node:util';
import type { BufferError } from '../buffer/bufferError.ts';
import type { Profile } from '../buffer/model.ts';
import type { Change, Loadable, Section, Tell } from './queueModel.ts';

/** The profiles as last known, when that was, and how their counts follow what happens to their queues. */
export class HeldProfiles {
  readonly #tell: Tell;
  #state: Loadable<Profile> = { status: 'unloaded', items: [] };
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

  /** Gives them as they were before. */
  begin(): Loadable<Profile> {
    const before = this.#state;
    this.#state = { status: 'loading', items: before.items };
    // A view that is just being drawn must not be told to draw again, and nothing else looks different yet.
    if (before.status === 'failed') this.#tell({ kind: 'profiles' });
    return before;
  }

  take(items: readonly Profile[]): void {
    this.#state = { status: 'loaded', items };
    this.#readAt = new Date();
    this.#isOutdated = false;
  }

  giveUp(before: Loadable<Profile>): void {
    const { items } = this.#state;
    this.#state = { status: items.length && before.status !== 'unloaded' ? 'loaded' : 'unloaded', items };
    this.#tell({ kind: 'profiles' });
  }

  fail(error: BufferError): void {
    this.#state = { status: 'failed', items: this.#state.items, error };
    this.#isOutdated = true;
    this.#tell({ kind: 'profiles' });
  }

  /** The rows that differ from those before, or all of them where profiles came, went or moved. */
  changesSince(before: Loadable<Profile>): Change[] {
    const { items } = this.#state;
    const sameRows = before.status === 'loaded' && isDeepStrictEqual(before.items.map(({ id }) => id), items.map(({ id }) => id));
    if (!sameRows) return [{ kind: 'profiles' }];
    return items.filter((profile, index) => !isDeepStrictEqual(profile, before.items[index])).map(({ id }) => ({ kind: 'profile', profileId: id }));
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
