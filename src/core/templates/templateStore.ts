import { setTimeout as sleep } from 'node:timers/promises';
import type { BufferApi } from '../buffer/bufferApi.ts';
import { BufferError } from '../buffer/bufferError.ts';
import { comparable, lookForMade } from '../buffer/lookForMade.ts';
import type { NewTemplate, PageCursor, Template } from '../buffer/model.ts';

export type TemplateChange = Partial<NewTemplate>;

/** Somebody else changed what is being changed; nothing was sent. */
export class TemplateConflict extends BufferError {
  readonly theirs: Template;

  constructor(theirs: Template) {
    super('rejected', 'This template was changed elsewhere, and nothing was sent. Look at it again.');
    this.theirs = theirs;
  }
}

export interface TemplateStoreOptions {
  /** Whoever is signed in. */
  readonly api: () => BufferApi | undefined;
  /** Told once where the service has withdrawn its preview of templates. */
  readonly onWithdrawn?: () => void;
  /** After a create without an answer, before it is looked for; milliseconds. */
  readonly lookAfter?: number;
}

/** How long a list counts as the present state, in milliseconds: each is one of few requests. */
const freshFor = 300_000;
const pageSize = 100;
const mostPages = 5;

/**
 * The templates of an organization, as last read, and the only one that writes them.
 * Methods that talk to the service throw `BufferError`.
 */
export class TemplateStore {
  readonly #options: TemplateStoreOptions;
  #api: BufferApi | undefined;
  #items: readonly Template[] | undefined;
  /** By `performance.now()`. */
  #readAt = Number.NEGATIVE_INFINITY;
  #isWithdrawn = false;

  constructor(options: TemplateStoreOptions) {
    this.#options = options;
  }

  /** What was read last; undefined while nothing was. */
  get known(): readonly Template[] | undefined {
    this.#follow();
    return this.#items;
  }

  /** Whether they can be read, as far as anybody knows. */
  get isOffered(): boolean {
    return (this.#follow()?.capabilities.templates ?? false) && !this.#isWithdrawn;
  }

  /** All of them, newest first; no request where they were read a moment ago. @param anew  reads them in any case */
  async list({ anew = false } = {}): Promise<readonly Template[]> {
    const api = this.#offered();
    if (this.#items && !anew && performance.now() - this.#readAt < freshFor) return this.#items;
    const items: Template[] = [];
    let after: PageCursor | undefined;
    for (let page = 0; page < mostPages; page++) {
      const { templates, next } = await this.#ask(() => api.templates({ size: pageSize, after }, { priority: 'asked' }));
      items.push(...templates);
      if ((after = next) === undefined) break;
    }
    if (api === this.#follow()) {
      this.#items = items;
      this.#readAt = performance.now();
    }
    return items;
  }

  /** One as the service has it now; undefined where it is gone. */
  async read(id: string): Promise<Template | undefined> {
    const api = this.#offered();
    const template = await this.#ask(() => api.template(id, { priority: 'asked' }));
    if (api === this.#follow()) this.#put(id, template);
    return template;
  }

  /** Makes one. Where the answer is lost it is looked for, and never sent a second time. */
  async create(template: NewTemplate): Promise<Template> {
    const api = this.#offered();
    const isSame = (each: Template) => comparable(each.title) === comparable(template.title) && each.text.trim() === template.text.trim();
    const attempt = { isSame, since: new Date(), knownIds: new Set(this.#items?.map(({ id }) => id)) };
    const created = await this.#ask(() => api.createTemplate(template)).catch(async (error: unknown) => {
      if (!isUnclear(error)) throw error;
      await sleep(this.#options.lookAfter ?? 1_000);
      const page = async (asked: { readonly size: number; readonly after?: PageCursor }) => {
        const { templates, next } = await api.templates(asked, { priority: 'asked' });
        return { items: templates, next };
      };
      const found = await lookForMade(page, attempt).catch(() => {
        throw error;
      });
      if (found) return found;
      throw error.asNotDone();
    });
    if (api === this.#follow()) this.#put(created.id, created);
    return created;
  }

  /**
   * Changes one. It is read first, so that what somebody else changed meanwhile is not lost.
   * @param seen  as the person saw it
   * @throws TemplateConflict where somebody changed the same
   */
  async update(seen: Template, change: TemplateChange): Promise<Template> {
    const api = this.#offered();
    const now = await this.#ask(() => api.template(seen.id, { priority: 'asked' }));
    if (!now) throw gone();
    const names = Object.keys(change) as (keyof TemplateChange)[];
    if (names.every((name) => now[name] === change[name])) return now;
    if (names.some((name) => now[name] !== seen[name] && now[name] !== change[name])) {
      this.#put(now.id, now);
      throw new TemplateConflict(now);
    }
    const updated = await this.#ask(() => api.updateTemplate(seen.id, change)).catch(async (error: unknown) => {
      if (!isUnclear(error)) throw error;
      const after = await this.#lookAt(api, seen.id, error);
      if (after && names.every((name) => after[name] === change[name])) return after;
      throw error.asNotDone();
    });
    if (api === this.#follow()) this.#put(updated.id, updated);
    return updated;
  }

  async destroy(id: string): Promise<void> {
    const api = this.#offered();
    await this.#ask(() => api.destroyTemplate(id)).catch(async (error: unknown) => {
      if (error instanceof BufferError && error.kind === 'notFound') return;
      if (!isUnclear(error)) throw error;
      if (await this.#lookAt(api, id, error)) throw error.asNotDone();
    });
    if (api === this.#follow()) this.#put(id, undefined);
  }

  /** One after a write without an answer. @throws the write's own failure where that cannot be read */
  async #lookAt(api: BufferApi, id: string, failure: BufferError): Promise<Template | undefined> {
    await sleep(this.#options.lookAfter ?? 1_000);
    return api.template(id, { priority: 'asked' }).catch(() => {
      throw failure;
    });
  }

  /** A preview can be withdrawn: whoever asks is told, and after that it is as if there had never been any. */
  async #ask<Answer>(step: () => Promise<Answer>): Promise<Answer> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof BufferError) || !isUnknownField(error)) throw error;
      if (!this.#isWithdrawn) this.#options.onWithdrawn?.();
      this.#isWithdrawn = true;
      this.#items = undefined;
      throw withdrawn();
    }
  }

  #put(id: string, template: Template | undefined): void {
    if (!this.#items) return;
    const others = this.#items.filter((each) => each.id !== id);
    const all = template ? [...others, template] : others;
    this.#items = all.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  /** Whoever is signed in now; what was known of somebody else is forgotten. */
  #follow(): BufferApi | undefined {
    const api = this.#options.api();
    if (api !== this.#api) {
      this.#api = api;
      this.#items = undefined;
      this.#isWithdrawn = false;
    }
    return api;
  }

  #offered(): BufferApi {
    const api = this.#follow();
    if (this.#isWithdrawn) throw withdrawn();
    // What a credential may not, its client refuses by name.
    if (api && api.name !== 'v1') return api;
    throw new BufferError('rejected', 'Templates need an API key of the current Buffer API. Sign in with one to use them.');
  }
}

function isUnclear(error: unknown): error is BufferError {
  return error instanceof BufferError && error.outcome === 'unknown';
}

/** In the words of graphql-js, which the service answers with. */
function isUnknownField({ kind, message }: BufferError): boolean {
  return kind === 'rejected' && /^(Cannot query field|Unknown type|Unknown argument) "\w*[pP]ostTemplate\w*"/u.test(message);
}

function withdrawn(): BufferError {
  return new BufferError('rejected', 'Buffer does not offer templates any more.');
}

function gone(): BufferError {
  return new BufferError('notFound', 'This template is not there any more.');
}
