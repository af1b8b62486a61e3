import * as v from 'valibot';
import { apiNames } from '../core/buffer/model.ts';
import type { Memento } from '../core/files/memento.ts';
import { grantSchema } from './grant.ts';
import { Keyring, type Secrets } from './keyring.ts';

export const secretKey = 'buffer.session';
const leftKey = 'buffer.leftSession';
/** Names whatever the keyring holds. */
const any = '*';

const storedSession = v.object({
  id: v.string(),
  credential: v.union([v.object({ token: v.pipe(v.string(), v.nonEmpty()) }), v.object({ grant: grantSchema })]),
  account: v.object({ id: v.string(), label: v.string() }),
  api: v.picklist(apiNames),
  organization: v.optional(v.object({ id: v.string(), name: v.string() })),
  /** The address the credential was given for. It is sent nowhere else. */
  address: v.string(),
});
export type StoredSession = v.InferOutput<typeof storedSession>;

/**
 * The session in the keyring, and beside it, in VS Code's own memory, the name of one that was left: a keyring that is
 * locked lets go of nothing, and whoever signed out stays so all the same, in each window and after a restart.
 */
export class KeptSession {
  readonly #keyring: Keyring;
  readonly #memory: Memento;

  constructor(secrets: Secrets, memory: Memento, patience?: number) {
    this.#keyring = new Keyring(secrets, secretKey, patience);
    this.#memory = memory;
  }

  dispose(): void {
    this.#keyring.dispose();
  }

  /** Undefined where nobody is signed in. @throws as `Keyring.read` does */
  async read(): Promise<StoredSession | undefined> {
    let json: string | undefined;
    try {
      json = await this.#keyring.read();
    } catch (error) {
      if (this.#left === undefined) throw error;
      this.#eraseLater();
      return undefined;
    }
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), storedSession), json);
    const session = parsed.success ? parsed.output : undefined;
    if (!session || !this.isLeft(session)) return session;
    void this.erase();
    return undefined;
  }

  /** Keeps a new session. @throws as `Keyring.store` does */
  async store(session: StoredSession): Promise<void> {
    // First, as other windows hear of the secret at once, and must not take it for the one that was left.
    const left = this.#left;
    await this.#mark(undefined);
    try {
      await this.replace(session);
    } catch (error) {
      await this.#mark(left);
      throw error;
    }
  }

  /** Keeps what became of a session; one that was left meanwhile stays so. @throws as `Keyring.store` does */
  replace(session: StoredSession): Promise<void> {
    return this.#keyring.store(JSON.stringify(session));
  }

  /** Nobody is signed in from now on, whatever the keyring does. */
  leave(session: StoredSession | undefined): Promise<void> {
    return this.#mark(session?.id ?? any);
  }

  /** Whether somebody signed out of this one, here or in another window. */
  isLeft({ id }: StoredSession): boolean {
    return this.#left === id || this.#left === any;
  }

  /** Takes what was left out of the keyring; tried again by itself. False where it is still there. */
  async erase(): Promise<boolean> {
    try {
      // Who signed in since has taken its place.
      if (this.#left !== undefined) await this.#keyring.delete();
    } catch {
      this.#eraseLater();
      return false;
    }
    // A name stays: what is renewed at this moment may yet be stored.
    if (this.#left === any) await this.#mark(undefined);
    return true;
  }

  /** Calls back after a while, twice as long each time until it could be read. */
  tryLater(again: () => void): void {
    this.#keyring.tryLater(again);
  }

  get #left(): string | undefined {
    return this.#memory.get(leftKey) as string | undefined;
  }

  async #mark(left: string | undefined): Promise<void> {
    try {
      if (this.#left !== left) await this.#memory.update(leftKey, left);
    } catch {
      // It lasts as long as this window.
    }
  }

  #eraseLater(): void {
    // Reading it first tells whether it is still the one that was left.
    this.tryLater(() => void this.read().catch(() => undefined));
  }
}
