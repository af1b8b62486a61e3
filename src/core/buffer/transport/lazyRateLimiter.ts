import { EventEmitter } from 'node:events';
import { lazily } from '../../async/lazily.ts';
import type { ApiName } from '../model.ts';
import type { RateLimiter, Waiting } from './rateLimiter.ts';

/** The rate limiter of one credential, which is loaded with the first request: until then nobody waits. */
export class LazyRateLimiter {
  readonly #events = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  #loaded: RateLimiter | undefined;
  #isDisposed = false;

  /** Gives the rate limiter itself, the same one each time. */
  readonly load: () => Promise<RateLimiter>;

  constructor(api: ApiName) {
    this.load = lazily(async () => {
      const { RateLimiter, rateLimits } = await import('./rateLimiter.ts');
      this.#loaded = new RateLimiter(rateLimits[api]);
      this.#loaded.onDidChange(() => this.#events.emit('change'));
      if (this.#isDisposed) this.#loaded.dispose();
      return this.#loaded;
    });
  }

  /** Who waits until when, as `RateLimiter.waiting`. */
  get waiting(): Waiting | undefined {
    return this.#loaded?.waiting;
  }

  /** Calls back when other requests wait, or until another time. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#events.on('change', listener);
    return { dispose: () => this.#events.off('change', listener) };
  }

  /** Nobody wants any more what still waits. */
  clear(): void {
    this.#loaded?.clear();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#loaded?.dispose();
  }
}
