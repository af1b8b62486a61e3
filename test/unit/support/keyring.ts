import type * as vscode from 'vscode';

/** A keyring that several windows share; each hears of every change, also of its own. It can be made to misbehave. */
export class Keyring {
  readonly #secrets = new Map<string, string>();
  readonly #listeners = new Set<(event: { key: string }) => void>();
  readonly #hanging = new Set<() => void>();
  /** Before each reading; it may throw, or take long. */
  beforeGet: () => Promise<void> = () => Promise.resolve();
  /** The same before each change. */
  beforeChange: () => Promise<void> = () => Promise.resolve();

  window(): Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'> {
    return {
      get: async (key) => {
        await this.#ready(this.beforeGet);
        return this.#secrets.get(key);
      },
      store: async (key, value) => {
        await this.#ready(this.beforeChange);
        this.#secrets.set(key, value);
        this.#tell(key);
      },
      delete: async (key) => {
        await this.#ready(this.beforeChange);
        this.#secrets.delete(key);
        this.#tell(key);
      },
      onDidChange: (listener) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    };
  }

  /** What is in it, whoever looks. */
  get size(): number {
    return this.#secrets.size;
  }

  /** Answers what hangs. */
  letGo(): void {
    for (const each of this.#hanging) each();
    this.#hanging.clear();
  }

  async #ready(before: () => Promise<void>): Promise<void> {
    await Promise.race([before(), new Promise<void>((resolve) => this.#hanging.add(resolve))]);
  }

  #tell(key: string): void {
    for (const each of this.#listeners) each({ key });
  }
}
