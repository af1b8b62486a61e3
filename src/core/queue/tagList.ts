import type { BufferApi } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import type { Tag, Update } from '../buffer/model.ts';

type Ask = <Answer>(question: (api: BufferApi) => Promise<Answer>) => Promise<Answer>;

export interface TagChoice {
  /** By name. */
  readonly tags: readonly Tag[];
  /** Where the service lists tags, it also makes them. */
  readonly canCreate: boolean;
}

/** The tags of an organization. The service's list of them is a preview: without it, those that updates have are known. */
export class TagList {
  readonly #ask: Ask;
  #listed: readonly Tag[] | undefined;
  /** The service does not list them; asking again would be a request for nothing. */
  #isUnlisted = false;
  #reading: Promise<void> | undefined;
  /** What was made here, where it is in no list. */
  readonly #made: Tag[] = [];

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** @param known  what is held of updates */
  async all(known: Iterable<Update>): Promise<TagChoice> {
    if (!this.#listed && !this.#isUnlisted) await (this.#reading ??= this.#read().finally(() => (this.#reading = undefined)));
    return { tags: this.seen(known), canCreate: !this.#isUnlisted };
  }

  /** Those that are known without asking, by name. @param known  what is held of updates */
  seen(known: Iterable<Update>): readonly Tag[] {
    const seen = new Map([...this.#made, ...(this.#listed ?? [])].map((tag) => [tag.id, tag]));
    for (const { tags = [] } of known) for (const tag of tags) if (!seen.has(tag.id)) seen.set(tag.id, tag);
    return [...seen.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async create(name: string, color: string): Promise<Tag> {
    const made = await this.#ask((api) => api.createTag(name, color));
    this.#made.push(made);
    return made;
  }

  async #read(): Promise<void> {
    try {
      this.#listed = await this.#ask((api) => api.tags());
    } catch (error) {
      if (!(error instanceof BufferError)) throw error;
      // What was refused stays so; what did not arrive is asked for the next time.
      if (error.outcome === 'notDone' && !passing.has(error.kind)) this.#isUnlisted = true;
    }
  }
}

const passing: ReadonlySet<BufferError['kind']> = new Set(['offline', 'timeout', 'server', 'rateLimited', 'intercepted', 'cancelled']);
