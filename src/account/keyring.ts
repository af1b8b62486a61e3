import { withTimeout } from '../core/async/withTimeout.ts';
import { keyringLocked } from '../core/buffer/bufferError.ts';

/** As long as a person takes to unlock a keyring, and a window can do without. Milliseconds. */
const defaultPatience = 10_000;
/** Between tries after a failure: the first, and the longest. Milliseconds. */
const firstPause = 5_000;
const longestPause = 60_000;

/** The part of SecretStorage that is asked. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/**
 * One secret in a keyring that may fail, or not answer: nobody waits for it for ever, and one that hangs is not asked
 * once more before it answered. After a failure it is asked again by itself.
 */
export class Keyring {
  readonly #secrets: Secrets;
  readonly #key: string;
  readonly #patience: number;
  /** A question that was not answered in time. */
  #hanging: Promise<string | undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = firstPause;

  constructor(secrets: Secrets, key: string, patience = defaultPatience) {
    this.#secrets = secrets;
    this.#key = key;
    this.#patience = patience;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** @throws BufferError `offline` when it does not answer; whatever the keyring throws */
  async read(): Promise<string | undefined> {
    const asked = this.#hanging ?? Promise.resolve(this.#secrets.get(this.#key));
    const secret = await this.#inTime(asked, () => {
      this.#hanging = asked;
      const over = () => void (this.#hanging = undefined);
      asked.then(over, over);
    });
    this.#pause = firstPause;
    return secret;
  }

  /** @throws as with `read`; it may be stored all the same */
  store(value: string): Promise<void> {
    return this.#inTime(Promise.resolve(this.#secrets.store(this.#key, value)));
  }

  /** @throws as with `read` */
  delete(): Promise<void> {
    return this.#inTime(Promise.resolve(this.#secrets.delete(this.#key)));
  }

  /** Calls back after a while, twice as long each time until it could be read. */
  tryLater(again: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(again, this.#pause).unref();
    this.#pause = Math.min(longestPause, this.#pause * 2);
  }

  #inTime<Answer>(asked: Promise<Answer>, tooLate = () => {}): Promise<Answer> {
    return withTimeout(asked, this.#patience, () => {
      tooLate();
      return keyringLocked();
    });
  }
}
