import type * as vscode from 'vscode';

/** A keyring that several windows share; each hears of every change, also of its own. It can be made to misbehave. */
export class Keyring {
  readonly #secrets = new Map<string, string>();
  readonly #listeners = new Set<(event: { key: string }) => void>();
  readonly #hanging = new Set<() => void>();
  /** Before each reading; it may throw, or take long. */
  beforeGet: () => Promise<void> = () => Promise.resolve();

  window(): Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'> {
    return {
      get: async (key) => {
        await Promise.race([this.beforeGet(), new Promise<void>((resolve) => this.#hanging.add(resolve))]);
        return this.#secrets.get(key);
      },
      store: async (key, value) => {
        this.#secrets.set(key, value);
        this.#tell(key);
      },
      delete: async (key) => {
        this.#secrets.delete(key);
        this.#tell(key);
      },
      onDidChange: (listener) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    };
  }

  /** Answers what hangs. */
  letGo(): void {
    for (const each of this.#hanging) each();
    this.#hanging.clear();
  }

  #tell(key: string): void {
    for (const each of this.#listeners) each({ key });
  }
}
