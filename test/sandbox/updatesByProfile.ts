import type { Update } from './state.ts';

/** Updates by id, and those of one profile without a look at all others: every answer of the service asks for them. */
export class UpdatesByProfile extends Map<string, Update> {
  readonly #byProfile = new Map<string, Map<string, Update>>();

  /** Those of one profile, in the order in which they were made. */
  of(profileId: string): Update[] {
    return [...(this.#byProfile.get(profileId)?.values() ?? [])];
  }

  override set(id: string, update: Update): this {
    const ofProfile = this.#byProfile.get(update.profileId);
    if (ofProfile) ofProfile.set(id, update);
    else this.#byProfile.set(update.profileId, new Map([[id, update]]));
    return super.set(id, update);
  }

  override delete(id: string): boolean {
    const update = this.get(id);
    if (update) this.#byProfile.get(update.profileId)!.delete(id);
    return super.delete(id);
  }

  override clear(): void {
    this.#byProfile.clear();
    super.clear();
  }
}
