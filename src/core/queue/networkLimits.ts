import { setTimeout } from 'node:timers/promises';
import type { ApiName, Configuration } from '../buffer/model.ts';
import type { Memento } from '../files/memento.ts';

/** How long the networks' limits are taken as they were read. They change a few times a year. */
const life = 24 * 3_600_000;
/** After a failure they are not asked for again for so long, nor waited for longer than this. Milliseconds. */
const failureLife = 60_000;
const patience = 1_500;

const key = 'buffer.configuration';

interface Remembered {
  /** Whose word it is: the services do not tell the same. */
  readonly api: ApiName;
  readonly value: Configuration;
  /** Milliseconds since 1970 after which it is asked for again. */
  readonly until: number;
}

/** What the networks allow, remembered between sessions. It may be a day old, and nobody waits for it longer than a moment. */
export class NetworkLimits {
  readonly #memory: Memento;
  readonly #read: () => Promise<Configuration>;
  #api: ApiName | undefined;
  #request: Promise<Configuration> | undefined;
  /** When the last request failed, in milliseconds since 1970. */
  #failed = 0;

  /** @param read  asks the service */
  constructor(memory: Memento, read: () => Promise<Configuration>) {
    this.#memory = memory;
    this.#read = read;
  }

  /** As last known, after one request where that is too old. Undefined where the service did not tell yet. */
  async current(): Promise<Configuration | undefined> {
    const kept = this.#memory.get(key) as Remembered | undefined;
    const remembered = kept && kept.api === this.#api ? kept : undefined;
    if (remembered && remembered.until > Date.now()) return remembered.value;
    if (this.#failed + failureLife > Date.now()) return remembered?.value;
    this.#request ??= this.#begin();
    const asked = this.#request.catch(() => remembered?.value);
    return Promise.race([asked, setTimeout(patience, remembered?.value, { ref: false })]);
  }

  /**
   * Another account may get an answer where this one got none. What is remembered holds for both.
   * @param api  the service that is asked from now on
   */
  restart(api: ApiName | undefined): void {
    this.#api = api;
    this.#request = undefined;
    this.#failed = 0;
  }

  /** Forgets what is kept between sessions. */
  async forget(): Promise<void> {
    await this.#memory.update(key, undefined);
  }

  /** A request that says nothing of the next account when it ends in that. */
  #begin(): Promise<Configuration> {
    const request: Promise<Configuration> = this.#readAndKeep()
      .catch((error: unknown) => {
        if (this.#request === request) this.#failed = Date.now();
        throw error;
      })
      .finally(() => {
        if (this.#request === request) this.#request = undefined;
      });
    return request;
  }

  async #readAndKeep(): Promise<Configuration> {
    const api = this.#api;
    const value = await this.#read();
    if (api) await this.#memory.update(key, { api, value, until: Date.now() + life } satisfies Remembered);
    return value;
  }
}
